"""A page looked at once, in all the ways in which it is promised to be good."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.site.accessibility import TOO_WIDE, accessibility_problems, colour_problems
from tests.site.traffic import Traffic


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
    unused: list[str]
    """Fonts that it has the browser fetch early, and of which it shows nothing."""
    moved: float
    """Its cumulative layout shift."""
    too_wide: list[str]
    """What sticks out of a screen of 320 pixels."""
    on_screen: dict[str, bool]
    on_paper: dict[str, bool]


STILL = 0.02
"""A cumulative layout shift below this is none that a reader would see."""
MOVED = """window.moved = 0;
new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.moved += shift.value; })
  .observe({ type: "layout-shift", buffered: true });"""
SETTLED = """() => document.fonts.ready.then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved))))
)"""
UNUSED = """() => {
  const shown = new Set();
  const traits = ({ fontFamily, fontStyle, fontWeight, unicodeRange }) => [fontFamily, fontStyle, fontWeight, unicodeRange].join().replaceAll(/["\\s]/g, "");
  const loaded = new Set([...document.fonts].filter((face) => face.status === "loaded").map(
    ({ family, style, weight, unicodeRange }) => traits({ fontFamily: family, fontStyle: style, fontWeight: weight, unicodeRange })
  ));
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule) || !loaded.has(traits(rule.style))) continue;
      shown.add(new URL(rule.style.src.match(/url\\("(.*?)"/)[1], sheet.href).href);
    }
  }
  return [...document.querySelectorAll("link[rel=preload][as=font]")].map((link) => link.href).filter((font) => !shown.has(font));
}"""
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


def look_at(page: Page, traffic: Traffic, address: str) -> Look:
    """Return what is seen on the page at an address; the page must measure how far things move (`MOVED`)."""
    traffic.clear()
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    response = page.goto(address)
    assert response is not None
    moved = movement(page)
    unused = page.evaluate(UNUSED)
    asked = set(traffic.asked)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # what is loaded late is loaded now
    page.evaluate("scrollTo(0, 0)")
    on_screen = page.evaluate(LANDMARKS)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.keyboard.press("Tab")  # from now on the browser shows the focus
    unseen = {"light": page.evaluate(UNSEEN)}
    problems = {"light": accessibility_problems(page)}
    background = {"light": background_of(page)}
    page.emulate_media(color_scheme="dark")
    problems["dark"] = colour_problems(page)
    background["dark"] = background_of(page)
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
        unused=unused,
        moved=moved,
        too_wide=too_wide,
        on_screen=on_screen,
        on_paper=on_paper,
    )


def movement(page: Page) -> float:
    """Return how far things moved on the page that was just opened: of some visits, the one that was stillest.

    What jumps by itself does so each time; what a busy machine brings late, such as fonts, does not.
    """
    moved = float(page.evaluate(SETTLED))
    for _ in range(4):
        if moved < STILL:
            break
        page.reload()
        moved = min(moved, float(page.evaluate(SETTLED)))
    return moved


def background_of(page: Page) -> str:
    """Return the colour behind the text of a page."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def is_dark(colour: str) -> bool:
    """Return whether a colour of the form rgb(1, 2, 3) is nearer to black than to white."""
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
