"""From bytes on disk to text with places: the only room that opens content files."""

from __future__ import annotations

import hashlib
import re
import stat
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.problems import Place, Problem, Rule

MOST_BYTES = 1_000_000
"""The largest record or page that is read, in bytes."""
MOST_BYTES_OF_DATA = 5_000_000
"""The largest data file that is read, in bytes: a bibliography of 10,000 sources has three million."""

# C0 and C1 controls but tab and line feed; line separators that YAML and editors count differently;
# marks that reorder text ("Trojan Source", CVE-2021-42574); a byte-order mark inside the text; private-use
# characters, which word processors leave behind and which our own marks use inside (see `markup.marks`).
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufeff\ufffe\uffff]"
)
"""Characters that no content file may hold."""


@dataclass(frozen=True)
class Source:
    """The text of one file, with line feeds only and without a byte-order mark."""

    path: str
    """Path relative to the project, with forward slashes."""
    text: str
    """The whole text."""
    digest: str = field(default="", repr=False)
    """SHA-256 of the file's bytes, in hexadecimal."""

    @cached_property
    def line_starts(self) -> array[int]:
        """The index in `text` of the beginning of each line, and behind the last one."""
        return array("I", accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    @property
    def line_count(self) -> int:
        """How many lines there are; behind a last line feed there is an empty one."""
        return len(self.line_starts) - 1

    def line(self, number: int) -> str:
        """Return a line without its end; they count from 1."""
        start, end = self.line_starts[number - 1 : number + 1]
        return self.text[start : end - 1]

    def offset(self, line: int, column: int) -> int:
        """Return the index in `text` of a line and column that count from 1."""
        return self.line_starts[min(line, self.line_count) - 1] + column - 1

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the place of the range of `text` from index `start` up to `end`."""
        if start == len(self.text) and self.text.endswith("\n"):
            start -= 1  # behind the last line feed editors show no line
        line = bisect_right(self.line_starts, start)
        column = start - self.line_starts[line - 1] + 1
        if end is None or end <= start:
            return Place(self.path, line, column)
        end_line = bisect_right(self.line_starts, end)
        end_column = end - self.line_starts[end_line - 1] + 1
        return Place(self.path, line, column, end_line, end_column)

    def problem(
        self, rule: Rule, place: Place, message: str, hint: str, allowed: tuple[str, ...] = ()
    ) -> Problem:
        """Return a problem of this file, with the line that the place points at."""
        line = self._told.get(place.line)
        if line is None:
            line = self._told[place.line] = self.line(place.line) if place.line <= self.line_count else ""
        return Problem(rule, place, message, hint, allowed, line)

    @cached_property
    def _told(self) -> dict[int, str]:
        """The lines of which problems were told: many of one long line would else hold many copies of it."""
        return {}


class Unreadable(Exception):
    """A file that cannot become a `Source`; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def most_bytes(path: str) -> int:
    """Return how large the content file at a path may be, in bytes."""
    return MOST_BYTES_OF_DATA if path.endswith(".yml") else MOST_BYTES


def read_source(root: Path, path: str) -> Source:
    """Read the file at `path`, relative to the project folder `root`.

    Raises `Unreadable` when the file leaves the project, is too large or cannot be read as UTF-8 text.
    """
    file = root / path
    place = Place(path)

    def refuse(rule: Rule, message: str, hint: str, at: Place = place, line: str = "") -> Unreadable:
        return Unreadable(Problem(rule, at, message, hint, source_line=line))

    try:
        real = file.resolve(strict=True)
        if not (real.is_relative_to(root) or real.is_relative_to(root.resolve())):
            raise refuse(
                rules.OUTSIDE_PROJECT,
                "this file is a link to a file outside the project",
                "Replace the link by a copy of the file.",
            )
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refuse(
                rules.UNREADABLE, "this is not an ordinary file", "Remove it from the content folder."
            )
        size = status.st_size
        most = most_bytes(path)
        if size > most:
            raise refuse(
                rules.TOO_LARGE,
                f"this file has {size / 1e6:.1f} MB; at most {most / 1e6:.0f} MB are read",
                "Move pictures into files of their own, or split the text into several records.",
            )
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: a symbolic link that leads to itself
        reason = getattr(error, "strerror", None) or "the path leads in a circle"
        raise refuse(
            rules.UNREADABLE,
            f"this file cannot be read: {reason}",
            "Check that the file exists, that its name is spelt right and that you may read it.",
        ) from None

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _with_line_feeds(raw[: error.start].decode("utf-8-sig", "replace")).split("\n")
        line, column = len(before), len(before[-1]) + 1
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        raise refuse(
            rules.NOT_UTF8,
            "this file is stored as UTF-16, not as UTF-8"
            if utf16
            else f"the sign here is not stored as UTF-8 (byte 0x{raw[error.start]:02X})",
            "Open the file in an editor and save it again with the encoding “UTF-8”.",
            Place(path, line, column),
            "" if utf16 else _with_line_feeds(raw.decode("utf-8-sig", "replace")).split("\n")[line - 1],
        ) from None
    source = Source(path, _with_line_feeds(text), hashlib.sha256(raw).hexdigest())
    if found := CONTROL.search(source.text):
        raise Unreadable(control_character(source, found.start(), found.end(), found.group()))
    return source


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def control_character(source: Source, start: int, end: int, character: str) -> Problem:
    """Return the problem that ``source.text[start:end]`` is, or stands for, a character of `CONTROL`."""
    return source.problem(
        rules.CONTROL_CHARACTER,
        source.place(start, end),
        f"there is a character here that is no text (U+{ord(character):04X})",
        "Delete it and type the text around it again.",
    )
