"""data/events.yml: meetings, seminars and conferences, in the order of time."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.fields import (
    AnyDate,
    Blocks,
    Country,
    Id,
    Inline,
    Model,
    Organisation,
    Reference,
    Text,
    Title,
    Truth,
)


class EventPlace(Model):
    """Where an event took place."""

    name: Text = Field(title="Town", examples=["Nijmegen"])
    """The town."""
    country: Country | None = None
    """Its country."""


class Event(Model):
    """One event."""

    id: Id = Field(examples=["first-street-evening"])
    """Its permanent name, used in its address."""
    title: Title = Field(examples=["The first street evening"])
    """Its name."""
    start: AnyDate | None = Field(default=None, title="From", examples=["2018-10-16", "2018-10"])
    """The first day, month or year; left out when it is not known."""
    end: AnyDate | None = Field(default=None, title="To", examples=["2018-10-17"])
    """The last day, if it took more than one."""
    place: EventPlace | None = Field(default=None, title="Where")
    """Where it took place; left out when it is not known."""
    kind: Literal["meeting", "seminar", "conference", "exchange", "publication"]
    """What kind of event it was."""
    part_of_project: Truth = Field(default=True, title="Part of the project")
    """False for an event that prepared the project or lay beside it."""
    hosts: list[Organisation] = []
    """Who held it."""
    summary: Blocks = Field(examples=["Forty neighbours met in the school [@smith-2020]."])
    """What it was about."""
    outcomes: list[Inline] = Field(default=[], examples=[["A list of names on every street"]])
    """What came of it."""
    sources: list[Reference] = []
    """Where it is documented."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.start is not None and self.end.last_day < self.start.first_day:
            raise PydanticCustomError("wrong_order", "the end is before the start")
        return self


class Events(Model):
    """All events."""

    events: list[Event] = []
    """The events, in the order of time; one without a date stands where it belongs."""
