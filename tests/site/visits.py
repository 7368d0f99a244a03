"""Visits of a browser to a site: what it is asked, what it says, and what it fetches."""

from __future__ import annotations

import functools
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

T = TypeVar("T")

PATIENCE = 30_000
"""Milliseconds that a test waits for what it expects. A busy machine may stand still for some of them."""
LAPTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
_COMPRESSED = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".woff2")
"""Files that are compressed already."""


def is_late(message: str) -> bool:
    """Whether the browser says that a font that was asked for early was not used three seconds later.

    On a machine that stands still it says so of fonts that are used (see `looks.UNUSED`).
    """
    return "was preloaded using link preload but not used" in message


@dataclass(frozen=True)
class Room:
    """A part of the browser that keeps things for itself, in which one visit after the other takes place."""

    context: BrowserContext
    door: Page
    """An empty page of the host. While it is open, the process that shows the host's pages stays, warm."""

    @staticmethod
    def of(browser: Browser, base: str, **options: Any) -> Room:
        """Open a room for the pages of a host."""
        context = browser.new_context(base_url=base, **{"reduced_motion": "reduce", **LAPTOP, **options})
        context.set_default_timeout(PATIENCE)
        door = context.new_page()
        door.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
        door.goto(base)
        return Room(context, door)

    def new_page(self) -> Page:
        """Return a page that finds nothing of the one before it."""
        self.door.evaluate("localStorage.clear()")
        return self.context.new_page()


def room_for(browser: Browser, base: str, **options: Any) -> Room:
    """Return the room that visits of a host with the same options share."""
    return _room(browser, base, json.dumps(options, sort_keys=True))


@functools.cache
def _room(browser: Browser, base: str, options: str) -> Room:
    return Room.of(browser, base, **json.loads(options))


@contextmanager
def visit(browser: Browser, base: str, address: str | None = "", **options: Any) -> Iterator[Page]:
    """Give an open page (with `None` an empty one), which must say nothing and ask no other host for anything."""
    page = room_for(browser, base, **options).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    host = urlsplit(base).netloc
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc in (host, "") or request.url.startswith(("blob:", "data:"))
            else said.append(f"asked {request.url}")
        ),
    )
    try:
        if address is not None:
            page.goto(base + address)
        yield page
        assert [message for message in said if not is_late(message)] == []
    finally:
        page.close()


def comes(page: Page, read: Callable[[], T], is_wanted: Callable[[T], bool]) -> T:
    """Return what is read from a page once it is what is wanted; after a long wait, what it is.

    Playwright's `wait_for_function` fails on these pages if it has to wait: their policy forbids `eval`.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not is_wanted(found := read()) and time.monotonic() < end:
        page.wait_for_timeout(20)
    return found


def size_sent(file: Path) -> int:
    """Return how many bytes a host sends for a file: compressed."""
    content = file.read_bytes()
    return len(content) if file.suffix in _COMPRESSED else len(gzip.compress(content, 6))


@dataclass
class Counter:
    """Counts what is fetched, as a host would send it: compressed."""

    fetched: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.fetched.values())


class Server(ThreadingHTTPServer):
    """Lets more connections wait than the five of the library: on a busy machine a browser opens more at once."""

    request_queue_size = 128


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Counter]]:
    """Serve a folder; give its address and what is fetched from it."""
    counter = Counter()

    class Host(SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_file():
                counter.fetched[urlsplit(self.path).path] = size_sent(path)
            super().do_GET()

    server = Server(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", counter
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
