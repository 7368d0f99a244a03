"""What several documents share, made by all processes before the documents are: records composed, references formatted.

The processes that make documents are copies of this one, and so have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.context import Unit
from mkdocs_guidebook.press.specs import HANDOUTS, LISTS, Spec, sources_of
from mkdocs_guidebook.workers import in_workers

_FEW = 3
"""So few records are composed sooner than processes are begun for them."""
_CITED = re.compile(r'href="#source-([^"]+)"')


def make_ahead(catalogue: Catalogue, specs: Iterable[Spec], jobs: int) -> None:
    """Compose the records that documents show, and format what these cite, by that many processes."""
    library, bibliography = catalogue.press.library, catalogue.press.bibliography
    shown = (sources_of(spec, library) for spec in specs if spec.kind not in (*HANDOUTS, *LISTS))
    paths = sorted(set().union(*shown) & set(library.by_path))
    if jobs == 1 or len(paths) <= _FEW:
        return

    def compose(number: int) -> Unit:
        return replace(catalogue.record_unit(paths[number]), record=None)  # the record itself is here already

    def take(number: int, unit: Unit) -> None:
        path = paths[number]
        catalogue.unit(path, lambda: replace(unit, record=library.by_path[path]))

    in_workers(paths, compose, jobs, take)
    bibliography.prepare(
        jobs, {id for path in paths for id in _CITED.findall(catalogue.record_unit(path).html)}
    )
