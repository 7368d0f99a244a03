"""``guidebook publish`` and ``guidebook compare``: editions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from mkdocs_guidebook.cli.options import jobs_option, project
from mkdocs_guidebook.cli.progress import Reporter
from mkdocs_guidebook.problems.formats import as_text

if TYPE_CHECKING:
    from mkdocs_guidebook.editions.beside import LatestMode

_folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("edition")
@click.option("--to", "target", required=True, type=_folder, help="The folder with all editions.")
@click.option(
    "--latest",
    type=click.Choice(["files", "redirects"]),
    default="files",
    show_default=True,
    help="What latest/ holds: the files of the latest edition, or pages that lead to them.",
)
@click.option(
    "--zip", "offline", is_flag=True, help="Put a zip of the whole edition into it that works from a disk."
)
@click.option(
    "--verify", is_flag=True, help="Read every file of earlier editions, not only what looks different."
)
@click.option("--no-print", is_flag=True, help="Leave out the documents to print.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@jobs_option
@project
def publish(
    edition: str,
    target: Path,
    latest: str,
    offline: bool,
    verify: bool,
    no_print: bool,
    strict: bool,
    jobs: int,
    root: Path,
) -> None:
    """Publish EDITION (such as 1.0, or dev) into a folder beside the earlier editions, which stay as they are."""
    from mkdocs_guidebook.build import BuildFailed
    from mkdocs_guidebook.editions.publish import Order
    from mkdocs_guidebook.editions.publish import publish as publish_edition
    from mkdocs_guidebook.editions.shelf import PublishFailed

    order = Order(
        edition,
        latest=cast("LatestMode", latest),
        verify=verify,
        offline=offline,
        documents=not no_print,
        strict=strict,
        jobs=jobs,
    )
    with Reporter() as report:
        try:
            outcome = publish_edition(root, order, target, report)
        except (BuildFailed, PublishFailed) as error:
            report.close()
            raise click.ClickException(str(error)) from error
    for note in outcome.notes:
        click.echo(f"Note: {note}.", err=True)
    if outcome.problems:
        click.echo(as_text(outcome.problems), err=True)
        click.echo("", err=True)
    if not outcome.published:
        raise click.ClickException("nothing was published: the content has problems. Mend them first.")
    if outcome.pages:
        click.echo(
            f"Edition {edition}, {outcome.pages} pages, {outcome.seconds:.1f} seconds: {outcome.folder}"
        )
        if edition != "dev":
            click.echo("Keep data/editions.yml with the content: the check needs it.")
    sys.exit(0)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--in",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with all editions.",
)
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html", "json"]), default="markdown", show_default=True
)
def compare(old: str, new: str, folder: Path, form: str) -> None:
    """Say what changed from edition OLD to edition NEW, every word of it."""
    from mkdocs_guidebook.editions.differences import compare as compare_snapshots
    from mkdocs_guidebook.editions.report import as_html, as_json, as_markdown, report
    from mkdocs_guidebook.editions.shelf import PublishFailed, Shelf
    from mkdocs_guidebook.language import Language

    shelf = Shelf(folder.resolve())
    try:
        earlier, later = (shelf.named(name) for name in (old, new))
    except PublishFailed as error:
        raise click.UsageError(str(error)) from error
    differences = compare_snapshots(earlier, later)
    if form == "json":
        click.echo(as_json(differences), nl=False)
        return
    told = report(differences, Language(later.language))
    click.echo((as_html if form == "html" else as_markdown)(told), nl=False)
