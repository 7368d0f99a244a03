"""``guidebook print``: documents to hand out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_guidebook.cli.options import jobs_option, output, project
from mkdocs_guidebook.cli.progress import Reporter
from mkdocs_guidebook.problems.formats import as_text

_ENDINGS = click.Choice(["pdf", "epub", "docx"])


@click.command("print")
@click.argument("ids", nargs=-1)
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="A pack of guidebook/book.yml.")
@click.option("--format", "form", type=_ENDINGS, default="pdf", show_default=True)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@output("documents", "print/ in the project")
@click.option("--list", "only_list", is_flag=True, help="Show the ids of all documents and make none.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@jobs_option
@project
def print_command(
    ids: tuple[str, ...],
    packs: tuple[str, ...],
    form: str,
    paper: str,
    folder: Path | None,
    only_list: bool,
    drafts: bool,
    jobs: int,
    root: Path,
) -> None:
    """Make documents to print, hand out or adapt. Without IDS and --pack: all of them."""
    from mkdocs_guidebook.build import BuildFailed
    from mkdocs_guidebook.build.printing import list_documents, print_documents
    from mkdocs_guidebook.press.run import Unwritable

    target = folder or root / "print"
    with Reporter() as report:
        try:
            if only_list:
                for spec in list_documents(root):
                    click.echo(f"{spec.id}  {spec.title}  ({', '.join(spec.formats)})")
                return
            outcome, problems = print_documents(
                root, ids, packs, form, target, report, paper=paper, drafts=drafts, jobs=jobs
            )
        except (Unwritable, BuildFailed) as error:
            report.close()
            raise click.ClickException(str(error)) from error
    if outcome is None:
        click.echo(as_text(problems), err=True)
        raise click.ClickException("nothing was printed: the content has errors. Mend them first.")
    if any(problem.is_error for problem in problems):
        click.echo(as_text(problems), err=True)
    for path in outcome.made:
        click.echo(str(_short(path)))
    for note in outcome.notes:
        click.echo(f"Error: {note}", err=True)
    if outcome.problems:
        click.echo(as_text(outcome.problems), err=True)
        click.echo("Some documents could not be made; earlier files of theirs are untouched.", err=True)
    sys.exit(bool(outcome.problems or outcome.notes))


def _short(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
