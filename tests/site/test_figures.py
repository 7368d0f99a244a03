"""The figures of an article on its page: charts with their tables, and single numbers in one table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml.html import HtmlElement

from mkdocs_guidebook.content.dates import parse_partial_date
from mkdocs_guidebook.content.kinds.article import Figure
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.views.figures import Figures, reading_help
from tests.site.links import BuiltSite, Page

COUNTRIES = ("belgium", "france", "germany", "netherlands", "spain", "sweden", "united-kingdom")
EN = Language("en")


def figure(
    label: str, date: str, source: str = "report", unit: str = "people", note: str | None = None
) -> Figure:
    return Figure(
        label=label, value=Decimal(7), unit=unit, date=parse_partial_date(date), source=source, note=note
    )


def test_figures_of_the_same_label_and_unit_are_a_series_and_the_others_stand_alone() -> None:
    figures = Figures(
        [figure("A", "2015"), figure("B", "2015"), figure("A", "2016"), figure("A", "2016", unit="%")]
    )
    assert [(series.label, series.unit, len(series.points)) for series in figures.series] == [
        ("A", "people", 2)
    ]
    assert [(single.label, single.unit) for single in figures.single] == [("B", "people"), ("A", "%")]


def test_sources_are_read_in_the_order_of_the_page() -> None:
    figures = Figures(
        [
            figure("B", "2015", "b", note="See [@c]."),
            figure("A", "2016", "later"),
            figure("A", "2015", "earlier"),
        ]
    )
    assert list(figures.reading_order()) == ["earlier", "later", "b", "c"]


def test_the_page_explains_only_the_marks_that_its_charts_have() -> None:
    plain = [figure("A", "2015"), figure("A", "2016")]
    broken = [figure("B", "2015", "a"), figure("B", "2016", "b")]
    close = [figure("C", "2015", "a"), figure("C", "2015", "b")]
    other_unit = [figure("D", "2015", unit="places"), figure("D", "2016", unit="places")]
    said = {name: EN(f"chart.{name}") for name in ("break", "hollow", "same_scale")}
    assert reading_help(Figures(plain + other_unit), EN) == ()
    assert reading_help(Figures(plain + broken), EN) == (said["break"], said["same_scale"])
    assert reading_help(Figures(close), EN) == (said["break"], said["hollow"])


# On the real pages


@pytest.fixture(params=COUNTRIES)
def page(request: pytest.FixtureRequest, real: BuiltSite) -> Page:
    return real.page(f"state-of-the-art/{request.param}/")


def all_of(element: HtmlElement, tag: str, name: str) -> list[HtmlElement]:
    """Return the elements inside another that have a tag and a class."""
    return element.xpath(f".//{tag}[contains(concat(' ', @class, ' '), ' {name} ')]")


def test_every_chart_has_its_table_with_every_number(page: Page) -> None:
    for drawn in all_of(page.tree, "figure", "gb-series"):
        [svg], [table] = all_of(drawn, "svg", "gb-chart"), drawn.xpath(".//table")
        values = [cell.text_content() for cell in all_of(table, "td", "gb-figures__value")]
        assert len(values) == len(svg.xpath(".//rect | .//circle")) >= 2
        named = {text.text.removesuffix("%") for text in all_of(svg, "text", "gb-chart__value")}
        assert named <= set(values)
        assert drawn.xpath("./figcaption") and table.xpath("./caption")


def test_every_row_has_as_many_cells_as_the_table_has_columns(page: Page) -> None:
    for table in all_of(page.tree, "table", "gb-figures"):
        width = len(table.xpath("./thead//th"))
        for body in table.xpath("./tbody"):
            spanned = 0
            for row in body.xpath("./tr"):
                assert len(row) + spanned == width
                spanned = spanned or len(row.xpath("./*[@rowspan]"))


def test_ids_are_unique_and_no_figure_has_a_style_attribute(page: Page) -> None:
    assert not [id for id, count in page.ids.items() if count > 1]
    assert not page.tree.xpath("//section[@aria-labelledby='data']//@style")


def test_sources_are_numbered_as_they_are_met(page: Page) -> None:
    numbers = [int(link.text) for link in all_of(page.tree.xpath("//main")[0], "a", "gb-cite")]
    assert list(dict.fromkeys(numbers)) == sorted(set(numbers))
