from __future__ import annotations

import pytest

from mkdocs_guidebook.markup.convert import Converter, clean, plain_text
from mkdocs_guidebook.markup.marks import Marks


def marks() -> Marks:
    return Marks(resolve=lambda target, is_image: f"resolved/{target}")


def html(text: str) -> str:
    return Converter().blocks(text, marks()).html


def inline(text: str) -> str:
    return Converter().inline(text, marks())


def test_a_text_of_one_paragraph_has_no_paragraph_around_it() -> None:
    assert inline("Know *your* neighbours.") == "Know <em>your</em> neighbours."


@pytest.mark.parametrize("text", ["Know your neighbours.", "é ö 洪水", "4 m", "(brackets), commas; dots."])
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize("text", ["R&D", "a < b", "a > b", 'it\'s "so"'])
def test_signs_of_html_are_shown(text: str) -> None:
    assert plain_text(inline(text)) == text


def test_lines_of_one_paragraph_are_joined() -> None:
    assert inline("Know\n  *your*\nneighbours.") == "Know <em>your</em> neighbours."


def test_links_and_images_are_resolved() -> None:
    assert 'href="resolved/a.md"' in html("[words](a.md)")
    assert 'src="resolved/a.png"' in html("![alt](a.png)")


def test_links_by_reference_are_resolved() -> None:
    assert 'href="resolved/a.md"' in html("[words][r]\n\n[r]: a.md")


def test_images_are_loaded_when_they_are_needed() -> None:
    assert 'loading="lazy"' in html("![alt](a.png)")


def test_header_cells_name_their_columns() -> None:
    assert html("| a | b |\n| --- | ---: |\n| c | d |").count('<th scope="col"') == 2


def test_the_alignment_of_a_cell_is_kept_without_a_style() -> None:
    shown = html("| a | b |\n| --- | ---: |\n| c | d |")
    assert 'class="gb-right"' in shown
    assert "style=" not in shown


def test_a_task_list_can_be_ticked() -> None:
    assert html("- [ ] one\n- [x] two").count('type="checkbox"') == 2


def test_footnotes_lead_there_and_back() -> None:
    shown = Converter().blocks("Text[^a].\n\n[^a]: Note.", Marks(resolve=lambda target, _: target)).html
    assert 'href="#fn:a"' in shown and 'href="#fnref:a"' in shown


def test_the_short_list_of_html_is_kept() -> None:
    assert html('H<sub>2</sub>O, <abbr title="gauge">WG</abbr>').startswith(
        '<p>H<sub>2</sub>O, <abbr title="gauge">WG</abbr>'
    )


def test_contents_are_nested_by_level() -> None:
    toc = Converter().blocks("## A\n\n### B\n\n### C\n\n## D", marks()).toc
    assert [(entry.title, [child.title for child in entry.children]) for entry in toc] == [
        ("A", ["B", "C"]),
        ("D", []),
    ]


def test_nothing_of_one_page_is_left_for_the_next() -> None:
    converter = Converter()
    converter.blocks("[r]: a.md\n\n*[WG]: gauge\n\n## Same\n\n[^1]\n\n[^1]: Note.", marks())
    assert (
        converter.blocks("## Same\n\n[r] WG [^1]", marks()).html
        == Converter().blocks("## Same\n\n[r] WG [^1]", marks()).html
    )


def test_nothing_cleaned_is_nothing() -> None:
    assert clean(" \n") == ""
