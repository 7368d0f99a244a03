"""`guidebook new`: drafts that pass the check at once, and never touch what is there."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.content.fields import is_id
from mkdocs_guidebook.content.kinds import CHAPTER, RECORD_KINDS
from mkdocs_guidebook.content.records import id_like
from mkdocs_guidebook.content.source import CONTROL, Source
from mkdocs_guidebook.content.yaml12 import Plain, parse
from mkdocs_guidebook.editing.drafts import NotMade, valid_id, write
from mkdocs_guidebook.editing.yaml_text import pair
from tests.editing.projects import guidebook, new_project
from tests.tiny import codes_of


@pytest.fixture(autouse=True)
def _on_the_day_of_the_fixtures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")  # 23 November 2026


COMMON = [
    "--summary",
    "Who rows.",
    "--topics",
    "dykes,warning",
    "--audiences",
    "street",
    "--authors",
    "A group",
]
OPTIONS = {
    "chapter": [*COMMON, "--part", "before", "--key-messages", "Row: slowly", "--key-messages", "2.0"],
    "article": COMMON,
    "activity": [*COMMON, "--place-name", "Arles", "--place-country", "FR"],
}
KINDS = [kind.name for kind in RECORD_KINDS]
FOLDERS = {kind.name: kind.folder for kind in RECORD_KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_passes_the_check_at_once(project: Path, kind: str) -> None:
    new_project(project)
    result = guidebook(project, "new", kind, "boats", "--no-input", *OPTIONS[kind])
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{FOLDERS[kind]}/boats.md is written, as a draft.")
    assert codes_of(project) == []
    assert "status: draft" in (project / FOLDERS[kind] / "boats.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_in_the_comments_is_right(project: Path, kind: str) -> None:
    new_project(project)
    guidebook(project, "new", kind, "boats", "--no-input", *OPTIONS[kind])
    file = project / FOLDERS[kind] / "boats.md"
    front, body = file.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
    text = re.sub(r"^# (?=[a-z_]+:|  )", "", front, flags=re.M).replace("@smith-2020", "@meyer-2019")
    file.write_text(f"---\n{text}\n---\n{body}", "utf-8")
    problems = codes_of(project)
    assert not [code for code in problems if code != "minutes-do-not-add-up"], problems
    assert not re.search(r"^# [a-z_]+:", text, re.M)


def test_a_published_chapter_needs_its_place_and_a_draft_does_not(project: Path) -> None:
    new_project(project)
    result = guidebook(project, "new", "chapter", "boats", "--no-input", *OPTIONS["chapter"])
    assert "add `boats` to `chapters` in guidebook/book.yml" in result.output
    file = project / "guidebook/boats.md"
    file.write_text(file.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    assert codes_of(project) == ["chapter-not-listed"]


def test_nothing_is_overwritten(project: Path) -> None:
    new_project(project)
    before = (project / "guidebook/sandbags-and-neighbours.md").read_bytes()
    result = guidebook(
        project, "new", "chapter", "sandbags-and-neighbours", "--no-input", *OPTIONS["chapter"]
    )
    assert result.exit_code == 1
    assert "is there already and was not touched" in result.output
    with pytest.raises(NotMade, match="is there already"):  # a file that appears between look and write
        write(project, CHAPTER, "sandbags-and-neighbours", "new")
    assert (project / "guidebook/sandbags-and-neighbours.md").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("High Water!", "high-water"),
        ("../escape", "escape"),
        ("Überflutung", "uberflutung"),
        ("index", "new-chapter"),
        ("水", "new-chapter"),
        ("a--b", "a-b"),
        ("con", "con-1"),
    ],
)
def test_a_name_that_cannot_be_an_id_gets_a_suggestion(project: Path, name: str, suggestion: str) -> None:
    new_project(project)
    result = guidebook(project, "new", "chapter", name, "--no-input", *OPTIONS["chapter"])
    assert result.exit_code == 2
    assert f"Try: guidebook new chapter {suggestion}\n" in result.output


@given(st.text(max_size=200))
def test_every_suggestion_is_an_id(name: str) -> None:
    suggestion = id_like(name)
    assert suggestion == "" or is_id(suggestion)
    try:
        assert is_id(valid_id(name, CHAPTER))
    except NotMade as error:
        assert is_id(str(error).rsplit(" ", 1)[1])


def test_missing_options_are_named_at_once_and_nothing_is_written(project: Path) -> None:
    new_project(project)
    result = guidebook(project, "new", "activity", "arles", "--no-input", "--topics", "dykes")
    assert result.exit_code == 2
    assert "--summary, --audiences, --authors, --place-name, --place-country." in result.output
    assert not (project / "local_activities/arles.md").exists()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        (
            "--topics",
            "dyke",
            "`dyke` is not in the list: did you mean `dykes`? Of this project: dykes, warning.",
        ),
        ("--summary", "x" * 301, "has 301 characters; at most 300 fit"),
        ("--place-country", "France", "did you mean `FR`?"),
    ],
)
def test_a_wrong_value_is_told_in_the_words_of_the_check(
    project: Path, option: str, value: str, words: str
) -> None:
    new_project(project)
    options = [*OPTIONS["activity"]]
    options[options.index(option) + 1] = value
    result = guidebook(project, "new", "activity", "arles", "--no-input", *options)
    assert result.exit_code == 2
    assert words in result.output
    assert not (project / "local_activities/arles.md").exists()


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_fits(project: Path) -> None:
    new_project(project)
    answers = [
        "",
        "Who rows.",
        "dyke",
        "dykes; warning",
        "street",
        "The editors; Anna",
        "Nijmegen",
        "NL",
    ]
    shown = _on_terminal(project, answers, "new", "activity", "rowing")
    assert "`dyke` is not in the list: did you mean `dykes`?" in shown
    assert "For example: Nijmegen" in shown
    text = (project / "local_activities/rowing.md").read_text("utf-8")
    assert "\ntitle: Rowing\n" in text
    assert "\ntopics: [dykes, warning]\n" in text
    assert "\nauthors:\n  - The editors\n  - Anna\n" in text
    assert codes_of(project) == []


def _on_terminal(root: Path, answers: list[str], *arguments: str) -> str:
    """Run the command on a terminal, give an answer whenever it waits for one, and return what it showed."""
    primary, secondary = pty.openpty()
    command = [sys.executable, "-m", "mkdocs_guidebook", *arguments]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=os.environ | {"TERM": "xterm"},
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
    )
    os.close(secondary)
    shown = b""
    since = 0  # where what was shown behind the last answer begins: the colon of a question is met once
    waiting = list(answers)
    while select.select([primary], [], [], 60)[0]:
        try:
            shown += os.read(primary, 65536)
        except OSError:  # the command has ended
            break
        if waiting and shown[since:].rstrip(b" ").endswith(b":"):
            since = len(shown)
            os.write(primary, waiting.pop(0).encode() + b"\n")
    os.close(primary)
    assert process.wait(timeout=60) == 0, shown.decode()
    return shown.decode()


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30))
def test_text_is_written_so_that_it_is_read_back(text: str) -> None:
    if CONTROL.search(text) or not text.strip():
        return
    for value in (text.strip(), [text.strip()], {"a": text.strip()}):
        written = "\n".join([*pair("key", value), ""])
        read = parse(Source("x", written), 0, len(written), []).value["key"]
        if isinstance(value, list):  # items of lists stand in one line
            assert [" ".join(item.split()) for item in read] == [" ".join(item.split()) for item in value]
        elif isinstance(value, str):
            assert [line.rstrip() for line in read.split("\n")] == [
                line.rstrip() for line in value.split("\n")
            ]


@pytest.mark.parametrize("text", ["2.0", "no", "NULL", "2026-02-28", "0x1F", "12:30", "1e3", "true"])
def test_what_readers_of_yaml_could_take_for_something_else_gets_quotes(text: str) -> None:
    assert pair("key", text) == [f'key: "{text}"']
    assert not isinstance(parse(Source("x", f'key: "{text}"'), 0, 99, []).value["key"], Plain)
