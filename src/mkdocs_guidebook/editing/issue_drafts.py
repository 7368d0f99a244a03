"""From what an issue says to the draft of an activity that passes the check, with nothing lost.

What belongs to no field, or would not pass, is kept in a comment of the draft and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from mkdocs_guidebook.checks import check
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.kinds import ACTIVITY
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.records import id_like, record_from
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.editing import drafts
from mkdocs_guidebook.editing.issue_forms import Question, activity_questions
from mkdocs_guidebook.editing.issues import HEADING, Reading, folded
from mkdocs_guidebook.editing.typed_dates import read_date
from mkdocs_guidebook.problems import Problem, nearest

_TICKED = re.compile(r"^[ \t]*[-*+][ \t]+\[([xX ])\][ \t]+(.+)$", re.M)


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """A draft made of an issue."""

    id: str
    text: str
    notes: tuple[str, ...]
    """What could not be placed, was left out or stands in for something missing, in sentences."""


def activity_draft(reading: Reading, library: Library, id: str | None, known: dict[str, Any]) -> IssueDraft:
    """Return the draft of an activity from what an issue says; `known` values go before those of the issue.

    The draft passes the check: what would not is kept as a note in it. Raises `drafts.NotMade` when the id
    cannot be one.
    """
    notes = list(reading.notes)
    unplaced = list(reading.unplaced)
    values, sections = _values(reading, library, unplaced)
    values |= known
    id = drafts.valid_id(id or id_like(values.get("title", ""))[:80].strip("-") or "activity", ACTIVITY)
    for name, value, what in _stand_ins(library, id):
        if name not in values:
            values[name] = value
            notes.append(f"The issue does not say {what}: “{_shown(value)}” stands in for it. Correct it.")
    for name in list(values):
        why = drafts.refusal(ACTIVITY, library, {name: values[name]})
        if why:
            unplaced.append((name, _shown(values.pop(name))))
    for name, value, what in _stand_ins(library, id):
        if name not in values:
            values[name] = value
            notes.append(f"What the issue says of {what} cannot be used: “{_shown(value)}” stands in for it.")
    period: dict[str, Any] = {name: values[name] for name in ("period.start", "period.end") if name in values}
    if "period.end" in period and (len(period) == 1 or drafts.refusal(ACTIVITY, library, period)):
        unplaced.append(("period.end", values.pop("period.end")))
    text = _checked(library, id, values, sections, unplaced, notes)
    notes += [
        f"Not placed, kept in a comment at the end: {_label(heading, library) or 'text without a heading'}."
        for heading, _ in unplaced
    ]
    return IssueDraft(id, text, tuple(notes))


def _stand_ins(library: Library, id: str) -> list[tuple[str, Any, str]]:
    """Return a value for each field that a draft must have, and what the field is."""
    topics, audiences = (next(iter(library.ids[name]), "") for name in ("topics", "audiences"))
    used = [activity.data.place.country for activity in library.activities]
    return [
        ("title", id.replace("-", " ").capitalize(), "a title"),
        ("summary", "To be written.", "a summary"),
        ("topics", [topics], "the topics"),
        ("audiences", [audiences], "for whom it is"),
        ("authors", ["To be named"], "who wrote it"),
        ("place.name", "To be named", "the town"),
        ("place.country", max(used, key=used.count) if used else next(iter(countries())), "the country"),
    ]


def _values(
    reading: Reading, library: Library, unplaced: list[tuple[str, str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of fields and the texts of sections; what no field can take is added to `unplaced`."""
    values: dict[str, Any] = {}
    sections: dict[str, str] = {}
    for question in activity_questions(library):
        answer = reading.answers.get(question.name)
        if answer is None:
            continue
        if question.name.startswith("## "):
            sections[question.label] = answer
            continue
        line = " ".join(answer.split())
        left: list[str] = []
        if question.kind in ("checkboxes", "dropdown"):
            chosen, left = _chosen(answer, question)
            if chosen:
                values[question.name] = chosen if question.kind == "checkboxes" else chosen[0]
        elif question.name in ("period.start", "period.end"):
            left = _place_dates(question.name, line, values)
        elif question.name in ("partners", "sources"):
            to = "organisations" if question.name == "partners" else "references"
            values[question.name], left = _recognised(answer, library, to)
            if not values[question.name]:
                del values[question.name]
        elif question.name == "authors":
            values["authors"] = [part for part in _lines(answer) if part]
        elif question.name == "summary" and len(line) > 300:
            values["summary"] = _first_sentences(line, 300)
            left = [answer]
        elif question.name == "title" and len(line) > 120:
            values["title"], left = f"{line[:119].rsplit(' ', 1)[0]}…", [answer]
        else:
            values[question.name] = line
        if left:
            unplaced.append((question.label, "\n".join(left)))
    return values, sections


