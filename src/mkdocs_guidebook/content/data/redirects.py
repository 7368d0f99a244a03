"""data/redirects.yml: where addresses of earlier editions went that the coming edition no longer has."""

from __future__ import annotations

from pydantic import Field

from mkdocs_guidebook.content.fields import Inline, Model, Text


class Redirect(Model):
    """An address that readers may have written down, and what they find there now."""

    old: Text = Field(alias="from", pattern=r"^[^\s?#\\:/.][^\s?#\\:]*(#[^\s#]+)?$")
    """The address behind that of the edition, such as guidebook/pumps/ or guidebook/pumps/#fill-the-tank."""
    to: Text | None = None
    """Where it went: a path in the project, such as guidebook/boats.md or guidebook/boats.md#list-the-boats."""
    withdrawn: Inline | None = None
    """Why it was withdrawn, in a sentence for readers, where nothing takes its place."""


class Redirects(Model):
    """All addresses that went elsewhere."""

    redirects: list[Redirect] = []
    """The addresses; once published, a line stays here for good."""
