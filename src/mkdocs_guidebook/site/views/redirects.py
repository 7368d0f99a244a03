"""Addresses of earlier editions: pages that lead on, and what stands in the place of a recommendation that is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from mkdocs_guidebook.content.data.redirects import Redirect
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.site.addresses import Addresses
from mkdocs_guidebook.site.views.base import LinkView, PageView, entry_name
from mkdocs_guidebook.site.views.page import Page


@dataclass(frozen=True, slots=True)
class GoneView:
    """What readers find at the address of something that is gone."""

    id: str
    """The anchor."""
    text: str
    """What it said; empty where that is not known."""
    said: str
    """What became of it, as HTML."""
    to: LinkView | None = None
    """Where it went."""


@dataclass(frozen=True)
class RedirectView(PageView):
    """A page that leads on, or says why there is nothing more."""

    to: LinkView | None = None
    reason: str = ""
    """Why it was withdrawn, as HTML."""
    gone: tuple[GoneView, ...] = ()


def page_at(address: str) -> str:
    """Return the name of the page that answers at an address of an earlier edition.

    A document's address is answered by the index of a folder of its name, which hosts of static files lead to.
    """
    if address.endswith("/"):
        return f"{address.rstrip('/')}.md"
    if address.endswith(".html"):
        return f"{address.removesuffix('.html')}.md"
    return f"{address}/index.md"


def redirect_views(library: Library) -> Iterator[tuple[str, partial[RedirectView]]]:
    """Yield name and view of a page for each address that is gone, without those inside of pages."""
    for redirect in library.redirects:
        if "#" not in redirect.old:
            yield page_at(redirect.old), partial(_redirect_view, redirect=redirect)


def target_of(addresses: Addresses, redirect: Redirect) -> str:
    """Return the address in the site that a redirect leads to; empty for what was withdrawn."""
    return addresses.resolve(redirect.to, "redirects.yml", "") if redirect.to else ""


def went(addresses: Addresses, redirects: list[Redirect]) -> Mapping[str, str]:
    """Return where addresses went: from the address of an earlier edition to the one in this site."""
    return {
        redirect.old: target_of(addresses, redirect).removeprefix("./")
        for redirect in redirects
        if redirect.to
    }


def gone_from(page: Page, address: str) -> tuple[GoneView, ...]:
    """Return what is gone from the page at an address: what the redirects name, and what went with a whole page."""
    library = page.site.library
    inside = [redirect for redirect in library.redirects if redirect.old.startswith(f"{address}#")]
    named = {redirect.old.partition("#")[2] for redirect in inside}
    views = [_gone(page, redirect, redirect.old.partition("#")[2], address) for redirect in inside]
    for redirect in library.redirects:
        if redirect.old == address:
            chapter = _chapter_at(address)
            lost = [id for id in library.published.by_id if id.startswith(f"{chapter}#")]
            views += [
                _gone(page, redirect, anchor, address)
                for id in lost
                if (anchor := id.partition("#")[2]) not in named and id not in library.recommendations
            ]
    return tuple(views)


def _chapter_at(address: str) -> str:
    return address.rstrip("/").removesuffix(".html").rpartition("/")[2]


def _gone(page: Page, redirect: Redirect, anchor: str, address: str) -> GoneView:
    """Return what stands at the anchor of a recommendation that a redirect takes away, alone or with its page."""
    library, language = page.site.library, page.site.language
    before = library.published.by_id.get(f"{_chapter_at(address)}#{anchor}")
    text = before.text if before else ""
    if redirect.to is not None:
        to = redirect.to
        record = library.by_path.get(to)
        if record is not None and f"{record.id}#{anchor}" in library.recommendations:
            to = f"{to}#{anchor}"  # it went along with its page
        return GoneView(anchor, text, language("redirect.moved"), _link(page, to))
    edition = before.gone if before and before.gone else library.book.edition
    said = (
        language("redirect.withdrawn_in", edition=edition)
        if edition != "dev"
        else language("redirect.withdrawn")
    )
    return GoneView(anchor, text, f"{said} {_reason(page, redirect)}")


def _reason(page: Page, redirect: Redirect) -> str:
    """Return why something was withdrawn, as HTML; links are counted from the file of the redirects."""
    own, page.base = page.base, "data/redirects.yml"
    try:
        return page.inline(redirect.withdrawn) if redirect.withdrawn else ""
    finally:
        page.base = own


def _link(page: Page, to: str) -> LinkView:
    """Return a link to the target of a redirect, with what it is called."""
    library = page.site.library
    path, _, anchor = to.partition("#")
    record = library.by_path.get(path)
    url = page.site.addresses.resolve(to, "redirects.yml", page.url)
    if record is None:
        return LinkView(to, url)
    advice = library.recommendations.get(f"{record.id}#{anchor}")
    return LinkView(f"{advice.number} {advice.data.text}" if advice else entry_name(library, record), url)


def _redirect_view(page: Page, redirect: Redirect) -> RedirectView:
    language = page.site.language
    link = _link(page, redirect.to) if redirect.to else None
    title = language("redirect.moved_title" if link else "redirect.withdrawn_title")
    return RedirectView(
        template="redirect.html",
        title=title,
        full_title=f"{title}: {redirect.old}",
        summary=language("redirect.moved_summary" if link else "redirect.withdrawn_summary"),
        url=page.url,
        moved_to=link.url if link else "",
        to=link,
        reason=_reason(page, redirect),
        gone=gone_from(page, redirect.old),
    )
