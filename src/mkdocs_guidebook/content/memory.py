"""What was read before: files that are still the same are not understood again.

Within a process, a file counts as the same for as long as its size, time and inode are. From one process to the
next, what faultless files hold is kept by the digest of their bytes, in a form of which nothing but values of our
own models can come.
"""

from __future__ import annotations

import importlib
import io
import pickle
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from mkdocs_guidebook.content.library import Entry, Record
from mkdocs_guidebook.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file without fault holds."""

    digest: str
    """SHA-256 of the file's bytes."""
    data: BaseModel
    span: tuple[int, int] | None
    body: int
    """Where its body begins."""
    kept: dict[str, str]
    """See `Record.kept`."""


@dataclass
class Memory:
    """Files that were read already; one that is still the same is not read again."""

    known: Mapping[str, Known] = field(default_factory=dict)
    """What earlier processes have read, by path."""
    ahead: dict[str, Known] = field(default_factory=dict)
    """What other processes have read for this one, by path."""
    _read: dict[str, tuple[object, Any, list[Problem]]] = field(default_factory=dict)

    def is_new(self, path: str) -> bool:
        """Whether nothing is known of the file at `path`."""
        return not (path in self.known or path in self._read or path in self.ahead)

    def recall(
        self,
        root: Path,
        path: str,
        read: Callable[[Known | None, list[Problem]], T],
        problems: list[Problem],
    ) -> T:
        """Return what `read` made of the file at `path`, now or earlier, and add what it found to `problems`.

        It is given what is known of the file, which may have changed since.
        """
        stamp = _stamp(root / path)
        last = self._read.get(path)
        if last is None or stamp is None or last[0] != stamp:
            found: list[Problem] = []
            last = self._read[path] = (
                stamp,
                read(self.known.get(path) or self.ahead.pop(path, None), found),
                found,
            )
        problems += last[2]
        return cast(T, last[1])

    def now_known(self) -> dict[str, Known]:
        """Return what the files without fault hold."""
        return {
            path: Known(entry.source.digest, entry.data, entry.span, *_body_of(entry))
            for path, (_, entry, found) in self._read.items()
            if isinstance(entry, Entry) and not found
        }


def _body_of(entry: Entry[BaseModel]) -> tuple[int, dict[str, str]]:
    return (entry.body.start, entry.kept) if isinstance(entry, Record) else (0, {})


def _stamp(file: Path) -> object:
    """Return what tells whether an ordinary file is still the same; None where that is not known."""
    try:
        found = file.lstat()
    except OSError:
        return None
    same = (found.st_size, found.st_mtime_ns, found.st_ino)
    return same if stat.S_ISREG(found.st_mode) else None


# From one process to the next

_VALUES = frozenset((("datetime", "date"), ("decimal", "Decimal")))
"""What our models hold beside texts, numbers, lists and each other."""


class _Values(pickle.Unpickler):
    """Reads values of our models and nothing that could be called."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        if module.startswith(("mkdocs_guidebook.content.", "mkdocs_guidebook.problems")) and "." not in name:
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a model")


def as_bytes(program: str, known: Mapping[str, Known]) -> bytes:
    """Return what is known of files in a form for the disk; `program` is what has found it out."""
    return pickle.dumps((program, dict(known)), protocol=5)


def from_bytes(program: str, content: bytes) -> dict[str, Known]:
    """Return what `as_bytes` was given; nothing where another program wrote it, or it is damaged."""
    try:
        writer, known = _Values(io.BytesIO(content)).load()
    except Exception:  # whatever damaged bytes lead to
        return {}
    if writer != program or not isinstance(known, dict):
        return {}
    return {path: value for path, value in known.items() if isinstance(value, Known)}
