"""Charts: numbers of one kind at different times, as inline SVG without a script or a style attribute.

A column's height is its value, counted from zero; its place across is the middle of its date, so that gaps
in time show as gaps. Columns are never joined: where the source or the note changes, a broken line stands
between them instead, because the two sides may not count the same. Dates too close for columns become dots
on stems, hollow after every such change.

A chart takes the width that it gets, and its words keep their size. Colours come from the page
(`currentColor` and classes); nothing is said by colour alone. Time runs as the language reads. What the
chart shows is also said in words, in its description; every number stands in the table that goes with it.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.axes import (
    BASE,
    DATE_SIZE,
    DATES,
    NARROWEST,
    VALUE_SIZE,
    Box,
    Point,
    Series,
    TimeAxis,
    ValueAxis,
    middle,
    text_width,
)

WIDTH, HEIGHT = 360, 184
"""In pixels: the width where nothing else sets it, and the height, which guidebook.css also has."""

_LONGEST = 9
"""Characters of the longest number that is written out."""
_MANY = 12
"""With more points than this, only the last, first, highest and lowest show their values."""
_ZERO = Decimal(0)


def chart(series: Series, language: Language, beside: Iterable[Decimal] = ()) -> str:
    """Return a chart of a series as SVG; nothing for fewer than two points.

    `beside` are the numbers of charts that readers see beside it: all of them then share one scale.
    """
    points = series.in_time
    if len(points) < 2:
        return ""
    values = _values(series, language)
    time = TimeAxis.of(points, values, language)
    height = ValueAxis.of([*(point.value for point in points), *beside])
    svg = etree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "gb-chart",
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "font-family": "'Source Sans 3', sans-serif",
            "role": "img",
            "aria-labelledby": f"{series.id}-title",
            "aria-describedby": f"{series.id}-desc",
        },
    )
    title = etree.SubElement(svg, "title", {"id": f"{series.id}-title"})
    title.text = language("chart.title", label=series.label, unit=series.unit)
    desc = etree.SubElement(svg, "desc", {"id": f"{series.id}-desc"})
    desc.text = describe(series, language)
    _draw_breaks(svg, series, time)
    shapes = _draw_shapes(svg, series, time, height)
    _draw_axis(svg, points, time, height, language)
    _draw_values(svg, points, values, time, height, shapes)
    return etree.tostring(svg, encoding="unicode")


def has_dots(series: Series, language: Language) -> bool:
    """Return whether the dates of a series are too close for columns."""
    return not TimeAxis.of(series.in_time, _values(series, language), language).column


# In words


def describe(series: Series, language: Language) -> str:
    """Return what a chart shows, in plain words.

    A rise or a fall is only named where all numbers have the same source and note.
    """
    points = series.in_time
    first, last = points[0], points[-1]
    if first.date == last.date:
        values = language.listing([_full(point.value, series.unit, language) for point in points])
        said = [language("chart.one_date", n=len(points), date=language.date(first.date), values=values)]
    else:
        ends = {"first": language.date(first.date), "last": language.date(last.date)}
        said = [language("chart.span", n=len(points), **ends), _trend(series, language)]
    changes = [before[-1].date for before, _ in pairwise(series.runs)]
    if changes:
        dates = language.listing(list(dict.fromkeys(language.date(date) for date in changes)))
        said.append(language("chart.change", n=len(changes), dates=dates))
    return " ".join(said)


def _trend(series: Series, language: Language) -> str:
    points = series.in_time
    low, high = min(points, key=lambda point: point.value), max(points, key=lambda point: point.value)
    words = {
        name: language(
            "chart.point",
            value=_full(point.value, series.unit, language),
            date=language.date(point.date),
        )
        for name, point in (("first", points[0]), ("last", points[-1]), ("low", low), ("high", high))
    }
    return language(f"chart.{_course(series)}", **words)


def _course(series: Series) -> str:
    """Return the name of the message that says how the numbers run."""
    numbers = [point.value for point in series.in_time]
    if len(series.runs) > 1:
        return "apart" if len(numbers) == 2 else "apart_many"
    steps = [after > before for before, after in pairwise(numbers) if after != before]
    stretches = tuple(is_up for is_up, _ in groupby(steps))
    courses = {
        (): "level",
        (True,): "rise",
        (False,): "fall",
        (True, False): "peak",
        (False, True): "trough",
    }
    return courses.get(stretches, "wave")


def _values(series: Series, language: Language) -> list[str]:
    """Return the numbers by their dates as they stand in a chart: shortened where they are long."""
    return [_short(point.value, series.unit, language) for point in series.in_time]


def _short(value: Decimal, unit: str, language: Language) -> str:
    text = _full(value, unit, language)
    if len(text) <= _LONGEST:
        return text
    if abs(value) >= 1000 and unit != "%":
        return language.short_number(value)
    digits = 2 - value.adjusted() if value else 0
    return _full(round(value, max(digits, 0)), unit, language)


def _full(value: Decimal, unit: str, language: Language) -> str:
    """Return a number with all its digits, and with its sign of per cent."""
    return language.percentage(value) if unit == "%" else language.number(value)


# What is drawn


def _percent(place: float) -> str:
    return f"{place:.3f}".rstrip("0").rstrip(".") + "%"


def _pixels(place: float) -> str:
    return f"{place:.2f}".rstrip("0").rstrip(".")


def _line(svg: etree.Element, kind: str, x: float, y1: float, y2: float, dashes: str = "") -> None:
    line = {"class": f"gb-chart__{kind}", "x1": _percent(x), "x2": _percent(x)}
    line |= {"y1": _pixels(y1), "y2": _pixels(y2), "stroke": "currentColor"}
    etree.SubElement(svg, "line", line | ({"stroke-dasharray": dashes} if dashes else {}))


def _text(svg: etree.Element, kind: str, x: float, y: float, size: int, text: str, aside: float = 0) -> None:
    """Write a text whose middle is `aside` pixels from x per cent."""
    place = {"class": f"gb-chart__{kind}", "x": _percent(x), "y": _pixels(y), "font-size": str(size)}
    if aside:
        place["dx"] = _pixels(aside)
    if not any(char.isalpha() for char in text):
        place["direction"] = "ltr"  # otherwise Arabic pages put the minus sign behind the number
    etree.SubElement(svg, "text", place | {"text-anchor": "middle", "fill": "currentColor"}).text = text


def _draw_breaks(svg: etree.Element, series: Series, time: TimeAxis) -> None:
    """Draw a broken line between numbers that have another source or note."""
    for before, after in pairwise(series.runs):
        left, right = time.at(middle(before[-1].date)), time.at(middle(after[0].date))
        if abs(right - left) * NARROWEST / 100 >= 4:
            _line(svg, "break", (left + right) / 2, 4, BASE, "4 4")


def _draw_shapes(svg: etree.Element, series: Series, time: TimeAxis, height: ValueAxis) -> list[Box]:
    """Draw the columns, or the dots on stems; return what they cover, in the order of the points."""
    shapes: list[Box] = []
    half = time.column / 2 or 0.4
    for number, run in enumerate(series.runs):
        for point in run:
            x, end = time.at(middle(point.date)), height.at(point.value)
            top, bottom = sorted((height.at(_ZERO), end))
            if time.column:
                place = {"x": _percent(x - half), "width": _percent(time.column)}
                place |= {"y": _pixels(top), "height": _pixels(bottom - top)}
                etree.SubElement(svg, "rect", {"class": "gb-chart__column", "fill": "currentColor"} | place)
            else:
                _line(svg, "stem", x, top, bottom)
                dot = {"class": "gb-chart__dot", "cx": _percent(x), "cy": _pixels(end), "r": "3.5"}
                dot |= {"fill": "currentColor"}
                if number % 2:
                    dot |= {"class": "gb-chart__dot--hollow", "fill": "#fff", "stroke": "currentColor"}
                etree.SubElement(svg, "circle", dot)
            left, right = (x - half) * NARROWEST / 100, (x + half) * NARROWEST / 100
            shapes.append(Box(left, top, right, bottom))
    return shapes


def _draw_axis(
    svg: etree.Element, points: Sequence[Point], time: TimeAxis, height: ValueAxis, language: Language
) -> None:
    """Draw the line of zero, a tick where a year or month begins, and the dates."""
    zero = height.at(_ZERO)
    line = {"x1": "0%", "x2": "100%", "y1": _pixels(zero), "y2": _pixels(zero), "stroke": "currentColor"}
    etree.SubElement(svg, "line", {"class": "gb-chart__zero"} | line)
    for place in time.ticks(language):
        _line(svg, "tick", place, zero, zero + 5)
    for place, text in time.dates(points, language):
        _text(svg, "date", place, DATES, DATE_SIZE, text)


def _draw_values(
    svg: etree.Element,
    points: Sequence[Point],
    values: Sequence[str],
    time: TimeAxis,
    height: ValueAxis,
    shapes: Sequence[Box],
) -> None:
    """Write the values that have room: the last, first, highest and lowest come before the others."""
    by_value = sorted(range(len(points)), key=lambda index: points[index].value)
    others = range(len(points)) if len(points) <= _MANY else ()
    taken: list[Box] = []
    written: dict[int, tuple[float, float]] = {}
    for index in dict.fromkeys((len(points) - 1, 0, by_value[-1], by_value[0], *others)):
        x, text = time.at(middle(points[index].date)), values[index]
        in_the_way = [*shapes[:index], *shapes[index + 1 :]]
        for aside, y in _places(points[index], text, time, height):
            box = Box.of_text(x, y, text, VALUE_SIZE, aside)
            if aside and not box.is_inside:
                continue
            if not any(box.meets(other, 2) for other in taken) and not any(map(box.meets, in_the_way)):
                taken.append(box)
                written[index] = aside, y
                break
    for index, (aside, y) in sorted(written.items()):
        _text(svg, "value", time.at(middle(points[index].date)), y, VALUE_SIZE, values[index], aside)


def _places(point: Point, text: str, time: TimeAxis, height: ValueAxis) -> list[tuple[float, float]]:
    """Return where the value of a point may stand: how far aside, and on which line."""
    end, is_below = height.at(point.value), point.value < 0
    if time.column:
        return [(0, end + VALUE_SIZE + 2 if is_below else end - 6)]
    aside = text_width(text, VALUE_SIZE) / 2 + 7
    return [(0, end + VALUE_SIZE + 5 if is_below else end - 9), (aside, end + 5), (-aside, end + 5)]
