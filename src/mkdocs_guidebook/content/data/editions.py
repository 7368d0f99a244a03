"""data/editions.yml: what was published. `guidebook publish` writes it; people read it and keep it in their repository.

It holds what a later check must know of earlier editions, so that it need not read these: their names and dates, and
of every recommendation that was ever published its last words, what it rested on, and the editions that changed it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from mkdocs_guidebook.content.fields import Date, Model, Text


class PublishedEdition(Model):
    """An edition that was published."""

    edition: Text
    """Its name, such as 2.0."""
    released: Date
    """The day on which it was published."""


class PastChange(Model):
    """What an edition changed in a recommendation."""

    edition: Text
    """The edition that brought the change."""
    change: Literal["reworded", "evidence", "reviewed"]
    """What kind of change it was."""


class PublishedRecommendation(Model):
    """A recommendation as the last edition has it that knows it."""

    id: Text
    """Its permanent name: chapter-id#recommendation-id."""
    since: Text
    """The first edition that has it."""
    gone: Text | None = None
    """The first edition that no longer has it at this address."""
    changes: list[PastChange] = []
    """What later editions changed, the earliest first."""
    text: Text
    """The advice."""
    strength: Text
    """How firmly it was recommended."""
    certainty: Text
    """How sure one could be of its effect."""
    because: Text
    """The reason that was given."""
    sources: list[Text] = []
    """What it rested on."""


class Editions(Model):
    """What was published."""

    editions: list[PublishedEdition] = []
    """The editions, the earliest first."""
    recommendations: list[PublishedRecommendation] = []
    """Every recommendation that was ever published, by id."""

    @cached_property
    def names(self) -> list[str]:
        """The names of the editions, the earliest first."""
        return [edition.edition for edition in self.editions]

    @cached_property
    def by_id(self) -> dict[str, PublishedRecommendation]:
        """The recommendations by id."""
        return {item.id: item for item in self.recommendations}
