"""Issue forms, and the drafts that are made of what people type into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.checks import check
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.editing.issue_drafts import activity_draft, problems_in
from mkdocs_guidebook.editing.issue_forms import activity_questions, issue_forms
from mkdocs_guidebook.editing.issues import read_issue
from mkdocs_guidebook.editing.typed_dates import read_date
from mkdocs_guidebook.site.suggesting import ADDRESS_FIELD, RECOMMENDATION_FORM
from tests.editing.projects import guidebook, new_project
from tests.tiny import VALID, codes_of

ROOT = Path(__file__).parents[2]
LIBRARY = load(VALID)[0]
QUESTIONS = activity_questions(LIBRARY)
FORMS = issue_forms(LIBRARY)

FILLED = """\
### Title

Rowing in Arles

### Summary

Forty streets wrote down who needs help.

### Where: town or region

Arles

### Where: country

France (FR)

### When: from

16 October 2018

### When: to

_No response_

### Kinds of activity

- [X] Drill

### Topics

- [X] Dykes and sandbags
- [ ] Warning

### For whom

- [ ] Your street
- [X] Town hall

### Sources

The night of the river

### Authors

The river towns

### Context

The water came at night.

### Lessons learned

Begin with the list.
"""


def draft_of(text: str) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Return the front matter, the body and the notes of the draft that an issue's text makes."""
    what, reading = read_issue(text, LIBRARY)
    assert what == "activity"
    draft = activity_draft(reading, LIBRARY, None, {})
    assert problems_in(LIBRARY, "local_activities/draft-of-a-test.md", draft.text) == []
    front, body = draft.text.removeprefix("---\n").split("\n---\n", 1)
    return yaml.load(front, yaml.BaseLoader), body, draft.notes  # noqa: S506 - texts only


# The forms


def test_forms_have_githubs_schema() -> None:
    for path, text in FORMS.items():
        if not path.startswith(".github") or path.endswith("config.yml"):
            continue
        form = yaml.safe_load(text)
        assert set(form) == {"name", "description", "title", "body"}
        ids = [item["id"] for item in form["body"] if item["type"] != "markdown"]
        labels = [item["attributes"]["label"] for item in form["body"] if item["type"] != "markdown"]
        assert len(set(ids)) == len(ids)
        assert len(set(labels)) == len(labels)
        for item in form["body"]:
            assert item["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
            if item["type"] == "dropdown":
                assert len(set(item["attributes"]["options"])) == len(item["attributes"]["options"])
            if item["type"] == "checkboxes":
                assert all(set(option) == {"label"} for option in item["attributes"]["options"])


def test_choices_are_those_of_the_vocabulary() -> None:
    form = yaml.safe_load(FORMS[".github/ISSUE_TEMPLATE/activity.yml"])
    topics = next(item for item in form["body"] if item.get("id") == "topics")
    assert [option["label"] for option in topics["attributes"]["options"]] == [
        "Dykes and sandbags",
        "Warning",
    ]
    assert "Lessons learned" in [item["attributes"].get("label") for item in form["body"]]


def test_a_link_can_fill_in_the_recommendation() -> None:
    form = yaml.safe_load(FORMS[f".github/ISSUE_TEMPLATE/{RECOMMENDATION_FORM}"])
    assert ADDRESS_FIELD in [item.get("id") for item in form["body"]]


def test_the_forms_in_this_repository_are_those_of_its_vocabulary() -> None:
    for path, text in issue_forms(load(ROOT)[0]).items():
        assert (ROOT / path).read_text("utf-8") == text, "run `guidebook issue-forms`"


# A report on an activity


def test_a_form_that_was_filled_in_becomes_a_draft_that_passes(project: Path, tmp_path: Path) -> None:
    new_project(project)
    issue = tmp_path / "issue.md"
    issue.write_bytes(b"\xef\xbb\xbf" + FILLED.replace("\n", "\r\n").encode())
    result = guidebook(project, "new", "activity", "--from-issue", str(issue))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("local_activities/rowing-in-arles.md is written, as a draft.\nNext:\n")
    assert codes_of(project) == []


def test_every_answer_comes_to_its_field() -> None:
    front, body, notes = draft_of(FILLED)
    assert front["title"] == "Rowing in Arles"
    assert front["place"] == {"name": "Arles", "country": "FR"}
    assert front["period"] == {"start": "2018-10-16"}
    assert (front["topics"], front["audiences"], front["kinds"]) == (["dykes"], ["town-hall"], ["drill"])
    assert front["sources"] == ["meyer-2019"]
    assert body.split() == [
        "##",
        "Context",
        "The",
        "water",
        "came",
        "at",
        "night.",
        "##",
        "Lessons",
        "learned",
        "Begin",
        "with",
        "the",
        "list.",
    ]
    assert notes == ()


def test_order_and_small_changes_of_the_headings_do_not_matter() -> None:
    parts = [f"### {part}" for part in FILLED.split("### ")[1:]]
    turned = (
        "\n".join(reversed(parts)).replace("### Title", "## title:").replace("### Summary", "#### Sumary")
    )
    assert draft_of(turned)[0] == draft_of(FILLED)[0]


def test_french_headings_are_understood() -> None:
    text = "### Titre\nRamer\n\n### Résumé\nQuarante rues.\n\n### Ville\nArles\n\n### Pays\nFR\n"
    front = draft_of(text)[0]
    assert (front["title"], front["summary"], front["place"]["name"]) == ("Ramer", "Quarante rues.", "Arles")


def test_what_belongs_nowhere_is_kept_and_told() -> None:
    front, body, notes = draft_of(
        f"Hello!\n\n{FILLED}\n### Weather\n\nRain --> really.\n\n### Topics\n\nBalloons\n"
    )
    comment = body[body.index("<!--") : body.rindex("-->")]
    for words in ("Hello!", "### Weather", "Rain - -> really.", "Balloons"):
        assert words in comment
    assert "Not placed, kept in a comment at the end: Weather." in notes
    assert front["topics"] == ["dykes"]


def test_personal_data_is_left_out_and_told() -> None:
    text = FILLED.replace("The water came", "Ask anna.meyer@example.org or +33 1 23 45 67 89. The water came")
    _, body, notes = draft_of(text)
    assert "Ask [left out] or [left out]. The water came" in body
    assert notes[0].startswith("2 mail address(es) or telephone number(s) were left out")


def test_html_and_active_links_lose_their_power_and_keep_their_words() -> None:
    hostile = (
        "5 < 6 <b>bold</b> <script>alert(1)</script><img src=x onerror=alert(2)> [click](javascript:alert(3)) "
        "![boat](https://example.org/a.png) [@nobody] [^2] &lt;i&gt;"
    )
    _, body, _ = draft_of(FILLED.replace("The water came at night.", hostile))
    assert "5 < 6 bold" in body
    assert "[boat](https://example.org/a.png)" in body and "![" not in body
    for gone in ("<script", "alert(1)", "<img", "onerror", "javascript:", "<i>"):
        assert gone not in body


def test_missing_answers_get_a_stand_in_that_is_told() -> None:
    front, _, notes = draft_of("### Title\n\nRowing\n")
    assert front["summary"] == "To be written."
    assert any("The issue does not say a summary" in note for note in notes)


def test_two_dates_in_one_answer_are_a_period() -> None:
    front = draft_of(FILLED.replace("16 October 2018", "Oct. 2018 to March 2019"))[0]
    assert front["period"] == {"start": "2018-10", "end": "2019-03"}


@pytest.mark.parametrize("end", ["2019", "2017"])
def test_an_end_without_a_start_or_before_it_is_kept_as_a_note(end: str) -> None:
    start = "16 October 2018" if end == "2017" else "_No response_"
    text = FILLED.replace("16 October 2018", start).replace(
        "### When: to\n\n_No response_", f"### When: to\n\n{end}"
    )
    front, body, notes = draft_of(text)
    assert front["title"] == "Rowing in Arles"
    assert "end" not in front.get("period", {})
    assert end in body[body.index("<!--") :]
    assert "Not placed, kept in a comment at the end: When: to." in notes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2018", "2018"),
        ("2018-10", "2018-10"),
        ("2018/2/3", "2018-02-03"),
        ("16.10.2018", "2018-10-16"),
        ("16/10/2018", "2018-10-16"),
        ("10/16/2018", "2018-10-16"),
        ("3/4/2018", None),
        ("October 16th, 2018", "2018-10-16"),
        ("16 octobre 2018", "2018-10-16"),
        ("1er mars 2019", "2019-03-01"),
        ("Oct. 2018", "2018-10"),
        ("März 2019", "2019-03"),
        ("31 February 2018", None),
        ("last spring", None),
        ("16 or 17 October 2018", None),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, read: str | None) -> None:
    assert read_date(typed) == read


