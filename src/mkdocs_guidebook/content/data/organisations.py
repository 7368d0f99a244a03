"""data/organisations.yml: who is who."""

from __future__ import annotations

from mkdocs_guidebook.content.fields import Country, Id, Inline, Model, Reference, Text, WebAddress


class OrganisationEntry(Model):
    """One organisation."""

    id: Id
    """What records write."""
    name: Text
    """Its full name."""
    short: Text | None = None
    """The name that people use."""
    country: Country | None = None
    """Where it is based."""
    role: Inline
    """What it does, or its part in the project."""
    url: WebAddress | None = None
    """Its address on the web."""
    sources: list[Reference] = []
    """Where this is documented."""


class Organisations(Model):
    """All organisations."""

    organisations: list[OrganisationEntry] = []
    """The organisations, in any order."""
