"""The form of catalog.json: what records write, in the models of the content, and what the site computes beside it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from mkdocs_guidebook.content.data.book import Funder, Pack
from mkdocs_guidebook.content.data.events import EventPlace
from mkdocs_guidebook.content.data.evidence import Evidence
from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.content.data.vocabulary import Vocabulary
from mkdocs_guidebook.content.fields import (
    ActivityKind,
    AnyDate,
    Audience,
    ChapterId,
    Country,
    Date,
    Id,
    Inline,
    Model,
    Organisation,
    Part,
    Phase,
    ProfileField,
    RecommendationId,
    Reference,
    Term,
    Topic,
    WebAddress,
)
from mkdocs_guidebook.content.kinds.activity import Evaluation, Period, Place, Standing
from mkdocs_guidebook.content.kinds.article import Figure, ProfileEntry
from mkdocs_guidebook.content.kinds.chapter import Exercise, Recommendation
from mkdocs_guidebook.content.kinds.common import Review
from mkdocs_guidebook.markup.bibliography import csl_json


class Thing(Model):
    """Something with a place of its own on the site."""

    id: str
    """Its permanent name, unique among the things of its kind."""
    title: str
    """What readers see for it."""
    summary: str | None = None
    """What it is, in a few sentences; Markdown for terms, organisations and events."""
    url: str
    """Its address, relative to that of the site; empty for the home page."""
    path: str
    """The file of the project that holds it."""


class WithBody(Thing):
    """Something that is written as one Markdown file."""

    body: str
    """Its text as it was written, in Markdown."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """The SHA-256 of its text in UTF-8 with white space folded: lines that are broken anew do not change it."""


class CatalogRecord(WithBody):
    """What chapters, articles and activities have in common."""

    topics: list[Topic]
    phases: list[Phase]
    audiences: list[Audience]
    authors: list[str]
    published: Date | None = None
    """The day on which it was first published."""
    reviews: list[Review]
    review_every: int | None = None
    """After how many months it must be checked again."""


class CatalogRecommendation(Recommendation):
    """A recommendation with its place in the book."""

    kind: Literal["recommendation"] = "recommendation"
    number: str
    """Chapter and position, such as 3.2, in this edition."""
    address: RecommendationId
    """Its permanent name: chapter-id#recommendation-id."""
    url: str
    """Its address, relative to that of the site."""
    illustrated_by: list[Id]
    """The activities that show it in practice."""


class CatalogExercise(Exercise):
    """An exercise with its address."""

    kind: Literal["exercise"] = "exercise"
    url: str
    """Its address, relative to that of the site."""


class CatalogChapter(CatalogRecord):
    """A chapter."""

    kind: Literal["chapter"] = "chapter"
    number: int
    """Its place in the book, in this edition."""
    part: Part
    key_messages: list[Inline]
    recommendations: list[CatalogRecommendation]
    """In the order of their numbers."""
    exercises: list[CatalogExercise]


class CatalogArticle(CatalogRecord):
    """An article on the state of the art."""

    kind: Literal["article"] = "article"
    country: Country | None = None
    as_of: Date
    """The day up to which it was researched."""
    profile: dict[ProfileField, ProfileEntry]
    figures: list[Figure]
    sources: list[Reference]


class CatalogActivity(CatalogRecord):
    """A local activity."""

    kind: Literal["activity"] = "activity"
    place: Place
    confirmed: bool
    """False: that an activity took place is not documented."""
    standing: Standing
    """How well it is documented, computed from what is filled in."""
    criteria: dict[str, bool]
    """Which of the four minimum criteria of the European Crime Prevention Network the report meets."""
    sections: list[Id]
    """The sections of the vocabulary that the report has."""
    local_partner: Organisation | None = None
    expert_partner: Organisation | None = None
    partners: list[Organisation]
    period: Period | None = None
    kinds: list[ActivityKind]
    target_group: Inline | None = None
    illustrates: list[RecommendationId]
    """The published recommendations that it shows in practice."""
    evaluation: Evaluation | None = None
    sources: list[Reference]


class CatalogPage(WithBody):
    """A page written by hand."""

    kind: Literal["page"] = "page"


class CatalogPart(Thing):
    """A part of the book."""

    kind: Literal["part"] = "part"
    number: int
    chapters: list[ChapterId]
    """Its published chapters, in order."""


class CatalogBook(Thing):
    """The book as a whole."""

    kind: Literal["book"] = "book"
    subtitle: str | None = None
    publisher: str | None = None
    licence: Inline | None = None
    funder: Funder | None = None
    chapters: list[ChapterId]
    """Its published chapters, in order."""
    packs: list[Pack]
    """Sets of documents for trainers, with their published chapters."""


class CatalogEvent(Thing):
    """An event."""

    kind: Literal["event"] = "event"
    event_kind: str
    """meeting, seminar, conference, exchange or publication."""
    start: AnyDate | None = None
    end: AnyDate | None = None
    place: EventPlace | None = None
    part_of_project: bool
    hosts: list[Organisation]
    outcomes: list[Inline]
    sources: list[Reference]


class CatalogTerm(Thing):
    """A term of the glossary; its summary is its definition."""

    kind: Literal["term"] = "term"
    abbreviation: str | None = None
    synonyms: list[str]
    spellings: list[str]
    see_also: list[Term]
    sources: list[Reference]


class CatalogOrganisation(Thing):
    """An organisation; its summary is what it does."""

    kind: Literal["organisation"] = "organisation"
    short: str | None = None
    country: Country | None = None
    website: WebAddress | None = None
    sources: list[Reference]


class CatalogRedirect(Model):
    """An address of an earlier edition that this one no longer has."""

    old: str = Field(alias="from")
    """The address, relative to that of the site."""
    to: str | None = None
    """Where it went, relative to that of the site."""
    withdrawn: Inline | None = None
    """Why it was withdrawn."""


class Generator(Model):
    """What made the catalog."""

    name: str
    version: str


CslReference = Annotated[ReferenceEntry, PlainSerializer(csl_json)]
"""A reference, written as an item of CSL-JSON."""


class Catalog(Model):
    """Everything typed of a published guidebook."""

    schema_: str = Field(alias="$schema")
    """Where the schema is that this document follows, relative to this document."""
    format: Literal[1] = 1
    """The version of this form; it grows when a field goes or gets another meaning."""
    generator: Generator
    language: str
    """The language of the content, as a BCP 47 tag."""
    site: str | None = None
    """Where the site is published, if that is known."""
    edition: str | None = None
    """The edition; left out before one is published."""
    released: Date | None = None
    """The day on which the edition was published."""
    book: CatalogBook
    parts: list[CatalogPart]
    """In the order of the book."""
    chapters: list[CatalogChapter]
    """In the order of the book."""
    articles: list[CatalogArticle]
    activities: list[CatalogActivity]
    pages: list[CatalogPage]
    events: list[CatalogEvent]
    """In the order of time."""
    glossary: list[CatalogTerm]
    organisations: list[CatalogOrganisation]
    references: list[CslReference]
    """The bibliography, as CSL-JSON."""
    redirects: list[CatalogRedirect] = []
    """Where addresses of earlier editions went."""
    vocabulary: Vocabulary
    """The lists of terms, each in the order in which readers see it."""
    evidence: Evidence
    """The scales of strength and certainty, each from the strongest word to the weakest."""
