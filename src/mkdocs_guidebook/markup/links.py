"""Where links lead: from the target that an editor wrote to a thing in the library.

Links are ordinary relative paths between files of the project, so that they also work in a code host's
preview. The same answer serves the check of links, the site and print.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Library

SAFE_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_SCHEME = re.compile(r"^\s*([A-Za-z][A-Za-z0-9+.\s-]*):")
_MAIL = re.compile(r"[^@\s,<>]+@[^@\s,<>.]+(\.[^@\s,<>.]+)+")
_TELEPHONE = re.compile(r"(?=(.*\d){3})\+?[\d().*#-]+(;.*)?")
"""The number of RFC 3966, with what may follow it; 112 has three digits."""


class Lead(Enum):
    """What a target leads to."""

    WEB = auto()
    """Another site."""
    MAIL = auto()
    """A mail address or telephone number."""
    NOBODY = auto()
    """What is written as a mail address or telephone number and is none."""
    RECORD = auto()
    """A record or a page of docs/."""
    COLLECTION = auto()
    """The list of a collection."""
    DATA = auto()
    """A data file, which has a page of its own."""
    ASSET = auto()
    """Another file: a picture, a download."""
    DANGEROUS = auto()
    """An address that could run a script or reads from another scheme."""
    OUTSIDE = auto()
    """A path that leaves the project."""
    ABSOLUTE = auto()
    """A path from the root of a host."""
    MISSING = auto()
    """A path inside the project where nothing is."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link's target, understood."""

    lead: Lead
    path: str = ""
    """Path in the project, for what lies there."""
    anchor: str = ""
    """The part behind #."""


def understand(library: Library, base: str, written: str) -> Target:
    """Return where the target `written` in the file `base` leads."""
    compact = re.sub(r"[\x00-\x20]+", "", written)
    if scheme := _SCHEME.match(compact):
        name = scheme[1].lower()
        if name not in SAFE_SCHEMES:
            return Target(Lead.DANGEROUS)
        if name in ("http", "https"):
            return Target(Lead.WEB if re.match(r"https?://[^/]+", compact, re.I) else Lead.DANGEROUS)
        return Target(Lead.MAIL if _reaches_somebody(name, compact[scheme.end() :]) else Lead.NOBODY)
    if compact.startswith(("//", "\\\\", "/\\", "\\/")):
        return Target(Lead.WEB, path="//")
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return Target(Lead.DANGEROUS)
    anchor = unquote(parts.fragment)
    if not parts.path:
        return _in_file(library, base, anchor) if anchor or parts.query else Target(Lead.MISSING)
    if parts.path.startswith(("/", "\\")):
        return Target(Lead.ABSOLUTE)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    if path == ".." or path.startswith("../"):
        return Target(Lead.OUTSIDE)
    collection = path.removesuffix("/index.md").removesuffix("/README.md")
    if any(collection == kind.folder for kind in RECORD_KINDS):
        holds = any(name.startswith(f"{collection}/") for name in (*library.by_path, *library.broken))
        return Target(Lead.COLLECTION if holds else Lead.MISSING, collection, anchor)
    return _in_file(library, path, anchor)


def _reaches_somebody(scheme: str, written: str) -> bool:
    """Whether what stands behind mailto: (RFC 6068) or tel: has an address or number that there could be."""
    if scheme == "tel":
        return _TELEPHONE.fullmatch(unquote(written)) is not None
    addresses, _, fields = written.partition("?")
    listed = [addresses, *(value for name, value in parse_qsl(fields) if name.lower() == "to")]
    found = [address for text in listed if text for address in unquote(text).split(",")]
    return bool(found) and all(_MAIL.fullmatch(address) for address in found)


def _in_file(library: Library, path: str, anchor: str) -> Target:
    lead = Lead.MISSING
    if any(
        path == file.path and (file.name in library.entries or path in library.broken) for file in DATA_FILES
    ):
        lead = Lead.DATA
    elif path in library.by_path or path in library.broken:
        lead = Lead.RECORD
    elif path in library.assets:
        lead = Lead.ASSET
    return Target(lead, path, anchor)


def unpublished(library: Library, target: Target) -> str:
    """Return why what a target leads to is not on the published site, in words; empty where it is."""
    record = library.by_path.get(target.path)
    if record is not None and record.is_draft:
        return "is a draft"
    folder = f"{target.path}/"
    if target.lead is not Lead.COLLECTION or any(path.startswith(folder) for path in library.broken):
        return ""
    inside = (record for path, record in library.by_path.items() if path.startswith(folder))
    return "holds only drafts" if all(record.is_draft for record in inside) else ""


def anchors(library: Library, path: str) -> Iterator[str]:
    """Yield the anchors that links to the page of a record, a hand-written page or a data file may use."""
    record = library.by_path.get(path)
    if record is None:
        yield from _data_anchors(library, data_page_name(path))
        return
    for heading in record.body.headings:
        yield heading.anchor
    if isinstance(record.data, Page) and record.data.shows:
        yield from _data_anchors(library, record.data.shows)
    if isinstance(record.data, Chapter):
        for recommendation in record.data.recommendations:
            yield recommendation.id
        for exercise in record.data.exercises:
            yield exercise.id


def _data_anchors(library: Library, name: str) -> Iterable[str]:
    match name:
        case "glossary":
            return library.terms
        case "references":
            return library.references
        case "organisations":
            return library.organisations
        case "events":
            return [event.id for event in library.events]
        case _:
            return ()


@cache
def data_page_name(path: str) -> str:
    """Return the name of the data file at a path, such as `glossary`; an empty text where there is none."""
    return next((file.name for file in DATA_FILES if file.path == path), "")
