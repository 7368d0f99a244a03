"""What all documents share: the library as print sees it, and how its texts become HTML."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.bibliography import Bibliography, bibliography_of
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.links import Lead, understand
from mkdocs_guidebook.markup.marks import Marks, citations
from mkdocs_guidebook.markup.terms import TermFinder

PAPERS = ("a4", "letter")


@dataclass(frozen=True)
class Press:
    """A library on its way to documents."""

    library: Library
    language: Language
    today: datetime.date
    base_url: str = ""
    """Where the site is published, with a slash at the end; empty when it is not known."""
    converter: Converter = field(default_factory=Converter)
    directory_urls: bool = True
    """Whether a page of the site is a folder with an index."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Addresses of pages that are not where they would be expected, relative to the site."""
    paper: str = "a4"

    @cached_property
    def bibliography(self) -> Bibliography:
        """The formatted references."""
        return bibliography_of(self.library, self.language.tag)

    @cached_property
    def terms(self) -> TermFinder:
        """The glossary's terms."""
        return TermFinder(self.library.terms.values())

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The definitions of the glossary's terms as HTML, filled as they are asked for."""
        return {}

    @property
    def edition(self) -> str:
        """The edition in words."""
        book = self.library.book
        if book.edition == "dev":
            return self.language("print.development")
        return self.language("site.edition", edition=book.edition)

    @property
    def date(self) -> datetime.date:
        """The day of the edition, or of this print."""
        return self.library.book.released or self.today

    def address(self, path: str, anchor: str = "") -> str:
        """Return the address of a page of the site (a record's path, or a page such as recommendations.md).

        Empty where the site's address is not known.
        """
        if not self.base_url:
            return ""
        page = path.removeprefix("docs/")
        for kind in RECORD_KINDS:
            if path.startswith(f"{kind.folder}/"):
                page = f"{kind.address}/{path.removeprefix(f'{kind.folder}/')}"
        stem = page.removesuffix(".md")
        if stem == "index" or stem.endswith("/index"):
            stem = stem[: -len("index")]
            found = stem if self.directory_urls else f"{stem}index.html"
        else:
            found = f"{stem}/" if self.directory_urls else f"{stem}.html"
        return self.base_url + self.addresses.get(page, found) + (f"#{anchor}" if anchor else "")

    def writer(self, path: str) -> Writer:
        """Return what turns the texts of the file at `path` into HTML."""
        return Writer(self, path)


@dataclass
class Writer:
    """Turns the texts of one unit into HTML. Links inside the project become ``/path#anchor``."""

    press: Press
    path: str
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        self.marks = Marks(
            resolve=self._resolve,
            terms=self.press.terms,
            table_name=self.press.language("site.table"),
        )
        self._base = self.path

    def _resolve(self, written: str, is_image: bool) -> str:
        if written.startswith("#") and self._base == self.path:
            return written
        target = understand(self.press.library, self._base, written)
        anchor = f"#{target.anchor}" if target.anchor and not is_image else ""
        if target.lead in (Lead.WEB, Lead.MAIL):
            return written
        if target.lead in (Lead.RECORD, Lead.COLLECTION, Lead.DATA, Lead.ASSET):
            return f"/{target.path}{anchor}"
        return f"/{target.path}" if is_image else "#"

    def inline(self, text: str) -> str:
        """Return a text of one paragraph as HTML."""
        return self.press.converter.inline(text, self.marks)

    def blocks(self, text: str, base: str = "") -> str:
        """Return a longer text without slots as HTML; links are counted from the file `base`."""
        self._base = base or self.path
        try:
            return self.press.converter.blocks(text, self.marks).html
        finally:
            self._base = self.path

    def cite(self, ids: Sequence[str]) -> str:
        """Return numbers of sources as links."""
        return citations(ids, self.marks) if ids else ""

    def without_terms(self) -> Writer:
        """Return a writer of the same file that marks no terms."""
        other = Writer(self.press, self.path)
        other.marks.terms = None
        return other


def escape(text: str) -> str:
    """Return a text without marks as HTML."""
    return html.escape(text, quote=False)


def el(name: str, *inner: str | Iterable[str] | None, **attributes: str | int | None) -> str:
    """Return an element of HTML; attributes that are None are left out, ``class_`` means class."""
    pieces = [
        piece
        for part in inner
        if part is not None
        for piece in ([part] if isinstance(part, str) else list(part))
    ]
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(item))}"'
        for key, item in attributes.items()
        if item is not None
    )
    return f"<{name}{written}>{''.join(pieces)}</{name}>"


def table(kind: str, headers: Iterable[str], rows: Iterable[str]) -> str:
    """Return rows below a row of headers, which are plain text; `kind` is the table's class."""
    return el(
        "table",
        el("thead", el("tr", [el("th", escape(word), scope="col") for word in headers])),
        el("tbody", rows),
        class_=kind,
    )


@dataclass(frozen=True)
class Unit:
    """A stretch of a document with one title: a chapter, a part's opening, a list, a worksheet."""

    path: str
    """What its anchors are counted from: the record's path, or a name of its own."""
    title: str
    html: str
    """Its whole HTML; the first heading is an h1."""
    kind: str
    running: str = ""
    """What stands at the head of its pages."""
    record: Record[BaseModel] | None = None
    """The record that it comes from, for problems."""
    number: str = ""
    """Its number in the book's contents, or the kind of handout that it is."""
    level: int = 1
    """The level of its title in the document's bookmarks."""


@dataclass(frozen=True)
class Document:
    """A document before it is written as PDF, EPUB or DOCX."""

    id: str
    kind: str
    title: str
    units: tuple[Unit, ...]
    url: str = ""
    """Where the current version is."""
    eyebrow: str = ""
    subtitle: str = ""
    summary: str = ""
    imprint: tuple[str, ...] = ()
    """Paragraphs of HTML for the back of the cover."""
    has_cover: bool = False
    """Whether it has a cover and contents with page numbers."""
    layout: str = "text"
    """How its pages are laid out: text, sheet, form or matrix (A3 landscape)."""
    shared_lists: bool = False
    """Whether sources and terms stand at the end of the document and not of its units."""
    authors: tuple[str, ...] = ()
