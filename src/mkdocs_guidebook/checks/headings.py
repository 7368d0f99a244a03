"""Headings and the sections that they begin."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_guidebook.checks.engine import Check, Content, check_each_file
from mkdocs_guidebook.content.kinds import PAGE
from mkdocs_guidebook.problems import Problem, Rule, did_you_mean


@check_each_file(
    Rule(
        code="first-level-heading",
        family="headings",
        title="A body has no first-level heading",
        what="Reports a heading with one # in the body of a record.",
        why="The title of the front matter is the page's first-level heading, and there must be only one.",
        example="# Before the flood",
        fix="Delete the line, or write ## if it is a section.",
    )
)
def first_level_heading(content: Content, rule: Rule) -> Iterator[Problem]:
    """Bodies begin at the second level."""
    for record in content.bodies:
        for heading in record.body.headings:
            if heading.level == 1 and not (record.kind is PAGE and record.data.title is None):  # type: ignore[attr-defined]
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"“{heading.text}” is a first-level heading",
                    r"Write ## for a section. For a text that begins with #, write \# instead.",
                )


@check_each_file(
    Rule(
        code="skipped-heading-level",
        family="headings",
        title="Heading levels go down one at a time",
        what="Reports a heading that is more than one level below the one before it.",
        why="Screen readers and the contents list show the text's structure by its levels; accessible PDF refuses gaps.",
        example="## Before the flood\n\n#### The first meeting",
        fix="## Before the flood\n\n### The first meeting",
    )
)
def skipped_heading_level(content: Content, rule: Rule) -> Iterator[Problem]:
    """No heading level is skipped."""
    for record in content.bodies:
        level = 1
        for heading in record.body.headings:
            if heading.level > level + 1:
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"“{heading.text}” is a heading of level {heading.level} below one of level {level}",
                    f"Write {'#' * (level + 1)} in front of it.",
                )
            level = heading.level


@check_each_file(
    Rule(
        code="empty-heading",
        family="headings",
        title="Headings have words, and sections a text",
        what="Reports a heading with nothing under it, and a line of # signs without words.",
        why="An empty section promises something; what is not known is left out and shown as “not yet documented”.",
        example="## Results\n\n## Next steps",
        fix="Write the section, or delete its heading.",
    )
)
def empty_heading(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every heading has a text under it."""
    for record in content.bodies:
        for heading in record.body.headings:
            if not heading.text:
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    "this heading has no words",
                    "Write the words behind the # signs, or delete the line.",
                )
            elif heading.level > 1 and not record.source.text[heading.end : heading.content_end].strip():
                if record.kind is PAGE:
                    continue  # a hand-written page may be continued by what the site adds
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"there is nothing under the heading “{heading.text}”",
                    "Write the section, or delete its heading.",
                )


@check_each_file(
    Rule(
        code="missing-section",
        family="headings",
        title="Required sections are there",
        what="Reports records without a section that the vocabulary requires of their kind.",
        why="Readers rely on finding the same things in the same place.",
        example="a chapter without “If you have only ten minutes”",
        fix="Add the heading and the section.",
    )
)
def missing_section(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every record has the required sections of its kind."""
    for record in content.bodies:
        for term in getattr(content.library.vocabulary.sections, record.kind.name, ()):
            if term.required and not any(
                heading.level == 2 and heading.text == term.label for heading in record.body.headings
            ):
                body = record.body
                first_line = len(body.text) - len(body.text.lstrip("\n"))
                yield record.problem(
                    rule,
                    record.source.place(body.start + first_line),
                    f"the section “{term.label}” is missing",
                    f"Add a line `## {term.label}` and the section below it.",
                )


@check_each_file(
    Rule(
        code="unknown-section",
        family="headings",
        title="An activity has the sections of the vocabulary only",
        what="Reports second-level headings of an activity that the vocabulary does not list, and repeated ones.",
        why="The sections decide what counts as documented, and the lessons of all activities are read side by side.",
        example="## Lesson learned",
        fix="## Lessons learned",
    )
)
def unknown_section(content: Content, rule: Rule) -> Iterator[Problem]:
    """Records of closed kinds use the vocabulary's headings, once each."""
    for record in content.bodies:
        terms = getattr(content.library.vocabulary.sections, record.kind.name, ())
        labels = [term.label for term in terms]
        if not record.kind.closed_sections or not labels:
            continue
        seen: set[str] = set()
        for heading in record.body.headings:
            if heading.level != 2:
                continue
            place = record.source.place(heading.start, heading.end)
            if heading.text not in labels:
                yield record.problem(
                    rule,
                    place,
                    f"“{heading.text}” is not a section of this kind of record"
                    f"{did_you_mean(heading.text, labels)}",
                    "Use one of the allowed headings, or a third-level heading (###) inside one of them.",
                    labels,
                )
            elif heading.text in seen:
                yield record.problem(
                    rule, place, f"the section “{heading.text}” stands twice", "Join the two sections."
                )
            seen.add(heading.text)


CHECKS: tuple[Check, ...] = (
    first_level_heading,
    skipped_heading_level,
    empty_heading,
    missing_section,
    unknown_section,
)
