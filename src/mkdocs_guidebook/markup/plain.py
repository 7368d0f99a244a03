"""Plain text past what it does not need: most paragraphs have nothing for most of Python-Markdown's processors.

What comes out is the same; a test compares. It is right for the processors of `convert.DEFAULT_EXTENSIONS` and ours
alone: another extension may give a meaning to any sign.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from functools import cached_property

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

_PARAGRAPH = re.compile(r"[^\W\d_][^\n|]*+(?:\n[^\W\d_][^\n|]*+)*+")
"""Lines that begin with a letter, and no line of a table: no block of another kind can begin with one."""
_INLINE = re.compile(rf"[\\`*_\[<&{STX}]|  \n")
"""What an inline pattern can begin with. An image's ! stands before a bracket."""

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "guidebook-citation": "@",
    "reference": "]:",  # where what a text refers to is said
    "link": "](",
    "image_link": "![",
    "image_reference": "]:",
    "short_reference": "]:",
    "short_image_ref": "]:",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
}
"""What a text must have for the inline patterns of that name to find something in it."""


class _Patterns(Preprocessor):
    """Inline patterns that cannot find anything in a text are left out for it."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        inline = self.md.treeprocessors["inline"]
        inline.inlinePatterns = tuple(pattern for pattern, sign in self._signs if sign in text)  # type: ignore[attr-defined]
        return lines

    @cached_property
    def _signs(self) -> list[tuple[Pattern, str]]:
        """All patterns in their order, with their signs."""
        patterns = self.md.inlinePatterns
        sign_of = {patterns[name]: sign for name, sign in _SIGNS.items()}
        return [(pattern, sign_of.get(pattern, "")) for pattern in patterns]


class _Paragraphs(ParagraphProcessor):
    """A plain paragraph, before seventeen others look at it."""

    def test(self, parent: etree.Element, block: str) -> bool:
        return _PARAGRAPH.fullmatch(block) is not None


class _Hidden(Treeprocessor):
    """Texts without a sign that an inline pattern begins with are atomic, so that they are passed by."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.elements: list[etree.Element] = []
        """Those whose text is hidden."""

    def run(self, root: etree.Element) -> None:
        self.elements = [
            element
            for element in root.iter()
            if (text := element.text) and type(text) is str and not _INLINE.search(text)
        ]
        for element in self.elements:
            element.text = AtomicString(element.text)


class _Shown(Treeprocessor):
    """Hidden texts are as they were, for the processors that come later."""

    def __init__(self, md: Markdown, hidden: _Hidden) -> None:
        super().__init__(md)
        self._hidden = hidden

    def run(self, root: etree.Element) -> None:
        for element in self._hidden.elements:
            element.text = str(element.text)
        self._hidden.elements = []


class PlainText(Extension):
    """All shortcuts together."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Register the processors."""
        md.preprocessors.register(
            _Patterns(md), "guidebook-patterns", 29
        )  # after control characters are gone (30)
        md.parser.blockprocessors.register(_Paragraphs(md.parser), "guidebook-paragraph", 200)
        hidden = _Hidden(md)
        md.treeprocessors.register(hidden, "guidebook-hidden", 21)  # before inline patterns (20)
        md.treeprocessors.register(_Shown(md, hidden), "guidebook-shown", 19)
