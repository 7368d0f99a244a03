"""data/editions.yml of the project: what the check and the labels must know of what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from mkdocs_guidebook.content.data.editions import (
    Editions,
    PastChange,
    PublishedEdition,
    PublishedRecommendation,
)
from mkdocs_guidebook.content.dates import parse_date
from mkdocs_guidebook.editions.files import write_whole
from mkdocs_guidebook.editions.snapshot import Advice, Snapshot

PATH = "data/editions.yml"
_HEAD = """\
# What was published, for the check and for the labels of recommendations.
# `guidebook publish` writes this file: keep it with the content, and do not change it by hand.
"""


def with_edition(register: Editions, snapshot: Snapshot) -> Editions:
    """Return the register with one more edition, the latest."""
    name = snapshot.edition
    known = dict(register.by_id)
    for address, advice in snapshot.advice.items():
        known[address] = _recommendation(known.get(address), advice, name)
    for id, item in known.items():
        if id not in snapshot.advice and item.gone is None:
            known[id] = item.model_copy(update={"gone": name})
    return Editions(
        editions=[
            *register.editions,
            PublishedEdition(edition=name, released=parse_date(snapshot.released)),
        ],
        recommendations=[known[id] for id in sorted(known)],
    )


def _recommendation(
    before: PublishedRecommendation | None, advice: Advice, edition: str
) -> PublishedRecommendation:
    now = PublishedRecommendation(
        id=advice.address,
        since=before.since if before else edition,
        changes=before.changes if before else [],
        text=advice.text,
        strength=advice.strength,
        certainty=advice.certainty,
        because=advice.because,
        sources=list(advice.sources),
    )
    if before is None:
        return now
    changes = []
    if before.text.split() != now.text.split():
        changes.append(PastChange(edition=edition, change="reworded"))
    if (before.strength, before.certainty, before.because.split(), set(before.sources)) != (
        now.strength,
        now.certainty,
        now.because.split(),
        set(now.sources),
    ):
        changes.append(PastChange(edition=edition, change="evidence"))
    if not changes and any(entry[:2] == (edition, "reviewed") for entry in advice.history):
        changes.append(PastChange(edition=edition, change="reviewed"))
    return now.model_copy(update={"changes": [*now.changes, *changes]})


def write_register(root: Path, register: Editions) -> bool:
    """Write the register of the project in the folder `root`; return whether it was not so before."""
    file = root / PATH
    values: dict[str, Any] = register.model_dump(mode="json", exclude_defaults=True)
    text = _HEAD + yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110)
    if file.exists() and file.read_text("utf-8") == text:
        return False
    file.parent.mkdir(exist_ok=True)
    write_whole(file, text.encode())
    return True
