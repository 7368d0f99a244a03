"""What each document of a library is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.press.compose import handouts, lists, records
from mkdocs_guidebook.press.compose.books import pack_units, whole_units
from mkdocs_guidebook.press.context import Document, Press, Unit
from mkdocs_guidebook.press.specs import Spec, pack_id, specs_of

LAYOUTS = {"activity": "sheet", "worksheet": "form", "facilitator": "form", "comparison": "matrix"}
"""The layouts of documents that are no running text."""


class Catalogue:
    """The documents of a library. Units are composed once, however many documents they stand in."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self._units: dict[str, Unit] = {}

    @cached_property
    def specs(self) -> dict[str, Spec]:
        """All documents by id, in the order in which lists show them."""
        return specs_of(self.press.library, self.press.language)

    # Units

    def unit(self, key: str, make: Callable[[], Unit]) -> Unit:
        """Return a unit, composed when it is first asked for."""
        if key not in self._units:
            self._units[key] = make()
        return self._units[key]

    def record_unit(self, path: str) -> Unit:
        """Return the unit of a record."""
        record = self.press.library.by_path[path]
        compose: Callable[..., Unit] = getattr(records, record.kind.name)
        return self.unit(path, lambda: compose(self.press, record))

    def handout(self, kind: str, chapter: Record[Chapter], exercise: Exercise) -> Unit:
        """Return the worksheet or the facilitator's guide of an exercise."""
        compose: Callable[..., Unit] = getattr(handouts, kind)
        key = f"{kind}:{chapter.id}:{exercise.id}"
        return self.unit(key, lambda: compose(self.press, chapter, exercise))

    # Documents

    def document(self, spec: Spec) -> Document:
        """Return a document before it is written."""
        press = self.press
        match spec.kind:
            case "guidebook":
                return replace(whole_units(self), id=spec.id)
            case "pack":
                pack = next(pack for pack in press.library.book.packs if pack_id(pack) == spec.id)
                return replace(pack_units(self, pack), id=spec.id)
            case "recommendations":
                unit = self.unit(spec.id, lambda: lists.recommendations(press))
                return self._single(spec, unit, press.address("recommendations.md"))
            case "comparison":
                unit = self.unit(spec.id, lambda: lists.comparison(press))
                document = self._single(spec, unit, press.address("comparison.md"))
                return replace(document, layout="matrix")
            case "worksheet" | "facilitator":
                chapter = next(chapter for chapter in press.library.chapters if chapter.path == spec.record)
                exercise = next(item for item in chapter.data.exercises if item.id == spec.exercise)
                unit = self.handout(spec.kind, chapter, exercise)
                return self._single(spec, unit, press.address(chapter.path, exercise.id))
        return self._single(spec, self.record_unit(spec.record), press.address(spec.record))

    def _single(self, spec: Spec, unit: Unit, url: str) -> Document:
        record = self.press.library.by_path.get(spec.record)
        return Document(
            id=spec.id,
            kind=spec.kind,
            title=spec.title,
            units=(replace(unit, level=0),),
            url=url,
            summary=str(getattr(record.data, "summary", "")) if record else "",
            layout=LAYOUTS.get(spec.kind, "text"),
            authors=tuple(getattr(record.data, "authors", ())) if record else (),
        )
