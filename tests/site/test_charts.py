"""Charts tell the truth: heights, gaps in time, breaks, and the words that stand for the picture."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mkdocs_guidebook.content.dates import PartialDate, parse_partial_date
from mkdocs_guidebook.language import Language, languages
from mkdocs_guidebook.site.axes import Point, Series
from mkdocs_guidebook.site.charts import HEIGHT, chart, describe, has_dots
from mkdocs_guidebook.site.render import ASSETS

SVG = "{http://www.w3.org/2000/svg}"
EN = Language("en")


def series(
    *points: tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, str], unit: str = "people"
) -> Series:
    """Return a series of (date, value, source, note); source and note are the same where left out."""
    made = []
    for date, value, *basis in points:
        source, note = (*basis, "report", "")[:2] if len(basis) != 1 else (basis[0], "")
        made.append(Point(Decimal(value), parse_partial_date(date), source, note))
    return Series("figures-1", "People in prison", unit, tuple(made))


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def drawn(svg: str, kind: str) -> list[etree._Element]:
    return [element for element in parsed(svg).iter() if element.get("class") == f"gb-chart__{kind}"]


def number(element: etree._Element, name: str) -> float:
    return float(element.get(name).removesuffix("%"))


def middles(svg: str) -> list[float]:
    return [number(column, "x") + number(column, "width") / 2 for column in drawn(svg, "column")]


def words(svg: str, kind: str) -> list[str]:
    return [element.text for element in drawn(svg, kind)]


# Truth of scale


def test_heights_are_proportional_to_values() -> None:
    columns = drawn(chart(series(("2015", "56"), ("2016", "140"), ("2017", "210")), EN), "column")
    heights = [number(column, "height") for column in columns]
    assert heights == pytest.approx([heights[2] * 56 / 210, heights[2] * 140 / 210, heights[2]], abs=0.01)


def test_columns_stand_on_zero_even_when_all_values_are_large() -> None:
    svg = chart(series(("2015", "1000"), ("2016", "1001"), ("2017", "1002")), EN)
    [zero] = drawn(svg, "zero")
    for column in drawn(svg, "column"):
        assert number(column, "y") + number(column, "height") == pytest.approx(number(zero, "y1"), abs=0.02)
        assert number(column, "height") > 130


def test_gaps_are_proportional_to_time() -> None:
    first, second, third = middles(
        chart(series(("2015-01-01", "1"), ("2016-01-01", "2"), ("2020-01-01", "3")), EN)
    )
    days = 365, 4 * 365 + 1
    assert (third - second) / (second - first) == pytest.approx(days[1] / days[0], rel=0.001)


def test_a_date_of_which_only_the_year_is_known_stands_in_the_middle_of_the_year() -> None:
    svg = chart(series(("2018-01-01", "1"), ("2018", "2"), ("2018-12-31", "3")), EN)
    first, second, third = middles(svg)
    assert second == pytest.approx((first + third) / 2, abs=0.01)


def test_a_date_of_which_only_the_month_is_known_stands_in_the_middle_of_the_month() -> None:
    first, second, third = middles(
        chart(series(("2018-03-01", "1"), ("2018-03", "2"), ("2018-03-31", "3")), EN)
    )
    assert second == pytest.approx((first + third) / 2, abs=0.01)


def test_points_stand_in_the_order_of_time_whatever_the_order_in_the_file() -> None:
    assert chart(series(("2017", "3"), ("2015", "1")), EN) == chart(series(("2015", "1"), ("2017", "3")), EN)


def test_charts_beside_each_other_share_their_scale() -> None:
    small, large = series(("2015", "4"), ("2016", "2")), series(("2015", "8"), ("2016", "1"))
    together = [point.value for one in (small, large) for point in one.points]
    heights = [number(drawn(chart(one, EN, together), "column")[0], "height") for one in (small, large)]
    assert heights[0] * 2 == pytest.approx(heights[1], abs=0.02)


# Values of every sort


def test_zero_has_no_height_and_says_so() -> None:
    svg = chart(series(("2019", "4"), ("2023", "0")), EN)
    assert number(drawn(svg, "column")[1], "height") == 0
    assert words(svg, "value") == ["4", "0"]


def test_all_zero() -> None:
    svg = chart(series(("2019", "0"), ("2023", "0")), EN)
    assert [number(column, "height") for column in drawn(svg, "column")] == [0, 0]


def test_values_below_zero_hang_from_the_line_of_zero() -> None:
    svg = chart(series(("2019", "-3"), ("2020", "6")), EN)
    [zero] = drawn(svg, "zero")
    below, above = drawn(svg, "column")
    assert number(below, "y") == number(zero, "y1")
    assert number(above, "y") + number(above, "height") == pytest.approx(number(zero, "y1"), abs=0.02)
    assert number(above, "height") == pytest.approx(2 * number(below, "height"), abs=0.02)
    assert all(number(text, "y") <= HEIGHT for text in parsed(svg).iter(f"{SVG}text"))


def test_long_numbers_are_shortened_in_the_picture_and_full_in_the_words() -> None:
    svg = chart(series(("2019", "1234567890123"), ("2023", "600000000000")), EN)
    assert words(svg, "value") == ["1.23T", "600B"]
    assert "1,234,567,890,123 (2019)" in parsed(svg).findtext(f"{SVG}desc")


def test_decimals_keep_the_digits_that_were_written() -> None:
    svg = chart(series(("2019", "2.75"), ("2023", "10.5"), unit="%"), EN)
    assert words(svg, "value") == ["2.75%", "10.5%"]


def test_values_and_dates_are_written_as_the_language_has_them() -> None:
    svg = chart(series(("2019-12", "1294"), ("2023-03", "4.4")), Language("fr"))
    assert words(svg, "value") == ["1\u202f294", "4,4"]
    assert words(svg, "date") == ["déc. 2019", "mars 2023"]


# One value, equal dates, many dates


def test_a_single_number_and_no_number_have_no_chart() -> None:
    assert chart(series(("2019", "4")), EN) == ""
    assert chart(series(), EN) == ""


def test_equal_dates_become_dots_on_one_stem() -> None:
    numbers = series(("2018", "5"), ("2018", "9"), ("2018", "7"))
    svg = chart(numbers, EN)
    dots = drawn(svg, "dot")
    assert has_dots(numbers, EN)
    assert len({dot.get("cx") for dot in dots}) == 1
    heights = {156 - number(dot, "cy") for dot in dots}
    assert max(heights) * 5 / 9 == pytest.approx(min(heights), abs=0.02)
    assert sorted(words(svg, "value")) == ["5", "7", "9"]
    assert words(svg, "date") == ["2018"]


def test_many_points_name_the_ends_and_the_extremes_only() -> None:
    years = [(str(1990 + index), str(100 + index * 7919 % 613)) for index in range(30)]
    svg = chart(series(*years), EN)
    values = [int(value) for _, value in years]
    assert set(words(svg, "value")) <= {
        str(value) for value in (values[0], values[-1], min(values), max(values))
    }
    assert str(max(values)) in words(svg, "value")


def overlap(one: etree._Element, other: etree._Element, width: float) -> bool:
    def span(text: etree._Element) -> tuple[float, float]:
        centre = number(text, "x") * width / 100 + float(text.get("dx", 0))
        half = len(text.text) * 0.5 * number(text, "font-size") / 2
        return centre - half, centre + half

    (left, right), (other_left, other_right) = span(one), span(other)
    same_line = abs(number(one, "y") - number(other, "y")) < 10
    return same_line and left < other_right and other_left < right


dates = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1990, 2030), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 28)),
)
numbers = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=3) | st.integers(
    -9, 2000
).map(Decimal)
several = st.lists(st.builds(Point, numbers, dates, st.sampled_from("ab")), min_size=2, max_size=40)


@settings(deadline=None)
@given(several, st.sampled_from(["en", "fr", "ar"]))
def test_every_series_has_a_well_formed_chart_in_which_nothing_leaves_the_frame(
    points: list[Point], tag: str
) -> None:
    svg = chart(Series("figures-1", "A < B & “C”", "people", tuple(points)), Language(tag))
    root = parsed(svg)
    for element in root.iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= number(element, name) <= 100 if name in element.attrib else True
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= number(element, name) <= HEIGHT if name in element.attrib else True
    assert len(drawn(svg, "column")) + len(list(root.iter(f"{SVG}circle"))) == len(points)
    texts = list(root.iter(f"{SVG}text"))
    for width in (256, 360, 672):
        assert not [
            (one.text, other.text)
            for index, one in enumerate(texts)
            for other in texts[index + 1 :]
            if one.get("class") == other.get("class") and overlap(one, other, width)
        ]


# Breaks


def test_numbers_with_one_source_and_note_are_not_broken() -> None:
    assert not drawn(chart(series(("2015", "1"), ("2016", "2"), ("2017", "3")), EN), "break")


@pytest.mark.parametrize(
    "after", [("2017", "3", "other report", ""), ("2017", "3", "report", "counts suspects too")]
)
def test_a_broken_line_stands_between_numbers_of_another_source_or_note(
    after: tuple[str, str, str, str],
) -> None:
    svg = chart(series(("2015", "1", "report", ""), ("2016", "2", "report", ""), after), EN)
    [line] = drawn(svg, "break")
    assert middles(svg)[1] < number(line, "x1") < middles(svg)[2]
    assert line.get("stroke-dasharray")


def test_nothing_joins_two_numbers() -> None:
    root = parsed(chart(series(("2015", "1"), ("2016", "2"), ("2017", "3")), EN))
    assert not list(root.iter(f"{SVG}polyline", f"{SVG}path", f"{SVG}polygon"))
    assert all(
        line.get("x1") == line.get("x2") or line.get("y1") == line.get("y2")
        for line in root.iter(f"{SVG}line")
    )


def test_dots_of_another_source_differ_in_shape() -> None:
    svg = chart(series(("2018", "5", "a"), ("2018", "9", "b")), EN)
    assert len(drawn(svg, "dot")) == len(drawn(svg, "dot--hollow")) == 1


# Words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("1 2 3", "The number rises from 1 (2015) to 3 (2017)."),
        ("1 1 3", "The number rises from 1 (2015) to 3 (2017)."),
        ("3 2 1", "The number falls from 3 (2015) to 1 (2017)."),
        ("2 2 2", "The number stays the same, from 2 (2015) to 2 (2017)."),
        ("1 5 2", "The number rises from 1 (2015) to 5 (2016) and then falls to 2 (2017)."),
        ("5 1 2", "The number falls from 5 (2015) to 1 (2016) and then rises to 2 (2017)."),
        (
            "3 5 1 4",
            "The number goes up and down between 1 (2017) and 5 (2016); it begins with 3 (2015) and ends with 4 (2018).",
        ),
    ],
)
def test_the_description_says_the_trend(values: str, said: str) -> None:
    points = [(str(2015 + index), value) for index, value in enumerate(values.split())]
    last = 2014 + len(points)
    assert describe(series(*points), EN) == f"{len(points)} numbers from 2015 to {last}. {said}"


def test_the_description_names_no_trend_across_a_change_of_source() -> None:
    said = describe(series(("2019-10", "140", "a"), ("2022-12", "77", "b")), EN)
    assert said == (
        "2 numbers from October 2019 to December 2022. The first is 140 (October 2019), the last 77 (December 2022). "
        "After October 2019 the source or the note changes: what comes before and after may not count the same."
    )


def test_the_description_of_equal_dates_lists_the_numbers() -> None:
    assert describe(series(("2018", "5"), ("2018", "9")), EN) == "2 numbers for 2018: 5 and 9."


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("sources", ["aaa", "aab", "aba"])
@pytest.mark.parametrize("values", ["123", "321", "222", "132", "312"])
def test_every_catalogue_can_describe_every_course(tag: str, sources: str, values: str) -> None:
    points = [
        (str(2015 + n), value, source) for n, (value, source) in enumerate(zip(values, sources, strict=True))
    ]
    assert not re.search(r"[{}]|\bNone\b", describe(series(*points), Language(tag)))


def test_the_picture_has_a_name_and_a_description() -> None:
    root = parsed(chart(series(("2015", "1"), ("2016", "2")), EN))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), desc.get("id"))
    assert title.text == "Chart: People in prison, people"


# Everywhere the same


def test_the_same_series_gives_the_same_bytes() -> None:
    points = series(("2015", "1.5"), ("2016-02", "2"), ("2017-03-04", "3", "b"))
    assert chart(points, EN) == chart(points, EN)


def test_time_runs_from_right_to_left_where_the_language_does() -> None:
    points = series(("2015", "1"), ("2016", "2"), ("2020", "-3"))
    arabic = chart(points, Language("ar"))
    first, second, third = middles(arabic)
    assert first > second > third
    assert {text.get("direction") for text in drawn(arabic, "value")} == {"ltr"}


def test_the_stylesheet_has_the_height_of_charts() -> None:
    style = (ASSETS / "guidebook.css").read_text("utf-8")
    [rule] = re.findall(r"^\.gb-chart \{(.*)\}$", style, re.MULTILINE)
    assert f"height: {HEIGHT}px;" in rule
