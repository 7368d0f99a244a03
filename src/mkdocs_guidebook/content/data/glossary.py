"""data/glossary.yml: the words of the field, and the words that people use instead."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import Id, Inline, Model, Reference, Term, Text


class GlossaryTerm(Model):
    """One term with its definition."""

    id: Id = Field(examples=["sandbag"])
    """Its permanent name, used in its address."""
    term: Text = Field(examples=["Sandbag"])
    """The word or phrase itself."""
    definition: Inline = Field(examples=["A bag that is filled with sand to keep water out [@smith-2020]."])
    """What it means, in one to three sentences."""
    synonyms: list[Text] = Field(default=[], examples=[["flood bag"]])
    """Other words that always mean the same."""
    spellings: list[Text] = Field(default=[], title="Other spellings", examples=[["sand bag", "sand-bag"]])
    """Other ways to spell it."""
    abbreviation: Text | None = Field(default=None, examples=["SB"])
    """Its short form."""
    see_also: list[Term] = []
    """Terms that a reader should know beside it."""
    sources: list[Reference] = []
    """Where the definition comes from."""


class Glossary(Model):
    """All terms."""

    terms: list[GlossaryTerm] = []
    """The terms, in any order."""
