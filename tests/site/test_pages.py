"""What single pages promise: matrices, lists, changes, the trainer's material, the video, their weight."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.site.links import BuiltSite
from tests.site.looks import MOVED, STILL, movement
from tests.site.projects import built, copy_foreign
from tests.site.visits import PHONE, visit

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("address", ["state-of-the-art/compare/", "pathway/"])
def test_a_row_and_a_column_of_a_matrix_can_be_picked_out(browser: Browser, host: str, address: str) -> None:
    with visit(browser, host, address) as page:
        rows = page.locator(".gb-matrix tbody tr")
        columns = page.locator(".gb-matrix thead [data-column]")
        assert rows.count() > 3
        assert columns.count() > 3
        page.locator("select[name=row]").select_option(index=2)
        page.locator("select[name=column]").select_option(index=3)
        expect(rows.locator("visible=true")).to_have_count(1)
        expect(columns.locator("visible=true")).to_have_count(1)
        page.locator("select[name=row]").select_option(index=0)
        expect(rows.locator("visible=true")).to_have_count(rows.count())


def test_a_phone_shows_one_country_at_a_time(browser: Browser, host: str) -> None:
    with visit(browser, host, "state-of-the-art/compare/", **PHONE) as page:
        columns = page.locator(".gb-matrix thead [data-column]").locator("visible=true")
        expect(columns).to_have_text(["Belgium"])
        page.locator("select[name=column]").select_option("fr")
        expect(columns).to_have_text(["France"])


def test_a_cell_without_an_entry_says_so_and_leads_to_how_to_add_one(real: BuiltSite) -> None:
    cells = real.page("state-of-the-art/compare/").tree.xpath("//td[.//span[@class='gb-unknown']]")
    assert cells
    for cell in cells:
        assert "no entry yet" in cell.text_content()
        assert cell.xpath(".//a[contains(@href, 'contribute')]")


def test_no_moment_of_the_pathway_is_empty(real: BuiltSite) -> None:
    table = real.page("pathway/").tree.get_element_by_id("matrix")
    moments = [cell.get("data-column") for cell in table.xpath("thead//th[@data-column]")]
    for moment in moments:
        assert table.xpath(f"tbody//td[@data-column='{moment}']//a"), moment


def test_ticks_of_a_checklist_stay_on_the_device(browser: Browser, host: str) -> None:
    with visit(browser, host, "guidebook/sharing-information/") as page:
        box = page.locator(".gb-checklist input").nth(1)
        box.check()
        page.reload()
        expect(page.locator(".gb-checklist input").nth(1)).to_be_checked()
        expect(page.locator(".gb-checklist input").nth(0)).not_to_be_checked()


def test_the_trainers_material_can_be_hidden_or_shown_alone(browser: Browser, host: str) -> None:
    with visit(browser, host, "guidebook/sharing-information/") as page:
        exercises, cards = page.locator(".gb-exercise"), page.locator(".gb-recommendation")
        page.get_by_role("button", name="Without the trainer's material").click()
        expect(exercises.first).to_be_hidden()
        expect(cards.first).to_be_visible()
        page.get_by_role("button", name="Only the trainer's material").click()
        expect(exercises.first).to_be_visible()
        expect(cards.first).to_be_hidden()
        page.get_by_role("button", name="Everything").click()
        expect(cards.first).to_be_visible()


def test_the_latest_changes_are_paged(real: BuiltSite) -> None:
    first = real.page("changes/")
    total = int(re.search(r"Page 1 of (\d+)", first.text)[1])  # type: ignore[index]
    assert total > 1
    last = real.page(f"changes/page-{total}/")
    assert f"Page {total} of {total}" in last.text
    assert first.tree.xpath("//a[@rel='next']")
    assert not first.tree.xpath("//main//a[@rel='prev']")
    assert not last.tree.xpath("//main//a[@rel='next']")


def test_the_feed_is_an_atom_feed_with_an_entry_for_each_change(foreign: BuiltSite) -> None:
    feed = etree.parse(foreign.folder / "feed.xml").getroot()  # noqa: S314 - we wrote it
    assert feed.tag == f"{{{ATOM['atom']}}}feed"
    entries = feed.findall("atom:entry", ATOM)
    assert entries
    ids = [entry.findtext("atom:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        link = entry.find("atom:link", ATOM)
        assert link is not None
        assert link.get("href", "").startswith("https://guide.example.org/pompiers/")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext("atom:updated", "", ATOM))


def test_there_is_no_video_where_none_is_configured(real: BuiltSite) -> None:
    assert not real.page("").tree.xpath("//video")


def test_a_video_loads_nothing_before_it_is_played(tmp_path: Path, browser: Browser) -> None:
    project = copy_foreign(tmp_path / "guide")
    (project / "docs" / "film.webm").write_bytes(b"not looked at before somebody plays it")
    with (project / "guidebook" / "book.yml").open("a", encoding="utf-8") as book:
        book.write(
            "video:\n  title: Une journée de garde\n  file: docs/film.webm\n  text: Une équipe part.\n"
        )
    site = BuiltSite(built(project), "/pompiers/")
    video = site.page("").tree.xpath("//video")[0]
    assert video.get("preload") == "none"
    assert video.xpath("source/@src") == ["film.webm"]
    assert "Une équipe part." in site.page("").text


@pytest.mark.parametrize("address", ["", "guidebook/preparing-release/", "state-of-the-art/compare/"])
def test_nothing_jumps_on_a_phone(browser: Browser, host: str, address: str) -> None:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(MOVED)
    page.goto(host + address)
    assert movement(page) < STILL
    context.close()


def test_every_term_of_the_vocabulary_has_a_page_that_the_way_in_leads_to(real: BuiltSite) -> None:
    home = real.page("").tree
    links = home.xpath("//nav[@class='gb-ways']//a/@href")
    for part in ("audiences/", "phases/"):
        targets = [link for link in links if link.startswith(part)]
        assert len(targets) > 4
        for target in targets:
            assert real.page(target).tree.xpath("//main//h1")
