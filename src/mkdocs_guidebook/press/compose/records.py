"""Chapters, articles and activities as units of documents."""

from __future__ import annotations

import re

from mkdocs_guidebook.content.body import slug
from mkdocs_guidebook.content.kinds.activity import Activity, criteria_met
from mkdocs_guidebook.content.kinds.article import Article, Figure
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.convert import Slot
from mkdocs_guidebook.press.compose.parts import (
    exercise_box,
    fact_list,
    head,
    labels,
    listed,
    recommendation,
    record_facts,
    reviews,
)
from mkdocs_guidebook.press.context import Press, Unit, Writer, el, escape, table

_LEVEL = re.compile(r"<h([1-6])\b")
_SECTION = re.compile(r"(?=<h2 )")
_ANCHOR = re.compile(r'<h2 id="([^"]+)"')
_FOOTNOTES = re.compile(r'<div class="footnote">')


def chapter(press: Press, record: Record[Chapter]) -> Unit:
    """Return a chapter: head, key messages, body with its cards, what the body does not place."""
    library, language, data = press.library, press.language, record.data
    write = press.writer(record.path)
    number = library.chapter_numbers[record.id]
    name = language("record.chapter_number", n=number)
    part = library.label("parts", data.part)
    messages = listed("ul", [write.inline(message) for message in data.key_messages])
    recommendations = {
        item.id: library.recommendations[f"{record.id}#{item.id}"] for item in data.recommendations
    }
    exercises = {item.id: item for item in data.exercises}
    parts, level = [], 1
    for piece in press.converter.blocks(record.body.text, write.marks).parts:
        if isinstance(piece, str):
            parts.append(piece)
            levels = _LEVEL.findall(piece)
            level = int(levels[-1]) if levels else level
        else:
            parts.append(_slot(write, piece, recommendations, exercises, min(level + 1, 3)))
    placed = len(recommendations) < len(data.recommendations)
    if recommendations:
        title = language("chapter.more_recommendations" if placed else "chapter.recommendations")
        parts.append(el("h2", escape(title), id="more-recommendations"))
        parts += [recommendation(write, item) for item in recommendations.values()]
    if exercises:
        parts.append(el("h2", escape(language("chapter.exercises")), id="more-exercises"))
        parts += [exercise_box(write, item) for item in exercises.values()]
    return Unit(
        path=record.path,
        title=data.title,
        html=el(
            "article",
            head(
                data.title,
                eyebrow=f"{part} · {name}",
                summary=data.summary,
                facts=record_facts(press, record),
            ),
            el("section", el("h2", escape(language("chapter.key_messages"))), messages, class_="gb-key"),
            parts,
            reviews(write, record),
        ),
        kind="chapter",
        running=f"{number}  {data.title}",
        number=str(number),
        record=record,
    )


def _slot(write: Writer, slot: Slot, recommendations: dict, exercises: dict, level: int) -> str:  # type: ignore[type-arg]
    if slot.kind == "recommendation":
        return recommendation(write, recommendations.pop(slot.id), level)
    return exercise_box(write, exercises.pop(slot.id), level)


def article(press: Press, record: Record[Article]) -> Unit:
    """Return an article: head, body, country profile, figures, further sources."""
    language, data = press.language, record.data
    write = press.writer(record.path)
    body = write.blocks(record.body.text)
    country = language.country(data.country) if data.country else ""
    facts = [(language("record.as_of"), escape(language.date(data.as_of))), *record_facts(press, record)]
    return Unit(
        path=record.path,
        title=data.title,
        html=el(
            "article",
            head(data.title, eyebrow=language("record.article"), summary=data.summary, facts=facts),
            body,
            _profile(write, record) if data.country else None,
            _figures(write, data.figures),
            el("p", escape(language("article.further_sources")), ": ", write.cite(data.sources))
            if data.sources
            else None,
            reviews(write, record),
        ),
        kind="article",
        running=country or data.title,
        record=record,
    )


def _profile(write: Writer, record: Record[Article]) -> str:
    language, rows = write.press.language, []
    for field in write.press.library.vocabulary.profile:
        entry = record.data.profile.get(field.id)
        known = write.blocks(entry.text) if entry else ""
        if entry and not known.count("gb-cite"):
            known += el("p", write.cite(entry.sources), class_="gb-note")
        missing = el("p", escape(language("article.not_known")), class_="gb-missing")
        rows.append(
            el(
                "tr",
                el("th", escape(field.label), scope="row"),
                el("td", known or missing),
                id=f"profile-{field.id}",
            )
        )
    headers = (language("article.field"), language("article.what_is_known"))
    return el("h2", escape(language("article.profile")), id="profile") + table("gb-profile", headers, rows)


