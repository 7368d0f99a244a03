"""What a browser that runs no JavaScript shows: all there is to read, and no control that does nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from mkdocs_guidebook.content import Record
from mkdocs_guidebook.content.kinds.chapter import Chapter
from tests.site.page_types import CHAPTER, PAGES, every_page_type
from tests.site.words import said


def visible_text(page: Page) -> str:
    """Return the text that the page shows, with white space folded."""
    return " ".join(page.get_by_role("main").inner_text().split())


def missing(pieces: list[str], text: str) -> list[str]:
    """Return the pieces that a text does not hold."""
    return [piece for piece in pieces if piece not in text]


def test_without_javascript_the_text_of_a_chapter_is_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    body = re.sub(r"^:::.*$", "", chapter.body.text, flags=re.M)
    pieces = [chapter.data.title, chapter.data.summary, *said(body)]
    pieces += [piece for message in chapter.data.key_messages for piece in said(message)]
    assert len(pieces) > 30
    assert missing(pieces, text) == []


def test_without_javascript_recommendations_and_their_reasons_are_readable(
    plain: Page, chapter: Record[Chapter]
) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for recommendation in chapter.data.recommendations:
        assert missing([recommendation.text, *said(recommendation.because)], text) == []


def test_without_javascript_checklists_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for recommendation in chapter.data.recommendations:
        assert missing([piece for item in recommendation.checklist for piece in said(item)], text) == []


def test_without_javascript_exercises_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for exercise in chapter.data.exercises:
        steps = [piece for step in exercise.steps for piece in said(step.text)]
        assert missing([exercise.title, *said(exercise.aim), *steps], text) == []


def test_without_javascript_sources_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    for recommendation in chapter.data.recommendations:
        for id in recommendation.sources:
            expect(plain.locator(f"[id='source-{id}']")).to_be_visible()


@every_page_type
def test_without_javascript_a_page_has_its_heading_and_no_dead_control(plain: Page, kind: str) -> None:
    plain.goto(PAGES[kind])
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    assert [button.inner_text() for button in plain.get_by_role("button").all() if button.is_visible()] == []
