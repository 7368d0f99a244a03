"""Pieces that several kinds of document have: heads, facts, recommendations, exercises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mkdocs_guidebook.content.kinds.chapter import Exercise
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import NumberedRecommendation, Record
from mkdocs_guidebook.language.labels import edition_label
from mkdocs_guidebook.press.context import Press, Writer, el, escape, table


def head(title: str, *, eyebrow: str = "", summary: str = "", facts: Iterable[tuple[str, str]] = ()) -> str:
    """Return the opening of a unit: eyebrow, title, summary, facts (values are HTML)."""
    return el(
        "header",
        el("p", escape(eyebrow), class_="gb-eyebrow") if eyebrow else None,
        el("h1", escape(title)),
        el("p", escape(summary), class_="gb-summary") if summary else None,
        fact_list(facts),
        class_="gb-head",
    )


def fact_list(facts: Iterable[tuple[str, str]]) -> str:
    """Return facts as a definition list; empty where there are none."""
    rows = [el("div", el("dt", escape(label)), el("dd", html)) for label, html in facts if html]
    return el("dl", rows, class_="gb-facts") if rows else ""


def labels(press: Press, to: str, ids: Sequence[str]) -> str:
    """Return terms of a vocabulary list in words."""
    return escape(press.language.listing([press.library.label(to, id) for id in ids])) if ids else ""


def record_facts(press: Press, record: Record[RecordFields]) -> list[tuple[str, str]]:
    """Return the facts that every record has."""
    data, language = record.data, press.language
    reviewed = max((review.date for review in data.reviews), default=None)
    return [
        (language("record.for_whom"), labels(press, "audiences", data.audiences)),
        (language("record.when"), labels(press, "phases", data.phases)),
        (language("record.authors"), escape(", ".join(data.authors))),
        (
            language("record.last_review"),
            escape(language.date(reviewed) if reviewed else language("record.never_reviewed")),
        ),
    ]


def evidence_words(press: Press, numbered: NumberedRecommendation) -> str:
    """Return strength and certainty in words."""
    library = press.library
    strength = library.label("strengths", numbered.data.strength)
    certainty = library.label("certainties", numbered.data.certainty)
    return f"{strength} · {certainty[:1].lower()}{certainty[1:]}"


def labelled(label: str, *inner: str) -> str:
    """Return a paragraph that begins with its label."""
    return el("p", el("b", escape(label), class_="gb-label"), " ", inner)


def recommendation(write: Writer, numbered: NumberedRecommendation, level: int = 3) -> str:
    """Return a recommendation as a card."""
    press, data = write.press, numbered.data
    language = press.language
    edition = edition_label(press.library, numbered, language)
    examples = [
        el("a", escape(activity.data.title), href=f"/{activity.path}")
        for activity in press.library.illustrations.get(numbered.address, ())
    ]
    sources = write.cite(data.sources)
    because = write.inline(data.because)
    history = [
        f"{escape(language(f'change.{change.change}', edition=change.edition))}: {write.inline(change.reason)}"
        for change in data.history
    ]
    return el(
        "section",
        el(
            f"h{level}",
            el("span", escape(language("recommendation.label", number=numbered.number)), class_="gb-number"),
            " ",
            el("span", escape(data.text), class_="gb-advice"),
        ),
        el(
            "p",
            escape(f"{evidence_words(press, numbered)}{f' · {edition}' if edition else ''}"),
            class_="gb-evidence",
        ),
        labelled(language("recommendation.for_whom"), labels(press, "audiences", data.audiences)),
        labelled(language("recommendation.because"), because, f" {sources}" if sources else ""),
        checklist(language("recommendation.checklist"), [write.inline(item) for item in data.checklist]),
        labelled(language("recommendation.examples"), ", ".join(examples)) if examples else None,
        labelled(language("recommendation.history"), "; ".join(history)) if history else None,
        id=data.id,
        class_="gb-recommendation",
        data_number=numbered.number,
    )


def checklist(label: str, items: Sequence[str]) -> str:
    """Return statements with boxes to tick; empty where there are none."""
    if not items:
        return ""
    boxes = [el("li", f'<input type="checkbox"/> {item}') for item in items]
    return el("p", el("b", escape(label), class_="gb-label")) + el("ul", boxes, class_="task-list")


def listed(name: str, items: Iterable[str], class_: str | None = None) -> str:
    """Return a list; empty where there is nothing in it."""
    rows = [el("li", item) for item in items]
    return el(name, rows, class_=class_) if rows else ""


def exercise_facts(press: Press, exercise: Exercise) -> list[tuple[str, str]]:
    """Return how long an exercise takes and how many take part."""
    language = press.language
    return [
        (language("print.time"), escape(language("exercise.minutes", n=exercise.minutes))),
        (language("print.group"), escape(language("exercise.group", group=exercise.group))),
    ]


def timed_steps(press: Press, write: Writer, exercise: Exercise) -> str:
    """Return the steps of an exercise as a table with the time at which each begins."""
    language = press.language
    timed = all(step.minutes for step in exercise.steps)
    headers = [language("print.step"), language("print.what"), language("print.minutes")]
    if timed:
        headers.insert(1, language("print.from_to"))
    rows, clock = [], 0
    for number, step in enumerate(exercise.steps, 1):
        cells = [el("th", str(number), scope="row"), el("td", write.inline(step.text))]
        cells.append(el("td", str(step.minutes or "")))
        if timed:
            end = clock + (step.minutes or 0)
            cells.insert(1, el("td", f"{_clock(clock)}–{_clock(end)}"))
            clock = end
        rows.append(el("tr", cells))
    return table("gb-steps", headers, rows)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def exercise_box(write: Writer, exercise: Exercise, level: int = 3) -> str:
    """Return an exercise as a chapter shows it."""
    language = write.press.language
    inline = write.inline
    facts = " · ".join(html for _, html in exercise_facts(write.press, exercise))

    def part(key: str, name: str, items: Sequence[str]) -> str:
        if not items:
            return ""
        return el("p", el("b", escape(language(key)), class_="gb-label")) + listed(name, items)

    steps = [
        inline(step.text)
        + (f" ({escape(language('exercise.minutes', n=step.minutes))})" if step.minutes else "")
        for step in exercise.steps
    ]
    return el(
        "section",
        el(
            f"h{level}",
            el("span", escape(language("exercise.label")), class_="gb-number"),
            " ",
            el("span", escape(exercise.title), class_="gb-advice"),
        ),
        el("p", facts, class_="gb-evidence"),
        labelled(language("exercise.aim"), inline(exercise.aim)),
        part("exercise.materials", "ul", [inline(item) for item in exercise.materials]),
        part("exercise.steps", "ol", steps),
        part("exercise.debrief", "ul", [inline(item) for item in exercise.debrief]),
        el("p", escape(language("print.see_worksheet")), class_="gb-note") if exercise.worksheet else None,
        id=exercise.id,
        class_="gb-exercise",
    )


def reviews(write: Writer, record: Record[RecordFields]) -> str:
    """Return the reviews of a record, the latest first; empty where there is none."""
    language = write.press.language
    items = [
        language(
            "record.review",
            date=escape(language.date(review.date)),
            by=escape(review.by),
            checked=write.inline(review.checked).rstrip("."),
            outcome=escape(language(f"outcome.{review.outcome}")),
        )
        for review in sorted(record.data.reviews, key=lambda review: review.date, reverse=True)
    ]
    if not items:
        return ""
    return el("section", el("h2", escape(language("record.reviews"))), listed("ul", items), class_="gb-small")
