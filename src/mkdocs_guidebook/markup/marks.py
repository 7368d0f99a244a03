"""Our marks as extensions of Python-Markdown: citations, terms, markers, and links between files.

A `Converter` (see `convert`) holds one Markdown instance; before each piece of text it sets the `Marks` of
the page that is being made, and these processors read and fill them.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_guidebook.markup.outline import CITATION, MARKER, find_citations
from mkdocs_guidebook.markup.terms import TermFinder

SLOT_START, SLOT_END = "\ue000", "\ue001"
"""What stands around the name of something that is put in later; private-use characters of Unicode."""
SLOT = re.compile(rf"<p>{SLOT_START}(?P<kind>[a-z-]+):(?P<id>[^{SLOT_END}]+){SLOT_END}</p>")

_CITED = "data-gb-cited"
"""Where a citation keeps its id and locator until its number is known."""
_NO_TERMS = frozenset(("a", "code", "pre", "kbd", "abbr", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button"))


@dataclass
class Marks:
    """What one page's marks refer to, and what has been used of it so far."""

    resolve: Callable[[str, bool], str]
    """Turns the target of a link (or of an image, when the second argument is true) into an address."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of the page's sources by reference id; a source that is not in it gets the next one."""
    locator: Callable[[str], str] = field(default=lambda text: text)
    """Turns a locator as written into the words that readers see."""
    source_name: Callable[[str, int], str] = field(default=lambda id, number: str(number))
    """What a screen reader says for a citation."""
    table_name: str = "Table"
    """What a screen reader says for the box around a table."""
    terms: TermFinder | None = None
    """The terms to look for; None to leave them alone."""
    seen_terms: set[str] = field(default_factory=set)
    """The ids of the terms that the page has marked."""
    cited: dict[str, int] = field(default_factory=dict)
    """How often each source was cited so far."""

    def number(self, id: str) -> int:
        """Return the number of a source on this page."""
        return self.numbers.setdefault(id, len(self.numbers) + 1)


class _Citations(InlineProcessor):
    """[@id, p. 12; @other] → linked numbers in brackets."""

    def __init__(self, marks: Callable[[], Marks], md: Markdown) -> None:
        super().__init__(CITATION.pattern, md)
        self._marks = marks

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Python-Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        items = list(find_citations(m.group(0)))
        if not items:
            return None, None, None
        marks = self._marks()
        group = etree.Element("span", {"class": "gb-cites"})
        prefixes = [f"{item.prefix} " if item.prefix else "" for item in items]
        group.text = f"[{prefixes[0]}"
        for item, then in zip(items, [*(f"; {prefix}" for prefix in prefixes[1:]), "]"], strict=True):
            link = etree.SubElement(group, "a", {"class": "gb-cite", _CITED: f"{item.id} {item.locator}"})
            link.tail = (f", {marks.locator(item.locator)}" if item.locator else "") + then
        return group, m.start(0), m.end(0)


class _Numbers(Treeprocessor):
    """Citations → their numbers, in the order of reading. Python-Markdown reads paragraphs in another order."""

    def __init__(self, marks: Callable[[], Marks], md: Markdown) -> None:
        super().__init__(md)
        self._marks = marks

    def run(self, root: etree.Element) -> None:
        marks = self._marks()
        for link in root.iter("a"):
            cited = link.attrib.pop(_CITED, None)
            if cited is None:
                continue
            id, _, locator = cited.partition(" ")
            number, attributes = _citation(id, locator, marks)
            link.text = str(number)
            link.attrib |= attributes


def _citation(id: str, locator: str, marks: Marks) -> tuple[int, dict[str, str]]:
    """Count a citation of a source; return its number and the attributes of the link to it."""
    number = marks.number(id)
    occurrence = marks.cited[id] = marks.cited.get(id, 0) + 1
    said = filter(None, (marks.source_name(id, number), marks.locator(locator)))
    return number, {
        "aria-label": ", ".join(said),
        "class": "gb-cite",
        "href": f"#source-{id}",
        "id": f"cite-{id}-{occurrence}",
    }


def citations(ids: Iterable[str], marks: Marks) -> str:
    """Return the numbers of sources as links, as the processors would give ``[@one; @other]``."""
    links = []
    for id in ids:
        number, attributes = _citation(id, "", marks)
        written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        links.append(f"<a {written}>{number}</a>")
    return f'<span class="gb-cites">[{"; ".join(links)}]</span>'


