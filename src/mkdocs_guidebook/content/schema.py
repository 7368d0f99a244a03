"""From plain values to typed ones; what does not fit becomes problems in plain words, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.fields import Model
from mkdocs_guidebook.content.walking import model_at
from mkdocs_guidebook.content.yaml12 import Document, Key
from mkdocs_guidebook.problems import Place, Problem, Rule, did_you_mean, nearest

M = TypeVar("M", bound=BaseModel)

_FORMS = {
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "bool_type": "`true` or `false`",
    "int_type": "a whole number",
}
"""What a value must be, by pydantic's name of what is wrong."""
_LISTED = re.compile(r"\w[\w-]*(?:, *\w[\w-]*)*")
"""Ids with commas between, of which only the brackets are forgotten."""
_COMMENT = re.compile(r"[\"']? *: +#")
_NO_HYPHENS = tuple("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}\N{BULLET}\N{MIDDLE DOT}")
"""Signs that word processors put before the items of a list."""
_OWN = {
    "bad_date": (rules.BAD_DATE, "Write the date as year-month-day, such as 2026-02-28."),
    "bad_id": (
        rules.BAD_ID,
        "Use lower-case letters, numbers and single hyphens, such as agree-before-the-first-case.",
    ),
    "bad_address": (rules.BAD_ADDRESS, "Write the whole address, beginning with https://."),
    "not_a_number": (
        rules.WRONG_TYPE,
        "Write the number in figures, without quotes, unit or thousands sign.",
    ),
    "incomplete_name": (
        rules.MISSING_KEY,
        "Write {family: Meyer, given: Anna} for a person, {literal: River Board} for a body.",
    ),
    "half_place": (rules.EMPTY_VALUE, "Write latitude and longitude, or none of the two."),
    "empty_pack": (
        rules.EMPTY_VALUE,
        "Name what is in it: chapters, articles, activities, guides or worksheets.",
    ),
    "not_true_or_false": (rules.WRONG_TYPE, "Write true or false."),
}
"""The rule and the hint for what our own validators refuse with a message of their own."""


def validate(model: type[M], document: Document, problems: list[Problem]) -> M | None:
    """Return the document's values as a `model`, or None after adding what does not fit to `problems`."""
    found: list[Problem] = []
    data = None
    try:
        data = model.model_validate(document.value)
    except ValidationError as error:
        misfits = [
            _Misfit.of(details, model, document)
            for details in error.errors(include_url=False)
            if details["type"] == "extra_forbidden" or not _is_refused(details["loc"], document)
        ]
        misspelt = {(*misfit.key[:-1], misfit.meant) for misfit in misfits if misfit.meant}
        found = [
            misfit.problem() for misfit in misfits if misfit.kind != "missing" or misfit.key not in misspelt
        ]
    places = {problem.place for problem in found}
    found += [problem for problem in _empty_values(model, document) if problem.place not in places]
    problems += found
    return data


def _is_refused(key: Key, document: Document) -> bool:
    """Whether the value at `key` was left out because a problem of it has been told already."""
    return any(key[:length] in document.refused for length in range(len(key) + 1))


def _empty_values(model: type[BaseModel], document: Document) -> Iterator[Problem]:
    """Yield a problem for each key of the model with nothing behind it, whether or not it is required."""
    for key in document.empty:
        parent = model_at(model, key[:-1]) if key else None
        if parent is not None and key[-1] in keys_of(parent):
            yield _empty_value(document, key)


def _empty_value(document: Document, key: Key) -> Problem:
    if not key:
        whole = _whole(document)
        return document.source.problem(
            rules.EMPTY_VALUE,
            document.place(()),
            f"{whole} is empty",
            "Write its keys, each on a line of its own.",
        )
    hint = "Write the value behind the colon, or delete the line if it is not needed."
    if isinstance(key[-1], int):
        hint = "Write the value behind the hyphen, or delete the line."
    elif key in document.keys and _COMMENT.match(document.source.text, document.keys[key][1]):
        hint = "What follows # is a comment. If it is the value, put it in quotes; or delete the line."
    return document.source.problem(
        rules.EMPTY_VALUE, document.place_of_key(key), f"{_name(key)} has no value", hint
    )


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that a mapping of this model may have, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


