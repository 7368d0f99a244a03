"""What keeps a document from being made, as problems at their places."""

from __future__ import annotations

from typing import Any

from mkdocs_guidebook.checks.printing import UNPRINTABLE
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.press.context import Unit
from mkdocs_guidebook.problems import Place, Problem


class PressFailed(Exception):
    """A document could not be made; carries the problems that say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def without_form(unit: Unit, element: Any, name: str) -> Problem:
    """Return the problem of an element, called `name`, for which there is no printed form."""
    words = " ".join("".join(element.itertext()).split())[:40]
    return _problem(
        unit,
        (words, words.split(" ")[0]),
        f"`{name}` has no printed form" + (f" (near “{words}”)" if words else ""),
        "Write it with the Markdown that the guidebook knows.",
    )


def unusable_picture(unit: Unit, path: str, alternative: str, fault: str) -> Problem:
    """Return the problem of a picture with a fault, such as `is not there any more`."""
    return _problem(
        unit,
        (path.rsplit("/", 1)[-1], alternative),
        f"the picture `{path}` {fault}",
        "Put the picture there, saved as PNG, JPEG, GIF, WebP or SVG, and make the document again.",
    )


def _problem(unit: Unit, marks: tuple[str, ...], message: str, hint: str) -> Problem:
    """Return a problem of a unit, at the first of the `marks` that stands in its record."""
    if not isinstance(unit.record, Record):
        return Problem(UNPRINTABLE, Place(unit.path), message, hint)
    source = unit.record.source
    found = ((source.text.find(mark), mark) for mark in marks if mark)
    start, mark = next((place for place in found if place[0] >= 0), (unit.record.body.start, ""))
    return source.problem(UNPRINTABLE, source.place(start, start + len(mark)), message, hint)
