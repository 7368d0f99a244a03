"""What a check is, and what it is given: the library, its passages, and today's date."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from mkdocs_guidebook.content.library import Entry, Library, Record
from mkdocs_guidebook.content.walking import Marked, walk
from mkdocs_guidebook.markup.links import Target, anchors, understand
from mkdocs_guidebook.markup.outline import Link, Passage, passages
from mkdocs_guidebook.markup.surface import digest, surface_of
from mkdocs_guidebook.problems import Problem, Rule


@dataclass(frozen=True)
class Content:
    """A library as checks see it."""

    library: Library
    today: datetime.date
    only: Container[str] | None = None
    """The paths of the files that are looked at; without it: all."""
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @property
    def files(self) -> Iterator[Entry[BaseModel]]:
        """The files that are looked at."""
        return (entry for entry in self.library.files if self.only is None or entry.path in self.only)

    @property
    def bodies(self) -> Iterator[Record[BaseModel]]:
        """Those of them that have a body."""
        return (entry for entry in self.files if isinstance(entry, Record))

    @cached_property
    def marked(self) -> list[tuple[Entry[BaseModel], Marked]]:
        """All values of front matter and data that refer to something or hold prose, file by file."""
        return [(entry, marked) for entry in self.files for marked in walk(entry.data)]

    @cached_property
    def passages(self) -> list[Passage]:
        """All Markdown of the project, file by file."""
        marked: dict[str, list[Marked]] = {}
        for entry, value in self.marked:
            marked.setdefault(entry.path, []).append(value)
        return [passage for entry in self.files for passage in passages(entry, marked.get(entry.path, ()))]

    @cached_property
    def links(self) -> list[tuple[Passage, Link, Target]]:
        """All links and images, and where they lead."""
        return [
            (passage, link, understand(self.library, passage.entry.path, link.target))
            for passage in self.passages
            for link in passage.links
        ]

    def anchors(self, path: str) -> frozenset[str]:
        """Return the anchors of the page that the record or data file at `path` becomes."""
        if path not in self._anchors:
            self._anchors[path] = frozenset(anchors(self.library, path))
        return self._anchors[path]


Finder = Callable[[Content], Iterator[Problem]]


@dataclass(frozen=True)
class Check:
    """A rule and the function that looks for what breaks it."""

    rule: Rule
    find: Finder
    each_file: bool = False
    """Whether it looks at one file after the other, and at the surface of the others only (see `Clean`)."""


@dataclass
class Clean:
    """Files that checks of each file have found without fault, so that these need not look again.

    What such a check finds in a file depends on the file and on its surroundings: data files, the surface of
    the other files (see `surface`), what lies beside them, and the day. A file is known by a digest of all that.
    """

    program: str
    """Changes with whatever may judge otherwise."""
    known: Set[str]
    """The digests of files that were without fault before."""
    found: set[str] = field(default_factory=set)
    """Those of now."""

    def digests(self, library: Library, on: datetime.date) -> dict[str, str]:
        """Return the digest of each file, in its surroundings, by its path."""
        around = digest(
            [
                self.program,
                on.isoformat(),
                repr(library.book),
                *(entry.source.digest for entry in library.entries.values()),
                *(surface_of(record) for record in library.bodies),
                *sorted(library.broken),
                *(f"{path} {_fingerprint(library.root / path)}" for path in sorted(library.assets)),
            ]
        )
        return {entry.path: digest([around, entry.path, entry.source.digest]) for entry in library.files}


def _fingerprint(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def check_each_file(rule: Rule) -> Callable[[Callable[[Content, Rule], Iterator[Problem]]], Check]:
    """Make a check as `check` does, of a function that looks only at files, passages, marked values and links."""

    def decorate(function: Callable[[Content, Rule], Iterator[Problem]]) -> Check:
        return Check(rule, lambda content: function(content, rule), each_file=True)

    return decorate


def check(rule: Rule) -> Callable[[Callable[[Content, Rule], Iterator[Problem]]], Check]:
    """Make a check of a function that yields the problems of one rule."""

    def decorate(function: Callable[[Content, Rule], Iterator[Problem]]) -> Check:
        return Check(rule, lambda content: function(content, rule))

    return decorate


def in_passage(
    rule: Rule, passage: Passage, start: int, end: int, message: str, hint: str, allowed: tuple[str, ...] = ()
) -> Problem:
    """Return a problem at ``passage.text[start:end]``."""
    return passage.entry.problem(rule, passage.place(start, end), message, hint, allowed)


def at_key(
    rule: Rule,
    entry: Entry[BaseModel],
    key: tuple[str | int, ...],
    message: str,
    hint: str,
    allowed: tuple[str, ...] = (),
) -> Problem:
    """Return a problem at a value of the front matter."""
    return entry.problem(rule, entry.place(key), message, hint, allowed)
