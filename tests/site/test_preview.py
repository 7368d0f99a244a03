"""`guidebook serve`: what is saved is seen, what is wrong is told, and only this machine is answered."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from mkdocs_guidebook.preview import Preview
from mkdocs_guidebook.preview.server import PreviewServer
from mkdocs_guidebook.preview.watching import watching
from mkdocs_guidebook.problems import Problem
from tests.site.accessibility import accessibility_problems
from tests.site.links import BuiltSite
from tests.site.projects import copy_foreign, edit, guidebook
from tests.site.visits import comes
from tests.tiny import CHAPTER as TINY_CHAPTER
from tests.tiny import copy_valid

CHAPTER = "guidebook/partir-en-intervention.md"
PAGE = "guidebook/partir-en-intervention/"
SECTION = "Reposez-vous"


@dataclass
class Followed:
    """A guide, its preview, and what this has said."""

    root: Path
    address: str
    said: list[tuple[str, list[Problem]]] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> str:
        """Return what is served at an address."""
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            return str(answer.read().decode())

    def state(self, page: str = PAGE) -> dict[str, Any]:
        """Return what a page of the preview asks for after a change."""
        return dict(json.loads(self.get(f"_preview/state?page=/{page}")))


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; fail when it never does."""
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def _followed(root: Path) -> Iterator[Followed]:
    said: list[tuple[str, list[Problem]]] = []
    preview = Preview(root, "http://127.0.0.1/", lambda failure, problems: said.append((failure, problems)))
    with PreviewServer("127.0.0.1", 0, preview) as server:
        preview.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        with preview.opened(), watching(root, preview.watched(), preview.refresh):
            thread.start()
            yield Followed(root, preview.address, said)
            server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    """The French guide; each test leaves it without a fault."""
    with _followed(copy_foreign(tmp_path_factory.mktemp("preview") / "guide")) as guide:
        yield guide


def test_what_is_saved_is_served(followed: Followed) -> None:
    assert "Une pause de sept minutes" not in followed.get(PAGE)
    edit(followed.root / CHAPTER, SECTION, f"Une pause de sept minutes. {SECTION}")
    until(lambda: "Une pause de sept minutes" in followed.get(PAGE))


def test_a_page_that_is_not_changed_keeps_its_key(followed: Followed) -> None:
    other = "local-activities/kalamata/"
    keys = followed.state()["key"], followed.state(other)["key"]
    edit(followed.root / CHAPTER, SECTION, f"Encore une fois. {SECTION}")
    until(lambda: followed.state()["key"] != keys[0])
    assert followed.state(other)["key"] == keys[1]


def test_drafts_new_records_and_deleted_ones_are_followed(followed: Followed) -> None:
    assert "Zinnober-Entwurf" in followed.get("guidebook/former-au-feu-de-foret/")
    file = followed.root / "state_of_the_art/fidelisation.md"
    new = file.with_name("nouveau.md")
    new.write_text(file.read_text("utf-8").replace("title: ", "title: Nouveau, "), "utf-8")
    until(lambda: _status(followed, "state-of-the-art/nouveau/") == 200)
    assert "Nouveau, " in followed.get("state-of-the-art/")
    new.unlink()
    until(lambda: _status(followed, "state-of-the-art/nouveau/") == 404)


def _status(followed: Followed, path: str, **headers: str) -> int:
    try:
        followed.get(path, **headers)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def test_what_is_wrong_is_told_with_its_place_and_the_last_page_stays(followed: Followed) -> None:
    page = followed.get(PAGE)
    file = followed.root / CHAPTER
    right = file.read_text("utf-8")
    file.write_text(right.replace("status: published", "status: publiziert"), "utf-8")
    # Before it is written, the file is empty for a moment, and that may be told, too.
    until(lambda: "publiziert" in str(followed.state()["problems"]))
    [problem] = followed.state()["problems"]
    line = 1 + right[: right.index("status: published")].count("\n")
    assert problem["place"] == f"{CHAPTER}, ligne {line}"
    assert followed.get(PAGE) == page
    until(lambda: followed.said and [problem.place.line for problem in followed.said[-1][1]] == [line])
    file.write_text(right, "utf-8")
    until(lambda: not followed.state()["problems"])
    until(lambda: followed.said[-1] == ("", []))


def test_a_broken_template_is_told_and_mended(followed: Followed) -> None:
    file = followed.root / "mkdocs.yml"
    right = file.read_text("utf-8")
    file.write_text(right.replace("theme:", "theme: ["), "utf-8")
    until(lambda: "mkdocs.yml" in str(followed.state()["problems"]))
    assert "</html>" in followed.get(PAGE)
    file.write_text(right, "utf-8")
    until(lambda: not followed.state()["problems"])


