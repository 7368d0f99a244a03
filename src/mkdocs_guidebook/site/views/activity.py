"""The page of an activity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from mkdocs_guidebook.content.body import slug
from mkdocs_guidebook.content.data.vocabulary import SectionTerm
from mkdocs_guidebook.content.kinds.activity import Activity, criteria_met
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.convert import Rendered, TocEntry
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.views.base import Fact, LinkView, PageView, Site
from mkdocs_guidebook.site.views.map import MAP, LocatorView, locator
from mkdocs_guidebook.site.views.page import Page, prose_sources, record_facts, record_fields

_SECTION = re.compile(r"(?=<h2 )")
_ANCHOR = re.compile(r'<h2 id="([^"]+)"')
_FOOTNOTES = re.compile(r'<div class="footnote">')


@dataclass(frozen=True)
class SectionView:
    """A section that is not there."""

    id: str
    label: str
    question: str
    kind: str = "missing"


@dataclass(frozen=True)
class Criterion:
    """One of the minimum criteria."""

    text: str
    is_met: bool


@dataclass(frozen=True)
class ActivityView(PageView):
    """The page of an activity."""

    panel: tuple[Fact, ...] = ()
    standing: str = ""
    standing_meaning: str = ""
    is_confirmed: bool = True
    criteria: tuple[Criterion, ...] = ()
    cited: str = ""
    """Numbers of the sources that document the activity."""
    contribute: str = ""
    """Where the page that says how to contribute is."""
    locator: LocatorView | None = None
    """Where it took place."""
    map: str = ""
    """The map of all activities."""


def reading_order(record: Record[Activity]) -> Iterator[str]:
    """Yield the ids of the activity's sources in the order in which its page cites them."""
    yield from prose_sources([record.data.target_group or ""])
    yield from record.data.sources
    yield from prose_sources([record.body.masked])


def _with_missing(
    terms: list[SectionTerm], body: Rendered
) -> tuple[tuple[object, ...], tuple[TocEntry, ...]]:
    """Return the body with a place for each section that is missing, in the vocabulary's order."""
    before, *sections = _SECTION.split(body.html)
    after = ""
    if sections and (found := _FOOTNOTES.search(sections[-1])):
        after = sections[-1][found.start() :]
        sections[-1] = sections[-1][: found.start()]
    by_anchor = {}
    for section in sections:
        if match := _ANCHOR.match(section):
            by_anchor[match[1]] = section
    entries = {entry.anchor: entry for entry in body.toc}
    parts: list[object] = [before] if before.strip() else []
    toc: list[TocEntry] = []
    for term in terms:
        anchor = slug(term.label)
        if anchor in by_anchor:
            parts.append(by_anchor.pop(anchor))
            toc.append(entries[anchor])
        else:
            parts.append(SectionView(anchor, term.label, term.description or ""))
    parts += by_anchor.values()
    toc += [entries[anchor] for anchor in by_anchor if anchor in entries]
    if after:
        parts.append(after)
    return tuple(parts), tuple(toc)


def activity_view(site: Site, record: Record[Activity]) -> ActivityView:
    """Return the page of an activity."""
    library, language, data = site.library, site.language, record.data
    url = site.addresses.url(page_of(record.path))
    page = Page(site, url, record.path, reading_order(record))

    def organisations(ids: list[str]) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(library.organisations[id].name, page.to_data("organisations", id)) for id in ids
        )

    place = f"{data.place.name}, {language.country(data.place.country)}"
    panel = [Fact(language("activity.place"), (LinkView(place, ""),))]
    for label, ids in (
        ("local_partner", [data.local_partner]),
        ("expert_partner", [data.expert_partner]),
        ("other_partners", data.partners),
    ):
        if known := [id for id in ids if id]:
            panel.append(Fact(language(f"activity.{label}"), organisations(known)))
    if data.period:
        words = language.period(data.period.start, data.period.end)
        panel.append(Fact(language("activity.period"), (LinkView(words, ""),)))
    if data.kinds:
        panel.append(Fact(language("activity.kind"), page.terms_of("kinds", data.kinds)))
    if data.target_group:
        group = Markup(page.inline(data.target_group))  # noqa: S704 - made by the converter, which cleans it
        panel.append(Fact(language("activity.target_group"), (LinkView(group, ""),)))
    if data.illustrates:
        panel.append(
            Fact(
                language("activity.illustrates"),
                tuple(
                    LinkView(
                        f"{library.recommendations[address].number} {library.recommendations[address].data.text.rstrip('.')}",
                        page.to_record(library.recommendations[address].chapter, address.partition("#")[2]),
                    )
                    for address in data.illustrates
                    if address in library.recommendations
                ),
            )
        )
    cited = page.cite(data.sources)
    body = page.body(record)
    present = library.sections_of(record)
    parts, toc = _with_missing(library.vocabulary.sections.activity, body)
    standing = library.standing(record)
    met = criteria_met(data, set(present))
    return ActivityView(
        template="activity.html",
        eyebrow=language("record.activity"),
        facts=tuple(record_facts(page, record)),
        parts=parts,
        toc=toc,
        panel=tuple(panel),
        standing=language(f"standing.{standing}"),
        standing_meaning=language(f"standing_meaning.{standing}"),
        is_confirmed=data.confirmed,
        criteria=tuple(Criterion(language(f"criterion.{name}"), done) for name, done in met.items()),
        cited=cited,
        contribute=page.contribute(),
        locator=locator(page, record),
        map=page.to_page(MAP),
        **record_fields(page, record),
    )
