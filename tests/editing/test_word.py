"""`guidebook new chapter NAME --from FILE.docx`: structure and words come over, looks do not, losses are listed."""

from __future__ import annotations

import html
import io
import itertools
import re
import resource
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from docx.document import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.content.source import CONTROL
from mkdocs_guidebook.editing.word_text import to_markdown
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.marks import Marks
from tests.editing.projects import guidebook, new_project
from tests.editing.word_documents import in_body, png, with_footnote, with_parts, word
from tests.tiny import codes_of

GIVEN = ["--summary", "Who rows.", "--topics", "dykes", "--audiences", "street", "--authors", "A group"]
CHAPTER = [*GIVEN, "--part", "before", "--key-messages", "Row slowly."]


def take_in(project: Path, file: Path, *more: str) -> Result:
    return guidebook(project, "new", "chapter", "rowing", "--from", str(file), "--no-input", *CHAPTER, *more)


def body_of(project: Path) -> str:
    text = (project / "guidebook/rowing.md").read_text("utf-8")
    return text.split("\n---\n", 1)[1].split("\n## If you have only", 1)[0].strip()


def everything(document: WordDocument) -> None:
    document.add_paragraph("Release in practice", style="Title")
    paragraph = document.add_paragraph("Read * and [this] first: ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("slanted").italic = True
    document.add_heading("One", 1)
    document.add_heading("Deep", 4)
    document.add_paragraph("# no heading")
    document.add_heading("Two", 1)
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Who", "What | how"), strict=True):
        cell.text = text
    table.cell(1, 0).text = "Town"
    document.sections[0].header.paragraphs[0].text = "Draft of the group"


def test_a_document_becomes_a_clean_draft_that_passes(project: Path, tmp_path: Path) -> None:
    new_project(project)
    result = take_in(project, word(tmp_path / "a.docx", everything))
    assert result.exit_code == 0, result.output
    assert "- Not carried over: headers and footers.\n" in result.output
    assert "\ntitle: Release in practice\n" in (project / "guidebook/rowing.md").read_text("utf-8")
    assert body_of(project).split("\n") == [
        "Read \\* and \\[this\\] first: **bold** and *slanted*",
        "",
        "## One",
        "",
        "### Deep",
        "",
        "\\# no heading",
        "",
        "## Two",
        "",
        "- first",
        "- second",
        "",
        "| Who | What \\| how |",
        "| --- | --- |",
        "| Town |  |",
    ]
    assert codes_of(project) == []


def test_a_picture_is_written_beside_the_record_and_asks_for_its_words(project: Path, tmp_path: Path) -> None:
    new_project(project)
    file = word(tmp_path / "a.docx", lambda document: document.add_picture(io.BytesIO(png())) and None)
    result = take_in(project, file)
    assert result.exit_code == 1
    assert "This is left to mend in it:" in result.output
    assert codes_of(project) == ["missing-alt-text"]
    assert (project / "guidebook/images/rowing-1.png").read_bytes() == png()
    assert body_of(project) == "![](images/rowing-1.png)"


def test_words_that_describe_a_picture_come_with_it(project: Path, tmp_path: Path) -> None:
    new_project(project, {"guidebook/images/rowing-1.png": b"there already"})
    file = word(tmp_path / "a.docx", lambda document: document.add_picture(io.BytesIO(png())) and None)
    with_parts(
        file, {"word/document.xml": lambda xml: re.sub(r"<wp:docPr ", '<wp:docPr descr="A red point" ', xml)}
    )
    assert take_in(project, file).exit_code == 0
    assert body_of(project) == "![A red point](images/rowing-2.png)"
    assert (project / "guidebook/images/rowing-1.png").read_bytes() == b"there already"


def test_each_picture_has_a_name_of_its_own(project: Path, tmp_path: Path) -> None:
    new_project(project, {"guidebook/images/rowing-1.png": b"there already"})

    def two_pictures(document: WordDocument) -> None:
        document.add_picture(io.BytesIO(png()))
        document.add_paragraph("between")
        document.add_picture(io.BytesIO(png()))

    take_in(project, word(tmp_path / "a.docx", two_pictures))
    assert body_of(project) == "![](images/rowing-2.png)\n\nbetween\n\n![](images/rowing-3.png)"
    assert (project / "guidebook/images/rowing-3.png").exists()


def test_a_picture_that_is_no_png_or_jpeg_is_left_out_and_told(project: Path, tmp_path: Path) -> None:
    new_project(project)
    file = word(tmp_path / "a.docx", lambda document: document.add_picture(io.BytesIO(png())) and None)
    with_parts(file, {"[Content_Types].xml": lambda xml: xml.replace('"image/png"', '"image/svg+xml"')})
    result = take_in(project, file)
    assert "A picture in the format svg+xml was left out." in result.output
    assert not list((project / "guidebook/images").glob("rowing*"))


def test_footnotes_are_footnotes(project: Path, tmp_path: Path) -> None:
    new_project(project)
    file = with_footnote(
        word(tmp_path / "a.docx", lambda document: document.add_paragraph("Rain.") and None), "Much."
    )
    assert take_in(project, file).exit_code == 0
    assert body_of(project) == "Rain.[^1]\n\n[^1]: Much."
    assert codes_of(project) == []


@pytest.mark.parametrize(
    ("xml", "told", "kept"),
    [
        (
            '<w:p><w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>',
            "tracked deletions",
            "",
        ),
        ('<w:p><w:ins w:id="1"><w:r><w:t>come</w:t></w:r></w:ins></w:p>', "tracked insertions", "come"),
        ('<w:p><w:r><w:commentReference w:id="1"/><w:t>said</w:t></w:r></w:p>', "comments", "said"),
        (
            '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath></w:p>',
            "formulas",
            "",
        ),
    ],
)
def test_what_has_no_place_in_a_text_is_listed(
    project: Path, tmp_path: Path, xml: str, told: str, kept: str
) -> None:
    new_project(project)
    file = in_body(word(tmp_path / "a.docx", lambda document: document.add_paragraph("Rain.") and None), xml)
    result = take_in(project, file)
    assert result.exit_code == 0, result.output
    assert f"Not carried over: {told}" in result.output
    assert body_of(project) == "\n\n".join(filter(None, ("Rain.", kept)))


# Documents that are damaged, or built to do harm


def bomb(file: Path) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 25_000_000 + b"</a>")
    return file


