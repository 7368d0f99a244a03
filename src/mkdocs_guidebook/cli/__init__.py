"""The ``guidebook`` command: parse, call one function, print, set the exit code.

Exit codes: 0 nothing is wrong, 1 problems were found or the job failed, 2 wrong use.
"""

from __future__ import annotations

import atexit
import gc
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

import mkdocs_guidebook
from mkdocs_guidebook.cli.editing import issue_forms_command, mend_files, schema_command
from mkdocs_guidebook.cli.forms import forms_command
from mkdocs_guidebook.cli.new import new_command
from mkdocs_guidebook.cli.options import jobs_option, project
from mkdocs_guidebook.cli.previewing import serve_command
from mkdocs_guidebook.cli.printing import print_command
from mkdocs_guidebook.cli.progress import Reporter
from mkdocs_guidebook.cli.publishing import compare, publish
from mkdocs_guidebook.cli.review import review_command
from mkdocs_guidebook.problems import Place, Problem, in_reading_order
from mkdocs_guidebook.problems.formats import FORMATS, as_text
from mkdocs_guidebook.workers import LESS_MEMORY, Crashed

_strict = click.option("--strict", is_flag=True, help="Let warnings count as errors.")


class _Commands(click.Group):
    """Commands that say in a sentence when a process of theirs was ended, or finds no memory."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Crashed as error:
            raise click.ClickException(str(error)) from error
        except MemoryError as error:
            raise click.ClickException(f"there is not enough memory. {LESS_MEMORY}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mkdocs_guidebook.__version__, prog_name="guidebook")
def main() -> None:
    """Check and build a guidebook."""
    # What a command makes lives to its end or is freed at once: to look for cyclic garbage often is a tenth of its time.
    gc.set_threshold(200_000, 20, 50)
    atexit.register(gc.freeze)  # and Python need not look through all of it before it ends


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@_strict
@click.option(
    "--fix", is_flag=True, help="First bring files into their normal form, without changing a word."
)
@click.option(
    "--external", is_flag=True, help="Also ask other sites whether the pages that we link to answer."
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="With --external: also ask addresses of this machine and private networks.",
)
@jobs_option
@project
def check(
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    fix: bool,
    external: bool,
    allow_private: bool,
    jobs: int,
    root: Path,
) -> None:
    """Check all content. With PATHS, show only what is wrong in these files and folders."""
    from mkdocs_guidebook.build.ledger import program, remembered
    from mkdocs_guidebook.checks import run
    from mkdocs_guidebook.cli.external import check_external
    from mkdocs_guidebook.workers import processes

    chosen = [_in_project(path, root) for path in paths]
    if fix:
        mend_files(root, tuple(chosen))

    def is_chosen(place: Place) -> bool:
        return not chosen or any(PurePosixPath(place.path).is_relative_to(path) for path in chosen)

    with remembered(root, program()) as (clean, memory):
        library, problems = run(root, clean=clean, memory=memory, jobs=processes(jobs))
    if external:
        address = site_address(root)
        problems = in_reading_order([*problems, *check_external(library, address, allow_private, is_chosen)])
    problems = [problem for problem in problems if is_chosen(problem.place)]
    page = _rule_page(root)
    output = FORMATS[form](problems, page)
    if output:
        click.echo(output)
    if form == "text":
        records = len(list(library.records))
        click.echo(
            ("\n" if problems else "") + f"{_count(records, 'record')} checked: {_verdict(problems)}.",
            err=bool(problems),
        )
    sys.exit(any(problem.is_error or strict for problem in problems))


def _in_project(path: Path, root: Path) -> str:
    place = (Path.cwd() / path).resolve() if path.exists() else (root / path).resolve()
    if not place.exists():
        raise click.BadParameter(f"there is no file or folder {path}", param_hint="PATHS")
    if not place.is_relative_to(root):
        raise click.BadParameter(f"{path} lies outside the project {root}", param_hint="PATHS")
    return place.relative_to(root).as_posix()


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _verdict(problems: list[Problem]) -> str:
    errors = sum(problem.is_error for problem in problems)
    if not problems:
        return "nothing is wrong"
    return f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"


def _rule_page(root: Path) -> str:
    """Return where the rules are documented, if the site's address is known."""
    address = site_address(root)
    return f"{address}/rules/{{code}}/" if address else ""


def site_address(root: Path) -> str:
    """Return where the site is published, without a slash at the end; empty if it is not known."""
    import re

    from mkdocs_guidebook.build import config_file

    # Only this one line is needed; loading the whole configuration takes longer than the check.
    text = config_file(root).read_bytes().decode("utf-8", "replace")
    match = re.search(r"^site_url:\s*[\"']?(https?://\S+?)/?[\"']?\s*$", text, re.M)
    return match[1] if match else ""


@main.command()
@_strict
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--offline", is_flag=True, help="Also write a zip of the site that works without internet.")
@click.option("--no-print", is_flag=True, help="Leave out the documents to print.")
@click.option("--no-search", is_flag=True, help="Leave out the search index.")
@jobs_option
@click.option("--clean", is_flag=True, help="Make everything anew; nothing of the last build is kept.")
@project
def build(
    strict: bool,
    drafts: bool,
    offline: bool,
    no_print: bool,
    no_search: bool,
    jobs: int,
    clean: bool,
    root: Path,
) -> None:
    """Check all content and build the site into site/. What did not change since the last build is kept."""
    from mkdocs_guidebook.build import BuildFailed
    from mkdocs_guidebook.build import build as build_all
    from mkdocs_guidebook.workers import can_fork

    if jobs != 1 and not can_fork():
        click.echo("One process makes all pages: this system cannot divide the work.", err=True)
    with Reporter() as report:
        try:
            summary, problems = build_all(
                root,
                strict=strict,
                drafts=drafts,
                offline=offline,
                documents=not no_print,
                search=not no_search,
                jobs=jobs,
                clean=clean,
                progress=report,
            )
        except BuildFailed as error:
            report.close()
            raise click.ClickException(str(error)) from error
    if problems:
        click.echo(as_text(problems, _rule_page(root)), err=True)
        click.echo("", err=True)
    if summary is None:
        raise click.ClickException(
            f"nothing was built: {_verdict(problems)}. The site from before is untouched."
        )
    click.echo(
        f"{_count(summary.records, 'record')}, {_count(summary.warnings, 'warning')}, "
        f"{_count(summary.pages, 'page')}, {summary.seconds:.1f} seconds: {summary.site}"
    )
    if summary.offline:
        megabytes = summary.offline.stat().st_size / 1_000_000
        click.echo(f"Offline copy, {megabytes:.1f} MB: {summary.offline}")


main.add_command(print_command)
main.add_command(serve_command)
main.add_command(review_command)
main.add_command(schema_command)
main.add_command(new_command)
main.add_command(issue_forms_command)
main.add_command(publish)
main.add_command(compare)
main.add_command(forms_command)

if __name__ == "__main__":
    main()
