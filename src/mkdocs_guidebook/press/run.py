"""Making many documents: which are asked for, what is kept from the last time, and what went wrong.

A document's input is the Typst (or XHTML) that its writer makes, plus the pictures in it. One whose input is that
of a kept document (kept.py) is copied, not made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.press.ahead import make_ahead
from mkdocs_guidebook.press.assemble import assemble
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.docx import ExtraMissing, docx_input, make_docx
from mkdocs_guidebook.press.epub import epub_parts, write_epub
from mkdocs_guidebook.press.kept import Kept, digest_of
from mkdocs_guidebook.press.pdf.compile import compile_pdf, forget, has_typeset, typst_source
from mkdocs_guidebook.press.refusals import PressFailed
from mkdocs_guidebook.press.specs import Spec, sources_of
from mkdocs_guidebook.problems import Problem, did_you_mean, in_reading_order
from mkdocs_guidebook.workers import in_workers, processes

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


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an order: the document, or what went wrong."""

    data: bytes | None = None
    digest: str = ""
    is_kept: bool = False
    """Whether it was kept from the last time."""
    problems: tuple[Problem, ...] = ()
    note: str = ""


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
    jobs: int = 0,
) -> Outcome:
    """Make documents into `folder`; earlier files of documents that cannot be made are left as they are.

    `jobs` is the number of processes that make them; 0 for one on each processor. Raises `Unwritable` where the
    folder cannot be written, and `Crashed` where a document is not made for a reason that nobody foresaw.
    """
    orders = list(orders)
    _ensure(folder)
    kept = Kept(cache, catalogue.press)
    ends: dict[Order, Made] = {}

    def done(order: Order, made: Made) -> None:
        if made.data is not None:
            if made.digest:
                kept.know(order.file, made.digest)
            if not made.is_kept:
                kept.keep(made.digest, made.data)
            _write(folder / order.file, made.data)
        ends[order] = replace(made, data=made.data and b"")  # it has been written
        progress("Making documents", len(ends), len(orders))

    progress("Making documents", 0, len(orders))
    for order in orders:
        if (data := kept.unchanged(order.file)) is not None:
            done(order, Made(data, is_kept=True))
    # The large ones first, or the last process works alone for long.
    waiting = sorted(
        (order for order in orders if order not in ends),
        key=lambda order: _size(catalogue, order),
        reverse=True,
    )
    jobs = 1 if has_typeset() else processes(jobs)
    make_ahead(catalogue, [order.spec for order in waiting], jobs)
    in_workers(
        [order.file for order in waiting],
        lambda number: _made(catalogue, kept, waiting[number], alone=len(waiting) == 1),
        jobs if len(waiting) > 1 else 1,
        lambda number, made: done(waiting[number], made),
    )
    kept.note()
    return _outcome(folder, {order: ends[order] for order in orders})


def _size(catalogue: Catalogue, order: Order) -> int:
    """Return the number of records that a document is made of."""
    return len(sources_of(order.spec, catalogue.press.library))


def _made(catalogue: Catalogue, kept: Kept, order: Order, *, alone: bool) -> Made:
    """Make a document, unless one of the same input is kept. `alone`: no other is made after it."""
    try:
        digest, make = _prepare(catalogue, order)
        if (data := kept.of(digest)) is not None:
            return Made(data, digest, is_kept=True)
        data = make()
    except PressFailed as error:
        return Made(problems=tuple(error.problems))
    except ExtraMissing as error:
        return Made(note=str(error))
    if order.form == "pdf" and not alone and _size(catalogue, order) > 1:
        forget()
    return Made(data, digest)


def _outcome(folder: Path, ends: Mapping[Order, Made]) -> Outcome:
    """Return what became of all orders."""
    return Outcome(
        made=[folder / order.file for order, made in ends.items() if made.data is not None],
        reused=sum(made.is_kept for made in ends.values()),
        problems=in_reading_order(problem for made in ends.values() for problem in made.problems),
        notes=list(dict.fromkeys(made.note for made in ends.values() if made.note)),
    )


def _prepare(catalogue: Catalogue, order: Order) -> Prepared:
    """Return the digest of a document's input, and what makes it; raise `PressFailed` where it has problems."""
    press = catalogue.press
    assembled = assemble(press, catalogue.document(order.spec))
    source = typst_source(assembled) if order.form == "pdf" else ""
    if assembled.problems:
        raise PressFailed(assembled.problems)
    if order.form == "epub":
        parts = epub_parts(assembled)
        return digest_of("epub", "", parts.values()), lambda: write_epub(press, parts)
    pictures = [data for _, data in sorted(assembled.pictures.items())]
    if order.form == "docx":
        return digest_of("docx", "", [docx_input(assembled), *pictures]), lambda: make_docx(assembled)
    return digest_of("pdf", press.date.isoformat(), [source.encode(), *pictures]), lambda: compile_pdf(
        assembled, source
    )


def _ensure(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Unwritable(f"nothing can be written to {folder}: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror}") from error