class _Markers(BlockProcessor):
    """::: recommendation its-id → a slot that the page fills. Only between paragraphs of the body."""

    def test(self, parent: etree.Element, block: str) -> bool:
        return block.startswith(":::") and MARKER.match(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        for line in blocks.pop(0).split("\n"):
            match = MARKER.match(line)
            paragraph = etree.SubElement(parent, "p")
            paragraph.text = f"{SLOT_START}{match['kind']}:{match['id']}{SLOT_END}" if match else line


class _Links(Treeprocessor):
    """Relative links and images → addresses."""

    def __init__(self, marks: Callable[[], Marks], md: Markdown) -> None:
        super().__init__(md)
        self._marks = marks

    def run(self, root: etree.Element) -> None:
        resolve = self._marks().resolve
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(str(element.tag))
            if name is None or "gb-cite" in element.get("class", ""):
                continue
            target = element.get(name)
            if target:
                element.set(name, resolve(target, name == "src"))
            if name == "src":
                element.set("loading", "lazy")


class _Terms(Treeprocessor):
    """The first time that a page uses a term of the glossary → a link to its definition."""

    def __init__(self, marks: Callable[[], Marks], md: Markdown) -> None:
        super().__init__(md)
        self._marks = marks

    def run(self, root: etree.Element) -> None:
        marks = self._marks()
        if marks.terms is not None:
            self._visit(root, marks.terms, marks.seen_terms)

    def _visit(self, element: etree.Element, finder: TermFinder, seen: set[str]) -> None:
        if element.text:
            self._mark(element, None, element.text, finder, seen)
        for child in list(element):
            if child.tag not in _NO_TERMS and "gb-term" not in child.get("class", ""):
                self._visit(child, finder, seen)
            if child.tail:
                self._mark(element, child, child.tail, finder, seen)

    @staticmethod
    def _mark(
        parent: etree.Element, before: etree.Element | None, text: str, finder: TermFinder, seen: set[str]
    ) -> None:
        position = 0
        at = 0 if before is None else list(parent).index(before) + 1
        last = before
        for start, end, id in finder.find(text, seen):
            piece = text[position:start]
            if last is None:
                parent.text = piece
            else:
                last.tail = piece
            last = term_link(id, text[start:end])
            parent.insert(at, last)
            at += 1
            position = end
        if last is not before and last is not None:
            last.tail = text[position:]


def term_link(id: str, words: str) -> etree.Element:
    """Return the element that marks a term and leads to its definition on the same page."""
    link = etree.Element(
        "a", {"class": "gb-term", "href": f"#term-{id}", "aria-describedby": f"term-{id}-definition"}
    )
    link.text = words
    return link


def term_links(text: str, marks: Marks) -> str:
    """Return a text without Markdown as HTML with its terms marked, as the processors would."""
    if marks.terms is None:
        return html.escape(text, quote=False)
    parts: list[str] = []
    position = 0
    for start, end, id in marks.terms.find(text, marks.seen_terms):
        words = html.escape(text[start:end], quote=False)
        parts += [
            html.escape(text[position:start], quote=False),
            f'<a aria-describedby="term-{id}-definition" class="gb-term" href="#term-{id}">{words}</a>',
        ]
        position = end
    return "".join(parts) + html.escape(text[position:], quote=False)


class GuidebookMarks(Extension):
    """All our marks together."""

    def __init__(self, marks: Callable[[], Marks], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._marks = marks

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Register the processors."""
        # Before links (160), so that [@id] is not taken for a reference link.
        md.inlinePatterns.register(_Citations(self._marks, md), "guidebook-citation", 175)
        md.parser.blockprocessors.register(_Markers(md.parser), "guidebook-marker", 175)
        # After inline patterns (20); numbers before links, which leave them alone; links before terms, which add links of their own.
        md.treeprocessors.register(_Numbers(self._marks, md), "guidebook-numbers", 13)
        md.treeprocessors.register(_Links(self._marks, md), "guidebook-links", 12)
        md.treeprocessors.register(_Terms(self._marks, md), "guidebook-terms", 11)
