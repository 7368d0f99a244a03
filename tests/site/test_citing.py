"""Every record and the book can be cited: as text, and by reference managers."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.markup.bibliography import Bibliography, csl_json
from mkdocs_guidebook.markup.convert import plain_text
from mkdocs_guidebook.markup.exchange import bibtex, csl, ris
from mkdocs_guidebook.site.citing import book_item, citation_makers, citation_text, record_item
from mkdocs_guidebook.site.views.base import Site
from tests.site.links import BuiltSite
from tests.site.projects import FOREIGN, copy_foreign, edit
from tests.site.sites import ADDRESS, site_of, views_of

CHAPTER = "guidebook/accueillir-une-recrue"
RECORDS = {
    f"{CHAPTER}.md",
    "guidebook/partir-en-intervention.md",
    "state-of-the-art/belgique.md",
    "state-of-the-art/fidelisation.md",
    "local-activities/saint-exemple.md",
    "local-activities/kalamata.md",
}
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")),
    min_size=1,
    max_size=12,
)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(FOREIGN)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_foreign(tmp_path / "guide")


def items(site: Site) -> list[dict[str, Any]]:
    return [book_item(site), *(record_item(site, record) for record in site.library.records)]


def item(site: Site, id: str) -> dict[str, Any]:
    return next(record_item(site, record) for record in site.library.records if record.id == id)


def parse_ris(text: str) -> list[tuple[str, str]]:
    """Read a record of RIS: two signs, two blanks, a hyphen, a blank, a value, and CR LF."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines]
    assert all(found), text
    return [(match[1], match[2]) for match in found if match]


