"""An article on the state of the art in a country, or on a theme."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import (
    AnyDate,
    Blocks,
    Country,
    Date,
    Inline,
    Model,
    Number,
    ProfileField,
    Reference,
    Text,
)
from mkdocs_guidebook.content.kinds.common import RecordFields


class ProfileEntry(Model):
    """What is known about one field of a country's profile."""

    text: Blocks = Field(title="What is known", examples=["Each county has a coordinator [@smith-2020]."])
    """What is known, in a few words, with citations."""
    sources: list[Reference] = Field(min_length=1)
    """What it rests on."""


class Figure(Model):
    """A number with its date and source. Figures of the same label and unit form a series."""

    label: Text = Field(title="What is counted", examples=["People under supervision"])
    """What is counted."""
    value: Number = Field(examples=[3700])
    """The number."""
    unit: Text = Field(examples=["people"])
    """The unit, such as people or %."""
    date: AnyDate = Field(title="Time of the figure", examples=["2024-12-31", "2024"])
    """The time that the number is about."""
    source: Reference
    """Where it comes from."""
    note: Inline | None = Field(
        default=None, examples=["Counted at the end of the year, without young people."]
    )
    """What readers must know to use it: who counted, and what is left out."""


class Article(RecordFields):
    """The front matter of an article."""

    country: Country | None = None
    """The country it is about; left out for an article on a theme."""
    as_of: Date = Field(title="Researched up to", examples=["2026-02-28"])
    """The day up to which it was researched."""
    profile: dict[ProfileField, ProfileEntry] = {}
    """The same named fields for every country, declared in data/vocabulary.yml."""
    figures: list[Figure] = []
    """Numbers with dates and sources."""
    sources: list[Reference] = Field(default=[], title="Further sources")
    """Further sources of the article as a whole."""
