"""Reviews of what changed in a repository since its last commit."""

from __future__ import annotations

from pathlib import Path

from mkdocs_guidebook.editing.review import Review, review
from mkdocs_guidebook.editing.review_markdown import as_markdown
from mkdocs_guidebook.editing.revisions import base_revision
from tests.site.projects import Outcome, guidebook

DAY = "1795435200"
"""23 November 2026, as SOURCE_DATE_EPOCH: the day of the fixtures."""


def said(root: Path, **options: str) -> str:
    return as_markdown(review(root, base_revision(root, "HEAD")), **options)


def reviewed(root: Path) -> Review:
    return review(root, base_revision(root, "HEAD"))


def run_review(root: Path, *arguments: str) -> Outcome:
    return guidebook("review", *arguments, cwd=root, epoch=DAY)
