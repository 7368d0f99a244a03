"""data/vocabulary.yml: the lists of terms that records choose from, and the parts that they have."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import Id, Inline, Model, Text, Truth


class VocabularyTerm(Model):
    """One term of a list."""

    id: Id = Field(examples=["planning"])
    """What records write."""
    label: Text = Field(examples=["Planning"])
    """What readers see."""
    description: Inline | None = Field(default=None, examples=["What is prepared before the water comes."])
    """What it covers, in one sentence."""


class SectionTerm(VocabularyTerm):
    """A section that records of a kind have: a second-level heading with this label."""

    required: Truth = False
    """Whether every record of the kind must have it."""


class Sections(Model):
    """The sections of each kind of record, in order."""

    chapter: list[SectionTerm] = []
    """Sections of chapters."""
    article: list[SectionTerm] = []
    """Sections of articles."""
    activity: list[SectionTerm] = []
    """Sections of reports on activities."""


class Vocabulary(Model):
    """All lists of terms, each in the order in which readers see it."""

    topics: list[VocabularyTerm] = Field(min_length=1)
    """What records are about."""
    phases: list[VocabularyTerm] = []
    """The phases of the work that the guidebook is about, in order."""
    audiences: list[VocabularyTerm] = Field(min_length=1)
    """For whom records are written."""
    kinds: list[VocabularyTerm] = []
    """Kinds of activity."""
    profile: list[VocabularyTerm] = []
    """The fields of a country's profile."""
    sections: Sections = Sections()
    """The second-level headings of records."""
