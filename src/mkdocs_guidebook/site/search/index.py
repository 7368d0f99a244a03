"""Pagefind's index: one entry an item, with the text of its built page.

Each item becomes a small HTML document of its own, and not the page as it is: a recommendation, a term and a
source are results of their own, and nothing of the frame, the lists of sources or the words gets in. Its title
counts most, then its other words, then its summary, then the text. Written with Pagefind 1.5.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import queue
import re
import shutil
import subprocess
import threading
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.search.items import Item
from mkdocs_guidebook.site.search.words import words_file, words_of

FOLDER = "search"
"""Where the index lies in the site."""
NAMES = "results.json"
"""Pagefind's hashes of the items, in the order of the Library page."""
WORDS = "words.json"
"""Words that lead to each other."""
_STAMP = "made-from.txt"
_ENTRY = "pagefind-entry.json"
_BODY = re.compile(r'<article class="gb-page[^"]*">(.*?)</article>', re.S)
_EXCLUDED = (
    "header",
    "nav",
    "form",
    "button",
    "svg",
    "table.gb-figures thead",
    ".gb-hidden",
    ".gb-end",
    ".gb-label",
    ".gb-note",
    ".gb-cites",
    ".gb-more-on",
    ".gb-panel",
    ".gb-map",
    ".gb-missing",
    ".gb-recommendation",
    ".gb-exercise",
    ".headerlink",
)
"""What is not text of the page: its frame, and what is a result of its own."""
_KEPT = ("pagefind.js", _ENTRY, "index", "fragment")
_WEIGHTS = {"recommendation": (8, 3), "chapter": (8, 3), "reference": (1, 1)}
"""How much the words of a title and of a summary count, by kind; the others: 4 and 2. Advice comes first."""
_VERSION = "1"
"""Changes when the same items would be indexed differently."""


_WAITING = 64
"""So many documents wait for the engine at most, so that memory does not hold the site."""


class SearchFailed(Exception):
    """The index could not be made; the message says why and what to do."""


@dataclass
class Documents:
    """What Pagefind reads of a site: one small page an item, each there as soon as its page is."""

    site_dir: Path
    items: Sequence[Item]
    pages: Mapping[str, str]
    """The file in the site of each page that items name."""
    language: Language
    words: list[list[str]] = field(default_factory=list)
    """The words of the documents that are there, which are those of the first items."""
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    _engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """Where they are put in, while others are still made. It brings threads, behind which no process is forked."""
        if self._engine is None:
            self._engine = Engine(self.language)
        return self._engine

    def go_on(self, made: Container[str] | None = None) -> None:
        """Read the documents of items whose pages are `made`, up to the first that is not, or for which the engine has no
        room yet; without it: of all."""
        for item in self.items[len(self.words) :]:
            if made is not None and (self.engine.is_busy or (item.page and item.page not in made)):
                return
            text = _page_text(self.site_dir, self.pages.get(item.page, ""))
            document = _document(item, self.language(f"kind.{item.kind}"), text)
            self.words.append(words_of(document))
            self._digest.update(f"\0{item.url}\0{document}".encode())
            self.engine.put(item.url, document)

    def stamp(self, words: str) -> str:
        """Return what is the same for as long as the index of all documents is; `words` is the file of words."""
        self._digest.update(f"\0{_VERSION} {self.language.tag} {words}".encode())
        return self._digest.hexdigest()

    def end(self) -> None:
        """Let the engine go, if it runs: no index is made."""
        if self._engine:
            self._engine.stop()


def make_index(documents: Documents, terms: Iterable[GlossaryTerm], previous: Path | None = None) -> bool:
    """Write the index into the built site, and return whether it had to be made.

    `terms` is the glossary. `previous` is a site that was built before: its index is taken over when it was made
    from the same texts.
    """
    documents.go_on()
    words = words_file(terms, documents.words, documents.language)
    stamp = documents.stamp(words)
    target = documents.site_dir / FOLDER
    for old in (target, *([previous / FOLDER] if previous else [])):
        if _is_made_from(old, stamp):
            documents.end()
            if old != target:
                shutil.copytree(old, target, dirs_exist_ok=True)
            return False
    shutil.rmtree(target, ignore_errors=True)
    files = _needed(documents.engine.files())
    files |= {
        NAMES: _names(files, documents.items).encode(),
        WORDS: words.encode(),
        _STAMP: f"{stamp}\n".encode(),
    }
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return True


def _page_text(site_dir: Path, file: str) -> str:
    path = site_dir / file
    if not file or not path.is_file():
        return ""
    match = _BODY.search(path.read_text("utf-8"))
    return match[1] if match else ""


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