def _lines(answer: str) -> list[str]:
    return [re.sub(r"^[-*+•]\s+", "", line).strip() for line in answer.split("\n") if line.strip()]


def _chosen(answer: str, question: Question) -> tuple[list[str], list[str]]:
    """Return the ids of the options that an answer names, and what in it names none."""
    boxes = _TICKED.findall(answer)
    words = [label for mark, label in boxes if mark != " "]
    words += [line for line in _lines(_TICKED.sub("", answer)) if line]
    known = {folded(label): id for label, id in question.options.items()}
    known |= {folded(re.sub(r"\(.*?\)", "", label)): id for label, id in question.options.items()}
    known |= {folded(id): id for id in question.options.values()}
    chosen: list[str] = []
    left: list[str] = []
    for word in words:
        parts = [word] if folded(word) in known else re.split(r"[,;]", word)
        for part in filter(None, (part.strip() for part in parts)):
            id = known.get(folded(part))
            if id is None and len(part) > 4 and (close := nearest(folded(part), known)):
                id = known[close]
            if id is None:
                left.append(part)
            elif id not in chosen:
                chosen.append(id)
    return chosen, left


def _place_dates(name: str, line: str, values: dict[str, Any]) -> list[str]:
    """Put the date or the two dates of an answer where they belong; return what is left."""
    date = read_date(line)
    if date is None and name == "period.start":
        ends = re.split(
            r"\s+(?:to|until|till|bis|à|au|hasta|-)\s+|\s*[–—]\s*|(?<=\d{4})-(?=\d{4}$)", line, maxsplit=1
        )
        both = [read_date(re.sub(r"^(from|von|de|du|desde)\s+", "", end, flags=re.I)) for end in ends]
        if len(both) == 2 and both[0] and both[1]:
            values["period.start"], values["period.end"] = both[0], both[1]
            return []
    if date is None:
        return [line]
    values.setdefault(name, date)
    return [] if values[name] == date else [line]


def _recognised(answer: str, library: Library, to: str) -> tuple[list[str], list[str]]:
    """Return the ids of the things that the lines of an answer name, by name, title or address; and the rest."""
    names: dict[str, str] = {}
    if to == "organisations":
        for id, item in library.organisations.items():
            names |= {folded(name): id for name in (id, item.name, item.short or id)}
    else:
        for id, reference in library.references.items():
            given = (id, reference.title, reference.URL or id, reference.DOI or id)
            names |= {folded(name): id for name in given}
    found: list[str] = []
    left: list[str] = []
    for line in _lines(answer):
        words = folded(line)
        matches = [id for name, id in names.items() if name == words or (len(name) > 15 and name in words)]
        if not matches:
            left.append(line)
        found += [id for id in matches[:1] if id not in found]
    return found, left


def _first_sentences(text: str, most: int) -> str:
    short = text[:most]
    end = max(short.rfind(". "), short.rfind("! "), short.rfind("? "))
    return short[: end + 1] if end > most // 4 else f"{short[: most - 1].rsplit(' ', 1)[0]}…"


