"""From bytes on disk to text with places: the only room that opens content files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.problems import Place, Problem, Rule

MOST_BYTES = 1_000_000
"""The largest content file that is read, in bytes."""

# C0 and C1 controls but tab and line feed; line separators that YAML and editors count differently;
# marks that reorder text ("Trojan Source", CVE-2021-42574); a byte-order mark inside the text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


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
    def lines(self) -> list[str]:
        """The lines without their ends; the first has the index 0."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def offset(self, line: int, column: int) -> int:
        """Return the index in `text` of a line and column that count from 1."""
        return self._starts[min(line, len(self.lines)) - 1] + column - 1

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the place of the range of `text` from index `start` up to `end`."""
        from bisect import bisect_right

        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        if end is None or end <= start:
            return Place(self.path, line, column)
        end_line = bisect_right(self._starts, end)
        end_column = end - self._starts[end_line - 1] + 1
        return Place(self.path, line, column, end_line, end_column)

    def problem(
        self, rule: Rule, place: Place, message: str, hint: str, allowed: tuple[str, ...] = ()
    ) -> Problem:
        """Return a problem of this file, with the line that the place points at."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return Problem(rule, place, message, hint, allowed, line)


class Unreadable(Exception):
    """A file that cannot become a `Source`; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_source(root: Path, path: str) -> Source:
    """Read the file at `path`, relative to the project folder `root`.

    Raises `Unreadable` when the file leaves the project, is too large or cannot be read as UTF-8 text.
    """
    file = root / path
    place = Place(path)

    def refuse(rule: Rule, message: str, hint: str, at: Place = place) -> Unreadable:
        return Unreadable(Problem(rule, at, message, hint))

    try:
        if not file.resolve(strict=True).is_relative_to(root.resolve()):
            raise refuse(
                rules.OUTSIDE_PROJECT,
                "this file is a link to a file outside the project",
                "Replace the link by a copy of the file.",
            )
        if not file.is_file():
            raise refuse(
                rules.UNREADABLE, "this is not an ordinary file", "Remove it from the content folder."
            )
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise refuse(
                rules.TOO_LARGE,
                f"this file has {size / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read",
                "Move pictures into files of their own, or split the text into several records.",
            )
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
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
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        raise refuse(
            rules.NOT_UTF8,
            "this file is UTF-16 text, not UTF-8"
            if utf16
            else f"the byte 0x{raw[error.start]:02X} here is not UTF-8 text",
            "Open the file in an editor and save it again with the encoding “UTF-8”.",
            Place(path, line, column),
        ) from None
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"), hashlib.sha256(raw).hexdigest())
    if found := _CONTROL.search(source.text):
        raise Unreadable(
            source.problem(
                rules.CONTROL_CHARACTER,
                source.place(found.start(), found.end()),
                f"there is an invisible control character here (U+{ord(found.group()):04X})",
                "Delete it and type the text around it again.",
            )
        )
    return source
