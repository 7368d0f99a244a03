"""The figures of an article: series with their charts, and numbers that stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mkdocs_guidebook.content.kinds.article import Figure
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site import axes
from mkdocs_guidebook.site.charts import chart, has_dots
from mkdocs_guidebook.site.views.page import Page, prose_sources

SMALL = 3
"""Up to this many numbers, a chart has room beside another."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number of a series."""

    date: str
    value: str


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers that follow each other and have the same source and note."""

    rows: tuple[FigureRow, ...]
    source: str
    note: str
    """Empty where the whole series has one note; `Series.counted` has it then."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of the same thing at different times."""

    id: str
    label: str
    unit: str
    counted: str
    """What is counted, where it is the same all through."""
    chart: str
    """The chart, as SVG."""
    runs: tuple[Run, ...]
    has_notes: bool
    """Whether the table has a column of notes."""
    is_wide: bool
    """Whether it has the width of the page for itself."""
    is_beside: bool
    """Whether its table has room beside the chart where the page is wide."""


@dataclass(frozen=True, slots=True)
class SingleFigure:
    """A number that has no other to stand beside."""

    label: str
    value: str
    date: str
    source: str
    note: str


@dataclass(frozen=True)
class Figures:
    """The figures of an article, in the order in which its page shows them."""

    figures: Sequence[Figure]

    @cached_property
    def series(self) -> tuple[axes.Series, ...]:
        """The figures that have others of the same label and unit."""
        grouped: dict[tuple[str, str], list[axes.Point]] = {}
        for figure in self.figures:
            point = axes.Point(figure.value, figure.date, figure.source, figure.note or "")
            grouped.setdefault((figure.label, figure.unit), []).append(point)
        several = [(*name, points) for name, points in grouped.items() if len(points) > 1]
        return tuple(
            axes.Series(f"figures-{number}", label, unit, tuple(points))
            for number, (label, unit, points) in enumerate(several, 1)
        )

    @cached_property
    def single(self) -> tuple[Figure, ...]:
        """The figures that stand alone."""
        several = {(series.label, series.unit) for series in self.series}
        return tuple(figure for figure in self.figures if (figure.label, figure.unit) not in several)

    def reading_order(self) -> Iterator[str]:
        """Yield the ids of sources in the order in which a reader meets them."""
        for series in self.series:
            for run in series.runs:
                yield run[0].source
                yield from prose_sources([run[0].note])
        for figure in self.single:
            yield figure.source
            yield from prose_sources([figure.note or ""])


def series_views(page: Page, figures: Figures) -> tuple[Series, ...]:
    """Return the series of an article; neighbours of the same unit share a scale where they are small."""
    views: list[Series] = []
    wide = _wide(figures.series)
    for series, is_wide in zip(figures.series, wide, strict=True):
        beside = [
            point.value
            for other in figures.series
            if _is_small(series) and _is_small(other) and other.unit == series.unit
            for point in other.points
        ]
        notes = {point.note for point in series.points}
        common = notes.pop() if len(notes) == 1 else ""
        has_notes = not common and any(point.note for point in series.points)
        views.append(
            Series(
                id=series.id,
                label=series.label,
                unit=series.unit,
                counted=page.inline(common) if common else "",
                chart=chart(series, page.site.language, beside),
                runs=tuple(_run(page, run, with_note=not common) for run in series.runs),
                has_notes=has_notes,
                is_wide=is_wide,
                is_beside=is_wide and (_is_small(series) or not has_notes),
            )
        )
    return tuple(views)


def single_views(page: Page, figures: Figures) -> tuple[SingleFigure, ...]:
    """Return the figures of an article that stand alone."""
    language = page.site.language
    return tuple(
        SingleFigure(
            figure.label,
            language.quantity(figure.value, figure.unit),
            language.date(figure.date),
            page.cite([figure.source]),
            page.inline(figure.note) if figure.note else "",
        )
        for figure in figures.single
    )


def reading_help(figures: Figures, language: Language) -> tuple[str, ...]:
    """Return what readers must know to read the charts of an article, in sentences."""
    broken = [series for series in figures.series if len(series.runs) > 1]
    small = [series.unit for series in figures.series if _is_small(series)]
    said = {
        "chart.break": bool(broken),
        "chart.hollow": any(has_dots(series, language) for series in broken),
        "chart.same_scale": len(small) > len(set(small)),
    }
    return tuple(language(name) for name, is_so in said.items() if is_so)


def _run(page: Page, run: Sequence[axes.Point], *, with_note: bool) -> Run:
    language, first = page.site.language, run[0]
    return Run(
        tuple(FigureRow(language.date(point.date), language.number(point.value)) for point in run),
        page.cite([first.source]),
        page.inline(first.note) if first.note and with_note else "",
    )


def _is_small(series: axes.Series) -> bool:
    return len(series.points) <= SMALL


def _wide(several: Sequence[axes.Series]) -> list[bool]:
    """Return which series have the page's width: long ones, and small ones without a neighbour."""
    wide = [True] * len(several)
    for index in range(1, len(several)):
        if _is_small(several[index - 1]) and _is_small(several[index]) and wide[index - 1]:
            wide[index - 1] = wide[index] = False
    return wide
