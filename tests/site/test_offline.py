"""The copy that works from a disk, in a real browser on file:// with the network off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_guidebook.build.offline import in_order, offline_page, write_offline
from tests.site.links import BuiltSite
from tests.site.projects import DAY, copy_foreign, guidebook
from tests.site.visits import comes, is_late, room_for

CHAPTER = "guidebook/sharing-information/index.html"


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Give a page of the copy; the browser has no network, and the page must say nothing."""
    page = room_for(browser, f"{address.partition('/site-offline/')[0]}/", offline=True).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on(
        "requestfailed",
        # A page that is left while its scripts load gives them up.
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else said.append(f"failed: {request.url}")
        ),
    )
    page.goto(address)
    page.locator("[data-gb-scheme]").wait_for()
    try:
        yield page
        assert [message for message in said if not is_late(message)] == []
    finally:
        page.close()


def test_links_lead_from_page_to_page(browser: Browser, copy: str) -> None:
    with opened(browser, f"{copy}/index.html") as page:
        for name, place in (
            ("The guidebook", "guidebook/"),
            ("Sharing information", "guidebook/sharing-information/"),
            ("Browse", "browse/"),
            ("Library", "library/"),
            ("Home", ""),
        ):
            page.locator("#gb-nav").get_by_role("link", name=name, exact=True).click()
            expect(page).to_have_url(f"{copy}/{place}index.html")
            expect(page.locator("h1")).to_be_visible()


def test_the_search_works_and_leads_to_the_place(browser: Browser, copy: str) -> None:
    with opened(browser, f"{copy}/index.html") as page:
        page.keyboard.press("/")
        page.keyboard.type("recidivism")
        expect(page.locator("#gb-search-list")).to_have_attribute("data-answers", "recidivism")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/glossary/index\.html(\?[^#]*)?#reoffending$"))
        assert comes(page, lambda: page.evaluate("CSS.highlights.get('gb-hit')?.size ?? 0"), bool)


def test_facets_work_and_keep_their_address(browser: Browser, copy: str) -> None:
    with opened(browser, f"{copy}/library/index.html?q=consent") as page:
        status = page.locator("[data-part=status]")
        expect(status).to_contain_text("results")
        page.locator("input[name=kind][value=recommendation]").click()
        expect(status).to_have_text("1 result")
        expect(page).to_have_url(re.compile("kind=recommendation"))
        page.reload()
        expect(status).to_have_text("1 result")


def test_map_checklists_and_print_work(browser: Browser, copy: str) -> None:
    with opened(browser, f"{copy}/local-activities/map/index.html") as page:
        page.locator(".gb-map__spot").first.click()
        expect(page).not_to_have_url(re.compile("/map/"))
        expect(page.locator("h1")).to_be_visible()
        page.goto(f"{copy}/{CHAPTER}")
        box = page.locator(".gb-checklist input").first
        box.check()
        page.reload()
        expect(box).to_be_checked()
        assert len(page.pdf()) > 10_000


def test_the_copy_is_the_same_for_the_same_content(
    foreign: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    project = copy_foreign(tmp_path / "guide")
    assert guidebook("build", "--offline", "--no-print", cwd=project).code == 0
    another = tmp_path / "site-offline.zip"
    write_offline(foreign.folder, another)
    assert (project / "site-offline.zip").read_bytes() == another.read_bytes()


def test_links_name_the_file_and_nothing_else_changes() -> None:
    page = '<a href="../x/#y">x</a><a href=".">home</a><a href="#z">z</a><a href="a.pdf">f</a><a href="https://example.org/">w</a>'
    assert offline_page(page) == (
        '<a href="../x/index.html#y">x</a><a href="./index.html">home</a><a href="#z">z</a><a href="a.pdf">f</a>'
        '<a href="https://example.org/">w</a>'
    )


def test_modules_stand_behind_those_that_they_import() -> None:
    modules = {"a.js": 'import { c } from "./c.js";', "b.js": "", "c.js": 'import { b } from "./b.js";'}
    assert list(in_order(modules)) == ["b.js", "c.js", "a.js"]
