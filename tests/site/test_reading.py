"""What readers do on a chapter in a real browser: look up a word, follow a source, tick a list, print."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from mkdocs_guidebook.content import Record
from mkdocs_guidebook.content.kinds.chapter import Chapter
from tests.site.page_types import CHAPTER
from tests.site.visits import Room, comes
from tests.site.words import said

# Terms

SHOWN = """(text) => {
  const fold = (words) => words.replace(/\\s+/g, " ").trim();
  return [...document.body.querySelectorAll("*")].some((element) => {
    if (!fold(element.textContent).includes(text)) return false;
    if ([...element.children].some((child) => fold(child.textContent).includes(text))) return false;
    const place = element.getBoundingClientRect();
    const [x, y] = [place.left + place.width / 2, place.top + Math.min(place.height / 2, 20)];
    if (x < 0 || x > innerWidth || y < 0 || y > innerHeight || place.width < 2) return false;
    const top = document.elementFromPoint(x, y);
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      (element.contains(top) || top?.contains(element));
  });
}"""


def shows(page: Page, text: str, *, wanted: bool = True) -> bool:
    """Return whether the page comes to show (or, with `wanted` false, to hide) a text in its window."""
    return comes(page, lambda: page.evaluate(SHOWN, text), lambda is_shown: is_shown is wanted) is wanted


def first_term(page: Page) -> tuple[Locator, str]:
    """Return the first term that a page marks and the beginning of its definition, with the term in view."""
    page.goto(CHAPTER)
    term = page.locator("main p a[aria-describedby^='term-']").first
    term.evaluate("element => element.scrollIntoView({block: 'center'})")
    described = term.get_attribute("aria-describedby")
    words = page.locator(f"[id='{described}']").evaluate("element => element.firstChild.textContent")
    return term, " ".join(words.split())[:60].strip()


def test_a_term_shows_its_definition_on_hover(page: Page) -> None:
    term, definition = first_term(page)
    assert shows(page, definition, wanted=False)
    term.hover()
    assert shows(page, definition)
    page.mouse.move(5, 5)
    assert shows(page, definition, wanted=False)


def test_the_pointer_can_move_onto_a_definition(browser: Browser, host: str) -> None:
    room = Room.of(browser, host)  # of its own: the clock of one page is that of all pages in a room
    page = room.new_page()
    page.clock.install(time=0)
    term, definition = first_term(page)
    page.clock.pause_at(1000)  # the pointer may be on its way for as long as it takes
    term.hover()
    assert shows(page, definition)
    box = page.evaluate(
        f"text => {{ const shown = {SHOWN}; let best = null; "
        "for (const element of document.body.querySelectorAll('*')) {"
        "  const place = element.getBoundingClientRect();"
        "  if (element.textContent.replace(/\\s+/g, ' ').includes(text) && place.top > 0 && place.bottom < innerHeight"
        "      && getComputedStyle(element).position !== 'static' && (!best || place.width < best.width)) best = place;"
        "} return best && {x: best.x + best.width / 2, y: best.y + best.height / 2}; }",
        definition,
    )
    assert box, "the definition stands in no box of its own"
    page.mouse.move(box["x"], box["y"], steps=5)
    page.clock.run_for(600)
    assert shows(page, definition)
    room.context.close()


def test_a_term_shows_its_definition_on_focus_and_escape_closes_it(page: Page) -> None:
    term, definition = first_term(page)
    term.focus()
    assert shows(page, definition)
    page.keyboard.press("Escape")
    assert shows(page, definition, wanted=False)
    expect(term).to_be_focused()


def test_escape_closes_a_definition_that_the_pointer_has_opened(page: Page) -> None:
    term, definition = first_term(page)
    term.hover()
    assert shows(page, definition)
    page.keyboard.press("Escape")
    assert shows(page, definition, wanted=False)


def test_a_term_shows_its_definition_on_tap(phone: Page) -> None:
    term, definition = first_term(phone)
    position = phone.evaluate("scrollY")
    term.tap()
    assert shows(phone, definition)
    assert phone.evaluate("scrollY") == position
    phone.touchscreen.tap(5, 500)
    assert shows(phone, definition, wanted=False)


def test_a_definition_on_a_phone_stays_inside_the_window(phone: Page) -> None:
    term, definition = first_term(phone)
    term.tap()
    assert shows(phone, definition)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_term_is_described_by_its_definition(page: Page) -> None:
    term, definition = first_term(page)
    expect(term).to_have_accessible_description(re.compile(re.escape(definition)))


def test_without_javascript_a_term_leads_to_its_definition_on_the_page(plain: Page) -> None:
    term, definition = first_term(plain)
    target = term.get_attribute("href") or "?"
    assert target.startswith("#")
    term.click()
    expect(plain).to_have_url(re.compile(re.escape(f"/{CHAPTER}{target}") + "$"))
    place = plain.locator(f"[id='{target[1:]}']")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(definition)


# Citations


def below_the_header(page: Page, element: Locator) -> bool:
    """Return whether an element is in view and not behind the header that stays at the top."""
    expect(element).to_be_in_viewport()
    is_free = """element => {
      const place = element.getClientRects()[0];
      const top = document.elementFromPoint(place.left + 2, place.top + place.height / 2);
      return element.contains(top) || top?.contains(element) && !top.closest("header[class*='header']");
    }"""
    return bool(comes(page, lambda: element.evaluate(is_free), bool))


def test_a_citation_leads_to_its_source_and_back(page: Page) -> None:
    page.goto(CHAPTER)
    cite = page.locator("main a[href^='#source-']").nth(2)
    id, target = cite.get_attribute("id"), cite.get_attribute("href")
    cite.click()
    expect(page).to_have_url(re.compile(re.escape(target or "?") + "$"))
    source = page.locator(f"[id='{(target or '#')[1:]}']")
    assert below_the_header(page, source)
    source.locator(f"a[href='#{id}']").click()
    expect(page).to_have_url(re.compile(f"#{re.escape(id or '?')}$"))
    assert below_the_header(page, cite)


def test_a_source_of_a_page_leads_to_the_bibliography_and_on_to_the_pages_that_cite_it(page: Page) -> None:
    page.goto(CHAPTER)
    source = page.locator("main li[id^='source-']").first
    id = source.get_attribute("id")
    source.get_by_role("link", name="In the bibliography").click()
    expect(page).to_have_url(re.compile(f"bibliography/#{re.escape(id or '?')}$"))
    entry = page.locator(f"[id='{id}']")
    assert below_the_header(page, entry)
    entry.get_by_role("link", name="Sharing information").click()
    expect(page).to_have_url(re.compile(f"/{CHAPTER}(#.*)?$"))


def test_a_recommendation_has_an_address_that_leads_to_it(page: Page) -> None:
    page.goto(f"{CHAPTER}#agree-before-the-first-case")
    assert below_the_header(page, page.get_by_text("Agree in writing what each agency may share").first)


# Checklists


def test_checklist_boxes_are_labelled_with_their_statements(page: Page, chapter: Record[Chapter]) -> None:
    page.goto(CHAPTER)
    labels = page.get_by_role("checkbox").evaluate_all(
        "boxes => boxes.map((box) => [...box.labels].map((label) => label.innerText).join(' '))"
    )
    statements = [item for data in chapter.data.recommendations for item in data.checklist]
    assert len(statements) > 10
    for statement in statements:
        assert any(all(piece in label for piece in said(statement)) for label in labels), statement


def test_a_checklist_box_is_ticked_by_its_label_and_by_keyboard(page: Page) -> None:
    page.goto(CHAPTER)
    box = page.get_by_role("checkbox").first
    page.locator("label", has=box).first.click()
    expect(box).to_be_checked()
    box.press("Space")
    expect(box).not_to_be_checked()


# Paper


def test_what_is_folded_is_open_on_paper(page: Page, chapter: Record[Chapter]) -> None:
    page.goto(CHAPTER)
    page.emulate_media(media="print")
    folded = page.locator("main details").first
    inside = folded.locator("> :not(summary)").first
    expect(inside).to_be_visible()
