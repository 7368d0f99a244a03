"""catalog.json: everything typed of the published library, for programs; and the JSON Schema that says its form.

What records write is there as they write it; what the site computes stands beside it: numbers, addresses, standing.
Drafts are not in it. Lists whose order means nothing are sorted by id, so the same content gives the same bytes, and
two editions can be compared by their catalogs alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

import mkdocs_guidebook
from mkdocs_guidebook.content.data.book import Book
from mkdocs_guidebook.content.kinds.activity import Activity, criteria_met
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise, Recommendation
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.catalog_models import (
    Catalog,
    CatalogActivity,
    CatalogArticle,
    CatalogBook,
    CatalogChapter,
    CatalogEvent,
    CatalogExercise,
    CatalogOrganisation,
    CatalogPage,
    CatalogPart,
    CatalogRecommendation,
    CatalogRedirect,
    CatalogTerm,
    Generator,
    Thing,
)
from mkdocs_guidebook.site.citing import HOME, edition_of
from mkdocs_guidebook.site.views.base import Site, entry_name
from mkdocs_guidebook.site.views.redirects import went

NAME = "catalog.json"
SCHEMA_NAME = "catalog.schema.json"
_BOOK_PATH = "guidebook/book.yml"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def catalog_makers(site: Site) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the places of the catalog and its schema in the site, each with what makes it."""
    yield NAME, lambda: build_catalog(site).model_dump_json(by_alias=True, exclude_none=True, indent=1) + "\n"
    yield SCHEMA_NAME, lambda: _json(catalog_schema(site.base_url))


