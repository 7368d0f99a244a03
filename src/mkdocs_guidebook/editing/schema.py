"""JSON Schemas (2020-12) of records and data files, for editors that complete and check while people type.

They are made from the models and from the term lists of the project, so that an editor says the same as
`guidebook check`. The data is meant as YAML 1.2 (core schema) reads it: `2.0` is a number there and text
for us, so that text fields also take numbers and truth values. What a schema cannot say is left to the check:

- a period or an event that ends before it starts;
- ids that stand twice, links, citations in text, minutes that do not add up, sections of the body;
- how a number was spelled: `1e3`, `0x1F`, `5.0` for a whole number, a year before 1000 without quotes, more
  than 15 digits, an id such as `5e-1` or `true` without quotes;
- what no file may hold at all: control characters, keys that stand twice, tags, anchors and aliases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.data.book import Pack
from mkdocs_guidebook.content.data.references import CslDate, Name
from mkdocs_guidebook.content.dates import ANY_DATE, DAY
from mkdocs_guidebook.content.description import Field, Shape, describe, models_within
from mkdocs_guidebook.content.fields import ID_PATTERN, Form
from mkdocs_guidebook.content.kinds import KINDS
from mkdocs_guidebook.content.kinds.activity import Place
from mkdocs_guidebook.content.library import Library

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TERMS = "terms.schema.json"
"""The file that holds the term lists; only it changes when content is added."""

_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+")

_FORMS: dict[Form, Schema] = {
    Form.DATE: {
        "type": "string",
        "pattern": rf"^(?!0000){DAY}$",
        "patternErrorMessage": "Write a day that exists as year-month-day, such as 2026-02-28.",
    },
    Form.ANY_DATE: {
        "type": ["string", "integer"],
        "minimum": 1000,
        "maximum": 9999,
        "pattern": rf"^{ANY_DATE}$",
        "patternErrorMessage": "Write 2026-02-28, 2026-02 or 2026.",
    },
    Form.ADDRESS: {
        "type": "string",
        "pattern": r"^https?://[^\s/]+\.[^\s/]+(?:/\S*)?$",
        "patternErrorMessage": "Write the whole address, beginning with https://.",
    },
    Form.NUMBER: {"type": "number", "exclusiveMinimum": -1e15, "exclusiveMaximum": 1e15},
    Form.WHOLE: {"type": "integer"},
    Form.TRUTH: {"type": "boolean"},
}

_DATE_PARTS: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "prefixItems": [
        {"type": "integer", "minimum": 1, "maximum": 9999},
        {"type": "integer", "minimum": 1, "maximum": 12},
        {"type": "integer", "minimum": 1, "maximum": 31},
    ],
    "allOf": [
        {
            "if": {"prefixItems": [True, {"enum": [4, 6, 9, 11]}], "minItems": 2},
            "then": {"prefixItems": [True, True, {"maximum": 30}]},
        },
        {
            "if": {"prefixItems": [True, {"const": 2}], "minItems": 2},
            "then": {"prefixItems": [True, True, {"maximum": 29}]},
        },
        {
            "if": {
                "prefixItems": [
                    {
                        "anyOf": [
                            {"not": {"multipleOf": 4}},
                            {"multipleOf": 100, "not": {"multipleOf": 400}},
                        ]
                    },
                    {"const": 2},
                ],
                "minItems": 2,
            },
            "then": {"prefixItems": [True, True, {"maximum": 28}]},
        },
    ],
}
"""Year, month and day of CSL, of a day that exists."""


def schemas(library: Library) -> dict[str, Schema]:
    """Return the schemas of a project's records, pages, data files and term lists by the names of their files."""
    roots: list[tuple[str, str, type[BaseModel]]] = [
        *((kind.name, f"The front matter of {kind.folder}/*.md", kind.model) for kind in KINDS),
        *((file.name, file.path, file.model) for file in DATA_FILES),
    ]
    return {f"{name}.schema.json": _root(title, model) for name, title, model in roots} | {
        TERMS: _terms(library)
    }


