"""YAML means what it says, every value remembers its place, and nothing in it can surprise."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.yaml12 import Document, Key, Plain, parse
from mkdocs_guidebook.problems import Problem


def read(text: str) -> tuple[Document, list[Problem]]:
    problems: list[Problem] = []
    return parse(Source("a.yml", text), 0, len(text), problems), problems


def value_of(text: str) -> Any:
    document, problems = read(f"key: {text}\n")
    assert problems == []
    return document.value["key"]


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "no",
        "Yes",
        "on",
        "off",
        "y",
        "012",
        "0o14",
        "0x1F",
        "1.10",
        "1_000",
        "1e3",
        ".inf",
        ".NaN",
        "12:30:45",
        "2026-02-31",
        "2026-02-28",
        "2026-02-28 12:00:00",
        "true",
        "=",
        "<<",
    ],
)
def test_what_is_written_without_quotes_stays_as_it_was_written(written: str) -> None:
    value = value_of(written)
    assert (type(value), value) == (Plain, written)


def test_text_in_quotes_is_never_a_number_or_truth_value() -> None:
    assert type(value_of('"12"')) is str


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(written: str) -> None:
    assert value_of(written) is None


@pytest.mark.parametrize("written", ['""', "''", '"null"', "'~'"])
def test_quotes_make_text_of_nothing(written: str) -> None:
    assert isinstance(value_of(written), str)


def test_a_number_can_be_the_name_of_a_key() -> None:
    assert read("12: a\ntrue: b\n")[0].value == {"12": "a", "true": "b"}


def test_of_a_key_that_stands_twice_the_first_value_is_kept() -> None:
    document, problems = read("a: 1\na: 2\n")
    assert (document.value, [problem.code for problem in problems]) == ({"a": "1"}, ["duplicate-key"])


def test_an_anchored_value_is_reported_and_kept() -> None:
    document, problems = read("a: &name text\n")
    assert (document.value, [problem.code for problem in problems]) == ({"a": "text"}, ["yaml-feature"])


def test_an_alias_never_stands_for_its_value() -> None:
    document, problems = read("a: &x [1, 2]\nb: *x\n")
    assert document.value["b"] is None
    assert [problem.code for problem in problems] == ["yaml-feature", "yaml-feature"]


def test_a_thousand_million_laughs_are_a_problem_for_each_alias() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    document, problems = read("\n".join(lines))
    assert len(problems) == 10 + 9 * 9
    assert document.value["a9"] == [None] * 9


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_ten_thousand_levels_are_one_problem(opening: str) -> None:
    document, problems = read(opening * 10_000)
    assert [problem.code for problem in problems] == ["too-deep"]
    assert document.value is None


@pytest.mark.parametrize("value", ["a,", "[],"])
def test_a_file_of_countless_values_is_one_problem(value: str) -> None:
    document, problems = read(f"a: [{value * 500_000}]\n")
    assert [problem.code for problem in problems] == ["file-too-large"]
    assert document.value is None


def test_twenty_levels_are_allowed() -> None:
    assert read("[" * 20 + "]" * 20)[1] == []


def test_places_count_characters_and_not_bytes() -> None:
    document, _ = read("clé: {été: 洪水, nom: x}\n")
    place = document.place(("clé", "nom"))
    assert (place.line, place.column) == (1, 21)


def test_the_place_of_a_value_in_quotes_has_the_quotes() -> None:
    place = read("a: 'b c'\n")[0].place(("a",))
    assert (place.column, place.end_column) == (4, 9)


def test_the_place_of_a_block_of_text_ends_with_its_text() -> None:
    place = read("a: |\n  one\n  two\n\nb: x\n")[0].place(("a",))
    assert (place.line, place.end_line, place.end_column) == (1, 3, 6)


def part(text: str, words: str) -> str:
    """Return what stands in a file of one key at the place of these words of its value."""
    document, _ = read(text)
    value = document.value["a"].strip()
    start = value.index(words)
    place = document.place_of_part(("a",), value, start, start + len(words))
    first = document.source.offset(place.line, place.column)
    return text[first : document.source.offset(place.end_line, place.end_column)]


def test_a_part_of_folded_text_is_found_where_it_was_written() -> None:
    document, _ = read("a: >-\n  one flood\n  two flood\n")
    place = document.place_of_part(("a",), document.value["a"], 14, 19)
    assert (place.line, place.column, place.end_column) == (3, 7, 12)


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("a: one\n  two three\n", "one two", "one\n  two"),
        ("a: >\n  one\n  two\n", "one two", "one\n  two"),
        ("a: |  # why\n  one\n\n  two\n", "two", "two"),
        ("a: 'it''s two'\n", "s two", "s two"),
        ("a: 'it''s two'\n", "it's", "it''s"),
        ('a: "one\\u0020two"\n', "two", "two"),
        ('a: "n\\n\\"two\\" \\x41"\n', '"two"', '\\"two\\"'),
        ('a: "n\\n\\"two\\" \\x41"\n', "A", "\\x41"),
        ('a: "one \\\n  two"\n', "two", "two"),
    ],
)
def test_a_part_of_a_text_has_the_place_at_which_it_was_written(text: str, words: str, written: str) -> None:
    assert part(text, words) == written


def test_a_part_of_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    document, _ = read("a: one\n")
    assert document.place_of_part(("a",), "one two", 4, 7) == document.place(("a",))


# Properties

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=12)
NAMES = TEXTS.filter(bool)
DATA = st.dictionaries(
    NAMES,
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXTS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def as_text(value: Any) -> Any:
    """Return a value as our reader gives it: everything is text but what is nothing."""
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def scalars(value: Any, key: Key = ()) -> list[tuple[Key, str]]:
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in scalars(inner, (*key, name))]
    if isinstance(value, list):
        return [found for number, inner in enumerate(value) for found in scalars(inner, (*key, number))]
    return [] if value is None else [(key, value)]


@given(
    data=DATA,
    flow=st.sampled_from([True, False, None]),
    width=st.sampled_from([20, 80, 10_000]),
    style=st.sampled_from([None, '"', "'", "|", ">"]),
)
@settings(max_examples=150)
def test_what_another_program_writes_is_read_as_it_was_meant_and_where_it_stands(
    data: dict[str, Any], flow: bool | None, width: int, style: str | None
) -> None:
    text = yaml.dump(data, allow_unicode=True, default_flow_style=flow, width=width, default_style=style)
    if "!!" in text:  # with quotes around everything, numbers would need a tag
        return
    document, problems = read(text)
    assert problems == []
    assert document.value == as_text(data)
    for key, value in scalars(document.value):
        start, end = document.values[key]
        written = text[start:end]
        if isinstance(value, Plain) and "\n" not in written:
            assert written == value
        else:
            assert yaml.load(written, yaml.BaseLoader) == value  # noqa: S506 - knows text only


@given(data=DATA)
@settings(max_examples=60)
def test_each_key_is_where_it_stands(data: dict[str, Any]) -> None:
    text = yaml.dump(data, allow_unicode=True, width=10_000)
    document, _ = read(text)
    for key, (start, end) in document.keys.items():
        assert yaml.load(text[start:end], yaml.BaseLoader) == key[-1]  # noqa: S506 - knows text only


@given(st.text(alphabet="ab:-?,[]{}#&*!|>'\"%@` \n\t\\é", max_size=60))
@settings(max_examples=400)
def test_no_text_is_too_much_for_the_reader(text: str) -> None:
    lines = text.split("\n")
    for problem in read(text)[1]:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
