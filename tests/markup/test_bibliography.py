"""References in the style of the package, formatted by citeproc-py."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.content.data.references import ItemType, ReferenceEntry
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.content.yaml12 import Plain
from mkdocs_guidebook.markup.bibliography import Bibliography, csl_json
from mkdocs_guidebook.markup.convert import plain_text

ROOT = Path(__file__).parents[2]
TYPES = get_args(ItemType)


def entry(**fields: Any) -> ReferenceEntry:
    known: dict[str, Any] = {
        "id": "meyer-2019",
        "type": "book",
        "title": "The night of the river",
        "author": [{"family": "Meyer", "given": "Anna"}],
        "issued": "2019",
        "publisher": "River Press",
    }
    return ReferenceEntry.model_validate({key: value for key, value in (known | fields).items() if value})


def html(language: str = "en", **fields: Any) -> str:
    return Bibliography({"meyer-2019": entry(**fields)}, language).html("meyer-2019")


def text(language: str = "en", **fields: Any) -> str:
    return plain_text(html(language, **fields))


def test_a_reference_has_its_author_year_title_and_publisher() -> None:
    shown = text()
    assert [
        shown.index(word) for word in ("Meyer", "2019", "The night of the river", "River Press")
    ] == sorted(shown.index(word) for word in ("Meyer", "2019", "The night of the river", "River Press"))


def test_a_title_is_in_italics() -> None:
    assert "<i>The night of the river</i>" in html()


@pytest.mark.parametrize("type", ["book", "report", "webpage", "article-newspaper"])
def test_a_description_in_brackets_is_not_in_italics(type: str) -> None:
    shown = html(type=type, title="[A letter about the river]")
    assert "[A letter about the river]" in shown
    assert "<i>[" not in shown


@pytest.mark.parametrize("publisher", ["River Board", "River Board (network)", "river board"])
def test_an_author_that_is_also_the_publisher_is_named_once(publisher: str) -> None:
    shown = text(author=[{"literal": "River Board"}], publisher=publisher)
    assert shown.casefold().count("river board") == 1


@pytest.mark.parametrize(
    "type", ["book", "report", "webpage", "article-newspaper", "article-journal", "legislation"]
)
def test_a_title_stands_once_even_without_an_author(type: str) -> None:
    shown = text(type=type, author=None, URL="https://example.org/a")
    assert shown.count("The night of the river") == 1


def test_an_address_is_a_link_that_shows_itself() -> None:
    address = "https://example.org/a(b),c;d?x=1&y=2#z"
    shown = html(URL=address)
    escaped = address.replace("&", "&amp;")
    assert re.search(rf'<a [^>]*href="{re.escape(escaped)}"[^>]*>{re.escape(escaped)}</a>', shown)


def test_a_doi_is_a_link() -> None:
    assert 'href="https://doi.org/10.1000/182"' in html(type="article-journal", DOI="10.1000/182")


def test_the_day_of_reading_is_told() -> None:
    shown = text(issued=None, accessed="2026-11-23", URL="https://example.org/", type="webpage")
    assert "23 November 2026" in shown


def test_words_and_months_are_those_of_the_language_of_the_site() -> None:
    fields: dict[str, Any] = {"accessed": "2026-11-23", "URL": "https://example.org/", "type": "webpage"}
    assert "23 novembre 2026" in text("fr", **fields)
    assert text("fr", **fields) != text("en", **fields)


@pytest.mark.parametrize("language", ["en", "en-GB", "fr", "de", "pt", "zh", "xx", ""])
def test_a_language_that_nobody_translated_is_no_error(language: str) -> None:
    assert "The night of the river" in text(language)


@pytest.mark.parametrize("dates", [[[2019, 3, 1], [2019, 4, 2]], [[2018], [2019]], [[2019, 3], [2019, 4]]])
def test_a_range_of_dates_is_not_left_out(dates: list[list[int]]) -> None:
    assert "2019" in text(issued={"date-parts": dates})


def test_only_what_is_circa_is_called_so() -> None:
    about = [entry(issued={"date-parts": [[2019]], "circa": Plain(word)}) for word in ("true", "false")]
    assert [csl_json(item)["issued"]["circa"] for item in about] == [True, False]


@pytest.mark.parametrize("field", ["title", "publisher", "container-title", "genre", "edition"])
def test_what_a_reference_holds_cannot_become_html(field: str) -> None:
    shown = html(type="chapter", **{field: '<img src=x onerror=alert(1)> & <script>alert("1")</script>'})
    assert "<img" not in shown and "<script" not in shown


def test_a_name_cannot_become_html() -> None:
    assert "<script" not in html(author=[{"literal": "<script>alert(1)</script>"}])


def test_signs_of_html_in_a_title_are_shown() -> None:
    assert "R&amp;D &lt; 3" in html(title="R&D < 3")


@pytest.mark.parametrize("type", TYPES)
def test_every_type_of_source_can_be_formatted(type: str) -> None:
    assert "The night of the river" in text(type=type, URL="https://example.org/a")


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=20
).filter(str.strip)
FIELDS = [
    info.alias or name
    for name, info in ReferenceEntry.model_fields.items()
    if name not in ("id", "type", "title", "DOI", "URL") and "str" in str(info.annotation)
]


@given(st.sampled_from(TYPES), WORDS, st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=6))
@settings(max_examples=40)
def test_any_reference_can_be_formatted(type: str, title: str, fields: dict[str, str]) -> None:
    assert html(type=type, title=title, **fields)


# The real bibliography

REAL = load(ROOT)[0].references
FORMATTED = Bibliography(REAL)


@pytest.mark.parametrize("id", REAL)
def test_every_reference_of_the_real_bibliography_is_formatted(id: str) -> None:
    item = REAL[id]
    shown = FORMATTED.html(id)
    plain = plain_text(shown)
    assert re.sub(r"\W", "", item.title).casefold() in re.sub(r"\W", "", plain).casefold()
    assert plain.count(item.title) <= 1 or item.title in (item.publisher, item.container_title)
    year = str(item.issued.date_parts[0][0]) if item.issued else ""
    assert year in plain
    if item.URL and not item.DOI:
        assert f'href="{item.URL.replace("&", "&amp;")}"' in shown


def test_the_real_bibliography_is_not_empty() -> None:
    assert len(REAL) > 100


def test_csl_json_has_the_names_of_csl() -> None:
    assert csl_json(entry(**{"container-title": "Rivers"})) == {
        "id": "meyer-2019",
        "type": "book",
        "title": "The night of the river",
        "author": [{"family": "Meyer", "given": "Anna"}],
        "issued": {"date-parts": [[2019]]},
        "publisher": "River Press",
        "container-title": "Rivers",
    }
