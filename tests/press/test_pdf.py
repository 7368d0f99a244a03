from __future__ import annotations

import itertools
import re
import subprocess
from pathlib import Path

import pytest

from mkdocs_guidebook.press.assemble import assemble
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.pdf.compile import typst_source
from mkdocs_guidebook.press.pdf.inline import says
from mkdocs_guidebook.press.refusals import PressFailed
from mkdocs_guidebook.press.run import make
from tests.press.samples import ADDRESS, BODY, CHAPTER, FRONT, catalogue, project
from tests.press.structure import Tag, bookmarks, languages, metadata, tags


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(project(tmp_path_factory.mktemp("press") / "project"))


@pytest.fixture(scope="module")
def chapter(documents: Catalogue) -> bytes:
    return make(documents, documents.specs["every-construct"])


def source_of(documents: Catalogue, id: str) -> str:
    assembled = assemble(documents.press, documents.document(documents.specs[id]))
    source = typst_source(assembled)
    assert assembled.problems == []
    return source


def text_of(data: bytes, tmp_path: Path) -> str:
    file = tmp_path / "text.pdf"
    file.write_bytes(data)
    result = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True)
    return result.stdout


@pytest.mark.parametrize(
    "id",
    [
        "guidebook",
        "sandbags-and-neighbours",
        "every-construct",
        "netherlands",
        "nijmegen",
        "recommendations",
        "comparison",
        "worksheet-every-construct-try-it",
        "facilitator-every-construct-try-it",
        "pack-street-evening",
    ],
)
def test_every_documentsays_title_language_and_standards(documents: Catalogue, id: str) -> None:
    spec = documents.specs[id]
    found = metadata(make(documents, spec))
    assert found["title"] == documents.document(spec).title
    assert (found["language"], found["ua"], found["conformance"]) == ("en", "1", "A")
    assert found["marked"] == found["shows_title"] == "True"


def test_the_same_input_gives_the_same_bytes(documents: Catalogue, chapter: bytes) -> None:
    assert make(documents, documents.specs["every-construct"]) == chapter
    again = catalogue(documents.press.library.root)
    assert make(again, again.specs["every-construct"]) == chapter


def test_headings_go_down_one_at_a_time(chapter: bytes) -> None:
    names = [tag.name for tag in tags(chapter).walk() if re.fullmatch(r"H\d", tag.name)]
    levels = [int(name[1:]) for name in names]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert {1, 2, 3, 4, 5} <= set(levels)


def test_a_table_has_header_cells(chapter: bytes) -> None:
    tables = tags(chapter).named("Table")
    assert len(tables) == 2
    assert [len(table.named("TH")) for table in tables] == [3, 8]
    assert all(table.named("THead") for table in tables)


def test_pictures_have_their_alternatives(chapter: bytes) -> None:
    alternatives = [tag.alt for tag in tags(chapter).named("Figure")]
    assert alternatives == ["Three rows of sandbags", "small sack"]
    assert tags(chapter).named("Caption")


def test_notes_and_lists_are_tagged(chapter: bytes) -> None:
    tree = tags(chapter)
    assert tree.named("Note", "FENote")
    assert tree.named("L")
    assert tree.named("LI")
    assert tree.named("BlockQuote")
    assert tree.named("Code")


def test_foreign_words_have_their_language(chapter: bytes) -> None:
    assert {"fr", "ar", "el", "ru"} <= languages(chapter)


def test_head_and_foot_are_no_part_of_the_text(chapter: bytes, documents: Catalogue) -> None:
    def figures(tag: Tag) -> list[str]:
        return [one.alt for one in tag.named("Figure")]

    code = documents.press.language("print.code")
    assert code not in figures(tags(chapter))


