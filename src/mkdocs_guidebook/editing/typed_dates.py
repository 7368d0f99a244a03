"""Dates as people type them: read where they have one meaning, refused where they have two."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.dates import parse_partial_date

_LANGUAGES = ("en", "fr", "de", "es", "nl", "it")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _months() -> dict[str, int]:
    """Return the numbers of the months by their names and short names in several languages."""
    names: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for width in ("wide", "abbreviated"):
            for number, name in months["format"][width].items():
                names.setdefault(name.casefold().strip("."), number)
    return names | {"sept": 9}


def read_date(text: str) -> str | None:
    """Return a date in the form 2018-10-16, 2018-10 or 2018; None where the text is no date or has two meanings."""
    text = text.strip().rstrip(".").casefold()
    text = re.sub(r"(?<=\d)(st|nd|rd|th|er)\b", "", text)
    if match := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", text):
        return _date(*match.groups())
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        first, second, year = match.groups()
        if int(first) > 12 or "." in text or first == second:
            return _date(year, second, first)
        return _date(year, first, second) if int(second) > 12 else None
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        return _date(match[2], match[1])
    numbers = re.findall(r"\d+", text)
    words = [
        word for word in _WORD.findall(text) if word not in ("of", "de", "del", "the", "in", "en", "im", "le")
    ]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    month = _months().get(words[0]) if len(words) == 1 else None
    if month is None or len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    return _date(years[0], str(month), *days)


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    written = "-".join(f"{int(part):0{width}}" for part, width in ((year, 4), (month, 2), (day, 2)) if part)
    try:
        return str(parse_partial_date(written))
    except PydanticCustomError:
        return None
