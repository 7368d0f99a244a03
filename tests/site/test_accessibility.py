"""What is looked at less closely to save time is still found."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.site.accessibility import accessibility_problems, colour_problems

PAGE = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>
<style>
  :root { color-scheme: light dark; color: light-dark(#111, #eee); background: light-dark(#fff, #111); }
  .note { background: light-dark(#eee, #222); }
  a { color: light-dark(#00c, #9cf); }
  %s
</style>
<p>Words and <a href="#a">a link</a>.</p><p>Words and <a href="#b">a link</a>.</p>
<div class="note"><p>Words on another ground, and <a href="#c">a link</a>.</p></div>
</main></html>"""


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("", False),
        (".note { background: light-dark(#eee, #ccc); }", True),
        (".note a { color: light-dark(#00c, #333); }", True),
        ("p + p a { color: light-dark(#00c, #223); }", True),
    ],
)
def test_what_cannot_be_read_in_the_dark_alone_is_found(browser: Browser, style: str, found: bool) -> None:
    page = browser.new_page(color_scheme="light")
    page.set_content(PAGE % style)
    assert accessibility_problems(page) == []
    page.emulate_media(color_scheme="dark")
    problems = colour_problems(page)
    page.close()
    assert bool(problems) is found, problems
