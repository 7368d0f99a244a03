"""Contributed text stays text in a review, whatever stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mkdocs_guidebook.editing.review_markdown import code, escaped, marked, with_code
from mkdocs_guidebook.editions.wording import BlockChange, Run
from tests.editing.reviews import said
from tests.site.projects import edit
from tests.tiny import ACTIVITY, CHAPTER

HOSTILE = (
    "@everyone please",
    "fixes #1 and !2, GH-3",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[click](https://evil.example) ![x](https://evil.example/x.png)",
    "`code` ``` ~~struck~~ **bold** | cell |",
    "--> <!-- guidebook-review -->",
    "# heading",
    "- item",
    "1. item",
    "===",
    "&lt;b&gt; &#64;everyone",
    ":tada: $x^2$",
    "\\",
)


def rendered(markdown: str) -> str:
    """Return Markdown as a code host shows it."""
    return MarkdownIt("gfm-like", {"linkify": False}).render(markdown)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "frame", ["{}", "- {}", "> {}", "### {}", "| {} |\n| --- |\n| {} |", "*x {}*", "**{}**"]
)
def test_contributed_text_is_shown_as_it_is(text: str, frame: str) -> None:
    plain = rendered(frame.replace("{}", "x"))
    shown = rendered(frame.replace("{}", escaped(text))).replace("\N{WORD JOINER}", "")
    expected = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if frame == "**{}**":
        assert expected in shown
    else:
        assert shown == re.sub(r"(?<![a-z])x(?= |<|$)(?! \()", lambda _: expected, plain) or expected in shown
    assert not re.search(r"<(?!/?(p|ul|ol|li|blockquote|h3|table|thead|tbody|tr|th|td|em|strong)\b)", shown)


@given(st.text(max_size=60))
def test_no_contributed_text_makes_an_element_of_its_own(text: str) -> None:
    shown = rendered(f"x {escaped(text)} x")
    assert re.findall(r"<(/?\w+)", shown) == ["p", "/p"]
    assert not re.search(r"@\w", shown)


@given(st.text("` a@<[", max_size=20))
def test_values_of_a_message_are_code_and_nothing_else_is_marked(text: str) -> None:
    shown = rendered(f"x {with_code(text)} x")
    assert set(re.findall(r"<(/?\w+)", shown)) <= {"p", "/p", "code", "/code"}


@given(st.text(max_size=40))
def test_code_is_one_piece_of_code_whatever_stands_in_it(text: str) -> None:
    assert re.findall(r"<(/?\w+)", rendered(f"x {code(text)} x")) == ["p", "code", "/code", "/p"]


@given(st.lists(st.tuples(st.sampled_from(["same", "added", "deleted"]), st.text(max_size=12)), max_size=6))
def test_marks_of_a_change_are_marks_whatever_stands_between_them(runs: list[tuple[str, str]]) -> None:
    block = BlockChange(
        kind="paragraph",
        state="changed",
        runs=tuple(Run(state=state, text=text) for state, text in runs),  # type: ignore[arg-type]
    )
    shown = rendered(f"x {marked(block)} x")
    wanted = [
        {"added": ("strong", "ins"), "deleted": ("s", "del")}[state]
        for state, text in runs
        if state != "same" and escaped(text)
    ]
    found = list(re.findall(r"<(\w+)|&lt;(ins|del)&gt;", shown))
    names = [one or other for one, other in found if (one or other) != "p"]
    assert len(names) == len(wanted)
    assert all(name in pair for name, pair in zip(names, wanted, strict=True))


def test_a_pull_request_cannot_call_people_or_inject_html(root: Path) -> None:
    edit(root / CHAPTER, "neighbours who need help", "@everyone <img src=x> `[x](//evil.example)`")
    edit(root / ACTIVITY, "title: The street list of Nijmegen", 'title: "@team | <b>x</b> --> #1"')
    text = said(root)
    assert not re.search(r"@\w", text)
    assert not re.search(r"<(?!ins>|/ins>|del>|/del>|!-- guidebook-review -->)", text)
    assert text.count("<!--") == 1
