"""data/references.yml: the bibliography, as CSL-YAML.

Field names and types are those of the Citation Style Language 1.0.2 (csl-data schema,
https://docs.citationstyles.org/en/stable/specification.html).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.dates import parse_partial_date
from mkdocs_guidebook.content.fields import Form, Model, Text, Truth, WebAddress, Whole

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

    family: Text | None = Field(default=None, examples=["Meyer"])
    """The family name of a person."""
    given: Text | None = Field(default=None, examples=["Anna"])
    """The given names of a person."""
    literal: Text | None = Field(default=None, examples=["River Board"])
    """The name of a body, such as an office or an association."""
    suffix: Text | None = Field(default=None, examples=["Jr."])
    """What stands behind the name, such as Jr."""
    dropping_particle: Annotated[Text | None, Field(alias="dropping-particle", examples=["de"])] = None
    """A particle that is dropped when only the family name is shown."""
    non_dropping_particle: Annotated[
        Text | None, Field(alias="non-dropping-particle", examples=["van der"])
    ] = None
    """A particle that stays with the family name."""

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
        Field(alias="date-parts", min_length=1, max_length=2, examples=[[[2019, 11]]]),
    ]
    """One list of year, month and day, of which the last may be left out; two lists for a range."""
    circa: Truth | None = None
    """Whether the date is an estimate."""


Names = list[Name]
When = Annotated[CslDate, BeforeValidator(_date), Form.CSL_DATE]


class ReferenceEntry(Model):
    """One item of the bibliography."""

    id: Text = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:.#$%&+?<>~/-]*$", examples=["smith-2020"])
    """What citations write behind the @ sign. Letters, digits and hyphens."""
    type: ItemType
    """What kind of source it is, in the words of CSL."""
    title: Text = Field(examples=["The night of the river"])
    """Its title; a description in square brackets for a source without a title."""
    title_short: Annotated[Text | None, Field(alias="title-short", examples=["River night"])] = None
    """A shorter title."""
    author: Names = Field(
        default=[], examples=[[{"family": "Meyer", "given": "Anna"}], [{"literal": "River Board"}]]
    )
    """Who wrote it."""
    editor: Names = Field(default=[], examples=[[{"family": "Meyer", "given": "Anna"}]])
    """Who edited the book or series that it is part of."""
    translator: Names = []
    """Who translated it."""
    interviewer: Names = []
    """Who asked, for an interview."""
    recipient: Names = []
    """To whom a letter was written."""
    issued: When | None = Field(default=None, title="Published", examples=["2019-11", "2019"])
    """When it was published."""
    accessed: When | None = Field(default=None, title="Read on", examples=["2026-02-28"])
    """When it was read, for sources that can change."""
    original_date: Annotated[When | None, Field(alias="original-date", examples=["1998"])] = None
    """When the first edition or the original appeared."""
    event_date: Annotated[When | None, Field(alias="event-date", examples=["2018-10-16"])] = None
    """The day of the event at which it was presented."""
    event_title: Annotated[Text | None, Field(alias="event-title", examples=["Conference on high water"])] = (
        None
    )
    """The name of the event at which it was presented."""
    event_place: Annotated[Text | None, Field(alias="event-place", examples=["Nijmegen"])] = None
    """Where the event took place."""
    container_title: Annotated[
        Text | None, Field(alias="container-title", examples=["Journal of Rivers"])
    ] = None
    """The journal, book or website that it is part of."""
    collection_title: Annotated[Text | None, Field(alias="collection-title", examples=["River Papers"])] = (
        None
    )
    """The series that it appeared in."""
    publisher: Text | None = Field(default=None, examples=["River Press"])
    """Who published it."""
    publisher_place: Annotated[Text | None, Field(alias="publisher-place", examples=["Paris"])] = None
    """Where the publisher is."""
    authority: Text | None = Field(default=None, examples=["Council of Europe"])
    """The court, parliament or office that issued a law, a judgement or a standard."""
    jurisdiction: Text | None = Field(default=None, examples=["France"])
    """The country or region where a law holds."""
    archive: Text | None = Field(default=None, examples=["Town archive"])
    """The archive that keeps it."""
    genre: Text | None = Field(default=None, examples=["Evaluation report"])
    """What kind of report, thesis or document it is."""
    medium: Text | None = Field(default=None, examples=["DVD"])
    """What it is recorded on."""
    edition: Text | None = Field(default=None, examples=["2"])
    """Which edition it is."""
    version: Text | None = Field(default=None, examples=["1.4"])
    """Which version of a software or data set it is."""
    volume: Text | None = Field(default=None, examples=["12"])
    """The volume."""
    issue: Text | None = Field(default=None, examples=["3"])
    """The issue of a journal."""
    number: Text | None = Field(default=None, examples=["CM/Rec(2017)3"])
    """The number of a report, law or standard."""
    collection_number: Annotated[Text | None, Field(alias="collection-number", examples=["7"])] = None
    """The number within its series."""
    chapter_number: Annotated[Text | None, Field(alias="chapter-number", examples=["4"])] = None
    """The number of the chapter."""
    number_of_pages: Annotated[Text | None, Field(alias="number-of-pages", examples=["106"])] = None
    """How many pages it has."""
    page: Text | None = Field(default=None, examples=["12-34"])
    """The pages on which it stands."""
    section: Text | None = Field(default=None, examples=["Article 5"])
    """The section of a newspaper or a law."""
    references: Text | None = None
    """Earlier laws or cases that it refers to, for legal sources."""
    abstract: Text | None = None
    """What it says, in short."""
    language: Text | None = Field(default=None, examples=["fr"])
    """The language of the source, as a BCP 47 tag such as fr."""
    DOI: Text | None = Field(
        default=None, pattern=r"^10\.[0-9]{4,9}/\S+$", title="DOI", examples=["10.1000/182"]
    )
    """Its DOI, such as 10.1000/182, without https://doi.org/ in front."""
    ISBN: Text | None = Field(default=None, title="ISBN", examples=["978-2-913181-75-9"])
    """The ISBN of a book."""
    ISSN: Text | None = Field(default=None, title="ISSN", examples=["1234-5679"])
    """The ISSN of a journal."""
    PMID: Text | None = Field(default=None, title="PMID", examples=["12345678"])
    """The number in PubMed."""
    URL: WebAddress | None = Field(default=None, title="URL", examples=["https://example.org/report.pdf"])
    """Its address on the web."""


class References(Model):
    """The bibliography."""

    references: list[ReferenceEntry] = []
    """The items, in any order."""
