"""The site of this repository in a real browser: every page type, in light and dark, on a phone and on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from mkdocs_guidebook.content import Record, load
from mkdocs_guidebook.content.kinds.chapter import Chapter
from tests.site.links import BuiltSite
from tests.site.visits import size_sent

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
MOST_BYTES = 250_000
"""The initial weight of a page, compressed."""
COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules among them whose outcome depends on the colour scheme."""
CHAPTER = "guidebook/sharing-information/"
PAGES = {
    "home": "",
    "project page": "project/",
    "guidebook": "guidebook/",
    "chapter": CHAPTER,
    "articles": "state-of-the-art/",
    "article": "state-of-the-art/france/",
    "activities": "local-activities/",
    "activity": "local-activities/catalonia/",
    "unconfirmed activity": "local-activities/malaga/",
    "events": "seminars-and-final-event/",
    "glossary": "glossary/",
    "bibliography": "bibliography/",
    "organisations": "organisations/",
    "comparison": "state-of-the-art/compare/",
    "recommendations": "recommendations/",
    "pathway": "pathway/",
    "lessons": "local-activities/lessons/",
    "browse": "browse/",
    "library": "library/",
    "map": "local-activities/map/",
    "my pack": "my-pack/",
    "role": "audiences/probation/",
    "moment": "phases/release/",
    "topic": "topics/release-planning/",
    "country": "countries/be/",
    "changes": "changes/",
    "about": "about/",
    "contribute": "contribute/",
    "accessibility": "accessibility/",
    "rules": "rules/",
    "rule": "rules/broken-link/",
    "fields": "fields/",
    "field list": "fields/chapter/",
    "guide": "contribute/form/",
    "404": "there-is-no-such-page/",
}
"""An address of each type of page."""

every_page_type = pytest.mark.parametrize("kind", PAGES)


@dataclass
class Traffic:
    """What a page asked for and complained about."""

    host: str
    foreign: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """Paths of what the host was asked for."""

    def clear(self) -> None:
        """Forget what was noted."""
        self.foreign, self.messages, self.asked = [], [], set()

    def watch(self, context: BrowserContext) -> None:
        """Note every request and message of a context, and let nothing out of this machine."""
        context.route("**/*", self._pass)
        context.on("page", self._listen)

    def _pass(self, route: Route) -> None:
        address = route.request.url
        if address.startswith(self.host):
            self.asked.add(urlsplit(address).path)
        if address.startswith(self.host) or urlsplit(address).scheme in ("data", "blob"):
            route.continue_()
        else:
            self.foreign.append(address)
            route.abort()

    def _listen(self, page: Page) -> None:
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if place == f"{self.host}{PAGES['404']}" and "404" in message.text:
            return  # the browser says so of every page that is not there
        self.messages.append(f"{message.type}: {message.text} ({place})")


LARGE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def open_context(browser: Browser, host: str, **options: Any) -> tuple[BrowserContext, Traffic]:
    """Open a context, and return it with what it will ask for and complain about."""
    context = browser.new_context(base_url=host, **{"reduced_motion": "reduce", **LARGE, **options})
    context.set_default_timeout(5000)
    traffic = Traffic(host)
    traffic.watch(context)
    return context, traffic


@pytest.fixture
def opened(browser: Browser, host: str) -> Iterator[Callable[..., BrowserContext]]:
    """Opens contexts whose pages must be silent and must not leave the host; closes them in the end."""
    contexts: list[tuple[BrowserContext, Traffic]] = []

    def open_one(**options: Any) -> BrowserContext:
        contexts.append(open_context(browser, host, **options))
        return contexts[-1][0]

    yield open_one
    for context, traffic in contexts:
        context.close()
        assert (traffic.foreign, traffic.messages) == ([], [])


@pytest.fixture(scope="module")
def _large(browser: Browser, host: str) -> Iterator[tuple[BrowserContext, Traffic]]:
    context, traffic = open_context(browser, host)
    yield context, traffic
    context.close()


