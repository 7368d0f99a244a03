"""Rules over a library, one module per family. `run` finds all problems of a project."""

from __future__ import annotations

import datetime
import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mkdocs_guidebook.checks import editions, facts, headings, layout, linking, media, names, printing, text
from mkdocs_guidebook.checks.engine import Clean, Content
from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.content.memory import Memory
from mkdocs_guidebook.problems import Problem, Rule, in_reading_order
from mkdocs_guidebook.workers import batches, in_workers

CHECKS = (
    *names.CHECKS,
    *linking.CHECKS,
    *media.CHECKS,
    *headings.CHECKS,
    *text.CHECKS,
    *layout.CHECKS,
    *facts.CHECKS,
    *editions.CHECKS,
    *printing.CHECKS,
)
"""All checks over a library."""

RULES: tuple[Rule, ...] = tuple(
    dict.fromkeys(
        (*rules.RULES, *(check.rule for check in CHECKS), printing.UNPRINTABLE, linking.EXTERNAL_LINK)
    )
)
"""All rules, those of reading a file first."""


_MANY = 400
"""So many files are checked sooner by several processes."""
_ROUNDS = 4
"""So many times each of these gets a part of the files: few, because each check goes through the library once a part."""


def today() -> datetime.date:
    """Return the day of the build: that of SOURCE_DATE_EPOCH where it is set, or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,11}", epoch):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def check(
    library: Library, on: datetime.date | None = None, clean: Clean | None = None, jobs: int = 1
) -> list[Problem]:
    """Return what the rules find in a loaded library; what is known to be `clean` is not looked at again.

    With `jobs`, many files are looked at by that many processes.
    """
    content = part = Content(library, on or today())
    digests = clean.digests(library, content.today) if clean else {}
    if clean:
        part = replace(content, only={path for path, digest in digests.items() if digest not in clean.known})
    found = _in_each_file(part, jobs)
    found += [problem for unit in CHECKS if not unit.each_file for problem in unit.find(content)]
    if clean:
        faulty = {problem.place.path for problem in found}
        clean.found = {digest for path, digest in digests.items() if path not in faulty}
    return found


def _in_each_file(content: Content, jobs: int) -> list[Problem]:
    """Return what the checks find that look at one file after the other."""
    units = [unit for unit in CHECKS if unit.each_file]
    paths = [entry.path for entry in content.files]
    if jobs == 1 or len(paths) < _MANY:
        return [problem for unit in units for problem in unit.find(content)]
    parts = batches(paths, -(-len(paths) // (_ROUNDS * jobs)))
    found: list[Problem] = []

    def find(number: int) -> list[Problem]:
        part = replace(content, only=set(parts[number]))
        return [problem for unit in units for problem in unit.find(part)]

    names = [f"the check of {part[0]} and {len(part) - 1} more files" for part in parts]
    in_workers(names, find, jobs, lambda _, problems: found.extend(problems))
    return found


def run(
    root: Path,
    on: datetime.date | None = None,
    edition: str | None = None,
    clean: Clean | None = None,
    memory: Memory | None = None,
    jobs: int = 1,
) -> tuple[Library, list[Problem]]:
    """Load and check the project in the folder `root`; return its library and all problems in reading order.

    With `edition`, as the edition of that name, whatever book.yml says. What `memory` still knows is not read
    again, what is known to be `clean` not looked at again. `jobs` is the number of processes that may work.
    """
    with _without_collector():
        library, problems = load(root, memory, jobs)
        if edition and "book" in library.entries:
            library = library.as_edition(edition, on or today())
        return library, in_reading_order([*problems, *check(library, on, clean, jobs)])


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: a library is many small objects, none of them garbage, and the
    collector's walks through them take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
