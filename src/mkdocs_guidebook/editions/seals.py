"""That published editions stay as they were: their SHA256SUMS, and looking after them.

SHA256SUMS is the list that ``sha256sum -c`` reads, and its own digest stands in versions.json. So that a publish need
not read every edition again, the size and the time of each file are kept in a folder beside the editions; only what
looks different is read. The folder may be deleted: then everything is read once more.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of an edition that is not as it was published."""

    path: str
    """Its path inside the edition."""
    what: str
    """`changed`, `missing` or `added`."""


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield path and state of every file below a folder, but its list of checksums, in any order."""
    pending = [""]
    while pending:
        inner = pending.pop()
        with os.scandir(folder / inner) as entries:
            for entry in entries:
                path = f"{inner}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                elif path != SUMS:
                    yield path, entry.stat(follow_symlinks=False)


def write_sums(folder: Path) -> str:
    """Write the checksums of everything in a folder into it; return the digest of the list."""
    paths = sorted(path for path, _ in files_of(folder))
    text = "".join(f"{digest_of(folder / path)}  {path}\n" for path in paths)
    (folder / SUMS).write_bytes(text.encode())
    return hashlib.sha256(text.encode()).hexdigest()


def read_sums(folder: Path) -> tuple[dict[str, str], str]:
    """Return the checksums of an edition by path, and the digest of their list. Raises OSError, ValueError."""
    raw = (folder / SUMS).read_bytes()
    return _listed(raw), hashlib.sha256(raw).hexdigest()


def _listed(raw: bytes) -> dict[str, str]:
    listed: dict[str, str] = {}
    for line in raw.decode().splitlines():
        digest, _, path = line.partition("  ")
        if len(digest) != 64 or not path:
            raise ValueError(f"{SUMS} has a line that is no checksum: {line[:80]}")
        listed[path] = digest
    return listed


def verify(folder: Path, seal: str, seen: Path, everything: bool = False) -> list[Damage]:
    """Return what is not as it was when the edition in `folder` was published.

    `seal` is the digest of its checksums; an empty one is not compared. What has size and time as noted in the file
    `seen` is not read, unless `everything` is asked for.
    """
    try:
        raw = (folder / SUMS).read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        states = {path: _state(state) for path, state in files_of(folder)}
        noted = {} if everything else _read_seen(seen, digest)
        if noted == states and seal in ("", digest):
            return []
        listed = _listed(raw)
    except FileNotFoundError:
        return [Damage(SUMS, "missing")]
    except ValueError:
        return [Damage(SUMS, "changed")]
    if seal not in ("", digest):
        return [Damage(SUMS, "changed")]
    damage: list[Damage] = []
    for path, state in states.items():
        if path not in listed:
            damage.append(Damage(path, "added"))
        elif noted.get(path) != state and digest_of(folder / path) != listed[path]:
            damage.append(Damage(path, "changed"))
    damage += [Damage(path, "missing") for path in listed if path not in states]
    if not damage:
        _write_seen(seen, digest, states)
    return sorted(damage, key=lambda item: item.path)


def note_seen(seen: Path, folder: Path, digest: str) -> None:
    """Note that everything in a folder is as its checksums say, whose list has that digest."""
    _write_seen(seen, digest, {path: _state(state) for path, state in files_of(folder)})


def _state(state: os.stat_result) -> list[int]:
    return [state.st_size, state.st_mtime_ns]


def _write_seen(seen: Path, digest: str, states: dict[str, list[int]]) -> None:
    seen.parent.mkdir(exist_ok=True)
    seen.write_text(json.dumps({"sums": digest, "files": states}, separators=(",", ":")), "utf-8")


def _read_seen(seen: Path, digest: str) -> dict[str, list[int]]:
    """Return what was noted of an edition; nothing where the note is damaged or of another one."""
    try:
        note = json.loads(seen.read_text("utf-8"))
        return dict(note["files"]) if note["sums"] == digest else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
