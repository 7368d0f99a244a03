from __future__ import annotations

import json
from importlib import resources

import pytest
import typst as engine
from lxml import etree

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree
from mkdocs_guidebook.press.pdf.extent import SHARES, breaks

PRESS = resources.files("mkdocs_guidebook.press")


def card(paragraphs: list[str], extra: str = "") -> Tree:
    inner = "".join(f"<p>{text}</p>" for text in paragraphs)
    return etree.fromstring(f"<section><h3>Advice</h3>{inner}{extra}</section>")


def test_a_short_card_is_kept_and_a_long_one_may_break() -> None:
    assert breaks("recommendation", card(["Some words."] * 4)) is False
    assert breaks("recommendation", card(["Some words. " * 50] * 12)) is True
    assert breaks("exercise", card(["Some words. " * 20] * 9)) is True


def test_a_text_that_leaves_a_doubt_is_measured() -> None:
    assert breaks("recommendation", card(["Some words. " * 12] * 14)) is None
    assert breaks("recommendation", card(["Some words."], '<p><img src="a.svg"/></p>')) is None


@pytest.mark.parametrize("word", ["MUNICIPALITY ", "little ", "Some words, and more. "])
@pytest.mark.parametrize(("layout", "paper"), [("text", "us-letter"), ("text", "a4"), ("form", "a4")])
def test_what_a_text_tells_is_what_measuring_tells(word: str, layout: str, paper: str) -> None:
    texts = [[word * words] * count for words in (1, 12, 50) for count in (1, 4, 8, 12, 16, 24, 40)]
    cards = [
        typst.call(
            "recommendation",
            advice=typst.content("Advice"),
            breakable=False,
            body="\n\n".join(map(typst.text, paragraphs)),
        )
        for paragraphs in texts
    ]
    source = [
        "#let sheet-size = 9pt",
        f"#let layout-name = {typst.literal(layout)}",
        (PRESS / "pdf" / "style.typ").read_text("utf-8"),
        f'#show: document-style.with(paper: {typst.literal(paper)}, names: (page-of: ""))',
        "#let share(it) = layout(size => [#metadata(measure(width: size.width, it).height / size.height)<share>])",
        *(typst.call("share", body=card) for card in cards),
    ]
    fonts = [str(PRESS / "fonts")]
    compiler = engine.Compiler("\n".join(source).encode(), font_paths=fonts, ignore_system_fonts=True)
    told = [(breaks(kind, card(paragraphs)), share) for kind, share in SHARES.items() for paragraphs in texts]
    measured = json.loads(compiler.query("<share>", field="value")) * len(SHARES)
    assert {breakable for breakable, _ in told} == {True, False, None}
    for (breakable, share), height in zip(told, measured, strict=True):
        if breakable is not None:
            assert breakable == (height > share), (height, share)
