"""Pagefind's index: one entry an item, with the text of its built page.

Each item becomes a small HTML document of its own, and not the page as it is: a recommendation, a term and a
source are results of their own, and nothing of the frame, the lists of sources or the words gets in. Its title
counts most, then its other words, then its summary, then the text.

Pagefind keeps all of an index in memory while it makes it, about 70 KB a document. So a large collection has
several, made one after the other, and the browser looks through them as if they were one. Each is taken over from
the site before when its documents are the same.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
import shutil
import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.search.engine import Engine
from mkdocs_guidebook.site.search.items import Item
from mkdocs_guidebook.site.search.words import Words

FOLDER = "search"
"""Where the search lies in the site."""
NAMES = "results.json"
"""Pagefind's hashes of the items, in the order of the Library page."""
WORDS = "words.json"
"""Words that lead to each other, and the number of the indexes."""
_SCRIPT = "pagefind.js"
_STAMP = "made-from.txt"
_ENTRY = "pagefind-entry.json"
_FRAGMENTS = "fragment"
_KEPT = (_ENTRY, "index", _FRAGMENTS)
_MOST = 5_000
"""So many items an index has on average at most."""
_BODY, _BODY_END = re.compile(r'<article class="gb-page[^"]*">'), "</article>"
_WEIGHTS = {"recommendation": (8, 3), "chapter": (8, 3), "reference": (1, 1)}
"""How much the words of a title and of a summary count, by kind; the others: 4 and 2. Advice comes first."""
_VERSION = "2"
"""Changes when the same items would be indexed differently."""


