"""The library: all content of a project, cross-referenced. It answers, others ask."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.data.book import Book
from mkdocs_guidebook.content.data.editions import Editions
from mkdocs_guidebook.content.data.events import Event, Events
from mkdocs_guidebook.content.data.evidence import Evidence, Level
from mkdocs_guidebook.content.data.glossary import Glossary, GlossaryTerm
from mkdocs_guidebook.content.data.organisations import OrganisationEntry, Organisations
from mkdocs_guidebook.content.data.redirects import Redirect, Redirects
from mkdocs_guidebook.content.data.references import ReferenceEntry, References
from mkdocs_guidebook.content.data.vocabulary import Vocabulary, VocabularyTerm
from mkdocs_guidebook.content.kinds import Kind
from mkdocs_guidebook.content.kinds.activity import Activity, Standing, standing_of
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise, Recommendation
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.yaml12 import Document, Key, parse
from mkdocs_guidebook.problems import Place, Problem, Rule

T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True)
class Entry(Generic[T_co]):
    """A typed file: its values, and where each of them is written."""

    source: Source
    data: T_co
    span: tuple[int, int] | None
    """Start and end of its YAML in the file's text; None where it has none."""

    @cached_property
    def document(self) -> Document:
        """The YAML with the places of its values, read again: only few are asked for, mostly of what is wrong."""
        return parse(self.source, *self.span, []) if self.span else Document(self.source, value={})

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self.source.path

    def problem(
        self, rule: Rule, place: Place, message: str, hint: str, allowed: Iterable[str] = ()
    ) -> Problem:
        """Return a problem at a place of this file."""
        return self.source.problem(rule, place, message, hint, tuple(allowed))

    def place(self, key: Key) -> Place:
        """Return the place of the value at `key`."""
        return self.document.place(key)


