"""The copy of a site that works from a disk: one zip, opened with a double click, without internet.

A browser refuses three things on file://: addresses that end in a folder, scripts that are modules, and fetch.
So links name their index.html; one classic script brings the site's modules as text and imports them from blob
addresses; and the files of the search index lie in another classic script, which is loaded with the first query
and answers in the place of fetch. It is the same engine and the same code as online. My pack, which online fetches
the pages that it is made of, has them tell what they hold from hidden frames.

The pages have no Content-Security-Policy: on file:// 'self' matches nothing, and one that allows file: and blob:
would forbid nothing. What it guards against, code in contributed content, is refused when the site is made.
"""

from __future__ import annotations

import base64
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from mkdocs_guidebook.site.search.index import FOLDER

_ASSETS = "assets/guidebook/"
_SCRIPT = f"{_ASSETS}offline.js"
_INDEX = f"{FOLDER}/offline-index.js"
_LINK = re.compile(r'(\s(?:href|data-root)=")([^"#?:]*)([#?][^"]*)?(")')
_POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_MODULE = re.compile(r'<script type="module" src="([^"]*)assets/guidebook/guidebook\.js"></script>')
_PRELOAD = re.compile(r'\s*<link rel="preload"[^>]*>')
_EDITIONS = re.compile(r'\s*<script type="module" src="[^"]*\.\./editions\.js"></script>')
_IMPORT = re.compile(r'from "\./([\w-]+\.js)"')
_LEFT_OUT = ("404.html", "sitemap.xml", "sitemap.xml.gz", "feed.xml")
"""What only a server or a reader of news has a use for."""
_EARLIEST = 315_532_800
"""1 January 1980, the first moment that a zip can name, in seconds since 1970."""


def offline_name(site: Path) -> Path:
    """Return where the copy of a site is written: beside it."""
    return site.with_name(f"{site.name}-offline.zip")


def write_offline(site: Path, target: Path) -> None:
    """Write the copy of the built site to the zip file `target`; the same bytes for the same site."""
    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), _EARLIEST))[:6]
    fresh = target.with_name(f".{target.name}")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, content in sorted(_files(site)):
                entry = zipfile.ZipInfo(f"{target.stem}/{name}", moment)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    modules: dict[str, str] = {}
    index: dict[str, str] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name in _LEFT_OUT or name.startswith("edit/"):
            continue
        if name.startswith(f"{FOLDER}/"):
            index[name.removeprefix(f"{FOLDER}/")] = base64.b64encode(path.read_bytes()).decode()
        elif name.startswith(_ASSETS) and path.suffix == ".js":
            modules[path.name] = path.read_text("utf-8")
            if path.name == "scheme.js":
                yield name, path.read_bytes()
        elif path.suffix == ".html":
            yield name, offline_page(path.read_text("utf-8")).encode()
        else:
            yield name, path.read_bytes()
    loader = resources.files(__package__) / "offline.js"
    yield _SCRIPT, loader.read_text("utf-8").replace("MODULES", json.dumps(in_order(modules))).encode()
    yield _INDEX, f"globalThis.guidebookIndex = {json.dumps(index)};\n".encode()


def offline_page(page: str) -> str:
    """Return a page as it works from a disk."""
    page = _EDITIONS.sub("", _POLICY.sub("", _PRELOAD.sub("", page)))
    page = _MODULE.sub(rf'<script src="\1{_SCRIPT}" defer></script>', page)
    return _LINK.sub(_with_index, page)


def _with_index(match: re.Match[str]) -> str:
    start, path, rest, end = match[1], match[2], match[3] or "", match[4]
    if path in (".", "..") or path.endswith("/.."):
        path += "/"
    return f"{start}{path}index.html{rest}{end}" if path.endswith("/") else match[0]


def in_order(modules: dict[str, str]) -> dict[str, str]:
    """Return modules so that each stands behind those that it imports."""
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done or name not in modules:
            return
        for other in _IMPORT.findall(modules[name]):
            add(other)
        done[name] = modules[name]

    for name in sorted(modules):
        add(name)
    return done
