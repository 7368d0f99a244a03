"""``guidebook new``: a new record as a draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_guidebook.cli.options import project_option

if TYPE_CHECKING:
    from mkdocs_guidebook.content.description import Field
    from mkdocs_guidebook.content.kinds import Kind
    from mkdocs_guidebook.content.library import Library
    from mkdocs_guidebook.editing.word import Picture, WordText

_KINDS = {
    "chapter": "A chapter of the guidebook.",
    "article": "An article on a country or a theme.",
    "activity": "A report on a local activity.",
}


class _NewGroup(click.Group):
    """The kinds of record; their options are made from the models when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_KINDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return _command(name) if name in _KINDS else None


@click.command("new", cls=_NewGroup)
def new_command() -> None:
    """Write a new record as a draft, in which every field is explained."""


def _command(name: str) -> click.Command:
    from mkdocs_guidebook.content.kinds import RECORD_KINDS
    from mkdocs_guidebook.editing.drafts import asked_fields

    kind = next(kind for kind in RECORD_KINDS if kind.name == name)
    options: list[click.Parameter] = [
        click.Argument(["name"], required=name != "activity"),
        *(_option(key, field) for key, field in asked_fields(kind)),
        *_ways_in(name),
        click.Option(["--no-input", "no_input"], is_flag=True, help="Ask nothing, also on a terminal."),
        project_option(),
    ]
    about = (
        f"{_KINDS[name]} NAME becomes the name of the file in {kind.folder}/ and a part of its address: "
        "lower-case words and numbers, joined by hyphens. Required fields that no option gives are asked for."
    )
    return click.Command(
        name,
        callback=lambda **given: _new(kind, **given),
        params=options,
        help=about,
        short_help=_KINDS[name],
    )


def _ways_in(kind: str) -> list[click.Parameter]:
    """Return the options that take a text to begin with."""
    if kind == "activity":
        about = "A file with the text of an issue; `-` is standard input. NAME is made of the title, if it is left out."
        return [
            click.Option(
                ["--from-issue", "issue"], type=click.Path(path_type=Path, allow_dash=True), help=about
            )
        ]
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    about = "A Word document (.docx) whose text, tables and pictures the draft begins with."
    return [click.Option(["--from", "word"], type=file, metavar="FILE.docx", help=about)]


def _option(key: str, field: Field) -> click.Option:
    is_list = field.shape.item is not None
    help = field.help + (" Can be given several times." if is_list else "")
    return click.Option(
        [f"--{key.replace('.', '-').replace('_', '-')}", key.replace(".", "__")],
        multiple=is_list,
        default=() if is_list else None,
        help=help,
    )


def _new(
    kind: Kind,
    name: str | None,
    no_input: bool,
    root: Path,
    issue: Path | None = None,
    word: Path | None = None,
    **given: Any,
) -> None:
    from mkdocs_guidebook.checks import today
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing import drafts

    try:
        if issue is not None:
            _from_issue(root, issue, name, given)
            return
        if name is None:
            raise click.UsageError("NAME is missing.")
        id = drafts.valid_id(name, kind)
    except drafts.NotMade as error:
        raise click.UsageError(str(error)) from error
    if (root / kind.folder / f"{id}.md").exists():
        raise click.ClickException(
            f"{kind.folder}/{id}.md is there already and was not touched. Open it, or choose another name."
        )
    library, _ = load(root)
    known = drafts.defaults(kind, id, today())
    text = _read_word(root, kind, id, word) if word else None
    if text and text.title:
        known["title"] = text.title
    values = _values(kind, library, given, known, ask=not no_input and sys.stdin.isatty())
    body = drafts.with_required_sections(kind, library, text.body) if text else None
    notes = text.notes if text else ()
    draft = drafts.render(kind, library, drafts.nested(known | values), body, notes)
    _write(root, kind, id, draft, notes, text.pictures if text else ())


