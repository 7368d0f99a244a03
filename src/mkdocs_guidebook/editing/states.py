"""A project at one time: what it holds, what is wrong with it, where its pages are and what can be printed.

Nothing that a project brings is run: its configuration is read as data, and only for words and addresses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from mkdocs_guidebook.build import BuildFailed, config_file
from mkdocs_guidebook.checks import run, today
from mkdocs_guidebook.content.fields import is_id
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.editions.reading import snapshot_of
from mkdocs_guidebook.editions.snapshot import Snapshot
from mkdocs_guidebook.language import Language, languages
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.markup.links import anchors
from mkdocs_guidebook.press.specs import Spec, specs_of
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.site.addresses import Addresses, moved_pages, page_of
from mkdocs_guidebook.site.pages import pages_of
from mkdocs_guidebook.site.views.base import Site

_COUNTED_PAGES = "changes/"
"""Pages that are numbered by how many changes there are; nobody writes their addresses down."""


@dataclass(frozen=True)
class State:
    """A project at one time."""

    library: Library
    """With its drafts."""
    problems: tuple[Problem, ...]
    snapshot: Snapshot
    """What it says, drafts included."""
    addresses: frozenset[str]
    """The addresses of its published pages and of the places on them."""
    specs: Mapping[str, Spec]
    """The documents that can be printed, without those of drafts."""

    @property
    def drafts(self) -> frozenset[tuple[str, str]]:
        """Kind and id of each draft."""
        return frozenset((record.kind.name, record.id) for record in self.library.records if record.is_draft)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What of mkdocs.yml is needed to know addresses and words. It is read as data: nothing of it is run."""

    language: str = "en"
    directory_urls: bool = True


class _Plain(yaml.SafeLoader):
    """Reads YAML and leaves out what has a tag of its own."""


_Plain.add_multi_constructor("", lambda loader, suffix, node: None)


def configuration_of(root: Path) -> Configuration:
    """Return what mkdocs.yml says; what is usual where it does not say or cannot be read."""
    try:
        data: Any = yaml.load(config_file(root).read_bytes(), _Plain)  # noqa: S506 - a safe loader
    except (BuildFailed, OSError, yaml.YAMLError, ValueError):
        return Configuration()
    theme = data.get("theme") if isinstance(data, dict) else None
    language = theme.get("language") if isinstance(theme, dict) else None
    known = str(language).partition("-")[0] in languages()
    return Configuration(
        str(language) if known else "en",
        not (isinstance(data, dict) and data.get("use_directory_urls") is False),
    )


def state_of(root: Path, configuration: Configuration) -> State:
    """Return the state of the project in a folder."""
    library, problems = run(root)
    language = Language(configuration.language)

    def site_of(library: Library) -> Site:
        return Site(
            library=library,
            addresses=Addresses(library, configuration.directory_urls, moved_pages(library)),
            converter=Converter(),
            language=language,
            today=today(),
        )

    published = library.without_drafts()
    return State(
        library=library,
        problems=tuple(problems),
        snapshot=snapshot_of(site_of(_as_if_published(library))),
        addresses=frozenset(_addresses(site_of(published))),
        specs=specs_of(published, language),
    )


def _as_if_published(library: Library) -> Library:
    """Return the library with its drafts, which a reviewer reads like everything else.

    A record whose file name can be no id has no address either; the problem about its name is told.
    """

    def published(records: list[Any]) -> list[Any]:
        return [
            replace(record, data=record.data.model_copy(update={"status": "published"}))
            for record in records
            if is_id(record.id)
        ]

    return replace(
        library,
        chapters=published(library.chapters),
        articles=published(library.articles),
        activities=published(library.activities),
    )


def _addresses(site: Site) -> Iterator[str]:
    """Yield the addresses of pages and of the places on them that links may name."""
    library = site.library
    for page in pages_of(library):
        if not page.startswith(_COUNTED_PAGES):
            yield site.addresses.url(page)
    shown = {path: page_of(path) for path in library.by_path}
    shown |= {entry.path: site.addresses.data_page(name) for name, entry in library.entries.items()}
    for path, page in shown.items():
        for anchor in anchors(library, path):
            yield f"{site.addresses.url(page)}#{anchor}"
