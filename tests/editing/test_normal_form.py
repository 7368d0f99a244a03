"""`guidebook check --fix`: the normal form is reached without changing a word, and is stable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.source import CONTROL, Source
from mkdocs_guidebook.content.yaml12 import parse
from mkdocs_guidebook.editing.normal_form import normal
from tests.editing.projects import guidebook, new_project
from tests.site.projects import FOREIGN
from tests.tiny import ACTIVITY, ARTICLE, VALID, read_valid

# A middle dot stands for a space at the end of a line.
DISORDERED = """\
---
# For everybody who edits this file
authors: ['The river towns']   # who wrote it

# The words at the top
title: 'It is high: "now"'
summary:   Forty streets
  wrote it down.··
status: published
review_every: "12"
published: 2026-2-3
reviews:
  - outcome: unchanged
    # by whom
    by: The editors
    checked: |
      Two lines··
      of text
    date: 2026/3/9
period: {end: 2024-3, start: 2019}
place: {country: NL, name: 2.0}
topics: [warning]
sources: [meyer-2019]
audiences: [street]
---

One line··
and the next.·
···
    code·

Done.
""".replace("·", " ")
NORMAL = """\
---
# The words at the top
title: 'It is high: "now"'
summary:   Forty streets
  wrote it down.
topics: [warning]
audiences: [street]

# For everybody who edits this file
authors: ["The river towns"]   # who wrote it
status: published
published: 2026-02-03
reviews:
  - date: 2026-03-09
    # by whom
    by: The editors
    checked: |
      Two lines··
      of text
    outcome: unchanged
review_every: 12
place: {name: "2.0", country: NL}
period: {start: "2019", end: 2024-03}
sources: [meyer-2019]
---

One line··
and the next.

    code·