@dataclass
class Documents:
    """What Pagefind reads of a site: one small page an item."""

    site_dir: Path
    items: Sequence[Item]
    pages: Mapping[str, str]
    """The file in the site of each page that items name."""
    language: Language
    most: int = _MOST
    """How many of them get into one index."""
    words: Words = field(default_factory=Words)

    @cached_property
    def parts(self) -> list[_Part]:
        """The documents of each index. An item stays in its part for as long as the number of parts is the same."""
        count = -(-len(self.items) // self.most) or 1
        items: list[list[Item]] = [[] for _ in range(count)]
        for item in self.items:
            items[zlib.crc32(item.url.encode()) % count].append(item)
        return [_Part(self, number, its) for number, its in enumerate(items, 1)]

    def go_on(self, made: Container[str]) -> None:
        """Put in what is there already, while others of the pages are still to be `made`.

        Not where there will be several indexes: the memory is needed for the making of the pages.
        """
        if len(self.parts) == 1:
            self.parts[0].go_on(made)

    def begin(self) -> None:
        """Have the engine make the index, while files that are no pages are still made; all pages must be there."""
        if len(self.parts) == 1:
            self.parts[0].begin()

    def end(self) -> None:
        """Let the engine go, if it runs: no index is made."""
        for part in self.parts:
            part.end()

    def document(self, item: Item) -> str:
        """Return the document of an item, whose page must be there."""
        text = _page_text(self.site_dir, self.pages.get(item.page, ""))
        return _document(item, self.language(f"kind.{item.kind}"), text)


@dataclass
class _Part:
    """The documents of one index."""

    whole: Documents
    number: int
    """It counts from 1."""
    items: Sequence[Item]
    """What the documents stand for."""
    _seen: int = 0
    """How many of the documents were read."""
    _put: int = 0
    """How many of them the engine has."""
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    _engine: Engine | None = None

    def go_on(self, made: Container[str]) -> None:
        """Put in the documents of items whose pages are `made`, up to the first that is not, or for which the engine
        has no room yet."""
        while self._put < len(self.items):
            page = self.items[self._put].page
            if (page and page not in made) or self.engine.is_busy:
                return
            self._put_next()

    def begin(self) -> None:
        """Put in the rest and have the engine make the index, unless it is at it."""
        while self._put < len(self.items):
            self._put_next()
        self.engine.finish()

    def stands_in(self, folder: Path) -> bool:
        """Whether the index stands in the folder of a search that was made before, from the same documents."""
        try:
            known = (folder / self.name / _STAMP).read_text("utf-8").strip()
        except OSError:
            return False
        for place in range(self._seen, len(self.items)):
            self._document(place)
        return known == self.stamp

    def _put_next(self) -> None:
        self.engine.put(self.items[self._put].url, self._document(self._put))
        self._put += 1

    def _document(self, place: int) -> str:
        """Return a document, whose page must be there. It may be read twice: memory does not hold the site."""
        item = self.items[place]
        document = self.whole.document(item)
        if place == self._seen:
            self._digest.update(f"\0{item.url}\0{document}".encode())
            self.whole.words.add(document)
            self._seen += 1
        return document

    @property
    def engine(self) -> Engine:
        """Where documents are put in. It brings threads, behind which no process is forked."""
        if self._engine is None:
            self._engine = Engine(self.language)
        return self._engine

    def files(self) -> dict[str, bytes]:
        """Return the files of the index that has begun; the engine ends with this. Raises `SearchFailed`."""
        files = self.engine.files()
        self._engine = None
        return files

    def end(self) -> None:
        """Let the engine go, if it runs."""
        if self._engine:
            self._engine.stop()

    @property
    def name(self) -> str:
        """The name of its folder."""
        return str(self.number)

    @property
    def stamp(self) -> str:
        """What is the same for as long as the index of the documents is."""
        maker = f"\0{_VERSION} {version('pagefind')} {self.language}"
        return hashlib.sha256(self._digest.digest() + maker.encode()).hexdigest()

    @property
    def language(self) -> str:
        """The language; behind the first part with the number as a private use subtag (RFC 5646).

        Pagefind names results with it, and so no two parts have a result of the same name.
        """
        tag = self.whole.language.tag.split("-")[0]
        return tag if self.number == 1 else f"{tag}-x-{self.number}"


def make_index(documents: Documents, terms: Iterable[GlossaryTerm], previous: Path | None = None) -> bool:
    """Write the search into the built site, and return whether an index had to be made.

    `terms` is the glossary. `previous` is a site that was built before: an index of it is taken over when it was made
    from the same texts. Raises `SearchFailed`.
    """
    target = documents.site_dir / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    old = previous / FOLDER if previous else None
    hashes: dict[str, str] = {}
    is_new = False
    try:
        for part in documents.parts:
            if old and part.stands_in(old):
                hashes |= _take_over(part, old, target)
            else:
                part.begin()
                hashes |= _write(part, target)
                is_new = True
    finally:
        documents.end()
    names = [hashes[item.url] for item in documents.items]
    (target / NAMES).write_text(json.dumps(names, separators=(",", ":")), "utf-8")
    (target / WORDS).write_text(
        documents.words.file(terms, documents.language, len(documents.parts)), "utf-8"
    )
    return is_new


def _write(part: _Part, target: Path) -> dict[str, str]:
    """Write the index of a part; return Pagefind's hashes by the addresses of its items."""
    files = part.files()
    script = files.pop(_SCRIPT)
    for name, content in {**_needed(files, part.number == 1), _STAMP: f"{part.stamp}\n".encode()}.items():
        path = target / part.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (target / _SCRIPT).write_bytes(script)
    return _hashes((name, content) for name, content in files.items() if name.startswith(f"{_FRAGMENTS}/"))


def _take_over(part: _Part, old: Path, target: Path) -> dict[str, str]:
    """Copy the index of a part; return Pagefind's hashes by the addresses of its items."""
    shutil.copytree(old / part.name, target / part.name)
    shutil.copyfile(old / _SCRIPT, target / _SCRIPT)
    fragments = (target / part.name / _FRAGMENTS).iterdir()
    return _hashes((path.name, path.read_bytes()) for path in fragments)


def _needed(files: Mapping[str, bytes], with_engine: bool) -> dict[str, bytes]:
    """Return the files without Pagefind's own pages and styles, its worker, and the engine for other languages; the
    engine of the first index works for all."""
    languages = json.loads(files[_ENTRY])["languages"] if with_engine else {}
    engines = {f"wasm.{entry['wasm'] or 'unknown'}.pagefind" for entry in languages.values()}
    return {
        path: content
        for path, content in files.items()
        if path.split("/")[0] in _KEPT or path in engines or path.endswith(".pf_meta")
    }


def _hashes(fragments: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the hashes that stand in the names of fragments by the addresses that stand in them."""
    return {_fragment(content)["url"]: PurePosixPath(name).stem for name, content in fragments}


def _fragment(content: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
    return value


def _page_text(site_dir: Path, file: str) -> str:
    path = site_dir / file
    if not file or not path.is_file():
        return ""
    page = path.read_text("utf-8")
    body = _BODY.search(page)
    return page[body.end() :].partition(_BODY_END)[0] if body else ""


def _document(item: Item, label: str, body: str) -> str:
    """Return an item as the HTML that Pagefind reads."""
    is_source = item.kind == "reference"  # a source is found by its words, but stands behind what uses it
    title, text = _WEIGHTS.get(item.kind, (4, 2))
    meta = {
        "source" if is_source else "title": item.title,
        "kind": label,
        "number": item.number,
        "place": item.place,
        "also": "; ".join(item.also),
        "about": "; ".join(item.about),
    }
    tags = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
        for name, value in meta.items()
        if value
    )
    more = "".join(f"<p>{html.escape(text)}</p>" for text in item.more)
    return (
        f"<html><head>{tags}</head><body data-pagefind-body>"
        f'<p data-pagefind-weight="{title}">{html.escape(item.title)}</p>'
        f'<p data-pagefind-weight="{text}">{html.escape(item.text)}</p>{more}{body}</body></html>'
    )