@dataclass(frozen=True)
class Record(Entry[T_co]):
    """One file of content: front matter and body."""

    kind: Kind
    body: Body
    kept: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What floors above have found out about it, which is true for as long as the file is the same."""

    @cached_property
    def id(self) -> str:
        """Its permanent name: the file name without .md (for a page, its path in docs/)."""
        path = PurePosixPath(self.path).relative_to(self.kind.folder)
        return str(path.with_suffix(""))

    @property
    def is_draft(self) -> bool:
        """Whether it is left out of the published site."""
        return isinstance(self.data, RecordFields) and self.data.status == "draft"


@dataclass(frozen=True, slots=True)
class NumberedRecommendation:
    """A recommendation with its place in the book."""

    chapter: Record[Chapter]
    data: Recommendation
    chapter_number: int
    position: int

    @property
    def number(self) -> str:
        """Chapter and position, such as 3.2; it may change from edition to edition."""
        return f"{self.chapter_number}.{self.position}"

    @property
    def address(self) -> str:
        """chapter-id#recommendation-id; it never changes."""
        return f"{self.chapter.id}#{self.data.id}"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a record."""

    date: datetime.date
    kind: str
    """`new`, or the outcome of a review."""
    record: Record[RecordFields]
    note: str
    """What was checked, as Markdown; empty for a publication."""


WHOLE_DOCUMENTS = ("guidebook", "recommendations", "comparison")
"""The ids of the documents that are made of many records."""


def handout_id(kind: str, chapter: Record[Chapter], exercise: Exercise) -> str:
    """Return the id of an exercise's document: its `worksheet` or its `facilitator`'s guide."""
    return f"{kind}-{chapter.id}-{exercise.id}"


@dataclass(frozen=True)
class Library:
    """All content of a project."""

    root: Path
    """The project's folder."""
    entries: dict[str, Entry[BaseModel]]
    """The data files that could be loaded, by their names."""
    chapters: list[Record[Chapter]]
    """The chapters, in the order of the book."""
    articles: list[Record[Article]]
    """The articles, by the names of their countries and their titles."""
    activities: list[Record[Activity]]
    """The activities, by the names of their places and their titles."""
    pages: list[Record[Page]]
    """The pages of docs/, by their paths."""
    unfinished: list[Record[Page]] = field(default_factory=list)
    """What stands below front matter that does not fit its kind, so that it is checked all the same."""
    broken: frozenset[str] = field(default_factory=frozenset)
    """Paths of the files that could not be loaded; nothing is known of what they hold."""
    assets: frozenset[str] = field(default_factory=frozenset)
    """Paths of the pictures and downloads that lie beside records and pages."""

    # Data files

    def _data(self, name: str, model: type[T]) -> T:
        entry = self.entries.get(name)
        return cast(T, entry.data) if entry else model.model_construct(**_EMPTY.get(name, {}))

    @cached_property
    def book(self) -> Book:
        """The book as a whole."""
        return self._data("book", Book)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The term lists."""
        return self._data("vocabulary", Vocabulary)

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence scales."""
        return self._data("evidence", Evidence)

    @cached_property
    def events(self) -> list[Event]:
        """The events, in order."""
        return self._data("events", Events).events

    @cached_property
    def terms(self) -> dict[str, GlossaryTerm]:
        """The glossary by id."""
        return {term.id: term for term in self._data("glossary", Glossary).terms}

    @cached_property
    def references(self) -> dict[str, ReferenceEntry]:
        """The bibliography by id."""
        return {item.id: item for item in self._data("references", References).references}

    @cached_property
    def organisations(self) -> dict[str, OrganisationEntry]:
        """The organisations by id."""
        return {item.id: item for item in self._data("organisations", Organisations).organisations}

    @cached_property
    def published(self) -> Editions:
        """What was published before."""
        return self._data("editions", Editions)

    @cached_property
    def redirects(self) -> list[Redirect]:
        """Where addresses of earlier editions went."""
        return self._data("redirects", Redirects).redirects

    # Records

    @property
    def records(self) -> Iterator[Record[RecordFields]]:
        """All typed records: chapters, articles, activities."""
        yield from self.chapters
        yield from self.articles
        yield from self.activities

    @property
    def files(self) -> Iterator[Entry[BaseModel]]:
        """Everything that was loaded: data files, records, pages, and the bodies of unfinished ones."""
        yield from self.entries.values()
        yield from self.records
        yield from self.pages
        yield from self.unfinished

    @property
    def bodies(self) -> Iterator[Record[BaseModel]]:
        """Records, pages and unfinished ones: everything that has a body."""
        yield from self.records
        yield from self.pages
        yield from self.unfinished

    @cached_property
    def by_path(self) -> dict[str, Record[BaseModel]]:
        """Records and pages by their paths in the project."""
        return {record.path: record for record in (*self.records, *self.pages)}

    def pages_below(self, page: Record[Page]) -> list[Record[Page]]:
        """Return the pages of the folder that bears a hand-written page's name, in their order."""
        folder = page.path.removesuffix(".md")
        below = [record for record in self.pages if str(PurePosixPath(record.path).parent) == folder]
        return sorted(below, key=lambda record: (record.data.order is None, record.data.order, record.path))

    @cached_property
    def chapter_numbers(self) -> dict[str, int]:
        """The number of each chapter by its id."""
        return {chapter.id: number for number, chapter in enumerate(self.chapters, 1)}

    @cached_property
    def recommendations(self) -> dict[str, NumberedRecommendation]:
        """All recommendations by address, in the order of their numbers."""
        return {
            numbered.address: numbered
            for chapter in self.chapters
            for position, data in enumerate(chapter.data.recommendations, 1)
            for numbered in [
                NumberedRecommendation(chapter, data, self.chapter_numbers[chapter.id], position)
            ]
        }

    @cached_property
    def illustrations(self) -> dict[str, list[Record[Activity]]]:
        """The activities that show a recommendation in practice, by its address."""
        shown: dict[str, list[Record[Activity]]] = {}
        for activity in self.activities:
            for address in activity.data.illustrates:
                shown.setdefault(address, []).append(activity)
        return shown

    @cached_property
    def ids(self) -> dict[str, dict[str, str]]:
        """For each thing that a `Ref` can name: the known ids with what readers see for them."""
        vocabulary, evidence = self.vocabulary, self.evidence
        lists: dict[str, Sequence[VocabularyTerm | Level]] = {
            "topics": vocabulary.topics,
            "phases": vocabulary.phases,
            "audiences": vocabulary.audiences,
            "kinds": vocabulary.kinds,
            "profile": vocabulary.profile,
            "strengths": evidence.strengths,
            "certainties": evidence.certainties,
        }
        known = {name: {term.id: term.label for term in terms} for name, terms in lists.items()}
        known["parts"] = {part.id: part.title for part in self.book.parts}
        known["references"] = {id: item.title for id, item in self.references.items()}
        known["organisations"] = {id: item.short or item.name for id, item in self.organisations.items()}
        known["terms"] = {id: term.term for id, term in self.terms.items()}
        known["chapters"] = {chapter.id: chapter.data.title for chapter in self.chapters}
        known["articles"] = {article.id: article.data.title for article in self.articles}
        known["activities"] = {activity.id: activity.data.title for activity in self.activities}
        known["exercises"] = {
            f"{chapter.id}#{exercise.id}": exercise.title
            for chapter in self.chapters
            for exercise in chapter.data.exercises
        }
        known["recommendations"] = {
            address: recommendation.data.text for address, recommendation in self.recommendations.items()
        }
        return known

    @cached_property
    def changes(self) -> list[Change]:
        """Publications and reviews of all records, the latest first."""
        changes = []
        for record in self.records:
            if record.data.published:
                changes.append(Change(record.data.published, "new", record, ""))
            changes += [
                Change(review.date, review.outcome, record, review.checked) for review in record.data.reviews
            ]
        return sorted(
            changes, key=lambda change: (-change.date.toordinal(), change.record.data.title, change.kind)
        )

    @cached_property
    def document_ids(self) -> dict[str, str]:
        """The id of each record's document by the record's path: its own, with its kind where that is taken."""
        taken, found = set(WHOLE_DOCUMENTS), {}
        for record in self.records:
            found[record.path] = record.id if record.id not in taken else f"{record.kind.name}-{record.id}"
            taken.add(found[record.path])
        return found

    def label(self, to: str, id: str) -> str:
        """Return what readers see for an id of a term list; the id itself where it is not known."""
        return self.ids[to].get(id, id)

    def sections_of(self, record: Record[RecordFields]) -> dict[str, str]:
        """Return the vocabulary's sections that the record has: their ids with their labels, in order."""
        terms = getattr(self.vocabulary.sections, record.kind.name)
        return {term.id: term.label for term in terms if term.label in record.body.sections}

    def standing(self, activity: Record[Activity]) -> Standing:
        """Return how well an activity is documented."""
        return standing_of(activity.data, set(self.sections_of(activity)))

    def as_edition(self, name: str, today: datetime.date) -> Library:
        """Return the library as an edition that is published today, or on the day that book.yml has for it."""
        entry, book = self.entries["book"], self.book
        released = book.released if book.edition == name and book.released else today
        book = book.model_copy(update={"edition": name, "released": released})
        return replace(self, entries={**self.entries, "book": replace(entry, data=book)})

    def without_drafts(self) -> Library:
        """Return the library as it is published."""
        if not any(record.is_draft for record in self.records):
            return self
        return replace(
            self,
            chapters=[record for record in self.chapters if not record.is_draft],
            articles=[record for record in self.articles if not record.is_draft],
            activities=[record for record in self.activities if not record.is_draft],
        )


_EMPTY: dict[str, dict[str, Any]] = {
    "book": {"title": "", "description": ""},
    "vocabulary": {"topics": [], "audiences": []},
}
