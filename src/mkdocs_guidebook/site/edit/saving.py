"""Where the form of the preview saves: the project's files, by the protocol of Decap's proxy backend.

The protocol is that of decap-server (one POST with `action` and `params`, answers as JSON). Only files of the
content are read or written. What would make `guidebook check` report a new error in the saved file is not
saved; the answer says what is wrong, and the form shows it.

A page of another site must not be able to write: a request is answered only if it names this computer as its
host and, where the browser says where it comes from, the preview itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.kinds import KINDS, RECORD_KINDS
from mkdocs_guidebook.content.source import most_bytes
from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.problems import Problem

MOST_REQUEST_BYTES = 20_000_000
"""The largest request that is read; pictures travel inside it."""
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"))
_HERE = frozenset(("127.0.0.1", "localhost", "[::1]"))
_CLIENTS = frozenset(("127.0.0.1", "::1", "::ffff:127.0.0.1"))
_NEEDS_ANOTHER_FILE = frozenset(("chapter-not-listed",))
"""What is mended in another file, once this one is there."""

Answer = dict[str, Any] | list[Any] | None


class Refused(Exception):
    """A request that is not carried out; the message says why."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class LocalBackend:
    """Answers the form for the project in one folder."""

    root: Path
    saved: Callable[[], None] = lambda: None
    """Is called after a file has changed."""

    def respond(self, client: str, headers: Mapping[str, str], body: bytes) -> tuple[HTTPStatus, bytes]:
        """Return the status and the JSON that answer a POST request from the IP address `client`."""
        try:
            _refuse_strangers(client, headers)
            answer = self.handle(_request(body))
        except Refused as error:
            return error.status, json.dumps({"error": str(error)}).encode()
        except OSError as error:
            message = f"{error.filename or 'the file'}: {error.strerror or error}"
            return HTTPStatus.INTERNAL_SERVER_ERROR, json.dumps({"error": message}).encode()
        return HTTPStatus.OK, json.dumps(answer, ensure_ascii=False).encode()

    def handle(self, request: Mapping[str, Any]) -> Answer:
        """Carry out one action and return what it answers. Raises `Refused`."""
        actions: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
            "info": lambda _: {
                "repo": self.root.name,
                "publish_modes": ["simple"],
                "type": "mkdocs-guidebook",
            },
            "entriesByFolder": self._entries_of_folder,
            "entriesByFiles": lambda params: [
                self._entry(_text(file, "path")) for file in _list(params, "files")
            ],
            "getEntry": lambda params: self._entry(_text(params, "path")),
            "persistEntry": self._save,
            "getMedia": self._pictures,
            "getMediaFile": lambda params: self._picture(self._picture_file(_text(params, "path"))),
            "persistMedia": self._add_picture,
            "deleteFiles": self._delete,
            "unpublishedEntries": lambda _: [],
            "getDeployPreview": lambda _: None,
            "getNotes": lambda _: {"notes": []},
        }
        action = request.get("action")
        if not isinstance(action, str) or action not in actions:
            raise Refused(f"the preview does not know the action {action}")
        params = request.get("params", {})
        if not isinstance(params, dict):
            raise Refused("the request has no params")
        return actions[action](params)

    # Entries

    def _entries_of_folder(self, params: Mapping[str, Any]) -> Answer:
        folder = _text(params, "folder")
        if folder not in {kind.folder for kind in RECORD_KINDS}:
            raise Refused(f"{folder} is no folder of records", HTTPStatus.FORBIDDEN)
        names = sorted(path.name for path in (self.root / folder).glob("*.md"))
        return [
            self._entry(f"{folder}/{name}") for name in names if name.lower() not in ("readme.md", "index.md")
        ]

    def _entry(self, path: str) -> dict[str, Any]:
        file = self._content_file(path)
        raw = file.read_bytes() if file.is_file() else None
        return {
            "data": raw.decode("utf-8", "replace") if raw is not None else None,
            "file": {
                "path": path,
                "label": PurePosixPath(path).stem,
                "id": hashlib.sha256(raw).hexdigest() if raw is not None else None,
            },
        }

    def _save(self, params: Mapping[str, Any]) -> Answer:
        wanted = _list(params, "dataFiles")
        for asset in _list(params, "assets", optional=True):
            self._write_picture(asset)
        for data in wanted:
            if data.get("newPath"):
                raise Refused("names are permanent: a record cannot be moved in the form")
            self._write(_text(data, "path"), _text(data, "raw").encode())
        return {"message": "entry persisted"}

    def _write(self, path: str, raw: bytes) -> None:
        """Write a file, unless the check would find a new error in it."""
        file = self._content_file(path)
        before = file.read_bytes() if file.is_file() else None
        if raw == before:
            return
        most = most_bytes(path)
        if len(raw) > most:
            raise Refused(f"{path} would be larger than {most / 1e6:.0f} MB")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, raw)
        found = self._errors(path)
        if found:
            if before is None:
                file.unlink()
            else:
                write_whole(file, before)
            known = {(problem.code, problem.message) for problem in self._errors(path)}
            new = [problem for problem in found if (problem.code, problem.message) not in known]
            if new:
                raise Refused(_in_words(new))
            write_whole(file, raw)
        self.saved()

    def _errors(self, path: str) -> list[Problem]:
        return [
            problem
            for problem in run(self.root)[1]
            if problem.is_error and problem.place.path == path and problem.code not in _NEEDS_ANOTHER_FILE
        ]

    def _delete(self, params: Mapping[str, Any]) -> Answer:
        for path in _list(params, "paths"):
            if not isinstance(path, str):
                raise Refused("the request is not right: paths")
            is_picture = PurePosixPath(path).suffix.lower() in PICTURES
            (self._picture_file(path) if is_picture else self._content_file(path)).unlink(missing_ok=True)
        self.saved()
        return {"message": "deleted"}

    # Pictures

    def _pictures(self, params: Mapping[str, Any]) -> Answer:
        folder = self._inside(_text(params, "mediaFolder"))
        if not folder.is_dir():
            return []
        found = sorted(
            path for path in folder.iterdir() if path.suffix.lower() in PICTURES and path.is_file()
        )
        return [self._picture(path) for path in found]

    def _picture(self, file: Path) -> dict[str, Any]:
        if not file.is_file():
            raise Refused("there is no such picture", HTTPStatus.NOT_FOUND)
        raw = file.read_bytes()
        return {
            "id": hashlib.sha256(raw).hexdigest(),
            "content": base64.b64encode(raw).decode(),
            "encoding": "base64",
            "path": file.relative_to(self.root).as_posix(),
            "name": file.name,
        }

    def _add_picture(self, params: Mapping[str, Any]) -> Answer:
        asset = params.get("asset")
        if not isinstance(asset, dict):
            raise Refused("the request is not right: asset")
        return self._picture(self._write_picture(asset))

    def _write_picture(self, asset: Mapping[str, Any]) -> Path:
        file = self._picture_file(_text(asset, "path"))
        try:
            raw = base64.b64decode(_text(asset, "content"), validate=True)
        except binascii.Error:
            raise Refused("the picture did not arrive whole") from None
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, raw)
        self.saved()
        return file

    # Paths

    def _content_file(self, path: str) -> Path:
        """Return the file of a record or data file; refuse everything else."""
        parts = PurePosixPath(path).parts
        is_record = (
            len(parts) == 2
            and parts[0] in {kind.folder for kind in RECORD_KINDS}
            and re.fullmatch(r"[a-z0-9][a-z0-9-]*\.md", parts[1]) is not None
        )
        if not (is_record or path in {file.path for file in DATA_FILES}):
            raise Refused(f"the form does not change {path}", HTTPStatus.FORBIDDEN)
        return self._inside(path)

    def _picture_file(self, path: str) -> Path:
        parts = PurePosixPath(path).parts
        inside = bool(parts) and parts[0] in {kind.folder for kind in KINDS}
        if not inside or PurePosixPath(path).suffix.lower() not in PICTURES or parts[-1].startswith("."):
            raise Refused(f"{path} is no picture beside the content", HTTPStatus.FORBIDDEN)
        return self._inside(path)

    def _inside(self, path: str) -> Path:
        """Return a path of the project; refuse one that leads out of it, by its name or by a symbolic link."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path or "\0" in path:
            raise Refused(f"{path} is no path of this project", HTTPStatus.FORBIDDEN)
        file = self.root / path
        if any(
            part.is_symlink()
            for part in (file, *file.parents)
            if part.is_relative_to(self.root) and part != self.root
        ):
            raise Refused(f"{path} is a symbolic link", HTTPStatus.FORBIDDEN)
        return file


def saving_app(app: Callable[..., Iterable[bytes]], backend: LocalBackend, path: str) -> Callable[..., Any]:
    """Return a WSGI application that answers the form at `path`, and leaves everything else to `app`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != path or environ["REQUEST_METHOD"] != "POST":
            return app(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        body = environ["wsgi.input"].read(length) if length <= MOST_REQUEST_BYTES else b""
        status, content = backend.respond(environ.get("REMOTE_ADDR", ""), headers, body)
        start_response(
            f"{status.value} {status.phrase}",
            [("Content-Type", "application/json"), ("Content-Length", str(len(content)))],
        )
        return [content]

    return answer


def _refuse_strangers(client: str, headers: Mapping[str, str]) -> None:
    """Refuse a request that another site's page, or another computer, has sent."""
    given = {name.lower(): value for name, value in headers.items()}
    host = given.get("host", "")
    if client not in _CLIENTS or re.sub(r":\d+$", "", host) not in _HERE:
        raise Refused("the preview saves only for this computer", HTTPStatus.FORBIDDEN)
    origin = given.get("origin")
    if (origin is not None and urlsplit(origin).netloc != host) or given.get(
        "sec-fetch-site", "same-origin"
    ) not in ("same-origin", "none"):
        raise Refused("the preview saves only what its own page sends", HTTPStatus.FORBIDDEN)
    if given.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused("the request is no JSON", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _request(body: bytes) -> dict[str, Any]:
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("the request is no JSON", HTTPStatus.BAD_REQUEST) from None
    if not isinstance(request, dict):
        raise Refused("the request is not right", HTTPStatus.BAD_REQUEST)
    return request


def _text(params: Any, key: str) -> str:
    value = params.get(key) if isinstance(params, dict) else None
    if not isinstance(value, str):
        raise Refused(f"the request is not right: {key}")
    return value


def _list(params: Mapping[str, Any], key: str, optional: bool = False) -> list[Any]:
    value = params.get(key, [] if optional else None)
    if not isinstance(value, list):
        raise Refused(f"the request is not right: {key}")
    return value


def _in_words(problems: list[Problem]) -> str:
    """Return problems as one text for the form."""
    return "  •  ".join(
        f"line {problem.place.line}: {problem.message}. {problem.hint}" for problem in problems[:5]
    )
