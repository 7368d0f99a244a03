"""Where things stand in a chart: its numbers, the axis of time, the axis of values, and room for words.

Places across are per cent of the width, places down are pixels. What has room is decided at the narrowest
width, so that nothing collides at any.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from mkdocs_guidebook.content.dates import PartialDate
from mkdocs_guidebook.language import Language

NARROWEST = 256
"""The width in pixels at which all words still have room."""
TOP, BASE = 22, 156
"""Where the highest column ends, and where the plot ends."""
BELOW = 18
"""Room for a value under the lowest column, where there are numbers below zero."""
DATES = 176
"""The line on which dates stand."""
VALUE_SIZE, DATE_SIZE = 14, 13
"""Sizes of type, in pixels."""

_WIDEST_COLUMN, _NARROWEST_COLUMN = 7.0, 2.4
_MONTHS_UP_TO = 550
"""In days: up to here the axis has months, above it years."""
_MONTH_STEPS = (1, 2, 3, 6, 12)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 24


@dataclass(frozen=True, slots=True)
class Point:
    """A number at its date."""

    value: Decimal
    date: PartialDate
    source: str
    note: str = ""

    @property
    def basis(self) -> tuple[str, str]:
        """What two numbers must share to be comparable without a second look."""
        return self.source, self.note


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of the same thing at different times."""

    id: str
    """Unique on the page; the ids inside the chart begin with it."""
    label: str
    unit: str
    points: tuple[Point, ...]

    @property
    def in_time(self) -> tuple[Point, ...]:
        """The points by their dates."""
        return tuple(sorted(self.points, key=lambda point: middle(point.date)))

    @property
    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """The points by their dates, cut where the source or the note changes."""
        return tuple(tuple(run) for _, run in groupby(self.in_time, key=lambda point: point.basis))


def middle(date: PartialDate) -> float:
    """Return the middle of a date as a day since the year 1: for 2018 it is noon of 2 July 2018."""
    return (date.first_day.toordinal() + date.last_day.toordinal() + 1) / 2


@dataclass(frozen=True, slots=True)
class Box:
    """What a shape or a text covers at the narrowest width, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_text(cls, x: float, y: float, text: str, size: int, aside: float = 0) -> Box:
        """Return what a text covers whose middle is `aside` from x per cent and which stands on the line y."""
        centre, half = x * NARROWEST / 100 + aside, text_width(text, size) / 2
        return cls(centre - half, y - 0.75 * size, centre + half, y + 0.2 * size)

    @property
    def is_inside(self) -> bool:
        """Whether nothing of it is cut off."""
        return self.left >= 0 and self.right <= NARROWEST

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Return whether two boxes overlap, or have less than a gap between them from side to side."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom
            and other.top < self.bottom
        )


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is in pixels, rather too much than too little."""
    return size * sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56 for char in text)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The axis of time: whole years, or whole months where all dates lie within a year and a half."""

    bands: tuple[PartialDate, ...]
    """Its years or months."""
    margin: float = 0
    """What is left free at each side, in per cent of the width."""
    column: float = 0
    """The width of a column, in per cent; 0 where dates are too close for columns."""
    is_rtl: bool = False

    @classmethod
    def of(cls, points: Sequence[Point], values: Sequence[str], language: Language) -> TimeAxis:
        """Return an axis on which points have room for their dates and for their values as they are written."""
        bands = _bands([point.date for point in points])
        places = [cls(bands).at(middle(point.date)) for point in points]
        margin = 0.0
        for point, value, place in zip(points, values, places, strict=True):
            date = language.short_date(point.date)
            half = 50 * max(text_width(value, VALUE_SIZE), text_width(date, DATE_SIZE)) / NARROWEST
            edge = min(place, 100 - place, 45)
            margin = max(margin, min((half - edge) / (1 - edge / 50), 30))
        gap = min(after - before for before, after in pairwise(places)) * (1 - margin / 50)
        column = min(_WIDEST_COLUMN, 0.6 * gap)
        return cls(bands, margin, column if column >= _NARROWEST_COLUMN else 0, language.is_rtl)

    def at(self, day: float) -> float:
        """Return the place of a day, in per cent of the width."""
        start = self.bands[0].first_day.toordinal()
        end = self.bands[-1].last_day.toordinal() + 1
        place = self.margin + (day - start) / (end - start) * (100 - 2 * self.margin)
        return 100 - place if self.is_rtl else place

    def dates(self, points: Sequence[Point], language: Language) -> list[tuple[float, str]]:
        """Return the dates under the axis and their places: those of the points where they have room.

        Where they have none, the years or months are named instead, as many as have room.
        """
        dates = list(dict.fromkeys(point.date for point in points))
        named = [(self.at(middle(date)), language.short_date(date)) for date in dates]
        boxes = [Box.of_text(x, DATES, text, DATE_SIZE) for x, text in named]
        if not any(one.meets(other, 5) for one, other in combinations(boxes, 2)):
            return named
        return [
            (self.at(middle(band)), language.short_date(band)) for band in self._every(self._step(language))
        ]

    def ticks(self, language: Language) -> list[float]:
        """Return where years or months begin; only every few of them where there are many."""
        step = 1 if len(self.bands) <= _MOST_TICKS else self._step(language)
        days = [band.first_day.toordinal() for band in self._every(step)]
        if step == 1:
            days.append(self.bands[-1].last_day.toordinal() + 1)
        return [self.at(day) for day in days]

    def _step(self, language: Language) -> int:
        """Return every how many years or months one has room for its name."""
        room = (100 - 2 * self.margin) / len(self.bands) * NARROWEST / 100
        widest = (
            max(text_width(language.short_date(band), DATE_SIZE) for band in self.bands[-_MOST_TICKS:]) + 5
        )
        steps = _MONTH_STEPS if self.bands[0].month else _YEAR_STEPS
        return next((step for step in steps if step * room >= widest), steps[-1])

    def _every(self, step: int) -> list[PartialDate]:
        numbered = (
            (band.year * 12 + band.month - 1 if band.month else band.year, band) for band in self.bands
        )
        return [band for number, band in numbered if number % step == 0] or [self.bands[0]]


def _bands(dates: Sequence[PartialDate]) -> tuple[PartialDate, ...]:
    start, end = min(date.first_day for date in dates), max(date.last_day for date in dates)
    if (end - start).days <= _MONTHS_UP_TO and all(date.month for date in dates):
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        return tuple(PartialDate(month // 12, month % 12 + 1) for month in months)
    return tuple(PartialDate(year) for year in range(start.year, end.year + 1))


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The axis of values; zero is always on it."""

    high: Decimal
    low: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> ValueAxis:
        """Return an axis on which all values have room."""
        return cls(max(Decimal(0), *values), min(Decimal(0), *values))

    def at(self, value: Decimal) -> float:
        """Return the place of a value, in pixels from the top."""
        bottom = BASE - (BELOW if self.low < 0 else 0)
        if self.high == self.low:
            return bottom
        return TOP + float((self.high - value) / (self.high - self.low)) * (bottom - TOP)
