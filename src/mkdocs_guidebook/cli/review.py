"""``guidebook review``: what a change does, for a reviewer."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_guidebook.cli.options import project


@click.command("review")
@click.option(
    "--base",
    metavar="REV",
    default=None,
    help="What to compare with: a branch, tag or commit; without it: where this branch left the main branch.",
)
@click.option(
    "--preview-url", default="", metavar="URL", help="Where a preview of the change can be seen, for links."
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=None,
    help="The file to write; without it: standard output.",
)
@project
def review_command(base: str | None, preview_url: str, file: Path | None, root: Path) -> None:
    """Say what a change does to readers, as Markdown for its pull request."""
    from mkdocs_guidebook.editing.review import review
    from mkdocs_guidebook.editing.review_markdown import as_markdown
    from mkdocs_guidebook.editing.revisions import NoRevision, base_revision

    if preview_url and not preview_url.startswith(("https://", "http://")):
        raise click.BadParameter("it must begin with https:// or http://", param_hint="--preview-url")
    try:
        text = as_markdown(review(root, base_revision(root, base)), preview_url)
        if file is not None:
            file.write_text(text, "utf-8")
    except NoRevision as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if file is None:
        click.echo(text, nl=False)
