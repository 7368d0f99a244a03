"""The page of a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_guidebook.content.kinds.chapter import Chapter, Exercise
from mkdocs_guidebook.content.library import NumberedRecommendation, Record
from mkdocs_guidebook.language.labels import edition_label
from mkdocs_guidebook.markup.convert import Slot, TocEntry
from mkdocs_guidebook.markup.outline import MARKER, find_citations
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.suggesting import suggestion_link
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site, heading
from mkdocs_guidebook.site.views.pack import handouts
from mkdocs_guidebook.site.views.page import Page, prose_sources, record_facts, record_fields
from mkdocs_guidebook.site.views.redirects import GoneView, gone_from


@dataclass(frozen=True)
class RecommendationView:
    """A recommendation as a card."""

    id: str
    number: str
    label: str
    text: str
    url: str
    address: str
    """Its permanent address: the whole of it where it is known, or what follows the site's."""
    audiences: tuple[LinkView, ...]
    strength: str
    strength_meaning: str
    certainty: str
    certainty_meaning: str
    because: str
    sources: str
    """Numbers of sources, as HTML."""
    checklist: tuple[str, ...]
    examples: tuple[LinkView, ...]
    history: tuple[str, ...]
    suggest: str = ""
    """Where a change to it is suggested; empty when that is not known."""
    edition: str = ""
    """Since when it stands and which edition touched it last, such as 1.0, reworded 2.0."""
    kind: str = "recommendation"


@dataclass(frozen=True)
class StepView:
    """One step of an exercise."""

    text: str
    minutes: str


@dataclass(frozen=True)
class PromptView:
    """A question on the participant's sheet."""

    text: str
    lines: int


@dataclass(frozen=True)
class ExerciseView:
    """An exercise."""

    id: str
    title: str
    minutes: str
    group: str
    aim: str
    materials: tuple[str, ...]
    steps: tuple[StepView, ...]
    debrief: tuple[str, ...]
    worksheet: tuple[PromptView, ...]
    handouts: tuple[tuple[str, str], ...] = ()
    """What readers can add to a pack of their own: ids, and what the tick says."""
    kind: str = "exercise"


@dataclass(frozen=True)
class ChapterView(PageView):
    """The page of a chapter."""

    number: int = 0
    key_messages: tuple[str, ...] = ()
    more: tuple[RecommendationView, ...] = ()
    """Recommendations that the body does not place."""
    more_title: str = ""
    has_exercises: bool = False
    more_exercises: tuple[ExerciseView, ...] = ()
    gone: tuple[GoneView, ...] = ()
    """What stands in the place of recommendations that are gone."""
    previous: LinkView | None = None
    next: LinkView | None = None


def recommendation_view(page: Page, numbered: NumberedRecommendation) -> RecommendationView:
    """Return a recommendation as it is shown on a page."""
    site, data = page.site, numbered.data
    library, language = site.library, site.language
    strengths = {level.id: level for level in library.evidence.strengths}
    certainties = {level.id: level for level in library.evidence.certainties}
    return RecommendationView(
        id=data.id,
        number=numbered.number,
        label=language("recommendation.label", number=numbered.number),
        text=page.inline(data.text),
        url=page.to_record(numbered.chapter, data.id),
        address=f"{site.base_url}{site.addresses.url(page_of(numbered.chapter.path))}#{data.id}",
        audiences=page.terms_of("audiences", data.audiences),
        strength=strengths[data.strength].label,
        strength_meaning=page.inline(strengths[data.strength].meaning),
        certainty=certainties[data.certainty].label,
        certainty_meaning=page.inline(certainties[data.certainty].meaning),
        because=page.inline(data.because),
        sources=page.cite(data.sources),
        checklist=tuple(page.inline(item) for item in data.checklist),
        examples=tuple(
            LinkView(activity.data.title, page.to_record(activity), activity.data.place.name)
            for activity in library.illustrations.get(numbered.address, ())
        ),
        history=tuple(
            f"{language(f'change.{change.change}', edition=change.edition)}: {page.inline(change.reason)}"
            for change in data.history
        ),
        suggest=suggestion_link(site.suggest, numbered.address),
        edition=edition_label(library, numbered, language),
    )


