"""The check and the site give a heading the same anchor, whatever stands in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.marks import Marks


def found(text: str) -> list[tuple[int, str]]:
    """Return level and anchor of each heading as the check finds them."""
    return [(heading.level, heading.anchor) for heading in Body(Source("a.md", text), 0).headings]


CONVERTER = Converter()


def made(text: str) -> list[tuple[int, str]]:
    """Return level and anchor of each heading as the site makes them."""
    html = CONVERTER.blocks(text, Marks(resolve=lambda target, _: target)).html
    headings = re.findall(r"<h([1-6])([^>]*)>", html)
    return [(int(level), found[1]) for level, rest in headings if (found := re.search(r'id="([^"]*)"', rest))]


@pytest.mark.parametrize(
    "text",
    [
        "## Before release",
        "## Before release ##",
        "##Before release",
        "#1 priority",
        "Text\n# in the middle\nof a paragraph",
        "##",
        "## !!!",
        "## 2019",
        "## É à ø ß Ж 洪水",
        "## e\N{COMBINING ACUTE ACCENT}t\N{LATIN SMALL LETTER E WITH ACUTE}",
        "## The *first* and **second** `third_word`",
        "## Use `code`",
        "## `code` {#own}",
        "## A [link](a.md) and ![an image](b.png) and [one by reference][r]\n\n[r]: c.md",
        "## snake_case and a~b^c",
        "## Words {#own-id}",
        "## Words {: #own-id .class }",
        "## Words {id=own-id}",
        "## Words {.class}",
        "## Words {#a} and more",
        "## Same\n\n## Same\n\n## Same",
        "## Same\n\n## Same_1\n\n## Same",
        "## Same {#same}\n\n## Same",
        "## Other\n\n## Same {#other}",
        "## !!!\n\n## ???",
        "First\n=====\n\nSecond\n------",
        "Two\nlines\n-----",
        "- item\n---",
        "# A\n---",
        "# A\ntext\n---",
        "    code\n---",
        "## escaped \\# sign \\#",
        "## <kbd>Ctrl</kbd> and <br> HTML",
        "## a < b > c",
        "####### seven",
        "```\n# code\n```\n\n## After",
        "~~~\n# code\n~~~\n## After",
        "```\n# never closed",
        "````\n```\n# still code\n````",
        "<!-- # hidden -->\n\n## Shown",
        "<!--\n# hidden\n-->\n\n## Shown",
        "<!-- never closed\n\n## Shown",
        "a `tick\n\n## Shown\n\nanother` tick",
        "\\# not a heading",
        " # not a heading",
        "## Long " + "word " * 100,
    ],
)
def test_anchors_of_the_check_are_those_of_the_site(text: str) -> None:
    assert found(text) == made(text)


WORDS = st.sampled_from(
    [
        "before",
        "Release",
        "été",
        "洪水",
        "2019",
        "a_1",
        "*first*",
        "**bold**",
        "_em_",
        "`code`",
        "`x*y`",
        "[link](a.md)",
        "![image](b.png)",
        "it’s",
        "R&D",
        "50 %",
        "C#",
        "(x)",
        "–",
        "!",
    ]
)
ATTRIBUTES = st.sampled_from(["", "", "", " {#own}", " {: #before }", " {.class}"])
HEADINGS = st.builds(
    lambda level, words, attributes: f"{'#' * level} {' '.join(words)}{attributes}",
    st.integers(min_value=1, max_value=6),
    st.lists(WORDS, min_size=1, max_size=3),
    ATTRIBUTES,
)


@given(st.lists(HEADINGS, min_size=1, max_size=8), st.sampled_from(["\n", "\n\n", "\n\ntext\n\n"]))
@settings(max_examples=150)
def test_anchors_agree_for_any_list_of_headings(headings: list[str], between: str) -> None:
    text = between.join(headings)
    assert found(text) == made(text)
