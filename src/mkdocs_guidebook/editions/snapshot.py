"""What one edition says, in the form in which editions are compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

RECORDS = {"chapters": "chapter", "articles": "article", "activities": "activity", "pages": "page"}
"""What is written as files, by its name in the catalog."""
ENTRIES = {
    "glossary": "term",
    "organisations": "organisation",
    "events": "event",
    "references": "reference",
}
"""What is written in data files, by its name in the catalog."""
EVIDENCE = ("strength", "certainty", "sources", "because")
"""What a recommendation rests on."""


@dataclass(frozen=True, slots=True)
class Review:
    """A dated act of checking a record."""

    date: str
    by: str
    checked: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an article."""

    label: str
    unit: str
    date: str
    value: int | float
    source: str
    note: str


@dataclass(frozen=True)
class Thing:
    """A record, or an entry of a data file, as one edition has it."""

    kind: str
    id: str
    title: str
    url: str
    facts: Mapping[str, str]
    """What is said in a few words, by the names of the fields."""
    texts: Mapping[str, str]
    """What is read, as Markdown, by its place: `body`, `profile.law`, `exercise.map-your-partners`."""
    figures: tuple[Figure, ...] = ()
    reviews: tuple[Review, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A digest of all that readers see of it, white space folded; the same for the same words."""
        seen = [self.title, *self.facts.items(), *((key, folded(text)) for key, text in self.texts.items())]
        seen += [repr(figure) for figure in self.figures]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


@dataclass(frozen=True)
class Advice:
    """A recommendation as one edition has it."""

    address: str
    """chapter-id#recommendation-id."""
    number: str
    url: str
    text: str
    strength: str
    certainty: str
    sources: tuple[str, ...]
    because: str
    facts: Mapping[str, str]
    """Everything else that is said in a few words."""
    checklist: str
    """As a Markdown list."""
    history: tuple[tuple[str, str, str], ...]
    """Edition, kind of change and reason of each entry."""

    @cached_property
    def digest(self) -> str:
        """A digest of what it says, whatever its number."""
        said = (self.text, self.strength, self.certainty, sorted(self.sources), self.because, self.checklist)
        return hashlib.sha256(repr((said, sorted(self.facts.items()))).encode()).hexdigest()

    @property
    def chapter(self) -> str:
        """The id of its chapter."""
        return self.address.partition("#")[0]

    @property
    def id(self) -> str:
        """Its id inside the chapter."""
        return self.address.partition("#")[2]


@dataclass(frozen=True)
class Snapshot:
    """What one edition says."""

    edition: str
    """Its name; empty before it is published."""
    released: str
    """The day of its publication, as 2026-02-28; may be empty."""
    things: Mapping[tuple[str, str], Thing]
    """Records and entries, by kind and id."""
    advice: Mapping[str, Advice]
    """The recommendations by address, in the order of their numbers."""
    sources: Mapping[str, str]
    """What readers see for the id of a source: who, and when."""
    labels: Mapping[str, str]
    """What readers see for the words of the evidence scales."""
    went: Mapping[str, str]
    """Where recommendations went that are no longer where they were: from permanent name to permanent name."""
    withdrawn: Mapping[str, str]
    """Why recommendations, or chapters with all that they held, were withdrawn, by permanent name."""
    language: str = "en"
    title: str = ""
    """The title of the book."""
    site: str = ""
    """Where the edition is published, with a slash at the end; empty where that is not known."""

    @cached_property
    def forms(self) -> dict[str, str]:
        """A digest of all that readers see of each record, recommendations included, by kind/id."""
        advice: dict[str, list[str]] = {}
        for item in self.advice.values():
            advice.setdefault(f"chapter/{item.chapter}", []).append(item.digest)
        return {
            (key := f"{kind}/{id}"): hashlib.sha256(
                " ".join([thing.digest, *advice.get(key, ())]).encode()
            ).hexdigest()[:32]
            for (kind, id), thing in self.things.items()
            if kind in RECORDS.values()
        }


@dataclass(frozen=True)
class Past:
    """A published edition. What it says in full is read only when it is asked for."""

    edition: str
    released: str
    """The day of its publication, as 2026-02-28."""
    forms: Mapping[str, str]
    """See `Snapshot.forms`."""
    read: Callable[[], Snapshot]

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the edition says."""
        return self.read()


def folded(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())
