"""Sites before they are built: a library, its addresses and its words, as views see them."""

from __future__ import annotations

import datetime
from pathlib import Path

from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.convert import Converter
from mkdocs_guidebook.site.addresses import Addresses
from mkdocs_guidebook.site.pages import moved_pages, pages_of
from mkdocs_guidebook.site.views.base import PageView, Site

ADDRESS = "https://guide.example.org/pompiers/"


def site_of(
    project: Path,
    *,
    language: str = "fr",
    base_url: str = ADDRESS,
    directory_urls: bool = True,
    drafts: bool = False,
) -> Site:
    """Return the site of the project in a folder."""
    library, _ = load(project)
    shown = library if drafts else library.without_drafts()
    return Site(
        library=shown,
        addresses=Addresses(shown, directory_urls, moved_pages(shown)),
        converter=Converter(),
        language=Language(language),
        today=datetime.date(2025, 6, 1),
        base_url=base_url,
    )


def views_of(site: Site) -> dict[str, PageView]:
    """Return all pages of a site by their names."""
    return {name: spec.make(site, None) for name, spec in pages_of(site.library).items()}
