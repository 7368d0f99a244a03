from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.source import MOST_BYTES, MOST_BYTES_OF_DATA, Source, Unreadable, read_source
from mkdocs_guidebook.problems import Place


def read(folder: Path, raw: bytes) -> Source:
    (folder / "a.md").write_bytes(raw)
    return read_source(folder, "a.md")


def code_of(folder: Path, raw: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(folder, raw)
    return refused.value.problem.code


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_as_editors_end_them(tmp_path: Path, end: bytes) -> None:
    source = read(tmp_path, b"one" + end + b"two" + end)
    assert [source.line(number) for number in range(1, source.line_count + 1)] == ["one", "two", ""]


def test_a_byte_order_mark_at_the_beginning_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf---\n").text == "---\n"


def test_all_languages_can_be_written(tmp_path: Path) -> None:
    text = "é ö ł ß Ж 洪水 العربية 🌊 e\N{COMBINING ACUTE ACCENT}\tx\n"
    assert read(tmp_path, text.encode()).text == text


@pytest.mark.parametrize(
    "raw", [b"\xff\xfea\0", b"caf\xe9", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"]
)
def test_other_encodings_are_refused(tmp_path: Path, raw: bytes) -> None:
    assert code_of(tmp_path, raw) == "not-utf-8"


@pytest.mark.parametrize(
    "sign", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ue000", "\uf0b7", "\ufeff"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, sign: str) -> None:
    assert code_of(tmp_path, f"a {sign} b".encode()) == "control-character"


def test_a_file_of_exactly_the_largest_size_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"a" * MOST_BYTES).text) == MOST_BYTES


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    assert code_of(tmp_path, b"a" * (MOST_BYTES + 1)) == "file-too-large"


def test_a_data_file_may_be_larger_than_a_record(tmp_path: Path) -> None:
    file = tmp_path / "references.yml"
    file.write_bytes(b"a" * MOST_BYTES_OF_DATA)
    assert len(read_source(tmp_path, file.name).text) == MOST_BYTES_OF_DATA
    file.write_bytes(b"a" * (MOST_BYTES_OF_DATA + 1))
    with pytest.raises(Unreadable, match="at most 5 MB"):
        read_source(tmp_path, file.name)


@given(text=st.text("ab\n", min_size=1), number=st.integers(min_value=0))
def test_a_place_leads_back_to_the_sign_that_it_was_made_of(text: str, number: int) -> None:
    source = Source("a.md", text)
    at = number % len(text)
    place = source.place(at)
    assert source.offset(place.line, place.column) == at


def test_the_end_of_a_file_is_on_its_last_line() -> None:
    assert Source("a.md", "one\ntwo\n").place(8) == Place("a.md", 2, 4)


def test_many_problems_of_one_line_hold_it_once() -> None:
    source = Source("a.md", "<b>" * 1000)
    found = [source.problem(rules.YAML_SYNTAX, source.place(start), "", "") for start in range(0, 3000, 3)]
    assert len({id(problem.source_line) for problem in found}) == 1
