from __future__ import annotations

import pytest

from mkdocs_guidebook.checks import RULES
from mkdocs_guidebook.checks.facts import personal_data_in
from mkdocs_guidebook.content.fields import is_id
from mkdocs_guidebook.problems import Rule, did_you_mean, nearest

by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_each_rule_has_a_code_of_its_own() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


@by_code
def test_a_rule_says_what_it_does_why_it_matters_and_how_to_mend_it(rule: Rule) -> None:
    assert is_id(rule.code)
    assert all((rule.family, rule.title, rule.what, rule.why, rule.example, rule.fix))
    assert rule.title == rule.title.rstrip(".")
    assert rule.what.endswith(".") and rule.why.endswith(".")


@pytest.mark.parametrize(
    ("word", "match"),
    [
        ("titel", "title"),
        ("sumary", "summary"),
        ("Title", "title"),
        ("TOPICS", "topics"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(word: str, match: str | None) -> None:
    assert nearest(word, ["title", "summary", "topics"]) == match


def test_nothing_is_guessed_where_nothing_comes_close() -> None:
    assert (did_you_mean("xyz", ["title"]), did_you_mean("titl", ["title"])) == (
        "",
        ": did you mean `title`?",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call +33 1 23 45 67 89.", ["+33 1 23 45 67 89"]),
        ("Call 0123 45 67 89 or 0800-123456.", ["0123 45 67 89", "0800-123456"]),
        ("From 01.02.2026 to 05.03.2026.", []),
        ("From 01.02.2026-05.03.2026.", []),
        ("ISBN 0-306-40615-2, and 116 000.", []),
    ],
)
def test_numbers_that_look_like_those_of_telephones_are_found(text: str, found: list[str]) -> None:
    assert [match.group() for match, _ in personal_data_in(text)] == found
