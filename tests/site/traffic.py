"""What pages ask for and complain about while a browser shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.site.page_types import PAGES
from tests.site.visits import LAPTOP, PATIENCE, is_late


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
        """Note every request and message of a context."""
        context.on("request", self._pass)
        context.on("page", self._listen)

    def _pass(self, request: Request) -> None:
        if request.url.startswith(self.host):
            self.asked.add(urlsplit(request.url).path)
        elif urlsplit(request.url).scheme not in ("data", "blob"):
            self.foreign.append(request.url)

    def _listen(self, page: Page) -> None:
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if place == f"{self.host}{PAGES['404']}" and "404" in message.text:
            return  # the browser says so of every page that is not there
        if is_late(message.text):
            return
        self.messages.append(f"{message.type}: {message.text} ({place})")


def open_context(browser: Browser, host: str, **options: Any) -> tuple[BrowserContext, Traffic]:
    """Open a context, and return it with what it will ask for and complain about."""
    context = browser.new_context(base_url=host, **{"reduced_motion": "reduce", **LAPTOP, **options})
    context.set_default_timeout(PATIENCE)
    traffic = Traffic(host)
    traffic.watch(context)
    return context, traffic
