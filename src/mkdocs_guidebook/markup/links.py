"""Where links lead: from the target that an editor wrote to a thing in the library.

Links are ordinary relative paths between files of the project, so that they also work in a code host's
preview. The same answer serves the check of links, the site and print.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.library import Library, Record

SAFE_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_SCHEME = re.compile(r"^\s*([A-Za-z][A-Za-z0-9+.\s-]*):")


class Lead(Enum):
    """What a target leads to."""

    WEB = auto()
    """Another site."""
    MAIL = auto()
    """A mail address or telephone number."""
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
        return Target(Lead.MAIL)
    if compact.startswith(("//", "\\\\", "/\\", "\\/")):
        return Target(Lead.WEB, path="//")
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return Target(Lead.DANGEROUS)
    anchor = unquote(parts.fragment)
    if not parts.path:
        return Target(Lead.RECORD, base, anchor)
    if parts.path.startswith(("/", "\\")):
        return Target(Lead.ABSOLUTE)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    if path == ".." or path.startswith("../"):
        return Target(Lead.OUTSIDE)
    if path in library.by_path or path in library.broken:
        return Target(Lead.RECORD, path, anchor)
    collection = path.removesuffix("/index.md").removesuffix("/README.md")
    if any(collection == kind.folder for kind in RECORD_KINDS):
        return Target(Lead.COLLECTION, collection, anchor)
    if any(path == file.path for file in DATA_FILES):
        return Target(Lead.DATA, path, anchor)
    if path in library.assets:
        return Target(Lead.ASSET, path, anchor)
    return Target(Lead.MISSING, path, anchor)


def anchors(record: Record[BaseModel]) -> Iterator[str]:
    """Yield the anchors of a record's page that links may use."""
    for heading in record.body.headings:
        yield heading.anchor
    if isinstance(record.data, Chapter):
        for recommendation in record.data.recommendations:
            yield recommendation.id
        for exercise in record.data.exercises:
            yield exercise.id


@cache
def data_page_name(path: str) -> str:
    """Return the name of the data file at a path, such as `glossary`."""
    return next(file.name for file in DATA_FILES if file.path == path)
