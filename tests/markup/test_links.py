"""Where a link leads, and which links a text has."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.kinds import PAGE
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.markup.links import Lead, Target, anchors, understand
from mkdocs_guidebook.markup.outline import Link, Passage
from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, VALID, copy_valid, read_valid


@pytest.fixture(scope="module")
def library() -> Library:
    return load(VALID)[0]


@pytest.mark.parametrize(
    ("written", "lead", "path", "anchor"),
    [
        ("https://example.org/a?b=c#d", Lead.WEB, "", ""),
        ("HTTP://example.org", Lead.WEB, "", ""),
        ("//example.org/a", Lead.WEB, "//", ""),
        ("mailto:a@example.org", Lead.MAIL, "", ""),
        ("mailto:a@example.org,b@example.org?subject=Hello", Lead.MAIL, "", ""),
        ("mailto:?to=a%40example.org", Lead.MAIL, "", ""),
        ("tel:+33123456789", Lead.MAIL, "", ""),
        ("tel:112", Lead.MAIL, "", ""),
        ("tel:+32-2-555.12.12;ext=3", Lead.MAIL, "", ""),
        ("mailto:", Lead.NOBODY, "", ""),
        ("MAILTO:jane", Lead.NOBODY, "", ""),
        ("mailto:jane@example", Lead.NOBODY, "", ""),
        ("mailto:a@example.org,jane", Lead.NOBODY, "", ""),
        ("mailto:?subject=Hello", Lead.NOBODY, "", ""),
        ("tel:", Lead.NOBODY, "", ""),
        ("tel:reception", Lead.NOBODY, "", ""),
        ("nijmegen.md", Lead.RECORD, ACTIVITY, ""),
        ("./nijmegen.md", Lead.RECORD, ACTIVITY, ""),
        ("../local_activities/nijmegen.md#context", Lead.RECORD, ACTIVITY, "context"),
        ("../guidebook/sandbags-and-neighbours.md", Lead.RECORD, CHAPTER, ""),
        ("../docs/index.md", Lead.RECORD, "docs/index.md", ""),
        ("#context", Lead.RECORD, ACTIVITY, "context"),
        ("#d%C3%A9but", Lead.RECORD, ACTIVITY, "début"),
        ("../guidebook/", Lead.COLLECTION, "guidebook", ""),
        ("../guidebook", Lead.COLLECTION, "guidebook", ""),
        ("../guidebook/index.md", Lead.COLLECTION, "guidebook", ""),
        ("../guidebook/README.md", Lead.COLLECTION, "guidebook", ""),
        ("../data/glossary.yml#sandbag", Lead.DATA, "data/glossary.yml", "sandbag"),
        ("../guidebook/book.yml", Lead.DATA, "guidebook/book.yml", ""),
        ("../guidebook/images/sandbags.svg", Lead.ASSET, "guidebook/images/sandbags.svg", ""),
        ("../guidebook/images/sand%62ags.svg", Lead.ASSET, "guidebook/images/sandbags.svg", ""),
        ("javascript:alert(1)", Lead.DANGEROUS, "", ""),
        (" JavaScript:alert(1)", Lead.DANGEROUS, "", ""),
        ("java\tscript:alert(1)", Lead.DANGEROUS, "", ""),
        ("data:text/html,x", Lead.DANGEROUS, "", ""),
        ("file:///etc/passwd", Lead.DANGEROUS, "", ""),
        ("vbscript:x", Lead.DANGEROUS, "", ""),
        ("C:\\plans\\a.docx", Lead.DANGEROUS, "", ""),
        ("https:nowhere", Lead.DANGEROUS, "", ""),
        ("http:///a", Lead.DANGEROUS, "", ""),
        ("../../secret.md", Lead.OUTSIDE, "", ""),
        ("../guidebook/../../a.md", Lead.OUTSIDE, "", ""),
        ("..%2F..%2Fsecret.md", Lead.OUTSIDE, "", ""),
        ("/guidebook/", Lead.ABSOLUTE, "", ""),
        ("/", Lead.ABSOLUTE, "", ""),
        ("arnhem.md", Lead.MISSING, "local_activities/arnhem.md", ""),
        ("../scripts/build", Lead.MISSING, "scripts/build", ""),
        ("", Lead.MISSING, "", ""),
        ("#", Lead.MISSING, "", ""),
    ],
)
def test_each_kind_of_target_is_told_apart(
    library: Library, written: str, lead: Lead, path: str, anchor: str
) -> None:
    assert understand(library, ACTIVITY, written) == Target(lead, path, anchor)


def test_every_kind_of_lead_is_tested_above() -> None:
    marker = test_each_kind_of_target_is_told_apart.pytestmark[0]  # type: ignore[attr-defined]
    assert {case[1] for case in marker.args[1]} == set(Lead)


def test_a_link_to_a_record_that_could_not_be_loaded_leads_to_it(project: Path) -> None:
    library, _ = load(copy_valid(project, {ACTIVITY: "---\n"}))
    assert understand(library, ARTICLE, "../local_activities/nijmegen.md").lead is Lead.RECORD


def test_an_anchor_alone_leads_into_the_file_where_it_stands(library: Library) -> None:
    assert understand(library, "data/glossary.yml", "#gauge") == Target(
        Lead.DATA, "data/glossary.yml", "gauge"
    )


def test_a_chapter_has_the_anchors_of_its_headings_recommendations_and_exercises(library: Library) -> None:
    assert list(anchors(library, CHAPTER)) == [
        "if-you-have-only-ten-minutes",
        "common-mistakes",
        "agree-on-a-list-of-names",
        "store-sandbags-above-the-water",
        "walk-the-street",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/glossary.yml", ["sandbag", "gauge"]),
        ("data/references.yml", ["meyer-2019", "river-board-2024"]),
        ("data/organisations.yml", ["river-board"]),
        ("data/events.yml", ["first-street-evening"]),
        ("data/vocabulary.yml", []),
        ("nowhere.md", []),
    ],
)
def test_a_data_file_has_the_anchors_of_what_it_holds(
    library: Library, path: str, expected: list[str]
) -> None:
    assert list(anchors(library, path)) == expected


def test_a_page_that_shows_a_data_file_has_its_anchors_too(project: Path) -> None:
    page = "---\ntitle: Words\nshows: glossary\n---\n\n## How to read it\n"
    library, _ = load(copy_valid(project, {"docs/words.md": page}))
    assert list(anchors(library, "docs/words.md")) == ["how-to-read-it", "sandbag", "gauge"]


# Links in a text


def passage(text: str) -> Passage:
    source = Source("docs/a.md", text)
    return Passage(Record(source, Page(), None, PAGE, Body(source, 0)), None, text)


def links(text: str) -> list[Link]:
    return sorted(passage(text).links, key=lambda link: link.start)


def targets(text: str) -> list[str]:
    return [link.target for link in links(text)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[words](a.md)", "a.md"),
        ("[words]( a.md )", "a.md"),
        ("[words](<a b.md>)", "a b.md"),
        ("[words](a b.md)", "a b.md"),
        ('[words](a.md "title (with brackets)")', "a.md"),
        ("[words](a.md 'title')", "a.md"),
        ('[words](a.md\n"title")', "a.md"),
        ("[words](a(b).md)", "a(b).md"),
        ("[words]()", ""),
        ("[words\nover lines](a.md)", "a.md"),
        ("[words [in [brackets]]](a.md)", "a.md"),
        ("[*words* `code`](a.md)", "a.md"),
        ("<https://example.org>", "https://example.org"),
        ("[words][r]\n\n[r]: a.md", "a.md"),
        ("[words] [r]\n\n[r]: a.md", "a.md"),
        ("[words][]\n\n[Words]: a.md", "a.md"),
        ("[words]\n\n[words]: <a.md> 'title'", "a.md"),
        ("[two\nwords]\n\n[Two  Words]: a.md", "a.md"),
        ("![alt](a.png)", "a.png"),
        ("![alt][r]\n\n[r]: a.png", "a.png"),
        ("![alt](a.png){ width=50 }", "a.png"),
    ],
)
def test_every_form_of_link_is_found(text: str, target: str) -> None:
    assert targets(text) == [target]


def test_an_image_in_a_link_is_found_with_it() -> None:
    assert [(link.is_image, link.target) for link in links("[![alt](a.png)](b.md)")] == [
        (False, "b.md"),
        (True, "a.png"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`[words](a.md)`",
        "```\n[words](a.md)\n```",
        "<!-- [words](a.md) -->",
        r"\[words](a.md)",
        "[words] (a.md)",
        "[words](a.md",
        "[ ] task",
        "[words][r]",
        "[^1]\n\n[^1]: a.md",
    ],
)
def test_what_is_no_link_is_not_found(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A ` here.\n\n[words](a.md)\n\nAnd a ` there.",
        "- A ` here\n- [words](a.md) ` there",
        "<!-- never closed\n\n[words](a.md)",
        "```\nnever closed\n\n[words](a.md)",
        "``` one\n[words](a.md)\n````",
        "| ` | [words](a.md) |\n| ` | x |",
    ],
)
def test_a_stray_sign_does_not_hide_the_links_behind_it(text: str) -> None:
    assert targets(text) == ["a.md"]


def test_a_link_points_at_its_target() -> None:
    text = read_valid(CHAPTER)
    for link in links(text):
        assert text[link.target_start : link.target_end] == link.target
