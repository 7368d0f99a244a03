"""The kinds of record, side by side. CONTRIBUTING says what belongs to a new one."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.kinds.page import Page


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record and where its records live."""

    name: str
    """The word for one record."""
    folder: str
    """The folder of its collection, relative to the project."""
    model: type[BaseModel]
    """What its front matter holds."""
    closed_sections: bool = False
    """Whether the body may have only the sections that the vocabulary lists."""
    nested: bool = False
    """Whether records may lie in folders below the collection's, and need no id for a name."""

    @property
    def address(self) -> str:
        """The first part of the addresses of its pages."""
        return self.folder.replace("_", "-")


CHAPTER = Kind("chapter", "guidebook", Chapter)
ARTICLE = Kind("article", "state_of_the_art", Article)
ACTIVITY = Kind("activity", "local_activities", Activity, closed_sections=True)
PAGE = Kind("page", "docs", Page, nested=True)

RECORD_KINDS = (CHAPTER, ARTICLE, ACTIVITY)
"""The kinds whose records are typed content."""
KINDS = (*RECORD_KINDS, PAGE)
"""All kinds of files with front matter and a body."""

CONTENT_FOLDERS = ("data", *(kind.folder for kind in KINDS))
"""The folders of a project that hold its content."""
