"""The Library page: everything that can be found, as a list that is complete without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from mkdocs_guidebook.site.search.items import FACETS, Item, items_of, labels
from mkdocs_guidebook.site.views.base import PageView, heading
from mkdocs_guidebook.site.views.page import Page

LIBRARY = "library.md"
"""The name of the page."""
_OPEN = ("kind", "audiences", "topics")
"""The facets whose values are shown from the start."""


@dataclass(frozen=True, slots=True)
class ResultView:
    """One item of the list."""

    url: str
    title: str
    kind: str
    place: str
    number: str
    text: str
    note: str
    facets: str
    """facet:id for all its terms, with blanks between them."""
    date: str
    pack_id: str
    """The id under which readers can add it to a pack of their own."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet."""

    id: str
    label: str
    values: tuple[ValueView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShelfView:
    """All items of one kind."""

    anchor: str
    title: str
    results: tuple[ResultView, ...]


@dataclass(frozen=True)
class LibraryView(PageView):
    """The Library page."""

    facets: tuple[FacetView, ...] = ()
    shelves: tuple[ShelfView, ...] = ()
    root: str = ""
    """The home page, as a link."""


def library_view(page: Page) -> LibraryView:
    """Return the Library page."""
    language = page.site.language
    items = items_of(page.site)
    shelves = tuple(
        ShelfView(kind, language(f"kind.{kind}"), tuple(_result(page, item) for item in group))
        for kind, group in groupby(items, lambda item: item.kind)
    )
    return LibraryView(
        template="library.html",
        title=language("library.title"),
        summary=language("library.summary"),
        url=page.url,
        facets=tuple(facet for name in FACETS if (facet := _facet(page, name, items)).values),
        shelves=shelves,
        toc=tuple(heading(2, shelf.anchor, shelf.title) for shelf in shelves),
        root=page.to_page("index.md"),
    )


def _ids(item: Item, facet: str) -> tuple[str, ...]:
    return (item.kind,) if facet == "kind" else item.facets.get(facet, ())


def _result(page: Page, item: Item) -> ResultView:
    language = page.site.language
    return ResultView(
        url=page.to(item.url),
        title=item.title,
        kind=language(f"kind_one.{item.kind}"),
        place=item.place,
        number=item.number,
        text=item.text if item.kind != "recommendation" else "",
        note=_note(page, item),
        facets=" ".join(f"{facet}:{id}" for facet in FACETS for id in _ids(item, facet)),
        date=item.date,
        pack_id=item.pack_id,
    )


def _note(page: Page, item: Item) -> str:
    """Return how firm and how sure a recommendation is."""
    label = page.site.library.label
    levels = [label(name, id) for name in ("strengths", "certainties") for id in item.facets.get(name, ())]
    return " · ".join([*levels[:1], *(level.lower() for level in levels[1:])])


def _facet(page: Page, name: str, items: list[Item]) -> FacetView:
    language = page.site.language
    counts: dict[str, int] = {}
    for item in items:
        for id in _ids(item, name):
            counts[id] = counts.get(id, 0) + 1
    known = labels(page.site, name)
    if name == "countries":
        known = {code: language.country(code) for code in sorted(counts, key=language.country)}
    elif name == "years":
        known = {year: year for year in sorted(counts, reverse=True)}
    values = tuple(ValueView(id, label, counts[id]) for id, label in known.items() if id in counts)
    return FacetView(name, language(f"library.facet_{name}"), values, name in _OPEN)
