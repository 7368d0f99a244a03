"""The library: all content of a project, loaded and cross-referenced. It answers, others ask.

`load` reads every file once. What cannot be read or does not fit its model is left out of the library and
told as problems; everything else is there, so that one run finds all problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.data import DATA_FILES, DataFile
from mkdocs_guidebook.content.data.book import Book
from mkdocs_guidebook.content.data.events import Event, Events
from mkdocs_guidebook.content.data.evidence import Evidence, Level
from mkdocs_guidebook.content.data.glossary import Glossary, GlossaryTerm
from mkdocs_guidebook.content.data.organisations import OrganisationEntry, Organisations
from mkdocs_guidebook.content.data.references import ReferenceEntry, References
from mkdocs_guidebook.content.data.vocabulary import Vocabulary, VocabularyTerm
from mkdocs_guidebook.content.fields import countries, is_id
from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER, KINDS, PAGE, RECORD_KINDS, Kind
from mkdocs_guidebook.content.kinds.activity import Activity, Standing, standing_of
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter, Recommendation
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.schema import validate
from mkdocs_guidebook.content.source import Source, Unreadable, read_source
from mkdocs_guidebook.content.yaml12 import Document, Key, parse
from mkdocs_guidebook.problems import Place, Problem, Rule

T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True)
class Entry(Generic[T_co]):
    """A typed file: its values, and where each of them is written."""

    source: Source
    document: Document
    data: T_co

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


def load(root: Path) -> tuple[Library, list[Problem]]:
    """Load the project in the folder `root`; return its library and what is wrong with its files."""
    root = root.resolve()
    problems: list[Problem] = []
    entries: dict[str, Entry[BaseModel]] = {}
    broken: set[str] = set()
    for file in DATA_FILES:
        entry = _load_data(root, file, problems)
        if entry is not None:
            entries[file.name] = entry
        elif file.required or (root / file.path).exists():
            broken.add(file.path)
    records: dict[str, list[Record[Any]]] = {kind.name: [] for kind in KINDS}
    unfinished: list[Record[Page]] = []
    for kind in KINDS:
        for path in _files_of(root, kind, problems):
            record = _load_record(root, kind, path, problems)
            if record is not None and type(record.data) is kind.model:
                records[kind.name].append(record)
                continue
            broken.add(path)
            if record is not None:
                unfinished.append(record)

    book = entries.get("book")
    order = {id: number for number, id in enumerate(cast(Book, book.data).chapters)} if book else {}
    names = countries()
    return (
        Library(
            root=root,
            entries=entries,
            chapters=sorted(
                records[CHAPTER.name], key=lambda record: (order.get(record.id, len(order)), record.id)
            ),
            articles=sorted(
                records[ARTICLE.name],
                key=lambda record: (names.get(record.data.country or "", "~"), record.data.title, record.id),
            ),
            activities=sorted(
                records[ACTIVITY.name],
                key=lambda record: (record.data.place.name, record.data.title, record.id),
            ),
            pages=records[PAGE.name],
            unfinished=unfinished,
            broken=frozenset(broken),
            assets=frozenset(_assets_of(root, problems)),
        ),
        problems,
    )


def _load_data(root: Path, file: DataFile, problems: list[Problem]) -> Entry[BaseModel] | None:
    if not (root / file.path).exists() and not (root / file.path).is_symlink():
        if file.required:
            problems.append(
                Problem(
                    rules.UNREADABLE,
                    Place(file.path),
                    f"the file {file.path} is missing",
                    "Every project needs it; copy the one of the example and change it.",
                )
            )
        return None
    try:
        source = read_source(root, file.path)
    except Unreadable as error:
        problems.append(error.problem)
        return None
    before = len(problems)
    document = parse(source, 0, len(source.text), problems)
    if len(problems) > before and document.value is None:
        return None
    data = validate(file.model, document, problems)
    return Entry(source, document, data) if data is not None else None


def _files_of(root: Path, kind: Kind, problems: list[Problem]) -> list[str]:
    """Return the paths of the Markdown files of a collection, sorted."""
    folder = root / kind.folder
    if not folder.is_dir():
        return []
    found = folder.rglob("*.md") if kind.nested else folder.glob("*.md")
    paths = sorted(path.relative_to(root).as_posix() for path in found)
    paths = [path for path in paths if not _is_hidden(path)]
    if kind in RECORD_KINDS:
        paths = [path for path in paths if PurePosixPath(path).name.lower() not in ("readme.md", "index.md")]
        deeper = sorted(path.relative_to(root).as_posix() for path in folder.glob("*/**/*.md"))
        problems += [
            Problem(
                rules.FILE_NAME,
                Place(path),
                "records of this collection do not lie in folders of their own",
                f"Move the file to {kind.folder}/.",
            )
            for path in deeper
            if not _is_hidden(path)
        ]
    return paths


def _assets_of(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the paths of pictures and downloads, and report those that lead out of the project."""
    for kind in KINDS:
        for path in sorted((root / kind.folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix in (".md", ".yml", ".yaml") or _is_hidden(name):
                continue
            if not _is_inside(path, root):
                problems.append(
                    Problem(
                        rules.OUTSIDE_PROJECT,
                        Place(name),
                        "this is a link to something outside the project, or to nothing",
                        "Replace the link by a copy of the file.",
                    )
                )
            elif path.is_file():
                yield name


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # RuntimeError: a symbolic link that leads to itself
        return False


def split_front_matter(source: Source) -> tuple[int, int, int] | None:
    """Return start and end of the front matter and the start of the body; None without front matter.

    An end of -1 means that the front matter is never closed.
    """
    if source.lines[0].rstrip() != "---":
        return None
    start = len(source.lines[0]) + 1
    position = start
    for line in source.lines[1:]:
        if line.rstrip() in ("---", "..."):
            return start, position, min(position + len(line) + 1, len(source.text))
        position += len(line) + 1
    return start, -1, len(source.text)


def _load_record(root: Path, kind: Kind, path: str, problems: list[Problem]) -> Record[Any] | None:
    try:
        source = read_source(root, path)
    except Unreadable as error:
        problems.append(error.problem)
        return None
    name = PurePosixPath(path).stem
    if kind in RECORD_KINDS and not is_id(name):
        problems.append(
            source.problem(
                rules.FILE_NAME,
                Place(path),
                f"the file name `{name}.md` is not lower-case words with hyphens",
                f"Rename the file, for example to {_as_id(name)}.md. The name is permanent.",
            )
        )
    parts = split_front_matter(source)
    if parts is None and kind not in RECORD_KINDS:
        document = Document(source, value={})
        return Record(source, document, kind.model.model_validate({}), kind, Body(source, 0))
    if parts is None or parts[1] < 0:
        problems.append(
            source.problem(
                rules.NO_FRONT_MATTER,
                Place(path),
                "the front matter is missing: the file does not begin with `---`"
                if parts is None
                else "the front matter is never closed by a line `---`",
                "Begin the file with a line `---`, then the fields, then another line `---`.",
            )
        )
        return None
    start, end, body_start = parts
    before = len(problems)
    document = parse(source, start, end, problems)
    if document.value is None and (len(problems) == before and kind not in RECORD_KINDS):
        document.value = {}
    data = None
    if document.value is not None or len(problems) == before:
        data = validate(kind.model, document, problems)
    return Record(source, document, data or _Unfinished(), kind, Body(source, body_start))


class _Unfinished(Page):
    """Stands for front matter that does not fit its kind."""


def _as_id(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "new-record"
