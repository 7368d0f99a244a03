"""From the files of a project to its library.

`load` reads every file once. What cannot be read or does not fit its model is left out of the library and
told as problems; everything else is there, so that one run finds all problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.data import DATA_FILES, DataFile
from mkdocs_guidebook.content.data.book import Book
from mkdocs_guidebook.content.kinds import (
    ACTIVITY,
    ARTICLE,
    CHAPTER,
    CONTENT_FOLDERS,
    KINDS,
    PAGE,
    RECORD_KINDS,
    Kind,
)
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Entry, Library, Record
from mkdocs_guidebook.content.memory import Known, Memory
from mkdocs_guidebook.content.records import id_like, record_from
from mkdocs_guidebook.content.schema import validate
from mkdocs_guidebook.content.source import Unreadable, read_source
from mkdocs_guidebook.content.yaml12 import parse
from mkdocs_guidebook.problems import Place, Problem, nearest
from mkdocs_guidebook.workers import Crashed, batches, in_workers

_OTHER_ENDING = re.compile(r"(?!(?-i:\.md$))\.(md|mkd|mdown|markdown)$|\.md\.txt$", re.I)
"""Endings that people, or their editors, give to Markdown files."""
_MANY = 200
"""So many files are read sooner by several processes."""
_BATCH = 40
"""So many of them one of these reads at once."""
D = TypeVar("D", bound=BaseModel)


def load(root: Path, memory: Memory | None = None, jobs: int = 1) -> tuple[Library, list[Problem]]:
    """Load the project in the folder `root`; return its library and what is wrong with its files.

    What `memory` still knows is not read again. With `jobs`, many files are read by that many processes.
    """
    root = root.resolve()
    memory = memory or Memory()
    problems: list[Problem] = []
    entries: dict[str, Entry[BaseModel]] = {}
    broken: set[str] = set()
    misnamed = _misnamed(root)
    problems += misnamed.values()
    for file in DATA_FILES:
        if file.path in misnamed:
            broken.add(file.path)
            continue
        entry = memory.recall(root, file.path, partial(_load_data, root, file), problems)
        if entry is not None:
            entries[file.name] = entry
        elif file.required or (root / file.path).exists():
            broken.add(file.path)
    files = {kind: _files_of(root, kind, problems) for kind in KINDS}
    if jobs > 1:
        _read_ahead(root, files, memory, jobs)
    records: dict[str, list[Record[Any]]] = {kind.name: [] for kind in KINDS}
    unfinished: list[Record[Page]] = []
    for kind, paths in files.items():
        for path in paths:
            record = memory.recall(root, path, partial(_load_record, root, kind, path), problems)
            if record is not None and type(record.data) is kind.model:
                records[kind.name].append(record)
                continue
            broken.add(path)
            if record is not None:
                unfinished.append(record)

    book = entries.get("book")
    order = {id: number for number, id in enumerate(cast(Book, book.data).chapters)} if book else {}
    names = countries()
    return (
        Library(
            root=root,
            entries=entries,
            chapters=sorted(
                records[CHAPTER.name], key=lambda record: (order.get(record.id, len(order)), record.id)
            ),
            articles=sorted(
                records[ARTICLE.name],
                key=lambda record: (names.get(record.data.country or "", "~"), record.data.title, record.id),
            ),
            activities=sorted(
                records[ACTIVITY.name],
                key=lambda record: (record.data.place.name, record.data.title, record.id),
            ),
            pages=records[PAGE.name],
            unfinished=unfinished,
            broken=frozenset(broken),
            assets=frozenset(_assets_of(root, problems)),
        ),
        problems,
    )


def _read_ahead(root: Path, files: Mapping[Kind, Sequence[str]], memory: Memory, jobs: int) -> None:
    """Let several processes understand the files that `memory` does not know, so that it knows those without fault.

    What they do not get done is left to the one that asks.
    """
    wanted = [(kind, path) for kind, paths in files.items() for path in paths if memory.is_new(path)]
    if len(wanted) < _MANY:
        return
    parts = batches(wanted, _BATCH)

    def read(number: int) -> dict[str, Known]:
        part = Memory()
        for kind, path in parts[number]:
            part.recall(root, path, partial(_load_record, root, kind, path), [])
        return part.now_known()

    with suppress(Crashed):
        in_workers([part[0][1] for part in parts], read, jobs, lambda _, known: memory.ahead.update(known))


def load_data(root: Path, name: str, model: type[D]) -> D | None:
    """Return one data file of a project alone; None where it is not there or not right."""
    file = next(file for file in DATA_FILES if file.name == name)
    entry = _load_data(root.resolve(), file, None, [])
    return entry.data if entry is not None and isinstance(entry.data, model) else None


def content_files(root: Path) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the path of each data file, record and page that a project has, with the model of its values."""
    for file in DATA_FILES:
        if (root / file.path).is_file():
            yield file.path, file.model
    for kind in KINDS:
        for path in _files_of(root, kind, []):
            yield path, kind.model


