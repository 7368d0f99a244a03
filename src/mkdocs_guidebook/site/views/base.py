"""What all pages share: the site as views see it, and what every view has.

A view is a frozen value with everything that a template shows; it is computed here, once, and templates
only loop and choose.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from mkdocs_guidebook.checks.external import LastRound
from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.content.library import Entry, Library, Record
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.bibliography import Bibliography, bibliography_of
from mkdocs_guidebook.markup.convert import Converter, TocEntry
from mkdocs_guidebook.markup.terms import TermFinder
from mkdocs_guidebook.site.addresses import Addresses

TERM_PAGES = ("audiences", "phases", "topics")
"""The lists of the vocabulary whose terms have pages."""
COUNTRIES = "countries"
"""The folder of the pages of countries."""
BROWSE = "browse/index.md"
"""The page that leads to all of these."""
CONTRIBUTE = "contribute.md"
"""The hand-written page that says how to contribute."""


@dataclass(frozen=True)
class Site:
    """A library on its way to pages."""

    library: Library
    addresses: Addresses
    converter: Converter
    language: Language
    today: datetime.date
    base_url: str = ""
    """Where the site is published, with a slash at the end; empty when it is not known."""
    root_url: str = ""
    """Where all editions stand, for one that is published beside others; else as `base_url`."""
    preview: bool = False
    """Whether this is the preview for editors, which has drafts and the editor's desk."""
    edit: str = ""
    """The address at which a file of the project is edited, with {path} and {line}; empty when it is not known."""
    suggest: str = ""
    """Where a change to a recommendation is suggested, with {recommendation}; empty when it is not known."""
    other_sites: LastRound = field(default_factory=LastRound)
    """What is known of links to other sites; in the preview only."""
    form: str = ""
    """The address of the editing form, complete or from the site's root; empty for a site without one."""

    def form_of(self, kind: str, id: str) -> str:
        """Return the address at which a record is edited in the form; empty for a site without one."""
        return f"{self.form}#/collections/{kind}/entries/{id}" if self.form else ""

    @cached_property
    def bibliography(self) -> Bibliography:
        """The formatted references."""
        return bibliography_of(self.library, self.language.tag)

    @property
    def edition(self) -> str:
        """The edition in words, with its date."""
        book, language = self.library.book, self.language
        if book.edition == "dev":
            return language("site.development_edition", date=language.date(self.today))
        if book.released:
            return language("site.released", edition=book.edition, date=language.date(book.released))
        return language("site.edition", edition=book.edition)

    @cached_property
    def terms(self) -> TermFinder:
        """The glossary's terms."""
        return TermFinder(self.library.terms.values())


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with its words."""

    text: str
    url: str
    note: str = ""
    """What stands behind it, in small type."""


@dataclass(frozen=True, slots=True)
class DownloadView(LinkView):
    """A link to a file that readers keep."""

    name: str = ""
    """The name under which it is kept."""
    type: str = ""
    """Its media type."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """How a page is cited."""

    text_html: str
    files: tuple[DownloadView, ...]
    """The same for reference managers."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of facts: a label and what is said."""

    label: str
    values: tuple[LinkView, ...]
    """Values; one without an address is plain text."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source of a page."""

    id: str
    number: int
    html: str
    back: tuple[str, ...]
    """Anchors of the places that cite it."""
    url: str
    """Its place in the bibliography."""


@dataclass(frozen=True, slots=True)
class WordView:
    """A term that the page uses."""

    id: str
    term: str
    definition: str
    url: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review, in words."""

    date: str
    by: str
    checked: str
    outcome: str


@dataclass(frozen=True)
class PageView:
    """What every page has. Kinds of page add their own fields."""

    template: str
    """The template of its content."""
    title: str
    summary: str
    url: str
    """Its address, relative to the site."""
    eyebrow: str = ""
    """What stands above the title, in small type."""
    full_title: str = ""
    """The title for the browser's window and for lists, where the title alone could be that of another page."""
    language: str = ""
    """The language of the content, where it is not that of the site."""
    facts: tuple[Fact, ...] = ()
    intro: tuple[object, ...] = ()
    """What a hand-written page of the same address says before the rest: pieces of HTML."""
    parts: tuple[object, ...] = ()
    """The body: pieces of HTML and other views, in order."""
    toc: tuple[TocEntry, ...] = ()
    sources: tuple[SourceView, ...] = ()
    words: tuple[WordView, ...] = ()
    reviews: tuple[ReviewView, ...] = ()
    topics: tuple[LinkView, ...] = ()
    """Links to the pages of its topics."""
    pack_id: str = ""
    """The id under which readers can add it to a pack of their own."""
    documents: tuple[LinkView, ...] = ()
    """What can be downloaded and printed, with the format as the note."""
    earlier: tuple[LinkView, ...] = ()
    """The earlier editions that it can be compared with; one without an address has the same text."""
    moved_to: str = ""
    """The address that a browser goes on to by itself."""
    citation: CitationView | None = None
    source_path: str = ""
    """The file that an editor changes to change this page."""
    is_draft: bool = False
    kind: str = "page"
    """The kind of record, or `page`."""
    id: str = ""


def heading(level: int, anchor: str, title: str) -> TocEntry:
    """Return an entry for a heading that a template adds."""
    return TocEntry(level, anchor, title, ())


def reference_year(item: ReferenceEntry) -> int | None:
    """Return the year in which a source was published."""
    return item.issued.date_parts[0][0] if item.issued else None


def entry_name(library: Library, entry: Entry[BaseModel]) -> str:
    """Return what a list calls the page of a record or hand-written page."""
    title = getattr(entry.data, "title", None)
    if title:
        return str(title)
    if isinstance(entry, Record) and entry.body.headings:
        return entry.body.headings[0].text
    return entry.path
