"""A page written by hand, in docs/."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_guidebook.content.fields import Model, Summary, Title, Whole


class Page(Model):
    """The front matter of a page of docs/. MkDocs and its theme read further keys, so it is open."""

    model_config = ConfigDict(extra="allow", frozen=True)

    title: Title | None = Field(default=None, examples=["The project"])
    """The page's name; left out: its first heading."""
    summary: Summary | None = Field(default=None, examples=["Who did what, when, and with which money."])
    """What a reader finds here, in one or two sentences."""
    shows: Literal["events", "glossary", "organisations", "references"] | None = Field(
        default=None, title="Data file to show"
    )
    """A data file that the site shows below the text, instead of on a page of its own."""
    order: Whole | None = None
    """Its place among the pages of its folder: the lower the number, the earlier. Pages without one follow."""
