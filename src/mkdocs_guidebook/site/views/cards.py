"""Records in lists: what a card shows of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.kinds.chapter import Chapter
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import NumberedRecommendation, Record
from mkdocs_guidebook.site.views.base import LinkView, PageView
from mkdocs_guidebook.site.views.page import Page


@dataclass(frozen=True)
class Card:
    """A record in a list."""

    title: str
    url: str
    eyebrow: str
    text: str
    """A sentence or two, as HTML."""
    notes: tuple[str, ...] = ()
    kind: str = ""
    pack_id: str = ""
    """The id under which readers can add it to a pack of their own."""


@dataclass(frozen=True)
class RecommendationLine:
    """A recommendation in a list."""

    number: str
    text: str
    url: str
    evidence: str
    """Strength and certainty in words."""
    audiences: str


@dataclass(frozen=True)
class Group:
    """Cards, recommendations or links under a heading."""

    anchor: str
    title: str
    text: str = ""
    cards: tuple[Card, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    links: tuple[LinkView, ...] = ()
    empty: str = ""
    """What is said when there is nothing."""


@dataclass(frozen=True)
class ListView(PageView):
    """A page of groups."""

    groups: tuple[Group, ...] = ()


def record_card(page: Page, record: Record[RecordFields]) -> Card:
    """Return a record as a card."""
    library, language = page.site.library, page.site.language
    data = record.data
    eyebrow, notes = language(f"record.{record.kind.name}"), []
    if isinstance(data, Chapter):
        eyebrow = language("record.chapter_number", n=library.chapter_numbers[record.id])
        notes = [language("guidebook.recommendations", n=len(data.recommendations))]
    elif isinstance(data, Article):
        eyebrow = language.country(data.country) if data.country else eyebrow
        notes = [f"{language('record.as_of')} {language.date(data.as_of)}"]
    elif isinstance(data, Activity):
        eyebrow = f"{data.place.name}, {language.country(data.place.country)}"
        notes = [language(f"standing.{library.standing(record)}")]  # type: ignore[arg-type]
    if record.is_draft:
        notes.append(language("record.draft"))
    return Card(
        data.title,
        page.to_record(record),
        eyebrow if eyebrow != data.title else "",
        page.plain(data.summary),
        tuple(notes),
        record.kind.name,
        library.document_ids[record.path],
    )


def recommendation_line(page: Page, numbered: NumberedRecommendation) -> RecommendationLine:
    """Return a recommendation as a line of a list."""
    library, data = page.site.library, numbered.data
    return RecommendationLine(
        number=numbered.number,
        text=page.plain(data.text),
        url=page.to_record(numbered.chapter, data.id),
        evidence=f"{library.label('strengths', data.strength)} · {library.label('certainties', data.certainty).lower()}",
        audiences=", ".join(library.label("audiences", id) for id in data.audiences),
    )
