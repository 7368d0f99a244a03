"""The content of this repository: nothing in it is wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.problems.formats import as_text

ROOT = Path(__file__).parents[1]


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
    assert len(library.chapters) >= 3
    assert len(library.articles) >= 7
    assert len(library.activities) >= 3
    assert len(library.terms) >= 30


def test_personal_data_stands_nowhere(checked: tuple[Library, list[Problem]]) -> None:
    found = [problem for problem in checked[1] if problem.code == "personal-data"]
    assert not found, "\n" + as_text(found)
