from __future__ import annotations

import json

import pytest
import typst as engine
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.press import typst


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_stays_what_it_is(text: str) -> None:
    source = f"#metadata({typst.literal(text)})<it>"
    compiler = engine.Compiler(source.encode(), ignore_system_fonts=True)
    assert json.loads(compiler.query("<it>", field="value")) == [text]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "none"),
        (True, "true"),
        (3, "3"),
        ('a"b\\', '"a\\"b\\\\"'),
        (["x"], '("x",)'),
        ([], "()"),
        ({"a": 1}, "(a: 1)"),
        (typst.Raw("1fr"), "1fr"),
    ],
)
def test_values_become_code(value: object, code: str) -> None:
    assert typst.value(value) == code


def test_a_call_has_named_arguments_and_a_body() -> None:
    assert typst.call("f", 1, some_name="x", body="[y]") == '#f(1, some-name: "x")[[y]]'
