"""``guidebook schema``, ``guidebook issue-forms`` and ``guidebook check --fix``: for people who write content, and their editors."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_project = click.option(
    "--project",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder; without it: the current one.",
)


@click.command("schema")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="The folder for the schemas; without it: schema/ in the project.",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; end with 1 if a file is not up to date."
)
@_project
def schema_command(folder: Path | None, only_check: bool, root: Path) -> None:
    """Write JSON Schemas of all records and data files, with the terms of this project, for editors."""
    from mkdocs_guidebook.build import BuildFailed, config_file
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing.schema import stale

    root = root.resolve()
    try:
        config_file(root)
    except BuildFailed as error:
        raise click.UsageError(str(error)) from error
    target = folder or root / "schema"
    library, _ = load(root)
    for path in sorted(library.broken):
        click.echo(f"Warning: {path} has errors, so that its ids are missing from the schemas.", err=True)
    changed = stale(library, target)
    if only_check:
        for name in changed:
            click.echo(f"{target / name} is not up to date: run `guidebook schema`.", err=True)
        sys.exit(bool(changed))
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in changed.items():
            (target / name).write_text(text, "utf-8", newline="\n")
            click.echo(str(target / name))
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from error
    if not changed:
        click.echo(f"The schemas in {target} are up to date.")


@click.command("issue-forms")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="The folder for the forms; without it: the project's.",
)
@_project
def issue_forms_command(folder: Path | None, root: Path) -> None:
    """Write the issue forms for GitHub and Forgejo and the issue templates for GitLab."""
    from mkdocs_guidebook.build import BuildFailed, config_file
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing.issue_forms import issue_forms

    root = root.resolve()
    try:
        config_file(root)
        for path, text in issue_forms(load(root)[0]).items():
            file = (folder or root) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
            click.echo(str(file))
    except BuildFailed as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from error


def mend_files(root: Path, chosen: tuple[str, ...]) -> None:
    """Bring files into their normal form, and name those that were changed on standard error."""
    from mkdocs_guidebook.editing.normal_form import mend

    try:
        for mended in mend(root, chosen):
            click.echo(f"Mended {mended.path}: {', '.join(mended.what)}.", err=True)
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'a file'} cannot be written: {error.strerror}; it is as it was."
        ) from error
