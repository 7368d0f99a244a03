"""The MkDocs plugin: MkDocs's events, and nothing else.

on_config   sets a site's defaults, loads the library and checks it; wrong content stops the build here
on_files    adds a page for everything that has no file in docs/
on_nav      (the navigation is made in on_config, from the book)
on_page_…   makes a page's content from its view and hands the frame what it shows

To print a chapter, too, MkDocs reads the configuration and loads the plugin: what only sites need is imported where
a site is made.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import languages
from mkdocs_guidebook.problems.formats import as_text
from mkdocs_guidebook.site import defaults
from mkdocs_guidebook.site.addresses import asset_of, path_of_site
from mkdocs_guidebook.site.edit.backend import SAVING, EditOptionsWrong
from mkdocs_guidebook.site.options import Options, language_of

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_guidebook.site.composition import Composition, Given
    from mkdocs_guidebook.site.search.index import Documents
    from mkdocs_guidebook.site.views.base import PageView

log = get_plugin_logger("guidebook")


class GuidebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Makes a guidebook of the typed content beside docs/."""

    def __init__(self) -> None:
        self._command = "build"
        self._views: dict[str, PageView] = {}
        self._library: Library | None = None
        self._given: Given | None = None
        self._progress: Callable[[int, int], None] = lambda done, total: None
        self._own_navigation: list[Any] | None = None
        self.composition: Composition
        """The site that is made."""
        self.pages_made = 0
        self.pages_wanted = 0
        """How many pages will be made, if not all."""
        self.tells = True
        """Whether pages are counted where they are made."""
        self.search = True
        """Whether the search index is made at the end."""
        self.index: Documents | None = None
        """What of the search index is made already."""
        self.compiled: BytecodeCache | None = None
        """Where compiled templates are kept."""
        self.previous: Path | None = None
        """The site that stands, whose search index may be taken over."""

    def use(self, library: Library, given: Given, progress: Callable[[int, int], None]) -> None:
        """Take a library that was checked already, with or without drafts as `given.preview` says.

        `progress` is told how many pages are done.
        """
        self._library = library
        self._given = given
        self._progress = progress
        self.pages_made = self.pages_wanted = (
            0  # MkDocs keeps the plugin from one build of a process to the next
        )
        self.index = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or a preview."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the content, and set what a site needs and does not set itself."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        defaults.require_theme(config)
        library = self._load(root, config)
        language = language_of(config, self.config)
        if not language.has_words:
            log.warning(
                f"the site's own words are shown in English: there are none in “{language.tag}” yet, "
                f"only in {', '.join(languages())}"
            )
        defaults.apply(config, library, language)
        from mkdocs_guidebook.site.render import THEME

        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        self._own_navigation = config.nav
        self.take(library, config)
        return config

    def _load(self, root: Path, config: MkDocsConfig) -> Library:
        if self._library is not None:
            return self._library
        library, problems = run(root)
        if problems:
            stops = [
                problem for problem in problems if problem.is_error or self.config.strict or config.strict
            ]
            text = as_text(problems)
            if stops:
                raise PluginError(f"the content has problems:\n\n{text}\n\n{len(problems)} problems")
            log.warning(f"the content has warnings:\n\n{text}")
        return library if self.config.drafts or self._command == "serve" else library.without_drafts()

    def take(self, library: Library, config: MkDocsConfig) -> None:
        """Take a library from which the pages are made from now on, and set the navigation."""
        from mkdocs_guidebook.site.composition import Given, compose

        try:
            self.composition = compose(
                library,
                config,
                self.config,
                self._given or Given(),
                own_navigation=self._own_navigation,
                serving=self._command == "serve",
                compiled=self.compiled,
            )
        except EditOptionsWrong as error:
            raise PluginError(str(error)) from error
        self._views = {}
        config.nav = self.composition.navigation

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that have no file in docs/, and the pictures that lie beside records."""
        from mkdocs_guidebook.site.render import ASSETS

        library = self.composition.site.library
        self._refuse_gone(library)
        for spec in self.composition.pages.values():
            existing = files.get_file_from_path(spec.name)
            if existing is None:
                file = File.generated(config, spec.name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                if spec.source:
                    file.edit_uri = f"../{spec.source}"
                files.append(file)
        for path in sorted(library.assets):
            place = asset_of(path)
            if not path.startswith("docs/") and files.get_file_from_path(place) is None:
                files.append(File.generated(config, place, abs_src_path=str(library.root / path)))
        for made in self.composition.made_files(config):
            files.append(made)
        for asset in sorted(ASSETS.rglob("*")):
            if asset.is_file():
                name = f"assets/guidebook/{asset.relative_to(ASSETS).as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(asset)))
        return files

    def _refuse_gone(self, library: Library) -> None:
        """Stop where a file is gone that MkDocs would read: the site would be made without it."""
        pages = (page.path for page in library.pages)
        for path in (*pages, *sorted(library.assets)):
            if not (library.root / path).is_file():
                raise PluginError(
                    f"{path} was there when the content was checked, and is gone now: put it back, or build again"
                )

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Leave out what the theme brings and no page loads."""
        defaults.drop_unused_theme_files(files)
        return env

    @event_priority(-100)  # after other plugins have changed the Markdown of hand-written pages
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make the page; MkDocs has nothing left to convert."""
        spec = self.composition.pages.get(page.file.src_uri)
        if spec is None:
            return markdown
        view = self._views[page.file.src_uri] = self.composition.view(spec, markdown)
        page.meta = {**page.meta, "title": view.title, "description": view.summary}
        return ""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the content in."""
        view = self._views.get(page.file.src_uri)
        return str(self.composition.renderer.content(view)) if view else html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame what it shows around the content."""
        view = self._views.get(page.file.src_uri)
        here = self._place_of(page, nav)
        context.update({"here": here, **self.composition.frame.context(view)})  # type: ignore[typeddict-item]
        return context

    def _place_of(self, page: Page, nav: Navigation) -> list[StructureItem]:
        """Return what is marked in the navigation: a page, or the one that lists it, and the sections around it."""
        if page.parent is None and page not in nav.items:
            listed = self.composition.frame.list_of(page.file.src_uri, self.composition.pages)
            page = next((entry for entry in nav.pages if entry.file.src_uri == listed), page)
        return [page, *page.ancestors]

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Count."""
        if self.tells:
            self.count()
        return output

    def count(self) -> None:
        """Count one more page that is made."""
        self.pages_made += 1
        self._progress(self.pages_made, self.pages_wanted or len(self.composition.pages))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index of what was written; an earlier one is taken over if nothing changed in it."""
        if not self.search:
            return
        from mkdocs_guidebook.site.search.engine import SearchFailed
        from mkdocs_guidebook.site.search.index import make_index

        composition = self.composition
        documents = self.index or composition.search_documents(Path(config.site_dir))
        try:
            make_index(documents, composition.site.library.terms.values(), self.previous)
        except SearchFailed as error:
            raise PluginError(str(error)) from error

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch the content beside docs/, too, and save what the editing form sends."""
        from mkdocs_guidebook.site.edit.saving import LocalBackend, saving_app

        root = self.composition.site.library.root
        saving = saving_app(
            server.get_app() or server.serve_request,
            LocalBackend(root),
            f"{path_of_site(config.site_url or '')}{SAVING}",
        )
        server.set_app(saving)
        for folder in ("data", *(kind.folder for kind in RECORD_KINDS)):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give templates that belong to no page, such as 404.html, the same."""
        context.update({"here": [], **self.composition.frame.context(None)})  # type: ignore[typeddict-item]
        return context
