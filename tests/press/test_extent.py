from __future__ import annotations

import io
import json
import re
import subprocess
from importlib import resources
from pathlib import Path

import pikepdf
import pytest
import typst as engine
from lxml import etree

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree, assemble
from mkdocs_guidebook.press.pdf import compile as compiling
from mkdocs_guidebook.press.pdf.compile import SHEET_SIZES, compile_pdf, typst_source
from mkdocs_guidebook.press.pdf.extent import PAGE, height_of, is_closing, is_short_card, row_heights
from mkdocs_guidebook.press.pdf.tables import table
from tests.press.samples import CHAPTER, FRONT, catalogue, project
from tests.tiny import ACTIVITY, read_valid

PRESS = resources.files("mkdocs_guidebook.press")
WORDS = "Agree on who keeps the list of names, and who may read it, before the water comes. "


def card(paragraphs: list[str]) -> Tree:
    inner = "".join(f"<p>{text}</p>" for text in paragraphs)
    return etree.fromstring(f"<section><h3>Advice</h3>{inner}</section>")


def rows(count: int, *texts: str) -> Tree:
    def row(name: str) -> str:
        return "<tr>" + "".join(f"<{name}>{text}</{name}>" for text in texts) + "</tr>"

    return etree.fromstring(f"<table><thead>{row('th')}</thead><tbody>{row('td') * count}</tbody></table>")


def written(element: Tree) -> str:
    markup, _ = table(element, lambda cell: typst.text(cell.text or ""), lambda row: "")
    return markup


def test_a_short_card_is_kept_and_a_long_one_may_break() -> None:
    assert is_short_card(card(["Some words."] * 4))
    assert not is_short_card(card([WORDS * 9, "Some words."] * 2))


def test_a_short_list_closes_a_card_and_a_long_one_breaks() -> None:
    items = [f"<ul>{'<li>One that is ticked</li>' * count}</ul>" for count in (5, 20)]
    assert [is_closing([etree.fromstring(item)]) for item in items] == [True, False]


def test_a_short_table_is_kept_and_a_long_one_shows_its_first_rows_together() -> None:
    short, long = written(rows(4, "Who", "What")), written(rows(9, WORDS, WORDS))
    assert "whole: true" in short
    assert "whole: true" not in long
    assert re.search(r"room: \d\dmm", long)


def test_what_holds_a_picture_may_break() -> None:
    """How high it is its text does not tell; what is higher than a page and does not break would be cut off."""
    assert not is_short_card(card(['<img src="a.svg"/>']))
    assert "whole: true" not in written(rows(4, "Who", '<img src="a.svg"/>'))


@pytest.mark.parametrize("paragraphs", [1, 4, 9])
@pytest.mark.parametrize("words", [30, 120])
def test_the_estimated_height_of_a_card_is_near_the_measured_one(paragraphs: int, words: int) -> None:
    texts = [" ".join((WORDS * 9).split()[:words])] * paragraphs
    shown = typst.call("recommendation", body="\n\n".join(map(typst.text, texts)))
    text = _measured(shown) - _measured(typst.call("recommendation", body=""))
    assert height_of([element for element in card(texts) if element.tag == "p"]) == pytest.approx(
        text, rel=0.2
    )


@pytest.mark.parametrize("count", [3, 9])
@pytest.mark.parametrize("words", [30, 120])
def test_the_estimated_height_of_rows_is_near_the_measured_one(count: int, words: int) -> None:
    text = " ".join((WORDS * 9).split()[:words])
    cell = etree.fromstring(f"<td>{text}</td>")
    estimate = sum(row_heights([[(0, cell), (1, cell)]] * count, [1, 1]))
    shown = written(rows(count, text, text)), written(rows(0, text, text))
    assert estimate == pytest.approx(_measured(shown[0]) - _measured(shown[1]), rel=0.2)


def test_a_long_recommendation_has_an_opening_and_a_closing_that_do_not_break(tmp_path: Path) -> None:
    front = FRONT.replace("Nothing may be lost [@meyer-2019].", f'"{WORDS * 12}"')
    documents = catalogue(
        project(tmp_path / "p", {CHAPTER: f"{front}\n## If you have only ten minutes\n\nRead.\n"})
    )
    source = typst_source(assemble(documents.press, documents.document(documents.specs["every-construct"])))
    advice = source[source.index("#recommendation(") : source.index("#exercise(")]
    assert "whole: true" not in advice
    assert (
        advice.index('#with-next()[#label-text()[#"For"]')
        < advice.index('#"Why"')
        < advice.index("#closing(")
    )
    assert "#task-list(" in advice[advice.index("#closing(") :]


