"""Making many documents: which are asked for, what is kept from the last time, and what went wrong.

A document's input is the Typst (or XHTML) that its writer makes, plus the pictures in it. One whose input is that
of a kept document (kept.py) is copied, not made.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.docx import ExtraMissing, docx_input, make_docx
from mkdocs_guidebook.press.epub import epub_parts, write_epub
from mkdocs_guidebook.press.kept import Kept, digest_of
from mkdocs_guidebook.press.pdf.compile import PressFailed, compile_pdf, typst_source
from mkdocs_guidebook.press.specs import Spec
from mkdocs_guidebook.problems import Problem, did_you_mean

FORMATS = ("pdf", "epub", "docx")

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

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.spec.file(self.form)


Prepared: TypeAlias = tuple[str, Callable[[], bytes]]
"""The digest of a document's input, and what makes the document."""
Made: TypeAlias = tuple[Order, bytes | None, bool, PressFailed | str | None]
"""What became of an order: the document, whether it was kept from the last time, or what went wrong."""


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
    kept = Kept(cache, catalogue.press)
    step = "Making documents"
    progress(step, 0, len(orders))
    done = 0

    def one(order: Order, prepared: Prepared | PressFailed | bytes) -> Made:
        if isinstance(prepared, bytes):
            return order, prepared, True, None
        if isinstance(prepared, PressFailed):
            return order, None, False, prepared
        try:
            digest, writer = prepared
            data = kept.of(digest, order.file)
            if data is not None:
                return order, data, True, None
            data = writer()
            kept.keep(digest, order.file, data)
            return order, data, False, None
        except PressFailed as error:
            return order, None, False, error
        except ExtraMissing as error:
            return order, None, False, str(error)

    # Composing takes one converter, so it is done in turn here; typesetting runs beside it in threads.
    with ThreadPoolExecutor(jobs or min(4, os.cpu_count() or 1)) as pool:
        waiting = [
            pool.submit(one, order, kept.unchanged(order.file) or _attempt(catalogue, order))
            for order in orders
        ]
        for future in waiting:
            order, data, reused, error = future.result()
            done += 1
            if isinstance(error, PressFailed):
                outcome.problems += error.problems
            elif error is not None:
                outcome.notes += [error] if error not in outcome.notes else []
            elif data is not None:
                path = folder / order.file
                try:
                    write_whole(path, data)
                except OSError as fault:
                    raise Unwritable(f"{path} cannot be written: {fault.strerror}") from fault
                outcome.made.append(path)
                outcome.reused += reused
            progress(step, done, len(orders))
    kept.note()
    return outcome


def _attempt(catalogue: Catalogue, order: Order) -> Prepared | PressFailed:
    try:
        return _prepare(catalogue, order)
    except PressFailed as error:
        return error


def _prepare(catalogue: Catalogue, order: Order) -> Prepared:
    """Return the digest of a document's input, and what makes it."""
    press, document = catalogue.press, catalogue.document(order.spec)
    if order.form == "epub":
        parts = epub_parts(press, document)
        return digest_of("epub", "", parts.values()), lambda: write_epub(press, parts)
    if order.form == "docx":
        return digest_of("docx", "", [docx_input(press, document)]), lambda: make_docx(press, document)
    source, problems = typst_source(press, document)
    if problems:
        raise PressFailed(problems)
    pictures = sorted(set(re.findall(r'#picture\("/((?:[^"\\]|\\.)+)"', source)))
    files = [(press.library.root / path.replace('\\"', '"').replace("\\\\", "\\")) for path in pictures]
    pieces = [source.encode(), *(file.read_bytes() for file in files if file.is_file())]
    return digest_of("pdf", press.date.isoformat(), pieces), lambda: compile_pdf(press, document, source)


def _ensure(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Unwritable(f"nothing can be written to {folder}: {error.strerror}") from error
