"""From text to value: the types of fields, each in one place, and what else is known of them.

A field's annotation says four things: how the written text becomes a value (a validator), what people write
there (`Form`), what the value refers to (`Ref`, `Web`), and whether it is prose in which marks may stand (`Prose`).
`walk` finds the last two in any model, so that a check of references or of prose is written once for all
kinds of record; `content.description` tells all of it to forms, schemas and the field reference.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from babel import Locale
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.yaml12 import Key, Plain

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Ids are lower-case words and numbers, joined by single hyphens."""
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""ISO 8601 dates of full or reduced precision (the level 0 of the Extended Date/Time Format)."""
DAY = (
    r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
"""A day that exists in the Gregorian calendar, leap years included, for programs that know only patterns."""
ANY_DATE = rf"(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{DAY})"
"""A day, a month or a year that exists."""

_ID = re.compile(ID_PATTERN)


class Model(BaseModel):
    """The base of all records and data: closed (an unknown key is an error) and unchangeable."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_name=False
    )


class Form(StrEnum):
    """What people write in a field."""

    TEXT = "text"
    """Text without marks."""
    INLINE = "inline"
    """Markdown within one paragraph."""
    BLOCKS = "blocks"
    """Markdown of several paragraphs or lists."""
    ID = "id"
    """Lower-case words joined by hyphens."""
    COUNTRY = "country"
    """A country code of two letters."""
    ADDRESS = "address"
    """A web address."""
    DATE = "date"
    """A day."""
    ANY_DATE = "any-date"
    """A day, a month or a year."""
    WHOLE = "whole"
    """A whole number."""
    NUMBER = "number"
    """A number."""
    TRUTH = "truth"
    """`true` or `false`."""
    CSL_DATE = "csl-date"
    """A date of the bibliography: as text, or as CSL's lists of year, month and day."""
    CHOICE = "choice"
    """One of a few words."""
    LIST = "list"
    """Any number of the same."""
    GROUP = "group"
    """Keys with values of their own."""
    MAP = "map"
    """Ids, each with a value of the same kind."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The value is the id of something else."""

    to: str
    """What it refers to: a term list of the vocabulary, or `references`, `organisations`, …"""


@dataclass(frozen=True, slots=True)
class Prose:
    """The value is Markdown, in which citations, links and terms may stand."""

    blocks: bool = False
    """Whether paragraphs and lists are allowed, or only text within one paragraph."""


@dataclass(frozen=True, slots=True)
class Web:
    """The value is the address of a page of another site."""


def _error(code: str, message: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, message, context)


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return _ID.fullmatch(text) is not None


def _identifier(value: str) -> str:
    if not is_id(value):
        raise _error("bad_id", "`{value}` is not an id: lower-case words joined by hyphens", value=value)
    return value


def _number_from(pattern: re.Pattern[str], kind: str) -> BeforeValidator:
    def convert(value: Any) -> Any:
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return value
        if isinstance(value, Plain) and pattern.fullmatch(value):
            try:
                return Decimal(str(value)) if kind == "number" else int(value)
            except (InvalidOperation, ValueError):
                pass
        raise _error("not_a_number", "`{value}` is not a {kind}", value=str(value), kind=kind)

    return BeforeValidator(convert)


