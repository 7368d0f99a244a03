"""The reference of all fields, made from the models themselves: a page for each kind of record and data file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel

from mkdocs_guidebook.content.data import DATA_FILES, DataFile
from mkdocs_guidebook.content.description import Field, Shape, describe
from mkdocs_guidebook.content.fields import Form
from mkdocs_guidebook.content.kinds import KINDS, PAGE, Kind
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.views.base import PageView, heading
from mkdocs_guidebook.site.views.cards import Card, Group, ListView
from mkdocs_guidebook.site.views.page import Page

FIELDS = "fields/index.md"
"""The page that leads to the fields of each kind of file."""
_MOST_VALUES = 30
"""A list of terms that is longer is not shown whole."""


@dataclass(frozen=True)
class FieldView:
    """One key, in words."""

    key: str
    label: str
    help: str
    required: bool
    type: str
    """What is written there, in words."""
    values: tuple[tuple[str, str], ...]
    """The allowed values with what readers see for them."""
    default: str
    example: str
    """A line or lines of YAML."""
    inside: tuple[str, str] | None
    """Anchor and title of the group that says what stands inside."""


@dataclass(frozen=True)
class FieldGroup:
    """The keys of a file, or of a group inside it."""

    anchor: str
    title: str
    text: str
    """What the group is."""
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class FieldsView(PageView):
    """The fields of one kind of record or of one data file."""

    groups: tuple[FieldGroup, ...] = ()


def described() -> dict[str, Kind | DataFile]:
    """Return everything that has fields, by the name of its page."""
    return {f"fields/{thing.name}.md": thing for thing in (*KINDS, *DATA_FILES)}


def fields_index_view(page: Page) -> ListView:
    """Return the page that leads to all others."""
    language = page.site.language

    def cards(things: tuple[Kind | DataFile, ...]) -> tuple[Card, ...]:
        return tuple(
            Card(
                _title(thing, language),
                page.to_page(f"fields/{thing.name}.md"),
                "",
                page.plain(_path(thing)),
            )
            for thing in things
        )

    groups = (
        Group("records", language("fields.records"), cards=cards(KINDS)),
        Group("lists", language("edit.lists"), cards=cards(DATA_FILES)),
    )
    return ListView(
        template="list.html",
        title=language("fields.title"),
        summary=language("fields.summary"),
        url=page.url,
        groups=groups,
        toc=tuple(heading(2, group.anchor, group.title) for group in groups),
    )


def fields_view(page: Page, thing: Kind | DataFile) -> FieldsView:
    """Return the fields of a kind of record or a data file."""
    language = page.site.language
    models = Language("en")  # what the models say of themselves
    groups = tuple(_groups(page, thing.model, models("fields.whole")))
    return FieldsView(
        template="fields.html",
        language=models.tag,
        title=_title(thing, language),
        full_title=f"{language('fields.title')}: {_title(thing, language)}",
        summary=language("fields.where", path=_path(thing)),
        url=page.url,
        eyebrow=language("fields.title"),
        groups=groups,
        toc=tuple(heading(2, group.anchor, group.title) for group in groups),
    )


def _title(thing: Kind | DataFile, language: Language) -> str:
    return language(f"record.{thing.name}" if isinstance(thing, Kind) else f"edit.file.{thing.name}")


def _path(thing: Kind | DataFile) -> str:
    if isinstance(thing, DataFile):
        return thing.path
    return f"{thing.folder}/**/*.md" if thing is PAGE else f"{thing.folder}/*.md"


def _groups(page: Page, model: type[BaseModel], title: str) -> Iterator[FieldGroup]:
    """Yield a model and the groups inside it, each once, in the order in which they are met."""
    waiting = [("top", title, model)]
    anchors: dict[type[BaseModel], tuple[str, str]] = {model: ("top", title)}
    for anchor, name, group in waiting:
        for field in describe(group):
            inner = _innermost(field.shape).model
            if inner is not None and inner not in anchors:
                found = (field.key if anchor == "top" else f"{anchor}-{field.key}", field.label)
                anchors[inner] = (found[0], found[1] if anchor == "top" else f"{name}: {found[1]}")
                waiting.append((*anchors[inner], inner))
        text = " ".join((group.__doc__ or "").split("\n\n")[0].split())
        yield FieldGroup(anchor, name, text, tuple(_field(page, field, anchors) for field in describe(group)))


def _innermost(shape: Shape) -> Shape:
    while shape.item is not None:
        shape = shape.item
    return shape


def _field(page: Page, field: Field, anchors: dict[type[BaseModel], tuple[str, str]]) -> FieldView:
    inner = _innermost(field.shape)
    default = field.default
    return FieldView(
        key=field.key,
        label=field.label,
        help=field.help,
        required=field.required,
        type=_type(page.site.language, field.shape),
        values=tuple(_values(page, inner)),
        default="" if default in (None, [], {}) or isinstance(default, BaseModel) else _plain(default),
        example=_yaml(field.key, field.examples[0]) if field.examples else "",
        inside=anchors.get(inner.model) if inner.model is not None else None,
    )


def _type(language: Language, shape: Shape) -> str:
    """Return in words what is written in a place."""
    if shape.form is Form.LIST and shape.item is not None:
        words = language("fields.type.list", item=_type(language, shape.item))
        return f"{words} {_limits(language, shape, 'items')}".strip()
    if shape.form is Form.MAP and shape.key is not None and shape.item is not None:
        return language("fields.type.map", key=_type(language, shape.key), item=_type(language, shape.item))
    if shape.refers_to:
        return language("fields.type.reference", to=language(f"fields.to.{shape.refers_to}"))
    words = language(f"fields.type.{shape.form}")
    unit = "numbers" if shape.form in (Form.WHOLE, Form.NUMBER) else "signs"
    return f"{words} {_limits(language, shape, unit)}".strip()


def _limits(language: Language, shape: Shape, unit: str) -> str:
    limits = []
    if shape.least is not None:
        limits.append(language(f"fields.least.{unit}", limit=shape.least))
    if shape.most is not None:
        limits.append(language(f"fields.most.{unit}", limit=shape.most))
    return f"({', '.join(limits)})" if limits else ""


def _values(page: Page, shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield the values of a place that takes one of a few."""
    known = page.site.library.ids.get(shape.refers_to, {})
    terms = ("topics", "phases", "audiences", "kinds", "profile", "strengths", "certainties", "parts")
    if shape.refers_to in terms and len(known) <= _MOST_VALUES:
        yield from known.items()
    for choice in shape.choices[:_MOST_VALUES]:
        yield choice, ""
    if len(shape.choices) > _MOST_VALUES:
        yield "…", ""


class _PlainDumper(yaml.SafeDumper):
    """Writes dates and numbers as they are written in our files: what is in quotes is text for us, too."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _yaml(key: str, value: Any) -> str:
    """Return a key with its value as they are written; texts keep to plain style where they can."""
    text = yaml.dump(
        {key: _as_texts(value)},
        Dumper=_PlainDumper,
        allow_unicode=True,
        default_flow_style=None if isinstance(value, list | tuple | dict) else False,
        sort_keys=False,
        width=1000,
    )
    return str(text).strip()


def _as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_texts(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_texts(one) for one in value]
    return _plain(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
