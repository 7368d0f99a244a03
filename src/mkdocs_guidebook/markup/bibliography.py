"""References as readers see them, in a style of the Citation Style Language (by citeproc-py)."""

from __future__ import annotations

import html
import json
import re
import warnings
from collections.abc import Container, Mapping
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.markup.convert import clean
from mkdocs_guidebook.workers import batches, in_workers

_BATCH = 12
"""So many references a process formats at once."""
_LOOKUPS = ("xpath_search", "get_root", "get_macro", "get_term")
"""What elements of a style look up in its XML."""
CslItem = Mapping[str, Any]
"""An item of CSL-JSON."""

# A description in brackets stands for a title: citation styles set it without italics and quotes.
_BRACKETED_TITLE = re.compile(r"(?:<i>|[‘“«]\s?)(\[[^<]*?\])(?:</i>|\s?[’”»])")
# Without an author the title stands first; citeproc-py then writes it once more behind the date.
_REPEATED_TITLE = re.compile(r"\A(?P<first>(?P<title>.+?)\.? \([^()]*\)\.? )(?P=title)\.? ?")
_ADDRESS = re.compile(r"(?<![\"=>])https?://[^\s<]*[^\s<.,;)]")
_MARKUP = re.compile(r"(</?(?:i|b|sub|sup)>|<span class=\"nocase\">|</span>)")
"""The marks that a text of CSL may have."""
_SIGNS = str.maketrans({"&": "\ue000", "<": "\ue001", ">": "\ue002"})
"""citeproc-py does not escape what it is given, and would take entities for words: stand-ins pass through it."""
_AS_TEXT = str.maketrans({"\ue000": "&", "\ue001": "<", "\ue002": ">"})
_AS_HTML = str.maketrans({"\ue000": "&amp;", "\ue001": "&lt;", "\ue002": "&gt;"})

