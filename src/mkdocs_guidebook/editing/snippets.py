"""Snippets for Visual Studio Code: the fields of front matter with their help and choices.

Its YAML extension completes data files by their schemas, but does not look into Markdown
(redhat-developer/vscode-yaml, issue 207). Snippets need no extension. Their form is that of
https://code.visualstudio.com/docs/editing/userdefinedsnippets.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.description import Field, describe, models_within
from mkdocs_guidebook.content.fields import Form
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.library import Library

SNIPPETS = ".vscode/guidebook.code-snippets"
"""Where Visual Studio Code looks for a project's own snippets."""
_MOST_CHOICES = 60
Snippet = dict[str, str | list[str]]


def snippets(library: Library) -> dict[str, Snippet]:
    """Return a snippet for the front matter of each kind of record, and for each field and group inside it."""
    found: dict[str, Snippet] = {}

    def add(name: str, prefix: str, lines: list[str], about: str) -> None:
        snippet: Snippet = {"scope": "markdown", "prefix": prefix, "body": [*lines], "description": about}
        if snippet not in found.values():  # kinds share fields and groups
            found[name] = snippet

    for kind in RECORD_KINDS:
        required = _lines((field for field in describe(kind.model) if field.required), library)
        about = f"The front matter of a new {kind.name}."
        add(f"{kind.name}: front matter", kind.name, ["---", *required, "---", "", "$0"], about)
        for model in models_within(kind.model):
            within = kind.name
            if model is not kind.model:
                within = f"{kind.name}: {model.__name__}"
                lines = _lines((field for field in describe(model) if field.required), library)
                add(within, model.__name__.lower(), _as_item(lines), " ".join((model.__doc__ or "").split()))
            for field in describe(model):
                add(f"{within}, {field.key}", field.key, _lines([field], library), field.help)
    return found


def _as_item(lines: list[str]) -> list[str]:
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _lines(fields: Iterable[Field], library: Library) -> list[str]:
    """Return fields as lines with numbered places to fill in."""
    lines: list[str] = []
    number = 0
    for field in fields:
        shape = field.shape
        item = shape.item or shape
        number += 1
        if item.form is Form.GROUP and item.model is not None:
            lines += [f"{field.key}:", *_group(item.model, shape.item is not None, number)]
            continue
        words = _choices(field, library)
        place = f"${{{number}|{','.join(map(_escaped, words))}|}}" if words else f"${{{number}:…}}"
        lines.append(f"{field.key}: [{place}]" if shape.form is Form.LIST else f"{field.key}: {place}")
    return lines


def _group(model: type[BaseModel], is_list: bool, number: int) -> list[str]:
    first = next(field for field in describe(model))
    return [f"  {'- ' if is_list else ''}{first.key}: ${number}"]


def _choices(field: Field, library: Library) -> list[str]:
    item = field.shape.item or field.shape
    if item.choices:
        return list(item.choices)
    if item.form is Form.TRUTH:
        return ["true", "false"]
    if item.form is Form.COUNTRY:
        return list(countries())
    known = list(library.ids.get(item.refers_to, ()))
    return (
        known
        if len(known) <= _MOST_CHOICES and item.refers_to not in ("recommendations", "references")
        else []
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")
