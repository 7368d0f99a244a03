"""What an edition adds to a site: pages of its own, and what leads to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mkdocs_guidebook.site.pages import PageSpec
from mkdocs_guidebook.site.views.base import Site
from mkdocs_guidebook.site.views.changes import FeedEntry


@dataclass(frozen=True)
class EarlierEdition:
    """An earlier edition in which a record exists."""

    label: str
    """Its name and date, in words."""
    page: str
    """The page that compares it with this edition; empty where the record is the same in both."""


@dataclass(frozen=True)
class Additions:
    """What an edition adds to a site."""

    edition: str = ""
    """The name under which it is published, which may be dev; empty for a site that is not published as an edition."""
    about: str = ""
    """The page that says what the edition is and what changed in it."""
    pages: Mapping[str, PageSpec] = field(default_factory=dict)
    """More pages by their names."""
    earlier: Mapping[str, tuple[EarlierEdition, ...]] = field(default_factory=dict)
    """The earlier editions of records, the latest first, by the names of their pages."""
    news: tuple[FeedEntry, ...] = ()
    """What the Atom feed says of editions, the latest first."""


NOTHING = Additions()
Adder = Callable[[Site], Additions]
"""Is asked once the site is known."""
