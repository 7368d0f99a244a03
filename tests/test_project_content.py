"""The content of this repository: nothing in it is wrong, and it holds what was promised, by count."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from pathlib import Path

import pytest

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.kinds.chapter import Exercise
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.problems.formats import as_text

ROOT = Path(__file__).parents[1]
OFFENDER_AS_NOUN = re.compile(
    r"\b(offenders?|terrorists|extremists|radicals|convicts?|inmates?|ex-(?:convict|offender|prisoner)s?)\b",
    re.I,
)
QUOTED = re.compile(r"[“\"'‘][^“”\"]*[”\"'’]|^\|.*$", re.M)


@pytest.fixture(scope="module")
def checked() -> tuple[Library, list[Problem]]:
    # A day on which no review is overdue and nothing lies in the future, so that time alone breaks nothing.
    return run(ROOT, on=datetime.date(2026, 12, 31))


def test_the_content_has_no_errors(checked: tuple[Library, list[Problem]]) -> None:
    errors = [problem for problem in checked[1] if problem.is_error]
    assert not errors, "\n" + as_text(errors[:20])


def test_all_of_it_was_read(checked: tuple[Library, list[Problem]]) -> None:
    library = checked[0]
    assert library.broken == frozenset()
    assert len(library.chapters) == 12
    assert len(library.book.parts) == 4
    assert len(library.articles) >= 7
    assert len(library.activities) >= 3


def test_personal_data_stands_nowhere(checked: tuple[Library, list[Problem]]) -> None:
    found = [problem for problem in checked[1] if problem.code == "personal-data"]
    assert not found, "\n" + as_text(found)


def test_no_warnings_either(checked: tuple[Library, list[Problem]]) -> None:
    assert not checked[1], "\n" + as_text(checked[1][:20])


# The chapters


def exercises(library: Library) -> dict[str, Exercise]:
    """Return every exercise by its address, as packs write it."""
    return {f"{chapter.id}#{one.id}": one for chapter in library.chapters for one in chapter.data.exercises}


def test_a_chapter_has_1200_to_2500_words(checked: tuple[Library, list[Problem]]) -> None:
    words = {chapter.id: chapter.body.words for chapter in checked[0].chapters}
    assert {id: n for id, n in words.items() if not 1200 <= n <= 2500} == {}


def test_a_chapter_has_3_to_5_key_messages_5_to_10_recommendations_and_2_exercises(
    checked: tuple[Library, list[Problem]],
) -> None:
    for chapter in checked[0].chapters:
        assert 3 <= len(chapter.data.key_messages) <= 5, chapter.id
        assert 5 <= len(chapter.data.recommendations) <= 10, chapter.id
        assert len(chapter.data.exercises) == 2, chapter.id


def test_a_chapter_has_its_sections_and_examples(checked: tuple[Library, list[Problem]]) -> None:
    for chapter in checked[0].chapters:
        wanted = {
            "If you have only ten minutes",
            "What we know and what we do not",
            "Common mistakes",
            "Work on it together",
        }
        assert wanted <= set(chapter.body.sections), chapter.id
        assert "](../local_activities/" in chapter.body.text, f"{chapter.id} shows no activity"
        assert "](../state_of_the_art/" in chapter.body.text, f"{chapter.id} shows no country"


def test_every_recommendation_has_people_reason_source_and_checklist(
    checked: tuple[Library, list[Problem]],
) -> None:
    for address, numbered in checked[0].recommendations.items():
        one = numbered.data
        assert one.audiences and one.because and one.sources, address
        assert len(one.checklist) >= 3, address


def test_every_recommendation_stands_in_the_text_of_its_chapter(
    checked: tuple[Library, list[Problem]],
) -> None:
    missing = [
        address
        for address, one in checked[0].recommendations.items()
        if f"::: recommendation {one.data.id}" not in one.chapter.body.text
    ]
    assert missing == []


def test_every_reason_names_the_certainty_and_what_would_raise_it(
    checked: tuple[Library, list[Problem]],
) -> None:
    for address, one in checked[0].recommendations.items():
        assert one.data.certainty.replace("-", " ") in one.data.because, address
        assert "raise" in one.data.because, address


def test_certainty_above_very_low_rests_on_a_study(checked: tuple[Library, list[Problem]]) -> None:
    # In GRADE's sense, a standard or an opinion that many share is not evidence of an effect.
    library = checked[0]
    for address, one in library.recommendations.items():
        if one.data.certainty == "very-low":
            continue
        assert one.data.certainty == "low", f"{address}: is there a good study?"
        studies = [
            id
            for id in one.data.sources
            if library.references[id].type in {"article-journal", "report"}
            and any(name.family for name in library.references[id].author)
        ]
        assert studies, address


def test_strong_advice_on_weak_evidence_says_why_it_is_strong(
    checked: tuple[Library, list[Problem]],
) -> None:
    silent = [
        address
        for address, one in checked[0].recommendations.items()
        if one.data.strength == "strong"
        and "The advice is strong because" not in " ".join(one.data.because.split())
    ]
    assert silent == []


def test_there_is_advice_for_everybody_in_every_phase(checked: tuple[Library, list[Problem]]) -> None:
    library = checked[0]
    advised = {
        (audience, phase)
        for one in library.recommendations.values()
        for audience in one.data.audiences
        for phase in one.data.phases or one.chapter.data.phases
    }
    wanted = {
        (audience.id, phase.id)
        for audience in library.vocabulary.audiences
        for phase in library.vocabulary.phases
    }
    assert wanted - advised == set()


def test_an_exercise_can_be_led(checked: tuple[Library, list[Problem]]) -> None:
    for address, one in exercises(checked[0]).items():
        assert sum(step.minutes or 0 for step in one.steps) == one.minutes, address
        assert all(step.minutes for step in one.steps), address
        assert one.materials and one.debrief and one.worksheet, address
        assert any("questions below" in step.text for step in one.steps), (
            f"{address}: no time to talk it over"
        )


# Packs


def minutes_of_day(time: str) -> int:
    """Return the minutes since midnight of a time such as 9:15."""
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)


def test_the_agenda_of_a_pack_adds_up(checked: tuple[Library, list[Problem]]) -> None:
    library = checked[0]
    assert len(library.book.packs) == 3
    for pack in library.book.packs:
        for item, following in pairwise(pack.agenda):
            lasts = minutes_of_day(following.time) - minutes_of_day(item.time)
            assert lasts > 0, f"{pack.id}: {item.time}"
            told = re.search(r"(\d+) minutes\)", item.text)
            assert told is None or int(told[1]) == lasts, f"{pack.id}: {item.time} {item.text}"


def test_a_pack_gives_each_exercise_its_minutes(checked: tuple[Library, list[Problem]]) -> None:
    library = checked[0]
    known = exercises(library)
    for pack in library.book.packs:
        planned = [
            int(minutes)
            for item in pack.agenda
            for minutes in re.findall(r"exercise, (\d+) minutes", item.text)
        ]
        assert planned == [known[address].minutes for address in pack.guides], pack.id
        assert pack.worksheets == pack.guides, pack.id
        needed = {address.split("#")[0] for address in pack.guides}
        assert needed <= set(pack.chapters), f"{pack.id}: exercises use tables of their chapters"


# Country articles


def test_an_article_has_600_to_1000_words_figures_and_our_reading(
    checked: tuple[Library, list[Problem]],
) -> None:
    for article in checked[0].articles:
        assert 600 <= article.body.words <= 1000, f"{article.id}: {article.body.words}"
        assert len(article.data.figures) >= 3, article.id
        assert all(figure.note for figure in article.data.figures), article.id
        section = article.body.sections["What others could take from this"]
        text = article.source.text[section.end : section.content_end]
        assert text.lstrip().startswith("This is our reading"), article.id


# References, words and people


def test_there_are_100_references_and_60_terms_and_25_organisations(
    checked: tuple[Library, list[Problem]],
) -> None:
    library = checked[0]
    assert len(library.references) >= 100
    assert len(library.terms) >= 60
    assert (
        sum(bool(term.synonyms or term.spellings or term.abbreviation) for term in library.terms.values())
        >= 40
    )
    linked = [one for one in library.organisations.values() if one.country and one.role and one.url]
    assert len(linked) >= 25


def test_a_reference_says_what_it_is_who_made_it_and_where_it_is(
    checked: tuple[Library, list[Problem]],
) -> None:
    # Known by their records only, and further reading: no address was found.
    without_address = {
        "altier-boyle-horgan",
        "brouillette-2022",
        "cherney-2018",
        "christensen-2015",
        "disley-2016",
        "fr-cc-2020-805",
        "fr-loi-2021-998",
        "koehler-fiebig-2019",
        "marsden-2015",
    }
    for id, one in checked[0].references.items():
        assert one.type and one.title, id
        assert one.author or one.publisher or one.container_title, f"{id}: who made it?"
        assert one.URL or one.DOI or id in without_address, f"{id}: where is it?"


def test_people_are_not_called_by_an_offence(checked: tuple[Library, list[Problem]]) -> None:
    library = checked[0]
    for record in library.records:
        prose = QUOTED.sub("", record.body.masked)
        assert OFFENDER_AS_NOUN.findall(prose) == [], record.path
