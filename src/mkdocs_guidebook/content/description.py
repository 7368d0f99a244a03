"""What each field is, for people and for programs that ask people: label, help, example, and form.

Everything here is read from the models, so that `guidebook new`, the schemas, the forms and the field
reference say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mkdocs_guidebook.content.fields import Form, Model, Ref
from mkdocs_guidebook.content.yaml12 import Key


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be written in one place."""

    form: Form
    """What people write."""
    refers_to: str = ""
    """Where the value is the id of something: the name of that list, as in `Library.ids`."""
    choices: tuple[str, ...] = ()
    """For `CHOICE`: the words that are allowed."""
    least: int | None = None
    """For numbers: the smallest that is allowed. For lists: the fewest items."""
    most: int | None = None
    """For numbers: the largest. For lists: the most items. For text: the most characters."""
    pattern: str = ""
    """The regular expression that the text must match as a whole."""
    item: Shape | None = None
    """For `LIST`: each item. For `MAP`: each value."""
    key: Shape | None = None
    """For `MAP`: each key."""
    model: type[BaseModel] | None = None
    """For `GROUP`: the model of its keys."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record, a data file or a group inside one."""

    key: str
    """As it is written in the file."""
    label: str
    """What a form calls it."""
    help: str
    """What belongs there, in plain words."""
    shape: Shape
    required: bool
    """Whether the key must be there: for its model, or for a rule that lets nothing without it be published."""
    default: Any = None
    """What counts when the key is left out."""
    examples: tuple[Any, ...] = ()
    """Values as they are written in YAML."""
    draft_may_lack: bool = False
    """Whether only a published record must have the key."""


_DEMANDED_BY_RULES = frozenset((("Recommendation", "sources"), ("Activity", "sources"), ("Event", "sources")))
"""Lists that their models let be empty, and the rules of `checks.facts` do not."""


@cache
def describe(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return what is known of each key of a model, in the model's order, which is the order of the file."""
    said = model.said() if issubclass(model, Model) else {}
    return tuple(_field(model, name, info, said.get(name, "")) for name, info in model.model_fields.items())


def _field(model: type[BaseModel], name: str, info: FieldInfo, said: str) -> Field:
    key = info.alias or name
    shape = _shape(info.annotation, list(info.metadata))
    demanded = (model.__name__, key) in _DEMANDED_BY_RULES
    if demanded:
        shape = replace(shape, least=1)
    return Field(
        key=key,
        label=info.title or key.replace("_", " ").replace("-", " ").capitalize(),
        help=" ".join(said.split()),
        shape=shape,
        required=info.is_required() or demanded,
        draft_may_lack=demanded and "status" in model.model_fields,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        examples=tuple(info.examples or ()),
    )


def fields_within(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field of a model and of the groups inside it, each with its way from the top.

    The way is written as `recommendations[].history[].edition`, for reference pages.
    """
    for field in describe(model):
        way = f"{prefix}{field.key}"
        yield way, field
        shape = field.shape
        while shape.item is not None:
            way += "[]" if shape.form is Form.LIST else ".<id>"
            shape = shape.item
        if shape.model is not None:
            yield from fields_within(shape.model, f"{way}.")


def shape_at(model: type[BaseModel], key: Key) -> Shape | None:
    """Return the shape of the value at `key` inside a record of type `model`; None where the model knows none."""
    shape: Shape | None = Shape(Form.GROUP, model=model)
    for part in key:
        if shape is None:
            return None
        if shape.model is not None:
            shape = next((field.shape for field in describe(shape.model) if field.key == part), None)
        else:
            shape = shape.item
    return shape


def models_within(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the model and those of the groups inside it, each once, in order."""
    found = [model]
    for one in found:
        for field in describe(one):
            shape = field.shape
            while shape.item is not None:
                shape = shape.item
            if shape.model is not None and shape.model not in found:
                found.append(shape.model)
    return found


def _shape(annotation: Any, metadata: list[Any]) -> Shape:
    """Return the shape of a type, with the marks and limits that stand around it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return _shape(inner, [*metadata, *marks])
    if origin in (Union, UnionType):
        inner = next(argument for argument in get_args(annotation) if argument is not type(None))
        return _shape(inner, metadata)
    limits = _limits(metadata)
    if origin is Literal:
        return Shape(Form.CHOICE, choices=get_args(annotation))
    if origin is list:
        return replace(Shape(Form.LIST, item=_shape(get_args(annotation)[0], [])), **limits)
    if origin is dict:
        key, value = (_shape(argument, []) for argument in get_args(annotation))
        return Shape(Form.MAP, key=key, item=value)
    form = next((mark for mark in metadata if isinstance(mark, Form)), None)
    model = annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
    if form is None and model is not None:
        return Shape(Form.GROUP, model=model)
    if form is None:
        raise TypeError(f"the type {annotation} says no Form")
    return Shape(form, model=model, **limits)


def _limits(metadata: list[Any]) -> dict[str, Any]:
    """Return what pydantic's marks and ours say of a value, as attributes of a `Shape`."""
    limits: dict[str, Any] = {}
    for mark in metadata:
        if isinstance(mark, Ref):
            limits["refers_to"] = mark.to
        if isinstance(mark, FieldInfo):
            limits |= _limits(mark.metadata)
        for name, attribute in (
            ("ge", "least"),
            ("le", "most"),
            ("max_length", "most"),
            ("pattern", "pattern"),
        ):
            value = getattr(mark, name, None)
            if value is not None:
                limits[attribute] = value
        length = getattr(mark, "min_length", None)
        if length is not None and not _is_of_text(metadata):
            limits["least"] = length
    return limits


def _is_of_text(metadata: list[Any]) -> bool:
    return any(isinstance(mark, Form) for mark in metadata)
