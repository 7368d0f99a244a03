"""The editing form, served for a project as the preview serves it, and ways to work in it.

A form has thousands of elements: what is waited for is named by its place. Asking for a role or a text anywhere
would look at every element in every frame.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import yaml
from playwright.sync_api import Browser, Page, Response, TimeoutError

from mkdocs_guidebook.content import Record
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.addresses import Addresses
from mkdocs_guidebook.site.edit.backend import FOLDER, SAVING, Backend, local_backend
from mkdocs_guidebook.site.edit.page import editing_files
from mkdocs_guidebook.site.edit.saving import LocalBackend, saving_app
from tests.site.visits import PATIENCE

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".css": "text/css",
}
EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
"""Stands for the site's icon, which the page shows."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def form_of(project: Path, backend: Backend | None = None) -> Iterator[str]:
    """Give the address at which the form of a project is served; without a backend it saves into the files."""
    library, _ = load(project)
    files = {
        f"/{FOLDER}/{name}": make()
        for name, make, _ in editing_files(
            library, Language("en"), Addresses(library), backend or local_backend(), library.book.title
        )
    }
    files[f"/{FOLDER}/"] = files[f"/{FOLDER}/index.html"]
    files["/assets/guidebook/icon.svg"] = EMPTY

    def pages(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        kind = "image/svg+xml" if path.endswith(".svg") else TYPES.get(Path(path).suffix, TYPES[".html"])
        start_response("200 OK" if path in files else "404 Not Found", [("Content-Type", kind)])
        return [files.get(path, b"")]

    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(saving_app(pages, LocalBackend(project), f"/{SAVING}"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def opened(
    browser: Browser, base: str, *, sign_in: bool = True, script: str = "", **options: Any
) -> Iterator[Page]:
    """Give the form; it must ask no other host for anything and break no rule of its own page."""
    context = browser.new_context(base_url=base, **{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    wrong: list[str] = []
    # Decap rejects a promise without a reason when a form is not complete; that is no error of the page.
    page.on("pageerror", lambda error: wrong.append(f"error: {error}") if str(error) != "undefined" else None)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((base, "blob:", "data:")) else wrong.append(request.url)
        ),
    )
    page.on("dialog", lambda dialog: dialog.dismiss() if "backup" in dialog.message else dialog.accept())
    try:
        page.goto(f"{base}{FOLDER}/")
        if sign_in:
            page.get_by_role("button", name="Login").click()
            page.get_by_role("heading", name="Collections").wait_for()
        yield page
        assert wrong == []
    finally:
        context.close()


def go(page: Page, address: str) -> None:
    """Go to a place of the form by way of the data files, so that nothing of the last entry is left."""
    page.evaluate("() => { location.hash = '#/collections/lists' }")
    page.locator("h1", has_text="Lists and book").wait_for()
    page.evaluate("address => { location.hash = `#/collections/${address}` }", address)


def box(page: Page, key: str) -> Any:
    """Return the box of a top-level key."""
    return page.locator(f"[id^='{key}-field-']").first


def open_record(page: Page, kind: str, id: str) -> None:
    """Open the form of a record."""
    go(page, f"{kind}/entries/{id}")
    page.locator("[id^='_name-field-']", has_text=f"{id}. This name is permanent.").wait_for()


def open_list(page: Page, name: str, key: str) -> None:
    """Open the form of a data file that has the top-level key `key`."""
    go(page, f"lists/entries/{name}")
    box(page, key).wait_for()


def publish(page: Page) -> None:
    """Choose to publish now."""
    page.locator("[class*=PublishButton]").click()
    page.locator("[role=menuitem]", has_text="Publish now").click()


def save(page: Page) -> Response:
    """Save, and return what the preview answered; fail with what the form says if it does not send anything."""
    try:
        with page.expect_response(
            lambda response: "persistEntry" in (response.request.post_data or "")
        ) as answer:
            publish(page)
        if answer.value.ok:
            page.locator("[class*=BackStatus]", has_text="Changes saved").wait_for()
        return answer.value
    except TimeoutError:
        said = page.locator("[class*=ControlErrorsList], [class*=Toastify]").all_inner_texts()
        raise AssertionError(f"the form did not save: {said}") from None


def that_use_every_box(records: Iterable[Record[Any]]) -> list[Record[Any]]:
    """Return as few of the records as use every box, and every length of a list, that any of them uses."""
    used = [(record, set(_boxes(record))) for record in records]
    left, chosen = set().union(*(boxes for _, boxes in used)), []
    while left:
        record, boxes = max(used, key=lambda one: len(one[1] & left))
        chosen.append(record)
        left -= boxes
    return chosen


def _boxes(record: Record[Any]) -> Iterator[str]:
    front, body = record.source.text.split("\n---\n", 1)
    yield from _keys(record.kind.name, yaml.safe_load(front))
    if record.kind.name == "activity":  # each section has a box of its own
        yield from (line for line in body.splitlines() if line.startswith("## "))


def _keys(name: str, value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _keys(f"{name}.{key}", inner)
        case list():
            # the form shows a list of more than twenty items in portions
            yield f"{name}: {'many' if len(value) > 20 else min(len(value), 2)}"
            for inner in value:
                yield from _keys(f"{name}[]", inner)
        case _:
            yield f"{name}: {type(value).__name__}"
