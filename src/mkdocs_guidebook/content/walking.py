"""What is marked in a model: values that refer to something, addresses on the web, prose.

The marks stand in the annotations of fields (see `content.fields`). `walk` finds them in any model, so that a
check of references or of prose is written once for all kinds of record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from mkdocs_guidebook.content.fields import Mark
from mkdocs_guidebook.content.yaml12 import Key


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