def _from_issue(root: Path, issue: Path, name: str | None, given: dict[str, Any]) -> None:
    """Write the draft that an issue's text makes, or tell what it suggests for a recommendation."""
    from mkdocs_guidebook.content.kinds import ACTIVITY
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.editing.issue_drafts import activity_draft
    from mkdocs_guidebook.editing.issues import read_issue, recommendation_message

    try:
        with click.open_file(str(issue), "rb") as stream:
            written = stream.read(1_000_000).decode("utf-8-sig", "replace")
    except OSError as error:
        raise click.BadParameter(f"{issue}: {error.strerror}", param_hint="--from-issue") from error
    library, _ = load(root)
    what, reading = read_issue(written, library)
    if what == "recommendation":
        click.echo(recommendation_message(reading, library))
        return
    known = _values(ACTIVITY, library, given, {}, ask=False, needed=False)
    draft = activity_draft(reading, library, name, known)
    _write(root, ACTIVITY, draft.id, draft.text, draft.notes)


def _read_word(root: Path, kind: Kind, id: str, file: Path) -> WordText:
    from mkdocs_guidebook.editing.drafts import NotMade
    from mkdocs_guidebook.editing.word import read_word

    pictures = root / kind.folder / "images"
    try:
        return read_word(file, id, lambda name: not (pictures / name).exists())
    except NotMade as error:
        raise click.ClickException(str(error)) from error


def _write(
    root: Path, kind: Kind, id: str, text: str, notes: Sequence[str] = (), pictures: Sequence[Picture] = ()
) -> None:
    """Write the draft, check it, and say what comes next."""
    from mkdocs_guidebook.checks import run
    from mkdocs_guidebook.editing import drafts
    from mkdocs_guidebook.problems.formats import as_text

    try:
        drafts.write(root, kind, id, text)
        for picture in pictures:
            drafts.write_picture(root, kind, picture.name, picture.content)
    except drafts.NotMade as error:
        raise click.ClickException(str(error)) from error
    path = f"{kind.folder}/{id}.md"
    click.echo(f"{path} is written, as a draft.")
    for note in notes:
        click.echo(f"- {note}")
    click.echo("Next:")
    for number, step in enumerate(drafts.next_steps(kind, id), 1):
        click.echo(f"{number}. {step}")
    problems = [problem for problem in run(root)[1] if problem.place.path == path]
    if problems:
        click.echo("\nThis is left to mend in it:\n", err=True)
        click.echo(as_text(problems, ""), err=True)
        sys.exit(any(problem.is_error for problem in problems))


def _values(
    kind: Kind,
    library: Library,
    given: dict[str, Any],
    known: dict[str, Any],
    *,
    ask: bool,
    needed: bool = True,
) -> dict[str, Any]:
    """Return the values of the required fields by their dotted names, from options and from the terminal."""
    from mkdocs_guidebook.editing import drafts

    values: dict[str, Any] = {}
    missing: list[str] = []
    for key, field in drafts.asked_fields(kind):
        option = f"--{key.replace('.', '-').replace('_', '-')}"
        value = _typed(field, given.get(key.replace(".", "__")))
        if value not in (None, [], ""):
            if why := drafts.refusal(kind, library, {key: value}):
                raise click.BadParameter(why, param_hint=option)
            values[key] = value
        elif ask:
            values[key] = _asked(kind, library, key, field, known.get(key))
        elif key not in known:
            missing.append(option)
    if missing and needed:
        raise click.UsageError(
            f"these are needed, too: {', '.join(missing)}. Give them, or run the command on a terminal "
            "without --no-input to be asked."
        )
    return values


def _typed(field: Field, written: Any) -> Any:
    """Return what was written for a field as its value; ids in a list may be parted by commas."""
    if isinstance(written, (list, tuple)):
        item = field.shape.item
        parts = [
            part.strip()
            for one in written
            for part in (one.split(",") if item is not None and item.refers_to else [one])
        ]
        return [part for part in parts if part]
    return written.strip() if isinstance(written, str) else written


def _asked(kind: Kind, library: Library, key: str, field: Field, default: Any) -> Any:
    from mkdocs_guidebook.editing import drafts

    is_list = field.shape.item is not None
    click.echo("")
    click.echo(click.wrap_text(f"{field.help} {drafts.terms_of(field.shape, library)}".strip(), 100))
    if field.examples:
        example = field.examples[0]
        click.echo(f"For example: {', '.join(example) if isinstance(example, list) else example}")
    while True:
        answer = click.prompt(
            f"{field.label}{' (several: parted by ;)' if is_list else ''}", default=default, type=str
        )
        value = _typed(field, answer.split(";") if is_list else answer)
        why = drafts.refusal(kind, library, {key: value})
        if not why:
            return value
        click.echo(f"That does not fit: {why}")
