"""Finds what does not resolve in a built site: links, anchors, pictures, styles, scripts, and ids that are named.

A page is read as a browser reads it; nothing is fetched. `broken_links` returns one line per finding, so a
test can compare it with an empty list and show what is wrong.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_ADDRESSES = ("href", "src", "poster", "data", "action", "formaction", "cite", "longdesc")
_ID_LISTS = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-flowto",
    "aria-activedescendant",
    "aria-errormessage",
    "for",
    "headers",
    "list",
    "popovertarget",
)
_NOT_FETCHED = frozenset(
    ("canonical", "license", "author", "alternate", "prev", "next", "help", "me", "search")
)
"""What `rel` says of a <link> that a browser does not load by itself."""
_CSS_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]+))\s*\)|@import\s+[\"']([^\"']+)[\"']")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_IMPORT = re.compile(r"(?:\bfrom\s*|\bimport\s*\(?\s*)[\"'](\.{0,2}/[^\"']+)[\"']")


@dataclass(frozen=True)
class Page:
    """One page of a built site."""

    name: str
    """Its file, relative to the site's folder."""
    tree: html.HtmlElement

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id stands on the page."""
        return Counter(self.tree.xpath("//@id"))

    @cached_property
    def anchors(self) -> set[str]:
        """What an address of the page may have behind #."""
        return {*self.ids, *self.tree.xpath("//a/@name")}

    @property
    def text(self) -> str:
        """The text that a reader can come to see, with white space folded."""
        nodes = self.tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
        return " ".join(" ".join(nodes).split())


@dataclass
class BuiltSite:
    """The folder that a build made."""

    folder: Path
    base: str = "/"
    """The path under which a host serves it; pages such as 404.html name it in their addresses."""
    pages: dict[str, Page] = field(init=False)
    """The pages by their files."""

    def __post_init__(self) -> None:
        self.pages = {}
        for file in sorted(self.folder.rglob("*.html")):
            name = file.relative_to(self.folder).as_posix()
            parser = html.HTMLParser(encoding="utf-8")
            self.pages[name] = Page(name, html.document_fromstring(file.read_bytes(), parser=parser))

    def page(self, address: str) -> Page:
        """Return the page at an address relative to the site, such as guidebook/."""
        return self.pages[f"{address}index.html" if address.endswith("/") or not address else address]

    def find(self, name: str, address: str, *, files_only: bool = False) -> tuple[str, str]:
        """Return the file that an address in the file `name` leads to, and the part behind #.

        The file is empty where nothing is. With `files_only` a folder does not stand for its index.
        """
        parts = urlsplit(address)
        path = unquote(parts.path)
        if not path:
            return name, unquote(parts.fragment)
        if path.startswith("/"):
            if not path.startswith(self.base):
                return "", ""
            path = path.removeprefix(self.base)
        else:
            path = posixpath.join(posixpath.dirname(name), path)
        folder = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
        path = posixpath.normpath(path) if path else "."
        if path == ".." or path.startswith("../"):
            return "", ""
        target = self.folder / path
        if target.is_dir() and not files_only:
            path, target = posixpath.normpath(f"{path}/index.html"), target / "index.html"
        elif folder:
            return "", ""
        return (path if target.is_file() else ""), unquote(parts.fragment)


def broken_links(site: BuiltSite, *, files_only: bool = False) -> list[str]:
    """Return what on the pages, in the styles and in the scripts leads to nothing, as `file: what`."""
    found: list[str] = []
    for page in site.pages.values():
        for what, address in addresses(page):
            if is_foreign(address) or address.startswith(("mailto:", "tel:", "data:")):
                continue
            if not address or address == "#":
                found.append(f"{page.name}: {what} leads nowhere")
                continue
            target, anchor = site.find(page.name, address, files_only=files_only)
            if not target:
                found.append(f"{page.name}: {what} {address}: there is no such file")
            elif anchor and target in site.pages and anchor not in site.pages[target].anchors:
                found.append(f"{page.name}: {what} {address}: there is no such place on {target}")
        for name in _ID_LISTS:
            for element in page.tree.xpath(f"//*[@{name}]"):
                for id in element.get(name).split():
                    if id not in page.ids:
                        found.append(f"{page.name}: {element.tag} {name}={id}: there is no such id")
    for name, address in assets_in_code(site):
        if (
            not is_foreign(address)
            and not address.startswith(("data:", "#"))
            and not site.find(name, address)[0]
        ):
            found.append(f"{name}: {address}: there is no such file")
    return list(dict.fromkeys(found))


def foreign_requests(site: BuiltSite) -> list[str]:
    """Return what would make a browser ask another host without a click, as `file: what`."""
    found = [
        f"{page.name}: {what} {address}"
        for page in site.pages.values()
        for what, address in addresses(page)
        if is_foreign(address) and what not in ("a", "area", "q", "blockquote")
    ]
    found += [
        f"{page.name}: {text[:80]}"
        for page in site.pages.values()
        for text in (
            *page.tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content"),
            *page.tree.xpath("//script[not(@src)]/text()"),
        )
        if re.search(r"https?://", text) and "application/ld+json" not in text and '"@context"' not in text
    ]
    found += [f"{name}: {address}" for name, address in assets_in_code(site) if is_foreign(address)]
    return list(dict.fromkeys(found))


def repeated_ids(site: BuiltSite) -> list[str]:
    """Return ids that stand more than once on a page, as `file: id`."""
    return [
        f"{page.name}: {id}" for page in site.pages.values() for id, count in page.ids.items() if count > 1
    ]


def addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the elements that name an address, with the address; but not a <link> to a page that nothing loads."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        relation = set((element.get("rel") or "").lower().split())
        if element.tag == "link" and relation & _NOT_FETCHED and is_foreign(element.get("href") or ""):
            continue
        for name in (*_ADDRESSES, "{http://www.w3.org/1999/xlink}href", "xlink:href"):
            value = element.get(name)
            if value is not None:
                yield element.tag, value.strip()
        for part in (element.get("srcset") or element.get("imagesrcset") or "").split(","):
            if part.strip():
                yield element.tag, part.split()[0]
        for address in _in_css(element.get("style") or ""):
            yield element.tag, address
        if element.tag == "style":
            for address in _in_css(element.text or ""):
                yield element.tag, address


def assets_in_code(site: BuiltSite) -> Iterator[tuple[str, str]]:
    """Yield the addresses in style sheets, modules and SVG pictures, with the file that they stand in."""
    for file in sorted(site.folder.rglob("*")):
        name = file.relative_to(site.folder).as_posix()
        if file.suffix == ".css":
            for address in _in_css(file.read_text("utf-8")):
                yield name, address
        elif file.suffix in (".js", ".mjs"):
            for match in _IMPORT.finditer(file.read_text("utf-8")):
                yield name, match[1]
        elif file.suffix == ".svg":
            for match in re.finditer(r"(?:href|src)\s*=\s*[\"']([^\"']+)", file.read_text("utf-8")):
                yield name, match[1]


def is_foreign(address: str) -> bool:
    """Return whether an address leads to another host."""
    return address.startswith("//") or urlsplit(address).scheme in ("http", "https", "ws", "wss", "ftp")


def _in_css(text: str) -> Iterator[str]:
    for match in _CSS_URL.finditer(_CSS_COMMENT.sub("", text)):
        yield next(group for group in match.groups() if group is not None)
