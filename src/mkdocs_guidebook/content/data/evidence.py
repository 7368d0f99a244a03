"""data/evidence.yml: the words that say how firm a recommendation is and how sure its ground."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import Id, Inline, Model, Reference, Text


class Level(Model):
    """One word of a scale."""

    id: Id = Field(examples=["low"])
    """What records write."""
    label: Text = Field(examples=["Low certainty"])
    """What readers see, such as Low certainty."""
    meaning: Inline = Field(examples=["New research is likely to change what we think."])
    """What it means for somebody who acts on it."""


class Evidence(Model):
    """The two scales, each from the strongest word to the weakest."""

    strengths: list[Level] = []
    """How firmly something is recommended."""
    certainties: list[Level] = []
    """How sure we can be of the effect."""
    about: Inline | None = Field(default=None, examples=["The words are those of GRADE [@smith-2020]."])
    """Where the scales come from."""
    sources: list[Reference] = []
    """The sources of the scales."""
