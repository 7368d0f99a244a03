"""From text to value: the types of fields, each in one place, and what else is known of them.

A field's annotation says four things: how the written text becomes a value (a validator), what people write
there (`Form`), what the value refers to (`Ref`, `Web`), and whether it is prose in which marks may stand (`Prose`).
`content.walking` finds the last two in any model; `content.description` tells all of it to forms, schemas and the
field reference.
"""

from __future__ import annotations

import ast
import datetime
import inspect
import re
import sys
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.dates import (
    DATE_PATTERN,
    PARTIAL_DATE_PATTERN,
    PartialDate,
    parse_date,
    parse_partial_date,
)
from mkdocs_guidebook.content.yaml12 import Plain

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Ids are lower-case words and numbers, joined by single hyphens."""
_ID = re.compile(ID_PATTERN)


class Model(BaseModel):
    """The base of all records and data: closed (an unknown key is an error) and unchangeable."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=False,
        defer_build=True,  # a model of another is part of it: to build each alone would double the start-up
    )

    @classmethod
    def said(cls) -> dict[str, str]:
        """Return what is said of each field, by its name in Python: the text below its line.

        pydantic's `use_attribute_docstrings` would read the source of all models at every start.
        """
        return {
            field: text
            for model in reversed(cls.__mro__)
            if issubclass(model, Model)
            for field, text in _said_in(model.__module__).get(model.__name__, {}).items()
        }

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema of the model, with what is said of its fields."""
        found = handler(schema)
        properties, said = handler.resolve_ref_schema(found)["properties"], cls.said()
        for name, info in cls.model_fields.items():
            if name in said:
                properties[info.alias or name].setdefault("description", said[name])
        return found


@cache
def _said_in(module: str) -> dict[str, dict[str, str]]:
    """Return what stands below the fields of each class of a module."""
    said: dict[str, dict[str, str]] = {}
    for part in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(part, ast.ClassDef):
            own = said[part.name] = {}
            for line, below in pairwise(part.body):
                match line, below:
                    case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                        own[name] = inspect.cleandoc(text)
    return said


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


Mark = Ref | Prose | Web


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

_Named = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN}),
    Form.ID,
]
"""The id of something else. Whether it has an id's form is no question: the check tells which there are."""
Topic = Annotated[_Named, Ref("topics")]
Phase = Annotated[_Named, Ref("phases")]
Audience = Annotated[_Named, Ref("audiences")]
ActivityKind = Annotated[_Named, Ref("kinds")]
Strength = Annotated[_Named, Ref("strengths")]
Certainty = Annotated[_Named, Ref("certainties")]
Part = Annotated[_Named, Ref("parts")]
ProfileField = Annotated[_Named, Ref("profile")]
Reference = Annotated[
    str, BeforeValidator(_text), StringConstraints(min_length=1), Form.TEXT, Ref("references")
]
"""The id of a record in data/references.yml."""
Organisation = Annotated[_Named, Ref("organisations")]
Term = Annotated[_Named, Ref("terms")]
ChapterId = Annotated[_Named, Ref("chapters")]
RecommendationId = Annotated[str, BeforeValidator(_text), Form.TEXT, Ref("recommendations")]
"""A recommendation, written chapter-id#recommendation-id."""
ArticleId = Annotated[_Named, Ref("articles")]
ActivityId = Annotated[_Named, Ref("activities")]
ExerciseId = Annotated[str, BeforeValidator(_text), Form.TEXT, Ref("exercises")]
"""An exercise, written chapter-id#exercise-id."""
