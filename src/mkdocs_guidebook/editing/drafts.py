"""New records: drafts that pass the check at once, in which every field that is left out is explained in place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.description import Field, Shape, describe
from mkdocs_guidebook.content.fields import Form, is_id
from mkdocs_guidebook.content.kinds import ARTICLE, CHAPTER, Kind
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.records import WINDOWS_DEVICES, id_like
from mkdocs_guidebook.content.schema import validate
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.yaml12 import parse
from mkdocs_guidebook.editing.yaml_text import pair
from mkdocs_guidebook.problems import Problem, did_you_mean

_MOST_TERMS = 12
"""How many terms of a list are named in a comment."""
_LINE = 100
"""How wide comments are, in characters."""


class NotMade(Exception):
    """The draft cannot be made; the message says why and what to do."""


def valid_id(name: str, kind: Kind) -> str:
    """Return the name as the id of a new record. Raises `NotMade` when it cannot be one."""
    name = name.removesuffix(".md")
    if is_id(name) and name not in ("readme", "index", *WINDOWS_DEVICES) and len(name) <= 100:
        return name
    suggestion = id_like(name)[:100].strip("-")
    if suggestion in ("readme", "index") or not suggestion:
        suggestion = f"new-{kind.name}"
    raise NotMade(
        f"`{name}` cannot be the name of a {kind.name}: it becomes a part of an address for ever, and so it is "
        f"lower-case words, numbers and single hyphens. Try: guidebook new {kind.name} {suggestion}"
    )


def defaults(kind: Kind, id: str, today: datetime.date) -> dict[str, Any]:
    """Return the values of required fields that need not be asked for."""
    known: dict[str, Any] = {"title": id.replace("-", " ").capitalize(), "status": "draft"}
    if kind is ARTICLE:
        known["as_of"] = today.isoformat()
    return known


def asked_fields(kind: Kind, prefix: str = "") -> list[tuple[str, Field]]:
    """Return the required fields of a kind, those of required groups one by one, each with its dotted name."""
    return _asked(describe(kind.model), prefix)


def _asked(fields: Iterable[Field], prefix: str) -> list[tuple[str, Field]]:
    found: list[tuple[str, Field]] = []
    for field in fields:
        if not field.required or field.key == "status" or field.draft_may_lack:
            continue
        if field.shape.form is Form.GROUP and field.shape.model is not None:
            found += _asked(describe(field.shape.model), f"{prefix}{field.key}.")
        else:
            found.append((f"{prefix}{field.key}", field))
    return found


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with dotted names as groups: `place.name` becomes `name` inside `place`."""
    result: dict[str, Any] = {}
    for name, value in values.items():
        *groups, key = name.split(".")
        inner = result
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[key] = value
    return result


def refusal(kind: Kind, library: Library, values: Mapping[str, Any]) -> str:
    """Return what `guidebook check` would say of some fields' values; empty where they are right.

    `values` are by dotted names; fields that are not among them are not missed.
    """
    lines = [line for key, value in nested(values).items() for line in pair(key, value)]
    text = "\n".join([*lines, ""])
    problems: list[Problem] = []
    validate(kind.model, parse(Source("draft.md", text), 0, len(text), problems), problems)
    for problem in problems:
        if problem.rule is not rules.MISSING_KEY:
            return f"{problem.message}. {problem.hint}"
    fields = dict(asked_fields(kind)) | {field.key: field for field in describe(kind.model)}
    for name, value in values.items():
        shape = fields[name].shape if name in fields else None
        while shape is not None and shape.item is not None:
            shape = shape.item
        if shape is None or not shape.refers_to:
            continue
        known = library.ids[shape.refers_to]
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item not in known:
                return f"`{item}` is not in the list{did_you_mean(str(item), known) or '.'} {terms_of(shape, library)}"
    return ""


def terms_of(shape: Shape, library: Library) -> str:
    """Return what can be chosen, as a sentence; empty where anything can be written."""
    while shape.item is not None:
        shape = shape.item
    if shape.choices:
        return f"One of: {', '.join(shape.choices)}."
    if not shape.refers_to:
        return ""
    known = library.ids[shape.refers_to]
    if not known:
        return f"The list of {shape.refers_to} of this project is empty."
    if len(known) <= _MOST_TERMS or shape.refers_to in ("topics", "audiences"):
        return f"Of this project: {', '.join(known)}."
    some = list(known)[:3]
    return f"Ids of this project's {shape.refers_to}, such as {', '.join(some)}."


