"""YAML with the meaning of YAML 1.2, with the place of every key and value, and without surprises.

PyYAML's event stream is turned into plain values in one loop, without recursion: scalars stay the text
that was written (a field's type decides what the text means, see `fields`), and whatever can run code or
blow up (tags, anchors, aliases, deep nesting) is a problem, not a value.
"""

from __future__ import annotations

import contextlib
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.source import CONTROL, Source, control_character
from mkdocs_guidebook.content.yaml_syntax import syntax_problem
from mkdocs_guidebook.problems import Place, Problem

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import Loader as _Parser  # type: ignore[assignment]

MOST_VALUES = 400_000
"""So many values a file may hold: each takes half a kilobyte of memory while it is read."""
MOST_LEVELS = 20
"""How deep lists and mappings may be nested."""

Key = tuple[str | int, ...]
"""The way from the top of a document to a value: names of keys and numbers of list items."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_PROPERTY = re.compile(r"[&*!][^\s,\[\]{}]*")
_COMMENT = re.compile(r"[ \t]+(?P<text>#[^\s#][^\n]*)")
_FEATURES = {"&": "anchor", "*": "alias", "!": "tag"}
_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(........)|.)", re.S)
_SIGN = re.compile(r"\S")
_QUOTE_OR_SIGN = re.compile(r"''|\S")
_ESCAPE_OR_SIGN = re.compile(rf"{_ESCAPE.pattern}|\S", re.S)
_WHITE_ESCAPES = frozenset(f"\\{sign}" for sign in "ntvfr \t\n_NLP")
_CONTROL_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}


class Plain(str):
    """Text that was written without quotes, so that it may stand for a number or a truth value."""

    __slots__ = ()


class _Signs:
    """Where each sign of a text stands in what was written for it: white space aside, both have the same signs."""

    def __init__(self, text: str, first: int, last: int, value: str) -> None:
        style = text[first : first + 1]
        if style in ("|", ">"):
            first = text.index("\n", first, last) if "\n" in text[first:last] else last
        elif style in ('"', "'"):
            first, last = first + 1, last - 1
        pattern = {'"': _ESCAPE_OR_SIGN, "'": _QUOTE_OR_SIGN}.get(style, _SIGN)
        self.starts, self.ends, self.numbers = array("I"), array("I"), array("I")
        for match in pattern.finditer(text, first, last):
            if not (style == '"' and _is_white(match)):
                self.starts.append(match.start())
                self.ends.append(match.end())
        number = 0
        for sign in value:
            self.numbers.append(number)
            number += not sign.isspace()

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a part of the text begins and ends in the file; None where that cannot be told."""
        if not start < end <= len(self.numbers) or self.numbers[end - 1] >= len(self.starts):
            return None
        return self.starts[self.numbers[start]], self.ends[self.numbers[end - 1]]


def _is_white(match: re.Match[str]) -> bool:
    """Whether an escape in double quotes stands for white space."""
    code = match[1] or match[2] or match[3]
    return chr(int(code, 16)).isspace() if code else match[0] in _WHITE_ESCAPES


