"""Every page type of the site in a real browser, looked at once; each promise is a test of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.links import BuiltSite
from tests.site.looks import MOVED, STILL, Look, is_dark, look_at
from tests.site.page_types import PAGES, every_page_type
from tests.site.traffic import open_context
from tests.site.visits import size_sent

MOST_BYTES = 250_000
"""The initial weight of a page, compressed."""


@pytest.fixture(scope="module")
def looks(browser: Browser, host: str) -> Iterator[Callable[[str], Look]]:
    """Looks at a type of page: once, whatever the number of tests."""
    seen: dict[str, Look] = {}
    context, traffic = open_context(browser, host)
    context.add_init_script(MOVED)
    page = context.new_page()

    def look(kind: str) -> Look:
        if kind not in seen:
            seen[kind] = look_at(page, traffic, PAGES[kind])
        return seen[kind]

    yield look
    context.close()


@every_page_type
def test_a_page_loads_without_a_message(looks: Callable[[str], Look], kind: str) -> None:
    look = looks(kind)
    assert look.status == (404 if kind == "404" else 200)
    assert look.messages == []


@every_page_type
def test_a_page_shows_what_it_has_fetched_early(looks: Callable[[str], Look], kind: str) -> None:
    assert looks(kind).unused == []


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
    assert looks(kind).moved < STILL


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


@pytest.fixture(scope="module")
def french_look(browser: Browser, foreign_host: str) -> Iterator[Look]:
    """The chapter of the French guide, which has Markdown of all kinds and text from right to left."""
    context, traffic = open_context(browser, foreign_host)
    context.add_init_script(MOVED)
    yield look_at(context.new_page(), traffic, "guidebook/accueillir-une-recrue/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_markdown_of_all_kinds_is_accessible(french_look: Look, scheme: str) -> None:
    problems = french_look.problems[scheme]
    assert not problems, "\n".join(problems)


def test_markdown_of_all_kinds_needs_no_sideways_scrolling_at_320_pixels(french_look: Look) -> None:
    assert not french_look.too_wide, "\n".join(french_look.too_wide)


def test_markdown_of_all_kinds_loads_without_a_message(french_look: Look) -> None:
    assert (french_look.messages, french_look.foreign) == ([], [])
