"""The files of the editing page."""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.convert import HTML_ALLOWED_IN_TEXT
from mkdocs_guidebook.site.addresses import Addresses
from mkdocs_guidebook.site.edit.backend import FOLDER, Backend
from mkdocs_guidebook.site.edit.config import configuration

GUIDE = "contribute/form.md"
"""The hand-written page that tells how to use the form."""

_HERE = Path(__file__).parent
_VENDORED = _HERE / "vendor.zip"
"""Decap CMS and the YAML parser, as scripts/decap got them."""
_WORDS = (
    "name_fixed",
    "name_wrong",
    "search",
    "portion",
    "earlier",
    "later",
    "not_found",
)
_PROBLEMS = (
    "unreadable",
    "intro",
    "required",
    "pattern",
    "twice",
    "order",
    "name",
    "line",
    "heading_one",
    "heading_section",
    "heading_skip",
    "heading_empty",
    "section",
    "source",
    "link",
    "link_form",
    "html",
    "image",
    "control",
    "number",
    "unknown",
    "mail",
    "marks",
    "note",
    "note_twice",
    "note_unused",
    "foreign_image",
    "marker",
    "future",
)
_PLACES = ("field", "value", "wanted", "reason", "from", "to", "all")


def editing_files(
    library: Library,
    language: Language,
    addresses: Addresses,
    backend: Backend,
    site_name: str,
    site_url: str = "",
) -> Iterator[tuple[str, Callable[[], bytes], bool]]:
    """Yield for each file of the page: its name, what makes it, and whether the content has a part in it."""

    def page() -> bytes:
        has_guide = f"docs/{GUIDE}" in library.by_path
        guide = addresses.relative(addresses.url(GUIDE), f"{FOLDER}/") if has_guide else ""
        return _page(language, backend, site_name, guide).encode()

    def form() -> bytes:
        said = {
            "decap": configuration(library, language, backend, site_url),
            "words": _words(language),
            "known": known_of(library),
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    yield "index.html", page, True
    yield "form.json", form, True
    for asset in sorted((_HERE / "assets").iterdir()):
        yield asset.name, asset.read_bytes, False
    with zipfile.ZipFile(_VENDORED) as archive:
        names = archive.namelist()
    for name in names:
        yield name, partial(_vendored, name), False


def _vendored(name: str) -> bytes:
    with zipfile.ZipFile(_VENDORED) as archive:
        return archive.read(name)


def known_of(library: Library) -> dict[str, Any]:
    """Return what texts may name: sources, files, HTML elements."""
    files = {record.path for record in library.bodies} | {entry.path for entry in library.entries.values()}
    return {
        "sources": sorted(library.references),
        "files": sorted(files),
        "elements": sorted(HTML_ALLOWED_IN_TEXT),
    }


def _words(language: Language) -> dict[str, str]:
    """Return the words that the scripts show, with the places for values left in."""
    kept: dict[str, Any] = {place: f"{{{place}}}" for place in _PLACES}
    names = [*_WORDS, *(f"problem.{name}" for name in _PROBLEMS)]
    return {name: language(f"edit.{name}", **kept) for name in names}


def content_security_policy(backend: Backend) -> str:
    """Return what the page may load and reach: itself and the code host, as strictly as Decap permits.

    Decap checks its configuration with code that it makes (Ajv), which needs 'unsafe-eval', and writes its styles
    into the page. No script inside the page runs, and none comes from elsewhere.
    """
    hosts = " ".join(("'self'", "blob:", *backend.hosts))
    return (
        "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src {hosts}; base-uri 'none'; form-action 'none'"
    )


def _page(language: Language, backend: Backend, site_name: str, guide: str) -> str:
    def words(key: str) -> str:
        return html.escape(language(f"edit.{key}"))

    policy = html.escape(content_security_policy(backend))
    direction = "rtl" if language.is_rtl else "ltr"
    link = (
        f'\n      <a href="{html.escape(guide)}" target="_blank" rel="noopener">{words("guide")}</a>'
        if guide
        else ""
    )
    return f"""<!doctype html>
<html lang="{html.escape(language.tag)}" dir="{direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <title>{words("form_title")} - {html.escape(site_name)}</title>
    <link rel="icon" href="../assets/guidebook/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="edit.css">
    <script type="module" src="edit.js"></script>
  </head>
  <body data-failed="{words("failed")}">
    <div class="gb-edit-bar" role="region" aria-label="{words("form_title")}">
      <h1>{words("form_title")}: {html.escape(site_name)}</h1>
      <a href="../">{words("back")}</a>{link}
    </div>
    <p class="gb-edit-note" data-part="loading" role="status">{words("loading")}</p>
    <noscript><p class="gb-edit-note">{words("no_script")}</p></noscript>
    <div id="nc-root"></div>
  </body>
</html>
"""
