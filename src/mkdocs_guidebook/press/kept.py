"""Documents kept from the last time, so that none is made again whose input is the same.

There are two ways to know that it is. A document's own input, what its writer makes and the pictures in it, has a
digest; the made document is kept under it. To know that digest the document has to be composed, which is most of the
work when nothing changed at all; so for the state of everything that documents are made from, the digests of all
documents are noted, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.press.context import Press

CACHE = Path(".guidebook") / "print"
"""Where made documents are kept, in the project's folder."""
_NOTES = "known.json"
_PACKAGE = Path(__file__).parents[1]
_CODE = (".py", ".typ", ".toml", ".csl")


class Kept:
    """The kept documents of a project; without a folder, or where it cannot be written, nothing is kept."""

    def __init__(self, folder: Path | None, press: Press) -> None:
        self._folder = _made(folder) if folder else None
        self._state = state_of(press) if self._folder else ""
        self._known = self._noted()

    def _noted(self) -> dict[str, str]:
        try:
            notes = json.loads((self._folder / _NOTES).read_text("utf-8")) if self._folder else {}
            return dict(notes["documents"]) if notes["state"] == self._state else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def unchanged(self, name: str) -> bytes | None:
        """Return the document of a file name, where nothing at all has changed since it was made."""
        return self.of(self._known[name]) if name in self._known else None

    def of(self, digest: str) -> bytes | None:
        """Return the document whose input has this digest, if it is kept and whole."""
        file = self._folder / digest if self._folder else None
        if file is None or not file.is_file():
            return None
        data = file.read_bytes()
        return data if _is_whole(data) else None

    def keep(self, digest: str, data: bytes) -> None:
        """Keep a document that was made."""
        if self._folder:
            write_whole(self._folder / digest, data)

    def know(self, name: str, digest: str) -> None:
        """Say which kept document a file name stands for now."""
        self._known[name] = digest

    def note(self) -> None:
        """Note which documents belong to the present state of everything."""
        if self._folder:
            text = json.dumps({"state": self._state, "documents": dict(sorted(self._known.items()))})
            write_whole(self._folder / _NOTES, text.encode())


def digest_of(form: str, date: str, pieces: Iterable[bytes]) -> str:
    """Return the name under which a document with this input is kept."""
    whole = hashlib.sha256(f"{form} {date} {_versions()}".encode())
    for piece in pieces:
        whole.update(len(piece).to_bytes(8, "big"))
        whole.update(piece)
    return f"{whole.hexdigest()}.{form}"


def state_of(press: Press) -> str:
    """Return a digest of everything that documents are made from: content, pictures, settings and this package."""
    library = press.library
    whole = hashlib.sha256(f"{_versions()} {_code()}".encode())
    settings = (press.language.tag, press.date, press.base_url, press.directory_urls, press.paper)
    whole.update(repr((settings, sorted(press.addresses.items()), press.converter.settings)).encode())
    for entry in sorted(library.files, key=lambda entry: entry.path):
        whole.update(f"\n{entry.path} {entry.source.digest}".encode())
    for path in sorted(library.assets):
        data = _content(library.root / path)
        whole.update(f"\n{path} {len(data)}\n".encode() + data)
    if style := library.book.citation_style:
        whole.update(_content(library.root / style))
    return whole.hexdigest()


def _content(file: Path) -> bytes:
    """Return what a file holds; nothing where it cannot be read, which its user will tell."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


@cache
def _versions() -> str:
    return " ".join(f"{name} {metadata.version(name)}" for name in ("mkdocs-guidebook", "typst", "segno"))


@cache
def _code() -> str:
    """Return a digest of this package, which is worked on, too."""
    whole = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        if file.suffix in _CODE:
            whole.update(file.read_bytes())
    return whole.hexdigest()


def _is_whole(data: bytes) -> bool:
    """Whether a kept file is a complete one, and not the rest of an interrupted run."""
    if data.startswith(b"%PDF-"):
        return b"%%EOF" in data[-32:]
    return data.startswith(b"PK") and b"PK\x05\x06" in data[-64:]


def _made(folder: Path) -> Path | None:
    """Return the folder, made anew where it is missing; None where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder.parent / ".gitignore"
        if folder.parent.name == CACHE.parent.name and not ignore.exists():
            ignore.write_text("*\n", "utf-8")
    except OSError:
        return None
    return folder


def tidy(folder: Path, most: int = 400) -> None:
    """Delete the oldest documents when there are very many."""
    if folder.is_dir():
        files = sorted(
            (file for file in folder.glob("*.*") if file.name != _NOTES),
            key=lambda path: path.stat().st_mtime,
            reverse=True,
        )
        for path in files[most:]:
            path.unlink(missing_ok=True)
