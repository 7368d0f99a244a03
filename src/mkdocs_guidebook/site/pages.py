"""All pages of a site: which there are, and how each is made from the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from mkdocs_guidebook.checks import RULES
from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER, PAGE
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.kinds.page import Page as HandWritten
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.outline import find_citations
from mkdocs_guidebook.site.addresses import Addresses, asset_of, moved_pages, page_of
from mkdocs_guidebook.site.citing import HOME, book_item, record_item, with_citation
from mkdocs_guidebook.site.views import changes, collections, data_pages, fields, home, matrix, rules
from mkdocs_guidebook.site.views.activity import activity_view
from mkdocs_guidebook.site.views.article import article_view
from mkdocs_guidebook.site.views.base import BROWSE, COUNTRIES, TERM_PAGES, PageView, Site, entry_name
from mkdocs_guidebook.site.views.chapter import chapter_view
from mkdocs_guidebook.site.views.desk import DESK, desk_view
from mkdocs_guidebook.site.views.library import LIBRARY, library_view
from mkdocs_guidebook.site.views.map import MAP, map_view
from mkdocs_guidebook.site.views.pack import MY_PACK, pack_view
from mkdocs_guidebook.site.views.page import Page
from mkdocs_guidebook.site.views.redirects import redirect_views

T = TypeVar("T", bound=RecordFields)
_FIRST_HEADING = re.compile(r"<h1[ >].*?</h1>", re.S)
View = Callable[[Page], PageView]
Make = Callable[[Site, str | None], PageView]
"""Makes a page; the second argument is the Markdown of a hand-written page as other plugins left it."""


@dataclass(frozen=True)
class PageSpec:
    """One page of the site."""

    name: str
    """Its file as MkDocs sees it, relative to docs/, such as guidebook/sharing-information.md."""
    source: str
    """The project's file that it is made from; empty for a page without one."""
    make: Make
    prose: Callable[[Library], Iterable[str]] | None = None
    """Gives what the page shows of the prose of records; without it, it may show all. See `keys`."""

    @property
    def is_hand_written(self) -> bool:
        """Whether MkDocs finds the file by itself, in docs/."""
        return self.source.startswith(f"{PAGE.folder}/")


def pages_of(library: Library, preview: bool = False) -> dict[str, PageSpec]:
    """Return all pages of a library by their names; the preview has the editor's desk, too."""
    hand_written = {page_of(record.path): record for record in library.pages}
    views: dict[str, View] = dict.fromkeys(hand_written, home.text_view)
    views |= {HOME: _home_view, BROWSE: collections.browse_view, LIBRARY: library_view}
    views |= _collection_pages(library)
    views |= _term_pages(library)
    if any(True for _ in library.records):
        views[MY_PACK] = pack_view
    views |= {
        changes.changes_page(number): partial(changes.changes_view, number=number)
        for number in range(1, changes.pages_needed(library) + 1)
    }
    views[rules.RULES_PAGE] = partial(rules.rules_view, rules=RULES)
    views |= {f"rules/{rule.code}.md": partial(rules.rule_view, rule=rule) for rule in RULES}
    views[fields.FIELDS] = fields.fields_index_view
    views |= {name: partial(fields.fields_view, thing=thing) for name, thing in fields.described().items()}
    if preview:
        views[DESK] = desk_view
    addresses = Addresses(library, moved=moved_pages(library))
    for name, view in data_pages.DATA_VIEWS.items():
        if name in library.entries:
            views[addresses.data_page(name)] = view

    specs = {}
    for name, view in views.items():
        record = hand_written.get(name)
        make = partial(_introduced, name, view, record)
        specs[name] = PageSpec(name, record.path if record else "", make, _prose_of(view))
    for chapter in library.chapters:
        specs[page_of(chapter.path)] = _record_page(chapter, chapter_view)
    for article in library.articles:
        specs[page_of(article.path)] = _record_page(article, article_view)
    for activity in library.activities:
        specs[page_of(activity.path)] = _record_page(activity, activity_view)
    for name, view in redirect_views(library):
        specs.setdefault(name, plain_page(name, view))
    return specs


