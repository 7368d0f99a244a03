"""Writing so that a reader, or a run that is killed, never meets half of something."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs_guidebook.build.swap import exchange


class Locked(Exception):
    """Somebody else holds the lock; the message says who."""


def write_whole(file: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it sees the old content or the new one, also after a crash."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    if os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Have everything in a folder written to the disk before it gets the name that readers know."""
    if sys.platform == "linux":  # one call for all, which returns when it is done (sync(2)): far less waiting
        os.sync()
        return
    for path, _, names in os.walk(folder):
        for name in names:
            # Windows flushes only what is open for writing.
            handle = os.open(Path(path, name), os.O_RDWR if os.name == "nt" else os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        flush_folder(Path(path))


def put_in_place(fresh: Path, target: Path, aside: Path) -> None:
    """Give the folder `fresh` the name `target`; what had it is deleted, by way of the name `aside`.

    Where the system can exchange two names (Linux, macOS), no moment is without a `target`.
    """
    if not target.exists():
        fresh.rename(target)
    elif exchange(fresh, target):
        fresh.rename(aside)
    else:
        target.rename(aside)
        fresh.rename(target)
    flush_folder(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def lock(file: Path, note: str) -> Iterator[None]:
    """Hold the lock that a file stands for; the system frees it when the process ends, however it ends.

    Raises `Locked`, with what its holder noted, when somebody else holds it.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _try_lock(handle):
            os.lseek(handle, 1, os.SEEK_SET)  # the first byte is the lock itself on Windows
            raise Locked(os.read(handle, 200).decode("utf-8", "replace").strip())
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"\n{note}\n".encode())
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
