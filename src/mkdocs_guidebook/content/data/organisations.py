"""data/organisations.yml: who is who."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import Country, Id, Inline, Model, Reference, Text, WebAddress


class OrganisationEntry(Model):
    """One organisation."""

    id: Id = Field(examples=["river-board"])
    """What records write."""
    name: Text = Field(title="Full name", examples=["The River Board"])
    """Its full name."""
    short: Text | None = Field(default=None, title="Short name", examples=["RB"])
    """The name that people use."""
    country: Country | None = None
    """Where it is based."""
    role: Inline = Field(title="What it does", examples=["Watches the gauges and warns the towns."])
    """What it does, or its part in the project."""
    url: WebAddress | None = Field(default=None, title="Address", examples=["https://example.org/"])
    """Its address on the web."""
    sources: list[Reference] = []
    """Where this is documented."""


class Organisations(Model):
    """All organisations."""

    organisations: list[OrganisationEntry] = []
    """The organisations, in any order."""