def _load_data(
    root: Path, file: DataFile, known: Known | None, problems: list[Problem]
) -> Entry[BaseModel] | None:
    if not (root / file.path).exists() and not (root / file.path).is_symlink():
        if file.required:
            problems.append(
                Problem(
                    rules.UNREADABLE,
                    Place(file.path),
                    f"the file {file.path} is missing",
                    "Every project needs it; copy the one of the example and change it.",
                )
            )
        return None
    try:
        source = read_source(root, file.path)
    except Unreadable as error:
        problems.append(error.problem)
        return None
    if known and known.digest == source.digest and type(known.data) is file.model:
        return Entry(source, known.data, known.span)
    before = len(problems)
    document = parse(source, 0, len(source.text), problems)
    if len(problems) > before and document.value is None:
        return None
    data = validate(file.model, document, problems)
    return Entry(source, data, (0, len(source.text))) if data is not None else None


def _misnamed(root: Path) -> dict[str, Problem]:
    """Return the problems of data files and folders whose names are nearly right, by what they should be called."""
    found: dict[str, Problem] = {}

    def report(path: str, meant: str, hint: str) -> None:
        message = f"`{path}` is not read: did you mean `{meant}`?"
        found[meant] = Problem(rules.FILE_NAME, Place(path), message, hint)

    known = {file.path for file in DATA_FILES}
    for folder in ("data", CHAPTER.folder):
        here = [path for path in known if path.startswith(f"{folder}/") and not (root / path).exists()]
        near = {PurePosixPath(path).stem: path for path in sorted(here)}
        for file in sorted((root / folder).glob("*.y*ml")):
            if f"{folder}/{file.name}" not in known and (name := nearest(file.stem, near)):
                report(f"{folder}/{file.name}", near[name], f"Rename the file to {name}.yml.")
    folders = {re.sub("[^a-z0-9]", "", name): name for name in CONTENT_FOLDERS}
    for file in sorted(root.iterdir()):
        meant = folders.get(re.sub("[^a-z0-9]", "", file.name.lower()), file.name)
        if meant != file.name and not file.name.startswith(".") and any(file.glob("*.[my]*")):
            report(file.name, meant, f"Rename the folder to {meant}, or move its files there.")
    return found


def _files_of(root: Path, kind: Kind, problems: list[Problem]) -> list[str]:
    """Return the paths of the Markdown files of a collection, sorted."""
    folder = root / kind.folder
    if not folder.is_dir():
        return []
    if not _is_inside(folder, root):
        problems.append(_outside(kind.folder))
        return []
    found = folder.rglob("*.md") if kind.nested else folder.glob("*.md")
    paths = sorted(path.relative_to(root).as_posix() for path in found)
    paths = [path for path in paths if not _is_hidden(path)]
    if kind in RECORD_KINDS:
        paths = [path for path in paths if PurePosixPath(path).name.lower() not in ("readme.md", "index.md")]
        problems += [
            Problem(
                rules.FILE_NAME,
                Place(f"{kind.folder}/{path.name}"),
                f"the file name `{path.name}` does not end in .md, so that it is no record",
                f"Rename the file to {id_like(path.name.split('.')[0]) or 'new-record'}.md.",
            )
            for path in sorted(folder.iterdir())
            if not path.name.startswith((".", "~")) and (_OTHER_ENDING.search(path.name) or _is_record(path))
        ]
        deeper = sorted(path.relative_to(root).as_posix() for path in folder.glob("*/**/*.md"))
        problems += [
            Problem(
                rules.FILE_NAME,
                Place(path),
                "records of this collection do not lie in folders of their own",
                f"Move the file to {kind.folder}/.",
            )
            for path in deeper
            if not _is_hidden(path)
        ]
    return paths


def _is_record(path: Path) -> bool:
    """Whether a file without the ending of Markdown begins like a record, as editors of plain text save it."""
    with suppress(OSError):
        if path.suffix.lower() in ("", ".txt") and path.is_file():
            with path.open("rb") as stream:
                return stream.read(7).removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r"))
    return False


def _assets_of(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the paths of pictures and downloads, and report those that lead out of the project."""
    for kind in KINDS:
        folder = root / kind.folder
        for path in sorted(folder.rglob("*")) if _is_inside(folder, root) else ():
            name = path.relative_to(root).as_posix()
            if path.suffix in (".md", ".yml", ".yaml") or _is_hidden(name):
                continue
            if not _is_inside(path, root):
                problems.append(_outside(name))
            elif path.is_file():
                yield name


def _outside(path: str) -> Problem:
    return Problem(
        rules.OUTSIDE_PROJECT,
        Place(path),
        "this is a link to something outside the project, or to nothing",
        "Replace the link by a copy of what it leads to.",
    )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # RuntimeError: a symbolic link that leads to itself
        return False


def _load_record(
    root: Path, kind: Kind, path: str, known: Known | None, problems: list[Problem]
) -> Record[Any] | None:
    try:
        source = read_source(root, path)
    except Unreadable as error:
        problems.append(error.problem)
        return None
    if known and known.digest == source.digest and type(known.data) is kind.model:
        return Record(source, known.data, known.span, kind, Body(source, known.body), known.kept)
    return record_from(source, kind, problems)
