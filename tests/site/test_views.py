"""What pages show, before templates: cells of matrices, sources of terms and organisations, cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.site.views.base import PageView
from mkdocs_guidebook.site.views.cards import ListView
from mkdocs_guidebook.site.views.data_pages import GlossaryView, OrganisationsView
from mkdocs_guidebook.site.views.matrix import CELL_WORDS, MatrixView, beginning
from tests.site.sites import site_of, views_of
from tests.tiny import ARTICLE, copy_valid, read_valid

SENTENCE = "The water authorities warn the towns along the river, and the towns warn the streets."
SHORT = "text: The water authorities warn, and the safety regions act [@river-board-2024]."


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageView]:
    article = read_valid(ARTICLE).replace(SHORT, f"text: {' '.join([SENTENCE] * 5)}")
    article = article.replace("title: High water in the Netherlands", "title: Netherlands")
    project: Path = copy_valid(tmp_path_factory.mktemp("views") / "project", {ARTICLE: article})
    return views_of(site_of(project, language="en"))


def test_a_long_cell_begins_with_whole_sentences_and_holds_everything(views: dict[str, PageView]) -> None:
    matrix = views["state-of-the-art/compare.md"]
    assert isinstance(matrix, MatrixView)
    cell = matrix.rows[0].cells[0]
    assert cell.start == " ".join([SENTENCE] * 2)
    assert cell.html.count("The water authorities") == 5


@pytest.mark.parametrize("words", [1, CELL_WORDS])
def test_a_short_cell_is_not_folded(words: int) -> None:
    assert beginning("word " * words) == ""


def test_a_long_sentence_is_cut_between_words() -> None:
    start = beginning("word " * (CELL_WORDS + 1))
    assert start == "word " * CELL_WORDS + "…"


def test_a_source_that_a_text_cites_is_not_named_again(views: dict[str, PageView]) -> None:
    glossary, organisations = views["glossary.md"], views["organisations.md"]
    assert isinstance(glossary, GlossaryView)
    assert isinstance(organisations, OrganisationsView)
    terms = {term.id: term for _, terms in glossary.letters for term in terms}
    assert terms["sandbag"].sources == ""
    assert organisations.organisations[0].sources == ""


def test_a_card_says_nothing_twice(views: dict[str, PageView]) -> None:
    articles = views["state-of-the-art/index.md"]
    assert isinstance(articles, ListView)
    card = articles.groups[0].cards[0]
    assert (card.title, card.eyebrow) == ("Netherlands", "")
