"""From answers to problems, each at the very place of the link."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_guidebook.checks.engine import Content
from mkdocs_guidebook.checks.external.addresses import Written, addresses_of
from mkdocs_guidebook.checks.external.answers import Outcome, Remembered, load_answers
from mkdocs_guidebook.checks.linking import EXTERNAL_LINK
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.problems import Problem


@dataclass(frozen=True, slots=True)
class LastRound:
    """What is known since other sites were last asked."""

    asked: datetime.date | None = None
    """The last day on which one of them was asked; None if that never was."""
    problems: tuple[Problem, ...] = ()


def last_round(library: Library, on: datetime.date) -> LastRound:
    """Return what is known of the addresses of a library; nobody is asked."""
    known = load_answers(library.root)
    written = addresses_of(Content(library, on)) if known else []
    answers = {item.address: known[item.address] for item in written if item.address in known}
    asked = max((answer.asked.date() for answer in answers.values()), default=None)
    return LastRound(asked, tuple(remembered(written, answers)))


def remembered(written: Iterable[Written], answers: Mapping[str, Remembered]) -> Iterator[Problem]:
    """Yield what is known to be wrong with addresses, at each place where they are written."""
    for item in written:
        answer = answers.get(item.address)
        if answer is None:
            continue
        if answer.outcome is Outcome.FAILED:
            yield item.entry.problem(
                EXTERNAL_LINK,
                item.place,
                f"{answer.words}: {item.address}",
                "Open it in a browser. If it is gone, link to where it is now or to an archived copy.",
            )
        elif answer.moved_to:
            yield item.entry.problem(
                EXTERNAL_LINK,
                item.place,
                f"the page has moved for good: {item.address}",
                f"Look whether it is the same page, then write the new address: {answer.moved_to}",
            )
