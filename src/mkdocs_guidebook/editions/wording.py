"""How two texts differ: paragraph by paragraph, and word by word inside of those that changed.

Markdown is converted first, so that readers see a difference of words and not of marks. Blocks (paragraphs, items,
headings, rows) that are the same stay together; those between are paired by how many words they share.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml import etree
from lxml import html as lxml_html

from mkdocs_guidebook.content.fields import Model
from mkdocs_guidebook.markup.convert import Converter, Slot
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.outline import CITATION, CITED_ITEM

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*\s*|[^\w\s]\s*")
_ALIKE = 0.4
"""The share of words that two blocks have in common at least, if one is shown as a new form of the other."""
_MOST_PAIRS = 4_000
"""The most pairs of blocks that are compared with each other; beyond that they are paired in order."""
_ISLAND = 3
"""Words that stay the same between two changes are shown as changed if they have at most so many letters."""
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "pre",
        "blockquote",
        "div",
        "section",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
    ]
)

_UNREAD = frozenset(("headerlink", "footnote-ref", "footnote-backref"))
"""Classes of links that are no part of the text."""

BlockKind = Literal["paragraph", "heading", "item", "row", "code", "place"]
"""`place` is where a recommendation or an exercise is shown."""
State = Literal["same", "added", "deleted", "changed"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, a heading or a row, as readers see it."""

    kind: BlockKind
    text: str


class Run(Model):
    """A piece of text that one of two editions has, or both."""

    state: Literal["same", "added", "deleted"]
    text: str


class BlockChange(Model):
    """A block of either edition."""

    kind: BlockKind
    state: State
    runs: tuple[Run, ...]


# From Markdown to blocks


def blocks_of(markdown: str, name_of: Callable[[str], str] = str) -> list[Block]:
    """Return the blocks of a Markdown text; `name_of` gives what readers see for the id of a source."""
    if not markdown.strip():
        return []
    named = CITATION.sub(lambda match: _named(match["items"], name_of), markdown)
    rendered = _converter().blocks(named, Marks(resolve=lambda target, _: "#"))
    found: list[Block] = []
    for part in rendered.parts:
        if isinstance(part, Slot):
            found.append(Block("place", f"{part.kind} {part.id}"))
            continue
        for element in lxml_html.fragments_fromstring(part):
            found += [Block("paragraph", element)] if isinstance(element, str) else _blocks_in(element)
    return [block for block in found if block.text.strip()]


@lru_cache(maxsize=1)
def _converter() -> Converter:
    return Converter()


def _named(items: str, name_of: Callable[[str], str]) -> str:
    names = [f"{name_of(item['id'])}{item['rest'].rstrip()}" for item in CITED_ITEM.finditer(items)]
    return f"({'; '.join(names)})" if names else items


def _blocks_in(element: etree._Element, inside: str = "") -> Iterator[Block]:
    name = element.tag
    if name == "tr":
        yield Block("row", " | ".join(_text(cell) for cell in element))
        return
    if name == "pre":
        yield Block("code", "".join(element.itertext()).strip("\n"))
        return
    place = name if name in ("li", "dt", "dd") else inside
    if not any(child.tag in _BLOCKS for child in element):
        yield Block(_kind(name, place), _text(element))
        return
    if element.text and element.text.strip():
        yield Block(_kind(name, place), _folded(element.text))
    loose: list[str] = []
    for child in element:
        if child.tag in _BLOCKS:
            if loose:
                yield Block(_kind("p", place), _folded("".join(loose)))
                loose = []
            yield from _blocks_in(child, place)
        else:
            loose.append(_text(child))
        if child.tail and child.tail.strip():
            loose.append(child.tail)
    if loose:
        yield Block(_kind("p", place), _folded("".join(loose)))


def _kind(name: str, place: str) -> BlockKind:
    if name in ("h1", "h2", "h3", "h4", "h5", "h6", "summary"):
        return "heading"
    return "item" if place else "paragraph"


def _text(element: etree._Element) -> str:
    """Return what is read of an element: its words, and the text alternatives of its pictures."""
    return _folded("".join(_in_order(element)))