Done.
""".replace("·", " ")


def normal_text(text: str) -> str:
    """Return the normal form of an activity; the text as it is where it cannot be parsed."""
    result = normal(Source(ACTIVITY, text), Activity)
    return result[0] if result else text


def test_keys_quotes_dates_and_spaces_are_brought_into_their_normal_form() -> None:
    # A comment above the first key could be meant for all of them, so that the order stays there.
    text = DISORDERED.replace("# For everybody who edits this file\n", "")
    expected = NORMAL.replace("# For everybody who edits this file\n", "")
    assert normal_text(text).split("\n") == expected.split("\n")
    assert normal_text(expected) == expected


def test_a_comment_at_the_top_stays_where_it_is() -> None:
    result = normal_text(DISORDERED)
    assert result.startswith('---\n# For everybody who edits this file\nauthors: ["The river towns"]')
    assert "published: 2026-02-03" in result


def test_files_of_the_projects_are_stable() -> None:
    for folder in (VALID, FOREIGN):
        for file in folder.rglob("*.md"):
            text = file.read_text("utf-8")
            once = normal_text(text)
            assert normal_text(once) == once


KEYS = st.sampled_from(["title", "summary", "authors", "topics", "status", "published", "period", "place"])
VALUES = st.sampled_from(
    ["'a b'", '"a"', "plain", "[x, 'y z']", "2026-2-3", "2026", "|\n  two  \n  lines", "{name: a, country: 'FR'}", "no",
     ">-\n  # no comment\n  b", "\n  - b: 1\n    a: 2\n  - c", "{country: NL, name: x}", "\n  country: NL\n  # which\n  name: x", "'it''s'"]
)  # fmt: skip
COMMENTS = st.sampled_from(["", "", "", "# a comment\n", "\n", "\n# above\n\n", "    # deeper\n"])
ENDS = st.sampled_from(["", "", " ", "  ", "\t", " # behind"])


@st.composite
def front_matter(draw: st.DrawFn) -> str:
    keys = draw(st.lists(KEYS, unique=True, min_size=1, max_size=6))
    return "".join(
        draw(COMMENTS) + f"{key}: {value}{'' if chr(10) in value else draw(ENDS)}\n"
        for key in keys
        for value in [draw(VALUES)]
    )


def _values(text: str) -> object:
    return parse(Source("x", text), 0, len(text), []).value


@given(front_matter(), st.text(" ab\n#\t`~>-*|", max_size=60))
@settings(max_examples=300)
def test_mending_twice_changes_nothing_and_no_value_is_lost(front: str, body: str) -> None:
    text = f"---\n{front}---\n{body}"
    once = normal_text(text)
    assert normal_text(once) == once
    match = re.match(r"---\n(.*?)^---\n", once, re.S | re.M)
    assert match
    if "2026-2-3" not in front:
        assert _values(match[1]) == _values(front)
    comments = re.compile(r"^\s*#.*|(?<=\S)\s# behind", re.M)
    assert sorted(found.strip() for found in comments.findall(match[1])) == sorted(
        found.strip() for found in comments.findall(front)
    )


@given(st.text(" ab\n#\t`~>-*|1.[]()", max_size=80))
@settings(max_examples=200)
def test_the_text_reads_the_same_after_mending(body: str) -> None:
    from markdown import Markdown

    once = normal_text(f"---\ntitle: a\n---\n{body}").split("---\n", 2)[2]
    shown = [
        re.sub(r"[ \t]+(?=\n|<|$)", "", Markdown(extensions=["extra", "pymdownx.superfences"]).convert(text))
        for text in (body, once)
    ]
    assert shown[0] == shown[1]


@given(st.text(max_size=80))
def test_any_text_comes_through(text: str) -> None:
    if not CONTROL.search(text):
        once = normal_text(text)
        assert normal_text(once) == once


# The command


def test_the_command_mends_names_the_files_and_then_checks(project: Path) -> None:
    broken = b"\xef\xbb\xbf" + read_valid(ACTIVITY).replace("\n", "\r\n").encode()
    new_project(project, {ACTIVITY: broken})
    result = guidebook(project, "check", "--fix")
    assert result.exit_code == 0, result.output
    assert f"Mended {ACTIVITY}: byte-order mark, line ends." in result.output
    assert (project / ACTIVITY).read_text("utf-8") == read_valid(ACTIVITY)
    again = guidebook(project, "check", "--fix")
    assert "Mended" not in again.output


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("topics: [warning]", "topics: [warning"),
        ("topics: [warning]", "topics: [warning]\ntopics: [dykes]"),
        ("topics: [warning]", "topics: &a [warning]"),
        ("\n---\n", "\n"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_not_touched(project: Path, right: str, wrong: str) -> None:
    text = read_valid(ACTIVITY).replace(right, wrong).replace("status: published", "status: published  ")
    new_project(project, {ACTIVITY: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()})
    before = (project / ACTIVITY).read_bytes()
    result = guidebook(project, "check", "--fix")
    assert result.exit_code == 1
    assert f"Mended {ACTIVITY}" not in result.output
    assert (project / ACTIVITY).read_bytes() == before


def test_only_the_named_files_are_mended(project: Path) -> None:
    new_project(project, {ACTIVITY: read_valid(ACTIVITY) + "\n", ARTICLE: read_valid(ARTICLE) + "\n"})
    result = guidebook(project, "check", "--fix", str(project / ARTICLE))
    assert f"Mended {ARTICLE}: end of file." in result.output
    assert (project / ACTIVITY).read_text("utf-8").endswith("\n\n")


def test_a_link_that_leads_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    new_project(project)
    outside = tmp_path / "outside.md"
    outside.write_text(read_valid(ACTIVITY) + "\n\n", "utf-8")
    (project / "local_activities/outside.md").symlink_to(outside)
    guidebook(project, "check", "--fix")
    assert outside.read_text("utf-8").endswith("\n\n\n")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("2026-2-3", "2026-02-03"),
        ("2026/2/3", "2026-02-03"),
        ("2026.02.03", "2026-02-03"),
        ("3.2.2026", "3.2.2026"),
        ("2026-13-40", "2026-13-40"),
        ("2026-02-31", "2026-02-31"),
    ],
)
def test_dates_are_mended_only_where_they_have_one_meaning(written: str, mended: str) -> None:
    assert f"published: {mended}\n" in normal_text(f"---\ntitle: a\npublished: {written}\n---\n")
