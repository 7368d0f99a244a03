"""The folders of the site that stands, made for the new one by a process of their own while the content is put
together: a disk takes longer for a folder than for a link to a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_guidebook.workers import can_fork

_MANY = 100
"""So many folders are worth a process."""


@contextmanager
def making_folders(site: str, files: Iterable[str]) -> Iterator[frozenset[str]]:
    """Make the folders of `files` in `site` meanwhile; give those that will be there in the end, relative to it."""
    folders = frozenset(name.rpartition("/")[0] for name in files) - {""}
    if len(folders) < _MANY or not can_fork():
        yield frozenset()
        return
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            for folder in folders:
                if os.getppid() != parent:  # it was killed
                    break
                Path(site, folder).mkdir(parents=True, exist_ok=True)
        finally:
            os._exit(0)  # a folder that could not be made is missed, and told, by who wants it
    try:
        yield folders
    finally:
        os.waitpid(pid, 0)


def remove_empty(site: str, folders: Iterable[str]) -> None:
    """Remove those of the folders in which there is nothing."""
    for folder in sorted(folders, reverse=True):  # what lies deeper first
        with suppress(OSError):
            os.removedirs(f"{site}/{folder}")
