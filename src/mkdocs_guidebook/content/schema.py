"""From plain values to typed ones; what does not fit becomes problems in plain words, each with its place."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.fields import countries, model_at
from mkdocs_guidebook.content.yaml12 import Document, Key
from mkdocs_guidebook.problems import Place, Problem, Rule, did_you_mean

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


def validate(model: type[M], document: Document, problems: list[Problem]) -> M | None:
    """Return the document's values as a `model`, or None after adding what does not fit to `problems`."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            problems.append(_problem(details, model, document))
        return None


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that a mapping of this model may have, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _problem(details: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    key: Key = tuple(part for part in details["loc"] if part != "[key]")
    kind = details["type"]
    value = details["input"]
    context = details.get("ctx", {})
    name = _name(key)

    def problem(
        rule: Rule, message: str, hint: str, allowed: tuple[str, ...] = (), place: Place | None = None
    ) -> Problem:
        return document.source.problem(rule, place or document.place(key), message, hint, allowed)

    if kind == "extra_forbidden":
        parent = model_at(model, key[:-1])
        known = keys_of(parent) if parent else []
        return problem(
            rules.UNKNOWN_KEY,
            f"unknown key `{key[-1]}`{did_you_mean(str(key[-1]), known)}",
            "Correct the spelling, or delete the line.",
            tuple(known),
            document.place_of_key(key),
        )
    if kind == "missing":
        where = f" in {_name(key[:-1])}" if len(key) > 1 else ""
        return problem(
            rules.MISSING_KEY,
            f"the key `{key[-1]}` is missing{where}",
            _describe(model, key) or f"Add a line `{key[-1]}: …`.",
            place=_first_word(document, key[:-1]),
        )
    if kind in _FORMS and value is None:
        return problem(
            rules.EMPTY_VALUE,
            f"{name} has no value",
            "Write the value behind the colon, or delete the line if it is not needed.",
            place=document.place_of_key(key),
        )
    if kind in _FORMS:
        return problem(
            rules.WRONG_TYPE, f"{name} must be {_FORMS[kind]}, not {_form_of(value)}", _form_hint(kind, key)
        )
    if kind in ("too_short", "string_too_short"):
        return problem(rules.EMPTY_VALUE, f"{name} is empty", "Write at least one value.")
    if kind == "too_long":
        return problem(
            rules.WRONG_TYPE,
            f"{name} has too many items",
            f"At most {context.get('max_length')} are allowed.",
        )
    if kind == "string_too_long":
        most = context["max_length"]
        return problem(
            rules.TOO_LONG,
            f"{name} has {len(str(value).strip())} characters; at most {most} fit",
            "Say it in fewer words and move the rest into the text.",
        )
    if kind in ("literal_error", "enum"):
        allowed = tuple(
            part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")
        )
        return problem(
            rules.BAD_VALUE,
            f"`{value}` is not a value of {name}{did_you_mean(str(value), allowed)}",
            "Choose one of the allowed values.",
            allowed,
        )
    if kind == "bad_country":
        names = {country.casefold(): code for code, country in countries().items()}
        code = names.get(str(value).casefold())
        return problem(
            rules.BAD_COUNTRY,
            details["msg"] + (f": did you mean `{code}`?" if code else ""),
            "Write the two letters of the country, such as FR for France (GB for the United Kingdom).",
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = "at least" if kind == "greater_than_equal" else "at most"
        limit = context["ge" if kind == "greater_than_equal" else "le"]
        return problem(
            rules.BAD_VALUE, f"{name} is {value}, but must be {bound} {limit}", "Correct the number."
        )
    if kind == "wrong_order":
        return problem(
            rules.WRONG_ORDER, f"{name or 'this'}: {details['msg']}", "Correct one of the two dates."
        )
    simple = {
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
        "not_true_or_false": (rules.WRONG_TYPE, "Write true or false."),
    }
    if kind in simple:
        rule, hint = simple[kind]
        if value is None:
            return problem(
                rules.EMPTY_VALUE,
                f"{name} has no value",
                "Write the value behind the colon, or delete the line if it is not needed.",
                place=document.place_of_key(key),
            )
        return problem(rule, f"{name}: {details['msg']}", hint)
    if kind == "string_pattern_mismatch":
        return problem(
            rules.BAD_VALUE,
            f"`{_short(value)}` does not have the form that {name} needs",
            _describe(model, key) or "Compare it with another record.",
        )
    return problem(
        rules.BAD_VALUE, f"{name}: {details['msg']}", _describe(model, key) or "Correct the value."
    )


def _name(key: Key) -> str:
    """Return a key as people read it: `recommendations`, item 2, `strength`."""
    parts = [f"item {part + 1}" if isinstance(part, int) else f"`{part}`" for part in key]
    return ", ".join(parts) if parts else "the front matter"


def _form_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    return f"the text `{_short(value)}`"


def _form_hint(kind: str, key: Key) -> str:
    last = next((part for part in reversed(key) if isinstance(part, str)), "key")
    if kind in ("list_type", "tuple_type"):
        return f"Write a list: `{last}: [one, two]`, or one item a line, each behind `- `."
    if kind == "string_type":
        return "Write plain text behind the colon; put it in quotes if it contains a colon or brackets."
    return "Write the keys on lines of their own, indented by two spaces."


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _describe(model: type[BaseModel], key: Key) -> str:
    """Return the documentation of the field at `key`, as a hint."""
    parent = model_at(model, key[:-1])
    if parent is None:
        return ""
    for name, info in parent.model_fields.items():
        if key[-1] == (info.alias or name) and info.description:
            return f"Add `{key[-1]}`: {info.description.splitlines()[0]}"
    return ""


def _first_word(document: Document, key: Key) -> Place:
    """Return the place of the first key inside the mapping at `key`."""
    for inner in document.keys:
        if inner[:-1] == key:
            return document.place_of_key(inner)
    return document.place(key)
