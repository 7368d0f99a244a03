"""Addresses are promises: what an edition answers to, and what it may not take away.

Each edition has addresses.json: its pages, its documents, the places of recommendations and exercises, and where
addresses of earlier editions went. A publish compares it with that of the edition before; pages of earlier editions
read it to find their place in the latest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_guidebook.content.data.redirects import Redirect
from mkdocs_guidebook.editions.pages import COMPARE
from mkdocs_guidebook.editions.seals import files_of
from mkdocs_guidebook.site.views.redirects import page_at

_NO_PROMISE = (f"{COMPARE}/", "changes/page-", "rules/")
"""Pages that come and go: comparisons, pages of a growing list, and the documentation of the tool."""


@dataclass(frozen=True)
class Addresses:
    """What an edition answers to."""

    edition: str
    pages: Sequence[str]
    """Addresses of pages, relative to the edition; that of the home page is empty."""
    documents: Sequence[str]
    """Addresses of documents to print."""
    places: Mapping[str, Sequence[str]]
    """Ids of recommendations and exercises, by the address of their page."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Where addresses of earlier editions went, each with its place behind # if it has one."""
    withdrawn: Sequence[str] = ()
    """Addresses of earlier editions that lead to a reason."""

    def to_json(self) -> bytes:
        """Return the content of addresses.json."""
        return (json.dumps(vars(self), ensure_ascii=False, indent=1) + "\n").encode()


def addresses_of(
    folder: Path,
    edition: str,
    places: Mapping[str, Sequence[str]],
    moved: Mapping[str, str],
    redirects: Sequence[Redirect],
) -> Addresses:
    """Return what the edition answers to that was built in a folder."""
    files = sorted(path for path, _ in files_of(folder))
    leads_on = {page_at(redirect.old) for redirect in redirects if "#" not in redirect.old}
    pages = [_address(path) for path in files if path.endswith(".html") and path != "404.html"]
    return Addresses(
        edition=edition,
        pages=[page for page in pages if not page or page_at(page) not in leads_on],
        documents=[path for path in files if path.startswith("print/") and not path.endswith(".html")],
        places=places,
        moved=moved,
        withdrawn=sorted(redirect.old for redirect in redirects if redirect.withdrawn),
    )


def _address(path: str) -> str:
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def read_addresses(raw: bytes) -> Addresses:
    """Return what an addresses.json says. Raises ValueError."""
    try:
        return Addresses(**json.loads(raw))
    except TypeError as error:
        raise ValueError(str(error)) from error


def broken_promises(before: Addresses, now: Addresses) -> Iterator[str]:
    """Yield the addresses that the edition before answered to and this one does not."""
    there = {*now.pages, *now.documents}
    kept = {*now.moved, *now.withdrawn}
    for address in (*before.pages, *before.documents):
        if not address.startswith(_NO_PROMISE) and address not in there and address not in kept:
            yield address
    for page, ids in before.places.items():
        for id in ids:
            if id not in now.places.get(page, ()) and not _is_kept(page, id, now):
                yield f"{page}#{id}"
    for address in (*before.moved, *before.withdrawn):
        page = address.partition("#")[0]
        if (address not in kept and page not in there) or (
            "#" in address
            and address not in kept
            and address.partition("#")[2] not in now.places.get(page, ())
        ):
            yield address


def _is_kept(page: str, id: str, now: Addresses) -> bool:
    """Whether a place is led on itself, was withdrawn with its page, or is there on the page that took over."""
    if f"{page}#{id}" in now.moved or f"{page}#{id}" in now.withdrawn or page in now.withdrawn:
        return True
    return id in now.places.get(now.moved.get(page, ""), ())


def dead_ends(now: Addresses) -> Iterator[tuple[str, str]]:
    """Yield redirects, from and to, that lead to a page or a place that is not there."""
    for old, new in now.moved.items():
        page, _, _ = new.partition("#")
        if page not in now.pages:
            yield old, new