@pytest.fixture(scope="module")
def _small(browser: Browser, host: str) -> Iterator[tuple[BrowserContext, Traffic]]:
    context, traffic = open_context(browser, host, **PHONE)
    yield context, traffic
    context.close()


def _silent_page(context: BrowserContext, traffic: Traffic) -> Iterator[Page]:
    traffic.clear()
    page = context.new_page()
    yield page
    page.close()
    assert (traffic.foreign, traffic.messages) == ([], [])


@pytest.fixture
def page(_large: tuple[BrowserContext, Traffic]) -> Iterator[Page]:
    """A page on a large screen."""
    yield from _silent_page(*_large)


@pytest.fixture
def phone(_small: tuple[BrowserContext, Traffic]) -> Iterator[Page]:
    """A page on a phone."""
    yield from _silent_page(*_small)


@pytest.fixture(scope="module")
def plain(browser: Browser, host: str) -> Iterator[Page]:
    """A page in a browser that runs no JavaScript; it remembers nothing, so tests may share it."""
    context, traffic = open_context(browser, host, java_script_enabled=False)
    yield context.new_page()
    context.close()
    assert traffic.foreign == []


@pytest.fixture(scope="session")
def chapter(real_project: Path) -> Record[Chapter]:
    """The record of the chapter that is looked at."""
    library, _ = load(real_project)
    return next(record for record in library.chapters if record.id == "sharing-information")


