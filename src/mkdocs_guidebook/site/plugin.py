"""The MkDocs plugin: MkDocs's events, and nothing else.

on_config   sets a site's defaults, loads the library and checks it; wrong content stops the build here
on_files    adds a page for everything that has no file in docs/
on_nav      (the navigation is made in on_config, from the book)
on_page_…   makes a page's content from its view and hands the frame what it shows
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mkdocs_guidebook.checks import run, today
from mkdocs_guidebook.checks.external import LastRound, last_round
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import Language, languages
from mkdocs_guidebook.markup.bibliography import Bibliography
from mkdocs_guidebook.markup.surface import digest
from mkdocs_guidebook.problems.formats import as_text
from mkdocs_guidebook.site import defaults
from mkdocs_guidebook.site.additions import NOTHING, Adder, Additions
from mkdocs_guidebook.site.addresses import Addresses, asset_of
from mkdocs_guidebook.site.catalog import SCHEMA_NAME, catalog_makers
from mkdocs_guidebook.site.citing import citation_makers
from mkdocs_guidebook.site.edit.backend import (
    FOLDER,
    SAVING,
    Backend,
    EditOptionsWrong,
    backend_of,
    local_backend,
)
from mkdocs_guidebook.site.edit.page import editing_files
from mkdocs_guidebook.site.edit.saving import LocalBackend, saving_app
from mkdocs_guidebook.site.files import MadeFile
from mkdocs_guidebook.site.frame import Frame
from mkdocs_guidebook.site.keys import Keys
from mkdocs_guidebook.site.pages import PageSpec, moved_pages, pages_of
from mkdocs_guidebook.site.render import ASSETS, THEME, Renderer
from mkdocs_guidebook.site.search.index import Documents, SearchFailed, make_index
from mkdocs_guidebook.site.search.items import items_of
from mkdocs_guidebook.site.suggesting import suggestion_address
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site
from mkdocs_guidebook.site.views.changes import atom_feed
from mkdocs_guidebook.site.views.desk import DESK

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("guidebook")


class GuidebookConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    language = config_options.Optional(config_options.Type(str))
    """The language of the site's own words, such as fr. Without it: the theme's language."""
    drafts = config_options.Type(bool, default=False)
    """Whether drafts are shown. `serve` always shows them."""
    strict = config_options.Type(bool, default=False)
    """Whether warnings of the check stop the build, too."""
    suggest = config_options.Optional(config_options.URL())
    """Where readers suggest a change to a recommendation: an address with {recommendation} in it. Without it: the
    issue form in the repository that `repo_url` names."""
    edit = config_options.Optional(config_options.Type(dict))
    """Where the editing form saves: see `site.edit.backend`. Without it only the preview has a form."""


class GuidebookPlugin(BasePlugin[GuidebookConfig]):  # type: ignore[no-untyped-call]
    """Makes a guidebook of the typed content beside docs/."""

    def __init__(self) -> None:
        self._command = "build"
        self._views: dict[str, PageView] = {}
        self._given: Library | None = None
        self._preview = False
        self._progress: Callable[[int, int], None] = lambda done, total: None
        self._documents_of: Callable[[], Mapping[str, Sequence[tuple[str, str, str]]]] = dict
        self._additions_to: Adder | None = None
        self._program = ""
        self._own_nav: Any = None
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

    def use(
        self,
        library: Library,
        *,
        preview: bool = False,
        progress: Callable[[int, int], None],
        documents: Callable[[], Mapping[str, Sequence[tuple[str, str, str]]]] = dict,
        additions: Adder | None = None,
        program: str = "",
    ) -> None:
        """Take a library that was checked already, with or without drafts as `preview` says.

        `progress` is told how many pages are done. `documents` gives title, format and file of what can be
        printed, by page; it is asked once the configuration is complete. So is `additions`, which gives what an
        edition adds to the site. `program` stands for program and configuration: it differs when the same content
        would be shown otherwise.
        """
        self._given = library
        self._program = program
        self._preview = preview
        self._progress = progress
        self._documents_of = documents
        self._additions_to = additions
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
        language = self._language(config)
        if not language.has_words:
            log.warning(
                f"the site's own words are shown in English: there are none in “{language.tag}” yet, "
                f"only in {', '.join(languages())}"
            )
        defaults.apply(config, library, language)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        self._own_nav = config.nav
        self.take(library, config)
        return config

    def _language(self, config: MkDocsConfig) -> Language:
        return Language(self.config.language or str(config.theme.get("language") or "en"))

    def take(self, library: Library, config: MkDocsConfig) -> None:
        """Take a library from which the pages are made from now on, and set the navigation."""
        preview = self._preview or self.config.drafts or self._command == "serve"
        language = self._language(config)
        site = Site(
            library=library,
            addresses=Addresses(library, config.use_directory_urls, moved_pages(library)),
            converter=defaults.converter(config, language),
            language=language,
            today=today(),
            base_url=config.site_url or "",
            root_url=(config.site_url or "").removesuffix(
                f"{library.book.edition}/" if self._additions_to else ""
            ),
            preview=preview,
            edit=defaults.edit_address(config, library.root, self._command == "serve"),
            suggest=suggestion_address(config.repo_url, self.config.suggest),
            other_sites=last_round(library, today()) if preview else LastRound(),
        )
        custom = Path(config.theme.custom_dir) / "guidebook" if config.theme.custom_dir else None
        self._editing = self._backend(config)
        if self._editing:
            # a copy of the site on a disk has no form of its own; a preview is not at the site's address
            published = "" if preview else site.base_url
            site = replace(site, form=f"{published}{FOLDER}/")
        self._renderer = Renderer(site, custom if custom and custom.is_dir() else None, self.compiled)
        self._additions: Additions = self._additions_to(site) if self._additions_to else NOTHING
        self._frame = Frame(site, self._additions)
        self._pages: dict[str, PageSpec] = {**pages_of(library, preview), **self._additions.pages}
        self._views = {}
        self._documents = self._documents_of()
        config.nav = self._own_nav or self._frame.navigation(self._pages)
        self.keys = Keys(library, digest(self._ground(config)))
        self._known_keys: dict[str, str] = {}

    def _ground(self, config: MkDocsConfig) -> Iterator[str]:
        """Yield what every page depends on beside the content."""
        site = self._renderer.site
        yield self._program
        yield repr((site.language.tag, site.today, site.base_url, site.preview, site.edit))
        yield repr((config.nav, config.site_description, sorted(site.addresses.moved.items())))
        yield repr((self._additions.edition, self._additions.about))
        style = site.library.book.citation_style
        overrides = sorted(Path(config.theme.custom_dir).rglob("*")) if config.theme.custom_dir else []
        for file in (*([site.library.root / style] if style else []), *overrides):
            if file.is_file():
                yield f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}"

    @property
    def language(self) -> Language:
        """The language of the site."""
        return self._renderer.site.language

    @property
    def bibliography(self) -> Bibliography:
        """The formatted references of the site."""
        return self._renderer.site.bibliography

    @property
    def pages(self) -> Mapping[str, PageSpec]:
        """The pages of the site by their names."""
        return self._pages

    def key_of(self, page: str) -> str:
        """Return the key of a page (see `keys`), with what is offered on it."""
        if page not in self._known_keys:
            extra = repr((self._documents.get(page, ()), self._additions.earlier.get(page)))
            extra += repr(self._renderer.site.other_sites) if page == DESK else ""
            self._known_keys[page] = self.keys.of(self._pages[page], extra)
        return self._known_keys[page]

    def _load(self, root: Path, config: MkDocsConfig) -> Library:
        if self._given is not None:
            return self._given
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

    def _backend(self, config: MkDocsConfig) -> Backend | None:
        """Return where the editing form saves; None for a site without one."""
        if self._command == "serve":
            return local_backend(_path_of(config))
        try:
            return backend_of(self.config.edit) if self.config.edit is not None else None
        except EditOptionsWrong as error:
            raise PluginError(str(error)) from error

    @property
    def library(self) -> Library:
        """What the site is made from."""
        return self._renderer.site.library

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that have no file in docs/, and the pictures that lie beside records."""
        for spec in self._pages.values():
            existing = files.get_file_from_path(spec.name)
            if existing is None:
                file = File.generated(config, spec.name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                if spec.source:
                    file.edit_uri = f"../{spec.source}"
                files.append(file)
        for path in sorted(self.library.assets):
            place = asset_of(path)
            if not path.startswith("docs/") and files.get_file_from_path(place) is None:
                files.append(File.generated(config, place, abs_src_path=str(self.library.root / path)))
        for made in self._made_files(config):
            files.append(made)
        for asset in sorted(ASSETS.rglob("*")):
            if asset.is_file():
                name = f"assets/guidebook/{asset.relative_to(ASSETS).as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(asset)))
        return files

    def _made_files(self, config: MkDocsConfig) -> Iterator[MadeFile]:
        """Yield what the site has beside pages."""
        site = self._renderer.site
        feed = partial(atom_feed, site, self._additions.news)
        yield MadeFile.of(config, "feed.xml", feed, self.keys.lists)
        for name, make in catalog_makers(site):
            key = self.keys.ground if name == SCHEMA_NAME else self.keys.everything
            yield MadeFile.of(config, name, make, key)
        for page, name, text in citation_makers(site):
            yield MadeFile.of(config, name, text, self.key_of(page))
        if self._editing:
            made = editing_files(
                site.library, site.language, site.addresses, self._editing, config.site_name, site.base_url
            )
            for name, file, is_ours in made:
                key = self.keys.everything if is_ours else self.keys.ground
                yield MadeFile.of(config, f"{FOLDER}/{name}", file, key)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Leave out what the theme brings and no page loads."""
        defaults.drop_unused_theme_files(files)
        return env

    @event_priority(-100)  # after other plugins have changed the Markdown of hand-written pages
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make the page; MkDocs has nothing left to convert."""
        spec = self._pages.get(page.file.src_uri)
        if spec is None:
            return markdown
        view = spec.make(self._renderer.site, markdown if spec.is_hand_written else None)
        offered = self._documents.get(spec.name, ())
        if offered:
            to = self._renderer.site.addresses.relative
            links = tuple(LinkView(title, to(file, view.url), form) for title, form, file in offered)
            view = replace(view, documents=links)
        if earlier := self._additions.earlier.get(spec.name):
            view = replace(view, earlier=self._frame.earlier(view, earlier))
        self._views[page.file.src_uri] = view
        page.meta = {**page.meta, "title": view.title, "description": view.summary}
        return ""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the content in."""
        view = self._views.get(page.file.src_uri)
        return str(self._renderer.content(view)) if view else html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame what it shows around the content."""
        view = self._views.get(page.file.src_uri)
        context.update(self._frame.context(view))  # type: ignore[typeddict-item]
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Count."""
        if self.tells:
            self.count()
        return output

    def count(self) -> None:
        """Count one more page that is made."""
        self.pages_made += 1
        self._progress(self.pages_made, self.pages_wanted or len(self._pages))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index of what was written; an earlier one is taken over if nothing changed in it."""
        if not self.search:
            return
        try:
            make_index(self.index or self.documents(config), self.library.terms.values(), self.previous)
        except SearchFailed as error:
            raise PluginError(str(error)) from error

    def documents(self, config: MkDocsConfig) -> Documents:
        """Return what the search index is made of."""
        site = self._renderer.site
        pages = {name: self.file_of(name) for name in self._pages}
        return Documents(Path(config.site_dir), items_of(site), pages, site.language)

    def file_of(self, page: str) -> str:
        """Return the file of a page, relative to the site."""
        url = self._renderer.site.addresses.url(page)
        return f"{url}index.html" if url.endswith("/") or not url else url

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch the content beside docs/, too, and save what the editing form sends."""
        saving = saving_app(
            server.get_app() or server.serve_request,
            LocalBackend(self.library.root),
            f"{_path_of(config)}{SAVING}",
        )
        server.set_app(saving)
        for folder in ("data", *(kind.folder for kind in RECORD_KINDS)):
            if (self.library.root / folder).is_dir():
                server.watch(str(self.library.root / folder))
        return server

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give templates that belong to no page, such as 404.html, the same."""
        context.update(self._frame.context(None))  # type: ignore[typeddict-item]
        return context


def _path_of(config: MkDocsConfig) -> str:
    """Return the path of the site at its host, with a slash at both ends."""
    return f"{urlsplit(config.site_url or '').path.rstrip('/')}/"
