"""The page that is being made: what its marks have used so far, and what all records show alike."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.convert import Rendered
from mkdocs_guidebook.markup.marks import Marks, citations
from mkdocs_guidebook.markup.outline import find_citations
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import (
    CONTRIBUTE,
    TERM_PAGES,
    Fact,
    LinkView,
    ReviewView,
    Site,
    SourceView,
    WordView,
)


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
    return [item.id for text in texts for item in find_citations(text)]
