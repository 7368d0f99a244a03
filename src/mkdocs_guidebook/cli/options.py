"""Options that many commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _project(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """Return the whole path of a project's folder, which has a configuration."""
    from mkdocs_guidebook.build import BuildFailed, config_file

    try:
        config_file(folder.resolve())
    except BuildFailed as error:
        raise click.UsageError(str(error)) from error
    return folder.resolve()


_PROJECT: dict[str, Any] = {
    "type": click.Path(exists=True, file_okay=False, path_type=Path),
    "default": Path(),
    "callback": _project,
    "help": "The project's folder; without it: the current one.",
}
project = click.option("--project", "root", **_PROJECT)
"""Decorates a command that works on a project; its argument is called `root`."""


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    callback=lambda context, parameter, number: number or 0,
    help="How many processes work at once; without it: one on each processor.",
)
"""Decorates a command that lets several processes work; its argument is called `jobs`, 0 if it is not said."""


def project_option() -> click.Option:
    """Return the same option for a command that is put together while it runs."""
    return click.Option(["--project", "root"], **_PROJECT)


def output(what: str, else_: str) -> Callable[[F], F]:
    """Return what decorates a command that writes files; its argument is called `folder`, None if it is not said."""
    return click.option(
        "-o",
        "--output",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=None,
        help=f"The folder for the {what}; without it: {else_}.",
    )
