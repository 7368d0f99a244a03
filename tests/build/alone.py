"""A process without threads, which the tests' own has only until a test serves a site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mkdocs_guidebook.workers import in_workers

T = TypeVar("T")


def without_threads(body: Callable[[], T]) -> T:
    """Return what a function gives in a process of its own."""
    given: list[T] = []
    in_workers(["alone"], lambda number: body(), 2, lambda number, result: given.append(result))
    return given[0]
