"""check → site as one job: everything is made beside the published folder, which is replaced at the end."""

from __future__ import annotations

import json
import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs_guidebook.build.ledger import (
    Busy,
    Ledger,
    only_build,
    program,
    read_ledger,
    remembered,
    write_ledger,
)
from mkdocs_guidebook.build.swap import folder_beside, replace
from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.kinds import CONTENT_FOLDERS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Problem, in_reading_order
from mkdocs_guidebook.workers import processes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_guidebook.site.additions import Adder
    from mkdocs_guidebook.site.plugin import GuidebookPlugin

CONFIG_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


class BuildFailed(Exception):
    """The site could not be made; the message says why and what to do. The old site is untouched."""


@dataclass(frozen=True)
class Issue:
    """A site that is made as an edition."""

    edition: str
    """The name of the edition, which may be dev."""
    folder: Path
    """Where the site is written; nothing is there yet."""
    additions: Adder
    """What the edition adds to the site."""


@dataclass(frozen=True)
class Summary:
    """What a build made."""

    records: int
    warnings: int
    pages: int
    seconds: float
    site: Path
    offline: Path | None = None
    """The copy that works from a disk, if one was asked for."""


Progress = Callable[[str, int, int], None]
"""Is told the step, how much of it is done, and how much there is."""


def build(
    root: Path,
    *,
    strict: bool = False,
    drafts: bool = False,
    offline: bool = False,
    documents: bool = True,
    search: bool = True,
    jobs: int = 0,
    clean: bool = False,
    issue: Issue | None = None,
    folder: Path | None = None,
    progress: Progress,
) -> tuple[Summary | None, list[Problem]]:
    """Build the project in the folder `root` into its site folder, or into another `folder`.

    With `documents`, everything that can be printed is made, too, into the site's folder print/. With `offline`, a zip of the site that works from a disk is written beside it, too. With `issue`, the site is made as an edition, into a folder of its own.

    What the last build made is kept where it would be the same, unless `clean` is asked for. `jobs` is the number of processes that make pages; 0 for one on each processor.

    Returns what was made and the problems of the check; nothing is made (None) when a problem stops it.
    Raises `BuildFailed` when the site cannot be made for another reason, and `Crashed` when a process did not finish.
    """
    start = time.perf_counter()
    config_file(root)
    jobs = processes(jobs)
    progress("Checking", 0, 1)
    known = program()
    with remembered(root, known, anew=clean) as (faultless, memory):
        library, problems = run(
            root, edition=issue.edition if issue else None, clean=faultless, memory=memory, jobs=jobs
        )
        progress("Checking", 1, 1)
        if any(problem.is_error or strict for problem in problems):
            return None, problems
        with quiet_engine():
            config = load_config(root)
            if issue is not None:
                config.site_dir = str(issue.folder)
                config.site_url = f"{config.site_url}{issue.edition}/" if config.site_url else config.site_url
            site = folder or Path(config.site_dir)
            _refuse_unsafe(site, root)
            with _new_site(site, alone=issue is None) as fresh:
                config.site_dir = str(fresh)
                published = library if drafts else library.without_drafts()
                old = Ledger(site, {}) if clean or issue else read_ledger(site)
                job = _Site(config, known, old, jobs, drafts, documents, search, issue, progress)
                pages, keys = job.make(library)
                if documents:
                    from mkdocs_guidebook.build.printing import print_site

                    outcome = print_site(config, published, root, fresh, progress, jobs)
                    problems = in_reading_order([*problems, *outcome.problems])
                    if any(problem.is_error for problem in problems):
                        return None, problems
                copy = None
                if offline:
                    from mkdocs_guidebook.build.offline import offline_name, write_offline

                    progress("Packing the offline copy", 0, 1)
                    write_offline(fresh, copy := offline_name(site))
                    progress("Packing the offline copy", 1, 1)
                replace(site, fresh)
                if issue is None:
                    write_ledger(site, keys)
        return (
            Summary(
                records=len(list(published.records)),
                warnings=len(problems),
                pages=pages,
                seconds=time.perf_counter() - start,
                site=site,
                offline=copy,
            ),
            problems,
        )


def config_file(root: Path) -> Path:
    """Return the site's configuration file; raise `BuildFailed` where there is none."""
    for name in CONFIG_FILES:
        if (root / name).is_file():
            return root / name
    raise BuildFailed(
        f"there is no mkdocs.yml in {root}: go to the folder of your project, or name it with --project"
    )


def load_config(root: Path) -> MkDocsConfig:
    """Return the site's configuration; raise `BuildFailed` where it is wrong."""
    from mkdocs.config import load_config as load
    from mkdocs.exceptions import Abort, ConfigurationError

    file = config_file(root)
    try:
        config = load(str(file))
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(f"{file.name} is not right: {error}") from error
    if not any(name.split("/")[-1] == "guidebook" for name in config.plugins):
        raise BuildFailed(f"{file.name} does not name the plugin: add a line `- guidebook` below `plugins:`")
    return config


