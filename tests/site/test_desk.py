"""The editor's desk: what waits for an editor, in the preview and nowhere else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, expect

from mkdocs_guidebook.checks.external import Answer, Outcome, last_round
from mkdocs_guidebook.checks.external.answers import Remembered, save_answers
from mkdocs_guidebook.site.defaults import edit_address
from mkdocs_guidebook.site.views.base import Site
from mkdocs_guidebook.site.views.desk import DESK, DeskItem, DeskList, desk_view
from mkdocs_guidebook.site.views.page import Page
from tests.site.accessibility import TOO_WIDE, accessibility_problems
from tests.site.links import BuiltSite
from tests.site.projects import copy_foreign, edit, guidebook
from tests.site.sites import site_of
from tests.site.visits import served, visit

KALAMATA = "local_activities/kalamata.md"
SAINT = "local_activities/saint-exemple.md"
UNUSED = """  - id: jamais-cite
    type: book
    title: Un livre que personne ne cite
    author: [{literal: Personne}]
"""
ASKED = datetime.datetime(2025, 5, 31, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French guide with something on every list: checked on 1 June 2025."""
    root = copy_foreign(tmp_path_factory.mktemp("desk") / "guide")
    draft = (root / KALAMATA).read_text("utf-8").replace("status: published", "status: draft")
    (root / "local_activities" / "patras.md").write_text(draft.replace("Kalamata", "Patras"), "utf-8")
    edit(root / KALAMATA, "status: published", "status: published\npublished: 2024-05-20\nreview_every: 12")
    edit(root / SAINT, "status: published", "status: published\npublished: 2024-07-30\nreview_every: 12")
    for path in (KALAMATA, SAINT):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write("\nLe SDIS a formé 42 recrues en 2024.\n")
    with (root / "data/references.yml").open("a", encoding="utf-8") as file:
        file.write(UNUSED)
    with (root / "docs/about.md").open("a", encoding="utf-8") as file:
        file.write("\nVoir [le service](https://service.example/disparu).\n")
    answer = Answer(Outcome.FAILED, "the page is gone (404)")
    save_answers(root, {"https://service.example/disparu": Remembered.of(answer, ASKED)})
    return root


@pytest.fixture(scope="module")
def lists(project: Path) -> dict[str, tuple[DeskItem, ...]]:
    """What is on each list."""
    site = site_of(project, drafts=True)
    site = replace(
        site,
        preview=True,
        edit="edit:{path}#{line}",
        other_sites=last_round(site.library, site.today),
    )
    view = desk_view(Page(site, site.addresses.url(DESK), ""))
    return {item.id: item.entries for item in view.lists}


def titles(items: tuple[DeskItem, ...]) -> list[str]:
    return [item.page.text for item in items]


def test_a_record_can_be_edited_in_the_form_where_the_site_has_one(project: Path) -> None:
    site = replace(site_of(project, drafts=True), preview=True, form="edit/")
    drafts = desk_view(Page(site, site.addresses.url(DESK), "")).lists[0].entries
    assert drafts[-1].form == "../edit/#/collections/activity/entries/patras"


def test_drafts_are_listed(lists: dict[str, tuple[DeskItem, ...]]) -> None:
    assert titles(lists["drafts"]) == ["Former au feu de forêt", "Patras"]


def test_overdue_reviews_come_before_those_that_are_due_soon(lists: dict[str, tuple[DeskItem, ...]]) -> None:
    assert [(item.page.text, item.note.split()[0]) for item in lists["reviews"]] == [
        ("Kalamata", "en"),
        (lists["reviews"][1].page.text, "à"),
    ]
    assert lists["reviews"][1].page.url == "../local-activities/saint-exemple/"


def test_what_is_missing_in_a_record_is_named(lists: dict[str, tuple[DeskItem, ...]]) -> None:
    notes = {item.page.text: item.note for item in lists["undocumented"]}
    assert "Il manque : " in notes["Kalamata"]
    assert "Contexte" not in notes["Kalamata"].partition("Il manque")[2]