def _figures(write: Writer, figures: list[Figure]) -> str:
    if not figures:
        return ""
    press = write.press
    language = press.language
    headers = [language(f"article.{name}") for name in ("figure", "value", "date", "source")]
    rows = []
    for figure in figures:
        note = el("br") + el("small", write.inline(figure.note)) if figure.note else ""
        rows.append(
            el(
                "tr",
                el("th", escape(figure.label), note.replace("</br>", ""), scope="row"),
                el("td", escape(language.quantity(figure.value, figure.unit)), class_="gb-right"),
                el("td", escape(language.short_date(figure.date))),
                el("td", write.cite([figure.source])),
            )
        )
    return (
        el("h2", escape(language("article.figures")), id="data")
        + el("p", escape(language("article.figures_caution")), class_="gb-note")
        + table("gb-figures", headers, rows)
    )


def activity(press: Press, record: Record[Activity]) -> Unit:
    """Return an activity as a practice sheet: head, panel of facts, sections, what is not documented."""
    library, language, data = press.library, press.language, record.data
    write = press.writer(record.path)
    place = f"{data.place.name}, {language.country(data.place.country)}"
    standing = library.standing(record)
    body = write.blocks(record.body.text)
    sections, missing = _sections(press, record, body)
    met = criteria_met(data, set(library.sections_of(record)))
    standing_html = (
        el("b", escape(language(f"standing.{standing}")))
        + ". "
        + escape(language(f"standing_meaning.{standing}"))
    )
    criteria = [
        (
            language(f"criterion.{name}"),
            escape(language("activity.met" if done else "activity.not_met")),
        )
        for name, done in met.items()
    ]
    return Unit(
        path=record.path,
        title=data.title,
        html=el(
            "article",
            head(
                data.title,
                eyebrow=f"{language('print.practice_sheet')} · {place}",
                summary=data.summary,
            ),
            el("section", fact_list(_panel(write, record)), class_="gb-panel"),
            None
            if data.confirmed
            else el(
                "div",
                el("p", escape(language("activity.unconfirmed")), class_="admonition-title"),
                class_="admonition warning",
            ),
            sections,
            missing,
            el(
                "section",
                el("h2", escape(language("activity.standing")), id="standing"),
                el("p", standing_html),
                listed(
                    "ul",
                    [f"{escape(text)}: {el('b', answer)}" for text, answer in criteria],
                    class_="gb-criteria",
                ),
                class_="gb-small",
            ),
        ),
        kind="activity",
        running=data.title,
        record=record,
    )


def _panel(write: Writer, record: Record[Activity]) -> list[tuple[str, str]]:
    press, data = write.press, record.data
    library, language = press.library, press.language

    def names(ids: list[str]) -> str:
        return escape(language.listing([library.organisations[id].name for id in ids])) if ids else ""

    reviewed = max((review.date for review in data.reviews), default=None)
    shown = [
        library.recommendations[address] for address in data.illustrates if address in library.recommendations
    ]
    return [
        (
            language("activity.place"),
            escape(f"{data.place.name}, {language.country(data.place.country)}"),
        ),
        (language("activity.local_partner"), names([data.local_partner] if data.local_partner else [])),
        (language("activity.expert_partner"), names([data.expert_partner] if data.expert_partner else [])),
        (language("activity.other_partners"), names(data.partners)),
        (
            language("activity.period"),
            escape(language.period(data.period.start, data.period.end)) if data.period else "",
        ),
        (language("activity.kind"), labels(press, "kinds", data.kinds)),
        (language("activity.target_group"), write.inline(data.target_group) if data.target_group else ""),
        (language("record.topics"), labels(press, "topics", data.topics)),
        (
            language("activity.illustrates"),
            "<br/>".join(
                el(
                    "a",
                    f"{item.number} {escape(item.data.text)}",
                    href=f"/{item.chapter.path}#{item.data.id}",
                )
                for item in shown
            ),
        ),
        (language("activity.sources"), write.cite(data.sources)),
        (
            language("record.last_review"),
            escape(language.date(reviewed) if reviewed else language("record.never_reviewed")),
        ),
    ]


def _sections(press: Press, record: Record[Activity], body: str) -> tuple[str, str]:
    """Return the body in the vocabulary's order, and a box with what is not documented."""
    before, *found = _SECTION.split(body)
    after = ""
    if found and (notes := _FOOTNOTES.search(found[-1])):
        after, found[-1] = found[-1][notes.start() :], found[-1][: notes.start()]
    by_anchor = {match[1]: piece for piece in found if (match := _ANCHOR.match(piece))}
    terms = press.library.vocabulary.sections.activity
    parts = [before, *(by_anchor.pop(slug(term.label), "") for term in terms), *by_anchor.values(), after]
    present = press.library.sections_of(record)
    absent = [term for term in terms if term.id not in present]
    if not absent:
        return "".join(parts), ""
    language = press.language
    rows = [
        el("b", escape(term.label)) + (f" {escape(term.description)}" if term.description else "")
        for term in absent
    ]
    address = press.address("contribute.md") if "docs/contribute.md" in press.library.by_path else ""
    invitation = escape(language("activity.not_documented_text"))
    if address:
        invitation += f' <a class="gb-address" href="{escape(address)}">{escape(address)}</a>'
    return "".join(parts), el(
        "section",
        el("h2", escape(language("activity.not_documented")), id="not-documented"),
        el("p", invitation),
        listed("ul", rows),
        class_="gb-absent",
    )
