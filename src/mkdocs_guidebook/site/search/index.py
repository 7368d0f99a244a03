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
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pagefind.service import get_executable

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.search.items import Item
from mkdocs_guidebook.site.search.words import words_file

FOLDER = "search"
"""Where the index lies in the site."""
NAMES = "results.json"
"""Pagefind's hashes of the items, in the order of the Library page."""
WORDS = "words.json"
"""Words that lead to each other."""
_STAMP = "made-from.txt"
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
_KEPT = ("pagefind.js", "pagefind-entry.json", "index", "fragment")
_WEIGHTS = {"recommendation": (8, 3), "chapter": (8, 3), "reference": (1, 1)}
"""How much the words of a title and of a summary count, by kind; the others: 4 and 2. Advice comes first."""
_VERSION = "1"
"""Changes when the same items would be indexed differently."""


class SearchFailed(Exception):
    """The index could not be made; the message says why and what to do."""


def make_index(
    site_dir: Path,
    items: Sequence[Item],
    pages: Mapping[str, str],
    terms: Iterable[GlossaryTerm],
    language: Language,
    previous: Path | None = None,
) -> bool:
    """Write the index of `items` into the built site, and return whether it had to be made.

    `pages` gives the file in the site of each page that items name, `terms` the glossary. `previous` is a site that was built before:
    its index is taken over when it was made from the same texts.
    """
    documents = [
        _document(item, language(f"kind.{item.kind}"), _page_text(site_dir, pages.get(item.page, "")))
        for item in items
    ]
    words = words_file(terms, documents, language)
    stamp = _stamp(items, documents, words, language.tag)
    target = site_dir / FOLDER
    for old in (target, *([previous / FOLDER] if previous else [])):
        if _is_made_from(old, stamp):
            if old != target:
                shutil.copytree(old, target, dirs_exist_ok=True)
            return False
    shutil.rmtree(target, ignore_errors=True)
    files = _needed(_index(items, documents, language.tag.split("-")[0]))
    files |= {NAMES: _names(files, items).encode(), WORDS: words.encode(), _STAMP: f"{stamp}\n".encode()}
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


def _stamp(items: Sequence[Item], documents: Sequence[str], words: str, language: str) -> str:
    digest = hashlib.sha256(f"{_VERSION} {language} {words}".encode())
    for item, document in zip(items, documents, strict=True):
        digest.update(f"\0{item.url}\0{document}".encode())
    return digest.hexdigest()


def _is_made_from(folder: Path, stamp: str) -> bool:
    try:
        return (folder / _STAMP).read_text("utf-8").strip() == stamp
    except OSError:
        return False


def _index(items: Sequence[Item], documents: Sequence[str], language: str) -> dict[str, bytes]:
    """Return the files of Pagefind's index.

    All requests are put in at once, in the form of its service: JSON in base64, with a comma behind each. Its
    Python package asks one at a time and waits a tenth of a second for each answer. The files come back as an
    answer, too: those that it writes itself may not be complete yet when it says so.
    """
    config = {"force_language": language, "keep_index_url": True, "exclude_selectors": list(_EXCLUDED)}
    payloads: list[dict[str, Any]] = [{"type": "NewIndex", "config": config}]
    payloads += [
        {"type": "AddFile", "index_id": 0, "url": item.url, "file_contents": document}
        for item, document in zip(items, documents, strict=True)
    ]
    payloads.append({"type": "GetFiles", "index_id": 0})
    program = get_executable()
    if program is None:
        raise SearchFailed("the search engine is missing: install the package pagefind[bin]")
    requests = b"".join(_request(number, payload) for number, payload in enumerate(payloads, 1))
    try:
        answers = [answer["payload"] for answer in _ask(program, requests, len(payloads))]
    except OSError as error:
        raise SearchFailed(f"the search engine did not run: {error}") from error
    for answer in answers:
        if answer["type"] == "Error":
            raise SearchFailed(f"the search index could not be made: {answer['message']}")
        if answer["type"] == "GetFiles":
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    raise SearchFailed("the search index could not be made: the search engine stopped early")


def _ask(program: Path, requests: bytes, number: int) -> Iterator[dict[str, Any]]:
    """Put all requests to Pagefind's service and yield its answers; it stops at the end of its input."""
    with subprocess.Popen(
        [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin  # noqa: S101 - for the type
        assert isinstance(process.stdout, BufferedReader)  # noqa: S101
        writer = threading.Thread(target=_put, args=(process.stdin, requests), daemon=True)
        writer.start()
        rest = b""
        while number > 0 and (piece := process.stdout.read1(1 << 16)):
            *answers, rest = (rest + piece).split(b",")
            for answer in answers:
                number -= 1
                yield json.loads(base64.b64decode(answer))
        process.kill()
        writer.join()


def _put(pipe: IO[bytes], requests: bytes) -> None:
    with suppress(BrokenPipeError):  # it stopped early: its answers tell
        pipe.write(requests)
        pipe.flush()


def _request(number: int, payload: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files without Pagefind's own pages and styles, its worker, and the engine for other languages."""
    languages = json.loads(files["pagefind-entry.json"])["languages"]
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