def test_a_paragraph_with_a_number_and_no_source_is_listed(lists: dict[str, tuple[DeskItem, ...]]) -> None:
    assert {item.note for item in lists["claims"]} >= {"“Le SDIS a formé 42 recrues en 2024.”"}


def test_an_unused_reference_leads_to_its_place_in_the_bibliography(
    lists: dict[str, tuple[DeskItem, ...]],
) -> None:
    (item,) = lists["references"]
    assert item.page.url.endswith("#source-jamais-cite")


def test_an_abbreviation_that_two_files_use_and_none_spells_out_is_listed(
    lists: dict[str, tuple[DeskItem, ...]],
) -> None:
    assert "SDIS" in titles(lists["terms"])


def test_a_link_that_did_not_answer_is_listed_in_the_language_of_the_message(
    lists: dict[str, tuple[DeskItem, ...]],
) -> None:
    (item,) = lists["links"]
    assert item.note == "the page is gone (404): https://service.example/disparu"
    assert item.note_language == "en"


def test_the_desk_tells_when_other_sites_were_last_asked_and_if_they_never_were(project: Path) -> None:
    site = replace(site_of(project, drafts=True), preview=True)

    def links(of: Site) -> DeskList:
        return desk_view(Page(of, "desk/", "")).lists[-1]

    assert not links(site).is_known
    assert links(site).empty == "Personne n’a encore demandé ; on n’en sait donc rien."
    asked = replace(site, other_sites=last_round(site.library, site.today))
    assert links(asked).about.endswith("Dernière demande le 31 mai 2025.")


def test_every_item_leads_to_the_line_of_its_file(
    project: Path, lists: dict[str, tuple[DeskItem, ...]]
) -> None:
    for items in lists.values():
        for item in items:
            assert item.file is not None
            path, _, line = item.file.url.removeprefix("edit:").partition("#")
            assert 1 <= int(line) <= len((project / path).read_text("utf-8").splitlines())


def test_the_published_site_has_no_desk(foreign: BuiltSite) -> None:
    assert not (foreign.folder / "desk").exists()
    assert "Bureau de la rédaction" not in foreign.page("").text


@pytest.fixture(scope="module")
def preview(project: Path) -> Iterator[str]:
    """The address of the preview."""
    result = guidebook("build", "--drafts", "--no-print", cwd=project)
    assert result.code == 0, result.err
    with served(project / "site") as (address, _):
        yield address


def test_the_preview_has_the_desk_in_its_navigation_and_every_link_of_it_leads_somewhere(
    preview: str, browser: Browser
) -> None:
    with visit(browser, preview) as page:
        page.get_by_role("link", name="Bureau de la rédaction").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bureau de la rédaction")
        links = page.locator("main a").evaluate_all("all => all.map(link => link.href)")
        assert len(links) > 12
        for address in {link.split("#")[0] for link in links}:
            assert urlsplit(address).netloc == urlsplit(preview).netloc
            assert page.request.get(address).ok, address


def test_the_desk_is_accessible_and_fits_on_a_phone(preview: str, browser: Browser) -> None:
    for scheme in ("light", "dark"):
        with visit(browser, preview, "desk/", color_scheme=scheme) as page:
            assert accessibility_problems(page) == []
    with visit(browser, preview, "desk/", viewport={"width": 320, "height": 640}) as page:
        assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize(
    ("repo", "here", "address"),
    [
        ("https://github.com/town/guide", False, "https://github.com/town/guide/edit/main/data/a.yml#L3"),
        ("https://github.com/town/guide", True, "https://github.com/town/guide/edit/main/data/a.yml#L3"),
        ("", True, "vscode://file/home/a%20%7Bb%7D/data/a.yml:3"),
        ("", False, ""),
    ],
)
def test_a_file_is_edited_at_the_code_host_or_on_this_machine(repo: str, here: bool, address: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"repo_url": repo, "edit_uri": "edit/main/docs/"} if repo else {})
    made = edit_address(config, Path("/home/a {b}"), here)
    assert made.format(path="data/a.yml", line=3) == address
