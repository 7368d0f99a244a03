from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_guidebook.checks import RULES, printing
from mkdocs_guidebook.checks.linking import EXTERNAL_LINK
from mkdocs_guidebook.content import rules
from tests.broken import CASES, expected_of, project_of
from tests.tiny import VALID, problems_of

NOT_HERE = {rules.TOO_LARGE.code, printing.UNPRINTABLE.code, EXTERNAL_LINK.code}
"""Rules whose broken file is too large to be kept (see test_files.py), that only the press finds, or that ask
other sites (see test_external.py)."""


def test_the_valid_project_has_no_problem() -> None:
    assert problems_of(VALID) == []


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_found_where_it_is(case: str, tmp_path: Path) -> None:
    found = problems_of(project_of(case, tmp_path / case))
    assert [f"{problem.place} {problem.code}" for problem in found] == [
        f"{match['place']} {match['code']}" for match in expected_of(case)
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_place_is_that_of_the_very_words(case: str, tmp_path: Path) -> None:
    root = project_of(case, tmp_path / case)
    for match in expected_of(case):
        if match["words"]:
            text = (root / match["path"]).read_bytes().decode("utf-8-sig")
            line = re.split(r"\r\n|\n", text)[int(match["line"]) - 1]
            assert line[int(match["column"]) - 1 :].startswith(match["words"])


def test_every_rule_has_a_broken_case() -> None:
    covered = {match["code"] for case in CASES for match in expected_of(case)}
    assert {rule.code for rule in RULES} - covered == NOT_HERE