def _label(heading: str, library: Library) -> str:
    """Return the words above an answer for the name of its field; any other heading as it is."""
    return next((one.label for one in activity_questions(library) if one.name == heading), heading)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _checked(
    library: Library,
    id: str,
    values: dict[str, Any],
    sections: dict[str, str],
    unplaced: list[tuple[str, str]],
    notes: list[str],
) -> str:
    """Return the text of the draft; sections and fields that the check refuses are moved to `unplaced`."""
    optional = [
        name for name in ("target_group", "period.start", "sources", "partners", "kinds") if name in values
    ]
    while True:
        text = _text(library, values, sections, unplaced, notes)
        problems = problems_in(library, f"{ACTIVITY.folder}/{id}.md", text)
        if not problems:
            return text
        at = {problem.place.line for problem in problems}
        spans = _section_lines(text)
        bad = [label for label, (first, last) in spans.items() if any(first <= line < last for line in at)]
        bad = [label for label in bad if label in sections] or (list(sections) if not optional else [])
        if bad:
            for label in bad:
                unplaced.append((label, sections.pop(label)))
        elif optional:
            name = optional.pop()
            unplaced.append((name, _shown(values.pop(name))))
            if name == "period.start" and "period.end" in values:
                unplaced.append(("period.end", values.pop("period.end")))
        else:
            unplaced += [
                (name, _shown(values[name])) for name in ("title", "summary", "place.name", "authors")
            ]
            values |= {"title": "To be named", "summary": "To be written.", "place.name": "To be named"}
            values["authors"] = ["To be named"]
            return _text(library, values, sections, unplaced, notes)


def problems_in(library: Library, path: str, text: str) -> list[Problem]:
    """Return the errors that the check would find in the text of a new activity."""
    problems: list[Problem] = []
    record = record_from(Source(path, text), ACTIVITY, problems)
    if record is None or problems:
        return problems
    others = [activity for activity in library.activities if activity.path != path]
    with_it = replace(library, activities=[*others, record])
    return [problem for problem in check(with_it) if problem.place.path == path and problem.is_error]


def _section_lines(text: str) -> dict[str, tuple[int, int]]:
    lines = text.split("\n")
    starts = [(number, line[3:]) for number, line in enumerate(lines, 1) if line.startswith("## ")]
    ends = [number for number, _ in starts[1:]] + [len(lines) + 1]
    return {label: (start, end) for (start, label), end in zip(starts, ends, strict=True)}


def _text(
    library: Library,
    values: dict[str, Any],
    sections: dict[str, str],
    unplaced: list[tuple[str, str]],
    notes: list[str],
) -> str:
    order = [term.label for term in library.vocabulary.sections.activity]
    body = [f"## {label}\n\n{_as_section(sections[label])}" for label in order if label in sections]
    if unplaced:
        rest = "\n\n".join(
            f"### {_label(heading, library) or 'Without a heading'}\n\n{text}" for heading, text in unplaced
        )
        body.append("<!--\nFrom the issue, not placed yet:\n\n" + rest.replace("--", "- -") + "\n-->")
    ordered = {"status": "draft"} | values
    return drafts.render(ACTIVITY, library, drafts.nested(ordered), "\n\n".join(body) or None, notes)


def _as_section(text: str) -> str:
    """Return an answer as the text below a second-level heading: its own headings stand below that."""
    text = HEADING.sub(lambda match: f"{'#' * max(3, len(match[1]))} {match[2]}", text)
    text = re.sub(
        r"!\[([^\]]*)\]\((\S+?)(?:\s[^)]*)?\)", lambda match: f"[{match[1] or 'picture'}]({match[2]})", text
    )
    text = re.sub(r"\[\^([^\]]+)\](?!:)", r"(\1)", text)
    text = re.sub(r"\[([^\]]*)\]\((?!https?://)[^()]*(?:\([^()]*\)[^()]*)*\)", r"\1", text)
    return re.sub(r"\[@([^\]]*)\]", r"(@ \1)", re.sub(r"^:::", ": : :", text, flags=re.M))