def _truth(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value.lower() == "true"
    raise _error("not_true_or_false", "`{value}` is neither `true` nor `false`", value=str(value))


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which perhaps only the year, or the year and the month, is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join(
            f"{part:0{width}}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part
        )

    @property
    def first_day(self) -> datetime.date:
        """The earliest day that it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day that it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse_date(value: Any) -> datetime.date:
    """Return the date that a text of the form 2026-02-28 means; raise a validation error otherwise."""
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(DATE_PATTERN, value):
        raise _error("bad_date", "`{value}` is not a date of the form 2026-02-28", value=str(value))
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise _error("bad_date", "there is no date {value}", value=str(value)) from None


def parse_partial_date(value: Any) -> PartialDate:
    """Return the date that 2026-02-28, 2026-02 or 2026 means; raise a validation error otherwise."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str) or not re.fullmatch(PARTIAL_DATE_PATTERN, value):
        message = "`{value}` is not a date of the form 2026-02-28, 2026-02 or 2026"
        raise _error("bad_date", message, value=str(value))
    date = PartialDate(*map(int, value.split("-")))
    try:
        _ = date.first_day
    except ValueError:
        raise _error("bad_date", "there is no date {value}", value=str(value)) from None
    return date


@cache
def countries(language: str = "en") -> dict[str, str]:
    """Return the names of the countries of ISO 3166-1 by their codes of two letters, from Unicode CLDR."""
    not_countries = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    territories = Locale.parse(language, sep="-").territories
    return {
        code: name
        for code, name in sorted(territories.items())
        if len(code) == 2 and code.isalpha() and code not in not_countries
    }


def _country(value: str) -> str:
    if value not in countries():
        raise _error("bad_country", "`{value}` is not a country code of ISO 3166-1", value=value)
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", value):
        raise _error("bad_address", "`{value}` is not a complete web address", value=value)
    return value


Text = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1), Form.TEXT]
"""Text without marks."""
Title = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1, max_length=120), Form.TEXT]
"""A heading of at most 120 characters."""
Summary = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1, max_length=300), Form.TEXT]
"""One or two sentences, at most 300 characters, without marks."""
Inline = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1), Prose(), Form.INLINE]
"""Markdown within one paragraph; citations and links may stand in it."""
Blocks = Annotated[
    str, BeforeValidator(_text), StringConstraints(min_length=1), Prose(blocks=True), Form.BLOCKS
]
"""Markdown of several paragraphs or lists."""
Id = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN}),
    Form.ID,
]
"""A permanent name: lower-case words joined by hyphens."""
Whole = Annotated[int, _number_from(re.compile(r"[-+]?[0-9]{1,15}"), "whole number"), Form.WHOLE]
"""A whole number."""
Number = Annotated[
    Decimal,
    _number_from(re.compile(r"[-+]?([0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15})"), "number"),
    PlainSerializer(
        lambda value: int(value) if value == value.to_integral_value() else float(value),
        return_type=int | float,
    ),
    WithJsonSchema({"type": "number"}),
    Form.NUMBER,
]
"""A number, kept with the digits that were written."""
Truth = Annotated[bool, BeforeValidator(_truth), Form.TRUTH]
"""`true` or `false`."""
Date = Annotated[
    datetime.date,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "pattern": DATE_PATTERN}),
    Form.DATE,
]
"""A day, written 2026-02-28."""
AnyDate = Annotated[
    PartialDate,
    BeforeValidator(parse_partial_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": PARTIAL_DATE_PATTERN}),
    Form.ANY_DATE,
]
"""A day, month or year: 2026-02-28, 2026-02 or 2026."""
Country = Annotated[str, AfterValidator(_country), Form.COUNTRY]
"""A country code of ISO 3166-1 alpha-2, such as FR."""
WebAddress = Annotated[str, AfterValidator(_web_address), Form.ADDRESS, Web()]
"""A complete address that begins with https:// or http://."""

Topic = Annotated[Id, Ref("topics")]
Phase = Annotated[Id, Ref("phases")]
Audience = Annotated[Id, Ref("audiences")]
ActivityKind = Annotated[Id, Ref("kinds")]
Strength = Annotated[Id, Ref("strengths")]
Certainty = Annotated[Id, Ref("certainties")]
Part = Annotated[Id, Ref("parts")]
ProfileField = Annotated[Id, Ref("profile")]
Reference = Annotated[
    str, BeforeValidator(_text), StringConstraints(min_length=1), Form.TEXT, Ref("references")
]
"""The id of a record in data/references.yml."""
Organisation = Annotated[Id, Ref("organisations")]
Term = Annotated[Id, Ref("terms")]
ChapterId = Annotated[Id, Ref("chapters")]
RecommendationId = Annotated[str, BeforeValidator(_text), Form.TEXT, Ref("recommendations")]
"""A recommendation, written chapter-id#recommendation-id."""
ArticleId = Annotated[Id, Ref("articles")]
ActivityId = Annotated[Id, Ref("activities")]
ExerciseId = Annotated[str, BeforeValidator(_text), Form.TEXT, Ref("exercises")]
"""An exercise, written chapter-id#exercise-id."""


Mark = Ref | Prose | Web


@dataclass(frozen=True, slots=True)
class _Step:
    """What is known of a type: its marks, and the type inside it."""

    marks: tuple[Mark, ...] = ()
    model: type[BaseModel] | None = None
    item: _Step | None = None
    """For a list: its items."""
    key: _Step | None = None
    """For a mapping: its keys."""
    value: _Step | None = None
    """For a mapping: its values."""

    @property
    def is_bare(self) -> bool:
        return not (self.marks or self.model or self.item or self.key or self.value)


_NOTHING = _Step()


def _step_for(annotation: Any, marks: tuple[Mark, ...] = ()) -> _Step:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        found = tuple(mark for mark in metadata if isinstance(mark, Mark))
        return _step_for(inner, marks + found)
    if origin in (Union, UnionType):
        inner = [argument for argument in get_args(annotation) if argument is not type(None)]
        return _step_for(inner[0], marks) if len(inner) == 1 else _Step(marks)
    if origin in (list, tuple):
        item = _step_for(get_args(annotation)[0])
        return _NOTHING if item.is_bare else _Step(item=item)
    if origin is dict:
        key, value = (_step_for(argument) for argument in get_args(annotation))
        return _NOTHING if key.is_bare and value.is_bare else _Step(key=key, value=value)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Step(marks, model=annotation)
    return _Step(marks)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, _Step], ...]:
    """Return (attribute, key in the file, step) of each field of the model that has marks inside it."""
    plan = []
    for name, info in model.model_fields.items():
        marks = tuple(mark for mark in info.metadata if isinstance(mark, Mark))
        step = _step_for(info.annotation, marks)
        if not step.is_bare:
            plan.append((name, info.alias or name, step))
    return tuple(plan)


