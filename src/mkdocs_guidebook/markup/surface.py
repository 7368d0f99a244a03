"""What others can show or need to know of a record: its front matter, headings and citations, as a digest.

As long as it is the same, only the record's own page, and what shows its prose, can change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pydantic import BaseModel

from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.outline import find_citations


def digest(parts: Iterable[str]) -> str:
    """Return a short text that differs when the parts differ (SHA-256, shortened to 128 bits)."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode())
        whole.update(b"\0")
    return whole.hexdigest()[:32]


def surface_of(record: Record[BaseModel]) -> str:
    """Return the digest of what others can show of a record."""
    if "surface" not in record.kept:
        body = record.body
        record.kept["surface"] = digest(
            [
                record.path,
                body.source.text[: body.start],
                repr([(heading.level, heading.text, heading.anchor) for heading in body.headings]),
                repr(list(body.sections)),
                repr([item.id for item in find_citations(body.masked)]),
            ]
        )
    return record.kept["surface"]