@dataclass(frozen=True)
class _Misfit:
    """A value that does not fit its model, as pydantic tells it."""

    model: type[BaseModel]
    document: Document
    kind: str
    """Pydantic's name of what is wrong, or the code of one of our validators."""
    key: Key
    in_key: bool
    """Whether it is the name of a key, and not the value behind it."""
    value: Any
    message: str
    limits: Mapping[str, Any]

    @classmethod
    def of(cls, details: ErrorDetails, model: type[BaseModel], document: Document) -> _Misfit:
        """Return what pydantic tells of one value."""
        key: Key = details["loc"]
        kind, value, message = details["type"], details["input"], details["msg"]
        # pydantic's mark for the name of a key of a mapping; a key may also be called so
        in_key = kind != "extra_forbidden" and len(key) > 1 and key[-1] == "[key]" and key[-2] == value
        if isinstance(value, str):
            message = message.replace(str(value), _short(value))
        return cls(
            model, document, kind, key[:-1] if in_key else key, in_key, value, message, details.get("ctx", {})
        )

    @property
    def name(self) -> str:
        """What people call it."""
        return _name(self.key) or _whole(self.document)

    @property
    def known(self) -> list[str]:
        """The keys that may stand in its place."""
        parent = model_at(self.model, self.key[:-1])
        return keys_of(parent) if parent else []

    @property
    def meant(self) -> str | None:
        """The key that is meant by one that is not known, where one comes close."""
        return nearest(str(self.key[-1]), self.known) if self.kind == "extra_forbidden" else None

    def problem(self) -> Problem:
        """Return what is wrong, in plain words."""
        match self.kind:
            case "extra_forbidden":
                return self._unknown_key()
            case "missing":
                return self._missing_key()
            case _ if self.value is None:
                return _empty_value(self.document, self.key)
            case "too_short" | "string_too_short":
                what = "the text" if isinstance(self.value, str) else "at least one value"
                return self._told(rules.EMPTY_VALUE, f"{self.name} is empty", f"Write {what}.")
            case "too_long" | "string_too_long":
                return self._too_long()
            case "literal_error" | "enum":
                return self._not_a_choice()
            case "greater_than_equal" | "less_than_equal":
                return self._out_of_bounds()
            case "bad_country":
                return self._no_country()
            case "wrong_order":
                end = self.document.place((*self.key, "end"))
                hint = "Correct one of the two dates."
                return self._told(rules.WRONG_ORDER, f"{self.name}: {self.message}", hint, place=end)
            case "string_pattern_mismatch":
                return self._told(
                    rules.BAD_VALUE,
                    f"`{_short(self.value)}` does not have the form that {self.name} needs",
                    _describe(self.model, self.key) or "Compare it with another record.",
                )
        if self.kind in _FORMS:
            message = f"{self.name} must be {_FORMS[self.kind]}, not {_form_of(self.value)}"
            return self._told(rules.WRONG_TYPE, message, self._form_hint())
        rule, hint = _OWN.get(self.kind, (rules.BAD_VALUE, ""))
        return self._told(
            rule,
            f"{self.name}: {self.message}",
            hint or _describe(self.model, self.key) or "Correct the value.",
        )

    def _told(
        self, rule: Rule, message: str, hint: str, allowed: tuple[str, ...] = (), place: Place | None = None
    ) -> Problem:
        document = self.document
        own = document.place_of_key(self.key) if self.in_key else document.place(self.key)
        return document.source.problem(rule, place or own, message, hint, allowed)

    def _unknown_key(self) -> Problem:
        written = self.key[-1]
        suggestion = f": did you mean `{self.meant}`?" if self.meant else ""
        return self._told(
            rules.UNKNOWN_KEY,
            f"unknown key `{_short(written)}`{suggestion}",
            self._torn() or "Correct the spelling, or delete the line.",
            tuple(self.known),
            self.document.place_of_key(self.key),
        )

    def _torn(self) -> str:
        """Return what to do about a text that its comma tore into two keys; empty where that is not what happened."""
        piece = str(self.key[-1])
        if self.value is None and piece.isdigit():  # {value: 3,700}
            return "Within { } a comma ends a number: leave the thousands sign out, and write a decimal sign as a point."
        if self.value is None and " " in piece:  # {reason: Shorter, and clearer}
            return "Put the whole text in quotation marks: within { } a comma ends a text."
        return ""

    def _missing_key(self) -> Problem:
        *around, missing = self.key
        where = f" in {_name(tuple(around))}" if around else ""
        return self._told(
            rules.MISSING_KEY,
            f"the key `{missing}` is missing{where}",
            f"Add a line `{missing}: …`. {_describe(self.model, self.key)}".strip(),
            place=_first_word(self.document, tuple(around)),
        )

    def _form_hint(self) -> str:
        """Return how a value of the form that is wanted is written."""
        if self.kind == "string_type":
            return "Write plain text behind the colon; put it in quotes if it contains a colon or brackets."
        if self.kind not in ("list_type", "tuple_type"):
            group = model_at(self.model, self.key)
            if not self.key and group:
                return f"Begin with a key, such as `{_required(group)[0]}:`, and put the rest below it, indented."
            example = f"Write {_example(group)}, or the" if group else "Write the"
            return f"{example} keys on lines of their own, indented by two spaces."
        text = str(self.value)
        if text[:1] in _NO_HYPHENS:
            return f"Begin each item with a hyphen and a space, `- `: `{text[0]}` is another sign."
        if text.startswith("-"):
            return "Write a space behind each hyphen, `- `."
        item = model_at(self.model, (*self.key, 0))
        if isinstance(self.value, dict):
            return "Begin each item with a hyphen and a space, `- `."
        inside = _example(item) if item else text if _LISTED.fullmatch(text) else "one, two"
        last = next((part for part in reversed(self.key) if isinstance(part, str)), "key")
        return f"Write a list: `{last}: [{inside}]`, or one item a line, each behind `- `."

    def _too_long(self) -> Problem:
        most = self.limits["max_length"]
        if isinstance(self.value, str):
            return self._told(
                rules.TOO_LONG,
                f"{self.name} has {len(self.value.strip())} characters; at most {most} fit",
                "Say it in fewer words and move the rest into the text.",
            )
        return self._told(
            rules.WRONG_TYPE,
            f"{self.name} has {len(self.value)} items",
            f"At most {most} are allowed; delete the others.",
        )

    def _not_a_choice(self) -> Problem:
        expected = str(self.limits["expected"]).replace(" or ", ", ").split(",")
        allowed = tuple(part.strip(" '") for part in expected)
        hint = "Choose one of the allowed values."
        if re.sub(r"[^\w-]", "", str(self.value)) in allowed:
            hint = "Delete the signs around it, of which some cannot be seen, and type it again."
        return self._told(
            rules.BAD_VALUE,
            f"`{_short(self.value)}` is not a value of {self.name}{did_you_mean(str(self.value), allowed)}",
            hint,
            allowed,
        )

    def _out_of_bounds(self) -> Problem:
        least = self.limits.get("ge")
        bound = f"at least {least}" if least is not None else f"at most {self.limits['le']}"
        message = f"{self.name} is {self.value}, but must be {bound}"
        return self._told(rules.BAD_VALUE, message, "Correct the number.")

    def _no_country(self) -> Problem:
        known = countries()
        names = {name.casefold(): code for code, country in known.items() for name in (code, country)}
        written = str(self.value).strip().casefold()
        close = nearest(written, names) if len(written) > 4 else None  # codes all look alike
        code = names.get(written) or (names[close] if close else None)
        return self._told(
            rules.BAD_COUNTRY,
            self.message + (f": did you mean `{code}`?" if code else ""),
            "Write the two letters of the country, such as FR for France (GB for the United Kingdom).",
        )


