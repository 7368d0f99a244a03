"""The Markdown body of a record: its text, and its headings and sections with their places.

Nothing is rendered here. Code and comments are masked, so that what stands in them is not taken for
headings, links or citations.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.extensions.toc import slugify_unicode

from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.problems import Place

# Each of these patterns reads a text once, whatever stands in it (no nested or adjoining repetitions).
_FENCE_LINE = re.compile(r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)(?P<info>[^\n]*)$", re.M)
_TICKS = re.compile(r"`++")
_BLOCK_END = re.compile(r"\n(?=[ \t]*+(?:\n|\Z|[#>|]|[-*+][ \t]|\d{1,9}[.)][ \t]))")
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+.!|<:~^@-]")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_MOST_SIGNS = 200
"""How long an anchor can be."""
_REFERENCE = re.compile(
    r"(?P<image>!)?\[(?P<text>[^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"
)
_MARKUP = re.compile(r"[*_`~^=]{1,3}|<[^<>]+>")


def mask(text: str) -> str:
    """Return the text with code, comments and escaped signs blanked out, every other sign in its place."""
    text = _without_spans(_without_blocks(text))
    return _ESCAPE.sub("  ", text) if "\\" in text else text


def _without_blocks(text: str) -> str:
    """Blank out fenced code and comments."""
    if "```" in text or "~~~" in text:
        text = _blank(text, _fences(text))
    if "<!--" in text:
        text = _blank(text, _comments(_without_spans(text)))
    return text


def _without_spans(text: str) -> str:
    """Blank out code spans."""
    return _blank(text, _code_spans(text)) if "`" in text else text


def _blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    pieces = []
    position = 0
    for start, end in spans:
        pieces += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each comment. One that is never closed is shown as text."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end + 3)


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each fenced block of code. A fence that is never closed is no fence."""
    lines = list(_FENCE_LINE.finditer(text))
    ends: dict[str, deque[int]] = defaultdict(deque)
    for number, line in enumerate(lines):
        if not line["info"].strip():
            ends[line["fence"]].append(number)
    done = -1
    for number, line in enumerate(lines):
        if number <= done or "`" in line["info"]:
            continue
        later = ends[line["fence"]]
        while later and later[0] <= number:
            later.popleft()
        if later:
            done = later[0]
            yield line.start(), lines[done].end()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each code span. It ends in the paragraph, list item or cell where it begins."""
    blocks = [match.start() for match in _BLOCK_END.finditer(text)]
    block = 0
    runs: list[tuple[int, int, int]] = []  # number of the block, start, end
    for match in _TICKS.finditer(text):
        while block < len(blocks) and blocks[block] < match.start():
            block += 1
        runs.append((block, match.start(), match.end()))
    same: dict[tuple[int, int], deque[int]] = defaultdict(deque)
    for number, (block, start, end) in enumerate(runs):
        same[block, end - start].append(number)
    done = -1
    for number, (block, start, end) in enumerate(runs):
        if number <= done or _is_escaped(text, start):
            continue
        later = same[block, end - start]
        while later and later[0] <= number:
            later.popleft()
        if later:
            done = later[0]
            yield start, runs[done][2]


def _is_escaped(text: str, position: int) -> bool:
    """Whether an odd number of backslashes stands in front of a sign."""
    before = text[max(0, position - 50) : position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def slug(text: str) -> str:
    """Return the anchor of a heading with this text."""
    words = _REFERENCE.sub(lambda match: "" if match["image"] else match["text"], text)
    return str(slugify_unicode(_MARKUP.sub("", words), "-"))[:_MOST_SIGNS]


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


def _unique(anchor: str, used: set[str], counted: dict[str, int]) -> str:
    """Return the anchor, with a number behind it where it is used already, and remember it.

    `counted` holds for each anchor up to which number it is used; the numbers are those of Python-Markdown.
    """
    if not anchor or anchor in used:
        base, mark, digits = anchor.rpartition("_")
        if not (mark and digits.isdecimal() and digits.isascii()):
            base, digits = anchor, "0"
        known = counted.get(base, 0)
        number = known + 1 if int(digits) <= known else int(digits) + 1
        while f"{base}_{number}" in used:
            number += 1
        if int(digits) <= known:
            counted[base] = number
        anchor = f"{base}_{number}"
    used.add(anchor)
    return anchor


def _without_closing_hashes(text: str) -> str:
    shorter = text.rstrip("#")
    return text[: len(shorter) + 1] if shorter != text and _is_escaped(text, len(shorter)) else shorter


def _own_id(heading: str) -> tuple[str, str]:
    """Return the text of a heading, and the id of its attribute list `{#id}`, if it has one."""
    match = AttrListTreeprocessor.HEADER_RE.search(heading) if heading.endswith("}") else None
    attributes, rest = get_attrs_and_remainder(match.group(1)) if match else ([], "")
    if match is None or rest:
        return heading, ""
    own_ids = [value for name, value in attributes if name == "id" and value]
    return heading[: match.start()].rstrip("#").rstrip(), own_ids[-1] if own_ids else ""


@dataclass(frozen=True)
class Body:
    """The Markdown body of one file."""

    source: Source
    start: int
    """Where it begins in the file's text."""

    @property
    def text(self) -> str:
        """The body as it was written; not kept, as it is a part of the file's text."""
        return self.source.text[self.start :]

    @property
    def masked(self) -> str:
        """The body with code, comments and escaped signs blanked out."""
        return mask(self.text)

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings, in order, as Python-Markdown finds and names them."""
        found = [(level, *_own_id(raw), start, end) for level, raw, start, end in self._heading_lines()]
        used = {own_id for _, _, own_id, _, _ in found if own_id}
        counted: dict[str, int] = {}
        anchors = [own_id or _unique(slug(words), used, counted) for _, words, own_id, _, _ in found]
        headings: list[Heading] = []
        next_at = [len(self.source.text)] * 7  # for each level: where the next heading of it or above begins
        for (level, words, _, start, end), anchor in reversed(list(zip(found, anchors, strict=True))):
            headings.append(
                Heading(level, words, anchor, self.start + start, self.start + end, next_at[level])
            )
            next_at[level:] = [self.start + start] * (7 - level)
        return headings[::-1]

    def _heading_lines(self) -> Iterator[tuple[int, str, int, int]]:
        """Yield level, text, start and end of each heading: with number signs in front or a line below."""
        text = _without_blocks(self.text)
        position = 0
        block: list[tuple[str, int]] = []  # the lines since the last empty one or heading
        for line in text.split("\n"):
            end = position + len(line)
            hashes = len(line) - len(line.lstrip("#"))
            if hashes:
                level = min(hashes, 6)
                yield level, _without_closing_hashes(line[level:]).strip(), position, end
            elif len(block) == 1 and _UNDERLINE.fullmatch(line) and not block[0][0].startswith("    "):
                yield 1 if line[0] == "=" else 2, block[0][0].strip(), block[0][1], end
            elif line.strip():
                block.append((line, position))
                position = end + 1
                continue
            block.clear()
            position = end + 1

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
