"""What is wrong with a text that is no YAML, in plain words."""

from __future__ import annotations

import re

import yaml

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.problems import Problem

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
    message, hint = (
        f"this is not well-formed YAML ({technical})",
        "Check quotes, brackets and indentation here.",
    )
    if wrong_space := _wrong_space(source, first_line, line):
        return wrong_space
    text = source.line(place.line)
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
        if number <= first_line or not (match := _WRONG_SPACE.match(source.line(number))):
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