_PLAIN_TITLE = re.compile(r"\w[\w ,:'’()–-]*\w")
"""A title in which no style has a reason to treat its first or last sign differently from another's."""
_TITLE, _URL = "sTand-in Title", "https://stand-in.invalid/"
_ABSTRACT = "sTand-in abstract"
_DAY, _YEAR = {"date-parts": [[2001, 2, 3]]}, {"date-parts": [[2001]]}


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
        self._patterns: dict[str, str] = {}

    @cached_property
    def _style(self) -> Any:
        from citeproc import CitationStylesStyle
        from citeproc.model import CitationStylesElement

        packaged = resources.files("mkdocs_guidebook.markup") / "harvard-cite-them-right.csl"
        with resources.as_file(packaged) as path:
            style = CitationStylesStyle(str(self._style_file or path), locale=self._locale, validate=False)
        # citeproc-py looks the same things up in the XML for every reference, which takes most of its time. What an
        # element keeps is lost with its Python object: so all of them are held.
        self._elements = [
            element
            for tree in (style.root, *style.root.locales)
            for element in tree.iter()
            if isinstance(element, CitationStylesElement)
        ]
        for element in self._elements:
            for name in _LOOKUPS:
                setattr(element, name, cache(getattr(element, name)))
        return style

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

    def prepare(self, jobs: int, ids: Container[str] | None = None) -> None:
        """Format the references with these `ids`, or all, by that many processes."""
        parts = batches(
            [id for id in self._references if id not in self._formatted and (ids is None or id in ids)],
            _BATCH,
        )
        in_workers(
            [f"the reference {part[0]}" for part in parts],
            lambda number: {id: self.html(id) for id in parts[number]},
            jobs,
            lambda _, formatted: self._formatted.update(formatted),
        )

    def html(self, id: str) -> str:
        """Return the reference as HTML, with its address as a link."""
        if id not in self._formatted:
            self._formatted[id] = self.format(csl_json(self._references[id]))
        return self._formatted[id]

    def format_alike(self, item: CslItem) -> str:
        """Return the same as `format`, at once for items that differ from an earlier one in title, address and abstract.

        Where the style shows the year alone, they may differ in month and day, too.

        citeproc-py takes about 10 ms an item, and the records of a site are many and alike.
        """
        if not _PLAIN_TITLE.fullmatch(item["title"]):
            return self.format(item)
        stand_ins = {"id": "", "title": _TITLE, "URL": _URL, "abstract": _ABSTRACT}
        shape: dict[str, Any] = {name: stand_ins.get(name, value) for name, value in item.items()}
        if "issued" in shape and self._pattern(shape | {"issued": _DAY}) == self._pattern(
            shape | {"issued": _YEAR}
        ):
            shape["issued"] = {"date-parts": [date[:1] for date in shape["issued"]["date-parts"]]}
        pattern = self._pattern(shape)
        if _TITLE not in pattern or _ABSTRACT in pattern:  # the style changes titles, or shows abstracts
            return self.format(item)
        title = str(item["title"]).translate(_SIGNS)
        return _finish(pattern.replace(_TITLE, title).replace(_URL, str(item.get("URL")).translate(_SIGNS)))

    def _pattern(self, shape: CslItem) -> str:
        key = json.dumps(shape, sort_keys=True)
        if key not in self._patterns:
            self._patterns[key] = self._run(shape)
        return self._patterns[key]

    def format(self, item: CslItem) -> str:
        """Return an item of CSL-JSON as HTML, with its address as a link."""
        return _finish(self._run(item))

    def _run(self, item: CslItem) -> str:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        data: dict[str, Any] = _protect(dict(item)) | {"id": "item", "type": item["type"]}
        for key, value in data.items():
            dates = value.get("date-parts", []) if isinstance(value, dict) else []
            if len(dates) == 2 and dates[0][0] == dates[1][0]:  # citeproc-py drops a range inside one year
                data[key] = value | {"date-parts": [dates[0][:1]]}
        authors = [name.get("literal", "").casefold() for name in data.get("author", [])]
        publisher = data.get("publisher", "").casefold()
        if any(author and publisher.startswith(author) for author in authors):
            del data["publisher"]  # an author that is also the publisher is named once
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc-py warns of every CSL variable that it does not know
            source = CiteProcJSON([data])
            bibliography = CitationStylesBibliography(self._style, source, formatter.html)
            bibliography.register(Citation([CitationItem("item")]))
            text = str(bibliography.bibliography()[0])
        # The same for a publisher that stands in the author's place because there is no author.
        first, mark, rest = text.partition(f"{data.get('publisher')}. (")
        if mark and not first:
            rest = rest.replace(f". {data['publisher']}.", ".", 1)
        return first + mark + rest


def _protect(value: Any) -> Any:
    """Return a value of an item with the signs that mean something in HTML replaced, except in marks of CSL."""
    if isinstance(value, str):
        pieces = _MARKUP.split(value)
        return "".join(
            piece if number % 2 else piece.translate(_SIGNS) for number, piece in enumerate(pieces)
        )
    if isinstance(value, dict):
        return {key: _protect(inner) for key, inner in value.items()}
    return [_protect(inner) for inner in value] if isinstance(value, list) else value


def _finish(text: str) -> str:
    text = _REPEATED_TITLE.sub(r"\g<first>", text, count=1)
    text = _BRACKETED_TITLE.sub(r"\1", text)
    return clean(_ADDRESS.sub(_link, text).translate(_AS_HTML))


def _link(match: re.Match[str]) -> str:
    address = match.group().translate(_AS_TEXT)
    return f'<a class="gb-address" href="{html.escape(address)}">{html.escape(address, quote=False)}</a>'


def bibliography_of(library: Library, language: str) -> Bibliography:
    """Return the bibliography of a library, in its own citation style where it has one."""
    style = library.book.citation_style
    return Bibliography(library.references, language, library.root / style if style else None)
