"""The preview: the site as the files of the project say at this moment.

All content stays loaded. When a file is saved, it alone is read and checked again, and a page is made when a
browser asks for it and its key is another than that of the page that was made last. When something is wrong, the
pages stay as they were, and the browser is told what is wrong and where.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_guidebook.build import BuildFailed, load_config, plugin_of, quiet_engine
from mkdocs_guidebook.build.ledger import Ledger, forget, program
from mkdocs_guidebook.build.pages import Job
from mkdocs_guidebook.checks import run
from mkdocs_guidebook.checks.engine import Clean
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.memory import Memory
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.preview.derived import Derived
from mkdocs_guidebook.problems import Problem

if TYPE_CHECKING:
    from mkdocs.structure.files import File


@dataclass(frozen=True)
class Answer:
    """A file of the site as it is now."""

    content: bytes
    key: str = ""
    """What it was made from, for a page."""
    found: bool = True


@dataclass
class Preview:
    """One project, followed."""

    root: Path
    address: str
    """Where the preview is looked at, with a slash at the end."""
    say: Callable[[str, list[Problem]], None]
    """Is told what went wrong, or an empty text, and the problems, whenever these change."""
    failure: str = ""
    """Why nothing can be made, when that is no problem of the content."""
    problems: list[Problem] = field(default_factory=list)
    version: int = 0
    """Counts what was saved."""
    changed: threading.Condition = field(default_factory=threading.Condition)
    """Is told when the version grows."""
    _memory: Memory = field(default_factory=Memory)
    _clean: Clean = field(default_factory=lambda: Clean(program(), frozenset()))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _job: Job | None = None
    _library: Library | None = None
    _stamp: str = ""
    _files: dict[str, File] = field(default_factory=dict)
    """The files of the site by their places."""
    _made: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """The key and the content of each page that was made."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Read the project for the first time, and remove at the end what was made."""
        folder = Path(tempfile.mkdtemp(prefix="guidebook-preview-"))
        self._folder = folder / "site"
        self.derived = Derived(self.root, folder / "derived")
        try:
            with quiet_engine():
                self.refresh()
                yield
        finally:
            self.derived.stop()
            forget(self.derived.folder)
            shutil.rmtree(folder, ignore_errors=True)

    def refresh(self) -> None:
        """Read what was saved since the last time."""
        with self._lock:
            before = self.failure, self.problems
            try:
                self.failure = ""
                self._take()
            except BuildFailed as error:
                self.failure = str(error)
            if (self.failure, self.problems) != before:
                self.say(self.failure, self.problems)
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def _take(self) -> None:
        library, self.problems = run(self.root, clean=self._clean, memory=self._memory)
        self._clean = Clean(self._clean.program, self._clean.found)
        if any(problem.is_error for problem in self.problems):
            return
        self._library = library
        stamp = self._surroundings()
        if self._job is None or stamp != self._stamp or not self._renewed(library):
            self._job, self._stamp = self._new_job(library), stamp
            self._files = {file.dest_uri: file for file in self._job.files}
            self._made.clear()
        self.derived.outdated()

    def _surroundings(self) -> str:
        """Return what changes with the configuration and with what the site brings beside its content."""
        config = self._job.config if self._job else None
        folders = [config.theme.custom_dir, config.docs_dir] if config else []
        files = [
            *self.root.glob("*.y*ml"),
            *(file for name in folders if name for file in Path(name).rglob("*")),
        ]
        return repr(
            [
                (str(file), file.stat().st_mtime_ns)
                for file in sorted(files)
                if file.suffix != ".md" and file.is_file()
            ]
        )

    def _renewed(self, library: Library) -> bool:
        """Let the pages be made from another library; return whether it has the same pages and navigation."""
        job = self._job
        assert job is not None  # noqa: S101 - asked before
        before = job.plugin.composition
        job.plugin.take(library, job.config)
        now = job.plugin.composition
        return (list(now.pages), now.navigation, library.assets) == (
            list(before.pages),
            before.navigation,
            before.site.library.assets,
        )

    def _new_job(self, library: Library) -> Job:
        from jinja2 import TemplateError
        from mkdocs.exceptions import MkDocsException

        from mkdocs_guidebook.site.composition import Given

        config = load_config(self.root)
        shutil.rmtree(self._folder, ignore_errors=True)
        config.site_dir = str(self._folder)
        config.site_url = self.address
        plugin = plugin_of(config)
        given = Given(preview=True, documents=self.derived.offered(config, library))
        plugin.use(library, given, lambda done, total: None)
        plugin.search = False
        job = Job(config, plugin, Ledger(self._folder, {}), 1)
        try:
            config.plugins.on_startup(command="serve", dirty=False)
            job.prepare()
            job.templates()
        except (MkDocsException, TemplateError, OSError) as error:
            raise BuildFailed(str(error)) from error
        return job

    # What browsers ask for

    def answer(self, path: str) -> Answer | None:
        """Return the file of the site at an address without its first slash; None before there is a site.

        Raises `BuildFailed` when the page cannot be made.
        """
        place = _place(path)
        with self._lock:
            if self._job is None:
                return None
            if file := self._files.get(place):
                return (
                    self._page(self._job, file)
                    if file.is_documentation_page()
                    else Answer(file.content_bytes)
                )
        if (made := self.derived.file(path)) is not None:
            return Answer(made)
        extra = self._folder / place
        if extra.is_file() and extra.resolve().is_relative_to(self._folder.resolve()):
            return Answer(extra.read_bytes())
        missing = self._folder / "404.html"
        return Answer(missing.read_bytes() if missing.is_file() else b"", found=False)

    def _page(self, job: Job, file: File) -> Answer:
        from jinja2 import TemplateError
        from mkdocs.exceptions import MkDocsException

        key = job.plugin.composition.key_of(file.src_uri)
        known = self._made.get(file.src_uri)
        if known is None or known[0] != key:
            try:
                job.page(file)
            except (MkDocsException, TemplateError, OSError) as error:
                raise BuildFailed(f"{file.src_uri} could not be made: {error}") from error
            known = self._made[file.src_uri] = key, Path(file.abs_dest_path).read_bytes()
        return Answer(known[1], key)

    def key_of(self, path: str) -> str:
        """Return the key that the page at an address has now; empty where there is no such page."""
        with self._lock:
            file = self._files.get(_place(path))
            if self._job is None or file is None or not file.is_documentation_page():
                return ""
            return self._job.plugin.composition.key_of(file.src_uri)

    @property
    def language(self) -> Language:
        """The language of the site, or English before it is known."""
        return self._job.plugin.composition.site.language if self._job else Language("en")

    def watched(self) -> list[Path]:
        """Return the folders whose files belong to the site."""
        from mkdocs_guidebook.content.kinds import CONTENT_FOLDERS

        folders = {self.root / name for name in CONTENT_FOLDERS}
        config = self._job.config if self._job else None
        if config is not None:
            folders |= {
                Path(config.docs_dir),
                *([Path(config.theme.custom_dir)] if config.theme.custom_dir else []),
            }
        return sorted(folder for folder in folders if folder.is_dir())


def _place(path: str) -> str:
    """Return the place in the site of the file at an address."""
    return path if path and not path.endswith("/") else f"{path}index.html"
