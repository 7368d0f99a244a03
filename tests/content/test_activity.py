"""The standing of an activity is computed from what is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_guidebook.content.kinds.activity import Activity, Standing, criteria_met, standing_of

DESCRIBED = {"context", "approach"}
REPLICABLE = DESCRIBED | {"implementation", "who-was-involved"}
EVERYTHING = REPLICABLE | {"results", "lessons-learned", "next-steps"}


def activity(**fields: Any) -> Activity:
    return Activity.model_validate(
        {
            "title": "The school of Arles",
            "summary": "A school became a shelter.",
            "topics": ["warning"],
            "audiences": ["street"],
            "authors": ["The river towns"],
            "status": "published",
            "place": {"name": "Arles", "country": "FR"},
        }
        | fields
    )


def evaluated(kind: str = "outcome", finding: str = "positive") -> Activity:
    return activity(evaluation={"kind": kind, "finding": finding, "sources": ["meyer-2019"]})


@pytest.mark.parametrize(
    ("sections", "standing"),
    [
        (set(), Standing.OUTLINE),
        ({"context"}, Standing.OUTLINE),
        ({"approach"}, Standing.OUTLINE),
        (EVERYTHING - {"context"}, Standing.OUTLINE),
        (DESCRIBED, Standing.DESCRIBED),
        (DESCRIBED | {"implementation"}, Standing.DESCRIBED),
        (DESCRIBED | {"who-was-involved"}, Standing.DESCRIBED),
        (REPLICABLE, Standing.REPLICABLE),
        (EVERYTHING, Standing.REPLICABLE),
    ],
)
def test_what_is_written_decides_the_standing(sections: set[str], standing: Standing) -> None:
    assert standing_of(activity(), sections) is standing


def test_a_replicable_activity_with_a_positive_outcome_evaluation_is_good_practice() -> None:
    assert standing_of(evaluated(), EVERYTHING) is Standing.GOOD_PRACTICE


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        ("process", "positive"),
        ("plausibility", "positive"),
        ("outcome", "mixed"),
        ("outcome", "negative"),
        ("outcome", "unclear"),
    ],
)
def test_no_other_evaluation_makes_good_practice(kind: str, finding: str) -> None:
    assert standing_of(evaluated(kind, finding), EVERYTHING) is Standing.REPLICABLE


def test_an_evaluation_whose_results_are_not_told_makes_no_good_practice() -> None:
    assert standing_of(evaluated(), EVERYTHING - {"results"}) is Standing.REPLICABLE


def test_good_practice_cannot_be_had_without_what_makes_an_activity_replicable() -> None:
    assert standing_of(evaluated(), EVERYTHING - {"implementation"}) is Standing.DESCRIBED


def test_a_partner_without_a_documented_activity_is_no_more_than_that() -> None:
    assert standing_of(activity(confirmed=False), EVERYTHING) is Standing.PARTNER


def test_each_of_the_four_criteria_is_told_apart() -> None:
    assert criteria_met(evaluated(), {"context", "results"}) == {
        "problem": True,
        "mechanism": False,
        "evaluation": True,
        "replication": False,
    }
