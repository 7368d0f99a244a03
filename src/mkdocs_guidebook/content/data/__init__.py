"""The data files, side by side. To add one: a module here and a row below."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from mkdocs_guidebook.content.data.book import Book
from mkdocs_guidebook.content.data.editions import Editions
from mkdocs_guidebook.content.data.events import Events
from mkdocs_guidebook.content.data.evidence import Evidence
from mkdocs_guidebook.content.data.glossary import Glossary
from mkdocs_guidebook.content.data.organisations import Organisations
from mkdocs_guidebook.content.data.redirects import Redirects
from mkdocs_guidebook.content.data.references import References
from mkdocs_guidebook.content.data.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class DataFile:
    """One data file of a project."""

    name: str
    """The word for it, and the name of its attribute in a library."""
    path: str
    """Where it lies, relative to the project."""
    model: type[BaseModel]
    """What it holds."""
    required: bool = False
    """Whether a project must have it."""


DATA_FILES = (
    DataFile("book", "guidebook/book.yml", Book, required=True),
    DataFile("vocabulary", "data/vocabulary.yml", Vocabulary, required=True),
    DataFile("evidence", "data/evidence.yml", Evidence),
    DataFile("glossary", "data/glossary.yml", Glossary),
    DataFile("references", "data/references.yml", References),
    DataFile("organisations", "data/organisations.yml", Organisations),
    DataFile("events", "data/events.yml", Events),
    DataFile("redirects", "data/redirects.yml", Redirects),
    DataFile("editions", "data/editions.yml", Editions),
)