def entities(file: Path) -> Path:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]>'
    word(file, lambda document: document.add_paragraph("x") and None)
    return with_parts(
        file, {"word/document.xml": lambda xml: xml.replace("<w:document", f"{declared}<w:document", 1)}
    )


def entities_elsewhere(file: Path) -> Path:
    """Name a part that is no .xml file as the document's text."""
    entities(file)
    with zipfile.ZipFile(file) as archive:
        hostile = archive.read("word/document.xml").decode()
    word(file, lambda document: document.add_paragraph("x") and None)
    return with_parts(
        file,
        {"_rels/.rels": lambda xml: xml.replace("word/document.xml", "word/text.dat")},
        {"word/text.dat": hostile},
    )


def nested(file: Path) -> Path:
    word(file, lambda document: document.add_paragraph("x") and None)
    return in_body(file, "<w:p>" * 5000 + "</w:p>" * 5000)


def cut_off(file: Path) -> Path:
    word(file, lambda document: document.add_paragraph("x") and None)
    file.write_bytes(file.read_bytes()[:-200])
    return file


def no_zip(file: Path) -> Path:
    file.write_bytes(b"Dear all,")
    return file


def old_format(file: Path) -> Path:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    return file


def other_zip(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return file


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to more than any text needs"),
        (entities, "declares things that no Word document needs"),
        (entities_elsewhere, "declares things that no Word document needs"),
        (nested, "is damaged"),
        (cut_off, "cannot be opened"),
        (no_zip, "It is no Word document, or it is damaged"),
        (old_format, "It is in Word's older format"),
        (other_zip, "is no Word document"),
    ],
)
def test_a_hostile_or_damaged_document_is_refused_in_plain_words(
    project: Path, tmp_path: Path, make: object, said: str
) -> None:
    new_project(project)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = take_in(project, make(tmp_path / "bad.docx"))  # type: ignore[operator]
    assert result.exit_code == 1
    assert said in result.output
    assert not (project / "guidebook/rowing.md").exists()
    if make is not bomb:  # making the bomb itself takes memory
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


def test_a_link_to_a_file_of_the_machine_is_not_opened(project: Path, tmp_path: Path) -> None:
    new_project(project)
    secret = tmp_path / "secret.png"
    secret.write_bytes(png() + b"secret")
    file = word(tmp_path / "a.docx", lambda document: document.add_picture(io.BytesIO(png())) and None)
    with_parts(
        file,
        {
            "word/document.xml": lambda xml: xml.replace("r:embed=", "r:link="),
            "word/_rels/document.xml.rels": lambda xml: re.sub(
                r'Target="media/image1.png"', f'Target="file://{secret}" TargetMode="External"', xml
            ),
        },
    )
    result = take_in(project, file)
    assert "it lies outside the document, or is damaged" in result.output
    assert not (project / "guidebook/images/rowing-1.png").exists()


# Text


@given(st.text("ab *_`[]()<>#+-=|~^{}\\!:&;@.1\n\t\"'/", max_size=40))
def test_no_sign_of_a_text_is_taken_for_a_mark(text: str) -> None:
    shown = (
        Converter()
        .blocks(to_markdown(f"<p>{html.escape(text)}</p>").body, Marks(lambda target, _: target))
        .html
    )
    words = html.unescape(re.sub(r"<[^>]+>", "", shown))
    assert "".join(words.split()) == "".join(CONTROL.sub("", text).split())


@pytest.mark.parametrize(
    ("source", "levels"),
    [("143256", [2, 3, 3, 3, 4, 5]), ("3", [2]), ("2142", [2, 2, 3, 3]), ("123456", [2, 3, 4, 5, 6, 6])],
)
def test_headings_begin_at_the_second_level_and_skip_none(source: str, levels: list[int]) -> None:
    text = to_markdown("<h1 class='title'>T</h1>" + "".join(f"<h{level}>H</h{level}>" for level in source))
    assert text.title == "T"
    found = [len(line.split()[0]) for line in text.body.split("\n") if line.startswith("#")]
    assert found[0] == 2
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(found))
    assert found == levels


def test_nested_lists_links_and_merged_cells() -> None:
    text = to_markdown(
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"
        "<p><a href='https://example.org/x'>there</a> <a href='mailto:a@b.org'>write</a> <a href='#top'>up</a></p>"
        "<table><tr><td rowspan='2'>x</td><td></td></tr><tr><td>z</td></tr></table>"
    )
    assert text.body.split("\n\n") == [
        "- a\n    1. b\n    2. c\n- d",
        "[there](https://example.org/x) write up",
        "| x | Column 2 |\n| --- | --- |\n|  | z |\n",
    ]
    assert [note.rsplit(": ", 1)[1].split(" ")[0] for note in text.notes] == ["links", "links", "merged"]
