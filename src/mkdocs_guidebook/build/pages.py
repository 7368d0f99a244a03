"""MkDocs's build, step by step, for a site of which only a part has to be made, and by several processes.

The events and their order are those of `mkdocs.commands.build.build` (MkDocs 1.6), and so are the functions that
make a page. What differs: pages and files whose key is that of the last build are taken over from the old site,
and the others are made by forked workers. That is right as long as no page depends on the making of another, as
with our own pages; a site with other plugins, hooks or pages is built by MkDocs itself, whole.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader

from mkdocs_guidebook.build.folders import making_folders, remove_empty
from mkdocs_guidebook.build.ledger import Ledger, take_over, templates_cache
from mkdocs_guidebook.markup.surface import digest
from mkdocs_guidebook.site.files import MadeFile
from mkdocs_guidebook.site.search.index import FOLDER as SEARCH
from mkdocs_guidebook.workers import in_workers

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from mkdocs_guidebook.site.plugin import GuidebookPlugin

_FEW = 12
"""So many pages are made sooner by one process."""


def only_ours(config: MkDocsConfig) -> bool:
    """Whether nothing but the plugin has a hand in the pages; hooks count as plugins."""
    return len(config.plugins) == 1


@dataclass
class Job:
    """One site on its way to files."""

    config: MkDocsConfig
    plugin: GuidebookPlugin
    old: Ledger
    """The site that stands."""
    jobs: int
    keys: dict[str, str] = field(default_factory=dict)
    """The key of each file that can be kept next time, by its place in the site."""
    _folders: set[str] = field(default_factory=set)
    _made: list[MadeFile] = field(default_factory=list)
    """Files that are no pages and have to be made anew."""

    def make(self) -> None:
        """Make the whole site."""
        from mkdocs.exceptions import Abort

        config = self.config
        with _counted(config.strict) as warnings:
            with making_folders(config.site_dir, self.old.made) as folders:
                self.prepare()
            self._folders = set(folders)
            self._static()
            self._pages()
            self._index()
            remove_empty(config.site_dir, folders)
            if count := warnings():
                raise Abort(f"Aborted with {count} warnings in strict mode!")

    def prepare(self) -> None:
        """Everything up to the navigation."""
        from mkdocs.commands.build import _populate_page
        from mkdocs.structure.files import InclusionLevel, get_files, set_exclusions
        from mkdocs.structure.nav import get_navigation
        from mkdocs.structure.pages import Page

        self.plugin.compiled = templates_cache(Path(self.config.config_file_path or "").parent)
        config = self.config = self.config.plugins.on_config(self.config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = self.plugin.compiled
        env.loader = _Templates(config.theme.dirs)
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        self.files: Files = files
        nav = get_navigation(files, config)
        self.nav: Navigation = config.plugins.on_nav(nav, config=config, files=files)
        self.documents: list[File] = list(files.documentation_pages(inclusion=InclusionLevel.is_included))
        for file in self.documents:
            page = file.page or Page(None, file, config)
            if page in self.nav.pages and page.title is None:
                _populate_page(page, config, files)  # the navigation shows the title that it gives itself
        self.env: Environment = config.plugins.on_env(env, config=config, files=files)

    def _static(self) -> None:
        """Files that are no pages."""
        from mkdocs.structure.files import InclusionLevel

        for file in self.files:
            if file.is_documentation_page() or file.inclusion in (
                InclusionLevel.EXCLUDED,
                InclusionLevel.DRAFT,
            ):
                continue
            if isinstance(file, MadeFile):
                self.keys[file.dest_uri] = file.key
                if not self._keep(file.dest_uri, file.key):
                    self._made.append(file)
            else:
                file.copy_file()
        self.templates()

    def templates(self) -> None:
        """Pages that belong to no Markdown, such as 404.html."""
        from mkdocs.commands.build import _build_extra_template, _build_theme_template

        for name in self.config.theme.static_templates:
            _build_theme_template(name, self.env, self.files, self.config, self.nav)
        for name in self.config.extra_templates:
            _build_extra_template(name, self.files, self.config, self.nav)

    def _pages(self) -> None:
        wanted = []
        for file in self.documents:
            key = self.keys[file.dest_uri] = self.plugin.composition.key_of(file.src_uri)
            if not self._keep(file.dest_uri, key):
                wanted.append(file)
        pages = self.plugin.composition.pages
        self.plugin.pages_wanted = len(wanted)
        lists = [file for file in wanted if not pages[file.src_uri].source]
        records = [file for file in wanted if pages[file.src_uri].source]
        # What takes long begins first; and the engine makes the search index while files that are no pages are made.
        tasks: list[File] = [*lists, *records, *self._made]
        names = [
            *(file.src_uri for file in lists),
            *(pages[file.src_uri].source for file in records),
            *(file.src_uri for file in self._made),
        ]
        made = {file.src_uri for file in self.documents} - {file.src_uri for file in wanted}
        self.plugin.tells = False  # where it makes them; counted is what is done

        def make(number: int) -> None:
            file = tasks[number]
            if isinstance(file, MadeFile):
                file.copy_file()
            else:
                self.page(file)

        def done(number: int, _: None) -> None:
            if isinstance(tasks[number], MadeFile):
                return
            made.add(tasks[number].src_uri)
            self.plugin.count()
            if index := self.plugin.index:
                index.go_on(made)
                if len(made) == len(self.documents):
                    index.begin()

        jobs = self.jobs if len(tasks) > _FEW else 1
        if jobs > 1 and len(wanted) > len(self.documents) // 2:
            self.plugin.composition.site.bibliography.prepare(jobs)  # or each worker would do it
        if self.plugin.search and not any(name.startswith(f"{SEARCH}/") for name in self.old.made):
            self.plugin.index = self.plugin.composition.search_documents(Path(self.config.site_dir))
        try:
            in_workers(names, make, jobs, done)
        except BaseException:
            if self.plugin.index:
                self.plugin.index.end()
            raise

    def page(self, file: File) -> None:
        """Make one page."""
        from mkdocs.commands.build import _build_page, _populate_page

        page = file.page
        assert page is not None  # noqa: S101 - made in _prepare
        if page.markdown is None:
            if file.src_uri in self.plugin.composition.pages:
                # MkDocs would make a converter for each page, and there is nothing left to convert.
                page.render = partial(_leave_empty, page)  # type: ignore[method-assign]
            _populate_page(page, self.config, self.files)
        _build_page(page, self.config, self.documents, self.nav, self.env)
        page.markdown = page.content = None

    def _index(self) -> None:
        """The search index, and what plugins do at the end."""
        plugin = self.plugin
        wanted = plugin.search
        key = digest([plugin.composition.keys.lists, *(self.keys[file.dest_uri] for file in self.documents)])
        known = [name for name in self.old.made if name.startswith(f"{SEARCH}/")]
        kept = wanted and bool(known) and all(self.old.has(name, key) for name in known)
        if kept:
            for name in known:
                self._keep(name, key)
        plugin.search = wanted and not kept
        is_ours = known and all(self.old.is_intact(name) for name in known)  # and not what somebody put there
        plugin.previous = self.old.site if is_ours else None
        self.config.plugins.on_post_build(config=self.config)
        plugin.search = wanted
        site = Path(self.config.site_dir)
        for file in (site / SEARCH).rglob("*"):
            self.keys[file.relative_to(site).as_posix()] = key

    def _keep(self, name: str, key: str) -> bool:
        """Take a file over from the old site; return whether that could be."""
        if not self.old.has(name, key):
            return False
        new = f"{self.config.site_dir}/{name}"  # many: paths as objects would take longer than the links
        folder = new.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        try:
            take_over(f"{self.old.site}/{name}", new)
        except OSError:
            return False
        return True


def _leave_empty(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Stand in for `Page.render`: the content comes from the plugin."""
    from mkdocs.structure.toc import get_toc

    page.content, page.toc = "", get_toc([])


class _Templates(FileSystemLoader):
    """The files of a theme, listed without those in hidden folders: MkDocs leaves out thousands of icons anyway."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, inner, names in os.walk(folder):
                inner[:] = [name for name in inner if not name.startswith(".")]
                below = Path(place).relative_to(folder)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)


@contextmanager
def _counted(strict: bool) -> Iterator[Callable[[], int]]:
    """Give a function that returns how many warnings the engine has told, if these stop the build."""
    from mkdocs.utils import CountHandler

    handler = CountHandler()
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    if strict:
        logger.addHandler(handler)
    try:
        yield lambda: sum(count for _, count in handler.get_counts())
    finally:
        logger.removeHandler(handler)
