"""Three editions in a real browser: selector, notice, the way to the same page, comparison, what went and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.editions.shelves import Published
from tests.site.conftest import served
from tests.site.visits import PHONE, visit

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
SANDBAGS = "guidebook/sandbags-and-neighbours/"


@pytest.fixture(scope="module")
def host(frozen: Published) -> Iterator[str]:
    with served(frozen.folder) as address:
        yield address


EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def broken_rules(page: Page, rules: list[str]) -> list[str]:
    """Return the rules of axe-core that a page breaks."""
    page.evaluate(AXE)
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false})", rules
    )
    return [f"{item['id']}: {item['nodes'][0]['html'][:120]}" for item in found["violations"]]


def test_an_old_page_leads_to_the_same_page_of_the_latest(browser: Browser, host: str) -> None:
    with visit(browser, host, f"1.0/{SANDBAGS}#walk-the-street") as page:
        notice = page.get_by_role("status").filter(has_text="A newer edition exists: 2.0.")
        notice.get_by_role("link", name="This page in edition 2.0").click()
        page.wait_for_url(f"**/2.0/{SANDBAGS}#walk-the-street")
        expect(page.get_by_role("button", name="Edition 2.0")).to_be_visible()
        expect(page.get_by_text("A newer edition exists")).to_have_count(0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "1.0/guidebook/pumps/#fill-the-tank",
            "2.0/guidebook/boats/#fill-the-tank",
            "Fill the tank of the pump.",
        ),
        ("1.1/prices/", "2.0/prices/", "This page was withdrawn"),
        (f"1.1/{SANDBAGS}#call-the-mayor", f"2.0/{SANDBAGS}#call-the-mayor", "The mayor asked us not to."),
    ],
)
def test_what_moved_or_was_withdrawn_is_found_from_the_old_page(
    browser: Browser, host: str, old: str, new: str, words: str
) -> None:
    with visit(browser, host, old) as page:
        page.get_by_role("link", name="What took its place in edition 2.0").click()
        page.wait_for_url(f"**/{new}")
        expect(page.get_by_text(words).first).to_be_visible()


def test_a_redirect_needs_no_javascript(browser: Browser, host: str) -> None:
    with visit(browser, host, "2.0/guidebook/pumps/", java_script_enabled=False) as page:
        page.wait_for_url("**/2.0/guidebook/boats/")


@pytest.mark.parametrize("device", [{}, PHONE], ids=["laptop", "phone"])
def test_the_selector_goes_to_the_same_page_by_keyboard_and_by_tap(
    browser: Browser, host: str, device: dict[str, object]
) -> None:
    with visit(browser, host, f"latest/{SANDBAGS}", **device) as page:
        button = page.get_by_role("button", name="Edition 2.0")
        if device:
            button.tap()
        else:
            button.focus()
            page.keyboard.press("Enter")
        editions = page.get_by_role("list", name="All editions").get_by_role("link")
        expect(editions).to_have_text(["2.0 (latest)", "1.1", "1.0"])
        expect(editions.first).to_have_attribute("aria-current", "true")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(editions.first).to_be_hidden()
        button.click()
        if device:
            editions.last.tap()
        else:
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        page.wait_for_url(f"**/1.0/{SANDBAGS}")


def test_a_site_without_other_editions_has_no_selector(browser: Browser, frozen: Published) -> None:
    with served(frozen.folder / "1.0") as alone:
        context = browser.new_context(base_url=alone)
        page = context.new_page()
        page.goto(alone)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-gb-editions]")).to_be_hidden()
        context.close()


def test_the_search_of_an_old_edition_has_a_way_to_the_latest(browser: Browser, host: str) -> None:
    with visit(browser, host, "1.0/") as page:
        page.get_by_text("A newer edition exists").wait_for()
        page.get_by_role("button", name="Search").click()
        page.get_by_role("combobox").fill("sandbags")
        page.get_by_role("link", name="You are searching edition 1.0. Search the latest edition").click()
        page.wait_for_url("**/2.0/library/?q=sandbags")


def test_a_comparison_is_stepped_through_by_keyboard_and_told(browser: Browser, host: str) -> None:
    with visit(browser, host, f"2.0/{SANDBAGS}") as page:
        page.get_by_role("link", name="Edition 1.0, 1 July 2026").click()
        page.wait_for_url("**/2.0/compare/guidebook/sandbags-and-neighbours/1.0/")
        status = page.get_by_role("group", name="Changes").get_by_role("status")
        total = page.locator(".gb-compare [data-gb-change]").count()
        expect(status).to_have_text(f"{total} changes")
        page.keyboard.press("n")
        expect(status).to_have_text(f"1 of {total} changes")
        page.keyboard.press("n")
        expect(status).to_have_text(f"2 of {total} changes")
        expect(page.locator(":focus")).to_contain_text("Agree added: in writing on a list")
        page.keyboard.press("p")
        page.keyboard.press("p")
        expect(status).to_have_text(f"{total} of {total} changes")
        page.get_by_role("button", name="Next change").click()
        expect(status).to_have_text(f"1 of {total} changes")
        expect(page.locator(".gb-compare")).to_contain_text("The mayor asked us not to.")
        added = page.locator("ins", has_text="in writing")
        assert added.evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"
        page.emulate_media(media="print")
        expect(page.get_by_role("group", name="Changes")).to_be_hidden()
        expect(added).to_be_visible()


COMPARED = "2.0/compare/guidebook/sandbags-and-neighbours/1.0/"


@pytest.mark.parametrize(
    ("scheme", "rules", "addresses"),
    [
        ("light", EVERYTHING, ["2.0/edition/", COMPARED, "2.0/prices/", f"2.0/{SANDBAGS}"]),
        ("dark", ["color-contrast"], ["2.0/edition/", COMPARED]),
    ],
    ids=["light", "dark"],
)
def test_pages_of_editions_are_accessible(
    browser: Browser, host: str, scheme: str, rules: list[str], addresses: list[str]
) -> None:
    with visit(browser, host, f"1.0/{SANDBAGS}", color_scheme=scheme) as page:
        page.get_by_text("A newer edition exists").wait_for()
        page.get_by_role("button", name="Edition 1.0").click()
        found = {"old": broken_rules(page, rules)}
        for address in addresses:
            page.goto(host + address)
            found[address] = broken_rules(page, rules)
        assert {address: broken for address, broken in found.items() if broken} == {}
