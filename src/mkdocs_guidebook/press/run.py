"""Making many documents: which are asked for, what is kept from the last time, and what went wrong.

A document's input is the Typst (or XHTML) that its writer makes, plus the pictures in it; its digest names it
in the cache, together with the versions of this package and of Typst. A document whose digest is known is
copied, not made.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.docx import ExtraMissing, docx_input, make_docx
from mkdocs_guidebook.press.epub import epub_parts, write_epub
from mkdocs_guidebook.press.pdf.compile import PressFailed, compile_pdf, typst_source
from mkdocs_guidebook.press.specs import Spec
from mkdocs_guidebook.problems import Problem, did_you_mean

FORMATS = ("pdf", "epub", "docx")
CACHE = Path(".guidebook") / "print"
"""Where made documents are kept, in the project's folder."""

Progress = Callable[[str, int, int], None]
"""Is told the step, how much of it is done, and how much there is."""


class Unwritable(Exception):
    """The folder for the documents cannot be written; the message says why."""


@dataclass
class Outcome:
    """What was made."""

    made: list[Path] = field(default_factory=list)
    reused: int = 0
    """How many of them were taken from the cache."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What could not be made for another reason, in plain sentences."""


@dataclass(frozen=True, slots=True)
class Order:
    """One file to make."""

    spec: Spec
    form: str


def choose(
    catalogue: Catalogue, ids: Iterable[str], packs: Iterable[str], form: str
) -> tuple[list[Order], list[str]]:
    """Return the files that are asked for, and a sentence for each name that cannot be made.

    Without ids and packs, all documents that exist in this format.
    """
    specs = catalogue.specs
    ids, packs = list(ids), list(packs)
    if not ids and not packs:
        return [Order(spec, form) for spec in specs.values() if form in spec.formats], []
    notes: list[str] = []
    wanted: list[Spec] = []
    for id in ids:
        if id in specs:
            wanted.append(specs[id])
        else:
            hint = did_you_mean(id, specs)
            notes.append(f"there is no document `{id}`{hint} (`guidebook print --list` shows all)")
    known = {spec.id.removeprefix("pack-"): spec for spec in specs.values() if spec.kind == "pack"}
    for name in packs:
        if name in known:
            wanted.append(known[name])
        else:
            have = f"there are: {', '.join(known)}" if known else "guidebook/book.yml names no packs"
            notes.append(f"there is no pack `{name}`{did_you_mean(name, known)} ({have})")
    orders = []
    for spec in dict.fromkeys(wanted):
        if form in spec.formats:
            orders.append(Order(spec, form))
        else:
            made = ", ".join(spec.formats).upper()
            notes.append(f"`{spec.id}` is not made as {form.upper()}, but as {made}")
    return orders, notes


def make(catalogue: Catalogue, spec: Spec, form: str = "pdf") -> bytes:
    """Return a document in a format; raise `PressFailed` where it cannot be made."""
    return _prepare(catalogue, Order(spec, form))[1]()