@dataclass(frozen=True, slots=True)
class Marked:
    """A value in a record that refers to something, is an address on the web or holds prose."""

    key: Key
    """Where it stands in the record."""
    value: str
    mark: Mark
    in_key: bool = False
    """Whether it is the name of a key and not a value."""


def walk(value: BaseModel, key: Key = ()) -> Iterator[Marked]:
    """Yield every value inside the model that has a mark: refers to something (`Ref`, `Web`) or holds `Prose`."""
    for name, alias, step in _plan(type(value)):
        inner = getattr(value, name)
        if inner is not None:
            yield from _walk_step(inner, step, (*key, alias))


def _walk_step(value: Any, step: _Step, key: Key) -> Iterator[Marked]:
    for mark in step.marks:
        yield Marked(key, str(value), mark)
    if step.model is not None:
        yield from walk(value, key)
    elif step.item is not None:
        for number, item in enumerate(value):
            yield from _walk_step(item, step.item, (*key, number))
    elif step.value is not None and step.key is not None:
        for name, item in value.items():
            for mark in step.key.marks:
                yield Marked((*key, name), name, mark, in_key=True)
            yield from _walk_step(item, step.value, (*key, name))


def model_at(model: type[BaseModel], key: Key) -> type[BaseModel] | None:
    """Return the model of the mapping that stands at `key` inside a record of type `model`."""
    step = _Step(model=model)
    for part in key:
        if step.model is not None:
            info = next(
                (info for name, info in step.model.model_fields.items() if part == (info.alias or name)), None
            )
            if info is None:
                return None
            step = _step_for(info.annotation)
        elif step.item is not None:
            step = step.item
        elif step.value is not None:
            step = step.value
        else:
            return None
    return step.model
