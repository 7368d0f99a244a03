"""Citations in Pandoc's form become numbers that lead to the list of sources."""

from __future__ import annotations

import re

import pytest

from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.outline import find_citations


def marks(**settings: object) -> Marks:
    return Marks(resolve=lambda target, _: target, **settings)  # type: ignore[arg-type]


def html(text: str, on: Marks | None = None) -> str:
    return Converter().blocks(text, on or marks()).html


def words(text: str, on: Marks | None = None) -> str:
    """Return what a reader sees."""
    return re.sub(r"<[^>]+>", "", html(text, on)).strip()


def cited(text: str) -> list[tuple[str, str]]:
    return [(item.id, item.locator) for item in find_citations(text)]


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    assert words("One [@a], two [@b], three [@c].") == "One [1], two [2], three [3]."


def test_a_source_has_the_same_number_everywhere() -> None:
    assert words("One [@a; @b], and again [@b] and [@a].") == "One [1; 2], and again [2] and [1]."


def test_numbers_go_on_from_one_text_of_a_page_to_the_next() -> None:
    page = marks()
    assert [words(text, page) for text in ("One [@a].", "Two [@b], [@a].")] == ["One [1].", "Two [2], [1]."]


def test_numbers_that_a_page_gives_before_are_kept() -> None:
    assert words("One [@b].", marks(numbers={"a": 1, "b": 2})) == "One [2]."


def test_words_before_a_source_stay_before_its_number() -> None:
    assert words("As said [see @a, p. 12; but also @b; -@c].") == "As said [see 1, p. 12; but also 2; 3]."


def test_the_page_of_a_source_stands_behind_its_number() -> None:
    assert words("As said [@a, p. 12; @b, chapters 3-4].") == "As said [1, p. 12; 2, chapters 3-4]."


def test_a_locator_is_shown_in_the_words_of_the_site() -> None:
    assert words("[@a, p. 12]", marks(locator=lambda text: text.replace("p.", "S."))) == "[1, S. 12]"


def test_a_citation_leads_to_its_source_and_can_be_led_back_to() -> None:
    first, second = re.findall(r"<a [^>]*>", html("One [@a] and [@a]."))
    assert 'href="#source-a"' in first and 'id="cite-a-1"' in first
    assert 'href="#source-a"' in second and 'id="cite-a-2"' in second


def test_a_screen_reader_says_the_source_and_not_its_number() -> None:
    page = marks(source_name=lambda id, number: f"Source {number}: {id}")
    assert 'aria-label="Source 1: meyer-2019, p. 3"' in html("[@meyer-2019, p. 3]", page)


@pytest.mark.parametrize("text", ["`[@a]`", "``x [@a]``", "```\n[@a]\n```", "    [@a]", r"\[@a]"])
def test_code_has_no_citations(text: str) -> None:
    assert "gb-cite" not in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "jane@example.org",
        "[jane@example.org]",
        "[write to jane@example.org]",
        "<jane@example.org>",
        "@a",
        "[a @ b]",
        "[@]",
        "(@a)",
    ],
)
def test_a_mail_address_and_a_bare_sign_are_no_citations(text: str) -> None:
    assert "gb-cite" not in html(text)
    assert cited(text) == []


@pytest.mark.parametrize("text", ["[@a](x.md)", "[@a][r]\n\n[r]: x.md", "[@a words](x.md)"])
def test_a_link_is_no_citation(text: str) -> None:
    assert "gb-cite" not in html(text)
    assert cited(text) == []


def test_two_groups_may_stand_side_by_side() -> None:
    assert words("Said [@a][@b].") == "Said [1][2]."


def test_a_citation_may_be_broken_over_two_lines() -> None:
    assert words("Said [@a,\np. 3].").replace("\n", " ") == "Said [1, p. 3]."


def test_a_citation_may_stand_in_a_table_a_list_and_emphasis() -> None:
    text = "| A |\n| --- |\n| x [@a] |\n\n- y [@b]\n\n*z [@c]*"
    assert re.findall(r">(\d)</a>", html(text)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a]", [("a", "")]),
        ("[@a, p. 12; @b]", [("a", "p. 12"), ("b", "")]),
        ("[see @a, p. 3]", [("a", "p. 3")]),
        ("[-@a]", [("a", "")]),
        ("[@doi:10.1000/182, S. 4]", [("doi:10.1000/182", "S. 4")]),
        ("[@a_b-c]", [("a_b-c", "")]),
    ],
)
def test_ids_and_locators_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert cited(text) == expected


def test_places_are_those_of_the_ids() -> None:
    text = "Said [see @meyer-2019, p. 3; @b]."
    assert [text[item.start : item.end] for item in find_citations(text)] == ["@meyer-2019", "@b"]
