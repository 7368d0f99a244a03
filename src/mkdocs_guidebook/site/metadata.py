"""What machines read in the head of a page: Open Graph, Dublin Core, Highwire tags and JSON-LD.

Every page says what it is called. Records and the home page, which stands for the book, also say what they are,
who made them, when, and under which terms. Nothing that is not known is said: without site_url there are no
addresses, and an author is called an organisation only where data/organisations.yml has it.

The types are chosen so that Zotero's translators "Embedded Metadata" and "RDF" find a chapter of a book, a web page
and a book: `citation_inbook_title` makes a chapter, `DC.type` a web page, and `og:type` a book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from mkdocs_guidebook.content.kinds import CHAPTER
from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.convert import plain_text
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.outline import Passage
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.citing import (
    HOME,
    absolute,
    book_item,
    book_title,
    edition_of,
    last_change,
    record_item,
)
from mkdocs_guidebook.site.views.base import PageView, Site

_SCHEMA_TYPES = {"chapter": "Chapter", "article": "Article", "activity": "Report"}
_DC_TYPES = {"chapter": "Book chapter", "webpage": "Web page", "book": "Book"}


@dataclass(frozen=True, slots=True)
class MetaTag:
    """A <meta> element."""

    name: str
    content: str

    @property
    def attribute(self) -> str:
        """The attribute that holds the name: Open Graph has its own."""
        return "property" if self.name.startswith(("og:", "article:", "book:")) else "name"


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A <link> element that nothing loads."""

    rel: str
    url: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class MetadataView:
    """What machines read about a page."""

    tags: tuple[MetaTag, ...]
    links: tuple[HeadLink, ...] = ()
    json_ld: str = ""
    """A document of JSON-LD that may stand in a <script> element."""


def metadata_view(site: Site, view: PageView) -> MetadataView:
    """Return what machines read about a page."""
    record = site.library.by_path.get(view.source_path)
    if view.url == site.addresses.url(HOME):
        item = book_item(site)
        more: list[MetaTag] = []
        graph = [_website(site), _book(site, full=True)]
        data: dict[str, Any] = {"@context": "https://schema.org", "@graph": graph}
    elif record is not None and isinstance(record.data, RecordFields) and view.id == record.id:
        typed = cast(Record[RecordFields], record)
        item = record_item(site, typed)
        more = [*_highwire(site, typed, item), *_dates(typed)]
        data = {"@context": "https://schema.org", **_record(site, typed)}
    else:
        return MetadataView(_tags(_open_graph(site, view, "website")))
    kind = "book" if item["type"] == "book" else "article"
    tags = _tags(_open_graph(site, view, kind)) + _tags(_dublin_core(site, item, record)) + tuple(more)
    links = (
        [HeadLink("describedby", file.url, file.type) for file in view.citation.files]
        if view.citation
        else []
    )
    if kind == "book":
        links.append(
            HeadLink("describedby", site.addresses.relative("catalog.json", view.url), "application/json")
        )
    if licence := licence_address(site.library):
        links.append(HeadLink("license", licence))
    return MetadataView(tags, tuple(links), _in_script(data))


def licence_address(library: Library) -> str:
    """Return the address of the licence: the first that the book's words about it link to."""
    book, words = library.entries.get("book"), library.book.licence
    links = Passage(book, ("licence",), words).links if book and words else ()
    return next((link.target for link in links if link.target.startswith("http")), "")


def _tags(pairs: Iterable[tuple[str, str | None]]) -> tuple[MetaTag, ...]:
    return tuple(MetaTag(name, content) for name, content in pairs if content)


def _page_address(site: Site, view: PageView) -> str:
    return site.base_url + view.url if site.base_url else ""


def _open_graph(site: Site, view: PageView, kind: str) -> list[tuple[str, str | None]]:
    return [
        ("og:type", kind),
        ("og:title", view.title),
        ("og:description", view.summary),
        ("og:site_name", site.library.book.title),
        ("og:locale", str(site.language.locale)),
        ("og:url", _page_address(site, view)),
    ]


def _dublin_core(
    site: Site, item: dict[str, Any], record: Record[Any] | None
) -> list[tuple[str, str | None]]:
    topics = record.data.topics if record is not None and isinstance(record.data, RecordFields) else ()
    return [
        ("DC.type", _DC_TYPES[item["type"]]),
        ("DC.title", item["title"]),
        *(("DC.creator", author["literal"]) for author in item.get("author", ())),
        ("DC.publisher", item.get("publisher")),
        ("DC.date", _iso(item)),
        ("DC.language", item["language"]),
        ("DC.description", item.get("abstract")),
        *(("DC.subject", site.library.label("topics", topic)) for topic in topics),
        ("DC.identifier", item.get("URL")),
        ("DC.rights", _licence_text(site)),
    ]


def _highwire(site: Site, record: Record[RecordFields], item: dict[str, Any]) -> tuple[MetaTag, ...]:
    """Return the tags that Google Scholar and Zotero read first."""
    is_chapter = record.kind is CHAPTER
    return _tags(
        [
            ("citation_title", item["title"]),
            *(("citation_author", author["literal"]) for author in item["author"]),
            ("citation_publication_date", _iso(item).replace("-", "/")),
            ("citation_inbook_title", item["container-title"] if is_chapter else None),
            ("citation_publisher", item.get("publisher")),
            ("citation_language", item["language"]),
            ("citation_abstract", item["abstract"]),
            *(("citation_keywords", site.library.label("topics", topic)) for topic in record.data.topics),
            ("citation_public_url", item.get("URL")),
            ("citation_fulltext_html_url", item.get("URL")),
        ]
    )


def _dates(record: Record[RecordFields]) -> tuple[MetaTag, ...]:
    published, modified = _published(record), _modified(record)
    return _tags(
        [
            ("article:published_time", published),
            ("article:modified_time", modified),
            ("DCTERMS.modified", modified),
        ]
    )


def _published(record: Record[RecordFields]) -> str | None:
    return record.data.published.isoformat() if record.data.published else None


def _modified(record: Record[RecordFields]) -> str | None:
    """Return the day of the last amendment; None for a record that is as it was published."""
    date = last_change(record)
    return date.isoformat() if date and date != record.data.published else None


def _iso(item: dict[str, Any]) -> str:
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    return "-".join(f"{part:02}" for part in parts)


def _licence_text(site: Site) -> str:
    licence = site.library.book.licence
    return (
        plain_text(site.converter.inline(licence, Marks(resolve=lambda target, _: target))) if licence else ""
    )


# JSON-LD


def _in_script(data: dict[str, Any]) -> str:
    """Return data as JSON in which no sign can end a script element or begin a comment."""
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item not in (None, "", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, (list, tuple)) else value


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
        "@type": _SCHEMA_TYPES[record.kind.name],
        "@id": address,
        "url": address,
        "name": data.title,
        "headline": data.title,
        "description": data.summary,
        "inLanguage": site.language.tag,
        "author": [_party(library, author) for author in data.authors],
        "publisher": _party(library, library.book.publisher),
        "datePublished": _published(record),
        "dateModified": _modified(record),
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
