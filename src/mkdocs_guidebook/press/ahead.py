"""What several documents share, made by all processes before the documents are: records composed, references formatted.

The processes that make documents are copies of this one, and so have it.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mkdocs_guidebook.markup.bibliography import Bibliography
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.specs import HANDOUTS, LISTS, Spec, sources_of
from mkdocs_guidebook.workers import in_workers

_FEW = 3
"""So few records are composed sooner than processes are begun for them."""
_BATCH = 12
"""So many references are formatted at once."""
_CITED = re.compile(r'href="#source-([^"]+)"')


@dataclass(frozen=True)
class _Task:
    name: str
    make: Callable[[], Any]
    """Is called in a process of its own."""
    take: Callable[[Any], object]
    """Is given what was made."""


def make_ahead(catalogue: Catalogue, specs: Iterable[Spec], jobs: int) -> None:
    """Compose the records that documents show, and format what these cite, by that many processes."""
    library, bibliography = catalogue.press.library, catalogue.press.bibliography
    shown = (sources_of(spec, library) for spec in specs if spec.kind not in (*HANDOUTS, *LISTS))
    paths = sorted(set().union(*shown) & set(library.by_path))
    if jobs == 1 or len(paths) <= _FEW:
        return
    _do([_record(catalogue, path) for path in paths], jobs)
    cited = {id for path in paths for id in _CITED.findall(catalogue.record_unit(path).html)}
    ids = [id for id in bibliography.missing if id in cited]
    _do([_references(bibliography, ids[at : at + _BATCH]) for at in range(0, len(ids), _BATCH)], jobs)


def _do(tasks: Sequence[_Task], jobs: int) -> None:
    def take(number: int, made: bytes) -> None:
        tasks[number].take(pickle.loads(made))  # noqa: S301 - from a process of our own

    in_workers([task.name for task in tasks], lambda number: pickle.dumps(tasks[number].make()), jobs, take)


def _record(catalogue: Catalogue, path: str) -> _Task:
    record = catalogue.press.library.by_path[path]
    return _Task(
        path,
        lambda: replace(catalogue.record_unit(path), record=None),  # the record itself is here already
        lambda unit: catalogue.unit(path, lambda: replace(unit, record=record)),
    )


def _references(bibliography: Bibliography, ids: Sequence[str]) -> _Task:
    return _Task(ids[0], lambda: {id: bibliography.html(id) for id in ids}, bibliography.add)
