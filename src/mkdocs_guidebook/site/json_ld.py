"""What a page says of itself in the words of schema.org, as JSON-LD.

Nothing that is not known is said: without site_url there are no addresses, and an author is called an organisation
only where data/organisations.yml has it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.outline import Passage
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.citing import HOME, absolute, book_item, book_title, edition_of, last_change
from mkdocs_guidebook.site.views.base import Site

_CONTEXT = "https://schema.org"
_TYPES = {"chapter": "Chapter", "article": "Article", "activity": "Report"}


def book_as_json_ld(site: Site) -> str:
    """Return what the home page says of the site and its book, as text for a <script> element."""
    return _in_script({"@context": _CONTEXT, "@graph": [_website(site), _book(site, full=True)]})


def record_as_json_ld(site: Site, record: Record[RecordFields]) -> str:
    """Return what the page of a record says of it, as text for a <script> element."""
    return _in_script({"@context": _CONTEXT, **_record(site, record)})


def _in_script(data: dict[str, Any]) -> str:
    """Return data as JSON in which no sign can end a script element or begin a comment."""
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item not in (None, "", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, (list, tuple)) else value


def licence_address(library: Library) -> str:
    """Return the address of the licence: the first that the book's words about it link to."""
    book, words = library.entries.get("book"), library.book.licence
    links = Passage(book, ("licence",), words).links if book and words else ()
    return next((link.target for link in links if link.target.startswith("http")), "")


def first_published(record: Record[RecordFields]) -> str | None:
    """Return the day on which a record was published first; None where nobody knows it."""
    return record.data.published.isoformat() if record.data.published else None


def last_amended(record: Record[RecordFields]) -> str | None:
    """Return the day of the last amendment; None for a record that is as it was published."""
    date = last_change(record)
    return date.isoformat() if date and date != record.data.published else None


def _party(library: Library, name: str | None) -> dict[str, str] | None:
    """Return an author or publisher; whether it is a person or an organisation is said only where it is known."""
    if not name:
        return None
    for organisation in library.organisations.values():
        if name in (organisation.name, organisation.short):
            return {"@type": "Organization", "name": organisation.name, "url": organisation.url or ""}
    return {"name": name}


def _website(site: Site) -> dict[str, Any]:
    book = site.library.book
    return {
        "@type": "WebSite",
        "name": book.title,
        "description": book.description,
        "url": absolute(site, HOME),
        "inLanguage": site.language.tag,
        "publisher": _party(site.library, book.publisher),
    }


def _book(site: Site, *, full: bool = False) -> dict[str, Any]:
    """Return the book; in full with what only its own page says."""
    library, book = site.library, site.library.book
    address = absolute(site, HOME)
    data: dict[str, Any] = {
        "@type": "Book",
        "@id": f"{address}#book" if address else "",
        "name": book_title(site),
        "url": address,
        "bookEdition": edition_of(site),
        "publisher": _party(library, book.publisher),
    }
    if full:
        data |= {
            "description": book.description,
            "inLanguage": site.language.tag,
            "author": [_party(library, author["literal"]) for author in book_item(site).get("author", ())],
            "datePublished": book.released.isoformat() if book.released else None,
            "license": licence_address(library),
            "hasPart": [
                {
                    "@type": "Chapter",
                    "name": chapter.data.title,
                    "position": library.chapter_numbers[chapter.id],
                    "url": absolute(site, page_of(chapter.path)),
                }
                for chapter in library.chapters
            ],
        }
    return data


def _record(site: Site, record: Record[RecordFields]) -> dict[str, Any]:
    library, data = site.library, record.data
    address = absolute(site, page_of(record.path))
    return {
        "@type": _TYPES[record.kind.name],
        "@id": address,
        "url": address,
        "name": data.title,
        "headline": data.title,
        "description": data.summary,
        "inLanguage": site.language.tag,
        "author": [_party(library, author) for author in data.authors],
        "publisher": _party(library, library.book.publisher),
        "datePublished": first_published(record),
        "dateModified": last_amended(record),
        "license": licence_address(library),
        "isPartOf": _book(site),
        "about": _terms(site, "topics", data.topics),
        "audience": [
            {"@type": "Audience", "audienceType": library.label("audiences", id)} for id in data.audiences
        ],
        **_of_kind(site, record, address),
    }


def _of_kind(site: Site, record: Record[RecordFields], address: str) -> dict[str, Any]:
    """Return what only records of one kind say."""
    library, data = site.library, record.data
    if isinstance(data, Chapter):
        numbered = [library.recommendations[f"{record.id}#{item.id}"] for item in data.recommendations]
        return {
            "position": library.chapter_numbers[record.id],
            "hasPart": [
                {
                    "@type": "CreativeWork",
                    "@id": f"{address}#{item.data.id}" if address else "",
                    "position": item.number,
                    "text": item.data.text,
                }
                for item in numbered
            ],
        }
    if isinstance(data, Article) and data.country:
        return {"spatialCoverage": _country(site, data.country)}
    if isinstance(data, Activity):
        place = data.place
        known = place.latitude is not None and place.longitude is not None
        period = data.period
        return {
            "spatialCoverage": {
                "@type": "Place",
                "name": place.name,
                "containedInPlace": _country(site, place.country),
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": float(place.latitude or 0),
                    "longitude": float(place.longitude or 0),
                }
                if known
                else None,
            },
            "temporalCoverage": "/".join(str(date) for date in (period.start, period.end) if date)
            if period
            else None,
        }
    return {}


def _country(site: Site, code: str) -> dict[str, str]:
    return {"@type": "Country", "name": site.language.country(code), "identifier": code}


def _terms(site: Site, name: str, ids: Sequence[str]) -> list[dict[str, str]]:
    return [{"@type": "DefinedTerm", "termCode": id, "name": site.library.label(name, id)} for id in ids]
