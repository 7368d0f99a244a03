"""The pages that an edition adds: what it is and what changed in it, and its records beside those of earlier editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from mkdocs_guidebook.content.dates import parse_date
from mkdocs_guidebook.content.kinds import CHAPTER
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.editions.differences import (
    Differences,
    compare,
    compare_figures,
    compare_recommendations,
    compare_things,
)
from mkdocs_guidebook.editions.reading import snapshot_of
from mkdocs_guidebook.editions.report import (
    FactLine,
    Item,
    Section,
    TextPart,
    fact_line,
    figure_item,
    recommendation_item,
    report,
    text_part,
)
from mkdocs_guidebook.editions.snapshot import Advice, Past, Snapshot, Thing
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.additions import Additions, EarlierEdition
from mkdocs_guidebook.site.addresses import page_of
from mkdocs_guidebook.site.citing import book_item, citation_text
from mkdocs_guidebook.site.pages import PageSpec, plain_page
from mkdocs_guidebook.site.views.base import LinkView, PageView, Site, heading
from mkdocs_guidebook.site.views.changes import FeedEntry
from mkdocs_guidebook.site.views.page import Page

ABOUT = "edition.md"
"""The page about the edition."""
DEV = "dev"
"""The name of the edition that is replaced each time."""
COMPARE = "compare"
"""The folder of the pages that compare."""


@dataclass(frozen=True)
class EditionView(PageView):
    """What the edition is, and what changed in it."""

    released: str = ""
    cite_html: str = ""
    doi: str = ""
    files: tuple[LinkView, ...] = ()
    editions: tuple[LinkView, ...] = ()
    """The other editions, the latest first."""
    changed: str = ""
    """The heading of the changes; empty in the first edition."""
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class CompareView(PageView):
    """A record beside its form in an earlier edition."""

    old: LinkView | None = None
    """The page in the earlier edition."""
    new: LinkView | None = None
    """The page in this edition."""
    facts_changed: tuple[FactLine, ...] = ()
    items: tuple[Item, ...] = ()
    """Recommendations of a chapter or figures of an article that differ."""
    texts: tuple[TextPart, ...] = ()


@dataclass(frozen=True)
class Edition:
    """An edition on its way, as its pages see it."""

    name: str
    """Its name, which may be dev."""
    now: Snapshot
    earlier: tuple[Past, ...]
    """The published editions, the earliest first."""
    offline: str = ""
    """The file of the copy that works from a disk, if there is one."""


def additions_of(site: Site, name: str, earlier: Sequence[Past], offline: str = "") -> Additions:
    """Return what the edition `name` adds to a site, after the editions `earlier`, the earliest first."""
    edition = Edition(name, snapshot_of(site), tuple(earlier), offline)
    changed = compare(earlier[-1].snapshot, edition.now) if earlier else None
    pages: dict[str, PageSpec] = {
        ABOUT: plain_page(ABOUT, partial(_edition_view, edition=edition, changed=changed))
    }
    links: dict[str, tuple[EarlierEdition, ...]] = {}
    for record in site.library.records:
        page, specs, offered = _comparisons(site, record, edition)
        pages |= specs
        if offered:
            links[page] = offered
    return Additions(name, ABOUT, pages, links, tuple(_news(site, edition, changed)))


def label_of(language: Language, past: Past) -> str:
    """Return name and date of a published edition in words."""
    return language("site.edition_of", edition=past.edition, date=language.date(parse_date(past.released)))


def _news(site: Site, edition: Edition, changed: Differences | None) -> Iterator[FeedEntry]:
    language = site.language
    about = site.addresses.url(ABOUT)
    released = site.library.book.released
    if edition.name != DEV and released is not None:
        if changed is not None:
            for item in changed.recommendations:
                if set(item.changes) <= {"renumbered"}:
                    continue
                words = recommendation_item(item, language)
                yield FeedEntry(
                    title=f"{words.title} ({words.what})",
                    date=released,
                    address=item.url or about,
                    name=f"{about}{edition.name}/{item.address}",
                    summary=" ".join(words.reasons) or words.what,
                )
        yield _published(language, edition.name, parse_date(released), about, about)
    for past in reversed(edition.earlier):
        address = f"../{past.edition}/{about}"
        yield _published(language, past.edition, parse_date(past.released), about, address)


def _published(language: Language, name: str, date: object, about: str, address: str) -> FeedEntry:
    day = parse_date(date)
    title = language("site.edition", edition=name)
    summary = language("site.released", edition=name, date=language.date(day))
    return FeedEntry(title, day, address, f"{about}{name}", summary)


# The page about the edition


def _edition_view(page: Page, edition: Edition, changed: Differences | None) -> EditionView:
    site = page.site
    book, language = site.library.book, site.language
    told = report(changed, language) if changed else None
    title = (
        language("site.edition", edition=edition.name)
        if edition.name != DEV
        else language("editions.development")
    )
    files = [("SHA256SUMS", "SHA256SUMS"), ("catalog.json", "catalog.json"), ("CITATION.cff", "CITATION.cff")]
    if edition.offline:
        files.insert(0, (language("editions.offline"), edition.offline))
    root = page.to("")
    others = [
        LinkView(label_of(language, past), f"{root}../{past.edition}/{page.url}")
        for past in reversed(edition.earlier)
    ]
    toc = [heading(2, "cite-this", language("cite.heading_book"))]
    toc += [heading(2, "changed", told.title)] if told else []
    toc += [heading(2, "editions", language("editions.earlier_ones"))] if others else []
    return EditionView(
        template="edition.html",
        title=title,
        summary=language("editions.about_summary"),
        url=page.url,
        toc=tuple(toc),
        released=language.date(book.released) if book.released and edition.name != DEV else "",
        cite_html=citation_text(site, book_item(site)),
        doi=book.doi or "",
        files=tuple(LinkView(text, page.to(name)) for text, name in files),
        editions=tuple(others),
        changed=told.title if told else "",
        sections=tuple(_linked(page, section) for section in told.sections) if told else (),
    )


def _linked(page: Page, section: Section) -> Section:
    """Return a section whose links are counted from a page."""
    return Section(section.title, tuple(_from_page(page, item) for item in section.items))


def _from_page(page: Page, item: Item) -> Item:
    url = page.to(item.url) if item.url else ""
    return Item(item.title, url, item.what, item.reasons, item.facts, item.texts)


# The pages that compare


def _comparisons(
    site: Site, record: Record[RecordFields], edition: Edition
) -> tuple[str, dict[str, PageSpec], tuple[EarlierEdition, ...]]:
    """Return the page of a record, the pages that compare it, and the earlier editions that it offers.

    Editions in which it is the same share a page; the page is named after the first of them.
    """
    name = page_of(record.path)
    key = f"{record.kind.name}/{record.id}"
    pages: dict[str, PageSpec] = {}
    offered: list[EarlierEdition] = []
    page_with = {edition.now.forms[key]: ""} if key in edition.now.forms else {}
    for past in edition.earlier:
        form = past.forms.get(key)
        if form is None:
            continue
        if form not in page_with:
            page_with[form] = target = f"{COMPARE}/{name.removesuffix('.md')}/{past.edition}.md"
            view = partial(_compare_view, edition=edition, past=past, key=(record.kind.name, record.id))
            pages[target] = plain_page(target, view)
        offered.append(EarlierEdition(label_of(site.language, past), page_with[form]))
    return name, pages, tuple(reversed(offered))


def _advice_of(snapshot: Snapshot, thing: Thing) -> list[Advice]:
    if thing.kind != CHAPTER.name:
        return []
    return [advice for advice in snapshot.advice.values() if advice.chapter == thing.id]


def _compare_view(page: Page, edition: Edition, past: Past, key: tuple[str, str]) -> CompareView:
    site, language = page.site, page.site.language
    old, new = past.snapshot, edition.now
    before, after = old.things[key], new.things[key]
    difference = compare_things(old, before, new, after)
    items = [
        *(_advice_items(old, new, after.id, language) if after.kind == CHAPTER.name else ()),
        *(figure_item(figure, language) for figure in compare_figures(after, before.figures, after.figures)),
    ]
    names = {advice.id: advice.text for advice in (*_advice_of(old, before), *_advice_of(new, after))}
    here = (
        language("site.edition", edition=edition.name)
        if edition.name != DEV
        else language("editions.development")
    )
    return CompareView(
        template="compare.html",
        title=after.title,
        full_title=language("editions.compared", title=after.title, edition=old.edition),
        eyebrow=language("editions.compare"),
        summary=language("editions.compare_summary", old=old.edition, new=here),
        url=page.url,
        old=LinkView(label_of(language, past), f"{page.to('')}../{old.edition}/{before.url}"),
        new=LinkView(here, page.to(site.addresses.url(page_of_key(site, key)))),
        facts_changed=tuple(fact_line(fact, language) for fact in difference.facts) if difference else (),
        items=tuple(_from_page(page, item) for item in items),
        texts=tuple(text_part(text, language, names) for text in difference.texts) if difference else (),
    )


def page_of_key(site: Site, key: tuple[str, str]) -> str:
    """Return the page of the record of a kind with an id."""
    return next(
        page_of(record.path) for record in site.library.records if (record.kind.name, record.id) == key
    )


def _advice_items(old: Snapshot, new: Snapshot, chapter: str, language: Language) -> Iterator[Item]:
    """Yield the recommendations of a chapter that differ; a new number alone is no difference."""
    for found in compare_recommendations(old, new):
        chapters = {address.partition("#")[0] for address in (found.address, found.address_before)}
        if chapter in chapters and set(found.changes) != {"renumbered"}:
            yield recommendation_item(found, language)
