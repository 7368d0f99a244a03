"""guidebook/book.yml: the book as a whole, its parts, the order of its chapters, and its packs."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.fields import (
    ActivityId,
    ArticleId,
    Blocks,
    ChapterId,
    Date,
    ExerciseId,
    Id,
    Inline,
    Model,
    Summary,
    Text,
    Title,
    WebAddress,
)


class BookPart(Model):
    """A part of the book."""

    id: Id = Field(examples=["before"])
    """What chapters write."""
    title: Title = Field(examples=["Before the water comes"])
    """Its heading."""
    summary: Summary | None = Field(default=None, examples=["What can be done in calm times."])
    """What it is about."""


class WayIn(Model):
    """A box on the home page that leads to a part of the site."""

    title: Title = Field(examples=["The guide"])
    """Its heading."""
    text: Inline = Field(examples=["What to do, step by step."])
    """What a reader finds there."""
    link: Text = Field(examples=["guidebook/"])
    """Where it leads: a path in the project, such as docs/project.md or state_of_the_art/."""


class Task(Model):
    """Something that a reader wants to do, and where it is told."""

    text: Text = Field(examples=["Set up a partnership"])
    """What the reader wants to do, such as Set up a partnership."""
    link: Text = Field(examples=["guidebook/know-your-river.md"])
    """Where it leads: a path in the project, such as guidebook/sharing-information.md."""


class Video(Model):
    """The project's video. It lies in the project, and nothing of it is loaded before it is played."""

    title: Title = Field(examples=["The project in three minutes"])
    """Its name."""
    file: Text = Field(examples=["docs/video.mp4"])
    """Its path in the project, such as docs/video.mp4."""
    captions: Text | None = Field(default=None, examples=["docs/video.vtt"])
    """The path of its captions (WebVTT)."""
    language: Text | None = Field(default=None, examples=["en"])
    """The language of its sound and captions; without it: that of the site."""
    text: Blocks = Field(title="Transcript", examples=["The river rises. A neighbour knocks at a door."])
    """What is said and seen in it, for readers who do not watch it."""


class Funder(Model):
    """Who paid for the work, and what must be said about it."""

    text: Inline = Field(examples=["Funded by the Internal Security Fund of the European Union."])
    """The acknowledgement, with its disclaimer."""
    url: WebAddress | None = Field(default=None, title="Address", examples=["https://example.org/"])
    """The funder's address."""


class AgendaItem(Model):
    """One line of a pack's agenda."""

    time: Text = Field(examples=["9:00"])
    """When it is, such as 9:00 or 45 minutes."""
    text: Inline = Field(examples=["Welcome and aims"])
    """What is done."""


class Pack(Model):
    """Chapters, worksheets and sheets that are printed together."""

    CONTENTS: ClassVar = ("chapters", "articles", "activities", "guides", "worksheets")
    id: Id = Field(examples=["street-evening"])
    """What `guidebook print --pack` takes."""
    title: Title = Field(examples=["An evening on your street"])
    """Its name."""
    summary: Summary | None = Field(default=None, examples=["What a group needs for a first evening."])
    """What it is for."""
    agenda: list[AgendaItem] = []
    """What is done when, for a pack that belongs to a training or a meeting."""
    chapters: list[ChapterId] = []
    """The chapters, in order."""
    articles: list[ArticleId] = []
    """The articles on the state of the art, in order."""
    activities: list[ActivityId] = []
    """The practice sheets of local activities, in order."""
    guides: list[ExerciseId] = Field(default=[], title="Facilitator's guides")
    """The facilitator's guides of exercises, in order, as chapter-id#exercise-id."""
    worksheets: list[ExerciseId] = []
    """The participants' worksheets of exercises, in order, as chapter-id#exercise-id."""

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not any(getattr(self, key) for key in self.CONTENTS):
            raise PydanticCustomError("empty_pack", "this pack is empty")
        return self


class Book(Model):
    """The book."""

    title: Title = Field(examples=["Flood handbook"])
    """The name of the guidebook."""
    subtitle: Text | None = Field(default=None, examples=["A guide for riverside neighbourhoods"])
    """What stands under it."""
    description: Summary = Field(examples=["What a town does before, during and after a flood."])
    """What it is, in one sentence; the first thing that a reader of the home page sees."""
    edition: Text = Field(default="dev", examples=["2.0"])
    """The edition that is being made; dev until it is published."""
    released: Date | None = Field(default=None, title="Published on", examples=["2026-02-28"])
    """The day on which the edition is published."""
    doi: Text | None = Field(
        default=None, pattern=r"^10\.[0-9]{4,9}/\S+$", title="DOI", examples=["10.5281/zenodo.1234567"]
    )
    """The digital object identifier of the edition, such as 10.5281/zenodo.1234567, when there is one."""
    publisher: Text | None = Field(default=None, examples=["The river towns"])
    """Who publishes it."""
    licence: Inline | None = Field(
        default=None, examples=["[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"]
    )
    """Under which terms the content may be used."""
    parts: list[BookPart] = []
    """The parts of the book, in order."""
    chapters: list[ChapterId] = []
    """The chapters, in order; the place in this list is the chapter's number."""
    packs: list[Pack] = []
    """Sets of documents for trainers."""
    ways_in: list[WayIn] = []
    """What the home page leads to."""
    tasks: list[Task] = []
    """What readers want to do: the third way in on the home page."""
    video: Video | None = None
    """The project's video, if there is one."""
    funder: Funder | None = None
    """The funder's acknowledgement."""
    citation_style: Text | None = Field(default=None, pattern=r"^[\w./-]+\.csl$", examples=["data/style.csl"])
    """A CSL style in the project, instead of the one that comes with the package."""
