"""From the text of one file to its record: front matter, body, and the id that its name is."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from mkdocs_guidebook.content import rules
from mkdocs_guidebook.content.body import Body
from mkdocs_guidebook.content.fields import is_id
from mkdocs_guidebook.content.kinds import RECORD_KINDS, Kind
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.content.schema import keys_of, validate
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.yaml12 import Document, parse
from mkdocs_guidebook.problems import Place, Problem

WINDOWS_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)


def split_front_matter(source: Source) -> tuple[int, int, int] | None:
    """Return start and end of the front matter and the start of the body; None without front matter.

    An end of -1 means that the front matter is never closed.
    """
    first, *others = source.text.split("\n")
    if first.rstrip() != "---":
        return None
    position = start = len(first) + 1
    for line in others:
        if line.rstrip() in ("---", "..."):
            return start, position, min(position + len(line) + 1, len(source.text))
        position += len(line) + 1
    return start, -1, len(source.text)


def record_from(source: Source, kind: Kind, problems: list[Problem]) -> Record[Any] | None:
    """Return the record that the text of a file is, and add what is wrong with it to `problems`."""
    path = source.path
    name = PurePosixPath(path).stem
    wrong = ""
    if not is_id(name):
        wrong = "is not lower-case words with hyphens"
    elif name in WINDOWS_DEVICES:
        wrong = "means a device on Windows, where such a file cannot be made"
    if kind in RECORD_KINDS and wrong:
        better = id_like(name) or "new-record"
        problems.append(
            source.problem(
                rules.FILE_NAME,
                Place(path),
                f"the file name `{name}.md` {wrong}",
                f"Rename the file, for example to {better}.md. The name is permanent.",
            )
        )
    parts = split_front_matter(source)
    if parts is None and kind not in RECORD_KINDS:
        return Record(source, kind.model.model_validate({}), None, kind, Body(source, 0))
    if parts is not None and parts[1] < 0 and (line := _NEARLY_CLOSED.search(source.text, parts[0])):
        problems.append(
            source.problem(
                rules.NO_FRONT_MATTER,
                source.place(line.start(), line.end()),
                "this line does not close the front matter",
                "Write three hyphens, `---`, and nothing else in it.",
            )
        )
        return None
    if parts is None or parts[1] < 0:
        problems.append(
            source.problem(
                rules.NO_FRONT_MATTER,
                Place(path),
                f"the front matter is missing: the file {_beginning(source)}"
                if parts is None
                else "the front matter is never closed by a line `---`",
                "Begin the file with a line `---`, then the fields, then another line `---`.",
            )
        )
        return None
    start, end, body_start = parts
    before = len(problems)
    document = parse(source, start, end, problems)
    if document.value is None and (len(problems) == before and kind not in RECORD_KINDS):
        document.value = {}
    if kind in RECORD_KINDS and (elsewhere := _elsewhere(kind, document, source, body_start)):
        problems.append(elsewhere)
        return None
    data = None
    if document.value is not None or len(problems) == before:
        data = validate(kind.model, document, problems)
    return Record(source, data or _Unfinished(), (start, end), kind, Body(source, body_start))


_NEARLY_CLOSED = re.compile(r"^ *[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}_]{1,9} *$|^ *---[^\n-]*$", re.M)
_FIELD = re.compile(r"\s*([a-z_]+):(?:[ \n]|\Z)")


def _elsewhere(kind: Kind, document: Document, source: Source, body_start: int) -> Problem | None:
    """Return the problem that fields stand behind the front matter, or that the file is one of another kind."""
    keys = set(document.value) if isinstance(document.value, dict) else set()
    own = keys_of(kind.model)
    missing = {
        info.alias or name for name, info in kind.model.model_fields.items() if info.is_required()
    } - keys
    below = _FIELD.match(source.text, body_start)
    if missing and below and below[1] in own:
        line = source.text.rfind("\n", 0, body_start - 1) + 1
        return source.problem(
            rules.NO_FRONT_MATTER,
            source.place(line, body_start - 1),
            "the front matter ends here, but fields follow below",
            "Delete this line: one `---` stands above all fields, and one below them.",
        )
    foreign = [key for key in document.value or () if key not in own] if keys else []
    for other in RECORD_KINDS:
        if foreign and keys <= set(keys_of(other.model)):
            return source.problem(
                rules.UNKNOWN_KEY,
                document.place_of_key((foreign[0],)),
                f"`{foreign[0]}` is a key of the kind {other.name}, but what lies in {kind.folder}/ is of the kind {kind.name}",
                f"Move the file to {other.folder}/, or delete the keys that do not belong to this kind.",
            )
    return None


def _beginning(source: Source) -> str:
    """Say how a file begins that does not begin as it should."""
    first = source.text.partition("\n")[0]
    if first.strip() == "---":
        return "begins with a space, not with `---`"
    first = first.strip()
    if not source.text.strip():
        return "is empty"
    shown = f"`{first if len(first) <= 40 else first[:39] + '…'}`" if first else "an empty line"
    return f"begins with {shown}, not with `---`"


class _Unfinished(Page):
    """Stands for front matter that does not fit its kind."""


def id_like(name: str) -> str:
    """Return an id that is like a name; empty when nothing of the name can stand in an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    id = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{id}-1" if id in WINDOWS_DEVICES else id