@dataclass(slots=True)
class Document:
    """A YAML text as plain values, and where each of them stands."""

    source: Source
    value: Any = None
    """Nested dicts, lists, `str` (quoted), `Plain` (unquoted) and None."""
    values: dict[Key, tuple[int, int]] = field(default_factory=dict)
    """Start and end, as indexes in the file's text, of each value."""
    keys: dict[Key, tuple[int, int]] = field(default_factory=dict)
    """The same for the key in front of each value of a mapping."""
    first_keys: dict[Key, Key] = field(default_factory=dict)
    """For each mapping: the way to the value behind its first key."""
    empty: list[Key] = field(default_factory=list)
    """Keys with nothing behind them."""
    refused: set[Key] = field(default_factory=set)
    """Values that were reported here and are left out."""
    start: int = 0
    """Where the document begins in the file's text."""
    signs: dict[Key, _Signs] = field(default_factory=dict)
    """Where each sign of a text stands, for those of which a part was asked for."""

    def place(self, key: Key) -> Place:
        """Return the place of the value at `key`, or of the nearest thing around it."""
        for length in range(len(key), -1, -1):
            span = self.values.get(key[:length])
            if span is not None:
                return self.source.place(*self._trim(span))
        return self.source.place(self.start)

    def place_of_key(self, key: Key) -> Place:
        """Return the place of the key in front of the value at `key`."""
        span = self.keys.get(key)
        return self.source.place(*span) if span else self.place(key)

    def place_of_part(self, key: Key, value: str, start: int, end: int) -> Place:
        """Return the place of ``value[start:end]``, a part of the text at `key`.

        Folding and quoting change what a text looks like in its file, but for its signs in their order.
        """
        if key not in self.values:
            return self.place(key)
        if key not in self.signs:
            first, last = self.values[key]
            self.signs[key] = _Signs(self.source.text, first, last, value)
        part = self.signs[key].range(start, start + len(value[start:end].rstrip()))
        return self.source.place(*part) if part else self.place(key)

    def _trim(self, span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        return start, start + len(self.source.text[start:end].rstrip())


class _Stop(Exception):
    """Nothing behind this place can be understood."""


def parse(source: Source, start: int, end: int, problems: list[Problem]) -> Document:
    """Read the YAML text ``source.text[start:end]`` and add what is wrong with it to `problems`."""
    document = Document(source, start=start)
    first_line = source.text.count("\n", 0, start)
    try:
        _Reader(document, first_line, end, problems).read()
    except yaml.YAMLError as error:
        problems.append(syntax_problem(error, source, first_line))
        document.value = None
    except _Stop:
        document.value = None
    return document


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        with contextlib.suppress(AttributeError):
            parser.dispose()


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    path: Key
    start: int
    waiting: str | None = None
    """The key that waits for its value."""


class _Reader:
    """Makes a document of the parser's events."""

    def __init__(self, document: Document, first_line: int, end: int, problems: list[Problem]) -> None:
        self.document, self.source, self.problems = document, document.source, problems
        self.line_starts, self.first_line, self.end = self.source.line_starts, first_line, end
        self.open: list[_Open] = []

    def read(self) -> None:
        """Read all events; raise `_Stop` behind what makes the rest unreadable."""
        documents = 0
        for event in _events(self.source.text[self.document.start : self.end]):
            kind = type(event)
            if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
                continue
            first = self._at(event.start_mark)
            if len(self.document.values) > MOST_VALUES:
                self._stop(
                    rules.TOO_LARGE,
                    first,
                    first,
                    f"this file holds more than {MOST_VALUES:,} values",
                    "Check whether something was pasted into it that does not belong there.",
                )
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop(
                        rules.YAML_FEATURE,
                        first,
                        first + 3,
                        "a second document begins here",
                        "Delete the line `---` inside the fields, or move the second part into a file of its own.",
                    )
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = self.open.pop()
                self.document.values[done.path] = (done.start, self._at(event.end_mark))
            else:
                self._take(event, first, self._at(event.end_mark))

    def _at(self, mark: Any) -> int:
        start: int = self.line_starts[mark.line + self.first_line] + mark.column
        return start if start < self.end else self.end

    def _report(self, rule: rules.Rule, first: int, last: int, message: str, hint: str) -> None:
        self.problems.append(self.source.problem(rule, self.source.place(first, last), message, hint))

    def _stop(self, rule: rules.Rule, first: int, last: int, message: str, hint: str) -> NoReturn:
        self._report(rule, first, last, message, hint)
        raise _Stop

    def _take(self, event: Any, first: int, last: int) -> None:
        """Take a key, a value, or the beginning of a list or mapping."""
        kind = type(event)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            self._refuse_property(first, last)
        around = self.open[-1] if self.open else None
        if around is not None and around.waiting is None and isinstance(around.value, dict):
            if kind is yaml.ScalarEvent:
                self._key(self._text(event, first, last), first, last)
            elif kind is yaml.AliasEvent:
                raise _Stop
            else:
                self._stop(
                    rules.YAML_SYNTAX,
                    first,
                    last,
                    "a key must be a single word, not a list or a group",
                    "Check the brackets, or put text that begins with a bracket in quotes.",
                )
        elif kind is yaml.ScalarEvent:
            text = self._text(event, first, last)
            if event.style:
                self._put(text, first, last)
            elif self._is_cut_off(last):
                self.document.refused.add(self._put(Plain(text) if text else None, first, last))
            elif text in _NULL:
                self.document.empty.append(self._put(None, first, last))
            else:
                self._put(Plain(text), first, last)
        elif kind is yaml.AliasEvent:
            self.document.refused.add(self._put(None, first, last))
        else:
            self._begin({} if kind is yaml.MappingStartEvent else [], first, last)

    def _is_cut_off(self, last: int) -> bool:
        """Whether a text goes on behind a # that begins a comment; if so, report it."""
        comment = _COMMENT.match(self.source.text, last, self.end)
        if comment is None:
            return False
        self._report(
            rules.YAML_SYNTAX,
            *comment.span("text"),
            "behind a space # begins a comment, so this is not part of the text",
            "Put the whole text in quotes. If it is a comment, write a space behind the #.",
        )
        return True

    def _refuse_property(self, first: int, last: int) -> None:
        written = _PROPERTY.match(self.source.text, first, max(last, first + 1))
        sign, stop = (written.group(), written.end()) if written else ("!", first + 1)
        self._report(
            rules.YAML_FEATURE,
            first,
            stop,
            f"`{sign}` is a YAML {_FEATURES[sign[0]]}, which is not allowed",
            "Write the value out. If it is text that begins with this sign, put it in quotes.",
        )

    def _text(self, event: Any, first: int, last: int) -> str:
        """Return what a scalar says; a text in quotes may hold control characters, which are refused."""
        text: str = event.value
        if event.style and CONTROL.search(text):
            self.problems.append(_control_problem(self.source, first, last))
            return CONTROL.sub("�", text)
        return text

    def _key(self, name: str, first: int, last: int) -> None:
        mapping = self.open[-1]
        if name in mapping.value:
            self._report(
                rules.YAML_DUPLICATE_KEY,
                first,
                last,
                f"the key `{name}` is written twice",
                "Keep one of the two lines and delete the other.",
            )
        else:
            key = (*mapping.path, name)
            self.document.keys[key] = (first, last)
            self.document.first_keys.setdefault(mapping.path, key)
        mapping.waiting = name

    def _begin(self, value: dict[str, Any] | list[Any], first: int, last: int) -> None:
        """Begin a list or mapping."""
        if len(self.open) >= MOST_LEVELS:
            self._stop(
                rules.YAML_DEPTH,
                first,
                last,
                f"values are nested more than {MOST_LEVELS} levels deep",
                "Close the brackets, or check the indentation.",
            )
        self.open.append(_Open(value, self._put(value, first, last), first))

    def _put(self, value: Any, first: int, last: int) -> Key:
        """Store a value where the innermost list or mapping expects one, and return its path."""
        values = self.document.values
        if not self.open:
            self.document.value = value
            values[()] = (first, last)
            return ()
        around = self.open[-1]
        if isinstance(around.value, list):
            key: Key = (*around.path, len(around.value))
            around.value.append(value)
        else:
            name = around.waiting
            assert name is not None  # noqa: S101 - the parser gives keys and values in turn
            around.waiting = None
            key = (*around.path, name)
            if name not in around.value:  # the second of two equal keys was reported; the first stays
                around.value[name] = value
            elif key in values:
                return key
        values[key] = (first, last)
        return key


def _control_problem(source: Source, start: int, end: int) -> Problem:
    """Return the problem that a quoted text writes a character as a code that no file may hold."""
    for match in _ESCAPE.finditer(source.text, start, end):
        code = match[1] or match[2] or match[3]
        character = chr(int(code, 16)) if code else _CONTROL_ESCAPES.get(match.group()[1], "")
        if CONTROL.match(character):
            return control_character(source, match.start(), match.end(), character)
    return control_character(source, start, end, "�")
