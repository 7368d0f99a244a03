"""The home page and other pages written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from mkdocs_guidebook.content.kinds.page import Page as HandWritten
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.links import Lead, understand
from mkdocs_guidebook.site.views.base import CONTRIBUTE, LinkView, PageView, entry_name, heading
from mkdocs_guidebook.site.views.cards import Card, Group, ListView
from mkdocs_guidebook.site.views.changes import ChangeView, changes_of
from mkdocs_guidebook.site.views.fields import FIELDS
from mkdocs_guidebook.site.views.page import Page
from mkdocs_guidebook.site.views.rules import RULES_PAGE


@dataclass(frozen=True)
class VideoView:
    """The project's video."""

    title: str
    url: str
    captions: str
    language: str
    text: str
    """Its text alternative."""


@dataclass(frozen=True)
class HomeView(PageView):
    """The home page."""

    subtitle: str = ""
    roles: tuple[LinkView, ...] = ()
    moments: tuple[LinkView, ...] = ()
    pathway: str = ""
    """The address of what applies to whom and when; empty for a site that has no such page."""
    tasks: tuple[LinkView, ...] = ()
    ways_in: tuple[Card, ...] = ()
    numbers: str = ""
    latest: tuple[ChangeView, ...] = ()
    all_changes: str = ""
    video: VideoView | None = None
    funder: str = ""


_LATEST = 3


def home_view(page: Page) -> HomeView:
    """Return the home page."""
    site = page.site
    library, language, book = site.library, site.language, site.library.book
    vocabulary = library.vocabulary

    def link(written: str) -> str:
        if understand(library, "book.yml", written).lead is Lead.WEB:
            return written
        return site.addresses.resolve(written, "book.yml", page.url)

    numbers = language(
        "home.numbers",
        chapters=len(library.chapters),
        recommendations=len(library.recommendations),
        articles=len(library.articles),
        activities=sum(activity.data.confirmed for activity in library.activities),
    )
    video = book.video
    return HomeView(
        template="home.html",
        title=book.title,
        subtitle=book.subtitle or "",
        summary=book.description,
        url=page.url,
        roles=tuple(
            LinkView(term.label, page.to_page(f"audiences/{term.id}.md")) for term in vocabulary.audiences
        ),
        moments=tuple(
            LinkView(term.label, page.to_page(f"phases/{term.id}.md")) for term in vocabulary.phases
        ),
        pathway=page.to_page("pathway.md") if library.chapters and vocabulary.phases else "",
        tasks=tuple(LinkView(task.text, link(task.link)) for task in book.tasks),
        ways_in=tuple(Card(way.title, link(way.link), "", page.inline(way.text)) for way in book.ways_in),
        numbers=numbers,
        latest=tuple(changes_of(page, 0, _LATEST)),
        all_changes=page.to_page("changes/index.md"),
        video=VideoView(
            video.title,
            link(video.file),
            link(video.captions) if video.captions else "",
            video.language or language.tag,
            page.blocks(video.text).html,
        )
        if video
        else None,
        funder=page.inline(book.funder.text) if book.funder else "",
        words=page.words(),
        sources=page.sources(),
        source_path="guidebook/book.yml",
    )


def text_view(page: Page) -> PageView:
    """Return a page that is written by hand; after its text it leads to the pages of its folder."""
    library = page.site.library
    record = cast(Record[HandWritten], library.by_path[page.base])
    language = page.site.language
    cards = [
        Card(entry_name(library, below), page.to_record(below), "", page.plain(str(below.data.summary or "")))
        for below in library.pages_below(record)
    ]
    if record.path == f"docs/{CONTRIBUTE}":
        if page.site.form:
            opened = page.plain(language("edit.open"))
            form = page.site.form
            there = form if "://" in form else page.to(form)
            cards.insert(0, Card(language("edit.form_title"), there, "", opened))
        cards += [
            Card(language(f"{name}.title"), page.to_page(to), "", page.plain(language(f"{name}.summary")))
            for name, to in (("fields", FIELDS), ("rules", RULES_PAGE))
        ]
    title = language("page.below")
    return ListView(
        template="list.html" if cards else "page.html",
        title=entry_name(library, record),
        summary=str(record.data.summary or ""),
        url=page.url,
        groups=(Group("below", title, cards=tuple(cards)),) if cards else (),
        toc=(heading(2, "below", title),) if cards else (),
        words=page.words(),
        sources=page.sources(),
        source_path=record.path,
    )