def test_words_stand_in_the_order_of_the_html(documents: Catalogue, chapter: bytes, tmp_path: Path) -> None:
    text = re.sub(r"\s+", " ", text_of(chapter, tmp_path))
    order = [
        "Every construct",
        "One of each, to be printed.",
        "Key messages",
        "Words in italics",
        "GRADE (A way to grade certainty) is explained once.",
        "A fourth level",
        "nested one",
        "Its definition.",
        "Take care",
        "Shown in print.",
        "First tab",
        "What the second tab says.",
        "of two lines.",
        'print("code #1")',
        "What a row looks like",
        "Recommendation 2.1",
        "It is tagged",
        "What is missing?",
        "Sources",
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_nothing_of_the_html_is_lost(documents: Catalogue, chapter: bytes, tmp_path: Path) -> None:
    assembled = assemble(documents.press, documents.document(documents.specs["every-construct"]))
    words = {
        word
        for leaf in assembled.leaves
        for text in leaf.root.itertext()
        for word in re.findall(r"[^\W_]{4,}", text)
        if "http" not in text and word.isascii()
    }
    printed = re.sub(r"[-\u00ad]\s*\n", "", text_of(chapter, tmp_path))
    joined = re.sub(r"\s+", "", printed)
    assert [word for word in sorted(words) if word not in joined] == []


def test_bookmarks_name_sections_and_recommendations(chapter: bytes) -> None:
    titles = bookmarks(chapter)
    assert "Tables and pictures" in titles
    assert any("Print each of them." in title for title in titles)


def test_references_inside_a_document_say_number_and_page(documents: Catalogue) -> None:
    source = source_of(documents, "guidebook")
    assert (
        'page-link("guidebook/sandbags-and-neighbours.md#agree-on-a-list-of-names", "recommendation 1.1")'
        in source
    )
    assert 'page-link("guidebook/sandbags-and-neighbours.md", "chapter 1")' in source


def test_a_link_that_begins_with_the_number_is_not_given_it_again() -> None:
    assert says("4.4 Find out who meets", "recommendation 4.4")
    assert says("See recommendation 4.4 there", "recommendation 4.4")
    assert not says("Find out who meets", "recommendation 4.4")
    assert not says("4.41 Find out", "recommendation 4.4")


def test_references_outside_a_document_get_a_note_with_their_address(documents: Catalogue) -> None:
    source = source_of(documents, "every-construct")
    assert 'web-link("https://high-water.example.org/guidebook/sandbags-and-neighbours/")' in source
    assert '#footnote()[#"Recommendation 1.1: "' in source


def test_without_a_site_address_there_is_neither_code_nor_address(documents: Catalogue) -> None:
    bare = catalogue(documents.press.library.root, base_url="")
    source = source_of(bare, "every-construct")
    assert ADDRESS not in source
    assert "qr: none" in source
    assert "(recommendation 1.1)" in source


def test_sources_are_numbered_as_they_are_met(documents: Catalogue) -> None:
    assembled = assemble(documents.press, documents.document(documents.specs["every-construct"]))
    assert (
        assembled.leaves[0].root.xpath("string(//section[@class='gb-key']//span[@class='gb-cites'])") == "[1]"
    )
    ids = assembled.leaves[0].root.xpath("//section[@class='gb-sources']//li/@id")
    assert ids == ["source-meyer-2019", "source-river-board-2024"]


def test_a_book_has_one_list_of_sources_and_one_glossary(documents: Catalogue) -> None:
    assembled = assemble(documents.press, documents.document(documents.specs["guidebook"]))
    assert [leaf.unit.path for leaf in assembled.leaves][-3:] == ["print/index", "words", "sources"]
    assert (
        len(
            [
                leaf
                for leaf in assembled.leaves
                if leaf.root.find(".//section[@class='gb-sources']") is not None
            ]
        )
        == 1
    )


def test_a_pack_holds_what_the_book_names(documents: Catalogue) -> None:
    document = documents.document(documents.specs["pack-street-evening"])
    assert [unit.kind for unit in document.units] == [
        "list",
        "chapter",
        "article",
        "activity",
        "facilitator",
        "worksheet",
    ]
    titles = bookmarks(make(documents, documents.specs["pack-street-evening"]))
    assert titles[0] == "Contents"
    assert "Agenda" in titles


def test_a_worksheet_has_its_lines(documents: Catalogue) -> None:
    assert "#writing-lines(5)" in source_of(documents, "worksheet-every-construct-try-it")


def test_every_sheet_says_what_it_is_and_where_it_comes_from(tmp_path: Path) -> None:
    long = project(tmp_path / "project", {CHAPTER: FRONT.replace("lines: 5", "lines: 40") + BODY})
    documents = catalogue(long)
    worksheet = make(documents, documents.specs["worksheet-every-construct-try-it"])
    sheets = text_of(worksheet, tmp_path).split("\f")[:-1]
    assert len(sheets) == 2
    for number, sheet in enumerate(sheets, 1):
        assert "Try it" in sheet
        assert "Worksheet" in sheet
        assert "Edition 0.1 · 23 November 2026" in sheet
        assert f"Page {number} of 2" in sheet
        assert "high-water.example.org/guidebook/every-construct" in sheet


def test_a_wide_table_gets_a_landscape_page(documents: Catalogue) -> None:
    assert source_of(documents, "every-construct").count("#landscape(") == 1


def test_letter_is_a_paper(documents: Catalogue) -> None:
    letter = catalogue(documents.press.library.root, paper="letter")
    assert 'paper: "us-letter"' in source_of(letter, "sandbags-and-neighbours")


def test_documents_speak_the_language_of_the_site(documents: Catalogue) -> None:
    french = catalogue(documents.press.library.root, language="fr")
    data = make(french, french.specs["worksheet-every-construct-try-it"])
    assert metadata(data)["language"] == "fr"


def test_a_missing_picture_is_a_problem_with_its_place(tmp_path: Path) -> None:
    root = project(tmp_path / "project", {CHAPTER: FRONT + BODY.replace("sandbags.svg", "gone.svg")})
    documents = catalogue(root)
    with pytest.raises(PressFailed) as caught:
        make(documents, documents.specs["every-construct"])
    problem = caught.value.problems[0]
    assert problem.place.path == CHAPTER
    assert "gone.svg" in problem.source_line
    assert "gone.svg" in problem.message


def test_a_construct_without_a_form_is_a_problem_with_its_place(documents: Catalogue) -> None:
    from mkdocs_guidebook.press.context import Document, Unit

    record = documents.press.library.by_path[CHAPTER]
    html = "<article><header><h1>T</h1></header><fieldset><p>A fourth level</p></fieldset></article>"
    document = Document("x", "chapter", "T", (Unit(CHAPTER, "T", html, "chapter", record=record, level=0),))
    assembled = assemble(documents.press, document)
    typst_source(assembled)
    problems = assembled.problems
    assert {(problem.code, problem.place.path) for problem in problems} == {("unprintable", CHAPTER)}
    assert problems[0].source_line == "#### A fourth level"


def test_the_address_on_the_sheet_is_that_of_the_page(documents: Catalogue) -> None:
    spec = documents.specs["worksheet-every-construct-try-it"]
    assert documents.document(spec).url == f"{ADDRESS}guidebook/every-construct/#try-it"
