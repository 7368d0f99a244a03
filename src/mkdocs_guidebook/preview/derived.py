"""What takes longer than a page, and is made when somebody asks for it: the search index, and documents.

Both are made by `guidebook build` in a process of its own, in a folder of the preview; that keeps what it made
before. What was asked for once is made again in the background after each change; until then the last one is
served.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_guidebook.build.printing import documents_by_page
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.press.specs import FOLDER as PRINT
from mkdocs_guidebook.site.search.index import FOLDER as SEARCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@dataclass
class Derived:
    """The index and the documents of one project."""

    root: Path
    folder: Path
    _wanted: set[str] = field(default_factory=set)
    _fresh: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[bytes] | None = None

    def offered(
        self, config: MkDocsConfig, library: Library
    ) -> Callable[[], Mapping[str, Sequence[tuple[str, str, str]]]]:
        """Return what gives the documents that pages offer, as in `documents_by_page`."""
        return lambda: documents_by_page(config, library.without_drafts())

    def outdated(self) -> None:
        """Take note that the content has changed; what was asked for before is made again."""
        self._fresh.clear()
        for kind in sorted(self._wanted):
            threading.Thread(target=self._make, args=(kind,), daemon=True).start()

    def file(self, path: str) -> bytes | None:
        """Return a file of the index, or a document; make it if there is none yet. None for another file."""
        kind = path.split("/")[0]
        if kind not in (SEARCH, PRINT):
            return None
        file = self.folder / path
        if not file.is_file():
            self._make(kind)
        self._wanted.add(kind)
        if file.is_file() and file.resolve().is_relative_to(self.folder.resolve()):
            return file.read_bytes()
        return None

    def _make(self, kind: str) -> None:
        with self._lock:
            if kind in self._fresh:
                return
            self._fresh.add(kind)
            options = [] if PRINT in {kind, *self._wanted} else ["--no-print"]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs_guidebook.preview.build", self.root, self.folder, *options],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            self._process.wait()

    def stop(self) -> None:
        """End what is being made."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
