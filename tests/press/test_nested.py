"""Constructs inside others keep their places in print, and none is lost or told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.press.assemble import assemble
from mkdocs_guidebook.press.pdf.compile import typst_source
from tests.press.samples import BODY, CHAPTER, FRONT, catalogue, project


def printed(root: Path, markdown: str) -> str:
    """Return the Typst of a chapter with this text, from its heading on."""
    whole = BODY.replace("## Text\n", f"## Text\n\n{markdown}\n\n## Rest\n", 1)
    documents = catalogue(project(root, {CHAPTER: FRONT + whole}))
    assembled = assemble(documents.press, documents.document(documents.specs["every-construct"]))
    source = typst_source(assembled)
    assert assembled.problems == []
    return source[source.index('#"Text"') : source.index('#"Rest"')]


def test_the_box_of_a_task_below_a_plain_item_stays_with_the_task(tmp_path: Path) -> None:
    source = printed(tmp_path / "p", "- plain\n\n    - [x] inner\n\n- [ ] outer\n\n    - inner plain")
    assert source.count("task(") == 2
    assert 'task(true)[#"inner"]' in source
    assert 'task(false)[#"outer"' in source


def test_definitions_inside_a_definition_are_told_once(tmp_path: Path) -> None:
    source = printed(tmp_path / "p", "Outer\n:   Its meaning\n\n    Inner\n    :   Inner meaning\n")
    assert [source.count(f'#"{word}"') for word in ("Outer", "Inner", "Inner meaning")] == [1, 1, 1]


@pytest.mark.parametrize("options", ['linenums="1"', 'title="Counting" linenums="1" hl_lines="2"'])
def test_numbered_code_is_printed_with_its_numbers_and_its_title(tmp_path: Path, options: str) -> None:
    source = printed(tmp_path / "p", f"``` {{ .python {options} }}\none = 1\ntwo = 2\n```")
    assert '#raw("1 one = 1\n2 two = 2", block: true)' in source
    assert ('#table-caption()[#"Counting"]' in source) is ("title" in options)


def test_the_name_of_a_list_stays_with_it(tmp_path: Path) -> None:
    """A line with nothing but a label is no paragraph that a page may end with."""
    documents = catalogue(project(tmp_path / "p"))
    assembled = assemble(documents.press, documents.document(documents.specs["every-construct"]))
    source = typst_source(assembled)
    for name in ("Materials", "Steps", "Checklist"):
        assert f'#with-next()[#label-text()[#"{name}"]]' in source
