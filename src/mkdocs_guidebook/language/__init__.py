"""Every word that templates show, one catalogue per language; dates and countries as the language has them."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.dates import PartialDate

FALLBACK = "en"


@cache
def _messages(language: str) -> dict[str, str]:
    file = resources.files(__package__) / f"{language}.toml"
    if not file.is_file():
        return {}
    return dict(_flat(tomllib.loads(file.read_text("utf-8"))))


@cache
def _message(tag: str, name: str, is_one: bool) -> str:
    """Return a message as it stands in the first catalogue that has it; pages ask for the same ones again and again."""
    for language in (tag, tag.split("-")[0], FALLBACK):
        messages = _messages(language)
        text = messages.get(name) or messages.get(f"{name}.{'one' if is_one else 'other'}")
        if text is not None:
            return text
    raise KeyError(name)


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return found


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(
        file.name.removesuffix(".toml")
        for file in resources.files(__package__).iterdir()
        if file.name.endswith(".toml")
    )


@dataclass(frozen=True)
class Language:
    """The words, dates, numbers and countries of one language."""

    tag: str = FALLBACK
    """A BCP 47 tag, such as en or pt-BR."""

    def __call__(self, name: str, **values: Any) -> str:
        """Return the message `name` with its values put in.

        A message with a count `n` may have a form of its own for one thing: ``name.one`` and ``name.other``.
        Raises KeyError when no catalogue has it.
        """
        return _message(self.tag, name, values.get("n") == 1).format(**values)

    @property
    def has_words(self) -> bool:
        """Whether there is a catalogue for the language, so that not all of its words are English."""
        return any(_messages(tag) for tag in (self.tag, self.tag.split("-")[0]))

    @cached_property
    def locale(self) -> Locale:
        """The locale for dates and numbers; plain English means European English."""
        try:
            return Locale.parse(
                "en_GB" if self.tag == "en" else self.tag, sep="_" if self.tag == "en" else "-"
            )
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    def date(self, date: datetime.date | PartialDate) -> str:
        """Return a date in words, as exactly as it is known."""
        if isinstance(date, datetime.date) or date.day:
            day = date if isinstance(date, datetime.date) else date.first_day
            return format_date(day, "long", locale=self.locale)
        skeleton = "yMMMM" if date.month else "y"
        return format_skeleton(skeleton, date.first_day, locale=self.locale)

    def period(self, start: PartialDate, end: PartialDate | None) -> str:
        """Return a period in words."""
        if end is None or end == start:
            return self.date(start)
        if start.day and end.day and (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{self.date(end)}"
        return f"{self.date(start)} – {self.date(end)}"

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return countries(str(self.locale).replace("_", "-")).get(code, code)

    def short_date(self, date: PartialDate) -> str:
        """Return a date as it is written where there is little room."""
        skeleton = "yMMMd" if date.day else "yMMM" if date.month else "y"
        return format_skeleton(skeleton, date.first_day, locale=self.locale)

    def number(self, value: Decimal | int | float) -> str:
        """Return a number as it is written in text, with all its digits."""
        return format_decimal(value, locale=self.locale, decimal_quantization=False)

    def short_number(self, value: Decimal) -> str:
        """Return a large number, rounded, as it is written where there is little room: 1.25M."""
        return format_compact_decimal(value, locale=self.locale, fraction_digits=2)

    def percentage(self, value: Decimal) -> str:
        """Return a number of hundredths as it is written in text: 4.4 as 4.4%."""
        return format_percent(value / 100, locale=self.locale, decimal_quantization=False)

    def quantity(self, value: Decimal, unit: str) -> str:
        """Return a number with its unit."""
        return self.percentage(value) if unit == "%" else f"{self.number(value)}\N{NO-BREAK SPACE}{unit}"

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.locale.text_direction == "rtl"

    def listing(self, words: list[str]) -> str:
        """Return words joined as in a sentence."""
        return format_list(words, locale=self.locale)
