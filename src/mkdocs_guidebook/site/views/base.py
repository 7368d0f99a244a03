"""What all pages share: the site as views see it, and the page that is being made.

A view is a frozen value with everything that a template shows; it is computed here, once, and templates
only loop and choose.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from mkdocs_guidebook.checks.external import LastRound
from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Entry, Library, Record
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.bibliography import Bibliography, bibliography_of
from mkdocs_guidebook.markup.convert import Converter, Rendered, TocEntry
from mkdocs_guidebook.markup.marks import Marks, citations
from mkdocs_guidebook.markup.terms import TermFinder
from mkdocs_guidebook.site.addresses import Addresses, page_of

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


@dataclass
class Page:
    """The page that is being made: its address and what its marks have used so far."""

    site: Site
    url: str
    base: str
    """The file whose links are resolved."""
    order: Iterable[str] = ()
    """Ids of sources in the order in which a reader meets them; it gives them their numbers."""
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        site = self.site
        numbers: dict[str, int] = {}
        for id in self.order:
            numbers.setdefault(id, len(numbers) + 1)
        self.marks = Marks(
            resolve=lambda written, _: site.addresses.resolve(written, self.base, self.url),
            numbers=numbers,
            source_name=lambda id, number: site.language("sources.source", number=number),
            table_name=site.language("site.table"),
            terms=site.terms,
        )

    # Text

    def inline(self, text: str) -> str:
        """Return a text of one paragraph as HTML."""
        return self.site.converter.inline(text, self.marks)

    def blocks(self, text: str, base: str = "") -> Rendered:
        """Return a longer text as HTML, cut at its slots; links are counted from the file `base`."""
        own, self.base = self.base, base or self.base
        try:
            return self.site.converter.blocks(text, self.marks)
        finally:
            self.base = own

    def plain(self, text: str) -> str:
        """Return a text without marks as HTML."""
        return html.escape(text, quote=False)

    def body(self, record: Record[BaseModel]) -> Rendered:
        """Return the body of a record."""
        return self.blocks(record.body.text)

    # Links

    def to(self, address: str) -> str:
        """Return an address of the site as a link on this page."""
        return self.site.addresses.relative(address, self.url)

    def to_page(self, page: str, anchor: str = "") -> str:
        """Return a link to a page such as glossary.md."""
        return self.to(self.site.addresses.url(page) + (f"#{anchor}" if anchor else ""))

    def to_record(self, record: Record[BaseModel], anchor: str = "") -> str:
        """Return a link to a record."""
        return self.to_page(page_of(record.path), anchor)

    def to_data(self, name: str, id: str) -> str:
        """Return a link to something of a data file."""
        return self.to_page(self.site.addresses.data_page(name), id)

    def terms_of(self, to: str, ids: Sequence[str]) -> tuple[LinkView, ...]:
        """Return terms of a vocabulary list as links to their pages."""
        label = self.site.library.label
        return tuple(
            LinkView(label(to, id), self.to_page(f"{to}/{id}.md") if to in TERM_PAGES else "") for id in ids
        )

    def contribute(self) -> str:
        """Return a link to the hand-written page that says how to contribute; empty where there is none."""
        return self.to_page(CONTRIBUTE) if f"docs/{CONTRIBUTE}" in self.site.library.by_path else ""

    # What stands at the end of a page

    def cite(self, ids: Sequence[str]) -> str:
        """Return numbers of sources as links, for a list of sources."""
        return citations(ids, self.marks) if ids else ""

    def cite_further(self, ids: Sequence[str], text: str) -> str:
        """Return numbers of those sources, as links, that `text` does not cite itself."""
        cited = prose_sources([text])
        return self.cite([id for id in ids if id not in cited])

    def words(self) -> tuple[WordView, ...]:
        """Return the terms that the page has marked, in the order of the alphabet."""
        library = self.site.library
        terms, self.marks.terms = self.marks.terms, None  # definitions are not marked themselves
        words = tuple(
            WordView(id, term.term, self.inline(term.definition), self.to_data("glossary", id))
            for id, term in sorted(
                ((id, library.terms[id]) for id in self.marks.seen_terms),
                key=lambda item: item[1].term.casefold(),
            )
        )
        self.marks.terms = terms
        return words

    def sources(self) -> tuple[SourceView, ...]:
        """Return the sources that the page cites, by their numbers. Call it last."""
        site = self.site
        return tuple(
            SourceView(
                id,
                number,
                site.bibliography.html(id),
                tuple(f"cite-{id}-{count}" for count in range(1, self.marks.cited.get(id, 0) + 1)),
                self.to_data("references", f"source-{id}"),
            )
            for id, number in sorted(self.marks.numbers.items(), key=lambda item: item[1])
            if id in site.library.references and id in self.marks.cited
        )

    def reviews(self, record: Record[RecordFields]) -> tuple[ReviewView, ...]:
        """Return the reviews of a record, the latest first."""
        language = self.site.language
        return tuple(
            ReviewView(
                language.date(review.date),
                review.by,
                self.inline(review.checked),
                language(f"outcome.{review.outcome}"),
            )
            for review in sorted(record.data.reviews, key=lambda review: review.date, reverse=True)
        )


def record_facts(page: Page, record: Record[RecordFields]) -> list[Fact]:
    """Return the line of facts that all records have: for whom, when, and how fresh."""
    site, data = page.site, record.data
    language = site.language
    facts = [Fact(language("record.for_whom"), page.terms_of("audiences", data.audiences))]
    if data.phases:
        facts.append(Fact(language("record.when"), page.terms_of("phases", data.phases)))
    minutes = max(1, round(record.body.words / 200))
    if record.body.words:
        facts.append(
            Fact(language("record.reading"), (LinkView(language("record.reading_time", n=minutes), ""),))
        )
    if data.published:
        facts.append(Fact(language("record.published"), (LinkView(language.date(data.published), ""),)))
    reviewed = max((review.date for review in data.reviews), default=None)
    facts.append(
        Fact(
            language("record.last_review"),
            (LinkView(language.date(reviewed) if reviewed else language("record.never_reviewed"), ""),),
        )
    )
    return facts


def record_fields(page: Page, record: Record[RecordFields]) -> dict[str, Any]:
    """Return the fields of `PageView` that all records fill alike.

    Call it last: words and sources are those that the page has marked and cited until then.
    """
    return {
        "title": record.data.title,
        "summary": record.data.summary,
        "url": page.url,
        "words": page.words(),
        "reviews": page.reviews(record),
        "topics": page.terms_of("topics", record.data.topics),
        "sources": page.sources(),
        "source_path": record.path,
        "is_draft": record.is_draft,
        "kind": record.kind.name,
        "id": record.id,
        "pack_id": page.site.library.document_ids[record.path],
    }


def prose_sources(texts: Iterable[str]) -> list[str]:
    """Return the ids of the sources that texts cite, in order."""
    from mkdocs_guidebook.markup.outline import find_citations

    return [item.id for text in texts for item in find_citations(text)]


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
