"""YAML with the meaning of YAML 1.2, with the place of every key and value, and without surprises.

PyYAML's event stream is turned into plain values in one loop, without recursion: scalars stay the text
that was written (a field's type decides what the text means, see `fields`), and whatever can run code or
blow up (tags, anchors, aliases, deep nesting) is a problem, not a value.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.source import CONTROL, Source, control_character
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
_FEATURES = {"&": "anchor", "*": "alias", "!": "tag"}
_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(........)|.)", re.S)
_CONTROL_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}


class Plain(str):
    """Text that was written without quotes, so that it may stand for a number or a truth value."""

    __slots__ = ()


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

    def place_of_text(self, key: Key, text: str, occurrence: int = 0) -> Place:
        """Return the place of a piece of text inside the value at `key`.

        Folding and quoting change what a value looks like in its file; so the piece is looked for there.
        """
        span = self.values.get(key)
        if span is None:
            return self.place(key)
        start, end = span
        found = start - 1
        for _ in range(occurrence + 1):
            found = self.source.text.find(text, found + 1, end)
            if found < 0:
                return self.place(key)
        return self.source.place(found, found + len(text))

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
        _build(document, first_line, end, problems)
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, source, first_line))
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


def _build(document: Document, first_line: int, end: int, problems: list[Problem]) -> None:
    source = document.source
    line_starts = source.line_starts
    # Each open container: the value, the path to it, the key that waits for its value, where it starts.
    containers: list[dict[str, Any] | list[Any]] = []
    paths: list[Key] = []
    waiting: list[str | None] = []
    starts: list[int] = []
    documents = 0

    def at(mark: Any) -> int:
        start: int = line_starts[mark.line + first_line] + mark.column
        return start if start < end else end

    def report(rule: rules.Rule, first: int, last: int, message: str, hint: str) -> None:
        problems.append(source.problem(rule, source.place(first, last), message, hint))

    def put(value: Any, first: int, last: int) -> Key:
        """Store a value where the innermost container expects one, and return its path."""
        if not containers:
            document.value = value
            document.values[()] = (first, last)
            return ()
        container = containers[-1]
        if isinstance(container, list):
            key: Key = (*paths[-1], len(container))
            container.append(value)
        else:
            name = waiting[-1]
            assert name is not None  # noqa: S101 - the parser gives keys and values in turn
            waiting[-1] = None
            key = (*paths[-1], name)
            if name not in container:  # the second of two equal keys was reported; the first stays
                container[name] = value
            elif key in document.values:
                return key
        document.values[key] = (first, last)
        return key

    for event in _events(source.text[document.start : end]):
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            continue
        first = at(event.start_mark)
        if len(document.values) > MOST_VALUES:
            report(
                rules.TOO_LARGE,
                first,
                first,
                f"this file holds more than {MOST_VALUES:,} values",
                "Check whether something was pasted into it that does not belong there.",
            )
            raise _Stop
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                report(
                    rules.YAML_FEATURE,
                    first,
                    first + 3,
                    "a second document begins here",
                    "Delete the line `---` inside the fields, or move the second part into a file of its own.",
                )
                raise _Stop
            continue
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            path = paths.pop()
            containers.pop()
            waiting.pop()
            document.values[path] = (starts.pop(), at(event.end_mark))
            continue

        last = at(event.end_mark)
        wants_key = bool(containers) and isinstance(containers[-1], dict) and waiting[-1] is None
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            written = _PROPERTY.match(source.text, first, max(last, first + 1))
            sign, stop = (written.group(), written.end()) if written else ("!", first + 1)
            report(
                rules.YAML_FEATURE,
                first,
                stop,
                f"`{sign}` is a YAML {_FEATURES[sign[0]]}, which is not allowed",
                "Write the value out. If it is text that begins with this sign, put it in quotes.",
            )

        if kind is yaml.ScalarEvent:
            plain = event.style is None or event.style == ""
            text = event.value
            if not plain and CONTROL.search(text):
                problems.append(_control_problem(source, first, last))
                text = CONTROL.sub("�", text)
            if wants_key:
                name = text
                mapping = containers[-1]
                assert isinstance(mapping, dict)  # noqa: S101
                key = (*paths[-1], name)
                if name in mapping:
                    report(
                        rules.YAML_DUPLICATE_KEY,
                        first,
                        last,
                        f"the key `{name}` is written twice",
                        "Keep one of the two lines and delete the other.",
                    )
                else:
                    document.keys[key] = (first, last)
                    document.first_keys.setdefault(paths[-1], key)
                waiting[-1] = name
            elif not plain:
                put(text, first, last)
            elif text in _NULL:
                document.empty.append(put(None, first, last))
            else:
                put(Plain(text), first, last)
        elif kind is yaml.AliasEvent:
            if wants_key:
                raise _Stop
            document.refused.add(put(None, first, last))
        else:
            if wants_key:
                report(
                    rules.YAML_SYNTAX,
                    first,
                    last,
                    "a key must be a single word, not a list or a group",
                    "Check the brackets, or put text that begins with a bracket in quotes.",
                )
                raise _Stop
            if len(containers) >= MOST_LEVELS:
                report(
                    rules.YAML_DEPTH,
                    first,
                    last,
                    f"values are nested more than {MOST_LEVELS} levels deep",
                    "Close the brackets, or check the indentation.",
                )
                raise _Stop
            container: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
            path = put(container, first, last)
            containers.append(container)
            paths.append(path)
            waiting.append(None)
            starts.append(first)


def _control_problem(source: Source, start: int, end: int) -> Problem:
    """Return the problem that a quoted text writes a character as a code that no file may hold."""
    for match in _ESCAPE.finditer(source.text, start, end):
        code = match[1] or match[2] or match[3]
        character = chr(int(code, 16)) if code else _CONTROL_ESCAPES.get(match.group()[1], "")
        if CONTROL.match(character):
            return control_character(source, match.start(), match.end(), character)
    return control_character(source, start, end, "�")


_BEGUN = re.compile("flow|quoted|simple key")
_PLAIN_WORDS = (
    (
        "mapping values are not allowed",
        "a colon with a space behind it stands inside a text",
        "Put the whole text in double quotes, or check the indentation of this line.",
    ),
    (
        "found unexpected end of stream",
        "a quotation mark is never closed",
        "Close it where the text ends.",
    ),
    (
        "did not find expected ',' or",
        "a list or group in brackets is not closed, or a comma is missing in it",
        "Add the missing comma or closing bracket.",
    ),
    (
        "did not find expected node content",
        "a value is missing or a bracket is never closed",
        "Add what is missing, or delete the comma or bracket that is too many.",
    ),
    (
        "could not find expected ':'",
        "a line here is neither a key with a colon nor part of a text",
        "Write `key: value`, or indent the line if it belongs to the text above.",
    ),
    (
        "did not find expected key",
        "the indentation or the quotes here do not fit the lines above",
        'Line the keys up under each other; inside double quotes write \\" for a quotation mark.',
    ),
    (
        "did not find expected '-' indicator",
        "a list item is expected here",
        "Begin the line with `- `, or indent it like the lines above.",
    ),
    (
        "unknown escape character",
        "a backslash inside double quotes begins a code that YAML does not know",
        "Use single quotes around the text, or write the backslash twice.",
    ),
    (
        "undefined alias",
        "a text that begins with `*` is read as a YAML alias",
        "Put the text in quotes.",
    ),
)


def _syntax_problem(error: yaml.YAMLError, source: Source, first_line: int) -> Problem:
    """Say in plain words what PyYAML could not read, at the place that it names."""
    technical = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened and (mark is None or (opened.line < mark.line and _BEGUN.search(str(error.context)))):  # type: ignore[attr-defined]
        mark = opened  # what is never closed is noticed far below; people look for its beginning
    line = min(mark.line + first_line + 1, len(source.lines)) if mark else first_line + 1
    column = min(mark.column + 1, len(source.lines[line - 1]) + 1) if mark else 1
    place = source.place(source.offset(line, column))
    message, hint = (
        f"this is not well-formed YAML ({technical})",
        "Check quotes, brackets and indentation here.",
    )
    if wrong_space := _wrong_space(source, first_line, line):
        return wrong_space
    text = source.lines[place.line - 1]
    if (
        "tab" in technical
        or "\t" in text[: len(text) - len(text.lstrip())]
        or text[place.column - 1 : place.column] == "\t"
    ):
        message, hint = "a tab is used for indentation", "Use spaces instead of the tab."
    elif "cannot start any token" in technical:
        sign = text[place.column - 1 : place.column]
        message = f"a value cannot begin with the sign `{sign}`"
        hint = "Put the value in quotes."
    else:
        for part, plain, what_to_do in _PLAIN_WORDS:
            if part in technical:
                message, hint = plain, what_to_do
                break
    return source.problem(rules.YAML_SYNTAX, place, message, hint)


_WRONG_SPACE = re.compile(
    r"^[ \-]*+(?:[\w-]++:)?(?P<hard>\u00a0)|^[ \-]*+[A-Za-z_][\w-]*+(?P<colon>:)(?=[^\s:/])"
)


def _wrong_space(source: Source, first_line: int, line: int) -> Problem | None:
    """Return the problem that, in a line or the one above, a space is missing or is not one, if so."""
    for number in (line, line - 1):
        if number <= first_line or not (match := _WRONG_SPACE.match(source.lines[number - 1])):
            continue
        start = source.offset(number, 1)
        if match["hard"]:
            place = source.place(start + match.start("hard"), start + match.end("hard"))
            message = "the space here is a no-break space, which YAML does not take for a space"
            return source.problem(rules.YAML_SYNTAX, place, message, "Delete it and type an ordinary space.")
        place = source.place(start + match.start("colon"), start + match.end("colon"))
        return source.problem(
            rules.YAML_SYNTAX,
            place,
            "there is no space behind the colon",
            "Write `key: value`, with a space.",
        )
    return None