PIECES = st.sampled_from(
    ["### Title\n", "### Summary\n", "### Context\n", "### When: from\n", "### Topics\n", "### Sources\n", "# H\n", "- [x] Warning\n",
     "```\n", "<b>", "<!--", "-->", "](", "[^1]", "[@x]", "::: recommendation y\n", "| a | b |\n| --- | --- |\n", "| a |\n", "&lt;", "a@b.org ",
     "{#id}", "---\n", "https://example.org ", "![](x.png)", "\r\n", "\x00", "\ue000", "word ", "* ", "    ", "\t", "é", "'", '"', ": "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=40)
def test_whatever_is_typed_becomes_a_draft_that_passes(text: str) -> None:
    what, reading = read_issue(text, LIBRARY)
    if what == "activity":
        draft = activity_draft(reading, LIBRARY, "a-draft", {})
        assert problems_in(LIBRARY, "local_activities/a-draft.md", draft.text) == []


# A change to a recommendation


@pytest.mark.parametrize(
    "named",
    [
        "sandbags-and-neighbours#agree-on-a-list-of-names",
        "https://example.org/guidebook/sandbags-and-neighbours/#agree-on-a-list-of-names",
        "1.1 Agree on a list",
        "Agree on a list of neighbours who need help before the first warning",
    ],
)
def test_a_suggested_change_is_told_beside_the_text_that_stands(
    project: Path, tmp_path: Path, named: str
) -> None:
    new_project(project)
    issue = tmp_path / "issue.md"
    issue.write_text(f"### Recommendation\n\n{named}\n\n### Your suggestion\n\nSay “street”.\n", "utf-8")
    result = guidebook(project, "new", "activity", "--from-issue", str(issue))
    assert result.exit_code == 0
    assert "Where: guidebook/sandbags-and-neighbours.md:" in result.output
    assert "Its text now: Agree on a list of neighbours" in result.output
    assert "Your suggestion: Say “street”." in result.output


def test_a_change_to_something_unknown_is_told_as_it_is(project: Path, tmp_path: Path) -> None:
    new_project(project)
    issue = tmp_path / "issue.md"
    issue.write_text("### Recommendation\n\nxyz\n\n### Your suggestion\n\nOther.\n", "utf-8")
    result = guidebook(project, "new", "activity", "--from-issue", str(issue))
    assert result.exit_code == 0
    assert "Which one could not be found out: “xyz”." in result.output


def test_the_library_of_the_tests_has_no_errors() -> None:
    assert not [problem for problem in check(LIBRARY) if problem.is_error]
