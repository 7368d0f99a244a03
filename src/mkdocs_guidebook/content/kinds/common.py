"""The fields that every kind of record has."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mkdocs_guidebook.content.fields import (
    Audience,
    Date,
    Inline,
    Model,
    Phase,
    Summary,
    Text,
    Title,
    Topic,
    Whole,
)


class Review(Model):
    """A dated act of checking a record."""

    date: Date
    """The day of the review."""
    by: Text
    """Who checked: a person with a public role, or a group."""
    checked: Inline
    """What was checked, for example each claim against its source."""
    outcome: Literal["unchanged", "amended", "withdrawn"]
    """What came of it."""


class RecordFields(Model):
    """The front matter that all records share."""

    title: Title
    """The name of the record, as it stands at the top of its page."""
    summary: Summary
    """What a reader finds here, in one or two sentences."""
    topics: list[Topic] = Field(min_length=1)
    """What it is about: terms of the vocabulary."""
    phases: list[Phase] = []
    """Where the person concerned is on the way from custody to the time after supervision."""
    audiences: list[Audience] = Field(min_length=1)
    """For whom it is written."""
    authors: list[Text] = Field(min_length=1)
    """Who wrote it: people or organisations."""
    status: Literal["draft", "published"]
    """A draft is shown in the preview and left out of the published site."""
    published: Date | None = None
    """The day on which it was first published."""
    reviews: list[Review] = []
    """When it was checked, by whom, and what came of it."""
    review_every: Whole | None = Field(default=None, ge=1, le=120)
    """After how many months it must be checked again."""
