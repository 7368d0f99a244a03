"""The latest changes, made from the dates of publication and of reviews; page by page, and as an Atom feed."""

from __future__ import annotations

import datetime
import uuid
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site
from mkdocs_guidebook.site.views.page import Page

PER_PAGE = 10
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class FeedEntry:
    """Something else that the feed tells."""

    title: str
    date: datetime.date
    address: str
    """Where it stands, relative to the site."""
    name: str
    """What makes its id, once and for all."""
    summary: str


@dataclass(frozen=True)
class ChangeView:
    """A change as readers see it."""

    date: str
    iso_date: str
    kind: str
    record_kind: str
    title: str
    url: str
    teaser: str


@dataclass(frozen=True)
class ChangesView(PageView):
    """One page of changes."""

    changes: tuple[ChangeView, ...] = ()
    place: str = ""
    """Such as page 1 of 2."""
    newer: LinkView | None = None
    older: LinkView | None = None
    feed: str = ""
    """The address of the Atom feed."""


def pages_needed(library: Library) -> int:
    """Return how many pages the changes fill; at least one."""
    return max(1, -(-len(library.changes) // PER_PAGE))


def changes_page(number: int) -> str:
    """Return the name of a page of changes; the first has the number 1."""
    return "changes/index.md" if number == 1 else f"changes/page-{number}.md"


def changes_of(page: Page, first: int, last: int) -> list[ChangeView]:
    """Return the changes from the index `first` up to `last` as they are shown on a page."""
    language = page.site.language
    return [
        ChangeView(
            date=language.date(change.date),
            iso_date=change.date.isoformat(),
            kind=language(f"changes.{change.kind}"),
            record_kind=language(f"record.{change.record.kind.name}"),
            title=change.record.data.title,
            url=page.to_record(change.record),
            teaser=page.plain(change.note or change.record.data.summary),
        )
        for change in page.site.library.changes[first:last]
    ]


def changes_view(page: Page, number: int) -> ChangesView:
    """Return one page of the latest changes."""
    site = page.site
    language = site.language
    total = pages_needed(site.library)
    shown = changes_of(page, (number - 1) * PER_PAGE, number * PER_PAGE)
    return ChangesView(
        template="changes.html",
        title=language("changes.title"),
        full_title=f"{language('changes.title')}, {language('changes.place', n=number, total=total)}",
        summary=language("changes.summary"),
        url=page.url,
        changes=tuple(shown),
        place=language("changes.place", n=number, total=total),
        newer=LinkView(language("changes.newer"), page.to_page(changes_page(number - 1)))
        if number > 1
        else None,
        older=LinkView(language("changes.older"), page.to_page(changes_page(number + 1)))
        if number < total
        else None,
        feed=page.to("feed.xml"),
    )


def atom_feed(site: Site, news: Sequence[FeedEntry] = ()) -> bytes:
    """Return the latest changes as an Atom feed (RFC 4287), with `news` before them.

    Without the site's address, links are relative to the feed, and ids are UUIDs made from names.
    """
    etree.register_namespace("", _ATOM)
    feed = etree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": site.language.tag}
    )

    def add(parent: etree.Element, name: str, text: str = "", **attributes: str) -> etree.Element:
        element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    def permanent(name: str) -> str:
        if site.base_url:  # the same in every edition, so that nothing is told twice
            return (site.root_url or site.base_url) + name
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{site.library.book.title}/{name}").urn

    changes = site.library.changes
    updated = max((*(item.date for item in news), *(change.date for change in changes)), default=site.today)
    add(feed, "title", site.library.book.title)
    add(feed, "subtitle", site.language("changes.title"))
    add(feed, "id", permanent(""))
    add(feed, "updated", f"{updated}T00:00:00Z")
    add(feed, "link", rel="self", href=f"{site.base_url}feed.xml", type="application/atom+xml")
    add(feed, "link", rel="alternate", href=site.base_url + site.addresses.url("changes/index.md"))
    add(add(feed, "author"), "name", site.library.book.publisher or site.library.book.title)
    for item in news:
        entry = add(feed, "entry")
        add(entry, "title", item.title)
        add(entry, "id", permanent(item.name))
        add(entry, "updated", f"{item.date}T00:00:00Z")
        add(entry, "link", rel="alternate", href=site.base_url + item.address)
        add(entry, "summary", item.summary)
    for change in changes[:50]:
        page = site.addresses.url(page_of(change.record.path))
        entry = add(feed, "entry")
        add(entry, "title", f"{change.record.data.title} ({site.language(f'changes.{change.kind}')})")
        add(entry, "id", permanent(f"{page}#{change.kind}-{change.date}"))
        add(entry, "updated", f"{change.date}T00:00:00Z")
        add(entry, "link", rel="alternate", href=site.base_url + page)
        add(entry, "summary", change.note or change.record.data.summary)
    etree.indent(feed)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))