def exercise_view(page: Page, chapter: Record[Chapter], exercise: Exercise) -> ExerciseView:
    """Return an exercise as it is shown on a page."""
    language = page.site.language
    return ExerciseView(
        id=exercise.id,
        title=exercise.title,
        minutes=language("exercise.minutes", n=exercise.minutes),
        group=language("exercise.group", group=exercise.group),
        aim=page.inline(exercise.aim),
        materials=tuple(page.inline(item) for item in exercise.materials),
        steps=tuple(
            StepView(
                page.inline(step.text), language("exercise.minutes", n=step.minutes) if step.minutes else ""
            )
            for step in exercise.steps
        ),
        debrief=tuple(page.inline(item) for item in exercise.debrief),
        worksheet=tuple(PromptView(page.inline(item.prompt), item.lines) for item in exercise.worksheet),
        handouts=handouts(page, chapter, exercise),
    )


def _recommendation_texts(site: Site, numbered: NumberedRecommendation) -> Iterator[str]:
    """Yield what a card shows, in order."""
    evidence = site.library.evidence
    yield from (level.meaning for level in evidence.strengths if level.id == numbered.data.strength)
    yield from (level.meaning for level in evidence.certainties if level.id == numbered.data.certainty)
    yield numbered.data.because
    yield "; ".join(f"[@{id}]" for id in numbered.data.sources)
    yield from numbered.data.checklist


def reading_order(site: Site, record: Record[Chapter]) -> Iterator[str]:
    """Yield the ids of the chapter's sources in the order in which its page cites them."""
    recommendations = {
        data.id: site.library.recommendations[f"{record.id}#{data.id}"]
        for data in record.data.recommendations
    }
    yield from prose_sources(record.data.key_messages)
    placed: set[str] = set()
    position = 0
    masked = record.body.masked
    for marker in MARKER.finditer(masked):
        yield from (item.id for item in find_citations(masked[position : marker.start()]))
        position = marker.end()
        if marker["kind"] == "recommendation" and marker["id"] in recommendations:
            placed.add(marker["id"])
            yield from prose_sources(_recommendation_texts(site, recommendations[marker["id"]]))
    yield from (item.id for item in find_citations(masked[position:]))
    for id, numbered in recommendations.items():
        if id not in placed:
            yield from prose_sources(_recommendation_texts(site, numbered))


def chapter_view(site: Site, record: Record[Chapter]) -> ChapterView:
    """Return the page of a chapter."""
    library, language, data = site.library, site.language, record.data
    url = site.addresses.url(page_of(record.path))
    page = Page(site, url, record.path, reading_order(site, record))
    number = library.chapter_numbers[record.id]
    key_messages = tuple(page.inline(message) for message in data.key_messages)
    body = page.body(record)
    recommendations = {
        item.id: recommendation_view(page, library.recommendations[f"{record.id}#{item.id}"])
        for item in data.recommendations
    }
    exercises = {item.id: exercise_view(page, record, item) for item in data.exercises}
    parts: list[object] = []
    for part in body.parts:
        if isinstance(part, Slot):
            known = recommendations if part.kind == "recommendation" else exercises
            parts.append(known.pop(part.id))
        else:
            parts.append(part)
    toc: list[TocEntry] = list(body.toc)
    placed = len(recommendations) < len(data.recommendations)
    more_title = language("chapter.more_recommendations" if placed else "chapter.recommendations")
    if recommendations:
        toc.append(heading(2, "more-recommendations", more_title))
    if exercises:
        toc.append(heading(2, "more-exercises", language("chapter.exercises")))
    chapters = library.chapters

    def neighbour(index: int) -> LinkView | None:
        if not 0 <= index < len(chapters):
            return None
        return LinkView(chapters[index].data.title, page.to_record(chapters[index]))

    return ChapterView(
        template="chapter.html",
        eyebrow=f"{library.label('parts', data.part)} · {language('record.chapter_number', n=number)}",
        facts=tuple(record_facts(page, record)),
        parts=tuple(parts),
        toc=tuple(toc),
        number=number,
        key_messages=key_messages,
        more=tuple(recommendations.values()),
        more_title=more_title,
        has_exercises=bool(data.exercises),
        more_exercises=tuple(exercises.values()),
        gone=gone_from(page, url),
        previous=neighbour(number - 2),
        next=neighbour(number),
        **record_fields(page, record),
    )
