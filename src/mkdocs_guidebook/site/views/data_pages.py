"""The pages of data files: events, glossary, bibliography, organisations."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel

from mkdocs_guidebook.content.fields import Ref
from mkdocs_guidebook.content.library import Entry, Record
from mkdocs_guidebook.content.walking import walk
from mkdocs_guidebook.markup.outline import passages
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site, entry_name, heading
from mkdocs_guidebook.site.views.page import Page


@dataclass(frozen=True)
class EventView:
    """One event."""

    id: str
    title: str
    when: str
    where: str
    kind: str
    is_part: bool
    hosts: tuple[LinkView, ...]
    summary: str
    outcomes: tuple[str, ...]
    sources: str


@dataclass(frozen=True)
class EventsView(PageView):
    """All events."""

    events: tuple[EventView, ...] = ()


@dataclass(frozen=True)
class TermView:
    """One term of the glossary."""

    id: str
    term: str
    abbreviation: str
    definition: str
    also: str
    see_also: tuple[LinkView, ...]
    sources: str


@dataclass(frozen=True)
class GlossaryView(PageView):
    """The glossary, letter by letter."""

    letters: tuple[tuple[str, tuple[TermView, ...]], ...] = ()


@dataclass(frozen=True)
class ReferenceView:
    """One item of the bibliography."""

    id: str
    html: str
    cited_on: tuple[LinkView, ...]


@dataclass(frozen=True)
class BibliographyView(PageView):
    """The bibliography."""

    items: tuple[ReferenceView, ...] = ()


@dataclass(frozen=True)
class OrganisationView:
    """One organisation."""

    id: str
    name: str
    short: str
    country: str
    role: str
    website: str
    sources: str
    named_on: tuple[LinkView, ...]


@dataclass(frozen=True)
class OrganisationsView(PageView):
    """All organisations."""

    organisations: tuple[OrganisationView, ...] = ()


def sort_key(text: str) -> str:
    """Return a key that sorts words as a reader expects, accents and capitals aside."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )


def events_view(page: Page) -> EventsView:
    """Return the page of all events, in the order of time."""
    site = page.site
    library, language = site.library, site.language
    views = []
    for event in library.events:
        where = ""
        if event.place:
            country = language.country(event.place.country) if event.place.country else ""
            where = f"{event.place.name}, {country}" if country else event.place.name
        views.append(
            EventView(
                id=event.id,
                title=event.title,
                when=language.period(event.start, event.end)
                if event.start
                else language("event.date_unknown"),
                where=where or language("event.place_unknown"),
                kind=language(f"event.{event.kind}"),
                is_part=event.part_of_project,
                hosts=tuple(
                    LinkView(library.organisations[id].name, page.to_data("organisations", id))
                    for id in event.hosts
                ),
                summary=page.blocks(event.summary).html,
                outcomes=tuple(page.inline(outcome) for outcome in event.outcomes),
                sources=page.cite(event.sources),
            )
        )
    return EventsView(
        template="events.html",
        title=language("events.title"),
        summary=language("events.summary"),
        url=page.url,
        toc=tuple(heading(2, view.id, view.title) for view in views),
        events=tuple(views),
        words=page.words(),
        sources=page.sources(),
        source_path="data/events.yml",
    )


def glossary_view(page: Page) -> GlossaryView:
    """Return the glossary in the order of the alphabet."""
    site = page.site
    library, language = site.library, site.language
    page.marks.terms = None
    views = [
        TermView(
            id=term.id,
            term=term.term,
            abbreviation=term.abbreviation or "",
            definition=page.inline(term.definition),
            also=", ".join([*term.synonyms, *term.spellings]),
            see_also=tuple(LinkView(library.terms[id].term, f"#{id}") for id in term.see_also),
            sources=page.cite_further(term.sources, term.definition),
        )
        for term in sorted(library.terms.values(), key=lambda term: sort_key(term.term))
    ]
    letters = tuple(
        (letter, tuple(terms))
        for letter, terms in groupby(views, lambda view: sort_key(view.term)[:1].upper())
    )
    return GlossaryView(
        template="glossary.html",
        title=language("glossary.title"),
        summary=language("glossary.summary"),
        url=page.url,
        letters=letters,
        toc=tuple(heading(2, f"letter-{letter.lower()}", letter) for letter, _ in letters),
        sources=page.sources(),
        source_path="data/glossary.yml",
    )


def pages_by_source(site: Site) -> dict[str, list[Entry[BaseModel]]]:
    """Return for each source the records, pages and data files that cite or name it, in order."""
    found: dict[str, dict[str, Entry[BaseModel]]] = {}
    for entry in site.library.files:
        ids = [item.id for passage in passages(entry) for item in passage.citations]
        ids += [
            marked.value
            for marked in walk(entry.data)
            if isinstance(marked.mark, Ref) and marked.mark.to == "references"
        ]
        for id in ids:
            found.setdefault(id, {})[entry.path] = entry
    return {id: list(entries.values()) for id, entries in found.items()}


def link_to(page: Page, entry: Entry[BaseModel]) -> LinkView:
    """Return a link to the page of a record, a hand-written page or a data file."""
    site = page.site
    if isinstance(entry, Record):
        return LinkView(entry_name(site.library, entry), page.to_page(page_of(entry.path)))
    name = next(name for name, known in site.library.entries.items() if known is entry)
    word = "bibliography" if name == "references" else name
    title = site.language(f"{word}.title") if name in DATA_VIEWS else site.library.book.title
    return LinkView(title, page.to_page(site.addresses.data_page(name)))


def bibliography_view(page: Page) -> BibliographyView:
    """Return the bibliography, sorted by what stands first in each item."""
    site = page.site
    used = pages_by_source(site)
    items = [
        ReferenceView(
            f"source-{id}",
            site.bibliography.html(id),
            tuple(link_to(page, entry) for entry in used.get(id, ())),
        )
        for id in site.library.references
    ]
    return BibliographyView(
        template="bibliography.html",
        title=site.language("bibliography.title"),
        summary=site.language("bibliography.summary"),
        url=page.url,
        items=tuple(sorted(items, key=lambda item: sort_key(item.html.replace("<i>", "").lstrip("[“\"'")))),
        source_path="data/references.yml",
    )


def organisations_view(page: Page) -> OrganisationsView:
    """Return the organisations by name."""
    site = page.site
    library, language = site.library, site.language
    named: dict[str, dict[str, Entry[BaseModel]]] = {}
    for entry in library.files:
        for marked in walk(entry.data):
            if isinstance(marked.mark, Ref) and marked.mark.to == "organisations":
                named.setdefault(marked.value, {})[entry.path] = entry
    views = tuple(
        OrganisationView(
            id=item.id,
            name=item.name,
            short=item.short if item.short and item.short not in item.name else "",
            country=language.country(item.country) if item.country else "",
            role=page.inline(item.role),
            website=item.url or "",
            sources=page.cite_further(item.sources, item.role),
            named_on=tuple(link_to(page, entry) for entry in named.get(item.id, {}).values()),
        )
        for item in sorted(library.organisations.values(), key=lambda item: sort_key(item.name))
    )
    return OrganisationsView(
        template="organisations.html",
        title=language("organisations.title"),
        summary=language("organisations.summary"),
        url=page.url,
        organisations=views,
        words=page.words(),
        sources=page.sources(),
        source_path="data/organisations.yml",
    )


DATA_VIEWS: dict[str, Callable[[Page], PageView]] = {
    "events": events_view,
    "glossary": glossary_view,
    "references": bibliography_view,
    "organisations": organisations_view,
}
"""The views of data files that have a page, by the file's name."""
