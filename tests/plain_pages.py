"""The pages of a guidebook as plain Markdown, for generators that know nothing of its fields.

What a record's page says of itself, the page says here in headings, lists and tables; what is computed (lists,
facets, citations) is left out, in favour of the other generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise, Recommendation
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.outline import MARKER

_CITATION = re.compile(r" ?\[@[^\]]+\]")


def write_plain_site(root: Path, library: Library) -> None:
    """Write a MkDocs site with Material and its search, one page a record, into the folder `root`."""
    for record in (*library.records, *library.pages):
        path = record.path.removeprefix("docs/")
        file = root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page(record), "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Clean rivers\ntheme:\n  name: material\n", "utf-8")


def _page(record: Record[BaseModel]) -> str:
    data = record.data
    if not isinstance(data, RecordFields):
        return record.body.text
    pieces = [f"# {data.title}", data.summary, ", ".join((*data.audiences, *data.phases, *data.topics))]
    body = record.body.text
    match data:
        case Chapter():
            pieces.append(_list(data.key_messages))
            made = {item.id: _recommendation(item) for item in data.recommendations}
            made |= {item.id: _exercise(item) for item in data.exercises}
            body = MARKER.sub(lambda marker: made.pop(marker["id"], ""), body)
            body = "\n\n".join((body, *made.values()))
        case Article():
            body = "\n\n".join((body, *_profile(data), _figures(data)))
        case Activity():
            pieces.append(f"{data.place.name}, {data.place.country}. {data.target_group or ''}")
    return _CITATION.sub("", "\n\n".join((*pieces, body))) + "\n"


def _list(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _recommendation(item: Recommendation) -> str:
    return (
        f"### {item.text}\n\n{item.strength}, {item.certainty}\n\n{item.because}\n\n{_list(item.checklist)}"
    )


def _exercise(item: Exercise) -> str:
    steps = "\n".join(f"1. {step.text}" for step in item.steps)
    return f"### {item.title}\n\n{item.minutes} minutes. {item.aim}\n\n{steps}"


def _profile(data: Article) -> Iterator[str]:
    for name, entry in data.profile.items():
        yield f"### {name}\n\n{entry.text}"


def _figures(data: Article) -> str:
    rows = "\n".join(f"| {item.label} | {item.value} {item.unit} | {item.date} |" for item in data.figures)
    return f"| What | Value | When |\n| --- | --- | --- |\n{rows}" if rows else ""
