"""The lists of the collections, all recommendations, the terms' pages, and the lessons side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mkdocs_guidebook.content.data.vocabulary import VocabularyTerm
from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Library, NumberedRecommendation, Record
from mkdocs_guidebook.site.views.base import COUNTRIES, TERM_PAGES, LinkView, PageView, heading
from mkdocs_guidebook.site.views.cards import Card, Group, ListView, recommendation_line, record_card
from mkdocs_guidebook.site.views.page import Page


def _list(page: Page, name: str, groups: list[Group], source_path: str = "") -> ListView:
    language = page.site.language
    return ListView(
        template="list.html",
        title=language(f"{name}.title"),
        summary=language(f"{name}.summary"),
        url=page.url,
        groups=tuple(groups),
        toc=tuple(heading(2, group.anchor, group.title) for group in groups if group.title),
        source_path=source_path,
    )


def guidebook_view(page: Page) -> ListView:
    """Return the list of chapters, part by part."""
    library, language = page.site.library, page.site.language
    groups = [
        Group(
            f"part-{part.id}",
            f"{language('guidebook.part', n=number)}: {part.title}",
            part.summary or "",
            tuple(record_card(page, chapter) for chapter in library.chapters if chapter.data.part == part.id),
            empty=language("guidebook.planned"),
        )
        for number, part in enumerate(library.book.parts, 1)
    ]
    return _list(page, "guidebook", groups, "guidebook/book.yml")


def articles_view(page: Page) -> ListView:
    """Return the list of articles: countries first, then themes."""
    library, language = page.site.library, page.site.language
    countries = tuple(record_card(page, record) for record in library.articles if record.data.country)
    themes = tuple(record_card(page, record) for record in library.articles if not record.data.country)
    groups = [Group("countries", language("articles.countries"), "", countries)] if countries else []
    if themes:
        groups.append(Group("themes", language("articles.themes"), "", themes))
    return _list(page, "articles", groups)


def activities_view(page: Page) -> ListView:
    """Return the list of activities: the documented ones first."""
    library, language = page.site.library, page.site.language
    groups = []
    for name, confirmed in (("confirmed", True), ("unconfirmed", False)):
        cards = tuple(
            record_card(page, record) for record in library.activities if record.data.confirmed is confirmed
        )
        if cards:
            groups.append(Group(name, language(f"activities.{name}"), "", cards))
    return _list(page, "activities", groups)


def recommendations_view(page: Page) -> ListView:
    """Return all recommendations, chapter by chapter, and what the evidence words mean."""
    library, language = page.site.library, page.site.language
    groups = [
        Group(
            f"chapter-{chapter.id}",
            f"{library.chapter_numbers[chapter.id]} {chapter.data.title}",
            "",
            recommendations=tuple(
                recommendation_line(page, numbered)
                for numbered in library.recommendations.values()
                if numbered.chapter is chapter
            ),
            empty=language("recommendations.none"),
        )
        for chapter in library.chapters
    ]
    evidence = library.evidence
    levels = [*evidence.strengths, *evidence.certainties]
    if levels:
        meaning = "".join(
            f"<dt>{page.plain(level.label)}</dt><dd>{page.inline(level.meaning)}</dd>" for level in levels
        )
        about = (
            f"<p>{page.inline(evidence.about)} {page.cite(evidence.sources)}</p>" if evidence.about else ""
        )
        groups.append(Group("evidence", language("recommendations.evidence"), f"{about}<dl>{meaning}</dl>"))
    view = _list(page, "recommendations", groups, "data/evidence.yml")
    return replace(view, words=page.words(), sources=page.sources())


# Terms


def has_term(record: Record[RecordFields], name: str, id: str) -> bool:
    """Return whether a record has a term of a list."""
    return id in getattr(record.data, name)


def recommendation_has_term(numbered: NumberedRecommendation, name: str, id: str) -> bool:
    """Return whether a recommendation has a term: its own, or where it says nothing, its chapter's."""
    return id in (getattr(numbered.data, name) or getattr(numbered.chapter.data, name))


def term_groups(
    page: Page,
    recommendations: Iterable[NumberedRecommendation],
    records: Iterable[Record[RecordFields]],
) -> list[Group]:
    """Return recommendations and records as groups, those without anything left out."""
    language = page.site.language
    lines = tuple(recommendation_line(page, numbered) for numbered in recommendations)
    groups = (
        [Group("recommendations", language("recommendations.title"), recommendations=lines)] if lines else []
    )
    by_kind: dict[str, list[Card]] = {}
    for record in records:
        by_kind.setdefault(record.kind.name, []).append(record_card(page, record))
    for kind, title in (
        ("chapter", "guidebook.title"),
        ("article", "articles.title"),
        ("activity", "activities.title"),
    ):
        if kind in by_kind:
            groups.append(Group(f"{kind}s", language(title), cards=tuple(by_kind[kind])))
    return groups


