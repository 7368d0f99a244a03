"""What machines read in the head of a page: Open Graph, Dublin Core, Highwire tags and JSON-LD.

Every page says what it is called. Records and the home page, which stands for the book, also say what they are,
who made them, when, and under which terms. Nothing that is not known is said: without site_url there are no
addresses, and an author is called an organisation only where data/organisations.yml has it.

The types are chosen so that Zotero's translators "Embedded Metadata" and "RDF" find a chapter of a book, a web page
and a book: `citation_inbook_title` makes a chapter, `DC.type` a web page, and `og:type` a book.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from mkdocs_guidebook.content.kinds import CHAPTER
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.convert import plain_text
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.site.citing import HOME, book_item, record_item
from mkdocs_guidebook.site.json_ld import (
    book_as_json_ld,
    first_published,
    last_amended,
    licence_address,
    record_as_json_ld,
)
from mkdocs_guidebook.site.views.base import PageView, Site

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
        json_ld = book_as_json_ld(site)
    elif record is not None and isinstance(record.data, RecordFields) and view.id == record.id:
        typed = cast(Record[RecordFields], record)
        item = record_item(site, typed)
        more = [*_highwire(site, typed, item), *_dates(typed)]
        json_ld = record_as_json_ld(site, typed)
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
    return MetadataView(tags, tuple(links), json_ld)


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
    published, modified = first_published(record), last_amended(record)
    return _tags(
        [
            ("article:published_time", published),
            ("article:modified_time", modified),
            ("DCTERMS.modified", modified),
        ]
    )


def _iso(item: dict[str, Any]) -> str:
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    return "-".join(f"{part:02}" for part in parts)


def _licence_text(site: Site) -> str:
    licence = site.library.book.licence
    return (
        plain_text(site.converter.inline(licence, Marks(resolve=lambda target, _: target))) if licence else ""
    )
