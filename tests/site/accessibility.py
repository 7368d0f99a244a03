"""What keeps people from using a page: what axe-core finds, and what is too wide for a small screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules among them whose outcome depends on the colour scheme."""
ONE_OF_EACH = """() => {
  const looks = new Map(), first = new Map();
  const look = (element) => {
    if (!element) return "";
    if (!looks.has(element)) {
      const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, textDecorationLine, position } = getComputedStyle(element);
      const own = JSON.stringify([color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, textDecorationLine, position]);
      looks.set(element, own + look(element.parentElement));
    }
    return looks.get(element);
  };
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText && !element.matches("input, select, textarea")) continue;
    if (element.checkVisibility({ visibilityProperty: true }) && !first.has(look(element))) first.set(look(element), element);
  }
  return [...first.values()];
}"""
"""Of all elements with words that look the same, with all that they stand in, the first."""
TOO_WIDE = """() => {
  const root = document.documentElement;
  const found = root.scrollWidth > 320 ? [`the page is ${root.scrollWidth} pixels wide`] : [];
  const scrolls = (element) => { // or is cut off, as what a drawing has beyond its edge
    for (let box = element.parentElement; box; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      if (["auto", "scroll"].includes(overflowX) || (box.localName === "svg" && overflowX !== "visible")) return true;
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


def accessibility_problems(page: Page, only: dict[str, Any] = STANDARDS) -> list[str]:
    """Return what axe-core finds on a page with some of its rules, one line for each rule."""
    return _problems(page, only, "() => document")


def colour_problems(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the colours of a page that was looked at as a whole in another scheme.

    Two words that look the same, on the same grounds, are told apart by nothing but their place: one of them is enough.
    """
    return _problems(page, COLOUR, f"() => ({{include: ({ONE_OF_EACH})()}})")


def _problems(page: Page, only: dict[str, Any], where: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    result = page.evaluate(
        f"only => axe.run(({where})(), {{runOnly: only, resultTypes: ['violations'], preload: false}})", only
    )
    return [
        f"{found['id']} ({found['impact']}), {len(nodes)} times, such as {' '.join(nodes[0]['target'])}: "
        f"{' '.join(nodes[0]['failureSummary'].split())}"
        for found in result["violations"]
        for nodes in [found["nodes"]]
    ]
