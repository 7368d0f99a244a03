"""My pack: the page where readers put together a document of their own.

The page is a list of everything that a pack can hold, and of the packs that are ready. It is complete without
JavaScript; with it, a reader's choice stands above the list, and the document is made of the site's own pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mkdocs_guidebook.content.data.book import Pack
from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise
from mkdocs_guidebook.content.library import Record, handout_id
from mkdocs_guidebook.site.views.base import LinkView, PageView, heading
from mkdocs_guidebook.site.views.page import Page

MY_PACK = "my-pack.md"
"""The name of the page."""
GUIDE, SHEET = "facilitator", "worksheet"
"""The documents of an exercise."""


@dataclass(frozen=True, slots=True)
class PackItem:
    """One thing that a pack can hold."""

    id: str
    """The id of its document; a pack is a list of these."""
    kind: str
    """chapter, article, activity, worksheet or facilitator."""
    label: str
    """The kind in words, where neither the note nor the title tells it."""
    title: str
    url: str
    note: str = ""
    """Where it comes from."""


@dataclass(frozen=True, slots=True)
class PackShelf:
    """What a pack can hold, of one kind."""

    anchor: str
    title: str
    items: tuple[PackItem, ...]


@dataclass(frozen=True, slots=True)
class ReadyPack:
    """A pack of book.yml."""

    id: str
    """The id of its document."""
    title: str
    summary: str
    items: str
    """The ids of what it holds, with blanks between them."""


@dataclass(frozen=True)
class PackView(PageView):
    """The page."""

    shelves: tuple[PackShelf, ...] = ()
    packs: tuple[ReadyPack, ...] = ()
    book: str = ""
    """The title of the book."""
    edition: str = ""
    """The edition in words, with its date."""
    address: str = ""
    """Where the page is published; empty where that is not known."""
    root: str = ""
    """The home page, as a link."""

    @cached_property
    def files(self) -> dict[str, LinkView]:
        """The PDFs that were made, by the ids of their documents."""
        return {
            link.url.rsplit("/", 1)[-1].removesuffix(".pdf"): link
            for link in self.documents
            if link.url.endswith(".pdf")
        }


def pack_view(page: Page) -> PackView:
    """Return the page."""
    language, library = page.site.language, page.site.library
    shelves = tuple(
        PackShelf(anchor, title, items)
        for anchor, title, found in (
            ("chapters", language("kind.chapter"), _records(page, "chapter")),
            ("worksheets", language("pack.worksheets"), _handouts(page, SHEET)),
            ("guides", language("pack.guides"), _handouts(page, GUIDE)),
            ("activities", language("pack.sheets"), _records(page, "activity")),
            ("articles", language("kind.article"), _records(page, "article")),
        )
        if (items := tuple(found))
    )
    packs = tuple(_ready(page, pack) for pack in library.book.packs)
    headings = (("ready-packs", language("pack.ready")),) if packs else ()
    return PackView(
        template="my-pack.html",
        title=language("pack.title"),
        summary=language("pack.summary"),
        url=page.url,
        toc=tuple(
            heading(2, anchor, title)
            for anchor, title in (*headings, *((shelf.anchor, shelf.title) for shelf in shelves))
        ),
        shelves=shelves,
        packs=packs,
        book=library.book.title,
        edition=page.site.edition,
        address=f"{page.site.base_url}{page.url}" if page.site.base_url else "",
        root=page.to_page("index.md"),
    )


def _records(page: Page, kind: str) -> Iterator[PackItem]:
    library, language = page.site.library, page.site.language
    for record in library.records:
        if record.kind.name != kind:
            continue
        label, note = language("pack.sheet" if kind == "activity" else f"record.{kind}"), ""
        if kind == "chapter":
            label, note = "", language("record.chapter_number", n=library.chapter_numbers[record.id])
        id = library.document_ids[record.path]
        yield PackItem(id, kind, label, record.data.title, page.to_record(record), note)


def _handouts(page: Page, kind: str) -> Iterator[PackItem]:
    language = page.site.language
    for chapter in page.site.library.chapters:
        note = _origin(page, chapter)
        for exercise in chapter.data.exercises:
            yield PackItem(
                handout_id(kind, chapter, exercise),
                kind,
                language(f"print.{kind}"),
                exercise.title,
                page.to_record(chapter, exercise.id),
                note,
            )


def _origin(page: Page, chapter: Record[Chapter]) -> str:
    number = page.site.library.chapter_numbers[chapter.id]
    return page.site.language("print.from_chapter", n=number, title=chapter.data.title)


def handouts(page: Page, chapter: Record[Chapter], exercise: Exercise) -> tuple[tuple[str, str], ...]:
    """Return what a pack can hold of an exercise: id and what the tick says."""
    language = page.site.language
    return tuple(
        (handout_id(kind, chapter, exercise), language(key))
        for kind, key in ((SHEET, "pack.add_worksheet"), (GUIDE, "pack.add_guide"))
    )


def _ready(page: Page, pack: Pack) -> ReadyPack:
    library = page.site.library
    exercises = {
        f"{chapter.id}#{exercise.id}": (chapter, exercise)
        for chapter in library.chapters
        for exercise in chapter.data.exercises
    }
    by_collection = (
        (pack.chapters, library.chapters),
        (pack.articles, library.articles),
        (pack.activities, library.activities),
    )
    paths = [
        next((record.path for record in records if record.id == id), "")
        for ids, records in by_collection
        for id in ids
    ]
    ids = [library.document_ids[path] for path in paths if path]
    for kind, addresses in ((GUIDE, pack.guides), (SHEET, pack.worksheets)):
        ids += [handout_id(kind, *exercises[address]) for address in addresses if address in exercises]
    return ReadyPack(f"pack-{pack.id}", pack.title, pack.summary or "", " ".join(ids))
