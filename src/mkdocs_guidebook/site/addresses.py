"""Where pages are: from paths in the project to addresses in the site, and from one page to another."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mkdocs_guidebook.content.kinds import PAGE, RECORD_KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.markup.links import Lead, data_page_name, understand

DATA_PAGES = {
    "glossary": "glossary.md",
    "references": "bibliography.md",
    "organisations": "organisations.md",
    "events": "events.md",
    "vocabulary": "index.md",
    "evidence": "recommendations.md",
    "book": "guidebook/index.md",
    "editions": "changes/index.md",
    "redirects": "changes/index.md",
}
"""The page that shows each data file, unless a hand-written page says that it does."""
_OF_CHAPTERS = ("guidebook/index.md", "recommendations.md")
"""Pages that a site without chapters has not."""


def page_of(path: str) -> str:
    """Return the name of the page, relative to docs/, that the record or page at a project path becomes."""
    if path.startswith(f"{PAGE.folder}/"):
        return path.removeprefix(f"{PAGE.folder}/")
    return asset_of(path)


def asset_of(path: str) -> str:
    """Return the place in the site of a file that lies beside records or pages."""
    for kind in RECORD_KINDS:
        if path == kind.folder:
            return f"{kind.address}/index.md"
        if path.startswith(f"{kind.folder}/"):
            return f"{kind.address}/{path.removeprefix(f'{kind.folder}/')}"
    return path.removeprefix(f"{PAGE.folder}/")


def moved_pages(library: Library) -> dict[str, str]:
    """Return the hand-written pages that show a data file, by the file's name."""
    return {record.data.shows: page_of(record.path) for record in library.pages if record.data.shows}


@dataclass(frozen=True)
class Addresses:
    """Addresses of pages, relative to the site's root."""

    library: Library
    directory_urls: bool = True
    """Whether a page is a folder with an index, as MkDocs's `use_directory_urls` says."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """The page that shows a data file, where it is not the one of `DATA_PAGES`."""

    def url(self, page: str) -> str:
        """Return the address of a page such as guidebook/sharing-information.md."""
        folder, name = posixpath.split(page.removesuffix(".md"))
        if name.lower() in ("index", "readme"):
            address = f"{folder}/" if folder else ""
            return address if self.directory_urls else f"{address}index.html"
        stem = posixpath.join(folder, name)
        return f"{stem}/" if self.directory_urls else f"{stem}.html"

    def data_page(self, name: str) -> str:
        """Return the page that shows a data file."""
        page = self.moved.get(name) or DATA_PAGES[name]
        return page if self.library.chapters or page not in _OF_CHAPTERS else "index.md"

    def relative(self, to: str, start: str) -> str:
        """Return the address `to` as a link on the page at the address `start`."""
        path, mark, anchor = to.partition("#")
        if path == start and mark:
            return f"#{anchor}"
        found = _way(path, posixpath.dirname(start))
        if path.endswith("/") or (not path and self.directory_urls):
            found = "./" if found == "." else f"{found}/"
        return f"{found}{mark}{anchor}"

    def resolve(self, written: str, base: str, start: str) -> str:
        """Return the address that a link written in the file `base` has on the page at `start`."""
        target = understand(self.library, base, written)
        anchor = f"#{target.anchor}" if target.anchor else ""
        match target.lead:
            case Lead.RECORD if target.path == base:
                return anchor or self.relative(self.url(page_of(base)), start)
            case Lead.RECORD | Lead.COLLECTION:
                page = page_of(target.path) if target.lead is Lead.RECORD else asset_of(target.path)
                return self.relative(self.url(page) + anchor, start)
            case Lead.DATA:
                return self.relative(self.url(self.data_page(data_page_name(target.path))) + anchor, start)
            case Lead.ASSET:
                return self.relative(asset_of(target.path), start)
            case Lead.WEB | Lead.MAIL:
                return written
            case _:
                return "#"  # an error of the check, never published


def _way(path: str, folder: str) -> str:
    """Return the way to a path from a folder, both as the site has them: without dots, from its root.

    A site has thousands for each of its pages; `posixpath.relpath` would first ask the system where it is.
    """
    to, start = path.rstrip("/").split("/"), folder.split("/")
    same = 0
    for one, other in zip(to, start, strict=False):
        if one != other:
            break
        same += 1
    up = len(start) - same if folder else 0
    return "/".join([*[".."] * up, *to[same:]]).rstrip("/") or "."


def path_of_site(base_url: str) -> str:
    """Return the path of a site at its host, with a slash at both ends."""
    return f"{urlsplit(base_url).path.rstrip('/')}/"
