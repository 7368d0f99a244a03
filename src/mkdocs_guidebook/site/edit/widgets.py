"""From what is known of a field to a field of the form, with its help, its choices and its limits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.dates import ANY_DATE, DAY
from mkdocs_guidebook.content.description import Field, Shape, describe
from mkdocs_guidebook.content.fields import ID_PATTERN, Form
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import Language

FormField = dict[str, Any]
"""One field in Decap's words. Beside Decap's own keys: `form` (what is written in the file), `unset` (what counts
when the key is left out), `unique` (whether ids of a list's items must differ), `map_key` and `single`."""

_TERM_LISTS = ("topics", "phases", "audiences", "kinds", "profile", "strengths", "certainties")
"""Lists that change seldom: their choices are written into the form, with labels."""
_RELATIONS: dict[str, dict[str, str]] = {
    "references": {"collection": "lists", "file": "references", "list": "references", "known_by": "title"},
    "organisations": {
        "collection": "lists",
        "file": "organisations",
        "list": "organisations",
        "known_by": "name",
    },
    "terms": {"collection": "lists", "file": "glossary", "list": "terms", "known_by": "term"},
    "parts": {"collection": "lists", "file": "book", "list": "parts", "known_by": "title"},
    "chapters": {"collection": "chapter", "known_by": "title"},
    "articles": {"collection": "article", "known_by": "title"},
    "activities": {"collection": "activity", "known_by": "title"},
    "recommendations": {
        "collection": "chapter",
        "list": "recommendations",
        "known_by": "text",
        "address": "inside",
    },
    "exercises": {"collection": "chapter", "list": "exercises", "known_by": "title", "address": "inside"},
}
"""What can be referred to: the collection and file where it stands, the list in it, the key that people know it by.
The address of what stands inside a record is record-id#id."""
_PATTERNS = {
    Form.ID: (ID_PATTERN, "edit.wrong_id"),
    Form.ADDRESS: (r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$", "edit.wrong_address"),
    Form.DATE: (rf"^(?!0000){DAY}$", "edit.wrong_date"),
    Form.ANY_DATE: (rf"^{ANY_DATE}$", "edit.wrong_any_date"),
    Form.CSL_DATE: (rf"^{ANY_DATE}(?:/{ANY_DATE})?~?$", "edit.wrong_csl_date"),
}
_NAMES = ("text", "title", "term", "label", "name", "literal", "family", "prompt", "checked", "reason", "id")
"""The keys by which an item of a list is known, the best first."""


@dataclass(frozen=True)
class FormMaker:
    """Makes fields for one library, with the words of one language."""

    library: Library
    language: Language
    relations: frozenset[str]
    """Data files that the form has."""

    def fields(self, model: type[BaseModel], skip: frozenset[str] = frozenset()) -> list[FormField]:
        """Return the form's fields for a model."""
        return [self.field(field) for field in describe(model) if field.key not in skip]

    def field(self, field: Field) -> FormField:
        """Return the form's field for one key."""
        made: FormField = {"name": field.key, "label": field.label, "required": field.required}
        hint = field.help
        if field.examples and isinstance(field.examples[0], str | int | float):
            hint += " " + self.language("edit.example", example=field.examples[0])
        made["hint"] = hint.strip()
        made |= self._control(field.shape, field)
        if not field.required and isinstance(field.default, bool | int | str):
            made["unset"] = field.default
            if made["widget"] in ("boolean", "number", "string"):
                made["default"] = field.default
        return made

    def _control(self, shape: Shape, field: Field) -> FormField:
        """Return the widget for a shape, and what it needs."""
        make: Callable[[Shape, Field], FormField] = {
            Form.LIST: self._list,
            Form.GROUP: self._group,
            Form.MAP: self._map,
        }.get(shape.form, self._single)
        return {"form": shape.form.value, **make(shape, field)}

    def _single(self, shape: Shape, field: Field) -> FormField:
        if shape.refers_to:
            return self._reference(shape.refers_to, multiple=False)
        match shape.form:
            case Form.CHOICE:
                return {
                    "widget": "select",
                    "options": [self._choice(field.key, one) for one in shape.choices],
                }
            case Form.COUNTRY:
                names = {code: self.language.country(code) for code in countries()}
                options = sorted(names.items(), key=lambda item: item[1].casefold())
                return {
                    "widget": "select",
                    "options": [{"value": code, "label": name} for code, name in options],
                }
            case Form.TRUTH:
                return {"widget": "boolean"}
            case Form.WHOLE | Form.NUMBER:
                whole = shape.form is Form.WHOLE
                made: FormField = {
                    "widget": "number",
                    "value_type": "int" if whole else "float",
                    "step": 1,
                }
                made |= {
                    key: limit
                    for key, limit in (("min", shape.least), ("max", shape.most))
                    if limit is not None
                }
                return made
            case Form.DATE:
                return {
                    "widget": "datetime",
                    "date_format": "YYYY-MM-DD",
                    "time_format": False,
                    "default": "",
                    **self._pattern(shape),
                }
            case Form.INLINE:
                return {"widget": "guidebook-line"}
            case Form.BLOCKS:
                return {"widget": "guidebook-text"}
            case _:
                long = shape.most is not None and shape.most > 150
                return {"widget": "text" if long else "string", **self._pattern(shape)}

    def _choice(self, key: str, value: str) -> dict[str, str]:
        try:
            label = self.language(f"{key}.{value}")
        except KeyError:
            label = value.replace("-", " ").replace("_", " ")
        return {"value": value, "label": label[:1].upper() + label[1:]}

    def _pattern(self, shape: Shape) -> FormField:
        """Return the pattern that a text must have, white space around it aside, with the message for others."""
        if shape.form in _PATTERNS:
            pattern, message = _PATTERNS[shape.form]
            said = self.language(message)
        elif shape.pattern:
            pattern, said = shape.pattern, self.language("edit.wrong_form")
        elif shape.most is not None:
            pattern, said = rf"[\s\S]{{0,{shape.most}}}", self.language("edit.too_long", most=shape.most)
        else:
            return {}
        return {"pattern": [rf"^\s*(?:{pattern.removeprefix('^').removesuffix('$')})\s*$", said]}

    def _reference(self, to: str, multiple: bool) -> FormField:
        """Return a control that chooses from what the project has."""
        if to in _TERM_LISTS:
            options = [{"value": id, "label": label} for id, label in self.library.ids[to].items()]
            return {"widget": "select", "multiple": multiple, "options": options, "refers_to": to}
        relation = _RELATIONS[to]
        if "file" in relation and relation["file"] not in self.relations:
            return {"widget": "list" if multiple else "string", "refers_to": to}
        return {"widget": "guidebook-choice", "multiple": multiple, "refers_to": to, **relation}

    def _list(self, shape: Shape, field: Field) -> FormField:
        item = shape.item
        assert item is not None  # noqa: S101 - a list has items
        limits = {
            key: limit for key, limit in (("min", shape.least), ("max", shape.most)) if limit is not None
        }
        if item.refers_to:
            return {**self._reference(item.refers_to, multiple=True), **limits}
        made: FormField = {"widget": "list", "default": [], "collapsed": True, **limits}
        if item.form is Form.GROUP and item.model is not None:
            fields = self.fields(item.model)
            made |= {"fields": fields, "summary": _summary(fields), "unique": fields[0]["name"] == "id"}
        else:
            one = Field(key="item", label=self._one(field), help="", shape=item, required=True)
            made |= {"field": {**self.field(one), "hint": ""}, "summary": "{{fields.item}}"}
        return made | {"label_singular": self._one(field)}

    def _one(self, field: Field) -> str:
        """Return what one item of a list is called."""
        label = field.label
        if label.endswith("ies"):
            return label[:-3] + "y"
        return label[:-1] if label.endswith("s") and not label.endswith("ss") else label

    def _group(self, shape: Shape, field: Field) -> FormField:
        assert shape.model is not None  # noqa: S101 - a group has a model
        fields = self.fields(shape.model)
        if field.required:
            return {"widget": "object", "fields": fields}
        # Decap asks for the required keys of a group that may be left out; as a list of at most one it does not.
        return {
            "widget": "list",
            "default": [],
            "single": True,
            "max": 1,
            "collapsed": True,
            "fields": fields,
            "summary": _summary(fields),
            "label_singular": field.label,
        }

    def _map(self, shape: Shape, field: Field) -> FormField:
        key, item = shape.key, shape.item
        assert key is not None and item is not None and item.model is not None  # noqa: S101 - maps are of groups
        which = Field(key="_key", label=self.language("edit.which"), help="", shape=key, required=True)
        return {
            "widget": "list",
            "default": [],
            "map_key": "_key",
            "collapsed": True,
            "fields": [self.field(which), *self.fields(item.model)],
            "summary": "{{fields._key}}",
            "label_singular": self._one(field),
        }


def _summary(fields: list[FormField]) -> str:
    """Return the template for the line that stands for a folded item."""
    names = {field["name"] for field in fields}
    best = next((name for name in _NAMES if name in names), fields[0]["name"])
    return f"{{{{fields.{best} | truncate(90, '…')}}}}" if not re.search(r"\W", best) else ""
