"""data/evidence.yml: the words that say how firm a recommendation is and how sure its ground."""

from __future__ import annotations

from mkdocs_guidebook.content.fields import Id, Inline, Model, Reference, Text


class Level(Model):
    """One word of a scale."""

    id: Id
    """What records write."""
    label: Text
    """What readers see, such as Low certainty."""
    meaning: Inline
    """What it means for somebody who acts on it."""


class Evidence(Model):
    """The two scales, each from the strongest word to the weakest."""

    strengths: list[Level] = []
    """How firmly something is recommended."""
    certainties: list[Level] = []
    """How sure we can be of the effect."""
    about: Inline | None = None
    """Where the scales come from."""
    sources: list[Reference] = []
    """The sources of the scales."""
