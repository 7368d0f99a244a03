"""data/glossary.yml: the words of the field, and the words that people use instead."""

from __future__ import annotations

from mkdocs_guidebook.content.fields import Id, Inline, Model, Reference, Term, Text


class GlossaryTerm(Model):
    """One term with its definition."""

    id: Id
    """Its permanent name, used in its address."""
    term: Text
    """The word or phrase itself."""
    definition: Inline
    """What it means, in one to three sentences."""
    synonyms: list[Text] = []
    """Other words that always mean the same."""
    spellings: list[Text] = []
    """Other ways to spell it."""
    abbreviation: Text | None = None
    """Its short form."""
    see_also: list[Term] = []
    """Terms that a reader should know beside it."""
    sources: list[Reference] = []
    """Where the definition comes from."""


class Glossary(Model):
    """All terms."""

    terms: list[GlossaryTerm] = []
    """The terms, in any order."""