def render(
    kind: Kind,
    library: Library,
    values: Mapping[str, Any],
    body: str | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Return the text of a new record: its values, the fields that are left out as comments, and a body.

    `notes` stand in comments at the top. Without a body, the kind's required sections are laid out.
    """
    lines = ["---"]
    for note in notes:
        lines += _comment(note)
    for field in describe(kind.model):
        explanation = _comment(_explain(field, library))
        if field.key in values:
            lines += [*explanation, *pair(field.key, values[field.key], _form_of(field.shape))]
        else:
            lines += [*explanation, *(f"# {line}" for line in _example(field, library, ""))]
        if field.shape.form in (Form.GROUP, Form.MAP) or _is_list_of_groups(field.shape):
            lines.append("")
    while not lines[-1]:
        lines.pop()
    return "\n".join(
        [*lines, "---", "", (body if body is not None else _sections(kind, library)).strip("\n"), ""]
    )


def _form_of(shape: Shape) -> Form | None:
    while shape.item is not None:
        shape = shape.item
    return None if shape.form is Form.GROUP else shape.form


def _is_list_of_groups(shape: Shape) -> bool:
    return shape.item is not None and shape.item.form is Form.GROUP


def _explain(field: Field, library: Library) -> str:
    need = (
        " A draft can go without." if field.draft_may_lack else "" if field.required else " Can be left out."
    )
    return f"{field.help}{need} {terms_of(field.shape, library)}".strip()


def _comment(text: str) -> list[str]:
    """Return a text as comment lines of at most 100 characters."""
    lines: list[str] = []
    for word in text.replace("\t", " ").split():
        if lines and len(lines[-1]) + len(word) < _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(f"# {word}")
    return lines


def _example(field: Field, library: Library, indent: str) -> list[str]:
    """Return the lines of a field with an example of its value, those inside a group explained one by one."""
    shape = field.shape
    inner = shape.item if shape.item is not None else shape
    if inner.form is Form.GROUP and inner.model is not None and inner is not shape:
        start = f"{indent}  - " if shape.form is Form.LIST else f"{indent}    "
        opening = [f"{indent}{field.key}:"]
        if shape.form is Form.MAP and shape.key is not None:
            opening.append(f"{indent}  {_example_value(shape.key, (), library)}:")
        lines = [line for one in describe(inner.model) for line in _explained(one, library, f"{indent}    ")]
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[first] = start + lines[first][len(start) :]
        return [*opening, *lines]
    if inner.form is Form.GROUP and inner.model is not None:
        lines = [line for one in describe(inner.model) for line in _explained(one, library, f"{indent}  ")]
        return [f"{indent}{field.key}:", *lines]
    return pair(field.key, _example_value(shape, field.examples, library), _form_of(shape), indent)


def _explained(field: Field, library: Library, indent: str) -> list[str]:
    comments = [f"{indent}{line}" for line in _comment(_explain(field, library))]
    return [*comments, *_example(field, library, indent)]


def _example_value(shape: Shape, examples: Sequence[Any], library: Library) -> Any:
    if examples:
        return examples[0]
    if shape.item is not None:
        return [_example_value(shape.item, (), library)]
    if shape.refers_to:
        return next(iter(library.ids[shape.refers_to]), f"id-of-{shape.refers_to}")
    if shape.choices:
        return shape.choices[0]
    return {Form.TRUTH: True, Form.COUNTRY: next(iter(countries())), Form.WHOLE: shape.least or 1}.get(
        shape.form, "…"
    )


def _sections(kind: Kind, library: Library) -> str:
    """Return the headings that the kind must have, and the others in a comment."""
    terms = getattr(library.vocabulary.sections, kind.name)
    required = [f"## {term.label}\n\n<!-- Write this section here. -->" for term in terms if term.required]
    others = [
        f"## {term.label}" + (f"\n{term.description}" if term.description else "")
        for term in terms
        if not term.required
    ]
    if not required and not others:
        return "<!-- Write the text here. -->"
    if others:
        what = "Sections that can be added:"
        if kind.closed_sections:
            what = "The sections that a text can have; one that is left out is shown as not yet documented:"
        required.append("\n".join(["<!--", what, *(f"\n{other}" for other in others), "-->"]))
    return "\n\n".join(required)


def with_required_sections(kind: Kind, library: Library, body: str) -> str:
    """Return a body with the headings that the kind must have and the body lacks, at its end."""
    written = set(re.findall(r"^## (.+)$", body, re.M))
    missing = [
        f"## {term.label}\n\n<!-- Write this section here, or move the text that belongs to it. -->"
        for term in getattr(library.vocabulary.sections, kind.name)
        if term.required and term.label not in written
    ]
    return "\n\n".join([body.strip("\n") or "<!-- Write the text here. -->", *missing])


def write(root: Path, kind: Kind, id: str, text: str) -> Path:
    """Write the text of a new record and return its file. Raises `NotMade` where there is one already."""
    folder = root / kind.folder
    file = folder / f"{id}.md"
    try:
        folder.mkdir(exist_ok=True)
        if not folder.resolve().is_relative_to(root.resolve()):
            raise NotMade(f"{kind.folder}/ is a link to a folder outside the project; nothing was written.")
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise NotMade(
            f"{kind.folder}/{id}.md is there already and was not touched. Open it, or choose another name."
        ) from None
    except OSError as error:
        raise NotMade(f"{kind.folder}/{id}.md cannot be written: {error.strerror}.") from None
    return file


def write_picture(root: Path, kind: Kind, name: str, content: bytes) -> None:
    """Write a picture beside the records. Raises `NotMade` where there is a file of its name already."""
    folder = root / kind.folder / "images"
    try:
        folder.mkdir(exist_ok=True)
        if not folder.resolve().is_relative_to(root.resolve()):
            raise NotMade(f"{kind.folder}/images/ is a link to a folder outside the project.")
        with (folder / name).open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise NotMade(f"{kind.folder}/images/{name} is there already and was not touched.") from None
    except OSError as error:
        raise NotMade(f"{kind.folder}/images/{name} cannot be written: {error.strerror}.") from None


def next_steps(kind: Kind, id: str) -> list[str]:
    """Return what is to be done after the draft is written, in order."""
    steps = [
        f"Open {kind.folder}/{id}.md in an editor and write; each line that begins with # explains a field.",
        "See it with `guidebook serve`; check it with `guidebook check`.",
        "When it is ready: set `status: published`.",
    ]
    if kind is CHAPTER:
        steps[-1] = (
            f"When it is ready: set `status: published` and add `{id}` to `chapters` in guidebook/book.yml, "
            "at its place. Until then it stands at the end, in the preview only."
        )
    return steps
