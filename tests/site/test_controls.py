"""What stands around every page, used in a real browser: the colour scheme, the menu, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.site.accessibility import accessibility_problems
from tests.site.looks import background_of, is_dark
from tests.site.page_types import CHAPTER
from tests.site.visits import comes

# Colour scheme


def scheme_button(page: Page) -> Locator:
    """Return the switch between light and dark."""
    return page.get_by_role("button", name=re.compile("light|dark", re.I)).first


def is_shown(page: Page, scheme: str) -> bool:
    """Return whether the page comes to be shown in a colour scheme."""
    wanted = scheme == "dark"
    return comes(page, lambda: is_dark(background_of(page)), lambda dark: dark is wanted) is wanted


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_the_scheme_can_be_switched_and_is_remembered(
    opened: Callable[..., BrowserContext], preferred: str
) -> None:
    context = opened(color_scheme=preferred)
    page = context.new_page()
    page.goto("")
    assert is_shown(page, preferred)
    changed = "light" if preferred == "dark" else "dark"
    scheme_button(page).click()
    assert is_shown(page, changed)
    page.goto(CHAPTER)
    assert is_shown(page, changed)
    other = context.new_page()
    other.goto("glossary/")
    assert is_shown(other, changed)
    scheme_button(other).click()
    assert is_shown(other, preferred)


def test_the_scheme_can_be_switched_where_storage_is_refused(opened: Callable[..., BrowserContext]) -> None:
    context = opened(color_scheme="light")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page = context.new_page()
    page.goto("")
    scheme_button(page).click()
    assert is_shown(page, "dark")


# Menu and keyboard


def navigation(page: Page) -> Locator:
    """Return the main navigation."""
    return page.get_by_role("navigation", name="Main navigation")


def test_the_menu_on_a_phone_opens_and_leads_on(phone: Page) -> None:
    phone.goto("")
    expect(navigation(phone)).to_be_hidden()
    phone.get_by_role("button", name="Menu").tap()
    expect(navigation(phone)).to_be_visible()
    expect(navigation(phone)).to_be_in_viewport()
    problems = accessibility_problems(phone)
    assert not problems, "\n".join(problems)
    last = navigation(phone).get_by_role("link").last
    address = last.evaluate("link => link.href")
    last.tap()
    phone.wait_for_url(address)


def test_the_menu_is_reached_opened_and_closed_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("")
    button = page.get_by_role("button", name="Menu")
    for _ in range(5):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(navigation(page)).to_be_visible()
    page.keyboard.press("Tab")
    assert navigation(page).evaluate("element => element.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(navigation(page)).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_without_javascript_the_navigation_is_there_on_a_phone(opened: Callable[..., BrowserContext]) -> None:
    page = opened(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(CHAPTER)
    expect(navigation(page)).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(scheme_button(page)).to_be_hidden()


def test_the_first_stop_of_the_keyboard_leads_to_the_text(page: Page) -> None:
    page.goto(CHAPTER)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_what_has_the_focus_is_never_hidden_by_the_header(page: Page) -> None:
    page.goto(CHAPTER)
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate(
            """() => {
              const element = document.activeElement, header = document.querySelector("body > header, header[role=banner]");
              if (!header || header.contains(element) || element.closest("nav")) return "";
              const place = element.getClientRects()[0];
              return place && place.bottom <= header.getBoundingClientRect().bottom ? element.outerHTML.slice(0, 120) : "";
            }"""
        )
        if found:
            hidden.append(found)
    assert hidden == []
