"""data/references.yml: the bibliography, as CSL-YAML.

Field names and types are those of the Citation Style Language 1.0.2 (csl-data schema,
https://docs.citationstyles.org/en/stable/specification.html).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.fields import (
    Model,
    Text,
    Truth,
    WebAddress,
    Whole,
    parse_partial_date,
)

ItemType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]


class Name(Model):
    """A person (family and given name) or a body (literal)."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None
    suffix: Text | None = None
    dropping_particle: Annotated[Text | None, Field(alias="dropping-particle")] = None
    non_dropping_particle: Annotated[Text | None, Field(alias="non-dropping-particle")] = None

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.family or self.literal):
            raise PydanticCustomError("incomplete_name", "this names neither a person nor a body")
        return self


def _date(value: Any) -> Any:
    """Let 2019-11 stand for the longer form of CSL."""
    if isinstance(value, str):
        date = parse_partial_date(value)
        return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
    return value


def _existing(parts: list[int]) -> list[int]:
    parse_partial_date("-".join(f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False)))
    return parts


class CslDate(Model):
    """A date, or a range of two, as lists of year, month and day."""

    date_parts: Annotated[
        list[Annotated[list[Whole], Field(min_length=1, max_length=3), AfterValidator(_existing)]],
        Field(alias="date-parts", min_length=1, max_length=2),
    ]
    circa: Truth | None = None


Names = list[Name]
When = Annotated[CslDate, BeforeValidator(_date)]


class ReferenceEntry(Model):
    """One item of the bibliography."""

    id: Text = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:.#$%&+?<>~/-]*$")
    """What citations write behind the @ sign. Letters, digits and hyphens."""
    type: ItemType
    """What kind of source it is, in the words of CSL."""
    title: Text
    """Its title; a description in square brackets for a source without a title."""
    title_short: Annotated[Text | None, Field(alias="title-short")] = None
    author: Names = []
    editor: Names = []
    translator: Names = []
    interviewer: Names = []
    recipient: Names = []
    issued: When | None = None
    """When it was published."""
    accessed: When | None = None
    """When it was read, for sources that can change."""
    original_date: Annotated[When | None, Field(alias="original-date")] = None
    event_date: Annotated[When | None, Field(alias="event-date")] = None
    event_title: Annotated[Text | None, Field(alias="event-title")] = None
    event_place: Annotated[Text | None, Field(alias="event-place")] = None
    container_title: Annotated[Text | None, Field(alias="container-title")] = None
    collection_title: Annotated[Text | None, Field(alias="collection-title")] = None
    publisher: Text | None = None
    publisher_place: Annotated[Text | None, Field(alias="publisher-place")] = None
    authority: Text | None = None
    jurisdiction: Text | None = None
    archive: Text | None = None
    genre: Text | None = None
    medium: Text | None = None
    edition: Text | None = None
    version: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    number: Text | None = None
    collection_number: Annotated[Text | None, Field(alias="collection-number")] = None
    chapter_number: Annotated[Text | None, Field(alias="chapter-number")] = None
    number_of_pages: Annotated[Text | None, Field(alias="number-of-pages")] = None
    page: Text | None = None
    section: Text | None = None
    references: Text | None = None
    abstract: Text | None = None
    language: Text | None = None
    """The language of the source, as a BCP 47 tag such as fr."""
    DOI: Text | None = Field(default=None, pattern=r"^10\.\d{4,9}/\S+$")
    """Its DOI, such as 10.1000/182, without https://doi.org/ in front."""
    ISBN: Text | None = None
    ISSN: Text | None = None
    PMID: Text | None = None
    URL: WebAddress | None = None


class References(Model):
    """The bibliography."""

    references: list[ReferenceEntry] = []
    """The items, in any order."""
