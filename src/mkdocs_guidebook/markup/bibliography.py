"""References as readers see them, in a style of the Citation Style Language (by citeproc-py)."""

from __future__ import annotations

import html
import re
import warnings
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from mkdocs_guidebook.content.data.references import ReferenceEntry

_BRACKETED_TITLE = re.compile(r"<i>(\[[^<]*\])</i>")
# Without an author the title stands first; citeproc-py then writes it once more behind the date.
_REPEATED_TITLE = re.compile(r"\A(?P<title>.+?)\.? \((?P<date>[^()]*)\)\. (?P=title)\.? ?")
_ADDRESS = re.compile(r"(?<![\"=>])https?://[^\s<]*[^\s<.,;)]")


def csl_json(item: ReferenceEntry) -> dict[str, Any]:
    """Return a reference as an item of CSL-JSON."""
    return item.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True) | {
        "id": item.id,
        "type": item.type,
        "title": item.title,
    }


class Bibliography:
    """The formatted references of a library."""

    def __init__(
        self, references: dict[str, ReferenceEntry], language: str = "en", style: Path | None = None
    ) -> None:
        self._references = references
        self._language = language
        self._style_file = style
        self._formatted: dict[str, str] = {}

    @cached_property
    def _style(self) -> Any:
        from citeproc import CitationStylesStyle

        if self._style_file is not None:
            return CitationStylesStyle(str(self._style_file), locale=self._locale, validate=False)
        packaged = resources.files("mkdocs_guidebook.markup") / "apa.csl"
        with resources.as_file(packaged) as path:
            return CitationStylesStyle(str(path), locale=self._locale, validate=False)

    @property
    def _locale(self) -> str:
        from citeproc import LOCALES_PATH

        known = sorted(
            path.stem.removeprefix("locales-") for path in Path(LOCALES_PATH).glob("locales-*.xml")
        )
        language = self._language.split("-")[0]
        same = [locale for locale in known if locale.split("-")[0] == language]
        native = {"en": "en-GB", "pt": "pt-PT", "zh": "zh-CN"}.get(language, f"{language}-{language.upper()}")
        return native if native in same else next(iter(same), "en-US")

    def html(self, id: str) -> str:
        """Return the reference as HTML, with its address as a link."""
        if id not in self._formatted:
            self._formatted[id] = self._format(self._references[id])
        return self._formatted[id]

    def _format(self, item: ReferenceEntry) -> str:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        data = csl_json(item)
        authors = [name.get("literal", "").casefold() for name in data.get("author", [])]
        publisher = data.get("publisher", "").casefold()
        if any(author and publisher.startswith(author) for author in authors):
            del data["publisher"]  # APA: an author that is also the publisher is named once
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc-py warns of every CSL variable that it does not know
            source = CiteProcJSON([data])
            bibliography = CitationStylesBibliography(self._style, source, formatter.html)
            bibliography.register(Citation([CitationItem(item.id)]))
            text = str(bibliography.bibliography()[0])
        text = _REPEATED_TITLE.sub(r"\g<title>. (\g<date>). ", text, count=1)
        text = _BRACKETED_TITLE.sub(r"\1", text)
        return _ADDRESS.sub(_link, text)


def _link(match: re.Match[str]) -> str:
    address = html.unescape(match.group())
    shown = html.escape(address, quote=False)
    return f'<a class="gb-address" href="{html.escape(address)}">{shown}</a>'
