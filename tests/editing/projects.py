"""Small projects for the commands that write content."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from mkdocs_guidebook.cli import main
from tests.tiny import copy_valid

CONFIGURATION = "site_name: Floods\nplugins: [guidebook]\n"


def new_project(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Lay the tiny valid project with a configuration into the new folder `root`, and return it."""
    return copy_valid(root, {"mkdocs.yml": CONFIGURATION, **(files or {})})


def guidebook(root: Path, *arguments: str) -> Result:
    """Run a command in a project, without a terminal."""
    return CliRunner().invoke(main, [*arguments, "--project", str(root)])