def catalog_schema(base_url: str = "") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the catalog; with an address of its own where it is published at one."""
    schema = Catalog.model_json_schema(by_alias=True)
    own = {"$id": base_url + SCHEMA_NAME} if base_url else {}
    return {"$schema": _DIALECT, **own, **schema}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def build_catalog(site: Site) -> Catalog:
    """Return the catalog of what a site publishes."""
    library = site.library.without_drafts()
    return Catalog.model_validate(
        {
            "$schema": SCHEMA_NAME,
            "generator": Generator(name="mkdocs-guidebook", version=mkdocs_guidebook.__version__),
            "language": site.language.tag,
            "site": site.base_url or None,
            "edition": edition_of(site) or None,
            "released": library.book.released,
            "book": _book(site, library),
            "parts": list(_parts(site, library)),
            "chapters": [_chapter(site, library, record) for record in library.chapters],
            "articles": [_article(site, record) for record in _by_id(library.articles)],
            "activities": [_activity(site, library, record) for record in _by_id(library.activities)],
            "pages": [_page(site, library, record) for record in _by_id(library.pages)],
            "events": [
                CatalogEvent(
                    **_thing(site, "events", event.id, event.title, event.summary),
                    event_kind=event.kind,
                    **_same(event, CatalogEvent, but=("kind",)),
                )
                for event in library.events
            ],
            "glossary": [
                CatalogTerm(
                    **_thing(site, "glossary", term.id, term.term, term.definition),
                    **_same(term, CatalogTerm),
                )
                for term in _by_id(library.terms.values())
            ],
            "organisations": [
                CatalogOrganisation(
                    **_thing(site, "organisations", item.id, item.name, item.role),
                    website=item.url,
                    **_same(item, CatalogOrganisation),
                )
                for item in _by_id(library.organisations.values())
            ],
            "references": _by_id(library.references.values()),
            "redirects": [
                CatalogRedirect.model_validate(
                    {
                        "from": redirect.old,
                        "to": went(site.addresses, [redirect]).get(redirect.old),
                        "withdrawn": redirect.withdrawn,
                    }
                )
                for redirect in library.redirects
            ],
            "vocabulary": library.vocabulary,
            "evidence": library.evidence,
        }
    )


# Things, one kind after the other


def _book(site: Site, library: Library) -> CatalogBook:
    book = library.book
    published = [chapter.id for chapter in library.chapters]
    packs = [
        pack.model_copy(update={"chapters": [id for id in pack.chapters if id in published]})
        for pack in book.packs
    ]
    return CatalogBook(
        id="book",
        summary=book.description,
        url=site.addresses.url(HOME),
        path=_BOOK_PATH,
        **_same(book, CatalogBook, but=("chapters", "packs")),
        chapters=published,
        packs=packs,
    )


def _parts(site: Site, library: Library) -> Iterator[CatalogPart]:
    for number, part in enumerate(library.book.parts, 1):
        yield CatalogPart(
            id=part.id,
            title=part.title,
            summary=part.summary,
            url=f"{site.addresses.url(site.addresses.data_page('book'))}#part-{part.id}",
            path=_BOOK_PATH,
            number=number,
            chapters=[chapter.id for chapter in library.chapters if chapter.data.part == part.id],
        )


def _chapter(site: Site, library: Library, record: Record[Chapter]) -> CatalogChapter:
    url = site.addresses.url(page_of(record.path))
    recommendations = []
    for data in record.data.recommendations:
        numbered = library.recommendations[f"{record.id}#{data.id}"]
        shown = sorted(activity.id for activity in library.illustrations.get(numbered.address, ()))
        recommendations.append(
            CatalogRecommendation(
                **_same(data, CatalogRecommendation),
                number=numbered.number,
                address=numbered.address,
                url=f"{url}#{data.id}",
                illustrated_by=shown,
            )
        )
    return CatalogChapter(
        **_record(site, record),
        **_same(record.data, CatalogChapter, but=("recommendations", "exercises")),
        number=library.chapter_numbers[record.id],
        recommendations=recommendations,
        exercises=[
            CatalogExercise(**_same(exercise, CatalogExercise), url=f"{url}#{exercise.id}")
            for exercise in record.data.exercises
        ],
    )


def _article(site: Site, record: Record[Article]) -> CatalogArticle:
    return CatalogArticle(**_record(site, record), **_same(record.data, CatalogArticle))


def _activity(site: Site, library: Library, record: Record[Activity]) -> CatalogActivity:
    sections = library.sections_of(record)
    known = library.recommendations
    return CatalogActivity(
        **_record(site, record),
        **_same(record.data, CatalogActivity, but=("illustrates",)),
        standing=library.standing(record),
        criteria=criteria_met(record.data, set(sections)),
        sections=list(sections),
        illustrates=[address for address in record.data.illustrates if address in known],
    )


def _page(site: Site, library: Library, record: Record[Page]) -> CatalogPage:
    return CatalogPage(
        **_written(site, record), title=entry_name(library, record), summary=record.data.summary
    )


def _record(site: Site, record: Record[RecordFields]) -> dict[str, Any]:
    return {**_written(site, record), "title": record.data.title, "summary": record.data.summary}


def _written(site: Site, record: Record[BaseModel]) -> dict[str, Any]:
    """Return what everything has that is written as a file of its own, except its title and summary."""
    body = record.body.text.strip()
    return {
        "id": record.id,
        "url": site.addresses.url(page_of(record.path)),
        "path": record.path,
        "body": body,
        "sha256": hashlib.sha256(" ".join(body.split()).encode()).hexdigest(),
    }


def _thing(site: Site, file: str, id: str, title: str, summary: str) -> dict[str, Any]:
    """Return what every entry of a data file has."""
    address = site.addresses.url(site.addresses.data_page(file))
    path = site.library.entries[file].path
    return {"id": id, "title": title, "summary": summary, "url": f"{address}#{id}", "path": path}


def _same(source: BaseModel, model: type[BaseModel], but: Sequence[str] = ()) -> dict[str, Any]:
    """Return the values that a model of the catalog takes over from the content as they are.

    `id`, `url`, `title` and `summary` of entries are given by the caller, unless the model extends the content's.
    """
    taken = set(model.model_fields) - set(but)
    if not isinstance(source, (Book, Recommendation, Exercise)):
        taken -= set(Thing.model_fields)
    return {name: getattr(source, name) for name in type(source).model_fields if name in taken}


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _by_id(items: Iterable[N]) -> list[N]:
    return sorted(items, key=lambda item: item.id)
