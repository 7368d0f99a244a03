"""Whatever a contributed text holds, the HTML that comes out cannot run, fetch or imitate anything."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.terms import TermFinder

FORBIDDEN = {"script", "iframe", "object", "embed", "style", "form", "link", "meta", "base", "svg", "math"}
FORBIDDEN |= {
    "video",
    "audio",
    "source",
    "track",
    "frame",
    "frameset",
    "applet",
    "template",
    "button",
    "textarea",
}
SCHEMES = {"", "http", "https", "mailto", "tel"}
FINDER = TermFinder([GlossaryTerm(id="gauge", term="gauge", definition="A mark.")])
CONVERTER = Converter()


def convert(text: str) -> str:
    return CONVERTER.blocks(text, Marks(resolve=lambda target, _: target, terms=FINDER)).html


def assert_safe(page: str) -> None:
    """Check the elements, attributes and addresses of HTML as a browser would read it."""
    for element in lxml_html.fromstring(f"<div>{page}</div>").iter():
        assert element.tag not in FORBIDDEN
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on") and name != "style"
            if name in ("href", "src"):
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value.lower()))
                assert (scheme[1] if scheme else "") in SCHEMES
            if name == "src":
                assert urlsplit(value).netloc == "" and not scheme


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<ScRiPt src=//example.org/x.js>",
        "<img src=x onerror=alert(1)>",
        '<img src="https://example.org/count.png">',
        '<img src="//example.org/count.png">',
        '<img src="/\\example.org/count.png">',
        "![x](https://example.org/count.png)",
        '![x](a.png){ src="https://example.org/count.png" onload="alert(1)" style="position:fixed" }',
        '[x](a.md){ href="javascript:alert(1)" onclick="alert(1)" }',
        "[x](javascript:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '<a href="vbscript:x">y</a>',
        "<svg onload=alert(1)><script>x</script></svg>",
        '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        "<style>@import 'https://example.org/a.css';</style>",
        '<form action="https://example.org"><button>x</button></form>',
        '<base href="https://example.org/">',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        '[x](a.md "<table onmouseover=alert(1) x")',
        "![<table onmouseover=alert(1) x](a.png)",
        '*[WG]: "><script>alert(1)</script>\n\nWG',
        "```{.html onload=alert(1)}\nx\n```",
        '??? note "<script>alert(1)</script>"\n    x',
        '=== "<img src=x onerror=alert(1)>"\n    x',
        "x[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
        '[@a"onclick="alert(1)]',
        "<!-- --!> <script>alert(1)</script> -->",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '## <img src=x onerror=alert(1)> {#"onclick=alert(1)}',
    ],
)
def test_known_attacks_come_to_nothing(text: str) -> None:
    assert_safe(convert(text))


FRAGMENTS = st.sampled_from(
    [
        "[", "]", "(", ")", "![", "](", "<", ">", "</", "<script", "<img src=", "<svg ", "<a href=", "<table ",
        "javascript:", "data:", "https://example.org/", "//", "onerror=", "onload='x'", " style=", '"', "'", "`",
        "```\n", "~~~\n", "&#106;", "&colon;", "\\", "*", "_", "^", "~", "|", "| a | b |\n| --- | --- |\n", "- ",
        "1. ", "> ", "    ", "\t", "\n", "\n\n", "# ", "## a", "---", "===", ":   ", ":::", "::: recommendation a",
        "[@", "[@a, p. 1]", "[^", "[^1]", "[^1]: ", "*[a]: ", "[a]: ", "{", "}", "{: #a }", "{ src=x }", "!!! note",
        "??? ", '=== "a"', "- [ ] ", "<!--", "-->", "<![CDATA[", "<?", "gauge", "a", "é", "洪", "\x02", "\x03", "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03", "\ue000", "\ue001", "\ue000recommendation:a\ue001", "<p>", "<div markdown='1'>", "<details open>",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
@settings(max_examples=600)
def test_no_mixture_of_signs_is_dangerous_or_an_error(text: str) -> None:
    assert_safe(convert(text))


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_no_text_is_dangerous_or_an_error(text: str) -> None:
    assert_safe(convert(text))


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
@settings(max_examples=150)
def test_text_of_one_paragraph_is_as_safe(text: str) -> None:
    assert_safe(CONVERTER.inline(text, Marks(resolve=lambda target, _: target)))


@pytest.mark.parametrize("text", ["1. " * 3000, "".join("    " * depth + "- a\n" for depth in range(300))])
def test_lists_without_end_are_shown_as_they_were_written(text: str) -> None:
    assert convert(text).startswith(
        '<pre tabindex="0">1. 1.' if text.startswith("1") else '<pre tabindex="0">- a'
    )


def test_a_text_that_was_too_much_does_not_spoil_the_next() -> None:
    expected = convert("- a\n\n    b")
    convert("1. " * 3000)
    assert convert("- a\n\n    b") == expected


def test_the_same_text_gives_the_same_html() -> None:
    text = "## A\n\nx [@a] *y*[^1]\n\n[^1]: z\n\n| a |\n| --- |\n| b |"
    assert (
        convert(text)
        == convert(text)
        == Converter().blocks(text, Marks(resolve=lambda t, _: t, terms=FINDER)).html
    )
