"""Addresses of earlier editions: pages that lead on, and what stands in the place of a recommendation that is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from mkdocs_guidebook.content.data.redirects import Redirect
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.site.addresses import Addresses
from mkdocs_guidebook.site.views.base import LinkView, Page, PageView


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
    """Return what is gone from the page at an address, in the order of the redirects."""
    return tuple(
        _gone(page, redirect)
        for redirect in page.site.library.redirects
        if redirect.old.startswith(f"{address}#")
    )


def _gone(page: Page, redirect: Redirect) -> GoneView:
    library, language = page.site.library, page.site.language
    address, _, anchor = redirect.old.partition("#")
    chapter = address.rstrip("/").removesuffix(".html").rpartition("/")[2]
    before = library.published.by_id.get(f"{chapter}#{anchor}")
    if redirect.to is None:
        said = (
            language("redirect.withdrawn_in", edition=before.gone)
            if before and before.gone
            else language("redirect.withdrawn")
        )
        return GoneView(
            anchor, before.text if before else "", f"{said} {page.inline(redirect.withdrawn or '')}"
        )
    link = LinkView(
        _title(page, redirect.to), page.site.addresses.resolve(redirect.to, "redirects.yml", page.url)
    )
    return GoneView(anchor, before.text if before else "", language("redirect.moved"), link)


def _title(page: Page, to: str) -> str:
    """Return what the target of a redirect is called."""
    library = page.site.library
    path, _, anchor = to.partition("#")
    record = library.by_path.get(path)
    advice = library.recommendations.get(f"{record.id}#{anchor}") if record and anchor else None
    if advice:
        return f"{advice.number} {advice.data.text}"
    return str(getattr(record.data, "title", None) or to) if record else to


def _redirect_view(page: Page, redirect: Redirect) -> RedirectView:
    language = page.site.language
    if redirect.to is None:
        title, summary = language("redirect.withdrawn_title"), language("redirect.withdrawn")
        link = None
    else:
        title, summary = language("redirect.moved_title"), language("redirect.moved_summary")
        link = LinkView(
            _title(page, redirect.to), page.site.addresses.resolve(redirect.to, "redirects.yml", page.url)
        )
    return RedirectView(
        template="redirect.html",
        title=title,
        full_title=f"{title}: {redirect.old}",
        summary=summary,
        url=page.url,
        moved_to=link.url if link else "",
        to=link,
        reason=page.inline(redirect.withdrawn) if redirect.withdrawn else "",
        gone=gone_from(page, redirect.old),
    )
