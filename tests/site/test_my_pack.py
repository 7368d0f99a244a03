"""My pack: what readers tick, order and share, and the document that is made of it, online and from a disk."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.accessibility import accessibility_problems
from tests.site.links import BuiltSite
from tests.site.test_offline import opened
from tests.site.visits import PHONE, Room, visit

CHAPTER = "guidebook/sharing-information/"
SHEET = "worksheet-sharing-information-say-part-hold-ask"
SHARED = f"my-pack/#title=Lyon+%26+%3Cb%3EMetz&items=sharing-information,a-record-of-old,{SHEET},catalonia"


def names(page: Page) -> list[str]:
    page.locator("[data-gb-my-pack]:not([hidden])").wait_for()
    return page.locator(".gb-pack__name").all_inner_texts()


def expect_names(page: Page, wanted: list[str]) -> None:
    """Wait until the pack has these documents, in this order."""
    page.locator("[data-gb-my-pack]:not([hidden])").wait_for()
    expect(page.locator(".gb-pack__name")).to_have_text(wanted)


def button(page: Page, name: str, of: str = "") -> Locator:
    return page.get_by_role(
        "button", name=re.compile(re.escape(name) + (f" ?: {re.escape(of)}" if of else ""))
    )


def make(page: Page) -> Locator:
    button(page, "Make the document").click()
    title = page.locator("[data-part=sheet] h1")
    expect(title).to_be_focused()
    return title


def test_what_is_ticked_anywhere_is_in_the_pack(browser: Browser, host: str) -> None:
    with visit(browser, host, CHAPTER) as page:
        page.get_by_label("Add to my pack: Sharing information").check()
        expect(page.get_by_role("status").filter(has_text="Documents in it: 1.")).to_have_count(1)
        page.get_by_label("Add the worksheet to my pack: Say, say in part, hold or ask").check()
        page.goto(f"{host}local-activities/")
        page.get_by_label(re.compile("Add to my pack: Avignon")).check()
        page.goto(f"{host}library/?q=france&kind=article")
        page.get_by_label("Add to my pack: France").check()
        page.get_by_role("link", name="My pack 4").click()
        ticked = [
            "Sharing information",
            "Say, say in part, hold or ask",
            "Avignon: risk assessment for people leaving prison",
            "France",
        ]
        expect_names(page, ticked)
        page.reload()
        expect_names(page, ticked)


def test_the_list_is_ordered_and_emptied_with_the_keyboard(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{CHAPTER}") as page:
        for tick in page.locator("[data-gb-tick]").all()[:3]:
            tick.check()
        page.goto(f"{host}my-pack/")
        before = names(page)
        button(page, "Down", of=before[0]).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect_names(page, [*before[1:], before[0]])
        status = page.locator("[data-part=pack-status]")
        expect(status).to_have_text(f"“{before[0]}” is now number 3 of 3.")
        expect(button(page, "Down", of=before[0])).to_be_focused()
        page.keyboard.press("Enter")  # it is the last one: nothing happens
        expect_names(page, [*before[1:], before[0]])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect_names(page, before[1:])
        expect(button(page, "Remove").last).to_be_focused()
        button(page, "Empty the pack").click()
        expect_names(page, [])
        expect(page.get_by_text("Your pack is empty. Tick")).to_be_visible()
        page.keyboard.press("Enter")  # on Undo
        expect_names(page, before[1:])


def test_a_shared_pack_is_shown_and_ones_own_is_kept(browser: Browser, host: str) -> None:
    with visit(browser, host, CHAPTER) as page:
        page.locator("[data-gb-tick]").first.check()
        page.goto(f"{host}{SHARED}")
        expect(page.locator("input[name=title]")).to_have_value("Lyon & <b>Metz")
        expect(page.locator(".gb-pack__gone")).to_contain_text("“a-record-of-old” is not in this edition")
        button(page, "Show my own pack").click()
        expect_names(page, ["Sharing information"])
        expect(page).to_have_url(f"{host}my-pack/")
        page.goto(f"{host}{SHARED}")
        button(page, "Add it to my pack").click()
        expect(page).to_have_url(f"{host}my-pack/")
        expect(page.locator(".gb-pack__name")).to_have_count(3)
        page.reload()
        expect(page.locator(".gb-pack__name")).to_have_count(3)


@pytest.mark.parametrize(
    "fragment",
    [
        "items=",
        "items=,,,&title=",
        "items=<script>alert(1)</script>",
        "items=" + "x" * 20_000,
        "title=%E0%A4",
    ],
)
def test_any_address_is_answered(browser: Browser, host: str, fragment: str) -> None:
    with visit(browser, host, f"my-pack/#{fragment}") as page:
        expect(page.locator("input[name=title]")).to_be_visible()
        expect_names(page, [])


def test_the_address_of_a_pack_can_be_copied(browser: Browser, host: str) -> None:
    with visit(browser, host, SHARED, permissions=["clipboard-read", "clipboard-write"]) as page:
        button(page, "Make it my pack").click()
        button(page, "Copy the address").click()
        expect(page.locator("[data-part=pack-status]")).to_contain_text("was copied")
        address = page.evaluate("navigator.clipboard.readText()")
        parts = parse_qs(urlsplit(address).fragment)
        assert parts["title"] == ["Lyon & <b>Metz"]
        assert parts["items"][0].split(",")[0] == "sharing-information"


def test_the_document_has_a_title_page_contents_and_every_part(browser: Browser, host: str) -> None:
    with visit(browser, host, SHARED) as page:
        expect(make(page)).to_have_text("Lyon & <b>Metz")
        sheet = page.locator("[data-part=sheet]")
        expect(sheet.locator(".gb-pack-contents a")).to_have_text(
            [
                "Sharing information",
                "Say, say in part, hold or ask",
                "Catalonia: multi-agency partnership in case management",
            ]
        )
        expect(sheet.locator(".gb-pack-gone")).to_contain_text("a-record-of-old")
        levels = sheet.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.map(one => +one.tagName[1])"
        )
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        assert page.evaluate(
            """() => {
                const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
                const dead = [...document.querySelectorAll('[data-part=sheet] a[href^="#"]')]
                    .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))));
                return [ids.length - new Set(ids).size, dead.map((link) => link.hash)];
            }"""
        ) == [0, []]
        # A link to what is in the pack stays in it; lines are 8 mm high.
        expect(sheet.locator("#pack-1 a[href='#pack-3']").first).to_be_attached()
        line = sheet.locator(".gb-worksheet__line").first.bounding_box()
        assert line and line["height"] == pytest.approx(8 * 96 / 25.4, abs=0.2)
        assert accessibility_problems(page) == []
        assert page.url.endswith(SHARED.split("#")[1])  # the address still tells which pack it is
        page.go_back()
        expect(button(page, "Make the document")).to_be_focused()


def test_the_document_prints_part_by_part_without_the_page_around_it(browser: Browser, host: str) -> None:
    with visit(browser, host, SHARED) as page:
        make(page)
        with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, tagged=True, outline=True))) as pdf:
            starts = {item.title: item.destination for item in pdf.open_outline().root[0].children}
            pages = [pdf.pages.index(pikepdf.Page(target[0])) for target in starts.values()]
            assert len(set(pages)) == len(pages) == 4  # contents and three parts
            assert pages[0] == 0
        page.emulate_media(media="print")
        for chrome in (
            ".gb-header",
            ".gb-nav",
            ".gb-footer",
            "[data-part=pack-screen]",
            ".gb-pack-paper__tools",
        ):
            expect(page.locator(chrome)).to_be_hidden()


def test_a_part_that_cannot_be_read_is_named_and_nothing_is_half_done(browser: Browser, host: str) -> None:
    room = Room.of(browser, host)  # of its own: in a shared one the part may be kept from another test
    page = room.new_page()
    page.route("**/local-activities/catalonia/", lambda route: route.fulfill(body="<p>Proxy</p>"))
    page.goto(host + SHARED)
    button(page, "Make the document").click()
    expect(page.locator("[data-part=pack-status]")).to_contain_text("“Catalonia: multi-agency")
    expect(page.locator("[data-part=pack-paper]")).to_be_hidden()
    page.unroute("**/local-activities/catalonia/")
    make(page)
    room.context.close()


def test_the_page_is_accessible_on_a_phone_and_in_the_dark(browser: Browser, host: str) -> None:
    with visit(browser, host, SHARED, **PHONE, color_scheme="dark") as page:
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        make(page)
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, host: str) -> None:
    with visit(browser, host, "my-pack/") as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
        )
        page.reload()
        page.get_by_label("Add to my pack: Sharing information").check()
        expect(page.locator(".gb-pack-refused")).to_contain_text("This browser keeps nothing")
        expect_names(page, ["Sharing information"])


def test_what_another_program_left_on_the_device_is_no_pack(browser: Browser, host: str) -> None:
    with visit(browser, host, "my-pack/") as page:
        for left in ("null", "[1]", '{"items": 7}', "{", json.dumps({"title": [], "items": [{}, "france"]})):
            page.evaluate("text => localStorage.setItem('guidebook.pack:/', text)", left)
            page.reload()
            expect(page.locator("input[name=title]")).to_be_visible()
        expect_names(page, ["France"])


def test_without_javascript_the_page_leads_to_pages_and_ready_packs(browser: Browser, host: str) -> None:
    with visit(browser, host, "my-pack/", java_script_enabled=False) as page:
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        expect(page.get_by_role("heading", name="Release planning workshop")).to_be_visible()
        expect(page.get_by_role("link", name="Sharing information", exact=True)).to_be_visible()
        assert page.get_by_role("button").count() == page.get_by_role("checkbox").count() == 0


def test_the_copy_on_a_disk_makes_the_document_too(browser: Browser, copy: str) -> None:
    with opened(browser, f"{copy}/{CHAPTER}index.html") as page:
        page.locator("[data-gb-tick]").first.check()
        page.get_by_role("link", name="My pack 1").click()
        expect_names(page, ["Sharing information"])
        page.goto(f"{copy}/{SHARED.replace('#', 'index.html#')}")
        make(page)
        expect(page.locator(".gb-pack-part h2").first).to_have_text("Sharing information")
        expect(page.locator(".gb-worksheet__line").first).to_be_visible()
        expect(page.locator("iframe")).to_have_count(0)


def test_every_document_that_can_be_ticked_is_on_the_page(foreign: BuiltSite) -> None:
    page = (foreign.folder / "my-pack" / "index.html").read_text("utf-8")
    known = set(re.findall(r'data-pack-item="([^"]+)"', page))
    ticked = {
        id
        for file in foreign.folder.rglob("*.html")
        for id in re.findall(r'value="([^"]+)" data-title="[^"]*" data-gb-tick', file.read_text("utf-8"))
    }
    assert ticked == known
    ready = re.findall(r'data-items="([^"]*)"', page)
    assert all(set(items.split()) <= known for items in ready)
