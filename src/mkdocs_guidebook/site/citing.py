"""How records and the book are cited: as text, and as files for reference managers.

A record is first made an item of CSL-JSON; everything else is made of that item. The files lie in the folder of
the record's page, or in that of its name where pages are single files.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from mkdocs_guidebook.content.kinds import CHAPTER
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup import exchange
from mkdocs_guidebook.markup.bibliography import CslItem
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import CitationView, DownloadView, PageView, Site

HOME = "index.md"
"""The page that stands for the book as a whole."""

FORMATS: tuple[tuple[str, str, str, Callable[[CslItem], str]], ...] = (
    ("BibTeX", "bib", "application/x-bibtex", exchange.bibtex),
    ("RIS", "ris", "application/x-research-info-systems", exchange.ris),
    ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", exchange.csl),
)
"""The formats of citations: name, ending, media type, and what writes them."""


def record_item(site: Site, record: Record[RecordFields]) -> dict[str, Any]:
    """Return a record as an item of CSL-JSON: a chapter of the book, or a page of the site."""
    book, data = site.library.book, record.data
    item: dict[str, Any] = {
        "id": _id(site, f"{record.kind.name}-{record.id}"),
        "type": "chapter" if record.kind is CHAPTER else "webpage",
        "title": data.title,
        "author": [{"literal": author} for author in data.authors],
        "issued": _csl_date(last_change(record) or book.released),
        "container-title": book.title,
        "publisher": book.publisher,
        "language": site.language.tag,
        "abstract": data.summary,
        "URL": absolute(site, page_of(record.path)),
    }
    edition = edition_of(site)
    if record.kind is not CHAPTER:
        item |= {"genre": site.language(f"record.{record.kind.name}"), "version": edition}
    elif edition:  # before that a chapter's number may still change
        item |= {"edition": edition, "chapter-number": str(site.library.chapter_numbers[record.id])}
    return {name: value for name, value in item.items() if value}


def book_item(site: Site) -> dict[str, Any]:
    """Return the book as an item of CSL-JSON.

    Its authors are known only where all chapters have the same. Until it is released its date is that of the
    latest change.
    """
    book, library = site.library.book, site.library
    authors = {tuple(chapter.data.authors) for chapter in library.chapters}
    dates = [date for record in library.records if (date := last_change(record))]
    item = {
        "id": _id(site, "book"),
        "type": "book",
        "title": book_title(site),
        "author": [{"literal": author} for author in next(iter(authors))] if len(authors) == 1 else None,
        "issued": _csl_date(book.released or max(dates, default=None)),
        "publisher": book.publisher,
        "DOI": book.doi,
        "edition": edition_of(site),
        "language": site.language.tag,
        "abstract": book.description,
        "URL": absolute(site, HOME),
    }
    return {name: value for name, value in item.items() if value}


def book_title(site: Site) -> str:
    """Return the title of the book with its subtitle."""
    book = site.library.book
    return f"{book.title}: {book.subtitle}" if book.subtitle else book.title


def last_change(record: Record[RecordFields]) -> datetime.date | None:
    """Return when the record got the form that readers see: its publication, or the last review that amended it."""
    dates = [review.date for review in record.data.reviews if review.outcome == "amended"]
    if record.data.published:
        dates.append(record.data.published)
    return max(dates, default=None)


def absolute(site: Site, page: str, anchor: str = "") -> str:
    """Return the whole address of a page; empty where it is not known where the site is published."""
    if not site.base_url:
        return ""
    return site.base_url + site.addresses.url(page) + (f"#{anchor}" if anchor else "")


def citation_text(site: Site, item: CslItem) -> str:
    """Return an item as HTML in the style of the site's bibliography."""
    edition = item.get("edition", "")
    if edition and not edition.isdigit():  # styles say "2nd ed." of a 2, but write a 2.0 without a word
        item = {**item, "edition": site.language("site.edition", edition=edition)}
    return site.bibliography.format_alike(item)


def with_citation(site: Site, view: PageView, page: str, item: CslItem) -> PageView:
    """Return the view of a page with how it is cited."""
    files = tuple(
        DownloadView(
            text=name,
            url=site.addresses.relative(f"{_folder(page)}cite.{ending}", view.url),
            name=f"{item['id']}.{ending}",
            type=media_type,
        )
        for name, ending, media_type, _ in FORMATS
    )
    return replace(view, citation=CitationView(citation_text(site, item), files))


def citation_makers(site: Site) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield for each file for reference managers the page that it belongs to, its place, and what makes it."""
    items: list[tuple[str, Callable[[], CslItem]]] = [(HOME, partial(book_item, site))]
    items += [(page_of(record.path), partial(record_item, site, record)) for record in site.library.records]
    for page, item in items:
        for _, ending, _, write in FORMATS:
            yield page, f"{_folder(page)}cite.{ending}", partial(_written, item, write)


def _written(item: Callable[[], CslItem], write: Callable[[CslItem], str]) -> str:
    return write(item())


def _folder(page: str) -> str:
    """Return the folder for what belongs to a page; empty for the home page."""
    return "" if page == HOME else f"{page.removesuffix('.md')}/"


def _id(site: Site, name: str) -> str:
    """Return an id that differs from edition to edition."""
    edition = re.sub(r"[^A-Za-z0-9.]+", "-", edition_of(site))
    return f"{name}-{edition}" if edition else name


def edition_of(site: Site) -> str:
    """Return the name of the edition; empty before it is published."""
    edition = site.library.book.edition
    return "" if edition == "dev" else edition


def _csl_date(date: datetime.date | None) -> dict[str, Any] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None
