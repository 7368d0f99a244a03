"""The copy that works from a disk, in Firefox by WebDriver BiDi: where Firefox and `websockets` are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.site.visits import PATIENCE

client = pytest.importorskip("websockets.sync.client")
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = pytest.mark.skipif(not FIREFOX, reason="Firefox is not installed")


class Unanswered(Exception):
    """Firefox could not do what it was told to."""


class Firefox:
    """A Firefox with one page."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.number = 0
        self.command("session.new", capabilities={})
        tree = self.command("browsingContext.getTree")
        self.page = tree["contexts"][0]["context"]

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.connection.recv(timeout=120))
            if answer.get("id") == self.number:
                if answer["type"] != "success":
                    raise Unanswered(answer)
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Go to a page."""
        self.command("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def value(self, expression: str) -> Any:
        """Return what an expression gives on the page."""
        result = self.command(
            "script.evaluate", expression=expression, target={"context": self.page}, awaitPromise=True
        )
        if result["type"] != "success":
            raise Unanswered(result)
        return result["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true on the page."""
        end = time.monotonic() + PATIENCE / 1000
        while True:
            with suppress(Unanswered):  # between two pages there is nobody to ask
                if self.value(f"Boolean({expression})"):
                    return
            assert time.monotonic() < end, expression
            time.sleep(0.1)


def _port_of(profile: Path) -> int:
    """Return the port that a Firefox chose and wrote into its profile; 0 before it did."""
    try:
        return int(json.loads((profile / "WebDriverBiDiServer.json").read_text("utf-8"))["ws_port"])
    except (OSError, ValueError):
        return 0


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A Firefox with a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")
    assert FIREFOX
    process = subprocess.Popen(
        [FIREFOX, "--headless", "--profile", profile, "--remote-debugging-port", "0", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 180
        while not (listening := _port_of(profile)):
            assert time.monotonic() < end, "Firefox did not start"
            time.sleep(0.2)
        with client.connect(
            f"ws://127.0.0.1:{listening}/session", max_size=None, open_timeout=120
        ) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait(60)


def test_search_facets_and_highlighting_work_in_firefox(firefox: Firefox, copy: str) -> None:
    firefox.open(f"{copy}/library/index.html?q=consent")
    status = "document.querySelector('[data-part=status]').textContent"
    firefox.wait_for(f"{status}.includes('results')")
    firefox.value("document.querySelector('input[name=kind][value=recommendation]').click()")
    firefox.wait_for("location.search === '?q=consent&kind=recommendation'")

    firefox.open(f"{copy}/index.html")
    firefox.value("document.querySelector('[data-gb-search]').click()")
    firefox.value(
        "(() => { const field = document.querySelector('.gb-search input'); field.value = 'recidivism';"
        " field.dispatchEvent(new Event('input')); })()"
    )
    firefox.wait_for("document.querySelector('.gb-search__option')?.href.includes('#reoffending')")
    firefox.value("document.querySelector('.gb-search__option').click()")
    firefox.wait_for("location.hash === '#reoffending' && CSS.highlights.get('gb-hit')?.size > 0")


def test_the_map_leads_to_an_activity_in_firefox(firefox: Firefox, copy: str) -> None:
    firefox.open(f"{copy}/local-activities/map/index.html")
    name = firefox.value("document.querySelector('.gb-map__spot').getAttribute('aria-label')")
    firefox.value(
        "document.querySelector('.gb-map__spot').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    firefox.wait_for("!location.href.includes('/map/') && document.querySelector('h1')")
    assert firefox.value("document.querySelector('h1').textContent") in name


def test_my_pack_becomes_a_document_in_firefox(firefox: Firefox, copy: str) -> None:
    firefox.open(f"{copy}/my-pack/index.html#items=sharing-information,catalonia")
    firefox.wait_for("document.querySelectorAll('.gb-pack__name').length === 2")
    firefox.value("document.querySelector('[data-pack-do=make]').click()")
    firefox.wait_for("document.querySelectorAll('.gb-pack-part h2').length === 2")
    assert firefox.value("document.querySelector('.gb-pack-part h2').textContent") == "Sharing information"
