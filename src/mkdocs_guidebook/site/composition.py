"""A site put together: all its pages and files, each with what makes it and the key that it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_guidebook.checks import today
from mkdocs_guidebook.checks.external import LastRound, last_round
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.markup.surface import digest
from mkdocs_guidebook.site import defaults
from mkdocs_guidebook.site.additions import NOTHING, Adder, Additions
from mkdocs_guidebook.site.addresses import Addresses, moved_pages, path_of_site
from mkdocs_guidebook.site.catalog import SCHEMA_NAME, catalog_makers
from mkdocs_guidebook.site.citing import citation_makers
from mkdocs_guidebook.site.edit.backend import FOLDER, Backend, backend_of, local_backend
from mkdocs_guidebook.site.edit.page import editing_files
from mkdocs_guidebook.site.files import MadeFile
from mkdocs_guidebook.site.frame import Frame
from mkdocs_guidebook.site.keys import Keys
from mkdocs_guidebook.site.options import Options, language_of
from mkdocs_guidebook.site.pages import PageSpec, pages_of
from mkdocs_guidebook.site.render import Renderer
from mkdocs_guidebook.site.search.index import Documents
from mkdocs_guidebook.site.search.items import items_of
from mkdocs_guidebook.site.suggesting import suggestion_address
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site
from mkdocs_guidebook.site.views.changes import atom_feed
from mkdocs_guidebook.site.views.desk import DESK

Offered = Mapping[str, Sequence[tuple[str, str, str]]]
"""Title, format and file, relative to the site, of the documents that a page offers, by the page."""


@dataclass(frozen=True)
class Given:
    """What a build brings along, beside content and configuration."""

    preview: bool = False
    """Whether the site is for editors."""
    documents: Callable[[], Offered] = dict
    """Gives what can be printed; it is asked once the configuration is complete."""
    additions: Adder | None = None
    """Gives what an edition adds to the site; it is asked once the site is known."""
    program: str = ""
    """Stands for program and configuration: it differs when the same content would be shown otherwise."""


@dataclass(frozen=True)
class Composition:
    """One site, whole."""

    site: Site
    pages: Mapping[str, PageSpec]
    """The pages by their names."""
    navigation: list[Any]
    """As in mkdocs.yml's `nav`."""
    keys: Keys
    offered: Offered
    additions: Additions
    editing: Backend | None
    """Where the editing form saves; None for a site without one."""
    renderer: Renderer
    """Makes the content of pages from what they show."""
    frame: Frame
    """Gives what stands around it."""
    _known_keys: dict[str, str] = field(default_factory=dict)

    def key_of(self, page: str) -> str:
        """Return the key of a page (see `keys`), with what is offered on it."""
        if page not in self._known_keys:
            extra = repr((self.offered.get(page, ()), self.additions.earlier.get(page)))
            extra += repr(self.site.other_sites) if page == DESK else ""
            self._known_keys[page] = self.keys.of(self.pages[page], extra)
        return self._known_keys[page]

    def view(self, spec: PageSpec, markdown: str) -> PageView:
        """Return what a page shows; `markdown` is the text of a hand-written page as other plugins left it."""
        view = spec.make(self.site, markdown if spec.is_hand_written else None)
        if offered := self.offered.get(spec.name):
            to = self.site.addresses.relative
            links = tuple(LinkView(title, to(file, view.url), form) for title, form, file in offered)
            view = replace(view, documents=links)
        if earlier := self.additions.earlier.get(spec.name):
            view = replace(view, earlier=self.frame.earlier(view, earlier))
        return view

    def made_files(self, config: MkDocsConfig) -> Iterator[MadeFile]:
        """Yield what the site has beside pages."""
        site = self.site
        feed = partial(atom_feed, site, self.additions.news)
        yield MadeFile.of(config, "feed.xml", feed, self.keys.lists)
        for name, make in catalog_makers(site):
            key = self.keys.ground if name == SCHEMA_NAME else self.keys.everything
            yield MadeFile.of(config, name, make, key)
        for page, name, text in citation_makers(site):
            yield MadeFile.of(config, name, text, self.key_of(page))
        if self.editing:
            made = editing_files(
                site.library, site.language, site.addresses, self.editing, config.site_name, site.base_url
            )
            for name, file, is_ours in made:
                key = self.keys.everything if is_ours else self.keys.ground
                yield MadeFile.of(config, f"{FOLDER}/{name}", file, key)

    def search_documents(self, folder: Path) -> Documents:
        """Return what the search index of the site in a folder is made of."""
        pages = {name: self._file_of(name) for name in self.pages}
        return Documents(folder, items_of(self.site), pages, self.site.language)

    def _file_of(self, page: str) -> str:
        """Return the file of a page, relative to the site."""
        url = self.site.addresses.url(page)
        return f"{url}index.html" if url.endswith("/") or not url else url