def test_a_card_breaks_neither_behind_its_title_nor_in_its_closing(tmp_path: Path) -> None:
    cards = [
        f"#v({number * 7}mm)"
        + typst.call(
            "recommendation",
            advice=typst.content(f"Title-{number}"),
            body=f"#evidence[Strong] #with-next[For-{number}]\n\nWhy-{number} {WORDS * 9}"
            f"\n\n#closing[#list[First-{number}][Second][Last-{number}]]",
        )
        for number in range(24)
    ]
    _compiler("\n".join(cards)).compile(output=tmp_path / "cards.pdf", format="pdf")
    pages = _pages(tmp_path / "cards.pdf")
    for number in range(24):
        on = {
            name: next(
                at
                for at, page in enumerate(pages)
                if f"{name}-{number}\n" in page or f"{name}-{number} " in page
            )
            for name in ("Title", "For", "Why", "First", "Last")
        }
        assert on["Title"] == on["For"] == on["Why"], on
        assert on["First"] == on["Last"], on
    assert any(
        f"Why-{number} " in page and f"First-{number}\n" not in page for page in pages for number in range(24)
    )


def test_a_table_that_breaks_begins_with_two_rows_at_least(tmp_path: Path) -> None:
    tables = []
    for number in range(24):
        body = "".join(f"<tr><td>Row-{number}-{row}</td><td>{WORDS * 2}</td></tr>" for row in range(20))
        long = etree.fromstring(
            f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{body}</tbody></table>"
        )
        tables.append(f"#v({number * 8}mm)\n{written(long)}")
    _compiler("\n".join(tables)).compile(output=tmp_path / "tables.pdf", format="pdf")
    pages = _pages(tmp_path / "tables.pdf")
    first = {number: [f"Row-{number}-0 " in page for page in pages] for number in range(24)}
    second = {number: [f"Row-{number}-1 " in page for page in pages] for number in range(24)}
    last = {number: [f"Row-{number}-19 " in page for page in pages] for number in range(24)}
    assert first == second != last


def _pages(file: Path) -> list[str]:
    said = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True)
    return said.stdout.split("\f")


def _measured(markup: str) -> float:
    """Return how high something is on an A4 page, in millimetres."""
    compiler = _compiler(
        f"#layout(size => [#metadata(measure(width: size.width)[{markup}].height / 1mm)<measure>])",
        "#layout(size => [#metadata(size.height / 1mm)<measure>])",
    )
    height, page = json.loads(compiler.query("<measure>", field="value"))
    assert page == pytest.approx(PAGE)
    return float(height)


def _compiler(*markup: str) -> engine.Compiler:
    source = [
        "#let sheet-size = 9pt",
        '#let layout-name = "text"',
        (PRESS / "pdf" / "style.typ").read_text("utf-8"),
        '#show: document-style.with(names: (page-of: "", page: ""))',
        *markup,
    ]
    fonts = [str(PRESS / "fonts")]
    return engine.Compiler("\n".join(source).encode(), font_paths=fonts, ignore_system_fonts=True)


def test_below_a_heading_two_items_of_a_list_stand_at_least(tmp_path: Path) -> None:
    text = f"{FRONT}\n## If you have only ten minutes\n\n- Item-0\n- Item-1\n- Item-2\n\nThe end.\n"
    documents = catalogue(project(tmp_path / "p", {CHAPTER: text}))
    source = typst_source(assemble(documents.press, documents.document(documents.specs["every-construct"])))
    end = source.index('#"The end."')
    written = source[source.rindex("#part-heading(", 0, end) : end]
    heights = range(170, 230)
    _compiler(*(f"#pagebreak()#v({height}mm)\n{written}" for height in heights)).compile(
        output=tmp_path / "lists.pdf", format="pdf"
    )
    pages = [re.findall(r"If you have|Item-\d", page) for page in _pages(tmp_path / "lists.pdf")]
    shown = [page for page in pages if "If you have" in page]
    assert len(shown) == len(heights)
    assert {len(page) for page in shown} == {3, 4}


def test_a_practice_sheet_is_set_smaller_where_that_saves_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = 0
    for number in (4, 6, 7, 8, 9, 12):
        text = read_valid(ACTIVITY) + f"\n{WORDS * 3}\n" * number
        documents = catalogue(project(tmp_path / str(number), {ACTIVITY: text}))
        sheet = assemble(documents.press, documents.document(documents.specs["nijmegen"]))
        source = typst_source(sheet)
        made = _count(compile_pdf(sheet, source))
        counts = []
        for size in SHEET_SIZES:
            with monkeypatch.context() as only:
                only.setattr(compiling, "SHEET_SIZES", (size,))
                counts.append(_count(compile_pdf(sheet, source.replace(SHEET_SIZES[0], size))))
        assert made == min(counts)
        saved += made == 1 and counts[0] == 2
    assert saved


def _count(document: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(document)).pages)
