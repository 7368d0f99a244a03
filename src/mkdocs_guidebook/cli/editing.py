"""``guidebook schema``, ``guidebook issue-forms`` and ``guidebook check --fix``: for people who write content, and their editors."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_guidebook.cli.options import output, project


@click.command("schema")
@output("schemas", "schema/ in the project")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; end with 1 if a file is not up to date."
)
@project
def schema_command(folder: Path | None, only_check: bool, root: Path) -> None:
    """Write JSON Schemas of all records and data files, with the terms of this project, for editors.

    Without -o, the snippets of Visual Studio Code in .vscode/ are written, too.
    """
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing.schema import as_text, not_held, stale
    from mkdocs_guidebook.editing.snippets import SNIPPETS, snippets

    target = folder or root / "schema"
    library, _ = load(root)
    for path in sorted(library.broken):
        click.echo(f"Warning: {path} has errors, so that its ids are missing from the schemas.", err=True)
    changed = {target / name: text for name, text in stale(library, target).items()}
    if folder is None:
        held = not_held({SNIPPETS: as_text(snippets(library))}, root)
        changed |= {root / name: text for name, text in held.items()}
    if only_check:
        for file in changed:
            click.echo(f"{file} is not up to date: run `guidebook schema`.", err=True)
        sys.exit(bool(changed))
    try:
        for file, text in changed.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
            click.echo(str(file))
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from error
    if not changed:
        click.echo(f"The schemas in {target} are up to date.")


@click.command("issue-forms")
@output("forms", "the project's")
@project
def issue_forms_command(folder: Path | None, root: Path) -> None:
    """Write the issue forms for GitHub and Forgejo and the issue templates for GitLab."""
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing.issue_forms import issue_forms

    try:
        for path, text in issue_forms(load(root)[0]).items():
            file = (folder or root) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
            click.echo(str(file))
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
