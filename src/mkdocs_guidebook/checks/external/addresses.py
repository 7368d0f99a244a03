"""Which addresses of other sites a library holds, and where each of them is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pydantic import BaseModel

from mkdocs_guidebook.checks.engine import Content
from mkdocs_guidebook.content.fields import Web
from mkdocs_guidebook.content.library import Entry
from mkdocs_guidebook.markup.links import Lead
from mkdocs_guidebook.problems import Place


@dataclass(frozen=True, slots=True)
class Written:
    """An address at one of the places where it is written."""

    address: str
    """What is asked: the address without the part behind #."""
    entry: Entry[BaseModel]
    place: Place


def addresses_of(content: Content) -> list[Written]:
    """Return every address of another site in texts, records and data files, in the order of the files."""
    return list(_all(content))


def host_of(address: str) -> str:
    """Return the name of the host in an address; empty where there is none, or the address is malformed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _all(content: Content) -> Iterator[Written]:
    for passage, link, target in content.links:
        if target.lead is Lead.WEB and link.target.lower().startswith(("http://", "https://")):
            place = passage.place(link.target_start, link.target_end)
            yield Written(link.target.partition("#")[0], passage.entry, place)
    for entry, marked in content.marked:
        if isinstance(marked.mark, Web):
            yield Written(marked.value.partition("#")[0], entry, entry.place(marked.key))
    references = content.library.entries.get("references")
    for number, item in enumerate(content.library.references.values()):
        if item.DOI and references is not None:
            place = references.place(("references", number, "DOI"))
            # Registered names of documents may hold signs that an address may not (DOI Handbook, 3.6).
            yield Written(f"https://doi.org/{quote(item.DOI, safe='/:;()')}", references, place)
