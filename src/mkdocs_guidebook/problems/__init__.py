"""A problem is data: one thing that a check found, with its place and its rule.

`Rule` says what is looked for and why; `Problem` is one finding; the modules beside this one turn
problems into text, JSON, GitHub annotations or SARIF. The documentation page of a rule is made from
the same `Rule`, so a message and its page have one source.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The content is wrong; no page is made from it."""
    WARNING = "warning"
    """The content can be published, but somebody should look."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of problem is, in the words that its documentation page shows."""

    code: str
    """Permanent short name, in lower case with hyphens."""
    family: str
    """Name of the group that the rule is listed under."""
    title: str
    """What the rule asks for, as a short sentence."""
    what: str
    """What it does."""
    why: str
    """Why it matters to readers."""
    example: str
    """A piece of content that breaks the rule."""
    fix: str
    """The same piece, mended, or what to do, in words for a non-programmer."""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a source file. Lines and columns count from 1, in characters."""

    path: str
    """Path relative to the project, with forward slashes."""
    line: int = 1
    column: int = 1
    end_line: int = 0
    """Last line of the range; 0 means: the same as `line`."""
    end_column: int = 0
    """First column behind the range; 0 means: one character."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a check found."""

    rule: Rule
    place: Place
    message: str
    """What is wrong, in one sentence that names the value."""
    hint: str
    """What to do about it, in one sentence for a non-programmer."""
    allowed: tuple[str, ...] = ()
    """The values that would be right, where they can be listed."""
    source_line: str = ""
    """The line of the file that the place points at."""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    @property
    def is_error(self) -> bool:
        """Whether the content must not be published."""
        return self.rule.severity is Severity.ERROR


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by file, line and column, each distinct finding once."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda problem: (problem.place, problem.code, problem.message),
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like `word`, or None where none comes close."""
    candidates = list(known)
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    matches = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``": did you mean `x`?"`` for the nearest known word, or an empty string."""
    match = nearest(word, known)
    return f": did you mean `{match}`?" if match else ""
