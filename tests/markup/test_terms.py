from __future__ import annotations

import pytest

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.markup.terms import TermFinder

TERMS = [
    GlossaryTerm(
        id="gauge", term="Gauge", definition="A mark.", synonyms=["staff gauge"], spellings=["gage"]
    ),
    GlossaryTerm(id="water-authority", term="Water authority", definition="A body.", abbreviation="WA"),
    GlossaryTerm(id="water", term="Water", definition="H2O."),
    GlossaryTerm(id="licence", term="Licence (boats)", definition="A paper."),
    GlossaryTerm(id="co-operation", term="Co-operation", definition="Work together."),
    GlossaryTerm(id="exit", term="Exit", definition="A way out."),
]


def found(text: str, seen: set[str] | None = None) -> list[tuple[str, str]]:
    """Return the marked words and the ids of their terms."""
    finder = TermFinder(TERMS)
    return [(text[start:end], id) for start, end, id in finder.find(text, set() if seen is None else seen)]


def test_a_term_is_found_by_its_words_synonyms_and_spellings() -> None:
    assert [found(text) for text in ("The gauge.", "A staff gauge.", "The gage.")] == [
        [("gauge", "gauge")],
        [("staff gauge", "gauge")],
        [("gage", "gauge")],
    ]


def test_of_two_terms_that_begin_alike_the_longer_is_meant() -> None:
    assert found("The water authority watches.") == [("water authority", "water-authority")]


def test_the_shorter_of_two_terms_is_found_where_the_longer_is_not() -> None:
    assert found("The water rises.") == [("water", "water")]


def test_inside_a_term_no_other_is_looked_for() -> None:
    assert found("The water authority and the water authority.", {"water-authority"}) == []


def test_only_the_first_occurrence_is_marked() -> None:
    assert found("A gauge, a gauge and a staff gauge.") == [("gauge", "gauge")]


def test_what_the_page_has_marked_already_is_left_alone() -> None:
    assert found("A gauge by the water.", {"gauge"}) == [("water", "water")]


def test_capitals_do_not_matter_for_words() -> None:
    assert found("GAUGE") == [("GAUGE", "gauge")]


@pytest.mark.parametrize(
    ("text", "expected"), [("The WA says", [("WA", "water-authority")]), ("wa", []), ("Wa", [])]
)
def test_a_short_abbreviation_keeps_its_capitals(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [("two gauges", "gauges"), ("water authoritys", "water authoritys"), ("many WAs", "WAs")],
)
def test_a_plural_with_s_is_the_term(text: str, words: str) -> None:
    assert [word for word, _ in found(text)] == [words]


@pytest.mark.parametrize(
    "text", ["regauge", "gauged", "gauge_1", "gauge-reader", "tide-gauge", "waterproof", "exits_x", "WATER1"]
)
def test_a_part_of_another_word_is_no_term(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["‘gauge’", "'gauge'", "the gauge's", "the gauge’s", "(gauge)", "gauge—", "“gauge”,", "gauge."]
)
def test_quotes_and_other_signs_around_a_term_do_not_hide_it(text: str) -> None:
    assert [id for _, id in found(text)] == ["gauge"]


@pytest.mark.parametrize("text", ["Straße und GAUGE", "Straße und gauge", "STRASSE ẞ İ gauge ŉ"])
def test_signs_that_become_two_in_small_letters_move_nothing(text: str) -> None:
    assert [words.lower() for words, _ in found(text)] == ["gauge"]


def test_a_note_in_brackets_is_not_part_of_a_term() -> None:
    assert found("No licence.") == [("licence", "licence")]


def test_a_term_may_have_a_hyphen() -> None:
    assert found("Co-operation helps.") == [("Co-operation", "co-operation")]


def html(text: str) -> str:
    return Converter().blocks(text, Marks(resolve=lambda target, _: target, terms=TermFinder(TERMS))).html


def test_a_marked_term_leads_to_its_definition() -> None:
    link = '<a aria-describedby="term-gauge-definition" class="gb-term" href="#term-gauge">gauge</a>'
    assert html("The gauge rises.") == f"<p>The {link} rises.</p>"


@pytest.mark.parametrize(
    "text",
    ["## Gauge", "[a gauge](a.md)", "`gauge`", "```\ngauge\n```", "| Gauge |\n| --- |\n| x |", "[@gauge]"],
)
def test_headings_links_code_and_header_cells_have_no_terms(text: str) -> None:
    assert "gb-term" not in html(text)


def test_a_term_is_found_between_other_marks() -> None:
    assert html("*One* gauge and **water** `x` exit").count("gb-term") == 3


def test_the_words_around_a_term_stay_as_they_were() -> None:
    marked = html("Before *the* gauge and after *it*, and the water too.")
    assert "Before <em>the</em> <a" in marked
    assert "</a> and after <em>it</em>, and the <a" in marked
    assert marked.endswith("</a> too.</p>")
