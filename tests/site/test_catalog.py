"""catalog.json: everything typed of the published library, in a form that its schema says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.site.catalog import NAME, SCHEMA_NAME, build_catalog, catalog_makers, catalog_schema
from mkdocs_guidebook.site.catalog_models import Catalog
from mkdocs_guidebook.site.views.base import Site
from tests.site.links import BuiltSite
from tests.site.projects import FOREIGN, ROOT, copy_foreign, edit
from tests.site.sites import ADDRESS, site_of

TINY = ROOT / "tests" / "fixtures" / "tiny-valid"


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(FOREIGN)


def texts_of(makers: Iterable[tuple[str, Callable[[], str]]]) -> dict[str, str]:
    return {name: make() for name, make in makers}


def catalog(site: Site) -> dict[str, Any]:
    return dict(json.loads(texts_of(catalog_makers(site))[NAME]))


def one(things: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next(thing for thing in things if thing["id"] == id)


# Its form


@pytest.mark.parametrize("project", [FOREIGN, TINY, ROOT], ids=["foreign", "tiny", "real"])
def test_the_catalog_follows_its_schema(project: Path) -> None:
    files = texts_of(catalog_makers(site_of(project)))
    schema = json.loads(files[SCHEMA_NAME])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [
        error.message for error in Draft202012Validator(schema).iter_errors(json.loads(files[NAME]))
    ] == []


def test_the_schema_finds_what_does_not_belong(site: Site) -> None:
    validator = Draft202012Validator(catalog_schema())
    data = catalog(site)
    for broken in (data | {"mood": "good"}, data | {"chapters": None}, {"format": 1}):
        assert not validator.is_valid(broken)
    data["chapters"][0]["published"] = "yesterday"
    assert not validator.is_valid(data)


def test_the_schema_says_what_each_field_is() -> None:
    definitions = catalog_schema()["$defs"]
    assert definitions["CatalogRecommendation"]["properties"]["number"]["description"]
    assert definitions["CatalogActivity"]["properties"]["standing"]["description"]


def test_the_schema_has_an_address_where_the_site_has_one() -> None:
    assert catalog_schema(ADDRESS)["$id"] == f"{ADDRESS}{SCHEMA_NAME}"
    assert "$id" not in catalog_schema()


def test_the_catalog_can_be_read_back_as_it_was_written(site: Site) -> None:
    text = texts_of(catalog_makers(site))[NAME]
    assert Catalog.model_validate(json.loads(text, parse_float=Decimal)) == build_catalog(site)


def test_the_same_content_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    assert texts_of(catalog_makers(site_of(project))) == texts_of(catalog_makers(site))


def test_the_order_of_entries_that_have_none_does_not_matter(site: Site, tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    file = project / "data" / "organisations.yml"
    head, *entries = file.read_text("utf-8").split("\n  - ")
    file.write_text(
        "\n  - ".join([head, *(entry.rstrip("\n") for entry in reversed(entries))]) + "\n", "utf-8"
    )
    assert catalog(site_of(project)) == catalog(site)


# What is in it


def test_it_says_which_edition_of_what_it_is(site: Site, tmp_path: Path) -> None:
    data = catalog(site)
    assert (data["edition"], data["released"], data["language"]) == ("1.2", "2025-03-01", "fr")
    assert data["site"] == ADDRESS
    assert data["generator"]["name"] == "mkdocs-guidebook"
    project = copy_foreign(tmp_path / "guide")
    edit(project / "guidebook" / "book.yml", 'edition: "1.2"\nreleased: 2025-03-01\n', "")
    unpublished = catalog(site_of(project, base_url=""))
    assert not {"edition", "released", "site"} & unpublished.keys()


def test_everything_has_id_kind_title_and_an_address_that_leads_somewhere(foreign: BuiltSite) -> None:
    data = json.loads((foreign.folder / NAME).read_text("utf-8"))
    lists = ("parts", "chapters", "articles", "activities", "pages", "events", "glossary", "organisations")
    things = [data["book"], *(thing for name in lists for thing in data[name])]
    for thing in things:
        assert {"id", "kind", "title", "url", "path"} <= thing.keys()
    inner = [
        inner for chapter in data["chapters"] for inner in chapter["recommendations"] + chapter["exercises"]
    ]
    assert {thing["kind"] for thing in inner} == {"recommendation", "exercise"}
    for thing in (*things, *inner):
        file, anchor = foreign.find("index.html", thing["url"] or "./")
        assert file, thing["url"]
        assert not anchor or anchor in foreign.pages[file].anchors, thing["url"]


def test_recommendations_have_numbers_addresses_and_examples(site: Site) -> None:
    chapter = one(catalog(site)["chapters"], "accueillir-une-recrue")
    first = chapter["recommendations"][0]
    assert (chapter["number"], first["number"]) == (1, "1.1")
    assert first["address"] == "accueillir-une-recrue#nommer-un-parrain"
    assert first["url"] == "guidebook/accueillir-une-recrue/#nommer-un-parrain"
    shown = {
        address: activity["id"]
        for activity in catalog(site)["activities"]
        for address in activity["illustrates"]
    }
    for recommendation in chapter["recommendations"]:
        assert (shown.get(recommendation["address"]) is None) == (recommendation["illustrated_by"] == [])


def test_articles_have_profile_and_figures_and_activities_their_standing(site: Site) -> None:
    data = catalog(site)
    article = one(data["articles"], "belgique")
    assert article["country"] == "BE"
    assert article["profile"] and article["figures"]
    record = one(data["activities"], "kalamata")
    assert record["standing"] == site.library.standing(
        next(activity for activity in site.library.activities if activity.id == "kalamata")
    )
    assert set(record["criteria"]) == {"problem", "mechanism", "evaluation", "replication"}


def test_references_are_csl_json(site: Site) -> None:
    data = catalog(site)["references"]
    assert [item["id"] for item in data] == sorted(site.library.references)
    for item in data:
        assert ReferenceEntry.model_validate(item) == site.library.references[item["id"]]


def test_drafts_are_not_in_it_even_where_the_preview_shows_them(site: Site) -> None:
    preview = site_of(FOREIGN, drafts=True)
    assert any(record.is_draft for record in preview.library.records)
    assert catalog(preview) == catalog(site)


def test_the_digest_of_a_text_changes_with_its_words_and_not_with_its_lines(
    site: Site, tmp_path: Path
) -> None:
    project = copy_foreign(tmp_path / "guide")
    file = project / "guidebook" / "accueillir-une-recrue.md"

    def chapter(site: Site) -> dict[str, Any]:
        return one(catalog(site)["chapters"], "accueillir-une-recrue")

    edit(file, "Le bip et la tenue", "Le bip\net la tenue")
    assert chapter(site_of(project))["body"] != chapter(site)["body"]
    assert chapter(site_of(project))["sha256"] == chapter(site)["sha256"]
    edit(file, "et la tenue", "et la veste")
    assert chapter(site_of(project))["sha256"] != chapter(site)["sha256"]
