"""What other sites answered, remembered in the project's folder .guidebook/ with its date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, RootModel, ValidationError

from mkdocs_guidebook.content.writing import write_whole

FILE = Path(".guidebook", "external-links.json")
"""Where answers are kept, in the project's folder."""
KEPT = datetime.timedelta(days=7)
"""How long a page that answered is not asked again."""
KEPT_FAILURE = datetime.timedelta(days=1)
"""How long a page that did not answer is not asked again."""


class Outcome(StrEnum):
    """What came of asking."""

    ANSWERED = "answered"
    """The page is there."""
    UNWILLING = "unwilling"
    """The host is there but tells programs nothing: it wants a login, a payment or a person."""
    FAILED = "failed"
    """No page was to be had."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one address."""

    outcome: Outcome
    words: str = ""
    """What is wrong, in words; empty for a page that answered."""
    moved_to: str = ""
    """Where the page is now, if the host says that it has moved for good."""
    wait: float = 0
    """For how many seconds the host wants to be left alone."""
    is_named: bool = True
    """False where the name of the host could not be looked up."""


class Remembered(BaseModel):
    """An answer with its date, as it is kept."""

    outcome: Outcome
    words: str = ""
    moved_to: str = ""
    asked: AwareDatetime
    due: AwareDatetime
    """From when on the address may be asked again."""

    @classmethod
    def of(cls, answer: Answer, now: datetime.datetime) -> Remembered:
        """Return the answer that was given at a time."""
        kept = KEPT if answer.outcome is Outcome.ANSWERED else KEPT_FAILURE
        wait = datetime.timedelta(seconds=min(answer.wait, KEPT.total_seconds()))
        return cls(
            outcome=answer.outcome,
            words=answer.words,
            moved_to=answer.moved_to,
            asked=now,
            due=now + max(kept, wait),
        )


_File = RootModel[dict[str, Remembered]]


def load_answers(root: Path) -> dict[str, Remembered]:
    """Return what is remembered in the project at `root`, by address; nothing where nothing can be read."""
    try:
        return _File.model_validate_json((root / FILE).read_bytes()).root
    except (OSError, ValidationError):
        return {}


def save_answers(root: Path, answers: Mapping[str, Remembered]) -> None:
    """Write the answers of the project at `root`, all or nothing."""
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    text = _File(dict(sorted(answers.items()))).model_dump_json(indent=1)
    write_whole(file, text.encode())