def parse_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Read one entry as BibTeX does, by counting braces; return its type, its key and its fields."""
    head = re.match(r"@(\w+)\{([^,\s]+),\n", text)
    assert head
    fields, position = {}, head.end()
    while text[position] != "}":
        start = re.compile(r"  ([\w-]+) = ").match(text, position)
        assert start, text[position:]
        position = start.end()
        end = position
        depth = 0
        while text[end] != "," or depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        fields[start[1]] = text[position:end]
        position = end + 2
    assert text[position:] == "}\n"
    return head[1], head[2], fields


def unescape(value: str) -> str:
    """Take the outer braces and the escapes of BibTeX away."""
    while value.startswith("{") and value.endswith("}"):
        value = value[1:-1]
    commands = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^", "braceleft": "{", "braceright": "}"}
    return re.sub(
        r"\\text(\w+)\{\}|\\([&%$#_])", lambda match: commands[match[1]] if match[1] else match[2], value
    )


# The item


def test_every_record_and_the_book_are_items_of_our_own_model(site: Site) -> None:
    for found in items(site):
        assert csl_json(ReferenceEntry.model_validate(found)) == found


def test_a_chapter_names_its_book_edition_number_and_address(site: Site) -> None:
    assert item(site, "accueillir-une-recrue") == {
        "id": "chapter-accueillir-une-recrue-1.2",
        "type": "chapter",
        "title": "Accueillir une recrue",
        "author": [
            {"literal": "Amicale des centres de secours d'Exemple"},
            {"literal": "Équipe de rédaction"},
        ],
        "issued": {"date-parts": [[2025, 1, 15]]},
        "container-title": "Le guide du centre de secours",
        "publisher": "Amicale des centres de secours d'Exemple",
        "edition": "1.2",
        "chapter-number": "1",
        "language": "fr",
        "abstract": site.library.chapters[0].data.summary,
        "URL": f"{ADDRESS}{CHAPTER}/",
    }


def test_articles_and_activities_are_pages_of_the_site(site: Site) -> None:
    assert item(site, "belgique")["type"] == item(site, "kalamata")["type"] == "webpage"
    assert item(site, "belgique")["container-title"] == "Le guide du centre de secours"
    assert item(site, "belgique")["version"] == "1.2"


def test_a_record_is_dated_by_its_last_amendment_and_not_by_other_reviews(project: Path) -> None:
    chapter = project / f"{CHAPTER}.md"
    assert item(site_of(project), "accueillir-une-recrue")["issued"] == {"date-parts": [[2025, 1, 15]]}
    edit(chapter, "outcome: amended", "outcome: unchanged")
    assert item(site_of(project), "accueillir-une-recrue")["issued"] == {"date-parts": [[2024, 5, 2]]}


def test_before_an_edition_is_published_no_edition_and_no_number_is_cited(project: Path) -> None:
    edit(project / "guidebook" / "book.yml", 'edition: "1.2"\nreleased: 2025-03-01\n', "")
    found = item(site_of(project), "accueillir-une-recrue")
    assert found["id"] == "chapter-accueillir-une-recrue"
    assert not {"edition", "chapter-number"} & found.keys()


def test_the_book_has_authors_only_where_all_chapters_have_the_same(site: Site, project: Path) -> None:
    assert "author" not in book_item(site)
    for record in site.library.chapters:
        file = project / record.path
        file.write_text(re.sub(r"^authors:.*$", "authors: [Anna Meyer]", file.read_text("utf-8"), flags=re.M))
    assert book_item(site_of(project))["author"] == [{"literal": "Anna Meyer"}]


def test_an_unreleased_book_is_as_old_as_its_latest_change(project: Path) -> None:
    edit(project / "guidebook" / "book.yml", "released: 2025-03-01\n", "")
    assert book_item(site_of(project))["issued"] == {"date-parts": [[2025, 1, 15]]}


def test_without_an_address_of_the_site_none_is_made_up() -> None:
    assert not any("URL" in found for found in items(site_of(FOREIGN, base_url="")))


# The text


def test_the_text_names_authors_title_book_edition_and_address(site: Site) -> None:
    text = plain_text(citation_text(site, item(site, "accueillir-une-recrue")))
    for part in (
        "Amicale des centres de secours d'Exemple",
        "Équipe de rédaction",
        "2025",
        "Accueillir une recrue",
        "Le guide du centre de secours",
        "Édition 1.2",
        f"{ADDRESS}{CHAPTER}/",
    ):
        assert part in text


def test_a_book_without_authors_says_its_title_once(site: Site) -> None:
    assert citation_text(site, book_item(site)).count("Le guide du centre de secours") == 1


def test_records_that_are_alike_are_written_as_if_each_were_the_only_one(site: Site) -> None:
    for found in [*items(site), *map(csl_json, site.library.references.values())]:
        once = Bibliography({}, "fr").format(found)
        assert site.bibliography.format_alike(found) == once
        assert site.bibliography.format_alike(found) == once


@pytest.mark.parametrize("title", ["A & B", "Is it?", "“Quoted”", "<em>x</em>", "Stand-in title", "end."])
def test_titles_that_a_style_may_treat_in_its_own_way_are_too(site: Site, title: str) -> None:
    found = item(site, "belgique") | {"title": title}
    assert site.bibliography.format_alike(found) == Bibliography({}, "fr").format(found)


def test_nothing_in_a_reference_becomes_markup_of_the_page() -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> & co"
    text = Bibliography({}).format(
        {
            "id": "x",
            "type": "book",
            "title": hostile,
            "author": [{"literal": hostile}],
            "publisher": hostile,
            "URL": "https://example.org/?a=1&copy=2",
        }
    )
    assert set(re.findall(r"<(\w+)", text)) <= {"i", "a"}
    assert "&lt;script&gt;" in text
    assert 'href="https://example.org/?a=1&amp;copy=2"' in text


def test_italics_in_a_title_stay() -> None:
    item = {"id": "x", "type": "article-journal", "title": "On <i>Homo</i>", "container-title": "Journal"}
    assert "<i>Homo</i>" in Bibliography({}).format(item)


# The files


def test_bibtex_comes_back_as_it_went_out(site: Site) -> None:
    kinds = {"book": "book", "chapter": "incollection", "webpage": "misc"}
    for found in items(site):
        kind, key, fields = parse_bibtex(bibtex(found))
        assert (kind, key) == (kinds[found["type"]], found["id"])
        assert fields["title"] == f"{{{{{found['title']}}}}}", "capitals are kept"
        assert unescape(fields["url"]) == found["URL"]
        if "author" in found:
            names = " and ".join(f"{{{author['literal']}}}" for author in found["author"])
            assert fields["author"] == f"{{{names}}}"
        if "issued" in found:
            assert unescape(fields["year"]) == str(found["issued"]["date-parts"][0][0])
            assert fields["month"] in ("jan", "mar", "may", "jun")


@given(TITLES, TITLES)
def test_any_title_and_author_survives_bibtex(title: str, author: str) -> None:
    text = bibtex({"id": "x", "type": "book", "title": title, "author": [{"literal": author}]})
    fields = parse_bibtex(text)[2]
    assert unescape(fields["author"]) == author
    assert unescape(fields["title"]) == title


def test_bibtex_divides_the_names_of_persons() -> None:
    author = {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den", "suffix": "Jr"}
    text = bibtex({"id": "a b", "type": "report", "title": "T", "author": [author], "page": "3-5"})
    kind, key, fields = parse_bibtex(text)
    assert (kind, key) == ("techreport", "a-b")
    assert fields["author"] == "{van den Berg, Jr, Anna}"
    assert fields["pages"] == "{3--5}"


def test_ris_comes_back_as_it_went_out(site: Site) -> None:
    kinds = {"book": "BOOK", "chapter": "CHAP", "webpage": "ELEC"}
    for found in items(site):
        lines = parse_ris(ris(found))
        assert lines[0] == ("TY", kinds[found["type"]])
        assert lines[-1] == ("ER", "")
        values = dict(lines)
        assert values["TI"] == found["title"]
        assert values["UR"] == found["URL"]
        assert values["PB"] == found["publisher"]
        assert values["ET"] == "1.2"
        assert values.get("T2") == found.get("container-title")
        authors = [value for tag, value in lines if tag == "AU"]
        assert authors == [f"{author['literal']}," for author in found.get("author", ())]


def test_ris_has_the_year_and_the_whole_date(site: Site) -> None:
    values = dict(parse_ris(ris(item(site, "accueillir-une-recrue"))))
    assert (values["PY"], values["DA"]) == ("2025", "2025/01/15/")
    values = dict(
        parse_ris(ris({"id": "x", "type": "book", "title": "T", "issued": {"date-parts": [[2019, 3]]}}))
    )
    assert (values["PY"], values["DA"]) == ("2019", "2019/03//")


@given(TITLES)
def test_any_title_survives_ris(title: str) -> None:
    assert dict(parse_ris(ris({"id": "x", "type": "book", "title": title})))["TI"] == title


def test_csl_json_is_a_list_of_the_item(site: Site) -> None:
    for found in items(site):
        assert json.loads(csl(found)) == [found]


# The pages


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_record_page_and_the_home_page_link_to_their_files(directory_urls: bool) -> None:
    site = site_of(FOREIGN, directory_urls=directory_urls)
    files = {place for _, place, _ in citation_makers(site)}
    views = {name: view for name, view in views_of(site).items() if view.citation}
    assert set(views) == {*RECORDS, "index.md"}
    linked = []
    for view in views.values():
        assert view.citation
        assert [file.text for file in view.citation.files] == ["BibTeX", "RIS", "CSL-JSON"]
        for file in view.citation.files:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(view.url), file.url))
            assert place in files
            linked.append(place)
    assert sorted(linked) == sorted(files)


def test_files_are_kept_under_names_that_tell_them_apart(site: Site) -> None:
    names = [file.name for view in views_of(site).values() if view.citation for file in view.citation.files]
    assert len(set(names)) == len(names)
    assert "chapter-accueillir-une-recrue-1.2.bib" in names


@pytest.mark.parametrize("name", sorted({*RECORDS, "index.md"}))
def test_a_page_shows_how_it_is_cited(foreign: BuiltSite, name: str) -> None:
    page = foreign.page("" if name == "index.md" else f"{name.removesuffix('.md')}/")
    (section,) = page.tree.xpath("//section[@aria-labelledby='cite-this']")
    assert section.xpath(".//p[@id='cite-text']")
    for link in section.xpath(".//a[@download]"):
        assert foreign.find(page.name, link.get("href"), files_only=True)[0]
    assert len(section.xpath(".//a[@download]")) == 3
    assert all(button.get("hidden") is not None for button in section.xpath(".//button"))


def test_every_recommendation_shows_its_permanent_address(foreign: BuiltSite) -> None:
    cards = foreign.page(f"{CHAPTER}/").tree.xpath("//section[contains(@class, 'gb-recommendation')]")
    assert cards
    for card in cards:
        (link,) = card.xpath(".//*[contains(@class, 'gb-recommendation__address')]//a")
        assert link.get("href") == f"#{card.get('id')}"
        assert link.text_content() == f"{ADDRESS}{CHAPTER}/#{card.get('id')}"
