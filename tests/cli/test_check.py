"""`guidebook check` as people and programs call it: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.site.projects import copy_foreign, edit, guidebook, run

CHAPTER = "guidebook/accueillir-une-recrue.md"
ARTICLE = "state_of_the_art/belgique.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the French guide, without a problem."""
    return copy_foreign(tmp_path / "guide")


@pytest.fixture
def wrong(project: Path) -> Path:
    """The guide with an error in a chapter and one in an article."""
    edit(project / CHAPTER, "strength: conditionnelle", "strength: conditionelle")
    edit(project / ARTICLE, "country: BE", "country: Belgique")
    return project


@pytest.fixture
def doubtful(project: Path) -> Path:
    """The guide with a warning and no error."""
    edit(project / CHAPTER, "Voir aussi la", "Écrivez à chef@exemple.example.org. Voir aussi la")
    return project


def test_a_configuration_in_another_encoding_is_no_matter_of_the_check(project: Path) -> None:
    configuration = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_bytes(f"# Réglages\n{configuration}".encode("latin-1"))
    result = guidebook("check", cwd=project)
    assert (result.code, result.err) == (0, "")


# Exit codes


def test_a_clean_project_exits_with_0_and_says_so(project: Path) -> None:
    result = guidebook("check", cwd=project)
    assert (result.code, result.out, result.err) == (
        0,
        "7 records checked: nothing is wrong.\n",
        "",
    )


def test_errors_exit_with_1(wrong: Path) -> None:
    assert guidebook("check", cwd=wrong).code == 1


def test_warnings_exit_with_0(doubtful: Path) -> None:
    result = guidebook("check", cwd=doubtful)
    assert result.code == 0
    assert "warning: " in result.out
    assert "0 errors, 1 warning" in result.text


def test_warnings_exit_with_1_in_strict_mode(doubtful: Path) -> None:
    assert guidebook("check", "--strict", cwd=doubtful).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    {
        ("--farbe",): "--farbe",
        ("--format", "xml"): "'xml' is not one of 'text', 'json', 'github', 'sarif'",
        ("nowhere.md",): "there is no file or folder nowhere.md",
        ("guidebook/nowhere",): "there is no file or folder guidebook/nowhere",
        ("..",): "outside the project",
        ("../elsewhere.md",): "outside the project",
        ("/",): "outside the project",
        ("--project", "nowhere"): "'nowhere' does not exist",
        ("--project", "mkdocs.yml"): "'mkdocs.yml' is a file",
    }.items(),
)
def test_wrong_use_exits_with_2_and_says_what_is_wrong(
    project: Path, arguments: tuple[str, ...], words: str
) -> None:
    (project.parent / "elsewhere.md").write_text("# Elsewhere", "utf-8")
    result = guidebook("check", *arguments, cwd=project)
    assert result.code == 2
    assert words in " ".join(result.err.split())
    assert "Usage: " in result.err
    assert result.out == ""


def test_an_unknown_command_is_wrong_use(project: Path) -> None:
    result = guidebook("chek", cwd=project)
    assert result.code == 2
    assert "No such command 'chek'" in result.err


# PATHS


@pytest.mark.parametrize(
    "path", [CHAPTER, f"./{CHAPTER}", "guidebook", "guidebook/", "guidebook/../guidebook"]
)
def test_a_path_chooses_what_is_shown(wrong: Path, path: str) -> None:
    result = guidebook("check", path, cwd=wrong)
    assert result.code == 1
    assert f"{CHAPTER}:" in result.out
    assert ARTICLE not in result.out


def test_several_paths_are_joined(wrong: Path) -> None:
    result = guidebook("check", CHAPTER, "state_of_the_art", "data", cwd=wrong)
    assert f"{CHAPTER}:" in result.out
    assert f"{ARTICLE}:" in result.out


def test_the_project_itself_chooses_everything(wrong: Path) -> None:
    everything = guidebook("check", cwd=wrong).out
    assert guidebook("check", ".", cwd=wrong).out == everything
    assert guidebook("check", str(wrong), cwd=wrong).out == everything


def test_a_path_is_counted_from_where_one_stands(wrong: Path) -> None:
    result = guidebook("check", "--project", "..", "belgique.md", cwd=wrong / "state_of_the_art")
    assert result.code == 1
    assert f"{ARTICLE}:" in result.out
    assert CHAPTER not in result.out