def _is_made_from(folder: Path, stamp: str) -> bool:
    try:
        return (folder / _STAMP).read_text("utf-8").strip() == stamp
    except OSError:
        return False


class Engine:
    """Pagefind's service: takes documents one after the other, and gives the files of their index.

    Requests go in as they come, in the form of the service: JSON in base64, with a comma behind each. Its Python
    package asks one at a time and waits a tenth of a second for each answer. The files come back as an answer,
    too: those that it writes itself may be empty still when it says that they are written, and even when it has ended.
    """

    def __init__(self, language: Language) -> None:
        from pagefind.service import get_executable  # it brings asyncio: only where an index is made

        program = get_executable()
        if program is None:
            raise SearchFailed("the search engine is missing: install the package pagefind[bin]")
        try:
            self._process = subprocess.Popen(
                [program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SearchFailed(f"the search engine did not run: {error}") from error
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._files: list[dict[str, str]] | None = None
        self._wrong: list[str] = []
        self._number = self._done = 0
        self._has_ended = False
        self._news = threading.Condition()
        """That there is one more answer, or that there will be none."""
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._send, self._read)]
        for thread in self._threads:
            thread.start()
        config = {
            "force_language": language.tag.split("-")[0],
            "keep_index_url": True,
            "exclude_selectors": list(_EXCLUDED),
        }
        self._ask({"type": "NewIndex", "config": config})

    @property
    def is_busy(self) -> bool:
        """Whether what is put in now would have to wait."""
        return self._number - self._done >= _WAITING and not self._has_ended

    def put(self, url: str, document: str) -> None:
        """Put a document in."""
        self._ask({"type": "AddFile", "index_id": 0, "url": url, "file_contents": document})

    def files(self) -> dict[str, bytes]:
        """Return the files of the index; the engine ends with this. Raises `SearchFailed`."""
        self._ask({"type": "GetFiles", "index_id": 0})
        with self._news:
            self._news.wait_for(lambda: self._has_ended)
        self.stop()
        if self._wrong:
            raise SearchFailed(f"the search index could not be made: {self._wrong[0]}")
        if self._files is None:
            raise SearchFailed("the search index could not be made: the search engine stopped early")
        return {file["path"]: base64.b64decode(file["content"]) for file in self._files}

    def stop(self) -> None:
        """End the engine, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._requests.put(b"")
        for thread in self._threads:
            thread.join()

    def _ask(self, payload: dict[str, Any]) -> None:
        with self._news:
            self._news.wait_for(lambda: not self.is_busy)
        self._number += 1
        self._requests.put(_request(self._number, payload))

    def _send(self) -> None:
        """Send requests until there are no more; the engine stops at the end of its input."""
        assert self._process.stdin  # noqa: S101 - for the type
        with suppress(BrokenPipeError), self._process.stdin as pipe:  # it stopped early: its answers tell
            while request := self._requests.get():
                pipe.write(request)
                if self._requests.empty():
                    pipe.flush()

    def _read(self) -> None:
        """Read the answers, each of which makes room for one more request, up to that with the files or an error."""
        assert isinstance(self._process.stdout, BufferedReader)  # noqa: S101 - for the type
        pieces: list[bytes] = []  # of an answer that is not whole yet; the last one is as large as the index
        while not (self._files or self._wrong) and (piece := self._process.stdout.read1(1 << 20)):
            *ends, rest = piece.split(b",")
            for end in ends:
                self._take(json.loads(base64.b64decode(b"".join([*pieces, end])))["payload"])
                pieces.clear()
            pieces.append(rest)
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def _take(self, answer: dict[str, Any]) -> None:
        match answer["type"]:
            case "Error":
                self._wrong.append(answer["message"])
            case "GetFiles":
                self._files = answer["files"]
        with self._news:
            self._done += 1
            self._news.notify_all()


def _request(number: int, payload: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files without Pagefind's own pages and styles, its worker, and the engine for other languages."""
    languages = json.loads(files[_ENTRY])["languages"]
    engines = {f"wasm.{entry['wasm'] or 'unknown'}.pagefind" for entry in languages.values()}
    return {
        path: content
        for path, content in files.items()
        if path.split("/")[0] in _KEPT or path in engines or path.endswith(".pf_meta")
    }


def _names(files: Mapping[str, bytes], items: Sequence[Item]) -> str:
    """Return Pagefind's hashes of the items, in their order."""
    hashes = {
        _fragment(content)["url"]: PurePosixPath(path).stem
        for path, content in files.items()
        if path.endswith(".pf_fragment")
    }
    return json.dumps([hashes[item.url] for item in items], separators=(",", ":"))


def _fragment(content: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
    return value