def compose(
    library: Library,
    config: MkDocsConfig,
    options: Options,
    given: Given,
    *,
    own_navigation: list[Any] | None,
    serving: bool,
    compiled: BytecodeCache | None = None,
) -> Composition:
    """Put the site of a library together.

    `own_navigation` is what mkdocs.yml says of it, if anything. With `serving` the site is looked at on the editor's
    own machine, where the form saves into the project's files. `compiled` keeps compiled templates. Raises
    `EditOptionsWrong`.
    """
    editing = _editing(config, options, serving)
    site = _site(library, config, options, given, serving, has_form=editing is not None)
    overrides = Path(config.theme.custom_dir) / "guidebook" if config.theme.custom_dir else None
    renderer = Renderer(site, overrides if overrides and overrides.is_dir() else None, compiled)
    additions = given.additions(site) if given.additions else NOTHING
    pages = {**pages_of(library, site.preview), **additions.pages}
    frame = Frame(site, additions)
    navigation = own_navigation or frame.navigation(pages)
    ground = digest(_ground(site, config, given.program, additions, navigation))
    return Composition(
        site=site,
        pages=pages,
        navigation=navigation,
        keys=Keys(library, ground),
        offered=given.documents(),
        additions=additions,
        editing=editing,
        renderer=renderer,
        frame=frame,
    )


def _editing(config: MkDocsConfig, options: Options, serving: bool) -> Backend | None:
    if serving:
        return local_backend(path_of_site(config.site_url or ""))
    return backend_of(options.edit) if options.edit is not None else None


def _site(
    library: Library, config: MkDocsConfig, options: Options, given: Given, serving: bool, has_form: bool
) -> Site:
    language = language_of(config, options)
    base_url = config.site_url or ""
    preview = given.preview or options.drafts or serving
    # a copy of the site on a disk has no form of its own; a preview is not at the site's address
    published = "" if preview else base_url
    return Site(
        library=library,
        addresses=Addresses(library, config.use_directory_urls, moved_pages(library)),
        converter=defaults.converter(config, language),
        language=language,
        today=today(),
        base_url=base_url,
        root_url=base_url.removesuffix(f"{library.book.edition}/") if given.additions else base_url,
        preview=preview,
        edit=defaults.edit_address(config, library.root, serving),
        suggest=suggestion_address(config.repo_url, options.suggest),
        other_sites=last_round(library, today()) if preview else LastRound(),
        form=f"{published}{FOLDER}/" if has_form else "",
    )


def _ground(
    site: Site, config: MkDocsConfig, program: str, additions: Additions, navigation: list[Any]
) -> Iterator[str]:
    """Yield what every page depends on beside the content."""
    yield program
    yield repr(
        (site.language.tag, site.today, site.base_url, site.preview, site.edit, site.suggest, site.form)
    )
    yield repr((navigation, config.site_description, sorted(site.addresses.moved.items())))
    yield repr((additions.edition, additions.about))
    style = site.library.book.citation_style
    overrides = sorted(Path(config.theme.custom_dir).rglob("*")) if config.theme.custom_dir else []
    for file in (*([site.library.root / style] if style else []), *overrides):
        if file.is_file():
            yield f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}"
