"""What stands in Markdown, with its place, before anything is rendered.

A `Passage` is a piece of Markdown in a file: the body of a record, or a front-matter value that holds
prose. Checks look at passages only, so each is written once and points at the very word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from mkdocs_guidebook.content.body import mask
from mkdocs_guidebook.content.fields import Prose
from mkdocs_guidebook.content.library import Entry, Record
from mkdocs_guidebook.content.walking import Marked, walk
from mkdocs_guidebook.content.yaml12 import Key
from mkdocs_guidebook.problems import Place

CITATION = re.compile(r"\[(?P<items>[^\[\]\n]{0,60}?(?<!\w)@[A-Za-z0-9][^\[\]]*+)\](?!\(|\[(?!@))")
"""A group of citations in Pandoc's form: [@id, p. 12; @other]. An @ inside a word is a mail address."""
CITED_ITEM = re.compile(
    r"(?<!\w)@(?P<id>[A-Za-z0-9](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?)(?P<rest>[^;]*)"
)
MARKER = re.compile(r"^:::[ \t]+(?P<kind>[a-z-]+)[ \t]+(?P<id>\S+)[ \t]*$", re.M)
"""The one-line mark that says where a recommendation or an exercise is shown."""
# Repetitions are possessive (`*+`) where a text could otherwise make the search very slow; not those of groups
# that may step back inside, which Python before 3.11.5 gets wrong (cpython issue 106052).
_BREAK = r"(?:[ \t]*+\n?+[ \t]*+)"  # white space with at most one line break
_TEXT = r"(?:[^\[\]]++|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+"
_PART = r"(?:[^\s()]|\([^\s()]*+\)|[ \t]++(?![\"'\s)])|\n(?![ \t]*+[\"'\n)]))"
_TARGET = (
    rf"\({_BREAK}(?P<target><[^<>\n]*+>|{_PART}*)"
    rf"(?:{_BREAK}(?:\"(?:[^\"\n]|\n(?!\s*\n))*+\"|'(?:[^'\n]|\n(?!\s*\n))*+'))?{_BREAK}\)"
)
_LINK = re.compile(rf"\[(?P<text>{_TEXT})\]{_TARGET}")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]^\n][^\[\]\n]*)\]:[ \t]*+(?:\n[ \t]*+)?+(?P<target><[^<>\n]*+>|\S++)", re.M
)
_REFERENCE_LINK = re.compile(rf"\[(?P<text>{_TEXT})\](?:\s?\[(?P<label>[^\[\]]*+)\]|(?![(:]))")
_AUTOLINK = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>")
_TAG = re.compile(
    r"</?(?P<name>[A-Za-z][^\s<>/@]*)(?P<attributes>(?:[\s/][^<>]*)?)/?>|<(?P<declaration>[!?])[A-Za-z\[][^>]*>?"
)
_BROKEN_TAG = re.compile(
    r"</?(?P<name>script|style|iframe|object|embed|svg|math|form|link|meta|base|img|video|audio)\b[^<>]*$",
    re.I | re.M,
)
_TABLE_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.M)
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One source that a text cites."""

    id: str
    locator: str
    """The page or section, such as p. 12; may be empty."""
    prefix: str
    """What stands before it, such as see; may be empty."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    text: str
    """The words of the link, or the text alternative of the image."""
    target: str
    is_image: bool
    start: int
    end: int
    target_start: int
    target_end: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A one-line mark of the form ``::: recommendation its-id``."""

    kind: str
    id: str
    start: int
    id_start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A piece of raw HTML."""

    name: str
    attributes: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive lines that look like a table."""

    header: str
    """The first line."""
    has_header: bool
    """Whether a line of hyphens follows the first line and a cell of the first line has text."""
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A piece of Markdown in a file. Places are indexes in `text`."""

    entry: Entry[BaseModel]
    key: Key | None
    """Where the value stands in the front matter; None for the body."""
    text: str
    inline: bool = False
    """Whether only text within one paragraph is allowed."""

    def place(self, start: int, end: int) -> Place:
        """Return where ``text[start:end]`` stands in the file."""
        if self.key is None:
            assert isinstance(self.entry, Record)  # noqa: S101
            return self.entry.body.place(start, end)
        return self.entry.document.place_of_part(self.key, self.text, start, end)

    @cached_property
    def masked(self) -> str:
        """The text with code, comments and escaped signs blanked out."""
        if self.key is None and isinstance(self.entry, Record):
            return self.entry.body.masked
        return mask(self.text)

    @cached_property
    def citations(self) -> list[CitedItem]:
        """The sources that it cites, in order."""
        return list(find_citations(self.masked))

    @cached_property
    def links(self) -> list[Link]:
        """Links and images: in brackets, by reference, and bare in angle brackets."""
        text = self.masked
        return list(self._links()) if "](" in text or "]:" in text or "<" in text else []

    def _links(self) -> Iterator[Link]:
        pending = [(0, len(self.text))]
        while pending:
            for match in _LINK.finditer(self.masked, *pending.pop()):
                yield self._link(match, *match.span("target"))
                if "![" in match["text"]:
                    pending.append(match.span("text"))
        for match in _REFERENCE_LINK.finditer(self.masked) if self._definitions else ():
            if definition := self.definition(match["label"] or match["text"]):
                yield self._link(match, *definition.span("target"))
        for match in _AUTOLINK.finditer(self.masked) if "<" in self.masked else ():
            target = match["target"]
            yield Link(target, target, False, match.start(), match.end(), *match.span("target"))

    def definition(self, label: str) -> re.Match[str] | None:
        """Return the line that says where links with a label lead; None where there is none."""
        return self._definitions.get(_label(label))

    @cached_property
    def _definitions(self) -> dict[str, re.Match[str]]:
        if "]:" not in self.masked:
            return {}
        return {_label(match["label"]): match for match in _DEFINITION.finditer(self.masked)}

    def _link(self, match: re.Match[str], target_start: int, target_end: int) -> Link:
        if self.text.startswith("<", target_start):
            target_start, target_end = target_start + 1, target_end - 1
        start = match.start()
        is_image = self.masked.startswith("!", start - 1, start)
        return Link(
            self.text[slice(*match.span("text"))],
            self.text[target_start:target_end],
            is_image,
            start - is_image,
            match.end(),
            target_start,
            target_end,
        )

    @cached_property
    def markers(self) -> list[Marker]:
        """The marks that say where recommendations and exercises are shown."""
        return [
            Marker(match["kind"], match["id"], match.start(), match.start("id"), match.end())
            for match in MARKER.finditer(self.masked)
        ]

    @cached_property
    def tags(self) -> list[Tag]:
        """Raw HTML: tags, declarations, and dangerous tags that are never closed."""
        if "<" not in self.masked:
            return []
        addresses = {match.start() for match in _AUTOLINK.finditer(self.masked)}
        addresses |= {link.target_start - 1 for link in self.links}  # [words](<a file.md>)
        found = [
            Tag(
                (match["name"] or match["declaration"]).lower(),
                match["attributes"] or "",
                match.start(),
                match.end(),
            )
            for match in _TAG.finditer(self.masked)
            if match.start() not in addresses
        ]
        known = {tag.start for tag in found}
        found += [
            Tag(match["name"].lower(), "", match.start(), match.end())
            for match in _BROKEN_TAG.finditer(self.masked)
            if match.start() not in known
        ]
        return found

    @cached_property
    def tables(self) -> list[Table]:
        """Tables, with and without a header row."""
        tables: list[Table] = []
        if "|" not in self.masked:
            return tables
        position = 0
        block: list[tuple[int, str]] = []
        for line in [*self.masked.split("\n"), ""]:
            if line.count("|") >= 2 and _TABLE_ROW.match(line):
                block.append((position, line))
            elif block:
                tables.append(self._table(block))
                block = []
            position += len(line) + 1
        return tables

    def _table(self, block: list[tuple[int, str]]) -> Table:
        start = block[0][0]
        first = block[0][1]
        ruled = len(block) > 1 and _TABLE_RULE.fullmatch(block[1][1]) is not None
        named = bool(first.replace("|", "").strip())
        last_start, last = block[-1]
        return Table(first, ruled and named, start, last_start + len(last))


def _label(written: str) -> str:
    return " ".join(written.lower().split())


def find_citations(masked: str) -> Iterator[CitedItem]:
    """Yield the sources that a text with its code blanked out cites, in order."""
    if "@" not in masked:
        return
    for group in CITATION.finditer(masked):
        base, before = group.start("items"), 0
        for item in CITED_ITEM.finditer(group["items"]):
            prefix = " ".join(group["items"][before : item.start()].strip(" ;-").split())
            before = item.end()
            locator = " ".join(item["rest"].split()).strip(" ,")
            start = base + item.start()
            yield CitedItem(item["id"], locator, prefix, start, start + 1 + len(item["id"]))


def passages(entry: Entry[BaseModel], marked: Iterable[Marked] | None = None) -> list[Passage]:
    """Return all Markdown of a file: the prose of its front matter in order, then its body.

    `marked` are the values that `walk` finds in it, where they are known already.
    """
    found = [
        Passage(entry, value.key, value.value, inline=not value.mark.blocks)
        for value in (walk(entry.data) if marked is None else marked)
        if isinstance(value.mark, Prose)
    ]
    if isinstance(entry, Record):
        found.append(Passage(entry, None, entry.body.text))
    return found
