"""What the last build made, so that the next one can keep what would be the same.

The ledger lies in the user's cache folder and not in the project: what is written there decides which files of
site/ are taken over unread, so nothing that comes with the content, such as a site/ or a cache that somebody
committed, may have a say in it. A file is kept when its key is the same and when it is still the very file that
was written: same size, time and inode. What cannot be read is no ledger: then all is made anew.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from mkdocs_guidebook.checks.engine import Clean
from mkdocs_guidebook.content.memory import Memory, as_bytes, from_bytes
from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.markup.surface import digest

if TYPE_CHECKING:
    from jinja2 import BytecodeCache

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_FORGOTTEN = 90 * 24 * 3600
"""Seconds after which what is known of a project or site that nobody checks or builds is removed."""
_LITTLE = 50
"""What is known of a project is written again when more than one file in so many is not in it."""

Fingerprint = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and inode of a file."""


class Busy(Exception):
    """Another build of the same site is running."""


@dataclass(frozen=True)
class Made:
    """One file that a build made."""

    key: str
    """What it was made from."""
    file: Fingerprint


@dataclass(frozen=True)
class Ledger:
    """The files that a build made, by their places in the site."""

    site: Path
    made: Mapping[str, Made]

    def has(self, name: str, key: str) -> bool:
        """Whether the site still has the file that was made at a place, from the same key."""
        known = self.made.get(name)
        return known is not None and known.key == key and self.is_intact(name)

    def is_intact(self, name: str) -> bool:
        """Whether a file of the site is still the one that was made."""
        return self.made[name].file == fingerprint(f"{self.site}/{name}")


def fingerprint(file: str | Path) -> Fingerprint | None:
    """Return what tells whether a file is still the same; None where there is no such file."""
    try:
        found = os.lstat(file)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def folder_of(place: Path) -> Path:
    """Return the folder in the user's cache for what is known of a project or a site."""
    return user_cache_path("mkdocs-guidebook") / f"{place.name}-{digest([str(place)])[:16]}"


def forget(place: Path) -> None:
    """Remove what is known of a project or a site."""
    shutil.rmtree(folder_of(place), ignore_errors=True)


def _tidy() -> None:
    """Remove what is known of projects and sites that nobody has checked or built for months."""
    with suppress(OSError):
        for folder in list(os.scandir(user_cache_path("mkdocs-guidebook"))):
            if folder.is_dir(follow_symlinks=False) and folder.stat().st_mtime < time.time() - _FORGOTTEN:
                shutil.rmtree(folder.path, ignore_errors=True)


def read_ledger(site: Path) -> Ledger:
    """Return what the last build of a site made; an empty ledger where nothing is known."""
    try:
        rows = json.loads((folder_of(site) / "site.json").read_text("utf-8"))
        made = {
            str(name): Made(str(key), (int(size), int(time), int(inode)))
            for name, (key, size, time, inode) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        made = {}
    return Ledger(site, made)


def write_ledger(site: Path, keys: Mapping[str, str]) -> None:
    """Remember what a build has made: the key of each file by its place in the site."""
    rows = {
        name: (key, *found)
        for name, key in keys.items()
        if (found := fingerprint(f"{site}/{name}")) is not None
    }
    _write(folder_of(site) / "site.json", json.dumps(rows).encode())


def templates_cache(root: Path) -> BytecodeCache | None:
    """Return where Jinja keeps a project's compiled templates: in the user's cache, because they are code."""
    from jinja2 import FileSystemBytecodeCache  # slow to load: a check needs none of it

    folder = folder_of(root) / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


@contextmanager
def only_build(site: Path) -> Iterator[None]:
    """Let no other build make the same site meanwhile; raise `Busy` where one does already.

    The lock goes with the process, however that ends. Where the system has no such locks, or no cache can be
    written, nothing is locked.
    """
    folder = folder_of(site)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("a")
        os.utime(folder)
    except OSError:
        yield
        return
    with lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Busy(f"another build is writing {site}: wait until it has ended") from error
        yield


def take_over(old: str, new: str) -> None:
    """Put a file of the old site into the new one: as a second name, or as a copy where that cannot be."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


@contextmanager
def remembered(root: Path, program: str, *, anew: bool = False) -> Iterator[tuple[Clean, Memory]]:
    """Give what is known of the files of a project, or nothing (`anew`); keep what is known at the end.

    That is later than the check: pages, too, find out something of their records (`Record.kept`).
    """
    clean = Clean(program, frozenset() if anew else _read_clean(root))
    memory = Memory() if anew else _read_memory(root, program)
    yield clean, memory
    _write(folder_of(root) / "clean.json", json.dumps(sorted(clean.found)).encode())
    _write_memory(root, program, memory)
    _tidy()


def _read_clean(root: Path) -> frozenset[str]:
    try:
        return frozenset(map(str, json.loads((folder_of(root) / "clean.json").read_text("utf-8"))))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _read_memory(root: Path, program: str) -> Memory:
    try:
        content = (folder_of(root) / "content.pickle").read_bytes()
    except OSError:
        return Memory()
    return Memory(from_bytes(program, content))


def _write_memory(root: Path, program: str, memory: Memory) -> None:
    """Keep what the files of a project hold.

    All is written anew, without what is gone, once there is more to learn than takes a moment to read again.
    """
    now, before = memory.now_known(), memory.known
    new = sum(path not in before or before[path].digest != known.digest for path, known in now.items())
    if new > len(now) // _LITTLE or len(before) > 2 * len(now):
        _write(folder_of(root) / "content.pickle", as_bytes(program, now))


def _write(file: Path, value: bytes) -> None:
    with suppress(OSError):  # without it the next build makes all anew
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, value)


def program() -> str:
    """Return a text that changes with this package, any other that is installed, and Python."""
    spec = importlib.util.find_spec("mkdocs_guidebook")
    own = Path(spec.origin).parent if spec and spec.origin else Path(__file__).parents[1]
    files = (
        f"{file} {fingerprint(file)}"
        for file in sorted(own.rglob("*"))
        if file.suffix != ".pyc" and file.is_file()
    )
    folders = [Path(folder) for folder in sys.path if Path(folder).is_dir()]
    installed = sorted(
        entry.name
        for folder in folders
        for entry in folder.iterdir()
        if entry.suffix in (".dist-info", ".egg-info")
    )
    return digest([sys.version, *files, *installed])