def as_text(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def stale(library: Library, folder: Path) -> dict[str, str]:
    """Return the texts of the schemas that the files in a folder do not hold, by the names of the files."""
    texts = {name: as_text(schema) for name, schema in schemas(library).items()}
    return not_held(texts, folder)


def not_held(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return those of some texts, by the names of their files, that the files in a folder do not hold."""
    return {name: text for name, text in texts.items() if _read(folder / name) != text}


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _root(title: str, model: type[BaseModel]) -> Schema:
    inner = models_within(model)[1:]
    return {
        "$schema": DIALECT,
        "$comment": "Made by `guidebook schema` from the models of mkdocs-guidebook. Do not edit.",
        "title": title,
        **_group(model),
        **({"$defs": {one.__name__: _group(one) for one in inner}} if inner else {}),
    }


def _group(model: type[BaseModel]) -> Schema:
    """Return the schema of a mapping with the keys of a model."""
    fields = describe(model)
    is_open = model.model_config.get("extra") == "allow"
    required = [field.key for field in fields if field.required and not field.draft_may_lack]
    schema: Schema = {
        "description": " ".join((model.__doc__ or "").split()),
        "type": "object",
        "properties": {field.key: _property(field) for field in fields},
        **({"required": required} if required else {}),
        "additionalProperties": is_open,
    }
    if published := [field.key for field in fields if field.draft_may_lack]:
        schema["if"] = {"properties": {"status": {"const": "published"}}, "required": ["status"]}
        schema["then"] = {
            "required": published,
            "properties": {key: {"minItems": schema["properties"][key].pop("minItems")} for key in published},
        }
    if model is Name:
        schema["anyOf"] = [{"required": ["family"]}, {"required": ["literal"]}]
    if model is Place:
        schema["dependentRequired"] = {"latitude": ["longitude"], "longitude": ["latitude"]}
    if model is Pack:
        schema["anyOf"] = [{"required": [key], "properties": {key: {"minItems": 1}}} for key in Pack.CONTENTS]
    if model is CslDate:
        schema["properties"]["date-parts"]["items"] = _DATE_PARTS
    return schema


def _property(field: Field) -> Schema:
    known: Schema = {"title": field.label, "description": field.help}
    if isinstance(field.default, (bool, int, str)):
        known["default"] = field.default
    if field.examples:
        known["examples"] = list(field.examples)
    return known | _value(field.shape)


def _value(shape: Shape) -> Schema:
    """Return the schema of what can be written in one place."""
    if shape.refers_to:
        return {"$ref": f"{TERMS}#/$defs/{shape.refers_to}"}
    if shape.form is Form.LIST:
        assert shape.item is not None  # noqa: S101 - a list has items
        limits = {"minItems": shape.least, "maxItems": shape.most}
        return {"type": "array", "items": _value(shape.item), **_given(limits)}
    if shape.form is Form.GROUP:
        assert shape.model is not None  # noqa: S101 - a group has a model
        return {"$ref": f"#/$defs/{shape.model.__name__}"}
    if shape.form is Form.CSL_DATE:
        assert shape.model is not None  # noqa: S101 - its long form has a model
        return {"anyOf": [_FORMS[Form.ANY_DATE], {"$ref": f"#/$defs/{shape.model.__name__}"}]}
    if shape.form is Form.MAP:
        assert shape.key is not None and shape.item is not None  # noqa: S101 - a map has both
        return {
            "type": "object",
            "propertyNames": _value(shape.key),
            "additionalProperties": _value(shape.item),
        }
    if shape.form is Form.CHOICE:
        return {"enum": list(shape.choices)}
    if shape.form is Form.COUNTRY:
        return _named(countries())
    if shape.form is Form.ID:
        return {
            "type": ["string", "integer"],
            "minimum": 0,
            "pattern": _trimmed(ID_PATTERN),
            "patternErrorMessage": "Use lower-case letters, numbers and single hyphens.",
        }
    if shape.form in (Form.TEXT, Form.INLINE, Form.BLOCKS):
        return _text(shape)
    limits = {"minimum": shape.least, "maximum": shape.most}
    return _FORMS[shape.form] | _given(limits)


def _text(shape: Shape) -> Schema:
    """Return the schema of text; white space around it does not count."""
    if shape.pattern:
        as_number = re.search(shape.pattern, "0") is not None
        return {
            "type": ["string", "number"] if as_number else "string",
            **({"minimum": 0} if as_number else {}),
            "pattern": _trimmed(shape.pattern),
        }
    if shape.most is not None:
        return {
            "type": ["string", "number", "boolean"],
            "pattern": rf"^\s*\S(?:[\s\S]{{0,{shape.most - 2}}}\S)?\s*$",
            "patternErrorMessage": f"Write a text of at most {shape.most} characters.",
        }
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def _trimmed(pattern: str) -> str:
    """Return the pattern, with white space allowed around what it matches."""
    return rf"^\s*(?:{pattern.removeprefix('^').removesuffix('$')})\s*$"


def _given(limits: Mapping[str, int | None]) -> Schema:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _named(labels: Mapping[str, str]) -> Schema:
    """Return the schema of a value out of a list, with what readers see for each (`enumDescriptions`)."""
    return {"enum": list(labels), "enumDescriptions": list(labels.values())}


def _terms(library: Library) -> Schema:
    lists = {name: _named(dict(_as_read(labels.items()))) for name, labels in library.ids.items()}
    return {
        "$schema": DIALECT,
        "$comment": "Made by `guidebook schema` from the content of this project. Do not edit.",
        "title": "The term lists and ids of this project",
        "$defs": lists,
    }


def _as_read(labels: Iterable[tuple[str, str]]) -> Iterable[tuple[Any, str]]:
    """Yield each id with its label, also as the number that YAML reads in an id such as 2019."""
    for id, label in labels:
        yield id, label
        if _PLAIN_NUMBER.fullmatch(id):
            yield int(id), label
