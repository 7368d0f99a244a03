"""From plain values to typed ones; what does not fit becomes problems in plain words, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.walking import model_at
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
    found: list[Problem] = []
    data = None
    try:
        data = model.model_validate(document.value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if details["type"] == "extra_forbidden" or not _is_refused(details["loc"], document):
                found.append(_problem(details, model, document))
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
    return document.source.problem(
        rules.EMPTY_VALUE,
        document.place_of_key(key),
        f"{_name(key)} has no value",
        "Write the value behind the colon, or delete the line if it is not needed.",
    )


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that a mapping of this model may have, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _problem(details: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    key: Key = details["loc"]
    kind = details["type"]
    value = details["input"]
    context = details.get("ctx", {})
    # pydantic's mark for the name of a key of a mapping; a key may also be called so
    in_key = kind != "extra_forbidden" and len(key) > 1 and key[-1] == "[key]" and key[-2] == value
    if in_key:
        key = key[:-1]
    name = _name(key) or _whole(document)
    said = details["msg"].replace(str(value), _short(value)) if isinstance(value, str) else details["msg"]

    def problem(
        rule: Rule, message: str, hint: str, allowed: tuple[str, ...] = (), place: Place | None = None
    ) -> Problem:
        own = document.place_of_key(key) if in_key else document.place(key)
        return document.source.problem(rule, place or own, message, hint, allowed)

    if kind == "extra_forbidden":
        parent = model_at(model, key[:-1])
        known = keys_of(parent) if parent else []
        torn = value is None and " " in str(key[-1])  # {reason: Shorter, and clearer}: two keys for YAML
        return problem(
            rules.UNKNOWN_KEY,
            f"unknown key `{_short(key[-1])}`{did_you_mean(str(key[-1]), known)}",
            "Put the whole text in quotation marks: within { } a comma ends a text."
            if torn
            else "Correct the spelling, or delete the line.",
            tuple(known),
            document.place_of_key(key),
        )
    if kind == "missing":
        where = f" in {_name(key[:-1])}" if len(key) > 1 else ""
        return problem(
            rules.MISSING_KEY,
            f"the key `{key[-1]}` is missing{where}",
            f"Add a line `{key[-1]}: …`. {_describe(model, key)}".strip(),
            place=_first_word(document, key[:-1]),
        )
    if value is None:
        return _empty_value(document, key)
    if kind in _FORMS:
        return problem(
            rules.WRONG_TYPE, f"{name} must be {_FORMS[kind]}, not {_form_of(value)}", _form_hint(kind, key)
        )
    if kind in ("too_short", "string_too_short"):
        what = "the text" if isinstance(value, str) else "at least one value"
        return problem(rules.EMPTY_VALUE, f"{name} is empty", f"Write {what}.")
    if kind in ("too_long", "string_too_long"):
        most = context["max_length"]
        if isinstance(value, str):
            return problem(
                rules.TOO_LONG,
                f"{name} has {len(value.strip())} characters; at most {most} fit",
                "Say it in fewer words and move the rest into the text.",
            )
        return problem(
            rules.WRONG_TYPE,
            f"{name} has {len(value)} items",
            f"At most {most} are allowed; delete the others.",
        )
    if kind in ("literal_error", "enum"):
        allowed = tuple(
            part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")
        )
        return problem(
            rules.BAD_VALUE,
            f"`{_short(value)}` is not a value of {name}{did_you_mean(str(value), allowed)}",
            "Choose one of the allowed values.",
            allowed,
        )
    if kind == "bad_country":
        names = {country.casefold(): code for code, country in countries().items()}
        code = names.get(str(value).casefold())
        return problem(
            rules.BAD_COUNTRY,
            said + (f": did you mean `{code}`?" if code else ""),
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
            rules.WRONG_ORDER,
            f"{name}: {said}",
            "Correct one of the two dates.",
            place=document.place((*key, "end")),
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
        "incomplete_name": (
            rules.MISSING_KEY,
            "Write {family: Meyer, given: Anna} for a person, {literal: River Board} for a body.",
        ),
        "not_true_or_false": (rules.WRONG_TYPE, "Write true or false."),
    }
    if kind in simple:
        rule, hint = simple[kind]
        return problem(rule, f"{name}: {said}", hint)
    if kind == "string_pattern_mismatch":
        return problem(
            rules.BAD_VALUE,
            f"`{_short(value)}` does not have the form that {name} needs",
            _describe(model, key) or "Compare it with another record.",
        )
    return problem(rules.BAD_VALUE, f"{name}: {said}", _describe(model, key) or "Correct the value.")


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
            return f"What belongs there: {info.description.splitlines()[0]}"
    return ""


def _first_word(document: Document, key: Key) -> Place:
    """Return the place of the first key inside the mapping at `key`."""
    first = document.first_keys.get(key)
    return document.place_of_key(first) if first else document.place(key)
