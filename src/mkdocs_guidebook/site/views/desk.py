"""The editor's desk: what waits for an editor, on a page that only the preview has."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from pydantic import BaseModel

from mkdocs_guidebook.checks.engine import Content
from mkdocs_guidebook.checks.facts import next_review
from mkdocs_guidebook.checks.loose_ends import uncited_numbers, unexplained_terms
from mkdocs_guidebook.checks.names import unused_references
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.kinds.article import Article
from mkdocs_guidebook.content.library import Entry, Library, Record
from mkdocs_guidebook.problems import Place
from mkdocs_guidebook.site.views.base import LinkView, PageView, heading
from mkdocs_guidebook.site.views.data_pages import link_to
from mkdocs_guidebook.site.views.page import Page

DESK = "desk.md"
"""The page's name."""
SOON = datetime.timedelta(days=60)
"""How long before its day a review is announced."""


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing to look at."""

    page: LinkView
    """What it is, and the page that shows it."""
    note: str = ""
    """What there is to do, as text."""
    note_language: str = ""
    """The language of the note, where it is not that of the site."""
    file: LinkView | None = None
    """The file and line in which it is done."""
    form: str = ""
    """The address at which a record is edited in the form; empty for everything else."""
    more: tuple[LinkView, ...] = ()
    """Further pages that it is about."""


@dataclass(frozen=True, slots=True)
class DeskList:
    """One list, and what is on it."""

    id: str
    title: str
    about: str
    """How something comes onto this list."""
    entries: tuple[DeskItem, ...]
    empty: str
    """What is said where there is nothing on it."""
    is_known: bool = True
    """False where nobody has looked yet."""


@dataclass(frozen=True)
class DeskView(PageView):
    """All lists."""

    lists: tuple[DeskList, ...] = ()


@dataclass(frozen=True)
class _Desk:
    """What the lists are made from."""

    page: Page
    content: Content

    @property
    def library(self) -> Library:
        return self.content.library

    def item(self, entry: Entry[BaseModel], place: Place, note: str = "", language: str = "") -> DeskItem:
        """Return an item about a record, a hand-written page or a data file."""
        where = self.page.site.language("desk.place", path=place.path, line=place.line)
        address = self.page.site.edit.format(path=quote(place.path), line=place.line)
        form = ""
        if isinstance(entry, Record) and entry.kind in RECORD_KINDS:
            form = self.page.site.form_of(entry.kind.name, entry.id)
        return DeskItem(
            page=link_to(self.page, entry),
            note=note,
            note_language=language,
            file=LinkView(where, address),
            form=self.page.to(form) if form else "",
        )

    def drafts(self) -> Iterator[DeskItem]:
        """Records that are not published."""
        for record in self.library.records:
            if record.is_draft:
                kind = self.page.site.language(f"record.{record.kind.name}")
                yield self.item(record, record.place(("status",)), kind)

    def reviews(self) -> Iterator[DeskItem]:
        """Published records whose review is overdue or due soon, the oldest first."""
        language, today = self.page.site.language, self.content.today
        due = [
            (day, record)
            for record in self.library.records
            if not record.is_draft and (day := next_review(record.data)) and day <= today + SOON
        ]
        for day, record in sorted(due, key=lambda item: (item[0], item[1].path)):
            note = language("desk.overdue" if day < today else "desk.due", date=language.date(day))
            yield self.item(record, record.place(("review_every",)), note)

    def undocumented(self) -> Iterator[DeskItem]:
        """Activities and articles with gaps."""
        language, vocabulary = self.page.site.language, self.library.vocabulary
        for activity in self.library.activities:
            present = self.library.sections_of(activity)
            gaps = [term.label for term in vocabulary.sections.activity if term.id not in present]
            if gaps or not activity.data.confirmed:
                standing = language(f"standing.{self.library.standing(activity)}")
                missing = language("desk.missing", what=", ".join(gaps)) if gaps else ""
                end = activity.source.place(len(activity.source.text.rstrip()))
                yield self.item(activity, end, ". ".join(filter(None, (standing, missing))))
        for article in self.library.articles:
            gaps = [term.label for term in vocabulary.profile if term.id not in article.data.profile]
            if gaps and article.data.country:
                yield self.item(
                    article, _profile_place(article), language("desk.missing", what=", ".join(gaps))
                )

    def claims(self) -> Iterator[DeskItem]:
        """What is said without saying where it comes from."""
        language = self.page.site.language
        for number in uncited_numbers(self.content):
            yield self.item(number.entry, number.place, f"“{number.text}”")
        organisations = self.library.entries.get("organisations")
        for index, organisation in enumerate(self.library.organisations.values()):
            if organisations is not None and not organisation.sources:
                place = organisations.place(("organisations", index, "id"))
                yield self.item(
                    organisations, place, language("desk.no_source", organisation=organisation.name)
                )

    def references(self) -> Iterator[DeskItem]:
        """Sources that nothing cites."""
        for entry, key, source in unused_references(self.content):
            item = self.item(entry, entry.place(key), source.id)
            yield replace(
                item, page=LinkView(source.title, self.page.to_data("references", f"source-{source.id}"))
            )

    def terms(self) -> Iterator[DeskItem]:
        """Words of the field that the glossary does not have."""
        for term in unexplained_terms(self.content):
            (entry, place), *others = term.uses
            item = self.item(entry, place)
            pages = dict.fromkeys(link_to(self.page, other) for other, _ in others)
            yield replace(item, page=LinkView(term.word, item.page.url), more=tuple(pages))

    def links(self) -> Iterator[DeskItem]:
        """Links to other sites that did not answer when they were last asked."""
        entries = {entry.path: entry for entry in self.library.files}
        for problem in self.page.site.other_sites.problems:
            if entry := entries.get(problem.place.path):
                yield self.item(entry, problem.place, problem.message, "en")


def _profile_place(article: Record[Article]) -> Place:
    return article.place(("profile",) if ("profile",) in article.document.values else ("country",))


def desk_view(page: Page) -> DeskView:
    """Return the editor's desk."""
    language = page.site.language
    desk = _Desk(page, Content(page.site.library, page.site.today))
    makers: dict[str, Callable[[], Iterable[DeskItem]]] = {
        "drafts": desk.drafts,
        "reviews": desk.reviews,
        "undocumented": desk.undocumented,
        "claims": desk.claims,
        "references": desk.references,
        "terms": desk.terms,
        "links": desk.links,
    }
    about = {name: language(f"desk.{name}_about") for name in makers}
    empty = dict.fromkeys(makers, language("desk.nothing"))
    asked = page.site.other_sites.asked
    if asked:
        about["links"] += " " + language("desk.last_asked", date=language.date(asked))
    else:
        empty["links"] = language("desk.never_asked")
    lists = tuple(
        DeskList(
            name,
            language(f"desk.{name}"),
            about[name],
            tuple(make()),
            empty[name],
            name != "links" or bool(asked),
        )
        for name, make in makers.items()
    )
    return DeskView(
        template="desk.html",
        title=language("desk.title"),
        summary=language("desk.summary"),
        url=page.url,
        lists=lists,
        toc=tuple(heading(2, item.id, item.title) for item in lists),
    )
