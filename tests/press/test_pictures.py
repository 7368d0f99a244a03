"""A picture that goes, or becomes another, between the check and the print is a problem of its documents alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_guidebook.press.run import Order, make_all
from tests.press.samples import BODY, CHAPTER, FRONT, catalogue, project
from tests.tiny import read_valid

PICTURE = "guidebook/images/row.svg"
SHOWN_IN_THE_AIM = FRONT.replace("aim: See it on paper.", "aim: See ![a sack](images/sandbags.svg) on paper.")
OWN = {"every-construct.pdf", "every-construct.epub", "worksheet-every-construct-try-it.docx"}
OTHERS = {"sandbags-and-neighbours.pdf", "sandbags-and-neighbours.epub", "nijmegen.pdf"}


def gone(file: Path) -> None:
    """Delete the picture."""
    file.unlink()


def folder(file: Path) -> None:
    """Put a folder in its place."""
    file.unlink()
    file.mkdir()


def no_picture(file: Path) -> None:
    """Write into it what is no picture."""
    file.write_text("<svg", "utf-8")


def program(file: Path) -> None:
    """Write a program into it."""
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "utf-8")


def elsewhere(file: Path) -> None:
    """Make it a link to a file outside the project."""
    file.unlink()
    file.symlink_to(__file__)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (gone, "is not there"),
        (folder, "cannot be read: Is a directory"),
        (no_picture, "cannot be read"),
        (program, "has something in it that can run a program"),
        (elsewhere, "lies outside the project"),
    ],
)
def test_what_happens_to_a_picture_after_the_check_is_told_at_its_place(
    tmp_path: Path, change: Callable[[Path], None], words: str
) -> None:
    pytest.importorskip("docx")
    text = (SHOWN_IN_THE_AIM + BODY).replace("sandbags.svg", "row.svg")
    root = project(
        tmp_path / "project", {CHAPTER: text, PICTURE: read_valid("guidebook/images/sandbags.svg")}
    )
    documents, out = catalogue(root), tmp_path / "out"
    out.mkdir()
    for name in OWN:
        (out / name).write_text("from before")
    change(root / PICTURE)
    orders = [
        Order(spec, form)
        for spec in documents.specs.values()
        for form in spec.formats
        if spec.file(form) in OWN | OTHERS
    ]
    outcome = make_all(documents, orders, out, jobs=1)
    assert {path.name for path in outcome.made} == OTHERS
    assert {(out / name).read_text() for name in OWN} == {"from before"}
    assert [problem.code for problem in outcome.problems] == ["unprintable"]
    problem = outcome.problems[0]
    assert f"the picture `{PICTURE}` {words}" in problem.message
    assert (problem.place.path, problem.source_line[problem.place.column - 1 :][:7]) == (
        CHAPTER,
        "row.svg",
    )


def test_a_picture_that_cannot_be_drawn_is_told_at_its_place(tmp_path: Path) -> None:
    """Its file begins and ends as it should, so that only drawing it shows what is wrong."""
    pytest.importorskip("docx")
    text = (SHOWN_IN_THE_AIM + BODY).replace("sandbags.svg", "empty.png")
    empty = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IEND\xaeB`\x82"
    root = project(tmp_path / "project", {CHAPTER: text, "guidebook/images/empty.png": empty})
    documents = catalogue(root)
    for id, form in (("every-construct", "pdf"), ("worksheet-every-construct-try-it", "docx")):
        outcome = make_all(documents, [Order(documents.specs[id], form)], tmp_path / "out")
        assert outcome.made == []
        assert "the picture `guidebook/images/empty.png` cannot be read: " in outcome.problems[0].message
        assert "images/empty.png" in outcome.problems[0].source_line


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_a_picture_that_is_cut_off_is_told_in_each_format(tmp_path: Path, form: str) -> None:
    body = BODY.replace("sandbags.svg", "cut.png")
    half = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dIHDR" + bytes(5)
    root = project(tmp_path / "project", {CHAPTER: FRONT + body, "guidebook/images/cut.png": half})
    documents = catalogue(root)
    outcome = make_all(documents, [Order(documents.specs["every-construct"], form)], tmp_path / "out")
    assert outcome.made == []
    assert "the picture `guidebook/images/cut.png` is cut off" in outcome.problems[0].message
    assert "images/cut.png" in outcome.problems[0].source_line


def test_a_picture_that_word_cannot_read_is_drawn_for_it(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    root = project(tmp_path / "project", {CHAPTER: SHOWN_IN_THE_AIM + BODY})
    documents = catalogue(root)
    order = Order(documents.specs["worksheet-every-construct-try-it"], "docx")
    made = make_all(documents, [order], tmp_path / "out").made
    (picture,) = docx.Document(str(made[0])).inline_shapes
    assert picture._inline.docPr.get("descr") == "a sack"
    relation = picture._inline.graphic.graphicData.pic.blipFill.blip.embed
    part = docx.Document(str(made[0])).part.related_parts[relation]
    assert part.blob.startswith(b"\x89PNG")


@pytest.mark.parametrize("written", ["images/sandbags.svg?version=2#view", "<images/two rows %231.svg>"])
def test_a_picture_is_found_however_its_address_is_written(tmp_path: Path, written: str) -> None:
    body = BODY.replace("(images/sandbags.svg)", f"({written})")
    row = read_valid("guidebook/images/sandbags.svg")
    root = project(tmp_path / "project", {CHAPTER: FRONT + body, "guidebook/images/two rows #1.svg": row})
    documents = catalogue(root)
    orders = [Order(documents.specs["every-construct"], form) for form in ("pdf", "epub")]
    assert len(make_all(documents, orders, tmp_path / "out", jobs=1).made) == 2


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_what_is_no_picture_is_told(tmp_path: Path, form: str) -> None:
    body = BODY.replace("(images/sandbags.svg)", "(images/sandbags.txt)")
    root = project(tmp_path / "project", {CHAPTER: FRONT + body, "guidebook/images/sandbags.txt": "sand"})
    documents = catalogue(root)
    outcome = make_all(documents, [Order(documents.specs["every-construct"], form)], tmp_path / "out")
    assert outcome.problems[0].message == "the picture `guidebook/images/sandbags.txt` is no picture"
