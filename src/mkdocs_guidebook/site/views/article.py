"""The page of an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import Fact, LinkView, PageView, Site, heading
from mkdocs_guidebook.site.views.figures import (
    Figures,
    Series,
    SingleFigure,
    reading_help,
    series_views,
    single_views,
)
from mkdocs_guidebook.site.views.page import Page, prose_sources, record_facts, record_fields


@dataclass(frozen=True)
class ProfileRow:
    """One field of a country's profile."""

    id: str
    label: str
    question: str
    html: str
    """What is known; empty where nothing is."""
    sources: str


@dataclass(frozen=True)
class ArticleView(PageView):
    """The page of an article."""

    country: str = ""
    profile: tuple[ProfileRow, ...] = ()
    series: tuple[Series, ...] = ()
    single: tuple[SingleFigure, ...] = ()
    reading_help: tuple[str, ...] = ()
    """What readers must know to read the charts."""
    further: str = ""
    """Numbers of further sources."""


def reading_order(site: Site, record: Record[Article]) -> Iterator[str]:
    """Yield the ids of the article's sources in the order in which its page cites them."""
    yield from prose_sources([record.body.masked])
    for field in site.library.vocabulary.profile:
        if entry := record.data.profile.get(field.id):
            yield from prose_sources([entry.text])
            yield from entry.sources
    yield from Figures(record.data.figures).reading_order()
    yield from record.data.sources


def article_view(site: Site, record: Record[Article]) -> ArticleView:
    """Return the page of an article."""
    library, language, data = site.library, site.language, record.data
    url = site.addresses.url(page_of(record.path))
    page = Page(site, url, record.path, reading_order(site, record))
    body = page.body(record)
    profile = tuple(
        ProfileRow(
            id=field.id,
            label=field.label,
            question=field.description or "",
            html=page.blocks(data.profile[field.id].text).html if field.id in data.profile else "",
            sources=page.cite(data.profile[field.id].sources) if field.id in data.profile else "",
        )
        for field in library.vocabulary.profile
    )
    figures = Figures(data.figures)
    series, single = series_views(page, figures), single_views(page, figures)
    toc = [*body.toc]
    if data.country:
        toc.append(heading(2, "profile", language("article.profile")))
    if data.figures:
        toc.append(heading(2, "data", language("article.figures")))
    facts = [
        Fact(language("record.as_of"), (LinkView(language.date(data.as_of), ""),)),
        *record_facts(page, record),
    ]
    return ArticleView(
        template="article.html",
        eyebrow=language("record.article"),
        facts=tuple(facts),
        parts=body.parts,
        toc=tuple(toc),
        country=language.country(data.country) if data.country else "",
        profile=profile if data.country else (),
        series=series,
        single=single,
        reading_help=reading_help(figures, language),
        further=page.cite(data.sources),
        **record_fields(page, record),
    )