def _in_order(element: etree._Element) -> Iterator[str]:
    if element.tag == "img":
        yield f"[{element.get('alt', '')}]"
    elif not _UNREAD & set((element.get("class") or "").split()):
        yield element.text or ""
        for child in element:
            yield from _in_order(child)
            yield child.tail or ""


def _folded(text: str) -> str:
    return " ".join(text.split())


# From blocks to changes


def compare_texts(old: str, new: str, name_of: Callable[[str], str] = str) -> tuple[BlockChange, ...]:
    """Return all blocks of two Markdown texts in reading order, each with what became of it."""
    if old == new:
        return tuple(_whole(block, "same") for block in blocks_of(new, name_of))
    return compare_blocks(blocks_of(old, name_of), blocks_of(new, name_of))


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return the blocks of both lists in reading order, each with what became of it."""
    changes: list[BlockChange] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            changes += [_whole(block, "same") for block in new[new_start:new_end]]
        else:
            changes += _paired(old[old_start:old_end], new[new_start:new_end])
    return tuple(changes)


def has_changes(blocks: Sequence[BlockChange]) -> bool:
    """Return whether any block differs."""
    return any(block.state != "same" for block in blocks)


def _whole(block: Block, state: Literal["same", "added", "deleted"]) -> BlockChange:
    return BlockChange(kind=block.kind, state=state, runs=(Run(state=state, text=block.text),))


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
    """Yield blocks of which each old one is paired with at most one new one, in order."""
    here = there = 0
    for i, j in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(block, "deleted") for block in old[here:i])
        yield from (_whole(block, "added") for block in new[there:j])
        if i < len(old):
            runs = compare_words(old[i].text, new[j].text)
            yield BlockChange(kind=new[j].kind, state="changed", runs=runs)
        here, there = i + 1, j + 1


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the pairs, in order, that have the most words in common all together."""
    if len(old) * len(new) > _MOST_PAIRS:
        pairs = list(zip(range(len(old)), range(len(new)), strict=False))
        return [(i, j) for i, j in pairs if _likeness(old[i], new[j]) >= _ALIKE]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(block, other) for other in new] for block in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(old: Block, new: Block) -> float:
    """Return the share of words that two blocks have in common, from 0 to 1; 0 for blocks of different kinds."""
    if old.kind != new.kind or old.kind == "place":
        return 0.0
    matcher = difflib.SequenceMatcher(None, _words(old.text), _words(new.text), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _words(text: str) -> list[str]:
    return [word.rstrip() for word in _WORD.findall(text)]


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs of words that both texts have, or only one; deleted words stand before added ones."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    pieces: list[tuple[list[str], list[str], bool]] = []
    """Words of the old text, words of the new text, and whether they are the same."""
    codes = matcher.get_opcodes()
    for number, (what, old_start, old_end, new_start, new_end) in enumerate(codes):
        words = before[old_start:old_end], after[new_start:new_end]
        same = what == "equal"
        if same and 0 < number < len(codes) - 1 and _is_island(words[1]):
            same = False
        if pieces and pieces[-1][2] == same:
            pieces[-1][0].extend(words[0])
            pieces[-1][1].extend(words[1])
        else:
            pieces.append((words[0], words[1], same))
    runs: list[Run] = []
    for old_words, new_words, same in pieces:
        if same:
            runs.append(Run(state="same", text="".join(new_words)))
            continue
        if old_words:
            runs.append(Run(state="deleted", text="".join(old_words)))
        if new_words:
            runs.append(Run(state="added", text="".join(new_words)))
    return tuple(_spaced(runs))


def _is_island(words: Sequence[str]) -> bool:
    return sum(len(word.strip()) for word in words) <= _ISLAND


def _spaced(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs of which each that is followed by something ends with a space where its words do."""
    for number, run in enumerate(runs):
        following = runs[number + 1 :]
        needs_space = bool(following) and not run.text.endswith((" ", "(", "[", "“", "‘"))
        first = following[0].text[:1] if following else ""
        swapped = bool(following) and run.state == "deleted" and following[0].state == "added"
        if needs_space and (swapped or (first.isalnum() and run.text[-1:].isalnum())):
            yield Run(state=run.state, text=f"{run.text} ")
        else:
            yield run
