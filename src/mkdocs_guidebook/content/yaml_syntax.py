"""What is wrong with a text that is no YAML, in plain words."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

import yaml

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.problems import Place, Problem

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
        "Add the missing comma or closing bracket; put a text with a colon or a bracket in it in quotes.",
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
        "the indentation here does not fit the lines above",
        "Line the keys up under each other, and the items of a list, too.",
    ),
    (
        "did not find expected '-' indicator",
        "a list item is expected here",
        "Begin the line with `- `, or indent it like the lines above.",
    ),
    (
        "unknown escape character|hexdecimal number|Unicode character escape code",
        "a backslash inside double quotes begins a code that YAML does not know",
        "Use single quotes around the text, or write the backslash twice.",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins in the middle of a line",
        "Begin it on the next line, or put the text in quotes if it is none.",
    ),
    (
        "mapping keys are not allowed",
        "a text cannot begin with a question mark and a space",
        "Put the whole text in quotes.",
    ),
    (
        "expected comment or line break",
        "there is text behind the sign `>` or `|`",
        "Write the text on the next line, indented; or put it in quotes if it begins with that sign.",
    ),
    (
        "expected alphabetic or numeric character",
        "a text cannot begin with the sign `*` or `&`",
        "Put the whole text in quotes.",
    ),
    (
        "unexpected document indicator",
        "a quotation mark is never closed",
        "Close it where the text ends.",
    ),
    (
        "expected <document start>",
        "this line begins further left than the lines above",
        "Begin all keys at the left edge of the page.",
    ),
    (
        "undefined alias",
        "a text that begins with `*` is read as a YAML alias",
        "Put the text in quotes.",
    ),
)


def syntax_problem(error: yaml.YAMLError, source: Source, first_line: int) -> Problem:
    """Return in plain words what PyYAML could not read, at the place that it names."""
    technical = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened and (mark is None or (opened.line < mark.line and _BEGUN.search(str(error.context)))):  # type: ignore[attr-defined]
        mark = opened  # what is never closed is noticed far below; people look for its beginning
    line = min(mark.line + first_line + 1, source.line_count) if mark else first_line + 1
    column = min(mark.column + 1, len(source.line(line)) + 1) if mark else 1
    place = source.place(source.offset(line, column))
    start = source.line_starts[first_line]
    found = _wrong_space(source, first_line, line) or _likely(source, start, place, technical)
    if found is None:
        message, hint = _in_plain_words(technical)
        return source.problem(rules.YAML_SYNTAX, place, message, hint)
    return source.problem(rules.YAML_SYNTAX, source.place(found.start, found.end), found.message, found.hint)


def _in_plain_words(technical: str) -> tuple[str, str]:
    for part, message, hint in _PLAIN_WORDS:
        if re.search(part, technical):
            return message, hint
    return f"this is not well-formed YAML ({technical})", "Check quotes, brackets and indentation here."


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is likely wrong, and from where to where in the file's text."""

    start: int
    end: int
    message: str
    hint: str


_WRONG_SPACE = (
    (
        re.compile(r"[ \-]*+(?:[\w-]++:)?(\u00a0)"),
        "the space here is a no-break space, which YAML does not take for a space",
        "Delete it and type an ordinary space.",
    ),
    (
        re.compile(r"[ \-]*+[A-Za-z_][\w-]*+(:)(?=[^\s:/])"),
        "there is no space behind the colon",
        "Write `key: value`, with a space.",
    ),
    (
        re.compile(r" *+(-)(?=[A-Za-z_][\w-]*+:(?:\s|$))"),
        "there is no space behind the hyphen",
        "Write `- key: value`, with a space.",
    ),
)


def _wrong_space(source: Source, first_line: int, line: int) -> _Finding | None:
    """Return that, in a line or the one above, a space is missing or is not one, if so."""
    for number in (line, line - 1):
        for pattern, message, hint in _WRONG_SPACE:
            if number > first_line and (match := pattern.match(source.line(number))):
                start = source.offset(number, 1)
                return _Finding(start + match.start(1), start + match.end(1), message, hint)
    return None