def term_view(page: Page, name: str, term: VocabularyTerm) -> ListView:
    """Return the page of a topic, a phase or an audience."""
    library, language = page.site.library, page.site.language
    groups = term_groups(
        page,
        (item for item in library.recommendations.values() if recommendation_has_term(item, name, term.id)),
        (record for record in library.records if has_term(record, name, term.id)),
    )
    return ListView(
        template="list.html",
        title=term.label,
        summary=term.description or "",
        url=page.url,
        eyebrow=language(f"terms.{name}"),
        full_title=f"{language(f'terms.{name}')}: {term.label}",
        groups=tuple(groups) or (Group("nothing", "", empty=language("terms.nothing")),),
        toc=tuple(heading(2, group.anchor, group.title) for group in groups),
        source_path="data/vocabulary.yml",
    )


def countries_of(library: Library) -> list[str]:
    """Return the codes of the countries that records, events and organisations name."""
    codes = {article.data.country for article in library.articles}
    codes |= {activity.data.place.country for activity in library.activities}
    codes |= {event.place.country for event in library.events if event.place}
    codes |= {organisation.country for organisation in library.organisations.values()}
    return sorted(code for code in codes if code)


def country_view(page: Page, code: str) -> ListView:
    """Return the page of a country: its article, its activities, events and organisations."""
    library, language = page.site.library, page.site.language
    groups = term_groups(
        page,
        (),
        [
            *(article for article in library.articles if article.data.country == code),
            *(activity for activity in library.activities if activity.data.place.country == code),
        ],
    )
    events = tuple(
        LinkView(
            event.title, page.to_data("events", event.id), language.date(event.start) if event.start else ""
        )
        for event in library.events
        if event.place and event.place.country == code
    )
    if events:
        groups.append(Group("events", language("events.title"), links=events))
    organisations = tuple(
        LinkView(item.name, page.to_data("organisations", item.id))
        for item in sorted(library.organisations.values(), key=lambda item: item.name)
        if item.country == code
    )
    if organisations:
        groups.append(Group("organisations", language("organisations.title"), links=organisations))
    return ListView(
        template="list.html",
        title=language.country(code),
        summary="",
        url=page.url,
        eyebrow=language("terms.countries"),
        full_title=f"{language('terms.countries')}: {language.country(code)}",
        groups=tuple(groups),
        toc=tuple(heading(2, group.anchor, group.title) for group in groups),
    )


def browse_view(page: Page) -> ListView:
    """Return the page that leads to every term and country, with how much there is of each."""
    library, language = page.site.library, page.site.language
    records = list(library.records)
    groups = []
    for name in TERM_PAGES:
        links = []
        for term in getattr(library.vocabulary, name):
            count = sum(has_term(record, name, term.id) for record in records) + sum(
                recommendation_has_term(item, name, term.id) for item in library.recommendations.values()
            )
            links.append(LinkView(term.label, page.to_page(f"{name}/{term.id}.md"), str(count)))
        groups.append(Group(name, language(f"terms.by_{name}"), links=tuple(links)))
    countries = tuple(
        LinkView(language.country(code), page.to_page(f"{COUNTRIES}/{code.lower()}.md"))
        for code in sorted(countries_of(library), key=language.country)
    )
    if countries:
        groups.append(Group("countries", language("terms.by_countries"), links=countries))
    return _list(page, "browse", groups, "data/vocabulary.yml")


# Lessons


@dataclass(frozen=True)
class LessonView:
    """What one activity has in a section."""

    title: str
    url: str
    place: str
    html: str
    """The section; empty where it is not documented."""


@dataclass(frozen=True)
class LessonsView(PageView):
    """One section of all activities, side by side."""

    lessons: tuple[LessonView, ...] = ()
    missing: tuple[LinkView, ...] = ()
    contribute: str = ""


LESSONS = "lessons-learned"
"""The id, in the vocabulary, of the section that is read side by side."""


def lessons_prose(library: Library) -> Iterator[str]:
    """Yield the sections that are read side by side."""
    label = _lessons_label(library)
    for activity in library.activities:
        if section := activity.body.sections.get(label):
            yield activity.source.text[section.end : section.content_end]


def _lessons_label(library: Library) -> str:
    return next((term.label for term in library.vocabulary.sections.activity if term.id == LESSONS), "")


def lessons_view(page: Page) -> LessonsView:
    """Return what was learned, activity by activity; those without lessons are named, not filled in."""
    library, language = page.site.library, page.site.language
    label = _lessons_label(library)
    lessons, missing = [], []
    for activity in library.activities:
        section = activity.body.sections.get(label)
        if section is None:
            missing.append(LinkView(activity.data.title, page.to_record(activity), activity.data.place.name))
            continue
        text = activity.source.text[section.end : section.content_end]
        lessons.append(
            LessonView(
                activity.data.title,
                page.to_record(activity, section.anchor),
                _place(page, activity),
                page.blocks(text, base=activity.path).html,
            )
        )
    return LessonsView(
        template="lessons.html",
        title=language("lessons.title"),
        summary=language("lessons.summary"),
        url=page.url,
        lessons=tuple(lessons),
        missing=tuple(missing),
        contribute=page.contribute(),
        words=page.words(),
        sources=page.sources(),
    )


def _place(page: Page, activity: Record[Activity]) -> str:
    return f"{activity.data.place.name}, {page.site.language.country(activity.data.place.country)}"
