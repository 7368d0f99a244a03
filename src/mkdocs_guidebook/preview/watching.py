"""Waiting for files to be saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_SETTLED = 0.02
"""Seconds without another event after which a file counts as saved: editors write in several steps."""
_CHANGES = ("created", "modified", "moved", "deleted")


class _Watch(FileSystemEventHandler):
    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not event.is_directory:
            self.seen.set()


@contextmanager
def watching(root: Path, folders: Sequence[Path], changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed`, in a thread of its own, when a file in the folders or one of the project's own is saved."""
    watch = _Watch()
    observer = Observer()
    observer.schedule(watch, str(root))
    for folder in folders:
        observer.schedule(watch, str(folder), recursive=True)
    ended = threading.Event()

    def follow() -> None:
        while not ended.is_set():
            watch.seen.wait()
            while not ended.is_set() and watch.seen.is_set():
                watch.seen.clear()
                watch.seen.wait(_SETTLED)
            if not ended.is_set():
                changed()

    follower = threading.Thread(target=follow, daemon=True)
    observer.start()
    follower.start()
    try:
        yield
    finally:
        ended.set()
        watch.seen.set()
        observer.stop()
        observer.join()
        follower.join()
