"""No content is too much for the check: it ends, says what is wrong, and points into the file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, VALID, copy_valid, problems_of, read_valid

FILES = (
    CHAPTER,
    ACTIVITY,
    "docs/index.md",
    "data/glossary.yml",
    "data/references.yml",
    "guidebook/book.yml",
    "guidebook/images/sandbags.svg",
)
MUTATED = (CHAPTER, ARTICLE, ACTIVITY, "data/glossary.yml", "data/references.yml", "data/vocabulary.yml")
FRAGMENTS = (
    "[", "]", "{", "}", '"', "'", ": ", ":", "- ", "&a ", "*a", "!!x ", "!", "\t", "---", "\n---\n", "...", "\n", "\n\n", "  ",
    "![](", "[@", "[@a]", ":::", "::: recommendation x", "<script", "<", ">", "[^", "[^1]", "|", "| a |", "# ", "## ", "```",
    "~~~", "`", "<!--", "-->", "null", "~", "2026-02-31", "9999-12-31", "0", "-1", "1e9", "\\", '\\"', "\\u0000", "é", "洪", "\N{ZERO WIDTH SPACE}",
    "\N{COMBINING ACUTE ACCENT}", "\r", "\x00", "\ufeff", "%", "@", "?", "? ", "<<: ", ">-\n", "|\n", "[key]", "javascript:",
    "](../../x)", "](a b.md)", "](#x)", "jane@example.org", "+33 1 23 45 67 89", "> " * 12, "[" * 30, "a" * 400,
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_valid(tmp_path_factory.mktemp("fuzz") / "project")


def assert_places_are_in_their_files(root: Path) -> None:
    for problem in problems_of(root):
        file = root / problem.place.path
        text = file.read_bytes().decode("utf-8-sig", "replace") if file.is_file() else ""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.place.end_line <= len(lines)
        assert problem.message and problem.hint


@pytest.fixture(autouse=True)
def _restored(request: pytest.FixtureRequest, base: Path) -> Iterator[None]:
    yield
    if path := request.node.callspec.params.get("path"):
        shutil.copy(VALID / path, base / path)


@pytest.mark.parametrize("path", FILES)
@given(raw=st.binary(max_size=300))
@example(raw=b"")
@example(raw=b"---")
@example(raw=b"---\n---")
@example(raw=b"---\n...\n")
@example(raw=b"\xef\xbb\xbf---\n")
@example(raw=b'---\n"[key]": x\n---\n')
@example(raw=b"---\n? [a]\n: b\n---\n")
@example(raw=b"<?xml version='1.0' encoding='utf-7'?><svg/>")
@settings(max_examples=40)
def test_any_bytes(base: Path, path: str, raw: bytes) -> None:
    (base / path).write_bytes(raw)
    assert_places_are_in_their_files(base)


@pytest.mark.parametrize("path", FILES)
@given(body=st.text(max_size=200))
@settings(max_examples=30)
def test_any_text_behind_what_is_right(base: Path, path: str, body: str) -> None:
    (base / path).write_bytes((read_valid(path) + body).encode("utf-8", "surrogatepass"))
    assert_places_are_in_their_files(base)


CHANGES = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=10**6),
        st.sampled_from((0, 0, 0, 1, 3, 20)),
        st.sampled_from(("", *FRAGMENTS)),
    ),
    min_size=1,
    max_size=4,
)


def changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    """Return the text with a fragment put in at each place, instead of some of its characters."""
    for at, deleted, fragment in changes:
        start = at % (len(text) + 1)
        text = text[:start] + fragment + text[start + deleted :]
    return text


@pytest.mark.parametrize("path", MUTATED)
@given(changes=CHANGES)
@settings(max_examples=80)
def test_a_right_file_with_a_few_changes(base: Path, path: str, changes: list[tuple[int, int, str]]) -> None:
    (base / path).write_bytes(changed(read_valid(path), changes).encode())
    assert_places_are_in_their_files(base)


# A text of this size that took time in the square of its length would take hours.
LONG = 300_000


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[a](", "](", "[@a", "[@a;", "[^", "[a]: b\n", "[a][b]", "<", "<a ", "<!--", "`", "`a``b", "```x\n", "~~~~x\n~~~x\n",
        "*", "_", "|", "| a |\n", "# ", "## a\n", "a\n-\n", "=\n", ":::", "::: a b\n", "- ", "> ", "1. ", "{", "\\", "@", "a@", "a.", "00 1", "+1 ",
    ],
)  # fmt: skip
def test_a_long_text_of_one_sign_is_read_once(project: Path, piece: str) -> None:
    text = read_valid(ARTICLE) + "\n" + piece * (LONG // len(piece)) + "\n"
    problems_of(copy_valid(project, {ARTICLE: text}))


@pytest.mark.parametrize(
    "text",
    [
        "#" + " " * LONG + "x",
        "# " + "#" * LONG + "x",
        "## a" + " " * LONG + "b",
        "a" * LONG + " a@b.c",
        "<b " + "a" * LONG + ">",
        "[a](" + " " * LONG,
        "[a](" + "\n" * LONG,
        '[a](b "' + '" ' * (LONG // 2),
        "| a |\n|-" + " " * LONG + "x|\n",
        "`" * LONG,
        "".join("`" * length + " " for length in range(1, 700)),
    ],
    ids=range(11),
)
def test_a_long_text_that_almost_is_a_mark_is_read_once(project: Path, text: str) -> None:
    problems_of(copy_valid(project, {ARTICLE: f"{read_valid(ARTICLE)}\n{text}\n"}))
