"""The Markdown body of a record: its text, and its headings and sections with their places.

Nothing is rendered here. Code and comments are masked, so that what stands in them is not taken for
headings, links or citations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from markdown.extensions.toc import slugify_unicode

from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.problems import Place

_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??^ {0,3}(?P=fence)[`~]* *$", re.M | re.S)
_CODE_SPAN = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:.+?)(?<!`)(?P=ticks)(?!`)", re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+.!|<:~^@-]")
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})(?P<space>[ \t]*)(?P<atx>[^\n]*?)[ \t]*#*[ \t]*$"
    r"|^(?P<setext>[^\s>|*+#-][^\n|]*)\n(?P<line>=+|-+)[ \t]*$",
    re.M,
)
_ATTRIBUTES = re.compile(r"\s*\{:?[^{}]*\}\s*$")
_ID_ATTRIBUTE = re.compile(r"#([\w-]+)")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~^=]{1,3}|<[^>]+>")


def mask(text: str) -> str:
    """Return the text with code, comments and escaped signs blanked out, every other sign in its place."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group())

    if "`" in text or "~~~" in text:
        text = _FENCE.sub(blank, text)
        text = _CODE_SPAN.sub(blank, text)
    if "<!--" in text:
        text = _COMMENT.sub(blank, text)
    if "\\" in text:
        text = _ESCAPE.sub("  ", text)
    return text


def slug(text: str) -> str:
    """Return the anchor of a heading with this text."""
    return str(slugify_unicode(_MARKUP.sub(lambda match: match.group(1) or "", text), "-"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    level: int
    """1 to 6."""
    text: str
    """Its text, as written, without attributes."""
    anchor: str
    """The last part of its address."""
    start: int
    """Where it begins in the file's text."""
    end: int
    """Where its line ends."""
    content_end: int
    """Where what stands under it ends: at the next heading of its level or above."""


@dataclass(frozen=True)
class Body:
    """The Markdown body of one file."""

    source: Source
    start: int
    """Where it begins in the file's text."""

    @cached_property
    def text(self) -> str:
        """The body as it was written."""
        return self.source.text[self.start :]

    @cached_property
    def masked(self) -> str:
        """The body with code, comments and escaped signs blanked out."""
        return mask(self.text)

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings, in order."""
        found: list[tuple[int, str, str, int, int]] = []
        used: dict[str, int] = {}
        for match in _HEADING.finditer(self.masked):
            atx = match["marks"] is not None
            level = len(match["marks"]) if atx else 1 if match["line"].startswith("=") else 2
            group = "atx" if atx else "setext"
            raw = self.text[match.start(group) : match.end(group)]
            if not raw.strip() or (atx and not match["space"]):
                continue
            attributes = _ATTRIBUTES.search(raw)
            words = raw[: attributes.start()] if attributes else raw
            own_id = _ID_ATTRIBUTE.search(attributes.group()) if attributes else None
            anchor = own_id.group(1) if own_id else slug(words)
            if anchor in used:
                used[anchor] += 1
                anchor = f"{anchor}_{used[anchor]}"
            used.setdefault(anchor, 0)
            found.append((level, words.strip(), anchor, match.start() + self.start, match.end() + self.start))
        headings = []
        for number, (level, words, anchor, start, end) in enumerate(found):
            below = (other[3] for other in found[number + 1 :] if other[0] <= level)
            content_end = next(below, len(self.source.text))
            headings.append(Heading(level, words, anchor, start, end, content_end))
        return headings

    @cached_property
    def sections(self) -> dict[str, Heading]:
        """The second-level headings by their text, those first that have something under them."""
        sections: dict[str, Heading] = {}
        for heading in self.headings:
            if heading.level == 2 and self.source.text[heading.end : heading.content_end].strip():
                sections.setdefault(heading.text, heading)
        return sections

    @cached_property
    def words(self) -> int:
        """How many words the body has."""
        return len(self.masked.split())

    def place(self, start: int, end: int) -> Place:
        """Return the place of a range of `text`."""
        return self.source.place(self.start + start, self.start + end)
