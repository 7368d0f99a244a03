"""Everything that is a result of its own, with its facets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mkdocs_guidebook.content.data.references import ReferenceEntry
from mkdocs_guidebook.content.kinds.chapter import Exercise
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import NumberedRecommendation, Record, handout_id
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import Site, entry_name, reference_year

KINDS = ("recommendation", "chapter", "exercise", "article", "activity", "term", "reference", "page")
"""The kinds of results, in the order in which readers see them."""
FACETS = ("kind", "audiences", "phases", "topics", "countries", "strengths", "certainties", "kinds", "years")
"""What results can be filtered by, in the order in which readers see it."""
_MARKS = re.compile(r"\[@[^\]]*\]|[*_`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be found."""

    kind: str
    """One of `KINDS`."""
    url: str
    """Its address, relative to the site."""
    title: str
    place: str = ""
    """Where it stands: its chapter, its country."""
    number: str = ""
    """The number of a recommendation or chapter."""
    text: str = ""
    """What it says, in a sentence or two, without marks."""
    more: tuple[str, ...] = ()
    """Further text to find it by, without marks."""
    also: tuple[str, ...] = ()
    """Other words for it."""
    about: tuple[str, ...] = ()
    """What it is about: the labels of its own topics."""
    page: str = ""
    """The page whose text belongs to it, such as guidebook/sharing-information.md; empty for a part of a page."""
    date: str = ""
    """When it was published or last confirmed, as 2026-11-23, 2026-11 or 2026."""
    pack_id: str = ""
    """The id under which readers can add it to a pack of their own."""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of its terms by facet; `kind` is not among them."""


def plain(text: str | None) -> str:
    """Return a text without Markdown's marks and citations."""
    return " ".join(_MARKS.sub(lambda match: match[1] or "", text or "").split())


def items_of(site: Site) -> list[Item]:
    """Return everything that can be found, kind by kind, each in the order of the book."""
    found = [*_recommendations(site), *_records(site), *_exercises(site), *_data(site), *_pages(site)]
    return sorted(found, key=lambda item: KINDS.index(item.kind))


def _facets(record: Record[RecordFields]) -> dict[str, tuple[str, ...]]:
    data = record.data
    return {"audiences": tuple(data.audiences), "phases": tuple(data.phases), "topics": tuple(data.topics)}


