"""Takes the pictures of the guide to the form: follows its steps in a copy of this project and looks in between."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.site.editing import form_of, opened
from tests.site.guide import follow, labelled, sections
from tests.site.projects import ROOT, copy_real

IMAGES = ROOT / "docs" / "images"
WIDE = {"x": 0, "y": 0, "width": 920, "height": 500}
WINDOW = {"width": 920, "height": 640}


def take(page: Page, name: str, top: str = "") -> None:
    """Keep a picture of the window, with the box of the label `top` at its upper edge."""
    if top:
        labelled(page, top).evaluate("box => box.scrollIntoView({block: 'center'})")
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)  # the form's own movements
    page.screenshot(path=IMAGES / f"form-{name}.png", clip=WIDE, animations="disabled")


def main() -> None:
    """Follow the guide and take the pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        project = copy_real(Path(folder) / "project")
        with form_of(project) as address, opened(browser, address, sign_in=False, viewport=WINDOW) as page:
            correct, activity, recommendation, _ = sections().values()
            follow(page, correct[0])
            follow(page, correct[1])
            page.get_by_text("Avignon").first.wait_for()
            take(page, "list")
            follow(page, activity[0])
            follow(page, activity[1])
            follow(page, activity[2])
            take(page, "new")
            labelled(page, "Approach").fill("As the city reported [@city-2019], there were three meetings.")
            page.get_by_role("button", name="Publish").first.click()
            page.get_by_text("Publish now").click()
            take(page, "error", "Approach")
            page.evaluate("() => { location.hash = '#/' }")
            for step in recommendation[:-1]:
                follow(page, step)
            take(page, "recommendation", "Who should act")
        browser.close()


if __name__ == "__main__":
    main()