def _name(key: Key) -> str:
    """Return a key as people read it: `recommendations`, item 2, `strength`."""
    return ", ".join(f"item {part + 1}" if isinstance(part, int) else f"`{_short(part)}`" for part in key)


def _whole(document: Document) -> str:
    return "the front matter" if document.source.path.endswith(".md") else "the file"


def _form_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    return f"the text `{_short(value)}`"


def _required(model: type[BaseModel]) -> list[str]:
    """Return the keys that a group must have; without any the first two that it may have."""
    fields = model.model_fields.items()
    return [info.alias or name for name, info in fields if info.is_required()] or keys_of(model)[:2]


def _example(model: type[BaseModel]) -> str:
    return f"{{{', '.join(f'{key}: …' for key in _required(model))}}}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _describe(model: type[BaseModel], key: Key) -> str:
    """Return the documentation of the field at `key`, as a hint."""
    parent = model_at(model, key[:-1])
    if parent is None or not issubclass(parent, Model):
        return ""
    said = parent.said()
    names = (name for name, info in parent.model_fields.items() if key[-1] == (info.alias or name))
    return next((f"What belongs there: {said[name].splitlines()[0]}" for name in names if name in said), "")


def _first_word(document: Document, key: Key) -> Place:
    """Return the place of the first key inside the mapping at `key`."""
    first = document.first_keys.get(key)
    return document.place_of_key(first) if first else document.place(key)
