"""Texts are compared block by block and word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.editions.wording import Run, blocks_of, compare_texts, compare_words


def shown(runs: tuple[Run, ...]) -> str:
    marks = {"same": "{}", "added": "[+{}+]", "deleted": "[-{}-]"}
    return "".join(marks[run.state].format(run.text.strip()) + " " for run in runs).strip()


def states(old: str, new: str) -> list[tuple[str, str]]:
    return [
        (change.state, "".join(run.text for run in change.runs if run.state != "deleted"))
        for change in compare_texts(old, new)
    ]


def test_only_the_words_that_differ_are_marked() -> None:
    runs = compare_words("Agree in writing what is shared.", "Agree early in writing what is told.")
    assert shown(runs) == "Agree [+early+] in writing what is [-shared-] [+told+] ."


def test_a_short_word_between_two_changes_does_not_tear_them_apart() -> None:
    runs = compare_words("Call the street to order now.", "Call the town to arms now.")
    assert shown(runs) == "Call the [-street to order-] [+town to arms+] now."


def test_a_paragraph_that_was_put_in_leaves_the_others_as_they_are() -> None:
    assert states("One is here.\n\nTwo is there.", "One is here.\n\nNew between.\n\nTwo is there.") == [
        ("same", "One is here."),
        ("added", "New between."),
        ("same", "Two is there."),
    ]


def test_a_changed_item_is_shown_as_changed_and_a_replaced_one_as_gone_and_new() -> None:
    old = "- Fill the sandbags before noon\n- Leave"
    new = "- Fill the sandbags before ten\n- Call your neighbours together"
    assert [state for state, _ in states(old, new)] == ["changed", "deleted", "added"]


def test_marks_links_and_line_breaks_are_no_difference() -> None:
    old = "A *sandbag* of\nthe [street](a.md) [@meyer-2019, p. 3]."
    new = "A sandbag of the [street](../b.md) [@meyer-2019, p. 3]."
    assert [state for state, _ in states(old, new)] == ["same"]


def test_blocks_are_what_readers_see() -> None:
    text = (
        "## Start\n\nText ![Three rows](x.svg).\n\n- a\n    - b\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n"
        "::: recommendation fill-it\n\n```\ncode  here\n```\n"
    )
    assert [(block.kind, block.text) for block in blocks_of(text)] == [
        ("heading", "Start"),
        ("paragraph", "Text [Three rows]."),
        ("item", "a"),
        ("item", "b"),
        ("row", "x | y"),
        ("row", "1 | 2"),
        ("place", "recommendation fill-it"),
        ("code", "code  here"),
    ]


def test_sources_are_named_as_readers_know_them() -> None:
    [block] = blocks_of("It rose [@meyer-2019, p. 3; @board].", lambda id: id.title())
    assert block.text == "It rose (Meyer-2019, p. 3; Board)."


words = st.lists(
    st.sampled_from(["water,", "dyke.", "bank", "(old)", "boat's", "a", "of", "-", "12", "ü?"]), max_size=14
).map(" ".join)


@given(words, words)
def test_the_runs_give_back_both_texts(old: str, new: str) -> None:
    runs = compare_words(old, new)
    for states_, text in ((("same", "deleted"), old), (("same", "added"), new)):
        told = "".join(run.text for run in runs if run.state in states_)
        assert "".join(told.split()) == "".join(text.split())