def _topics(site: Site, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(site.library.label("topics", id) for id in ids)


def _date(record: Record[RecordFields]) -> str:
    days = [review.date for review in record.data.reviews]
    if record.data.published:
        days.append(record.data.published)
    return max(days).isoformat() if days else ""


def _recommendations(site: Site) -> Iterator[Item]:
    for numbered in site.library.recommendations.values():
        yield _recommendation(site, numbered)


def _recommendation(site: Site, numbered: NumberedRecommendation) -> Item:
    data, chapter = numbered.data, numbered.chapter
    return Item(
        kind="recommendation",
        url=f"{site.addresses.url(page_of(chapter.path))}#{data.id}",
        title=plain(data.text),
        place=chapter.data.title,
        number=numbered.number,
        text=plain(data.because),
        more=tuple(plain(item) for item in data.checklist),
        about=_topics(site, data.topics),
        date=_date(chapter),
        facets={
            "audiences": tuple(data.audiences),
            "phases": tuple(data.phases or chapter.data.phases),
            "topics": tuple(data.topics or chapter.data.topics),
            "strengths": (data.strength,),
            "certainties": (data.certainty,),
        },
    )


def _exercises(site: Site) -> Iterator[Item]:
    for chapter in site.library.chapters:
        for exercise in chapter.data.exercises:
            yield Item(
                kind="exercise",
                url=f"{site.addresses.url(page_of(chapter.path))}#{exercise.id}",
                title=exercise.title,
                place=chapter.data.title,
                text=plain(exercise.aim),
                more=_exercise_texts(exercise),
                date=_date(chapter),
                pack_id=handout_id("worksheet", chapter, exercise),
                facets=_facets(chapter),
            )


def _exercise_texts(exercise: Exercise) -> tuple[str, ...]:
    texts = [*exercise.materials, *(step.text for step in exercise.steps), *exercise.debrief]
    return tuple(plain(text) for text in (*texts, *(item.prompt for item in exercise.worksheet)))


def _records(site: Site) -> Iterator[Item]:
    library, language = site.library, site.language

    def record_item(
        record: Record[RecordFields], place: str, number: str = "", **facets: Sequence[str]
    ) -> Item:
        return Item(
            kind=record.kind.name,
            url=site.addresses.url(page_of(record.path)),
            title=record.data.title,
            place=place,
            number=number,
            text=plain(record.data.summary),
            about=_topics(site, record.data.topics),
            page=page_of(record.path),
            date=_date(record),
            pack_id=library.document_ids[record.path],
            facets=_facets(record) | {name: tuple(ids) for name, ids in facets.items()},
        )

    for chapter in library.chapters:
        number = library.chapter_numbers[chapter.id]
        yield record_item(chapter, library.label("parts", chapter.data.part), str(number))
    for article in library.articles:
        country = article.data.country
        place = (
            language.country(country) if country and article.data.title != language.country(country) else ""
        )
        yield record_item(
            article, place, countries=(country,) if country else (), years=(str(article.data.as_of.year),)
        )
    for activity in library.activities:
        data = activity.data
        yield record_item(
            activity,
            f"{data.place.name}, {language.country(data.place.country)}",
            countries=(data.place.country,),
            kinds=data.kinds,
            years=(str(data.period.start.year),) if data.period else (),
        )


def _data(site: Site) -> Iterator[Item]:
    library, addresses = site.library, site.addresses
    glossary = addresses.url(addresses.data_page("glossary"))
    for term in library.terms.values():
        yield Item(
            kind="term",
            url=f"{glossary}#{term.id}",
            title=f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term,
            text=plain(term.definition),
            also=(*term.synonyms, *term.spellings),
        )
    bibliography = addresses.url(addresses.data_page("references"))
    for id, reference in library.references.items():
        year = reference_year(reference)
        yield Item(
            kind="reference",
            url=f"{bibliography}#source-{id}",
            title=reference.title,
            text=_source_text(reference),
            date=str(year) if year else "",
            facets={"years": (str(year),)} if year else {},
        )


def _source_text(reference: ReferenceEntry) -> str:
    """Return who published a source, when and where: enough to know it, without a citation style."""
    names = ", ".join(name.literal or name.family or "" for name in (*reference.author, *reference.editor))
    year = reference_year(reference)
    parts = (names, str(year or ""), reference.container_title, reference.publisher, reference.title_short)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _pages(site: Site) -> Iterator[Item]:
    library, language = site.library, site.language
    shown = set(site.addresses.moved.values())
    for record in library.pages:
        name = page_of(record.path)
        if name != "index.md":
            yield _page(
                site, name, entry_name(library, record), str(getattr(record.data, "summary", "") or "")
            )
    for name in ("organisations", "events"):
        page = site.addresses.data_page(name)
        if name in library.entries and page not in shown:
            yield _page(site, page, language(f"{name}.title"), language(f"{name}.summary"))


def _page(site: Site, name: str, title: str, summary: str) -> Item:
    return Item(
        kind="page", url=site.addresses.url(name), title=title, text=plain(summary), page=name, place=""
    )


def labels(site: Site, facet: str) -> dict[str, str]:
    """Return the words that readers see for the ids of a facet, in the order in which they see them."""
    library, language = site.library, site.language
    match facet:
        case "kind":
            return {kind: language(f"kind.{kind}") for kind in KINDS}
        case "countries" | "years":
            return {}
        case _:
            return dict(library.ids[facet])
