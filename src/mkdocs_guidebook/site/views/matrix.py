"""Matrices: countries by fields of their profile, and audiences by phases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mkdocs_guidebook.markup.convert import plain_text
from mkdocs_guidebook.site.views.base import PageView
from mkdocs_guidebook.site.views.cards import RecommendationLine, recommendation_line
from mkdocs_guidebook.site.views.collections import recommendation_has_term
from mkdocs_guidebook.site.views.page import Page

CELL_WORDS = 40
"""How many words a cell shows at most; a longer one is folded."""
_SENTENCE = re.compile(r".*[.!?](?=\s|$)", re.S)


@dataclass(frozen=True)
class Cell:
    """One cell of a matrix."""

    html: str = ""
    """What it says; empty where there is no entry."""
    sources: str = ""
    lines: tuple[RecommendationLine, ...] = ()
    url: str = ""
    """Where the entry stands in its record."""
    start: str = ""
    """How it begins, where it is folded because it is long."""


@dataclass(frozen=True)
class Row:
    """One row of a matrix."""

    id: str
    label: str
    note: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One column of a matrix."""

    id: str
    label: str
    url: str


@dataclass(frozen=True)
class MatrixView(PageView):
    """A matrix."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    corner: str = ""
    """What the rows are."""
    column_name: str = ""
    """What the columns are."""
    caution: str = ""
    contribute: str = ""


def beginning(text: str) -> str:
    """Return the first sentences of a text of more than `CELL_WORDS` words, or the first words of a long one."""
    words = text.split()
    if len(words) <= CELL_WORDS:
        return ""
    start = " ".join(words[:CELL_WORDS])
    sentences = _SENTENCE.match(start)
    return sentences.group() if sentences else f"{start} …"


def comparison_view(page: Page) -> MatrixView:
    """Return all countries side by side, field by field."""
    library, language = page.site.library, page.site.language
    articles = [article for article in library.articles if article.data.country]
    rows = []
    for field in library.vocabulary.profile:
        cells = []
        for article in articles:
            entry = article.data.profile.get(field.id)
            url = page.to_record(article, f"profile-{field.id}")
            if entry is None:
                cells.append(Cell())
                continue
            html = page.blocks(entry.text, base=article.path).html
            cells.append(Cell(html, page.cite(entry.sources), url=url, start=beginning(plain_text(html))))
        rows.append(Row(field.id, field.label, field.description or "", "", tuple(cells)))
    return MatrixView(
        template="matrix.html",
        title=language("comparison.title"),
        summary=language("comparison.summary"),
        url=page.url,
        eyebrow=language("articles.title"),
        columns=tuple(
            Column(
                (article.data.country or "").lower(),
                language.country(article.data.country or ""),
                page.to_record(article),
            )
            for article in articles
        ),
        rows=tuple(rows),
        corner=language("article.field"),
        column_name=language("record.country"),
        caution=language("comparison.caution"),
        contribute=page.contribute(),
        words=page.words(),
        sources=page.sources(),
    )


def pathway_view(page: Page) -> MatrixView:
    """Return what applies to whom when: recommendations by audience and phase."""
    library, language = page.site.library, page.site.language
    phases = library.vocabulary.phases
    rows = []
    for audience in library.vocabulary.audiences:
        cells = tuple(
            Cell(
                lines=tuple(
                    recommendation_line(page, item)
                    for item in library.recommendations.values()
                    if audience.id in item.data.audiences
                    and recommendation_has_term(item, "phases", phase.id)
                )
            )
            for phase in phases
        )
        rows.append(Row(audience.id, audience.label, "", page.to_page(f"audiences/{audience.id}.md"), cells))
    return MatrixView(
        template="matrix.html",
        title=language("pathway.title"),
        summary=language("pathway.summary"),
        url=page.url,
        eyebrow=language("guidebook.title"),
        columns=tuple(
            Column(phase.id, phase.label, page.to_page(f"phases/{phase.id}.md")) for phase in phases
        ),
        rows=tuple(rows),
        corner=language("record.for_whom"),
        column_name=language("record.when"),
        contribute=page.contribute(),
    )
