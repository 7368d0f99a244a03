"""Options that many commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_PROJECT: dict[str, Any] = {
    "type": click.Path(exists=True, file_okay=False, path_type=Path),
    "default": Path(),
    "help": "The project's folder; without it: the current one.",
}
project = click.option("--project", "root", **_PROJECT)
"""Decorates a command that works on a project; its argument is called `root`."""


def project_option() -> click.Option:
    """Return the same option for a command that is put together while it runs."""
    return click.Option(["--project", "root"], **_PROJECT)
