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

    date: Date = Field(title="Day of the review", examples=["2026-02-28"])
    """The day of the review."""
    by: Text = Field(title="Checked by", examples=["The editors"])
    """Who checked: a person with a public role, or a group."""
    checked: Inline = Field(title="What was checked", examples=["Each claim against its source."])
    """What was checked, for example each claim against its source."""
    outcome: Literal["unchanged", "amended", "withdrawn"] = Field(title="What came of it")
    """What came of it."""


class RecordFields(Model):
    """The front matter that all records share."""

    title: Title = Field(examples=["Know your river"])
    """The name of the record, as it stands at the top of its page."""
    summary: Summary = Field(examples=["Where the water goes, and who is in its way."])
    """What a reader finds here, in one or two sentences."""
    topics: list[Topic] = Field(min_length=1)
    """What it is about: topics of the vocabulary."""
    phases: list[Phase] = []
    """When it matters: phases of the vocabulary."""
    audiences: list[Audience] = Field(min_length=1, title="For whom")
    """For whom it is written: audiences of the vocabulary."""
    authors: list[Text] = Field(min_length=1, examples=[["The river towns", "Anna Meyer"]])
    """Who wrote it: people or organisations."""
    status: Literal["draft", "published"]
    """A draft is shown in the preview and left out of the published site."""
    published: Date | None = Field(default=None, title="Published on", examples=["2026-02-28"])
    """The day on which it was first published."""
    reviews: list[Review] = []
    """When it was checked, by whom, and what came of it."""
    review_every: Whole | None = Field(
        default=None, ge=1, le=120, title="Review every … months", examples=[12]
    )
    """After how many months it must be checked again."""
