"""What machines read in the head of a page: Open Graph, Dublin Core, Highwire tags and JSON-LD."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mkdocs_guidebook.site.json_ld import licence_address
from mkdocs_guidebook.site.metadata import MetadataView, metadata_view
from mkdocs_guidebook.site.views.base import Site
from tests.site.links import BuiltSite
from tests.site.projects import FOREIGN, copy_foreign, edit
from tests.site.sites import ADDRESS, site_of, views_of

CHAPTER = "guidebook/accueillir-une-recrue.md"
ARTICLE = "state-of-the-art/belgique.md"
ACTIVITY = "local-activities/saint-exemple.md"
TYPES = {CHAPTER: "Chapter", ARTICLE: "Article", ACTIVITY: "Report"}


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(FOREIGN)


def metadata(site: Site, name: str) -> MetadataView:
    return metadata_view(site, views_of(site)[name])


def values(view: MetadataView, name: str) -> list[str]:
    return [tag.content for tag in view.tags if tag.name == name]


def json_ld(view: MetadataView) -> dict[str, Any]:
    data = json.loads(view.json_ld)
    assert isinstance(data, dict)
    return data


# JSON-LD


@pytest.mark.parametrize(("name", "kind"), TYPES.items())
def test_a_record_says_what_it_is_and_of_which_book_it_is_a_part(site: Site, name: str, kind: str) -> None:
    data = json_ld(metadata(site, name))
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == kind
    assert data["url"] == ADDRESS + views_of(site)[name].url
    assert data["inLanguage"] == "fr"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/deed.fr"
    assert data["about"][0]["@type"] == "DefinedTerm"
    book = data["isPartOf"]
    assert (book["@type"], book["bookEdition"]) == ("Book", "1.2")
    assert book["name"].startswith("Le guide du centre de secours: ")


def test_dates_tell_publication_from_amendment(site: Site) -> None:
    data = json_ld(metadata(site, CHAPTER))
    assert (data["datePublished"], data["dateModified"]) == ("2024-05-02", "2025-01-15")
    untouched = json_ld(metadata(site, "guidebook/partir-en-intervention.md"))
    assert "dateModified" not in untouched


def test_an_author_is_an_organisation_only_where_that_is_known(site: Site) -> None:
    known, unknown = json_ld(metadata(site, CHAPTER))["author"]
    assert known["@type"] == "Organization"
    assert unknown == {"name": "Équipe de rédaction"}


def test_a_chapter_lists_its_recommendations_with_their_addresses(site: Site) -> None:
    parts = json_ld(metadata(site, CHAPTER))["hasPart"]
    assert parts[0]["@id"] == f"{ADDRESS}guidebook/accueillir-une-recrue/#nommer-un-parrain"
    assert parts[0]["position"] == "1.1"


def test_articles_and_activities_say_which_place_they_are_about(site: Site) -> None:
    assert json_ld(metadata(site, ARTICLE))["spatialCoverage"]["identifier"] == "BE"
    activity = json_ld(metadata(site, ACTIVITY))
    assert activity["spatialCoverage"]["geo"]["latitude"] == 45.5
    assert activity["temporalCoverage"] == "2022-03/2022-11"


def test_the_home_page_is_the_site_and_the_book(site: Site) -> None:
    website, book = json_ld(metadata(site, "index.md"))["@graph"]
    assert (website["@type"], book["@type"]) == ("WebSite", "Book")
    assert [part["position"] for part in book["hasPart"]] == [1, 2]
    assert book["datePublished"] == "2025-03-01"


def test_nothing_that_is_written_ends_the_script_element(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    hostile = "</script><script>alert(1)</script><!-- & co"
    edit(project / CHAPTER, "title: Accueillir une recrue", f"title: '{hostile}'")
    view = metadata(site_of(project), CHAPTER)
    assert not re.search(r"[<>&]", view.json_ld)
    assert json_ld(view)["name"] == hostile


# Tags


@pytest.mark.parametrize("name", TYPES)
def test_highwire_tags_say_what_the_citation_says(site: Site, name: str) -> None:
    view, page = metadata(site, name), views_of(site)[name]
    assert values(view, "citation_title") == [page.title]
    assert "Équipe de rédaction" in values(view, "citation_author")
    assert values(view, "citation_publication_date")[0][:4] == "2025"
    assert values(view, "citation_publisher") == ["Amicale des centres de secours d'Exemple"]
    assert values(view, "citation_language") == ["fr"]
    assert values(view, "citation_public_url") == [ADDRESS + page.url]


def test_zotero_finds_a_chapter_of_a_book_a_web_page_and_a_book(site: Site) -> None:
    """As its translators choose the type: a book title first, then og:type, then DC.type."""
    chapter, article, home = (metadata(site, name) for name in (CHAPTER, ARTICLE, "index.md"))
    assert values(chapter, "citation_inbook_title") == ["Le guide du centre de secours"]
    assert not values(article, "citation_inbook_title")
    assert values(article, "og:type") == ["article"]  # not enough to choose a type
    assert values(article, "DC.type") == ["Web page"]
    assert values(article, "og:site_name") == ["Le guide du centre de secours"]
    assert values(home, "og:type") == ["book"]


@pytest.mark.parametrize("name", TYPES)
def test_dublin_core_names_the_same(site: Site, name: str) -> None:
    view, page = metadata(site, name), views_of(site)[name]
    assert values(view, "DC.title") == [page.title]
    assert values(view, "DC.creator") == values(view, "citation_author")
    assert values(view, "DC.identifier") == [ADDRESS + page.url]
    assert values(view, "DC.rights") == ["Textes : CC BY 4.0."]
    assert values(view, "DC.date") == [values(view, "citation_publication_date")[0].replace("/", "-")]


def test_every_page_has_a_name_for_those_who_share_it(site: Site) -> None:
    for view in views_of(site).values():
        assert values(metadata_view(site, view), "og:title") == [view.title]


def test_without_an_address_of_the_site_none_is_made_up() -> None:
    site = site_of(FOREIGN, base_url="")
    for name in (*TYPES, "index.md"):
        view = metadata(site, name)
        assert not any(values(view, tag) for tag in ("og:url", "DC.identifier", "citation_public_url"))
        assert '"@id"' not in view.json_ld
        addresses = {
            address
            for address in re.findall(r"https?://[^\"]+", view.json_ld)
            if not address.startswith(("https://schema.org", "https://creativecommons.org/"))
        }
        assert addresses <= {"https://exemple.example.org/"}, "only what data/organisations.yml says"


def test_the_licence_is_the_first_address_in_the_words_about_it(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    assert licence_address(site_of(project).library).endswith("/deed.fr")
    book = project / "guidebook" / "book.yml"
    book.write_text(
        re.sub(r"^licence:.*$", "licence: Tous droits réservés.", book.read_text("utf-8"), flags=re.M)
    )
    site = site_of(project)
    assert licence_address(site.library) == ""
    assert "license" not in json_ld(metadata(site, CHAPTER))
    assert not [link for link in metadata(site, CHAPTER).links if link.rel == "license"]


# Built pages


@pytest.mark.parametrize("name", [*TYPES, "index.md"])
def test_the_head_of_a_built_page_has_it_all(foreign: BuiltSite, name: str) -> None:
    page = foreign.page("" if name == "index.md" else f"{name.removesuffix('.md')}/")
    head = page.tree.head
    (script,) = head.xpath("script[@type='application/ld+json']/text()")
    assert json.loads(script)["@context"] == "https://schema.org"
    assert head.xpath("meta[@property='og:title']") and head.xpath("meta[@name='DC.title']")
    assert bool(head.xpath("meta[@name='citation_title']")) == (name != "index.md")
    for link in head.xpath("link[@rel='describedby']"):
        assert foreign.find(page.name, link.get("href"), files_only=True)[0], link.get("href")


def test_the_page_for_missing_pages_says_nothing_about_itself(foreign: BuiltSite) -> None:
    assert not foreign.pages["404.html"].tree.xpath(
        "//meta[@property] | //script[@type='application/ld+json']"
    )


def test_the_sitemap_lists_every_page_where_the_address_is_known(foreign: BuiltSite) -> None:
    sitemap = (foreign.folder / "sitemap.xml").read_text("utf-8")
    listed = {address.removeprefix(ADDRESS) for address in re.findall(r"<loc>(.*?)</loc>", sitemap)}
    pages = {name.removesuffix("index.html") for name in foreign.pages if name != "404.html"}
    assert listed == pages
