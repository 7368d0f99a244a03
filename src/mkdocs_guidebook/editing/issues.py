"""The text of an issue, read as answers to the questions of its form.

The code host writes each answer of a form below a heading `### Question`. People edit such texts, paste into
them, translate them, or never used the form. So a heading is compared with the questions as people would.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import nh3

from mkdocs_guidebook.checks.facts import personal_data_in
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.source import CONTROL
from mkdocs_guidebook.editing.issue_forms import Question, activity_questions, recommendation_questions
from mkdocs_guidebook.problems import nearest

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_NOTHING = frozenset(("", "_no response_", "no response", "none", "n/a", "-", "?", "_aucune réponse_"))
_MOST = 200_000
"""How many characters of an issue are read."""

_OTHER_NAMES = {
    "title": ("name of the activity", "titre", "nom de l'activité", "titel", "título"),
    "summary": ("short description", "description", "résumé", "zusammenfassung", "resumen"),
    "place.name": ("town", "city", "place", "where", "location", "ville", "lieu", "où", "ort", "ciudad"),
    "place.country": ("country", "pays", "land", "país"),
    "period.start": ("from", "start", "when", "date", "début", "de", "beginn", "inicio", "quand : de"),
    "period.end": ("to", "until", "end", "fin", "à", "ende"),
    "kinds": ("kind", "kinds", "type", "types d'activité"),
    "topics": ("topic", "themes", "thèmes", "themen", "temas"),
    "audiences": ("audience", "for whom", "pour qui", "für wen"),
    "target_group": ("target group", "public visé", "groupe cible", "zielgruppe"),
    "partners": ("partners", "organisations", "partenaires"),
    "sources": ("source", "links", "references", "quellen", "fuentes"),
    "authors": ("author", "written by", "auteur", "auteurs", "your organisation"),
    "recommendation": ("recommandation", "address", "adresse"),
    "suggestion": ("your suggestion", "suggestion", "votre proposition", "proposition"),
}


@dataclass
class Reading:
    """What an issue's text said."""

    answers: dict[str, str] = field(default_factory=dict)
    """The answers by the names of their questions."""
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    """Heading and text of what answers no question."""
    notes: list[str] = field(default_factory=list)
    """What somebody should know, in sentences."""


def read_issue(text: str, library: Library) -> tuple[str, Reading]:
    """Return which form an issue comes from, `activity` or `recommendation`, and what it says."""
    text, notes = _clean(text[:_MOST])
    readings = {
        "activity": _split(text, activity_questions(library)),
        "recommendation": _split(text, recommendation_questions()),
    }
    score = {name: len(reading.answers) for name, reading in readings.items()}
    is_change = "suggestion" in readings["recommendation"].answers or (
        "recommendation" in readings["recommendation"].answers and score["activity"] < 2
    )
    name = "recommendation" if is_change and "title" not in readings["activity"].answers else "activity"
    readings[name].notes[:0] = notes
    return name, readings[name]


def _clean(text: str) -> tuple[str, list[str]]:
    """Return the text without personal data, HTML and characters that no file may hold; and what was left out."""
    notes = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    text = CONTROL.sub("", text)
    found = personal_data_in(text)
    if found:
        for match, _ in sorted(found, key=lambda one: one[0].start(), reverse=True):
            text = f"{text[: match.start()]}[left out]{text[match.end() :]}"
        notes.append(
            f"{len(found)} mail address(es) or telephone number(s) were left out: they are personal data. "
            "Name the service and its own contact page instead."
        )
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.I)
    if re.search(r"<[a-zA-Z!/]", text):
        cleaned = html.unescape(nh3.clean(re.sub(r"<!--.*?-->", "", text, flags=re.S), tags=set()))
        # What was text with signs may have become a tag again; no tag is left in the end.
        cleaned = re.sub(r"<(?=[a-zA-Z!/?])", "‹", CONTROL.sub("", cleaned))
        if re.search(r"<[a-zA-Z/]", re.sub(r"<!--.*?-->", "", text, flags=re.S)):
            notes.append("HTML was left out; its words were kept.")
        text = cleaned
    return text, notes


def _split(text: str, questions: tuple[Question, ...]) -> Reading:
    """Return the answers to the questions in a text, each below a heading like its question."""
    reading = Reading()
    by_label = _names(questions)
    pieces: list[tuple[str | None, str, list[str]]] = [(None, "", [])]
    is_code = False
    for line in text.split("\n"):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        heading = None if is_code else HEADING.fullmatch(line)
        name = _question_of(heading[2], by_label) if heading else None
        if heading and (name is not None or len(heading[1]) == 3):
            pieces.append((name, heading[2], []))
        else:
            pieces[-1][2].append(line)
    for name, heading_text, lines in pieces:
        answer = "\n".join(lines).strip()
        if answer.casefold() in _NOTHING:
            continue
        if name is None or name in reading.answers:
            reading.unplaced.append((heading_text, answer))
        else:
            reading.answers[name] = answer
    return reading


def _names(questions: Iterable[Question]) -> dict[str, str]:
    names: dict[str, str] = {}
    for question in questions:
        for label in (question.label, question.name, *_OTHER_NAMES.get(question.name, ())):
            names.setdefault(folded(label), question.name)
    return names


def folded(label: str) -> str:
    """Return a label as it is compared: its words, in small letters."""
    return " ".join(re.findall(r"[^\W_]+", label.casefold()))


def _question_of(heading: str, names: dict[str, str]) -> str | None:
    name = folded(re.sub(r"\(.*?\)", "", heading))
    if name in names:
        return names[name]
    close = nearest(name, [one for one in names if len(one) > 4]) if len(name) > 4 else None
    return names[close] if close and abs(len(close) - len(name)) <= max(4, len(close) // 2) else None


def recommendation_message(reading: Reading, library: Library) -> str:
    """Return what an issue suggests for a recommendation, beside where it stands and what it says now."""
    answers = reading.answers
    asked = answers.get("recommendation", "")
    address = re.search(r"([a-z0-9-]+)/?#([a-z0-9-]+)", asked)
    numbered = library.recommendations.get(f"{address[1]}#{address[2]}") if address else None
    if numbered is None:
        by_text = {one.data.text.casefold(): key for key, one in library.recommendations.items()}
        by_number = {one.number: key for key, one in library.recommendations.items()}
        number = re.match(r"\s*(\d+\.\d+)\b", asked)
        close = by_number.get(number[1]) if number else by_text.get(nearest(asked, by_text) or "")
        numbered = library.recommendations.get(close) if close else None
    lines = ["This issue suggests a change to a recommendation. Nothing was written."]
    if numbered is None:
        lines.append(f"Which one could not be found out: “{asked or 'nothing'}”.")
    else:
        position = numbered.position - 1
        place = numbered.chapter.place(("recommendations", position, "text"))
        lines += [f"Where: {place} (recommendation {numbered.number})", f"Its text now: {numbered.data.text}"]
    labels = {question.name: question.label for question in recommendation_questions()}
    lines += [f"{labels[name]}: {text}" for name, text in answers.items() if name != "recommendation"]
    lines += [f"{heading or 'Also'}: {text}" for heading, text in reading.unplaced]
    return "\n".join([*lines, *reading.notes])
