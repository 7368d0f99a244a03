"""What ``guidebook check --external`` does and says: asking other sites about the links to them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable

import click

import mkdocs_guidebook
from mkdocs_guidebook.cli.progress import Reporter
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Place, Problem


def check_external(
    library: Library, site_address: str, allow_private: bool, is_chosen: Callable[[Place], bool]
) -> list[Problem]:
    """Ask the addresses of other sites that are due, and return what is wrong with those at chosen places."""
    from mkdocs_guidebook.checks import today
    from mkdocs_guidebook.checks.engine import Content
    from mkdocs_guidebook.checks.external import Outcome, addresses_of, remembered
    from mkdocs_guidebook.checks.external.asking import Manners
    from mkdocs_guidebook.checks.external.round import NoNetwork, ask_due

    written = [item for item in addresses_of(Content(library, today())) if is_chosen(item.place)]
    about = f"; +{site_address}/" if site_address else ""
    agent = f"mkdocs-guidebook/{mkdocs_guidebook.__version__} (link check{about})"
    with Reporter() as report:
        try:
            answers = ask_due(
                library.root,
                (item.address for item in written),
                Manners(agent, private=allow_private),
                now=datetime.datetime.now(datetime.UTC),
                progress=lambda done, total: report("Asking other sites", done, total),
            )
        except NoNetwork as error:
            raise click.ClickException(
                "no other site can be reached from this machine, so nothing was asked; what was known is kept."
            ) from error
        except OSError as error:
            raise click.ClickException(
                f"the answers cannot be kept in .guidebook/: {error.strerror}"
            ) from error
    counts = Counter(answer.outcome for answer in answers.values())
    unasked = len({item.address for item in written}) - len(answers)
    said = [f"{counts[Outcome.ANSWERED]} answered", f"{counts[Outcome.FAILED]} failed"]
    said += [f"{counts[Outcome.UNWILLING]} tell programs nothing"] if counts[Outcome.UNWILLING] else []
    said += [f"{unasked} could not be asked"] if unasked else []
    click.echo(f"{len(answers) + unasked} addresses of other sites: {', '.join(said)}.", err=True)
    for item in written:
        answer = answers.get(item.address)
        if answer and answer.outcome is Outcome.UNWILLING:
            click.echo(f"  {item.place}: {answer.words}; look yourself: {item.address}", err=True)
    return list(remembered(written, answers))