def _prose_of(view: View) -> Callable[[Library], Iterable[str]] | None:
    """Return what a view shows of the prose of records; None where nothing is known of it."""
    function = view.func if isinstance(view, partial) else view
    return _PROSE.get(function)


def plain_page(name: str, view: View) -> PageSpec:
    """Return a page that is made by a view alone."""
    return PageSpec(name, "", lambda site, _: view(Page(site, site.addresses.url(name), "")))


def _collection_pages(library: Library) -> dict[str, View]:
    """Return the pages of the collections that have records, and the pages that read them side by side."""
    views: dict[str, View] = {}
    if library.chapters:
        views[asset_of(CHAPTER.folder)] = collections.guidebook_view
        views["recommendations.md"] = collections.recommendations_view
        if library.vocabulary.phases:
            views["pathway.md"] = matrix.pathway_view
    if library.articles:
        views[asset_of(ARTICLE.folder)] = collections.articles_view
        if library.vocabulary.profile:
            views[f"{ARTICLE.address}/compare.md"] = matrix.comparison_view
    if library.activities:
        views[asset_of(ACTIVITY.folder)] = collections.activities_view
        views[MAP] = map_view
        views[f"{ACTIVITY.address}/lessons.md"] = collections.lessons_view
    return views


def _term_pages(library: Library) -> dict[str, View]:
    """Return a page for each topic, phase, audience and country."""
    views: dict[str, View] = {}
    for name in TERM_PAGES:
        for term in getattr(library.vocabulary, name):
            views[f"{name}/{term.id}.md"] = partial(collections.term_view, name=name, term=term)
    for code in collections.countries_of(library):
        views[f"{COUNTRIES}/{code.lower()}.md"] = partial(collections.country_view, code=code)
    return views


def _record_page(record: Record[T], view: Callable[[Site, Record[T]], PageView]) -> PageSpec:
    name = page_of(record.path)

    def make(site: Site, _: str | None) -> PageView:
        return with_citation(site, view(site, record), name, record_item(site, record))

    return PageSpec(name, record.path, make)


def _home_view(page: Page) -> PageView:
    return with_citation(page.site, home.home_view(page), HOME, book_item(page.site))


def _introduced(
    name: str,
    view: View,
    record: Record[HandWritten] | None,
    site: Site,
    markdown: str | None,
) -> PageView:
    """Make a page that begins with what a hand-written page of the same address says."""
    url = site.addresses.url(name)
    if record is None:
        return view(Page(site, url, ""))
    text = record.body.text if markdown is None else markdown
    page = Page(site, url, record.path, (item.id for item in find_citations(text)))
    intro = page.blocks(text)
    parts, toc = intro.parts, intro.toc
    if record.data.title is None and toc and toc[0].level == 1 and parts and isinstance(parts[0], str):
        # Its own first heading is the title, which the page shows already.
        parts, toc = (_FIRST_HEADING.sub("", parts[0]), *parts[1:]), (*toc[0].children, *toc[1:])
    made = view(page)
    return replace(
        made,
        title=entry_name(site.library, record),
        summary=record.data.summary or made.summary,
        intro=parts,
        toc=(*toc, *made.toc),
        source_path=record.path,
    )


def _nothing(library: Library) -> Iterable[str]:
    return ()


_PROSE: dict[Callable[..., PageView], Callable[[Library], Iterable[str]]] = {
    _home_view: _nothing,
    home.text_view: _nothing,
    library_view: _nothing,
    map_view: _nothing,
    pack_view: _nothing,
    collections.browse_view: _nothing,
    collections.guidebook_view: _nothing,
    collections.articles_view: _nothing,
    collections.activities_view: _nothing,
    collections.recommendations_view: _nothing,
    collections.term_view: _nothing,
    collections.country_view: _nothing,
    collections.lessons_view: collections.lessons_prose,
    matrix.pathway_view: _nothing,
    matrix.comparison_view: _nothing,
    changes.changes_view: _nothing,
    rules.rules_view: _nothing,
    rules.rule_view: _nothing,
    fields.fields_index_view: _nothing,
    fields.fields_view: _nothing,
    **dict.fromkeys(data_pages.DATA_VIEWS.values(), _nothing),
}
"""What the views of lists show of the prose of records. A view that is not named here may show all of it."""
