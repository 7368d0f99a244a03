"""Documents of a project: from its configuration to files, for `guidebook print` and `guidebook build`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_guidebook.build import load_config, quiet_engine
from mkdocs_guidebook.build.ledger import program, remembered
from mkdocs_guidebook.checks import run, today
from mkdocs_guidebook.content.kinds import ARTICLE, CHAPTER, RECORD_KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.context import Press
from mkdocs_guidebook.press.kept import CACHE, tidy
from mkdocs_guidebook.press.run import Outcome, Progress, choose, make_all
from mkdocs_guidebook.press.specs import FOLDER, Spec, sources_of
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.site.addresses import Addresses, asset_of, moved_pages, page_of
from mkdocs_guidebook.site.defaults import converter
from mkdocs_guidebook.site.options import language_of
from mkdocs_guidebook.workers import processes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

BOOK = f"{CHAPTER.folder}/book.yml"
_RECORD_FOLDERS = tuple(f"{kind.folder}/" for kind in RECORD_KINDS)
SITE_FORMATS = ("pdf", "epub", "docx")
"""What `guidebook build` makes; DOCX only where its extra is installed."""


def catalogue_of(config: MkDocsConfig, library: Library, paper: str = "a4") -> Catalogue:
    """Return the documents of a library, with the language, address and Markdown of its site."""
    from mkdocs_guidebook.build import plugin_of

    language = language_of(config, plugin_of(config).config)
    addresses = Addresses(library, config.use_directory_urls, moved_pages(library))
    base = config.site_url or ""
    moved = {
        f"{name}.md": addresses.url(addresses.data_page(name))
        for name in ("glossary", "organisations", "events")
    }
    moved["bibliography.md"] = addresses.url(addresses.data_page("references"))
    return Catalogue(
        Press(
            library=library,
            language=language,
            today=today(),
            base_url=base if not base or base.endswith("/") else f"{base}/",
            converter=converter(config, language),
            directory_urls=config.use_directory_urls,
            addresses=moved,
            paper=paper,
        )
    )


def documents_by_page(config: MkDocsConfig, library: Library) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Return title, format and file, relative to the site, of each document by the page that offers it."""
    from mkdocs_guidebook.press.docx import is_available
    from mkdocs_guidebook.site.views.pack import MY_PACK

    pages = {
        "guidebook": asset_of(CHAPTER.folder),
        "pack": asset_of(CHAPTER.folder),
        "recommendations": "recommendations.md",
        "comparison": f"{ARTICLE.address}/compare.md",
    }
    found: dict[str, list[tuple[str, str, str]]] = {}
    for spec in catalogue_of(config, library).specs.values():
        page = page_of(spec.record) if spec.record else pages[spec.kind]
        files = [
            (spec.title, form.upper(), f"{FOLDER}/{spec.file(form)}")
            for form in spec.formats
            if form != "docx" or is_available()
        ]
        for shown_on in (page, MY_PACK):
            found.setdefault(shown_on, []).extend(files)
    return {page: tuple(documents) for page, documents in found.items()}


def print_site(
    config: MkDocsConfig, library: Library, root: Path, site: Path, progress: Progress, jobs: int = 0
) -> Outcome:
    """Make all documents of a library into the folder print/ of its site, those that changed anew.

    `jobs` is the number of processes that make them; 0 for one on each processor. Raises `Crashed`.
    """
    from mkdocs_guidebook.press.docx import is_available

    catalogue = catalogue_of(config, library)
    forms = [form for form in SITE_FORMATS if form != "docx" or is_available()]
    orders = [order for form in forms for order in choose(catalogue, (), (), form)[0]]
    outcome = make_all(catalogue, orders, site / FOLDER, progress, root / CACHE, jobs)
    tidy(root / CACHE)
    return outcome


def print_documents(
    root: Path,
    ids: Sequence[str],
    packs: Sequence[str],
    form: str,
    folder: Path,
    progress: Progress,
    *,
    paper: str = "a4",
    drafts: bool = False,
    jobs: int = 0,
) -> tuple[Outcome | None, list[Problem]]:
    """Make documents of the project in the folder `root`; return what was made and the problems of the check.

    A document of a record with an error is not made. Nothing is made (None) when that leaves none, or when the
    error is in what all documents share. `jobs` is as in `print_site`. Raises `Unwritable`, `BuildFailed` and `Crashed`.
    """
    progress("Checking", 0, 1)
    with remembered(root, program()) as (clean, memory):
        library, problems = run(root, clean=clean, memory=memory, jobs=processes(jobs))
    progress("Checking", 1, 1)
    wrong = {problem.place.path for problem in problems if problem.is_error}
    if any(path == BOOK or not path.startswith((*_RECORD_FOLDERS, "docs/")) for path in wrong):
        return None, problems
    with quiet_engine():
        config = load_config(root)
    catalogue = catalogue_of(config, library if drafts else library.without_drafts(), paper)
    unread = [id for id in ids if id not in catalogue.specs and _is_of(id, wrong)]
    known = [id for id in ids if id not in unread]
    orders, notes = choose(catalogue, known, packs, form) if known or packs or not ids else ([], [])
    refused = [order for order in orders if wrong & sources_of(order.spec, library)]
    notes += [
        f"`{id}` was not made, because of the errors above"
        for id in (*unread, *(order.spec.id for order in refused))
    ]
    orders = [order for order in orders if order not in refused]
    if not orders:
        return (None if refused or unread else Outcome(notes=notes)), problems
    outcome = make_all(catalogue, orders, folder, progress, root / CACHE, jobs)
    outcome.notes[:0] = notes
    return outcome, problems


def _is_of(id: str, paths: Iterable[str]) -> bool:
    """Whether a document's id is that of one of some records, which may be unreadable."""
    return any(path.endswith(f"/{id}.md") for path in paths)


def list_documents(root: Path) -> list[Spec]:
    """Return the documents of the project in the folder `root`; raise `BuildFailed` where it is wrong."""
    from mkdocs_guidebook.content.loading import load

    library, _ = load(root)
    with quiet_engine():
        config = load_config(root)
    return list(catalogue_of(config, library.without_drafts()).specs.values())