def plugin_of(config: MkDocsConfig) -> GuidebookPlugin:
    """Return the plugin of a configuration that names it."""
    return cast(
        "GuidebookPlugin",
        next(plugin for name, plugin in config.plugins.items() if name.split("/")[-1] == "guidebook"),
    )


@dataclass(frozen=True)
class _Site:
    """How the pages and the index of one site are made."""

    config: MkDocsConfig
    program: str
    old: Ledger
    jobs: int
    drafts: bool
    documents: bool
    search: bool
    issue: Issue | None
    progress: Progress

    def _documents(self, library: Library) -> Mapping[str, Sequence[tuple[str, str, str]]]:
        """Return the documents that pages offer."""
        if not self.documents:
            return {}
        from mkdocs_guidebook.build.printing import (
            documents_by_page,  # slow to load: only where they are made
        )

        return documents_by_page(self.config, library.without_drafts())

    def make(self, library: Library) -> tuple[int, dict[str, str]]:
        """Make pages and index; return how many pages there are, and the keys of what may be kept next time."""
        from jinja2 import TemplateError
        from mkdocs.exceptions import Abort, BuildError

        from mkdocs_guidebook.site.composition import Given
        from mkdocs_guidebook.site.search.engine import SearchFailed

        config, plugin = self.config, plugin_of(self.config)
        plugin.search = self.search
        given = Given(
            preview=self.drafts,
            documents=lambda: self._documents(library),
            additions=self.issue.additions if self.issue else None,
            program=f"{self.program} {_written_in(config)}",
        )
        plugin.use(
            library if self.drafts else library.without_drafts(),
            given,
            lambda done, total: self.progress("Making pages", done, total),
        )
        config.plugins.on_startup(command="build", dirty=False)
        try:
            return self._make(plugin)
        except (Abort, BuildError) as error:
            raise BuildFailed(str(error) or "MkDocs stopped; what it said stands above") from error
        except OSError as error:
            raise BuildFailed(f"the site could not be written: {error}") from error
        except TemplateError as error:
            raise BuildFailed(f"a template is not right: {error}") from error
        except SearchFailed as error:
            raise BuildFailed(str(error)) from error
        finally:
            config.plugins.on_shutdown()

    def _make(self, plugin: GuidebookPlugin) -> tuple[int, dict[str, str]]:
        from mkdocs.commands.build import build as build_mkdocs

        from mkdocs_guidebook.build.pages import Job, only_ours  # slow to load: a check needs none of it

        if not only_ours(self.config):
            build_mkdocs(self.config)
            return plugin.pages_made, {}
        job = Job(self.config, plugin, self.old, self.jobs)
        job.make()
        return len(job.documents), job.keys


def _written_in(config: MkDocsConfig) -> str:
    """Return what the configuration file says, with what it inherits."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # MkDocs 1.6 is the last of its line: it stays there
        return json.dumps(config.user_configs, default=_name, sort_keys=True)


def _name(value: object) -> str:
    return str(getattr(value, "__qualname__", value))


@contextmanager
def _new_site(site: Path, alone: bool) -> Iterator[Path]:
    """Give a new folder for a site; with `alone`, see that no other build makes the same meanwhile."""
    with ExitStack() as stack:
        try:
            if alone:
                stack.enter_context(only_build(site))
            fresh = stack.enter_context(folder_beside(site))
        except Busy as error:
            raise BuildFailed(str(error)) from error
        except OSError as error:
            raise BuildFailed(f"nothing can be written to {site.parent}: {error.strerror}") from error
        yield fresh


def _refuse_unsafe(site: Path, root: Path) -> None:
    """Refuse to replace a folder that holds sources."""
    if site == root or root.is_relative_to(site):
        raise BuildFailed(f"site_dir must not be the project's own folder: {site}")
    for folder in (root / name for name in CONTENT_FOLDERS):
        if site.is_relative_to(folder) or folder.is_relative_to(site):
            raise BuildFailed(f"site_dir must not be a folder of the content: {site}")
    if site.is_symlink():
        raise BuildFailed(f"{site} is a symbolic link; site_dir must be a folder that may be replaced")
    visible = site.is_dir() and any(not entry.name.startswith(".") for entry in site.iterdir())
    if visible and not (site / "404.html").is_file():
        raise BuildFailed(
            f"{site} holds something that is not a site: empty it, or name another folder as site_dir in mkdocs.yml"
        )


@contextmanager
def quiet_engine() -> Iterator[None]:
    """Silence what the engine says about itself; warnings about the site are shown."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
