"""The French guide: everything has its page, drafts have none, and nothing comes from another project."""

from __future__ import annotations

import re

import pytest

from tests.site.foreign_guide import RECORDS
from tests.site.links import BuiltSite, is_foreign

LISTS = {
    "guidebook/": "Le guide",
    "state-of-the-art/": "État des lieux",
    "local-activities/": "Activités locales",
    "events/": "Événements",
    "glossary/": "Glossaire",
    "bibliography/": "Bibliographie",
    "rules/": "Règles du contrôle",
    "fields/": "Les champs des fichiers",
}
HAND_WRITTEN = {
    "": "Bienvenue au centre",
    "qui-est-qui/": "Qui est qui",
    "contribute/": "Contribuer",
    "about/": "À propos",
}


@pytest.mark.parametrize(("address", "title"), (RECORDS | LISTS | HAND_WRITTEN).items())
def test_everything_has_a_page_with_its_name(foreign: BuiltSite, address: str, title: str) -> None:
    assert foreign.page(address).tree.xpath("string(//h1)").strip() == title


def test_a_page_written_by_hand_takes_the_place_of_the_data_page_that_it_shows(foreign: BuiltSite) -> None:
    assert "organisations/index.html" not in foreign.pages
    assert foreign.page("qui-est-qui/").tree.xpath("//*[@id='amicale']")


def test_the_navigation_names_nothing_twice(foreign: BuiltSite) -> None:
    for page in foreign.pages.values():
        links = page.tree.xpath("//nav[@id='gb-nav']//a/@href")
        places = [foreign.find(page.name, link) for link in links]
        assert sorted(places) == sorted(set(places)), page.name


def test_every_page_can_be_reached_from_the_home_page(foreign: BuiltSite) -> None:
    reached, pending = {"index.html"}, ["index.html"]
    while pending:
        page = foreign.pages[pending.pop()]
        for link in page.tree.xpath("//a/@href"):
            target = "" if is_foreign(link) else foreign.find(page.name, link)[0]
            if target in foreign.pages and target not in reached:
                reached.add(target)
                pending.append(target)
    lost = {*foreign.pages} - reached - {"404.html"}
    # The messages of the check lead to the pages of its rules.
    assert {name for name in lost if not name.startswith("rules/")} == set()


def test_every_record_is_reached_from_the_list_of_its_collection(foreign: BuiltSite) -> None:
    for address in RECORDS:
        collection = foreign.page(f"{address.split('/')[0]}/")
        targets = {
            foreign.find(collection.name, link)[0] for link in collection.tree.xpath("//main//a/@href")
        }
        assert f"{address}index.html" in targets


# Drafts


def test_a_draft_is_nowhere_on_the_site(foreign: BuiltSite) -> None:
    assert not [name for name in foreign.pages if "feu-de-foret" in name]
    for file in foreign.folder.rglob("*"):
        if file.suffix in (".html", ".xml", ".json", ".js", ".txt"):
            text = file.read_text("utf-8")
            for trace in (
                "former-au-feu-de-foret",
                "Former au feu de forêt",
                "Zinnober-Entwurf",
                "lire-le-vent",
            ):
                assert trace not in text, f"{file.name}: {trace}"


# Nothing of PREPARE


@pytest.mark.parametrize(
    "word", ["PREPARE", "(?i:radicalis)", "(?i:probation)", "(?i:prison)", r"(?i:\befus\b)"]
)
def test_no_word_of_another_project_is_on_the_site(foreign: BuiltSite, word: str) -> None:
    found = [
        f"{file.relative_to(foreign.folder)}: …{match.group().strip()}…"
        for file in sorted(foreign.folder.rglob("*"))
        if file.suffix in (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")
        for match in re.finditer(rf".{{0,40}}{word}.{{0,40}}", file.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)