def _likely(source: Source, start: int, place: Place, technical: str) -> _Finding | None:
    """Return what people have likely done where YAML that begins at `start` cannot be read from a place on."""
    line = source.line(place.line)
    before, behind = line[: place.column - 1], line[place.column - 1 :]
    at = source.offset(place.line, place.column)
    if "tab" in technical or "\t" in line[: len(line) - len(line.lstrip())] or behind[:1] == "\t":
        return _Finding(at, at, "a tab is used for indentation", "Use spaces instead of the tab.")
    if "cannot start any token" in technical:
        return _sign_in_front(at, before, behind[:1])
    if "alphabetic or numeric" in technical and (sign := re.search(r"(?:^|.*[\s\[{,])([*&])", before)):
        return _Finding(at - len(before) + sign.start(1), at, *_in_plain_words(technical))
    if "mapping values" in technical:
        return _colon(source, place, before)
    if not re.search("expected (key|'-' indicator|',' or)", technical):
        return None
    if behind[:1] in ("]", "}") and "',' or" not in technical:
        hint = "Delete it, or put the whole text in quotes."
        return _Finding(at, at + 1, "this closing bracket is one too many", hint)
    match before.rstrip()[-1:]:
        case "]" | "}":
            hint = "A text that begins with a bracket stands in quotes: put the whole text in double quotes."
            return _Finding(at, at + len(behind), "text stands behind the closing bracket", hint)
        case '"' | "'" as mark:
            return _behind_quotes(source, start, at, behind, mark)
    return None


def _sign_in_front(at: int, before: str, sign: str) -> _Finding:
    hint = "Put the value in quotes."
    if sign == "@" and before.endswith("["):
        hint = (
            "In a list of sources write the id without @. Put a text that begins with a citation in quotes."
        )
    shown = f"`{sign}`" if sign != "`" else f"“{sign}”"
    return _Finding(at, at + 1, f"a value cannot begin with the sign {shown}", hint)


def _colon(source: Source, place: Place, before: str) -> _Finding | None:
    """Return why a colon is one too many, if it is not a part of a text."""
    at = source.offset(place.line, place.column)
    key = re.fullmatch(r"(?P<indent> *)[A-Za-z_][\w-]*", before)
    if key and place.line > 1:
        above = source.line(place.line - 1)
        indent = len(above) - len(above.lstrip(" "))
        if indent == len(key["indent"]) and (word := re.match(r" *([^\W\d][\w-]*)(?!.*:(?: |$))", above)):
            first = source.offset(place.line - 1, 1)
            hint = "Write `key: value`, with a colon and a space."
            return _Finding(
                first + word.start(1), first + word.end(1), "there is no colon behind this key", hint
            )
        if indent < len(key["indent"]) and re.match(r"[ -]*[\w-]+: *[^\s#]", above):
            return _Finding(
                at - len(before) + len(key["indent"]),
                at,
                "this key is indented, so that it belongs to the text above",
                "Delete the spaces in front of it, so that the keys stand under each other.",
            )
    if re.match(r"[ -]*[\w-]+: +[“”„‟‘’‚«»]", before):
        message = "a colon with a space behind it stands inside a text"
        return _Finding(
            at, at + 1, message, 'Put the whole text in straight quotes, "…": others mean nothing to YAML.'
        )
    return None


def _behind_quotes(source: Source, start: int, at: int, behind: str, mark: str) -> _Finding:
    """Return why there is something behind the end of a text in quotes."""
    opened = at
    with suppress(yaml.YAMLError):
        for token in yaml.scan(source.text[start:at]):
            if isinstance(token, yaml.ScalarToken) and token.style == mark:
                opened = start + token.start_mark.index
    if "\n" in source.text[opened:at]:
        last = source.place(at).line
        message = f"this quotation mark is closed only in line {last}"
        return _Finding(opened, opened + 1, message, "Close it where the text ends.")
    hint = "Put the whole text in quotes. " + (
        'Inside double quotes write \\" for a quotation mark.'
        if mark == '"'
        else "Inside single quotes write two for an apostrophe."
    )
    return _Finding(at, at + len(behind), "text stands behind the closing quotation mark", hint)