def test_a_path_is_also_counted_from_the_project(wrong: Path) -> None:
    result = guidebook("check", "--project", str(wrong), ARTICLE, cwd=wrong.parent)
    assert result.code == 1
    assert f"{ARTICLE}:" in result.out


def test_a_path_without_problems_exits_with_0_though_others_have_some(wrong: Path) -> None:
    assert guidebook("check", "local_activities", cwd=wrong).code == 0


def test_a_file_whose_name_begins_like_the_path_is_not_chosen(wrong: Path) -> None:
    (wrong / "guidebook2").mkdir()
    (wrong / "guidebook2/note.txt").write_text("rien", "utf-8")
    result = guidebook("check", "guidebook2", cwd=wrong)
    assert result.code == 0
    assert CHAPTER not in result.out


# Formats


def test_text_points_at_the_word(wrong: Path) -> None:
    lines = guidebook("check", CHAPTER, cwd=wrong).out.splitlines()
    assert re.fullmatch(
        rf"{CHAPTER}:\d+:15: error: .*did you mean `conditionnelle`\?.* \[unknown-term\]", lines[0]
    )
    assert lines[1].endswith("|     strength: conditionelle")
    assert lines[2].rstrip().endswith("^" * len("conditionelle"))
    assert lines[2].index("^") == lines[1].index("conditionelle")
    assert lines[3] == "  Allowed: forte, conditionnelle, bonne-pratique"
    assert lines[4].startswith("  What to do: ")


def test_text_leads_to_the_page_of_the_rule(wrong: Path) -> None:
    assert (
        "  More: https://guide.example.org/pompiers/rules/unknown-term/" in guidebook("check", cwd=wrong).out
    )


def test_json_is_an_array_of_objects(wrong: Path) -> None:
    result = guidebook("check", "--format", "json", cwd=wrong)
    assert result.code == 1
    problems = json.loads(result.out)
    assert [(problem["path"], problem["code"], problem["severity"]) for problem in problems] == [
        (CHAPTER, "unknown-term", "error"),
        (ARTICLE, "bad-country", "error"),
    ]
    for problem in problems:
        assert {"code", "severity", "path", "line", "column", "message", "hint"} <= problem.keys()
    assert problems[0]["column"] == 15
    assert result.err == ""


def test_json_of_a_clean_project_is_an_empty_array(project: Path) -> None:
    result = guidebook("check", "--format", "json", cwd=project)
    assert (result.code, json.loads(result.out), result.err) == (0, [], "")


def test_github_annotates_the_line(wrong: Path) -> None:
    result = guidebook("check", "--format", "github", cwd=wrong)
    assert result.code == 1
    first, second = result.out.splitlines()
    assert re.match(rf"::error file={CHAPTER},line=\d+,endLine=\d+,col=15,", first)
    assert second.startswith(f"::error file={ARTICLE},line=")


def test_github_says_nothing_of_a_clean_project(project: Path) -> None:
    assert guidebook("check", "--format", "github", cwd=project).out == ""


def test_sarif_has_a_result_for_each_problem(wrong: Path) -> None:
    result = guidebook("check", "--format", "sarif", cwd=wrong)
    assert result.code == 1
    log = json.loads(result.out)
    assert log["version"] == "2.1.0"
    assert [found["ruleId"] for found in log["runs"][0]["results"]] == ["unknown-term", "bad-country"]


def test_sarif_of_a_clean_project_is_a_log_without_results(project: Path) -> None:
    log = json.loads(guidebook("check", "--format", "sarif", cwd=project).out)
    assert log["runs"][0]["results"] == []


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_output_elsewhere_than_a_terminal_is_plain(wrong: Path, form: str) -> None:
    result = guidebook("check", "--format", form, cwd=wrong)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", result.text)


def test_output_does_not_fail_where_the_locale_is_not_unicode(wrong: Path) -> None:
    edit(wrong / ARTICLE, "title: Belgique", "titel: Ελλάδα")
    result = run(
        "mkdocs_guidebook", "check", cwd=wrong, LC_ALL="C", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0"
    )
    assert result.code == 1
    assert "Traceback" not in result.err


def test_the_exit_code_of_the_process_is_that_of_the_check(wrong: Path) -> None:
    assert run("mkdocs_guidebook", "check", cwd=wrong).code == 1
    assert run("mkdocs_guidebook", "check", "nowhere", cwd=wrong).code == 2
