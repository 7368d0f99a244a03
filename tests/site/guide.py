"""Follows the numbered steps of the guide to the form, as they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.site.projects import ROOT

GUIDE = ROOT / "docs" / "contribute" / "form.md"
_INSTRUCTION = re.compile(
    r"In \*\*(?P<written>[^*]+)\*\*, write `(?P<text>[^`]+)`"
    r"|In \*\*(?P<chosen>[^*]+)\*\*, choose \*\*(?P<option>[^*]+)\*\*"
    r"|(?:[Cc]hoose|then) \*\*(?P<pressed>[^*]+)\*\*"
)


@dataclass(frozen=True)
class Instruction:
    """One thing that a step says to do."""

    field: str
    """The label of a box; empty for something to press."""
    value: str
    """What is written or chosen there, or what is pressed."""
    is_choice: bool = False


def sections(file: Path = GUIDE) -> dict[str, list[str]]:
    """Return the numbered steps of each section that has some, by its heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif match := re.match(r"\d+\. (.*)", line):
            found.setdefault(heading, []).append(match[1])
    return found


def instructions(step: str) -> Iterator[Instruction]:
    """Yield what a step says to do. Every word in bold must belong to something that is done."""
    left = step
    for match in _INSTRUCTION.finditer(step):
        left = left.replace(match.group(), "")
        if match["written"]:
            yield Instruction(match["written"], match["text"])
        elif match["chosen"]:
            yield Instruction(match["chosen"], match["option"], is_choice=True)
        else:
            yield Instruction("", match["pressed"])
    assert "**" not in left, f"nobody could follow this: {step}"


def follow(page: Page, step: str) -> None:
    """Do what a step says."""
    for one in instructions(step):
        if not one.field:
            press(page, one.value)
        elif one.is_choice:
            box = labelled(page, one.field)
            box.click()
            box.fill(one.value)
            page.locator("[role=option]", has_text=one.value).first.click()
        else:
            labelled(page, one.field).fill(one.value)


def labelled(page: Page, label: str) -> Locator:
    """Return the box with a label."""
    words = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
    found = page.locator("label").filter(has_text=words).locator("visible=true").first
    return page.locator(f"[id='{found.get_attribute('for')}']")


def press(page: Page, words: str) -> None:
    """Press what has these words; saving waits until the preview has answered."""
    exact = re.compile(rf"^\W*{re.escape(words)}\W*$")
    target = page.locator("button, a, [role=button], [role=menuitem]").filter(has_text=exact)
    target = target.locator("visible=true").first
    if words != "Publish now":
        target.click()
        return
    with page.expect_response(lambda answer: "persistEntry" in (answer.request.post_data or "")) as saved:
        target.click()
    assert saved.value.ok, saved.value.text()
    page.wait_for_url("**/entries/**")  # a new entry goes to its own place
    page.locator("[class*=BackStatus]", has_text="Changes saved").wait_for()
