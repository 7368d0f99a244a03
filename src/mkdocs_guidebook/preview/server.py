"""The server of the preview: pages as they are now, and word of every change.

Beside the site it answers these addresses:
/_preview/events     a stream of server-sent events (HTML standard, section 9.2), one for each change
/_preview/state      the key that a page has now, and the problems, as JSON; ?page=/its/address/
/_preview/NAME       the script and the style that pages of the preview load, and no others
and where the editing form of the site sends what it saves, to `site.edit.saving`.

A browser that is led here by another site under that site's name (DNS rebinding) is turned away: the Host that it
asks for must be an address of this machine, or the name that was given.
"""

from __future__ import annotations

import html
import ipaddress
import json
import mimetypes
import posixpath
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from mkdocs_guidebook.build import BuildFailed
from mkdocs_guidebook.preview import Preview
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.site.edit.backend import SAVING
from mkdocs_guidebook.site.edit.saving import MOST_REQUEST_BYTES, LocalBackend

_OWN = "/_preview/"
_PARTS = {"preview.js": "text/javascript", "preview.css": "text/css"}
_PING = 15.0
"""Seconds after which a stream without news says that it is still there."""
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


class PreviewServer(ThreadingHTTPServer):
    """Serves one preview; `host` is the name or address that it listens on."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    """A browser opens more connections than the usual five at once, and a busy machine takes them late."""

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        self.host = host
        super().__init__((host, port), _Handler)

    def may_ask(self, host: str) -> bool:
        """Whether a request for this Host is meant for us."""
        name = urlsplit(f"//{host}").hostname or ""
        with suppress(ValueError):
            address = ipaddress.ip_address(name)
            return address.is_loopback or self.host not in ("localhost", "127.0.0.1", "::1")
        return name in ("localhost", self.host)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer."""
        if not self.server.may_ask(self.headers.get("Host", "")):
            self._send(b"This preview is for this machine only.\n", "text/plain", HTTPStatus.FORBIDDEN)
            return
        parts = urlsplit(self.path)
        path = posixpath.normpath(unquote(parts.path)) + ("/" if parts.path.endswith("/") else "")
        path = "/" if path == "//" else path
        if path == f"{_OWN}events":
            self._events()
        elif path == f"{_OWN}state":
            page = parse_qs(parts.query).get("page", ["/"])[0]
            self._send(json.dumps(self._state(page)).encode(), "application/json")
        elif path.startswith(_OWN):
            self._part(path.removeprefix(_OWN))
        else:
            self._file(path.removeprefix("/"))

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Save what the editing form sends; it refuses strangers itself."""
        length = self.headers.get("Content-Length", "")
        if urlsplit(self.path).path != f"/{SAVING}" or not length.isdecimal():
            self._send(b"", "text/plain", HTTPStatus.NOT_FOUND)
            return
        body = self.rfile.read(int(length)) if int(length) <= MOST_REQUEST_BYTES else b""
        preview = self.server.preview
        backend = LocalBackend(preview.root, saved=preview.refresh)
        status, content = backend.respond(self.client_address[0], dict(self.headers), body)
        self._send(content, "application/json", status)

    def _file(self, path: str) -> None:
        preview = self.server.preview
        try:
            answer = preview.answer(path)
        except BuildFailed as error:
            self._send(self._stand_in(str(error)), "text/html")
            return
        if answer is None:
            self._send(self._stand_in(preview.failure), "text/html")
            return
        kind = mimetypes.guess_type(path)[0] or ("text/html" if path.endswith("/") or not path else "")
        content = answer.content
        if answer.key or not answer.found:
            kind, content = "text/html", _with_script(content, answer.key)
        status = HTTPStatus.OK if answer.found else HTTPStatus.NOT_FOUND
        self._send(content, kind or "application/octet-stream", status)

    def _stand_in(self, reason: str) -> bytes:
        """Return what is shown as long as there is no page."""
        language = self.server.preview.language
        title = html.escape(language("preview.none"))
        page = (
            f'<!doctype html><html lang="{language.tag}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{title}</title></head>'
            f"<body><main><h1>{title}</h1><p>{html.escape(reason)}</p></main></body></html>"
        )
        return _with_script(page.encode(), "")

    def _part(self, name: str) -> None:
        if name not in _PARTS:
            self._send(b"", "text/plain", HTTPStatus.NOT_FOUND)
            return
        self._send((resources.files(__package__) / name).read_bytes(), _PARTS[name])

    def _state(self, page: str) -> dict[str, Any]:
        preview = self.server.preview
        language = preview.language
        wrong = bool(preview.failure) or any(problem.is_error for problem in preview.problems)
        rows = [
            _row(problem, language("preview.place", path=problem.place.path, line=str(problem.place.line)))
            for problem in preview.problems
        ]
        if preview.failure:
            rows.insert(0, {"place": "", "message": preview.failure, "hint": "", "severity": "error"})
        return {
            "key": preview.key_of(page.removeprefix("/")),
            "title": language("preview.title" if wrong else "preview.warnings"),
            "note": language("preview.stale") if wrong else "",
            "problems": rows,
        }

    def _events(self) -> None:
        preview = self.server.preview
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known = preview.version
        with suppress(OSError):  # the page was closed
            while True:
                self.wfile.write(f"data: {known}\n\n".encode())
                self.wfile.flush()
                with preview.changed:
                    preview.changed.wait_for(lambda: preview.version != known, _PING)  # noqa: B023
                    known = preview.version

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        if kind.startswith("text/") or kind.endswith(("json", "javascript", "xml")):
            kind += "; charset=utf-8"
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser has gone on
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the terminal is for problems."""


def _row(problem: Problem, place: str) -> dict[str, str]:
    return {
        "place": place,
        "message": problem.message,
        "hint": problem.hint,
        "severity": str(problem.rule.severity),
    }


def _with_script(page: bytes, key: str) -> bytes:
    """Let a page follow the changes; only pages of the preview do."""
    tags = (
        f'<link rel="stylesheet" href="{_OWN}preview.css">'
        f'<script type="module" src="{_OWN}preview.js" data-key="{key}"></script></head>'
    )
    return page.replace(b"</head>", tags.encode(), 1)
