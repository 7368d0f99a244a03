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

    edition: Text = Field(examples=["2.0"])
    """The edition that brought the change, such as 2.0."""
    change: Literal["new", "reworded", "evidence", "reviewed", "withdrawn"] = Field(title="Kind of change")
    """What kind of change it was."""
    reason: Inline = Field(examples=["Names the consent step, which readers had missed."])
    """Why, in one sentence for readers."""


class Recommendation(Model):
    """A numbered, permanent piece of advice inside a chapter."""

    id: Id = Field(examples=["agree-before-the-first-case"])
    """Permanent, unique in the chapter, never used again for another recommendation."""
    text: Text = Field(
        title="The recommendation",
        examples=["Agree in writing what each agency may share, before the first case is discussed."],
    )
    """The advice, as one sentence that says what to do."""
    audiences: list[Audience] = Field(min_length=1, title="Who should act")
    """Who should act on it."""
    phases: list[Phase] = []
    """When it applies; left out: whenever the chapter applies."""
    topics: list[Topic] = []
    """What it is about; left out: the chapter's topics."""
    strength: Strength
    """How firmly it is recommended: a term of data/evidence.yml."""
    certainty: Certainty
    """How sure we can be of its effect: a term of data/evidence.yml."""
    because: Inline = Field(
        title="Reason", examples=["Late consent was the first obstacle in every review [@smith-2020]."]
    )
    """The reason, with citations."""
    sources: list[Reference] = []
    """What it rests on: ids of data/references.yml."""
    checklist: list[Inline] = Field(
        default=[], examples=[["A signed protocol names the data", "Each agency names one contact"]]
    )
    """Statements that can be ticked when it is done."""
    history: list[Change] = []
    """What earlier editions changed."""


class Step(Model):
    """One step of an exercise."""

    text: Inline = Field(
        title="What participants do", examples=["Draw a line between those who meet every month."]
    )
    """What participants do."""
    minutes: Whole | None = Field(default=None, ge=1, le=600, examples=[10])
    """How long it takes."""


class Prompt(Model):
    """A question on the participant's sheet, with room to write."""

    prompt: Inline = Field(title="Question or task", examples=["Whom do we call first?"])
    """The question or task."""
    lines: Whole = Field(default=4, ge=1, le=40, title="Lines to write on", examples=[4])
    """How many lines of 8 mm are left for the answer."""


class Exercise(Model):
    """Something that a group does together in a training."""

    id: Id = Field(examples=["map-your-partners"])
    """Permanent, unique in the chapter."""
    title: Title = Field(examples=["Map your partners"])
    """Its name."""
    minutes: Whole = Field(ge=1, le=600, title="Minutes in all", examples=[45])
    """How long it takes in all."""
    group: Text = Field(title="Group size", examples=["4-6"])
    """How many people work together, such as 4-6."""
    aim: Inline = Field(examples=["Everybody knows whom to call."])
    """What participants can do afterwards."""
    materials: list[Inline] = Field(default=[], examples=[["A sheet for each group", "Pens in two colours"]])
    """What has to be there."""
    steps: list[Step] = Field(min_length=1)
    """What is done, in order."""
    debrief: list[Inline] = Field(
        default=[], title="Questions for afterwards", examples=[["Whom did we forget?"]]
    )
    """Questions to talk about afterwards."""
    worksheet: list[Prompt] = Field(default=[], title="Participant's sheet")
    """What stands on the participant's sheet."""


class Chapter(RecordFields):
    """The front matter of a chapter."""

    part: Part
    """The part of the book that it belongs to: an id of guidebook/book.yml."""
    key_messages: list[Inline] = Field(min_length=1, examples=[["Walk along the river before you plan."]])
    """What a reader should remember, in a few sentences."""
    recommendations: list[Recommendation] = []
    """The chapter's advice, in the order of its numbers."""
    exercises: list[Exercise] = []
    """What trainers can do with a group."""
