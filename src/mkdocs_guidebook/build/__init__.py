"""check → site as one job: everything is made beside the published folder, which is replaced at the end."""

from __future__ import annotations

import datetime
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs_guidebook.build.offline import offline_name, write_offline
from mkdocs_guidebook.build.printing import documents_by_page, print_site
from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.kinds import KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Problem, in_reading_order

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
    released: datetime.date
    """The day on which it is published."""
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
    issue: Issue | None = None,
    progress: Progress,
) -> tuple[Summary | None, list[Problem]]:
    """Build the project in the folder `root` into its site folder.

    With `documents`, everything that can be printed is made, too, into the site's folder print/. With `offline`, a zip of the site that works from a disk is written beside it, too. With `issue`, the site is made as an edition, into a folder of its own.

    Returns what was made and the problems of the check; nothing is made (None) when a problem stops it.
    Raises `BuildFailed` when the site cannot be made for another reason.
    """
    start = time.perf_counter()
    config_file(root)
    progress("Checking", 0, 1)
    library, problems = run(root, edition=(issue.edition, issue.released) if issue else None)
    progress("Checking", 1, 1)
    if any(problem.is_error or strict for problem in problems):
        return None, problems
    with quiet_engine():
        config = load_config(root)
        if issue is not None:
            config.site_dir = str(issue.folder)
            config.site_url = f"{config.site_url}{issue.edition}/" if config.site_url else config.site_url
        site = Path(config.site_dir)
        _refuse_unsafe(site, root)
        with _beside(site) as fresh:
            plugin_of(config).previous = site
            config.site_dir = str(fresh)
            published = library if drafts else library.without_drafts()
            pages = _build_site(config, library, drafts, documents, issue, progress)
            if documents:
                outcome = print_site(config, published, root, fresh, progress)
                problems = in_reading_order([*problems, *outcome.problems])
                if any(problem.is_error for problem in problems):
                    return None, problems
            if offline:
                progress("Packing the offline copy", 0, 1)
                write_offline(fresh, offline_name(site))
                progress("Packing the offline copy", 1, 1)
            _replace(site, fresh)
    return (
        Summary(
            records=len(list(published.records)),
            warnings=len(problems),
            pages=pages,
            seconds=time.perf_counter() - start,
            site=site,
            offline=offline_name(site) if offline else None,
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


def _build_site(
    config: MkDocsConfig,
    library: Library,
    drafts: bool,
    documents: bool,
    issue: Issue | None,
    progress: Progress,
) -> int:
    from jinja2 import TemplateError
    from mkdocs.commands.build import build as build_mkdocs
    from mkdocs.exceptions import Abort, BuildError

    plugin = plugin_of(config)
    plugin.use(
        library if drafts else library.without_drafts(),
        preview=drafts,
        progress=lambda done, total: progress("Making pages", done, total),
        documents=(lambda: documents_by_page(config, library.without_drafts())) if documents else dict,
        additions=issue.additions if issue else None,
    )
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_mkdocs(config)
    except (Abort, BuildError) as error:
        raise BuildFailed(str(error) or "MkDocs stopped; what it said stands above") from error
    except OSError as error:
        raise BuildFailed(f"the site could not be written: {error}") from error
    except TemplateError as error:
        raise BuildFailed(f"a template is not right: {error}") from error
    finally:
        config.plugins.on_shutdown()
    return plugin.pages_made


def _refuse_unsafe(site: Path, root: Path) -> None:
    """Refuse to replace a folder that holds sources."""
    if site == root or root.is_relative_to(site):
        raise BuildFailed(f"site_dir must not be the project's own folder: {site}")
    for folder in (root / "data", *(root / kind.folder for kind in KINDS)):
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
def _beside(site: Path) -> Iterator[Path]:
    """Give a new folder on the same disk as `site`, and remove what is left of it in the end."""
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    except OSError as error:
        raise BuildFailed(f"nothing can be written to {site.parent}: {error.strerror}") from error
    try:
        fresh.chmod(0o755)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace(site: Path, fresh: Path) -> None:
    """Put the folder `fresh` in the place of `site`."""
    old = fresh.with_name(f"{fresh.name}-old")
    if site.exists():
        for entry in site.iterdir():  # .git, .nojekyll and the like stay, as with MkDocs
            if entry.name.startswith(".") and not (fresh / entry.name).exists():
                entry.rename(fresh / entry.name)
        site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


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
