"""The folder in which editions stand side by side, for any host of static files.

DIR/1.0/  DIR/1.1/  …   the editions, frozen
DIR/latest/             the latest one, as files or as pages that lead on
DIR/dev/                the development edition, if it is published
DIR/versions.json       which editions there are, as the version selector of Material reads it
DIR/index.html          leads to the latest edition
DIR/editions.js         what all editions share: selector and notice
DIR/.guidebook/         the lock, what is being made, and what was verified; not for readers
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mkdocs_guidebook
from mkdocs_guidebook.editions.files import Locked, lock, write_whole
from mkdocs_guidebook.editions.pages import DEV
from mkdocs_guidebook.editions.reading import UnreadableCatalog, read_catalog
from mkdocs_guidebook.editions.seals import SUMS, read_sums
from mkdocs_guidebook.editions.snapshot import Past, Snapshot

LATEST = "latest"
CATALOG = "catalog.json"
ADDRESSES = "addresses.json"
_NAME = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


class PublishFailed(Exception):
    """Nothing was published; the message says why and what to do."""


class _Foreign(Exception):
    """A version that another tool wrote."""


@dataclass(frozen=True)
class Standing:
    """An edition that stands in the folder."""

    edition: str
    released: str
    """The day of its publication, as 2026-02-28."""
    seal: str
    """The digest of its checksums; empty where it was lost, and for the development edition."""


def order_of(edition: str) -> tuple[int, ...]:
    """Return what editions are sorted by: 1.9 comes before 1.10, and dev after all."""
    if edition == DEV:
        return (1_000_000,)
    return tuple(int(part) for part in edition.split("."))


def check_name(edition: str) -> None:
    """Raise `PublishFailed` for a name that no edition can have."""
    if edition != DEV and not _NAME.fullmatch(edition):
        raise PublishFailed(
            f"`{edition}` cannot be the name of an edition: write numbers with dots, such as 1.0 or 2026.1, or dev"
        )


class Shelf:
    """The folder with all editions. Work on it inside of `opened`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = folder / ".guidebook"
        self.notes: list[str] = []
        """What was found damaged and mended."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the lock of the folder, and clear away what an earlier run left when it was killed."""
        now = datetime.datetime.now(datetime.UTC)
        note = f"process {os.getpid()} on {socket.gethostname()}, since {now:%Y-%m-%d %H:%M} UTC"
        self.own.mkdir(parents=True, exist_ok=True)
        try:
            with lock(self.own / "lock", note):
                for left in [*self.own.glob("work-*"), *self.folder.glob(".*.new")]:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
                yield
        except Locked as error:
            raise PublishFailed(
                f"somebody is publishing to {self.folder} at this moment ({error}): wait until it is done, and publish again"
            ) from error

    @contextmanager
    def work(self) -> Iterator[Path]:
        """Give a new folder on the same disk as the editions, which is deleted in the end.

        Its name is always the same, so that what builds remember of it is not piled up.
        """
        folder = self.own / "work-in-progress"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, edition: str) -> Path:
        """Return the folder of an edition."""
        return self.folder / edition

    def seen(self, edition: str) -> Path:
        """Return the file that notes what was verified of an edition."""
        return self.own / "seen" / f"{edition}.json"

    def catalog(self, edition: str) -> Snapshot:
        """Return what an edition says; raise `PublishFailed` when its catalog cannot be read."""
        file = self.path(edition) / CATALOG
        try:
            return read_catalog(file.read_bytes())
        except (OSError, UnreadableCatalog) as error:
            raise PublishFailed(f"{file} cannot be read: {error}") from error

    def past(self, item: Standing) -> Past:
        """Return an edition whose catalog is read only where it is needed, or was not read before."""
        note = self.own / "forms" / f"{item.edition}.json"
        written_by = [mkdocs_guidebook.__version__, item.seal]
        try:
            said = json.loads(note.read_bytes())
            forms = said["forms"] if said["of"] == written_by else None
        except (OSError, ValueError, KeyError, TypeError):
            forms = None
        if forms is None:
            forms = self.catalog(item.edition).forms
            note.parent.mkdir(exist_ok=True)
            note.write_text(json.dumps({"of": written_by, "forms": forms}), "utf-8")
        return Past(item.edition, item.released, forms, lambda: self.catalog(item.edition))

    def named(self, edition: str) -> Snapshot:
        """Return what the edition of a name says; raise `PublishFailed` where there is none, with those there are."""
        if (self.path(edition) / CATALOG).is_file() and (edition == DEV or _NAME.fullmatch(edition)):
            return self.catalog(edition)
        names = sorted((path.name for path in self._folders()), key=order_of)
        raise PublishFailed(
            f"there is no edition `{edition}` in {self.folder}; there are: {', '.join(names) or 'none'}"
        )

    # Which editions there are

    def editions(self) -> list[Standing]:
        """Return the editions, the earliest first, without dev: those of versions.json, and those that it lacks.

        A versions.json that is damaged or lost is made again from the folders, which is noted.
        """
        known, whole = self._listed()
        found = {path.name: path for path in self._folders()}
        if not whole:
            self.notes.append(
                "versions.json was damaged or lost, and was made again from the folders of the editions"
                if found
                else "versions.json was damaged, and holds no edition now"
            )
        standing = []
        for name in sorted({*known, *found}, key=order_of):
            if name not in found:
                raise PublishFailed(
                    f"versions.json names edition {name}, but {self.path(name)} is not there or not whole: bring the "
                    f"folder back from a copy, or take the edition out of versions.json if it must not be public"
                )
            standing.append(known.get(name) or self._from_folder(name))
        return standing

    def _folders(self) -> Iterator[Path]:
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and path.is_dir() and (path / SUMS).is_file():
                yield path

    def _listed(self) -> tuple[dict[str, Standing], bool]:
        """Return the editions of versions.json, and whether it could be read."""
        try:
            text = (self.folder / "versions.json").read_text("utf-8")
        except FileNotFoundError:
            return {}, not any(self._folders())
        except (OSError, ValueError):
            return {}, False
        try:
            found = {}
            for entry in json.loads(text):
                name, properties = entry["version"], entry.get("properties")
                if properties is None:
                    raise _Foreign(name)
                if name != DEV:
                    found[name] = Standing(name, properties["released"], properties["sha256sums"])
                    check_name(name)
            return found, True
        except _Foreign as error:
            raise PublishFailed(
                f"{self.folder / 'versions.json'} names the version {error}, which `guidebook publish` did not write: "
                "choose a folder of its own for the editions"
            ) from error
        except (AttributeError, ValueError, KeyError, TypeError, PublishFailed):
            return {}, False

    def _from_folder(self, name: str) -> Standing:
        """Return an edition that stands there and is not listed: its run was killed before it could do so."""
        try:
            _, digest = read_sums(self.path(name))
        except (OSError, ValueError) as error:
            raise PublishFailed(f"{self.path(name) / SUMS} cannot be read: {error}") from error
        return Standing(name, self.catalog(name).released, digest)

    def write_versions(self, editions: list[Standing], dev: bool) -> bool:
        """Write versions.json in one step; return whether it was not so before."""
        listed: list[dict[str, Any]] = [
            {
                "version": item.edition,
                "title": item.edition,
                "aliases": [LATEST] if item is editions[-1] else [],
                "properties": {"released": item.released, "sha256sums": item.seal},
            }
            for item in reversed(editions)
        ]
        if dev:
            listed.insert(0, {"version": DEV, "title": DEV, "aliases": [], "properties": {}})
        content = (json.dumps(listed, indent=1) + "\n").encode()
        return self.write("versions.json", content)

    def write(self, name: str, content: bytes) -> bool:
        """Write a file of the folder in one step; return whether it was not so before."""
        file = self.folder / name
        try:
            if file.read_bytes() == content:
                return False
        except OSError:
            pass
        write_whole(file, content)
        return True
