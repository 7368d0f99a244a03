"""Issue forms for people without an account on the editing page, made from the models and the term lists.

The files are in GitHub's form schema (https://docs.github.com/en/communities, "Syntax for issue forms"), which
Forgejo reads from the same folder; GitLab has no forms, and gets templates with the same headings. What people
write there is read by `editing.issues`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.description import describe
from mkdocs_guidebook.content.fields import Form
from mkdocs_guidebook.content.kinds import ACTIVITY
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.records import id_like
from mkdocs_guidebook.site.suggesting import ADDRESS_FIELD, RECOMMENDATION_FORM

ACTIVITY_FORM = "activity.yml"
"""The file of the form about a local activity."""

_ASKED = (
    *("title", "summary", "place.name", "place.country", "period.start", "period.end", "kinds", "topics"),
    *("audiences", "target_group", "partners", "sources", "authors"),
)
_LONG = frozenset(("summary", "partners", "sources"))


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    name: str
    """The field that the answer belongs to, with dots; for a section of the text, its label behind `## `."""
    label: str
    """What stands above the answer."""
    help: str
    kind: str
    """`input`, `textarea`, `dropdown` or `checkboxes`, as GitHub calls them."""
    options: Mapping[str, str] = field(default_factory=dict)
    """For a choice: what people see, and what records write."""
    required: bool = False


def activity_questions(library: Library) -> tuple[Question, ...]:
    """Return the questions about a local activity: its fields, then the sections of its text."""
    fields = {}
    for one in describe(ACTIVITY.model):
        fields[one.key] = (one.label, one)
        if one.shape.form is Form.GROUP and one.shape.model is not None:
            for inner in describe(one.shape.model):
                fields[f"{one.key}.{inner.key}"] = (f"{one.label}: {inner.label.lower()}", inner)
    questions = []
    for name in _ASKED:
        label, known = fields[name]
        options: dict[str, str] = {}
        kind = "textarea" if name in _LONG else "input"
        item = known.shape.item or known.shape
        if known.shape.form is Form.COUNTRY:
            kind, options = "dropdown", _countries()
        elif item.refers_to in ("topics", "audiences", "kinds"):
            terms = library.ids[item.refers_to]
            kind, options = "checkboxes", {label: id for id, label in terms.items()}
            if not terms:
                continue
        required = known.required and name in ("title", "summary", "place.name", "place.country")
        questions.append(Question(name, label, _HELP.get(name, known.help), kind, options, required))
    for term in library.vocabulary.sections.activity:
        questions.append(Question(f"## {term.label}", term.label, term.description or "", "textarea"))
    return tuple(questions)


def _countries() -> dict[str, str]:
    by_name = sorted(countries().items(), key=lambda item: item[1])
    return {f"{country} ({code})": code for code, country in by_name}


_HELP = {
    "partners": "The organisations that took part, one on a line.",
    "sources": "Where it is documented: addresses on the web, or titles, one on a line.",
    "authors": "Your organisation. Write a person's name only if it is to be published.",
    "period.start": "The first day, month or year, such as 16 October 2018, October 2018 or 2018.",
    "period.end": "The last day, month or year.",
}


def recommendation_questions() -> tuple[Question, ...]:
    """Return the questions about a change to a recommendation."""
    what = ("Its words", "Its reason or sources", "How sure we can be of it", "An example", "Something else")
    return (
        Question(
            ADDRESS_FIELD,
            "Recommendation",
            "Its permanent address, or its number and first words.",
            "input",
            required=True,
        ),
        Question("what", "What should change", "", "dropdown", {one: one for one in what}),
        Question(
            "suggestion",
            "Your suggestion",
            "The new words, or what is missing, wrong or unclear.",
            "textarea",
            required=True,
        ),
        Question("why", "Why", "What you saw in practice, or what is known now.", "textarea"),
        Question(
            "sources", "Sources", "Where this can be read: addresses or titles, one on a line.", "textarea"
        ),
    )


_PRIVATE = (
    "Everything that you write here is public. Please leave out mail addresses, telephone numbers, and anything "
    "about a person whom you work with."
)


def issue_forms(library: Library) -> dict[str, str]:
    """Return the texts of the issue forms and templates by their paths in a repository."""
    activity = (
        "Report a local activity",
        f"What was done where you are, as far as it is known. {_PRIVATE} Leave empty what you do not know.",
        "Activity: ",
        activity_questions(library),
    )
    recommendation = (
        "Suggest a change to a recommendation",
        f"Thank you for reading so closely. {_PRIVATE}",
        "Recommendation: ",
        recommendation_questions(),
    )
    github, gitlab = ".github/ISSUE_TEMPLATE", ".gitlab/issue_templates"
    return {
        f"{github}/{ACTIVITY_FORM}": _form(*activity),
        f"{github}/{RECOMMENDATION_FORM}": _form(*recommendation),
        f"{github}/config.yml": "# Made by `guidebook issue-forms`. Do not edit.\nblank_issues_enabled: true\n",
        f"{gitlab}/activity.md": _template(activity[1], activity[3]),
        f"{gitlab}/recommendation.md": _template(recommendation[1], recommendation[3]),
    }


def _form(name: str, about: str, title: str, questions: tuple[Question, ...]) -> str:
    """Return a form as YAML; texts are in double quotes, which JSON and YAML share."""
    lines = [
        "# Made by `guidebook issue-forms` from the models and the vocabulary. Do not edit.",
        f"name: {_quoted(name)}",
        f"description: {_quoted(about.split('. ')[0])}",
        f"title: {_quoted(title)}",
        "body:",
        "  - type: markdown",
        "    attributes:",
        f"      value: {_quoted(about)}",
    ]
    for question in questions:
        lines += [
            f"  - type: {question.kind}",
            f"    id: {id_like(question.name) or 'text'}",
            "    attributes:",
            f"      label: {_quoted(question.label)}",
        ]
        if question.help:
            lines.append(f"      description: {_quoted(question.help)}")
        if question.options:
            lines.append("      options:")
            mark = "label: " if question.kind == "checkboxes" else ""
            lines += [f"        - {mark}{_quoted(option)}" for option in question.options]
        if question.required:
            lines += ["    validations:", "      required: true"]
    return "\n".join([*lines, ""])


def _template(about: str, questions: tuple[Question, ...]) -> str:
    """Return a template in Markdown with the same headings as the form."""
    lines = [f"<!-- {about} -->", ""]
    for question in questions:
        lines.append(f"### {question.label}")
        if question.help:
            lines += ["", f"<!-- {question.help} -->"]
        if question.kind == "checkboxes":
            lines += ["", *(f"- [ ] {option}" for option in question.options)]
        lines.append("")
    return "\n".join(lines)


def _quoted(text: Any) -> str:
    return json.dumps(text, ensure_ascii=False)
