"""The forms in which problems are printed: for people, for programs, for code hosts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from mkdocs_guidebook.problems import Problem, Rule, Severity

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_ALLOWED = 12
_MOST_COLUMNS = 140


def as_text(problems: Sequence[Problem], rule_page: str = "") -> str:
    """Return the problems as a person reads them in a terminal, each with its line and a caret.

    `rule_page` is the address of a rule's page with ``{code}`` in the place of the code.
    """
    return "\n\n".join(_one_as_text(problem, rule_page) for problem in problems)


def _one_as_text(problem: Problem, rule_page: str) -> str:
    lines = [f"{problem.place}: {problem.severity}: {problem.message} [{problem.code}]"]
    if problem.source_line.strip():
        lines += _code_frame(problem)
    if problem.allowed:
        shown = ", ".join(problem.allowed[:_MOST_ALLOWED])
        more = len(problem.allowed) - _MOST_ALLOWED
        lines.append(f"  Allowed: {shown}" + (f" and {more} more" if more > 0 else ""))
    if problem.hint:
        lines.append(f"  What to do: {problem.hint}")
    if rule_page:
        lines.append(f"  More: {rule_page.format(code=problem.code)}")
    return "\n".join(map(_printable, lines))


def _code_frame(problem: Problem) -> list[str]:
    place = problem.place
    text = problem.source_line
    first = place.column - 1
    length = place.end_column - place.column if place.end_line in (0, place.line) else len(text) - first
    length = max(1, min(length, len(text) - first))
    # A very long line (a folded paragraph) is shown as a window around the place.
    start = max(0, first - 40) if len(text) > _MOST_COLUMNS else 0
    window = _printable(text[start : start + _MOST_COLUMNS])
    before = window[: first - start]
    marked = window[first - start : first - start + length]
    number = str(place.line)
    gutter = " " * len(number)
    cut = "…" if start + _MOST_COLUMNS < len(text) else ""
    return [
        f"  {number} | {'…' if start else ''}{window}{cut}",
        f"  {gutter} | {' ' if start else ''}{' ' * _width(before)}{'^' * max(1, _width(marked))}",
    ]


def _printable(text: str) -> str:
    """Return the text with control characters shown, so that a terminal cannot be steered by content.

    File names may even hold bytes that are no text at all (lone surrogates); they cannot be printed either.
    """
    return "".join(
        " " if char == "\t" else char if unicodedata.category(char) not in ("Cc", "Cf", "Cs") else "�"
        for char in text
    )


def _encodable(text: str) -> str:
    """Return the text without lone surrogates, which stand for bytes of a file name that are no text."""
    return text.encode("utf-8", "replace").decode()


def _width(text: str) -> int:
    """Return how many terminal cells the text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def as_json(problems: Sequence[Problem], rule_page: str = "") -> str:
    """Return the problems as a JSON array of objects."""
    return _as_json_text(
        [
            {
                "code": problem.code,
                "severity": str(problem.severity),
                "path": problem.place.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "end_line": problem.place.end_line or problem.place.line,
                "end_column": problem.place.end_column or problem.place.column + 1,
                "message": problem.message,
                "hint": problem.hint,
                "allowed": list(problem.allowed),
                "page": rule_page.format(code=problem.code) if rule_page else None,
            }
            for problem in problems
        ]
    )


def _as_json_text(value: Any) -> str:
    return _encodable(json.dumps(value, ensure_ascii=False, indent=2))


def as_github(problems: Sequence[Problem], rule_page: str = "") -> str:
    """Return the problems as GitHub workflow commands, which annotate the lines of a pull request.

    Form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return _encodable("\n".join(_one_as_github(problem) for problem in problems))


def _one_as_github(problem: Problem) -> str:
    place = problem.place
    end_line = place.end_line or place.line
    properties: dict[str, str | int] = {"file": place.path, "line": place.line, "endLine": end_line}
    if end_line == place.line:  # GitHub shows columns only for a range inside one line
        properties["col"] = place.column
        properties["endColumn"] = max(place.column, (place.end_column or place.column + 1) - 1)
    properties["title"] = problem.code
    listed = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items())
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return f"::{problem.severity} {listed}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(problems: Sequence[Problem], rule_page: str = "") -> str:
    """Return the problems as a SARIF 2.1.0 log (OASIS standard), for code hosts and editors."""
    rules: dict[str, Rule] = {}
    for problem in problems:
        rules.setdefault(problem.code, problem.rule)
    index = {code: number for number, code in enumerate(rules)}
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "guidebook check",
                        "rules": [_sarif_rule(rule, rule_page) for rule in rules.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(problem, index[problem.code]) for problem in problems],
            }
        ],
    }
    return _as_json_text(log)


def _sarif_rule(rule: Rule, rule_page: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": str(rule.severity)},
    }
    if rule_page.startswith("http"):
        described["helpUri"] = rule_page.format(code=rule.code)
    return described


def _sarif_result(problem: Problem, rule_index: int) -> dict[str, Any]:
    place = problem.place
    message = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    return {
        "ruleId": problem.code,
        "ruleIndex": rule_index,
        "level": "error" if problem.severity is Severity.ERROR else "warning",
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.path), "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endLine": place.end_line or place.line,
                        "endColumn": place.end_column or place.column + 1,
                    },
                }
            }
        ],
    }


def _uri(path: str) -> str:
    return quote(path, errors="surrogateescape")


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""The output forms by the name that ``--format`` takes."""
