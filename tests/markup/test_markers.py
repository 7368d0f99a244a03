"""A line `::: recommendation its-id` is a place where the page puts something in."""

from __future__ import annotations

import pytest

from mkdocs_guidebook.markup.convert import Converter, Rendered, Slot
from mkdocs_guidebook.markup.marks import Marks


def render(text: str) -> Rendered:
    return Converter().blocks(text, Marks(resolve=lambda target, _: target))


def slots(text: str) -> list[Slot]:
    return [part for part in render(text).parts if isinstance(part, Slot)]


def test_a_marker_cuts_the_page_where_it_stands() -> None:
    assert render("Before.\n\n::: recommendation agree\n\nAfter.").parts == (
        "<p>Before.</p>\n",
        Slot("recommendation", "agree"),
        "\n<p>After.</p>",
    )


def test_markers_may_follow_each_other() -> None:
    assert slots("::: recommendation one\n\n::: exercise two") == [
        Slot("recommendation", "one"),
        Slot("exercise", "two"),
    ]


def test_spaces_around_the_words_of_a_marker_do_not_matter() -> None:
    assert slots(":::  exercise   walk-the-street  ") == [Slot("exercise", "walk-the-street")]


@pytest.mark.parametrize(
    "text",
    [
        "Text ::: recommendation agree",
        ":::recommendation agree",
        "::: recommendation",
        "::: recommendation agree now",
        "    ::: recommendation agree",
        "```\n::: recommendation agree\n```",
        "`::: recommendation agree`",
        r"\::: recommendation agree",
    ],
)
def test_other_lines_are_no_markers(text: str) -> None:
    assert slots(text) == []


def test_the_html_without_its_slots_is_whole() -> None:
    assert render("Before.\n\n::: recommendation agree\n\nAfter.").html == "<p>Before.</p>\n\n<p>After.</p>"


def test_headings_around_a_marker_are_all_in_the_contents() -> None:
    rendered = render("## One\n\n::: recommendation a\n\n### Two\n\nText.\n\n## Three")
    assert [(entry.anchor, [child.anchor for child in entry.children]) for entry in rendered.toc] == [
        ("one", ["two"]),
        ("three", []),
    ]