@pytest.mark.parametrize(
    ("host", "status"),
    {
        "127.0.0.1:1": 200,
        "localhost": 200,
        "[::1]:8000": 200,
        "evil.example": 403,
        "evil.example:8000": 403,
        "127.0.0.1.evil.example": 403,
        "192.168.1.7": 403,
        "": 403,
    }.items(),
)
def test_another_name_for_this_machine_is_turned_away(followed: Followed, host: str, status: int) -> None:
    assert _status(followed, PAGE, Host=host) == status
    assert _status(followed, "_preview/state?page=/", Host=host) == status


@pytest.mark.parametrize(
    "path",
    [
        "../mkdocs.yml",
        "%2e%2e/mkdocs.yml",
        "..%2f..%2fmkdocs.yml",
        "search/../../mkdocs.yml",
        "_preview/server.py",
    ],
)
def test_nothing_but_the_site_is_served(followed: Followed, path: str) -> None:
    assert _status(followed, path) == 404


def test_the_search_index_is_made_when_it_is_asked_for(followed: Followed) -> None:
    assert json.loads(followed.get("search/1/pagefind-entry.json"))["languages"]["fr"]["page_count"] > 20


def test_a_document_is_made_when_it_is_asked_for_and_again_after_a_change(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide")
    (root / "mkdocs.yml").write_text("site_name: A\ntheme: {name: material}\nplugins: [guidebook]\n", "utf-8")
    chapter = root / TINY_CHAPTER
    with _followed(root) as guide:

        def document() -> bytes:
            with urllib.request.urlopen(f"{guide.address}print/{chapter.stem}.pdf", timeout=120) as answer:  # noqa: S310
                return bytes(answer.read())

        first = document()
        assert first.startswith(b"%PDF")
        assert document() == first
        edit(chapter, "title: ", "title: Freshly saved, ")
        until(lambda: document() != first)


def test_the_form_of_the_preview_saves_into_the_files_and_strangers_cannot(followed: Followed) -> None:
    form = followed.get("edit/")
    assert "</html>" in form
    text = (followed.root / CHAPTER).read_text("utf-8").replace(SECTION, f"Enregistré. {SECTION}")
    body = {"action": "persistEntry", "params": {"dataFiles": [{"path": CHAPTER, "raw": text}]}}
    request = urllib.request.Request(  # noqa: S310
        f"{followed.address}edit/api/v1", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    request.add_header("Origin", "https://evil.example")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request)  # noqa: S310
    request.remove_header("Origin")
    urllib.request.urlopen(request).close()  # noqa: S310
    until(lambda: "Enregistré." in followed.get(PAGE))


def test_pages_of_the_preview_alone_load_its_script(followed: Followed, foreign: BuiltSite) -> None:
    assert "/_preview/preview.js" in followed.get(PAGE)
    assert "_preview" not in (foreign.folder / PAGE / "index.html").read_text("utf-8")


def test_a_guide_that_is_wrong_from_the_start_is_told_and_followed(tmp_path: Path) -> None:
    root = copy_foreign(tmp_path / "guide")
    edit(root / CHAPTER, "status: published", "status: publiziert")
    with _followed(root) as guide:
        assert "/_preview/preview.js" in guide.get(PAGE)
        assert guide.state()["problems"]
        edit(root / CHAPTER, "status: publiziert", "status: published")
        until(lambda: SECTION in guide.get(PAGE))


def test_the_page_in_the_browser_follows_and_shows_what_is_wrong(
    followed: Followed, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 500})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(followed.address + PAGE)
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    panel = page.locator(".gb-preview")
    expect(panel).to_be_hidden()

    edit(followed.root / CHAPTER, SECTION, f"Une phrase toute neuve. {SECTION}")
    expect(page.get_by_text("Une phrase toute neuve.")).to_be_attached()
    scrolled = comes(page, lambda: page.evaluate("scrollY"), lambda place: abs(place - 700) < 5)
    assert abs(scrolled - 700) < 5

    edit(followed.root / CHAPTER, "status: published", "status: publiziert")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(f"{CHAPTER}, ligne ")
    expect(panel).to_contain_text("publiziert")
    expect(page.get_by_text("Une phrase toute neuve.")).to_be_attached()
    assert accessibility_problems(page) == []
    edit(followed.root / CHAPTER, "status: publiziert", "status: published")
    expect(panel).to_be_hidden()
    assert not refused
    page.close()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = guidebook("serve", "--port", str(port), cwd=project)
    assert result.code == 1
    assert f"port {port} is in use" in result.err
    assert "--port" in result.err


def test_the_command_says_where_the_preview_is_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    with socket.socket() as kept:
        # Until the preview listens, nobody else is given this port.
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        port = kept.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs_guidebook", "serve", "--port", str(port)],
            cwd=project, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.readline()
    assert said == f"The preview is at http://127.0.0.1:{port}/ (stop it with Ctrl-C).\n"
    process.send_signal(2)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Traceback" not in err
