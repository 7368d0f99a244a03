"""The editing form in a real browser: what it opens it saves as it was, and what it makes passes the check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mkdocs_guidebook.content.loading import load
from tests.site.accessibility import COLOUR, accessibility_problems
from tests.site.editing import (
    box,
    form_of,
    go,
    open_list,
    open_record,
    opened,
    publish,
    save,
    that_use_every_box,
)
from tests.site.projects import copy_real, guidebook, tree
from tests.tiny import FIXTURES

BROKEN = FIXTURES / "broken"

LISTS = {
    "book": "title",
    "vocabulary": "topics",
    "evidence": "strengths",
    "glossary": "terms",
    "references": "references",
    "organisations": "organisations",
    "events": "events",
}
"""The data files, and the first key of each."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's content."""
    return copy_real(tmp_path_factory.mktemp("edited") / "project")


@pytest.fixture(scope="module")
def form(project: Path) -> Iterator[str]:
    """The address of its form."""
    with form_of(project) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, form: str) -> Iterator[Page]:
    """The form, opened; each test goes to its own place in it."""
    with opened(browser, form) as page:
        yield page


def type_what_does_not_count(page: Page, key: str) -> None:
    """Type a space behind a text: the form takes it for a change, and the file does not."""
    field = box(page, key)
    if field.evaluate("element => element.tagName") not in ("INPUT", "TEXTAREA"):
        field.locator("button:has(+ [aria-roledescription=sortable])").first.click()
        field = field.locator("input[type=text]").locator("visible=true").first
    field.press("End")
    field.type(" ")


def test_records_that_use_every_box_and_all_data_files_are_saved_as_they_were(
    page: Page, project: Path
) -> None:
    before = tree(project)
    library, problems = load(project)
    assert not problems
    for record in that_use_every_box(library.records):
        open_record(page, record.kind.name, record.id)
        type_what_does_not_count(page, "title")
        answer = save(page)
        assert answer.ok, f"{record.path}: {answer.text()}"
    for name in library.entries:
        open_list(page, name, LISTS[name])
        type_what_does_not_count(page, LISTS[name])
        answer = save(page)
        assert answer.ok, f"{name}: {answer.text()}"
    assert tree(project) == before


def choose(page: Page, key: str, words: str) -> None:
    """Choose the entry of a list that has these words."""
    field = box(page, key)
    field.click()
    field.fill(words)
    page.locator("[role=option]", has_text=words).first.click()


def new(item: Locator, key: str) -> Locator:
    """Return the box of a key in the item that was added to a list."""
    return item.locator(f"[id^='{key}-field-']").locator("visible=true").first


def test_an_activity_and_a_recommendation_made_by_the_form_pass_the_check(page: Page, project: Path) -> None:
    go(page, "activity/new")
    box(page, "_name").fill("nimes")
    box(page, "title").fill('Nîmes: "a round table", no more')
    box(page, "summary").fill("NO: what is known, and 1.10 more.")
    choose(page, "topics", "Mentoring")
    choose(page, "audiences", "Probation")
    page.get_by_role("button", name="Add author").click()
    page.locator("[id^='item-field-']").fill("The editors")
    page.locator("[id^='name-field-']").fill("Nîmes")
    choose(page, "country", "France")
    choose(page, "sources", "efus-local-activities")
    box(page, "_section_context").fill("Nobody met [@efus-local-activities].\n\n- One\n- Two")
    answer = save(page)
    assert answer.ok, answer.text()
    page.locator("[id^='_name-field-']", has_text="nimes. This name is permanent.").wait_for()

    open_record(page, "chapter", "sharing-information")
    page.get_by_role("button", name="Add recommendation").click()
    item = box(page, "recommendations")
    new(item, "id").fill("write-it-down")
    new(item, "text").fill("Write down what was shared: date, reason, person.")
    for key, words in (
        ("audiences", "Municipality"),
        ("strength", "Good practice"),
        ("certainty", "Low certainty"),
    ):
        new(item, key).click()
        new(item, key).fill(words)
        page.locator("[role=option]", has_text=words).first.click()
    new(item, "because").fill("Our reading: what is not written is forgotten [@efus-local-activities].")
    new(item, "sources").click()
    new(item, "sources").fill("efus-local-activities")
    page.locator("[role=option]", has_text="efus-local-activities").first.click()
    answer = save(page)
    assert answer.ok, answer.text()

    checked = guidebook("check", cwd=project, epoch=None)
    assert checked.code == 0, checked.text
    library, _ = load(project)
    activity = next(one for one in library.activities if one.id == "nimes")
    assert activity.data.summary == "NO: what is known, and 1.10 more."
    assert activity.is_draft
    assert list(library.sections_of(activity)) == ["context"]
    chapter = next(one for one in library.chapters if one.id == "sharing-information")
    assert chapter.data.recommendations[-1].id == "write-it-down"


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("title", "x" * 121, "at most 120 characters"),
        ("_section_approach", "As said [@nobody-2020].", "there is no source `nobody-2020`"),
        (
            "_section_approach",
            "See [there](../guidebook/nowhere.md).",
            "there is no file `../guidebook/nowhere.md`",
        ),
        ("_section_approach", "# Approach\n\nWords.", "a heading with one #"),
        ("_section_approach", "Words.\n\n## More\n\nWords.", "would begin another section"),
        ("_section_approach", "<iframe src='x'></iframe>", "is HTML, which is not allowed"),
        ("_section_approach", "![](../docs/images/chapter.png)", "an image needs words"),
        ("target_group", "One.\n\nTwo.", "write one paragraph"),
    ],
)
def test_what_the_check_would_refuse_is_told_beside_its_box(
    refused: Page, key: str, text: str, words: str
) -> None:
    original = box(refused, key).input_value()
    box(refused, key).fill(text)
    publish(refused)
    expect(refused.get_by_text(words).first).to_be_visible()
    box(refused, key).fill(original)


@pytest.fixture
def refused(page: Page) -> Page:
    """The form of a record, in which wrong things are typed."""
    if not page.url.endswith("activity/entries/avignon"):
        open_record(page, "activity", "avignon")
    return page


def test_words_of_the_form_stand_out_from_their_ground(page: Page) -> None:
    page.evaluate("() => { location.hash = '#/collections/activity' }")
    page.locator("a[href*='/collections/activity/entries/']").first.wait_for()
    problems = accessibility_problems(page, COLOUR)
    go(page, "activity/new")
    box(page, "_name").wait_for()
    problems += accessibility_problems(page, COLOUR)
    assert problems == []
