"""Facts: sources, dates, reviews, personal data."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from mkdocs_guidebook.checks.engine import Check, Content, at_key, check, check_each_file
from mkdocs_guidebook.content.dates import PartialDate
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.yaml12 import Key
from mkdocs_guidebook.problems import Problem, Rule, Severity


@check(
    Rule(
        code="recommendation-without-source",
        family="sources",
        title="Every recommendation names what it rests on",
        what="Reports recommendations whose list of sources is missing or empty.",
        why="Readers act on it in serious cases and must be able to see why.",
        example="sources: []",
        fix="sources: [smith-2020]",
    )
)
def recommendation_without_source(content: Content, rule: Rule) -> Iterator[Problem]:
    """A recommendation has at least one source."""
    for chapter in content.library.chapters:
        for number, recommendation in enumerate(chapter.data.recommendations):
            if not recommendation.sources:
                key = ("recommendations", number, "sources")
                place = chapter.place(key if key in chapter.document.values else (*key[:2], "id"))
                yield chapter.problem(
                    rule,
                    place,
                    f"the recommendation `{recommendation.id}` names no source",
                    "Add `sources:` with at least one id of data/references.yml.",
                )


@check(
    Rule(
        code="claim-without-source",
        family="sources",
        title="What is known of an activity or event names its source",
        what="Reports published activities and events without any source.",
        why="What cannot be checked is not shown as a fact.",
        example="an event without `sources`",
        fix="sources: [town-news-2019]",
    )
)
def claim_without_source(content: Content, rule: Rule) -> Iterator[Problem]:
    """Activities and events have sources."""
    hint = "Add `sources:` with at least one id of data/references.yml."
    for activity in content.library.activities:
        if not activity.data.sources and not activity.is_draft:
            yield at_key(rule, activity, ("title",), "this activity names no source", hint)
    events = content.library.entries.get("events")
    for number, event in enumerate(content.library.events):
        if events is not None and not event.sources:
            yield at_key(
                rule, events, ("events", number, "id"), f"the event `{event.id}` names no source", hint
            )


@check(
    Rule(
        code="future-date",
        family="dates",
        title="What was done lies in the past",
        what="Reports dates of reviews, publication, research and figures that lie in the future.",
        why="Nobody can have checked or counted something tomorrow; the date is mistyped.",
        example="as_of: 2062-03-01",
        fix="as_of: 2026-03-01",
    )
)
def future_date(content: Content, rule: Rule) -> Iterator[Problem]:
    """No date of something done is later than today."""
    hint = "Correct the date."
    for record in content.library.records:
        dated: list[tuple[Key, datetime.date | PartialDate | None]] = [
            (("published",), record.data.published),
            (("as_of",), getattr(record.data, "as_of", None)),
        ]
        dated += [(("reviews", number, "date"), item.date) for number, item in enumerate(record.data.reviews)]
        dated += [
            (("figures", number, "date"), figure.date)
            for number, figure in enumerate(getattr(record.data, "figures", ()))
        ]
        for key, date in dated:
            first_day = date.first_day if isinstance(date, PartialDate) else date
            if first_day is not None and first_day > content.today:
                yield at_key(rule, record, key, f"the date {date} lies in the future", hint)


def months_later(date: datetime.date, months: int) -> datetime.date:
    """Return the date that many months later, at most the last day of that month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def next_review(data: RecordFields) -> datetime.date | None:
    """Return the day by which a record must be checked again; None where nothing says so."""
    dates = [review.date for review in data.reviews] + ([data.published] if data.published else [])
    if not dates or data.review_every is None:
        return None
    return months_later(max(dates), data.review_every)


@check(
    Rule(
        code="review-overdue",
        family="dates",
        title="Records are checked again in time",
        what="Reports published records whose last review (or publication) is longer ago than `review_every` says.",
        why="Laws and services change, and readers must know how old a statement is.",
        example="published: 2020-01-01\nreview_every: 12",
        fix="Check the record, correct it, and add a line to `reviews`.",
        severity=Severity.WARNING,
    )
)
def review_overdue(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every record with a rhythm was reviewed in time."""
    for record in content.library.records:
        due = next_review(record.data)
        if due is not None and due < content.today and not record.is_draft:
            yield at_key(
                rule,
                record,
                ("review_every",),
                f"this record should have been checked by {due}",
                "Check it against its sources and add a line to `reviews`.",
            )


@check(
    Rule(
        code="minutes-do-not-add-up",
        family="dates",
        title="The steps of an exercise take as long as the exercise",
        what="Reports exercises whose steps all have minutes, but not as many together as the exercise.",
        why="A trainer plans the day by these numbers.",
        example="minutes: 45, with steps of 10, 20 and 10 minutes",
        fix="Correct one of the numbers.",
        severity=Severity.WARNING,
    )
)
def minutes_do_not_add_up(content: Content, rule: Rule) -> Iterator[Problem]:
    """Minutes of steps add up."""
    for chapter in content.library.chapters:
        for number, exercise in enumerate(chapter.data.exercises):
            minutes = [step.minutes for step in exercise.steps]
            total = sum(filter(None, minutes))
            if None not in minutes and total != exercise.minutes:
                yield at_key(
                    rule,
                    chapter,
                    ("exercises", number, "minutes"),
                    f"the steps take {total} minutes, the exercise {exercise.minutes}",
                    "Correct one of the numbers.",
                )


_DAY = re.compile(r"\d\d([./ -])\d\d\1\d{4}")
_AT = re.compile(r"@(?<=\w@)(?=\w)")  # not the sign of a citation; found faster than a whole address
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_PHONE = re.compile(r"[+0](?<![\w/.,:-].)0?\d{1,4}(?:[ .()/-]{0,2}\d{1,4}){2,6}(?![\w/-])")


def personal_data_in(text: str) -> list[tuple[re.Match[str], str]]:
    """Return the mail addresses and telephone numbers in a text, each with the words that say what it is."""
    found: list[tuple[re.Match[str], str]] = []
    if _AT.search(text):
        found += [(match, "is a mail address") for match in _MAIL.finditer(text)]
    found += [
        (match, "looks like a telephone number")
        for match in _PHONE.finditer(text)
        if sum(sign.isdigit() for sign in _DAY.sub("", match.group())) >= 8
    ]
    return found


@check_each_file(
    Rule(
        code="personal-data",
        family="safety",
        title="Records hold no personal contact data",
        what="Reports e-mail addresses and telephone numbers.",
        why="They are personal data, go out of date, and stay for ever in old editions.",
        example="Write to jane.doe@example.org.",
        fix="Name the service and link to its own contact page.",
        severity=Severity.WARNING,
    )
)
def personal_data(content: Content, rule: Rule) -> Iterator[Problem]:
    """No mail addresses and telephone numbers."""
    hint = "Name the service and link to its own contact page instead."
    for entry in content.files:
        if entry is content.library.entries.get("references"):
            continue  # it is full of numbers of other kinds
        source = entry.source
        for match, what in personal_data_in(source.text):
            place = source.place(match.start(), match.end())
            yield source.problem(rule, place, f"`{match.group()}` {what}", hint)


CHECKS: tuple[Check, ...] = (
    recommendation_without_source,
    claim_without_source,
    future_date,
    review_overdue,
    minutes_do_not_add_up,
    personal_data,
)