def accessibility_problems(page: Page, only: dict[str, Any] = STANDARDS) -> list[str]:
    """Return what axe-core finds on a page with some of its rules, one line for each rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    result = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false})", only
    )
    return [
        f"{found['id']} ({found['impact']}), {len(nodes)} times, such as {' '.join(nodes[0]['target'])}: "
        f"{' '.join(nodes[0]['failureSummary'].split())}"
        for found in result["violations"]
        for nodes in [found["nodes"]]
    ]


# Every page type, looked at once; each promise is a test of its own


@dataclass(frozen=True)
class Look:
    """What was seen on a page."""

    status: int
    messages: list[str]
    foreign: list[str]
    problems: dict[str, list[str]]
    """What axe-core finds, by colour scheme."""
    background: dict[str, str]
    unseen: dict[str, list[str]]
    """What can have the focus without showing it, by colour scheme."""
    asked: set[str]
    """Paths of what was fetched before anybody did anything."""
    moved: float
    """Its cumulative layout shift."""
    too_wide: list[str]
    """What sticks out of a screen of 320 pixels."""
    on_screen: dict[str, bool]
    on_paper: dict[str, bool]
    pdf: bytes


TOO_WIDE = """() => {
  const root = document.documentElement;
  const found = root.scrollWidth > 320 ? [`the page is ${root.scrollWidth} pixels wide`] : [];
  const scrolls = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const place = element.getBoundingClientRect();
    if (place.right <= 321 || place.width <= 1 || place.left >= 320 || !element.checkVisibility() || scrolls(element)) continue;
    found.push(`${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return found;
}"""
MOVED = """window.moved = 0;
new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.moved += shift.value; })
  .observe({ type: "layout-shift", buffered: true });"""
SETTLED = """() => document.fonts.ready.then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved))))
)"""
UNSEEN = """() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const found = [];
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) continue;
    const style = getComputedStyle(element);
    const rings = [[style.outlineStyle === "none" ? "0" : style.outlineWidth, style.outlineColor]];
    if (element.ownerSVGElement) { // in a drawing it is a stroke, which keeps its width whatever the drawing's size
      for (const part of element.querySelectorAll("*")) {
        const { stroke, strokeWidth, vectorEffect } = getComputedStyle(part);
        if (stroke !== "none" && vectorEffect === "non-scaling-stroke") rings.push([strokeWidth, stroke]);
      }
    }
    const seen = rings.some(([width, colour]) => {
      const [high, low] = [light(colour), paper].sort((one, other) => other - one);
      return parseFloat(width) >= 3 && (high + 0.05) / (low + 0.05) >= 3;
    });
    if (!seen) found.push(`${element.outerHTML.slice(0, 80)}: ${rings.join(" | ")}`);
  }
  document.activeElement?.blur();
  return found;
}"""
LANDMARKS = """() => Object.fromEntries(
  Object.entries({header: "body > header, [role=banner]", navigation: "nav[aria-label='Main navigation']", text: "main"}).map(
    ([name, selector]) => [name, [...document.querySelectorAll(selector)].some((part) => part.checkVisibility({ visibilityProperty: true }))]
  )
)"""
"""Which of the large parts of a page are visible."""


@pytest.fixture(scope="module")
def looks(browser: Browser, host: str) -> Iterator[Callable[[str], Look]]:
    """Looks at a type of page: once, whatever the number of tests."""
    seen: dict[str, Look] = {}
    context, traffic = open_context(browser, host)
    context.add_init_script(MOVED)
    page = context.new_page()

    def look(kind: str) -> Look:
        if kind not in seen:
            seen[kind] = _look(page, traffic, PAGES[kind])
        return seen[kind]

    yield look
    context.close()


def _look(page: Page, traffic: Traffic, address: str) -> Look:
    traffic.clear()
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    response = page.goto(address)
    assert response is not None
    moved = page.evaluate(SETTLED)
    asked = set(traffic.asked)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # what is loaded late is loaded now
    page.evaluate("scrollTo(0, 0)")
    on_screen = page.evaluate(LANDMARKS)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.keyboard.press("Tab")  # from now on the browser shows the focus
    unseen = {"light": page.evaluate(UNSEEN)}
    problems = {"light": accessibility_problems(page)}
    background = {"light": _background(page)}
    page.emulate_media(color_scheme="dark")
    problems["dark"] = accessibility_problems(page, COLOUR)
    background["dark"] = _background(page)
    unseen["dark"] = page.evaluate(UNSEEN)
    page.keyboard.press("Escape")  # no definition stays open
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    too_wide = page.evaluate(TOO_WIDE)
    page.emulate_media(media="print")
    on_paper = page.evaluate(LANDMARKS)
    return Look(
        status=response.status,
        messages=traffic.messages,
        foreign=traffic.foreign,
        problems=problems,
        background=background,
        unseen=unseen,
        asked=asked,
        moved=moved,
        too_wide=too_wide,
        on_screen=on_screen,
        on_paper=on_paper,
        pdf=page.pdf(format="A4", tagged=True),
    )


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def is_dark(colour: str) -> bool:
    """Return whether a colour of the form rgb(1, 2, 3) is nearer to black than to white."""
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128


@every_page_type
def test_a_page_loads_without_a_message(looks: Callable[[str], Look], kind: str) -> None:
    look = looks(kind)
    assert look.status == (404 if kind == "404" else 200)
    assert look.messages == []


@every_page_type
def test_a_page_asks_nothing_of_another_host(looks: Callable[[str], Look], kind: str) -> None:
    assert looks(kind).foreign == []


@every_page_type
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible(looks: Callable[[str], Look], kind: str, scheme: str) -> None:
    problems = looks(kind).problems[scheme]
    assert not problems, "\n".join(problems)


@every_page_type
def test_a_page_follows_the_scheme_of_the_machine(looks: Callable[[str], Look], kind: str) -> None:
    background = looks(kind).background
    assert (is_dark(background["light"]), is_dark(background["dark"])) == (False, True)


@every_page_type
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_has_the_focus_shows_it_with_three_pixels(
    looks: Callable[[str], Look], kind: str, scheme: str
) -> None:
    unseen = looks(kind).unseen[scheme]
    assert not unseen, "\n".join(unseen[:10])


@every_page_type
def test_a_page_is_light(looks: Callable[[str], Look], real: BuiltSite, kind: str) -> None:
    look = looks(kind)
    sizes = {path: size_sent(_file_of(real.folder, path)) for path in look.asked}
    print(f"{kind}: {sum(sizes.values()) / 1000:.0f} KB")  # noqa: T201
    assert 0 < sum(sizes.values()) <= MOST_BYTES, sizes


def _file_of(folder: Path, path: str) -> Path:
    file = folder / path.lstrip("/")
    file = file / "index.html" if file.is_dir() else file
    return file if file.is_file() else folder / "404.html"


@every_page_type
def test_nothing_on_a_page_jumps(looks: Callable[[str], Look], kind: str) -> None:
    assert looks(kind).moved < 0.02


@every_page_type
def test_a_page_needs_no_sideways_scrolling_at_320_pixels(looks: Callable[[str], Look], kind: str) -> None:
    too_wide = looks(kind).too_wide
    assert not too_wide, "\n".join(too_wide)


@every_page_type
def test_a_page_prints_its_text_without_header_and_navigation(
    looks: Callable[[str], Look], kind: str
) -> None:
    look = looks(kind)
    assert look.on_screen == {"header": True, "navigation": True, "text": True}
    assert look.on_paper == {"header": False, "navigation": False, "text": True}
    assert look.pdf.startswith(b"%PDF-")


@pytest.fixture(scope="module")
def french_look(browser: Browser, foreign_host: str) -> Iterator[Look]:
    """The chapter of the French guide, which has Markdown of all kinds and text from right to left."""
    context, traffic = open_context(browser, foreign_host)
    context.add_init_script(MOVED)
    yield _look(context.new_page(), traffic, "guidebook/accueillir-une-recrue/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_markdown_of_all_kinds_is_accessible(french_look: Look, scheme: str) -> None:
    problems = french_look.problems[scheme]
    assert not problems, "\n".join(problems)


def test_markdown_of_all_kinds_needs_no_sideways_scrolling_at_320_pixels(french_look: Look) -> None:
    assert not french_look.too_wide, "\n".join(french_look.too_wide)


def test_markdown_of_all_kinds_loads_without_a_message(french_look: Look) -> None:
    assert (french_look.messages, french_look.foreign) == ([], [])


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
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if page.evaluate(SHOWN, text) is wanted:
            return True
        page.wait_for_timeout(50)
    return False


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


def test_the_pointer_can_move_onto_a_definition(page: Page) -> None:
    term, definition = first_term(page)
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
    page.wait_for_timeout(600)
    assert shows(page, definition)


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
    term.click()
    assert urlsplit(plain.url).path == f"/{CHAPTER}"
    place = plain.locator(f"[id='{urlsplit(plain.url).fragment}']")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(definition)


# Citations


def below_the_header(page: Page, element: Locator) -> bool:
    """Return whether an element is in view and not behind the header that stays at the top."""
    expect(element).to_be_in_viewport()
    return bool(
        element.evaluate(
            """element => {
              const place = element.getClientRects()[0];
              const top = document.elementFromPoint(place.left + 2, place.top + place.height / 2);
              return element.contains(top) || top.contains(element) && !top.closest("header[class*='header']");
            }"""
        )
    )


def test_a_citation_leads_to_its_source_and_back(page: Page) -> None:
    page.goto(CHAPTER)
    cite = page.locator("main a[href^='#source-']").nth(2)
    id, target = cite.get_attribute("id"), cite.get_attribute("href")
    cite.click()
    assert page.url.endswith(target or "?")
    source = page.locator(f"[id='{(target or '#')[1:]}']")
    assert below_the_header(page, source)
    source.locator(f"a[href='#{id}']").click()
    assert page.url.endswith(f"#{id}")
    assert below_the_header(page, cite)


def test_a_source_of_a_page_leads_to_the_bibliography_and_on_to_the_pages_that_cite_it(page: Page) -> None:
    page.goto(CHAPTER)
    source = page.locator("main li[id^='source-']").first
    id = source.get_attribute("id")
    source.get_by_role("link", name="In the bibliography").click()
    assert page.url.endswith(f"bibliography/#{id}")
    entry = page.locator(f"[id='{id}']")
    assert below_the_header(page, entry)
    entry.get_by_role("link", name="Sharing information").click()
    assert urlsplit(page.url).path == f"/{CHAPTER}"


def test_a_recommendation_has_an_address_that_leads_to_it(page: Page) -> None:
    page.goto(f"{CHAPTER}#agree-before-the-first-case")
    assert below_the_header(page, page.get_by_text("Agree in writing what each agency may share").first)


# Colour scheme


def scheme_button(page: Page) -> Locator:
    """Return the switch between light and dark."""
    return page.get_by_role("button", name=re.compile("light|dark", re.I)).first


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_the_scheme_can_be_switched_and_is_remembered(
    opened: Callable[..., BrowserContext], preferred: str
) -> None:
    context = opened(color_scheme=preferred)
    page = context.new_page()
    page.goto("")
    assert is_dark(_background(page)) is (preferred == "dark")
    scheme_button(page).click()
    assert is_dark(_background(page)) is (preferred == "light")
    page.goto(CHAPTER)
    assert is_dark(_background(page)) is (preferred == "light")
    other = context.new_page()
    other.goto("glossary/")
    assert is_dark(_background(other)) is (preferred == "light")
    scheme_button(other).click()
    assert is_dark(_background(other)) is (preferred == "dark")


def test_the_scheme_can_be_switched_where_storage_is_refused(opened: Callable[..., BrowserContext]) -> None:
    context = opened(color_scheme="light")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page = context.new_page()
    page.goto("")
    scheme_button(page).click()
    assert is_dark(_background(page))


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


def test_the_menu_is_reached_opened_and_closed_by_keyboard(opened: Callable[..., BrowserContext]) -> None:
    page = opened(viewport={"width": 390, "height": 844}).new_page()
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


# Without JavaScript


def said(text: str) -> list[str]:
    """Return the words of a Markdown text between its marks, as a reader sees them."""
    text = re.sub(r"!?\[([^\]@]*)\]\([^)]*\)", r"\1", text)
    pieces = re.split(r"\[[^\]]*@[^\]]*\]|[*_`|]+|\s{2,}|^\s*(?:[-#>]+|\d+\.)\s|\n", text, flags=re.M)
    return [piece for part in pieces if len(piece := " ".join(part.split()).strip(" .:")) > 12]


def visible_text(page: Page) -> str:
    """Return the text that the page shows, with white space folded."""
    return " ".join(page.get_by_role("main").inner_text().split())


def missing(pieces: list[str], text: str) -> list[str]:
    """Return the pieces that a text does not hold."""
    return [piece for piece in pieces if piece not in text]


def test_without_javascript_the_text_of_a_chapter_is_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    body = re.sub(r"^:::.*$", "", chapter.body.text, flags=re.M)
    pieces = [chapter.data.title, chapter.data.summary, *said(body)]
    pieces += [piece for message in chapter.data.key_messages for piece in said(message)]
    assert len(pieces) > 30
    assert missing(pieces, text) == []


def test_without_javascript_recommendations_and_their_reasons_are_readable(
    plain: Page, chapter: Record[Chapter]
) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for recommendation in chapter.data.recommendations:
        assert missing([recommendation.text, *said(recommendation.because)], text) == []


def test_without_javascript_checklists_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for recommendation in chapter.data.recommendations:
        assert missing([piece for item in recommendation.checklist for piece in said(item)], text) == []


def test_without_javascript_exercises_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    text = visible_text(plain)
    for exercise in chapter.data.exercises:
        steps = [piece for step in exercise.steps for piece in said(step.text)]
        assert missing([exercise.title, *said(exercise.aim), *steps], text) == []


def test_without_javascript_sources_are_readable(plain: Page, chapter: Record[Chapter]) -> None:
    plain.goto(CHAPTER)
    for recommendation in chapter.data.recommendations:
        for id in recommendation.sources:
            expect(plain.locator(f"[id='source-{id}']")).to_be_visible()


@every_page_type
def test_without_javascript_a_page_has_its_heading_and_no_dead_control(plain: Page, kind: str) -> None:
    plain.goto(PAGES[kind])
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    assert [button.inner_text() for button in plain.get_by_role("button").all() if button.is_visible()] == []


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
