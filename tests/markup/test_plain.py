"""The shortcuts for plain text give what comes out without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

from mkdocs_guidebook.markup.convert import DEFAULT_EXTENSIONS, Converter, Rendered
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.terms import TermFinder
from tests.markup.test_terms import TERMS


class Nothing(Extension):
    """An extension of somebody else, with which there are no shortcuts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        assert "guidebook-hidden" not in md.treeprocessors


WITH, WITHOUT = Converter(), Converter([*DEFAULT_EXTENSIONS, f"{__name__}:Nothing"])
PIECES = (
    *("gauge", "Words", "é", "1", " ", " ", "  ", "    ", "\n", "\n", "\n\n", "  \n", "\t", ".", ",", "\u00a0", "\x02", "\x03"),
    *("- ", "1. ", "a. ", "# ", "## A\n", "=", "===", "---", "|", "|-|-|", ":", ": ", "\n: ", "> ", "- [ ] ", "- [x] "),
    *("!!! note\n", "??? note\n", '=== "A"\n', "```\n", "~~~\n", "`", "*", "**", "_", "~", "\\", "!", "[", "]", "(", ")", "<", ">"),
    *("<b>", "<!--", "-->", "&", "&amp;", "@", "[@one]", "[@one, p. 2]", "[^1]", "\n[^1]: ", "\n*[AB]: Words\n", "AB", "\n[r]: x\n", "[r]"),
    *("{", "}", "{: #id .c }", "{#id}", "[a](b)", "![a](b)", "http://a.b", "[TOC]", "::: recommendation one\n"),
)  # fmt: skip


def rendered(converter: Converter, text: str) -> Rendered:
    return converter.blocks(text, Marks(resolve=lambda target, _: f"to/{target}", terms=TermFinder(TERMS)))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_shortcuts_change_nothing(text: str) -> None:
    assert rendered(WITH, text) == rendered(WITHOUT, text)


@pytest.mark.parametrize(
    "text", ["Term\n: Definition", "Title\n=====", "a | b\n- | -\nc | d", "Text\n# Title", "AB[^1]\n[^1]: AB"]
)
def test_what_begins_like_a_paragraph_is_what_it_is(text: str) -> None:
    assert rendered(WITH, text) == rendered(WITHOUT, text)
    assert rendered(WITH, text).html != f"<p>{text}</p>"
