"""The tiny valid project of the fixtures, copied into a folder of a test and changed there."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.problems import Problem

FIXTURES = Path(__file__).parent / "fixtures"
VALID = FIXTURES / "tiny-valid"
ON = datetime.date(2026, 11, 23)
"""The day on which the fixtures are checked."""

ARTICLE = "state_of_the_art/netherlands.md"
ACTIVITY = "local_activities/nijmegen.md"
CHAPTER = "guidebook/sandbags-and-neighbours.md"


def copy_valid(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Copy the project into the new folder `root`, write `files` over it, and return the folder."""
    shutil.copytree(VALID, root)
    for path, content in (files or {}).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def read_valid(path: str) -> str:
    """Return the text of one of the project's files."""
    return (VALID / path).read_text("utf-8")


def problems_of(root: Path) -> list[Problem]:
    """Return what the check finds in a project on the day of the fixtures."""
    return run(root, on=ON)[1]


def codes_of(root: Path) -> list[str]:
    """Return the codes of what the check finds."""
    return [problem.code for problem in problems_of(root)]
