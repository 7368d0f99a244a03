"""``guidebook serve``: a preview that follows what is saved."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_guidebook.cli.options import project
from mkdocs_guidebook.problems.formats import as_text

if TYPE_CHECKING:
    from mkdocs_guidebook.problems import Problem


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@project
def serve_command(port: int, host: str, root: Path) -> None:
    """Show a preview that follows every change. Drafts are shown."""
    from mkdocs_guidebook.preview import Preview
    from mkdocs_guidebook.preview.server import PreviewServer
    from mkdocs_guidebook.preview.watching import watching

    name = f"[{host}]" if ":" in host else host
    preview = Preview(root, f"http://{name}:{port}/", _say)
    try:
        server = PreviewServer(host, port, preview)
    except OSError as error:
        raise click.ClickException(_why(error, host, port)) from error
    click.echo("Reading the content …", err=True)
    with server, preview.opened(), watching(root, preview.watched(), preview.refresh):
        try:
            click.echo(f"The preview is at {preview.address} (stop it with Ctrl-C).")
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("", err=True)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop what listens there, or choose another with --port {port + 1}"
    return f"the preview cannot listen on {host}, port {port}: {error.strerror or error}"


def _say(failure: str, problems: list[Problem]) -> None:
    """Tell on the terminal what went wrong, or that all is right again."""
    if failure:
        click.echo(f"Error: {failure}", err=True)
    if problems:
        click.echo(as_text(problems), err=True)
    if not failure and not problems:
        click.echo("Everything is right again.", err=True)
