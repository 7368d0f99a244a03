"""Sites that are built once and looked at by many tests, and a browser to look with."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from mkdocs_guidebook.build.offline import write_offline
from mkdocs_guidebook.content import Record, load
from mkdocs_guidebook.content.kinds.chapter import Chapter
from tests.once import once
from tests.site.links import BuiltSite
from tests.site.projects import built, copy_foreign, copy_real
from tests.site.traffic import Traffic, open_context
from tests.site.visits import PATIENCE, PHONE, Server, visit

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is installed is taken. That without windows shows the same pages with half the work."""
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
"""What keeps the browser from asking its maker, or anybody else but this machine, for anything."""
LOOKS = {
    **dict.fromkeys(("primaryHoverType", "availableHoverTypes"), 2),  # a mouse, as Playwright asks for
    **dict.fromkeys(("primaryPointerType", "availablePointerTypes"), 4),
    **dict.fromkeys(("lazyLoadingImageMarginPx4G", "lazyLoadingImageMarginPxUnknown"), 1250),
}
"""Settings of its engine. How far below the window pictures are loaded must not depend on how fast a host seems."""


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The French guide, built by `guidebook build`."""
    folder = once(tmp_path_factory, "foreign", lambda folder: built(copy_foreign(folder)))
    return BuiltSite(folder / "site", "/pompiers/")


@pytest.fixture(scope="session")
def real_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's content, built, so that its own site/ stays as it is."""
    return once(tmp_path_factory, "real", lambda folder: built(copy_real(folder), epoch=None))


@pytest.fixture(scope="session")
def real(real_project: Path) -> BuiltSite:
    """The site of this repository."""
    return BuiltSite(real_project / "site")


@pytest.fixture(scope="session")
def copy(real: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The unpacked copy of this repository's site, in a folder whose name has a blank, as a file: address."""

    def unpack(folder: Path) -> None:
        folder.mkdir()
        packed = folder / "site-offline.zip"
        write_offline(real.folder, packed)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(folder)

    return (once(tmp_path_factory, "memory stick", unpack) / "site-offline").as_uri()


class _Host(SimpleHTTPRequestHandler):
    """Serves a site as a host of static files does, with 404.html for what is not there."""

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""

    def end_headers(self) -> None:
        """Let fonts be kept: a page that is opened once more has them before it is drawn."""
        if self.path.endswith(".woff2"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page."""
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def host(real: BuiltSite) -> Iterator[str]:
    """The address at which the site of this repository is served."""
    with served(real.folder) as address:
        yield address


@pytest.fixture(scope="session")
def foreign_host(foreign: BuiltSite) -> Iterator[str]:
    """The address at which the French guide is served."""
    with served(foreign.folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium: the one that CHROMIUM names, or one that is installed."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not named:
        pytest.fail(
            "The browser tests need Chromium: install it, or set CHROMIUM to its path.", pytrace=False
        )
    settings = ",".join(f"{name}={value}" for name, value in LOOKS.items())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which(named) or named, args=[*QUIET, f"--blink-settings={settings}"]
        )
        yield chromium
        chromium.close()


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


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    """A page on a large screen, on which nothing is open yet."""
    with visit(browser, host, None) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, host: str) -> Iterator[Page]:
    """A page on a phone, on which nothing is open yet."""
    with visit(browser, host, None, **PHONE) as page:
        yield page


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