def make_all(
    catalogue: Catalogue,
    orders: Iterable[Order],
    folder: Path,
    progress: Progress = lambda step, done, total: None,
    cache: Path | None = None,
    jobs: int | None = None,
) -> Outcome:
    """Make documents into `folder`; earlier files of documents that cannot be made are left as they are.

    Raises `Unwritable` where the folder cannot be written.
    """
    orders = list(orders)
    outcome = Outcome()
    _ensure(folder)
    kept = _cache_folder(cache)
    step = "Making documents"
    progress(step, 0, len(orders))
    done = 0

    def one(
        order: Order, prepared: tuple[str, Callable[[], bytes]] | PressFailed
    ) -> tuple[Order, bytes | None, bool, PressFailed | str | None]:
        if isinstance(prepared, PressFailed):
            return order, None, False, prepared
        try:
            digest, writer = prepared
            known = kept / digest if kept else None
            if known is not None and known.is_file():
                data = known.read_bytes()
                if _is_whole(data, order.form):
                    return order, data, True, None
            data = writer()
            if known is not None:
                _write(known, data)
            return order, data, False, None
        except PressFailed as error:
            return order, None, False, error
        except ExtraMissing as error:
            return order, None, False, str(error)

    # Composing takes one converter, so it is done in turn here; typesetting runs beside it in threads.
    with ThreadPoolExecutor(jobs or min(4, os.cpu_count() or 1)) as pool:
        waiting = [pool.submit(one, order, _attempt(catalogue, order)) for order in orders]
        for future in waiting:
            order, data, reused, error = future.result()
            done += 1
            if isinstance(error, PressFailed):
                outcome.problems += error.problems
            elif error is not None:
                outcome.notes += [error] if error not in outcome.notes else []
            elif data is not None:
                path = folder / order.spec.file(order.form)
                try:
                    _write(path, data)
                except OSError as fault:
                    raise Unwritable(f"{path} cannot be written: {fault.strerror}") from fault
                outcome.made.append(path)
                outcome.reused += reused
            progress(step, done, len(orders))
    return outcome


def _attempt(catalogue: Catalogue, order: Order) -> tuple[str, Callable[[], bytes]] | PressFailed:
    try:
        return _prepare(catalogue, order)
    except PressFailed as error:
        return error


def _prepare(catalogue: Catalogue, order: Order) -> tuple[str, Callable[[], bytes]]:
    """Return the digest of a document's input, and what makes it."""
    press, document = catalogue.press, catalogue.document(order.spec)
    if order.form == "epub":
        parts = epub_parts(press, document)
        return _digest("epub", "", parts.values()), lambda: write_epub(press, parts)
    if order.form == "docx":
        return _digest("docx", "", [docx_input(press, document)]), lambda: make_docx(press, document)
    source, problems = typst_source(press, document)
    if problems:
        raise PressFailed(problems)
    pictures = sorted(set(re.findall(r'#picture\("/((?:[^"\\]|\\.)+)"', source)))
    files = [(press.library.root / path.replace('\\"', '"').replace("\\\\", "\\")) for path in pictures]
    pieces = [source.encode(), *(file.read_bytes() for file in files if file.is_file())]
    return _digest("pdf", press.date.isoformat(), pieces), lambda: compile_pdf(press, document, source)


def _digest(form: str, date: str, pieces: Iterable[bytes]) -> str:
    whole = hashlib.sha256(f"{form} {date} {_versions()}".encode())
    for piece in pieces:
        whole.update(len(piece).to_bytes(8, "big"))
        whole.update(piece)
    return f"{whole.hexdigest()}.{form}"


def _versions() -> str:
    return " ".join(f"{name} {metadata.version(name)}" for name in ("mkdocs-guidebook", "typst", "segno"))


def _is_whole(data: bytes, form: str) -> bool:
    """Whether a kept file is a complete one, and not the rest of an interrupted run."""
    if form == "pdf":
        return data.startswith(b"%PDF-") and b"%%EOF" in data[-32:]
    return data.startswith(b"PK") and b"PK\x05\x06" in data[-64:]


def _cache_folder(cache: Path | None) -> Path | None:
    """Return the cache's folder, made anew where it is missing; None where it cannot be written."""
    if cache is None:
        return None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        ignore = cache.parent / ".gitignore"
        if cache.parent.name == CACHE.parent.name and not ignore.exists():
            ignore.write_text("*\n", "utf-8")
    except OSError:
        return None
    return cache


def tidy(cache: Path, most: int = 400) -> None:
    """Delete the oldest documents of the cache when there are very many."""
    if cache.is_dir():
        files = sorted(cache.glob("*.*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[most:]:
            path.unlink(missing_ok=True)


def _ensure(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Unwritable(f"nothing can be written to {folder}: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
