"""All pages of a site: which there are, and how each is made from the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from pydantic import BaseModel

from mkdocs_guidebook.checks import RULES
from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER, PAGE
from mkdocs_guidebook.content.kinds.page import Page as HandWritten
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.outline import find_citations
from mkdocs_guidebook.site.addresses import Addresses, asset_of, page_of
from mkdocs_guidebook.site.views import lists
from mkdocs_guidebook.site.views.activity import activity_view
from mkdocs_guidebook.site.views.article import article_view
from mkdocs_guidebook.site.views.base import Page, PageView, Site, entry_name
from mkdocs_guidebook.site.views.chapter import chapter_view

T = TypeVar("T", bound=BaseModel)
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

    @property
    def is_hand_written(self) -> bool:
        """Whether MkDocs finds the file by itself, in docs/."""
        return self.source.startswith(f"{PAGE.folder}/")


def pages_of(library: Library) -> dict[str, PageSpec]:
    """Return all pages of a library by their names."""
    hand_written = {page_of(record.path): record for record in library.pages}
    views: dict[str, Callable[[Page], PageView]] = dict.fromkeys(hand_written, lists.text_view)
    views |= {
        "index.md": lists.home_view,
        asset_of(CHAPTER.folder): lists.guidebook_view,
        asset_of(ARTICLE.folder): lists.articles_view,
        asset_of(ACTIVITY.folder): lists.activities_view,
        "rules/index.md": partial(lists.rules_view, rules=RULES),
    }
    views |= {f"rules/{rule.code}.md": partial(lists.rule_view, rule=rule) for rule in RULES}
    moved = moved_pages(library)
    addresses = Addresses(library, moved=moved)
    for name, view in lists.DATA_VIEWS.items():
        if name in library.entries:
            views[addresses.data_page(name)] = view

    specs = {}
    for name, view in views.items():
        record = hand_written.get(name)
        make = partial(_introduced, name, view, record)
        specs[name] = PageSpec(name, record.path if record else "", make)
    for chapter in library.chapters:
        specs[page_of(chapter.path)] = _record_page(chapter, chapter_view)
    for article in library.articles:
        specs[page_of(article.path)] = _record_page(article, article_view)
    for activity in library.activities:
        specs[page_of(activity.path)] = _record_page(activity, activity_view)
    return specs


def moved_pages(library: Library) -> dict[str, str]:
    """Return the hand-written pages that show a data file, by the file's name."""
    return {record.data.shows: page_of(record.path) for record in library.pages if record.data.shows}


def _record_page(record: Record[T], view: Callable[[Site, Record[T]], PageView]) -> PageSpec:
    return PageSpec(page_of(record.path), record.path, lambda site, _: view(site, record))


def _introduced(
    name: str,
    view: Callable[[Page], PageView],
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
    made = view(page)
    return replace(
        made,
        title=entry_name(site.library, record),
        summary=record.data.summary or made.summary,
        intro=intro.parts,
        toc=(*intro.toc, *made.toc),
        source_path=record.path,
    )
