"""Days, and dates of which only the month or the year is known: their patterns, and from text to value."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""ISO 8601 dates of full or reduced precision (the level 0 of the Extended Date/Time Format)."""
DAY = (
    r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
"""A day that exists in the Gregorian calendar, leap years included, for programs that know only patterns."""
ANY_DATE = rf"(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{DAY})"
"""A day, a month or a year that exists."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which perhaps only the year, or the year and the month, is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join(
            f"{part:0{width}}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part
        )

    @property
    def first_day(self) -> datetime.date:
        """The earliest day that it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day that it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def _bad_date(message: str, value: object) -> PydanticCustomError:
    return PydanticCustomError("bad_date", message, {"value": str(value)})


def parse_date(value: Any) -> datetime.date:
    """Return the date that a text of the form 2026-02-28 means; raise a validation error otherwise."""
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(DATE_PATTERN, value):
        raise _bad_date("`{value}` is not a date of the form 2026-02-28", value)
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise _bad_date("there is no date {value}", value) from None


def parse_partial_date(value: Any) -> PartialDate:
    """Return the date that 2026-02-28, 2026-02 or 2026 means; raise a validation error otherwise."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str) or not re.fullmatch(PARTIAL_DATE_PATTERN, value):
        raise _bad_date("`{value}` is not a date of the form 2026-02-28, 2026-02 or 2026", value)
    date = PartialDate(*map(int, value.split("-")))
    try:
        _ = date.first_day
    except ValueError:
        raise _bad_date("there is no date {value}", value) from None
    return date
