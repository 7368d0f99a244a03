from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mkdocs_guidebook.checks import RULES
from mkdocs_guidebook.problems import Place, Problem, Rule, Severity
from mkdocs_guidebook.problems.formats import FORMATS, as_github, as_json, as_sarif, as_text
from tests.broken import CASES, project_of
from tests.tiny import FIXTURES, problems_of

RULE = Rule("a-rule", "a family", "A title", "What.", "Why.", "An example", "A fix")
ADVICE = Rule("advice", "a family", "A title", "What.", "Why.", "An example", "A fix", Severity.WARNING)


def problem(
    line: str = "title: Floods", start: int = 8, end: int = 14, rule: Rule = RULE, path: str = "docs/a.md"
) -> Problem:
    place = Place(path, 3, start, 3, end)
    return Problem(rule, place, "something is wrong", "Correct it.", ("one", "two"), line)


def frame(line: str, start: int, end: int) -> tuple[str, str]:
    """Return the line as it is shown, and the carets below it, both without the gutter."""
    _, shown, carets, *_ = as_text([problem(line, start, end)]).split("\n")
    return shown.removeprefix("  3 | "), carets.removeprefix("    | ")


# Text


def test_text_has_place_message_line_carets_allowed_values_and_advice() -> None:
    assert as_text([problem()], "https://example.org/{code}/").split("\n") == [
        "docs/a.md:3:8: error: something is wrong [a-rule]",
        "  3 | title: Floods",
        "    |        ^^^^^^",
        "  Allowed: one, two",
        "  What to do: Correct it.",
        "  More: https://example.org/a-rule/",
    ]


def test_carets_stand_below_the_words_behind_a_tab() -> None:
    assert frame("\ttitle: Floods", 9, 15) == (" title: Floods", "        ^^^^^^")


def test_carets_are_as_wide_as_wide_characters() -> None:
    shown, carets = frame("洪水: Floods", 1, 3)
    assert (shown, carets) == ("洪水: Floods", "^^^^")


def test_carets_leave_room_for_wide_characters_in_front() -> None:
    assert frame("洪水: Floods", 5, 11)[1] == "      ^^^^^^"


def test_a_combining_accent_takes_no_room() -> None:
    decomposed = "cafe\N{COMBINING ACUTE ACCENT}: Floods"
    assert frame(decomposed, 8, 14)[1] == "      ^^^^^^"


def test_a_terminal_cannot_be_steered_by_what_a_file_holds() -> None:
    text = as_text(
        [
            Problem(
                RULE, Place("docs/\x1b[2J.md", 1, 1), "`\x1b[2J` is wrong", "Delete \u202e it.", (), "\x07 x"
            )
        ]
    )
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_of_a_very_long_line_the_part_around_the_words_is_shown() -> None:
    shown, carets = frame("a" * 5000 + "WORD" + "b" * 5000, 5001, 5005)
    assert len(shown) < 160
    assert shown.startswith("…") and shown.endswith("…")
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "WORD"


def test_a_place_behind_the_end_of_its_line_has_one_caret() -> None:
    assert frame("title:", 7, 7) == ("title:", "      ^")


def test_a_range_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    text = as_text([Problem(RULE, Place("docs/a.md", 3, 8, 5, 2), "wrong", "", (), "title: Floods")])
    assert text.split("\n")[2] == "    |        ^^^^^^"


def test_of_many_allowed_values_twelve_are_named() -> None:
    allowed = tuple(str(number) for number in range(20))
    assert "11 and 8 more" in as_text([Problem(RULE, Place("a.md"), "wrong", "", allowed)])


# JSON


def test_json_is_an_array_of_objects_with_the_promised_keys() -> None:
    (item,) = json.loads(as_json([problem()]))
    keys = ["code", "severity", "path", "line", "column", "message", "hint"]
    assert [item[key] for key in keys] == [
        "a-rule",
        "error",
        "docs/a.md",
        3,
        8,
        "something is wrong",
        "Correct it.",
    ]


def test_json_of_no_problem_is_an_empty_array() -> None:
    assert json.loads(as_json([])) == []


# GitHub


def test_a_github_annotation_points_at_its_line_and_columns() -> None:
    assert as_github([problem()]) == (
        "::error file=docs/a.md,line=3,endLine=3,col=8,endColumn=13,title=a-rule::something is wrong%0ACorrect it."
    )


def test_a_warning_is_a_github_warning() -> None:
    assert as_github([problem(rule=ADVICE)]).startswith("::warning file=")


def test_a_github_annotation_cannot_be_ended_by_its_words() -> None:
    text = as_github([Problem(RULE, Place("docs/a,b:c.md"), "100 %\n::error::forged\r", "")])
    assert text == (
        "::error file=docs/a%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=1,title=a-rule::"
        "100 %25%0A::error::forged%0D"
    )


def test_a_github_annotation_over_several_lines_has_no_columns() -> None:
    text = as_github([Problem(RULE, Place("docs/a.md", 3, 8, 5, 2), "wrong", "")])
    assert text == "::error file=docs/a.md,line=3,endLine=5,title=a-rule::wrong"


# SARIF


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    text = (FIXTURES / "sarif-schema-2.1.0.json").read_text("utf-8")
    return jsonschema.Draft4Validator(json.loads(text))


@pytest.mark.parametrize("case", CASES[::8])
def test_sarif_of_real_problems_is_valid(
    case: str, tmp_path: Path, schema: jsonschema.Draft4Validator
) -> None:
    log = json.loads(as_sarif(problems_of(project_of(case, tmp_path / case)), "https://example.org/{code}/"))
    assert list(schema.iter_errors(log)) == []


def test_sarif_of_every_rule_is_valid(schema: jsonschema.Draft4Validator) -> None:
    log = json.loads(as_sarif([problem(rule=rule) for rule in RULES]))
    assert list(schema.iter_errors(log)) == []


def test_sarif_of_no_problem_is_valid(schema: jsonschema.Draft4Validator) -> None:
    assert list(schema.iter_errors(json.loads(as_sarif([])))) == []


def test_a_sarif_result_names_its_rule_level_and_region() -> None:
    (run,) = json.loads(as_sarif([problem(rule=ADVICE), problem()]))["runs"]
    result = run["results"][1]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "a-rule"
    assert (run["results"][0]["level"], result["level"]) == ("warning", "error")
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 8,
        "endLine": 3,
        "endColumn": 14,
    }


def test_a_sarif_path_is_an_address() -> None:
    (run,) = json.loads(as_sarif([problem(path="docs/é b.md")]))["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "docs/%C3%A9%20b.md"


# All


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_name_that_is_no_text_can_be_printed(form: str) -> None:
    FORMATS[form]([problem(path="docs/f\udce9vrier.md")], "").encode()
