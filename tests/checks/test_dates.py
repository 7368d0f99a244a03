from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.checks import run, today
from mkdocs_guidebook.checks.facts import months_later
from tests.tiny import ARTICLE, copy_valid, read_valid

DAY = datetime.date


@pytest.mark.parametrize(
    ("date", "months", "later"),
    [
        (DAY(2026, 1, 15), 1, DAY(2026, 2, 15)),
        (DAY(2026, 1, 31), 1, DAY(2026, 2, 28)),
        (DAY(2024, 1, 31), 1, DAY(2024, 2, 29)),
        (DAY(2024, 2, 29), 12, DAY(2025, 2, 28)),
        (DAY(2026, 12, 31), 12, DAY(2027, 12, 31)),
        (DAY(2026, 11, 30), 3, DAY(2027, 2, 28)),
        (DAY(9999, 6, 1), 120, DAY.max),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_that_month(date: DAY, months: int, later: DAY) -> None:
    assert months_later(date, months) == later


@given(st.dates(), st.integers(min_value=1, max_value=120))
def test_months_later_is_always_a_day(date: DAY, months: int) -> None:
    assert months_later(date, months) >= date


def overdue(root: Path, fields: str, on: DAY) -> bool:
    text = read_valid(ARTICLE).replace("country: NL", f"country: NL\n{fields}")
    problems = run(copy_valid(root, {ARTICLE: text}), on=on)[1]
    return "review-overdue" in [problem.code for problem in problems if problem.place.path == ARTICLE]


PUBLISHED = "published: 2025-06-15\nreview_every: 6"
REVIEWED = f"{PUBLISHED}\nreviews: [{{date: 2025-09-01, by: The editors, checked: All., outcome: unchanged}}]"


@pytest.mark.parametrize(
    ("fields", "on", "expected"),
    [
        (PUBLISHED, DAY(2025, 12, 15), False),
        (PUBLISHED, DAY(2025, 12, 16), True),
        (REVIEWED, DAY(2026, 3, 1), False),
        (REVIEWED, DAY(2026, 3, 2), True),
        ("review_every: 6", DAY(2099, 1, 1), False),
        ("published: 2025-06-15", DAY(2099, 1, 1), False),
    ],
)
def test_a_record_is_overdue_the_day_after_its_months_have_passed(
    project: Path, fields: str, on: DAY, expected: bool
) -> None:
    assert overdue(project, fields, on) is expected


def test_a_draft_is_never_overdue(project: Path) -> None:
    text = read_valid(ARTICLE).replace("status: published", f"status: draft\n{PUBLISHED}")
    problems = run(copy_valid(project, {ARTICLE: text}), on=DAY(2099, 1, 1))[1]
    assert "review-overdue" not in [problem.code for problem in problems if problem.place.path == ARTICLE]


def test_what_was_done_today_is_not_in_the_future(project: Path) -> None:
    text = read_valid(ARTICLE).replace("as_of: 2026-03-01", "as_of: 2026-11-23")
    assert run(copy_valid(project, {ARTICLE: text}), on=DAY(2026, 11, 23))[1] == []


@pytest.mark.parametrize(("epoch", "day"), [("0", DAY(1970, 1, 1)), ("1795392000", DAY(2026, 11, 23))])
def test_the_day_of_a_build_can_be_set(monkeypatch: pytest.MonkeyPatch, epoch: str, day: DAY) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", ["", "yesterday", "-1", "²", "9" * 30])
def test_what_is_no_day_is_left_alone(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() >= DAY(2026, 1, 1)
