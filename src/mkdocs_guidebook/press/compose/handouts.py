"""Worksheets for participants and guides for facilitators."""

from __future__ import annotations

from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise
from mkdocs_guidebook.content.library import Record, handout_id
from mkdocs_guidebook.press.compose.parts import exercise_facts, head, labelled, listed, timed_steps
from mkdocs_guidebook.press.context import Press, Unit, el, escape


def _origin(press: Press, record: Record[Chapter]) -> str:
    number = press.library.chapter_numbers[record.id]
    return press.language("print.from_chapter", n=number, title=record.data.title)


def worksheet(press: Press, record: Record[Chapter], exercise: Exercise) -> Unit:
    """Return the sheet that participants write on."""
    language = press.language
    write = press.writer(record.path).without_terms()
    prompts = [
        el(
            "div",
            el("h2", el("span", f"{number}. "), write.inline(item.prompt)),
            el("div", class_="gb-lines", data_lines=item.lines),
            class_="gb-prompt",
        )
        for number, item in enumerate(exercise.worksheet, 1)
    ]
    if not prompts:
        prompts = [
            el(
                "div",
                el("h2", escape(language("print.your_notes"))),
                el("div", class_="gb-lines", data_lines=16),
                class_="gb-prompt",
            )
        ]
    return Unit(
        path=f"print/{handout_id('worksheet', record, exercise)}",
        title=exercise.title,
        html=el(
            "article",
            head(
                exercise.title,
                eyebrow=f"{language('print.worksheet')} · {_origin(press, record)}",
            ),
            el("p", write.inline(exercise.aim), class_="gb-lead"),
            el(
                "div",
                el("span", escape(language("print.your_name"))),
                el("span", escape(language("print.your_date"))),
                class_="gb-fields",
            ),
            el("section", prompts, class_="gb-writing"),
        ),
        kind="worksheet",
        running=f"{exercise.title} · {language('print.worksheet')}",
        record=record,
    )


def facilitator(press: Press, record: Record[Chapter], exercise: Exercise) -> Unit:
    """Return the guide for the person who leads the exercise: preparation, timing, debrief."""
    language = press.language
    write = press.writer(record.path)
    materials = [write.inline(item) for item in exercise.materials]
    if exercise.worksheet:
        materials.append(escape(language("print.copies")))
    prompts = [write.inline(item.prompt) for item in exercise.worksheet]

    def section(key: str, body: str) -> str:
        return el("h2", escape(language(key))) + body if body else ""

    return Unit(
        path=f"print/{handout_id('facilitator', record, exercise)}",
        title=exercise.title,
        html=el(
            "article",
            head(
                exercise.title,
                eyebrow=f"{language('print.facilitator')} · {_origin(press, record)}",
                facts=exercise_facts(press, exercise),
            ),
            labelled(language("exercise.aim"), write.inline(exercise.aim)),
            section(
                "print.preparation", listed("ul", [f'<input type="checkbox"/> {item}' for item in materials])
            ),
            section("print.run", timed_steps(press, write, exercise)),
            section("exercise.debrief", listed("ol", [write.inline(item) for item in exercise.debrief])),
            section("print.on_the_sheet", listed("ol", prompts)),
            el("h2", escape(language("print.your_notes"))),
            el("div", class_="gb-lines", data_lines=8),
        ),
        kind="facilitator",
        running=f"{exercise.title} · {language('print.facilitator')}",
        record=record,
    )
