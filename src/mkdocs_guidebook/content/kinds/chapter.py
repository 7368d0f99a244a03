"""A chapter of the guidebook: advice on one task, with recommendations and exercises."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mkdocs_guidebook.content.fields import (
    Audience,
    Certainty,
    Id,
    Inline,
    Model,
    Part,
    Phase,
    Reference,
    Strength,
    Text,
    Title,
    Topic,
    Whole,
)
from mkdocs_guidebook.content.kinds.common import RecordFields


class Change(Model):
    """What an edition changed in a recommendation, and why."""

    edition: Text
    """The edition that brought the change, such as 2.0."""
    change: Literal["new", "reworded", "evidence", "reviewed", "withdrawn"]
    """What kind of change it was."""
    reason: Inline
    """Why, in one sentence for readers."""


class Recommendation(Model):
    """A numbered, permanent piece of advice inside a chapter."""

    id: Id
    """Permanent, unique in the chapter, never used again for another recommendation."""
    text: Text
    """The advice, as one sentence that says what to do."""
    audiences: list[Audience] = Field(min_length=1)
    """Who should act on it."""
    phases: list[Phase] = []
    """When it applies; left out: whenever the chapter applies."""
    topics: list[Topic] = []
    """What it is about; left out: the chapter's topics."""
    strength: Strength
    """How firmly it is recommended: a term of data/evidence.yml."""
    certainty: Certainty
    """How sure we can be of its effect: a term of data/evidence.yml."""
    because: Inline
    """The reason, with citations."""
    sources: list[Reference] = []
    """What it rests on: ids of data/references.yml."""
    checklist: list[Inline] = []
    """Statements that can be ticked when it is done."""
    history: list[Change] = []
    """What earlier editions changed."""


class Step(Model):
    """One step of an exercise."""

    text: Inline
    """What participants do."""
    minutes: Whole | None = Field(default=None, ge=1, le=600)
    """How long it takes."""


class Prompt(Model):
    """A question on the participant's sheet, with room to write."""

    prompt: Inline
    """The question or task."""
    lines: Whole = Field(default=4, ge=1, le=40)
    """How many lines of 8 mm are left for the answer."""


class Exercise(Model):
    """Something that a group does together in a training."""

    id: Id
    """Permanent, unique in the chapter."""
    title: Title
    """Its name."""
    minutes: Whole = Field(ge=1, le=600)
    """How long it takes in all."""
    group: Text
    """How many people work together, such as 4-6."""
    aim: Inline
    """What participants can do afterwards."""
    materials: list[Inline] = []
    """What has to be there."""
    steps: list[Step] = Field(min_length=1)
    """What is done, in order."""
    debrief: list[Inline] = []
    """Questions to talk about afterwards."""
    worksheet: list[Prompt] = []
    """What stands on the participant's sheet."""


class Chapter(RecordFields):
    """The front matter of a chapter."""

    part: Part
    """The part of the book that it belongs to: an id of guidebook/book.yml."""
    key_messages: list[Inline] = Field(min_length=1)
    """What a reader should remember, in a few sentences."""
    recommendations: list[Recommendation] = []
    """The chapter's advice, in the order of its numbers."""
    exercises: list[Exercise] = []
    """What trainers can do with a group."""
