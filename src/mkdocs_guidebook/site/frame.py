"""What the theme's frame shows around the content of a page: navigation, contents, edition, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER, RECORD_KINDS, Kind
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.kinds.page import Page
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.site.additions import NOTHING, Additions, EarlierEdition
from mkdocs_guidebook.site.addresses import asset_of, page_of
from mkdocs_guidebook.site.citing import HOME
from mkdocs_guidebook.site.metadata import metadata_view
from mkdocs_guidebook.site.pages import PageSpec
from mkdocs_guidebook.site.views.base import (
    BROWSE,
    CONTRIBUTE,
    COUNTRIES,
    TERM_PAGES,
    LinkView,
    PageView,
    Site,
    entry_name,
)
from mkdocs_guidebook.site.views.desk import DESK
from mkdocs_guidebook.site.views.fields import FIELDS
from mkdocs_guidebook.site.views.library import LIBRARY
from mkdocs_guidebook.site.views.map import MAP
from mkdocs_guidebook.site.views.pack import MY_PACK
from mkdocs_guidebook.site.views.rules import RULES_PAGE

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Everything comes from the site itself, and nothing inside a page can run. The search engine is WebAssembly, which
'wasm-unsafe-eval' allows; it does not allow eval."""
_LATE = ("about.md", "contribute.md", "accessibility.md")
"""Pages of docs/ that say something about the site itself."""
_COLLECTION_TITLES = {"chapter": "guidebook", "article": "articles", "activity": "activities"}
_DATA_TITLES = {"references": "bibliography"}
_LARGE_COLLECTION = 40
"""Records of larger collections are reached through their lists, not through the navigation."""


@dataclass(frozen=True)
class Frame:
    """The frame of all pages."""

    site: Site
    additions: Additions = NOTHING

    def earlier(self, view: PageView, editions: Sequence[EarlierEdition]) -> tuple[LinkView, ...]:
        """Return links to the pages that compare earlier editions of a record with this one."""
        to, same = self.site.addresses, self.site.language("editions.same")
        return tuple(
            LinkView(edition.label, to.relative(to.url(edition.page), view.url))
            if edition.page
            else LinkView(edition.label, "", same)
            for edition in editions
        )

    def navigation(self, pages: Mapping[str, PageSpec]) -> list[Any]:
        """Return the navigation for mkdocs.yml's `nav`: from the book, its collections and hand-written pages.

        The order is that of the ways in on the home page; what they do not name follows, then the lists.
        """
        language = self.site.language
        collections = {asset_of(kind.folder): kind for kind in RECORD_KINDS if asset_of(kind.folder) in pages}
        hand_written = {
            page_of(record.path): record
            for record in self.site.library.pages
            if "/" not in page_of(record.path) and page_of(record.path) != HOME
        }
        ways_in = list(self._ways_in())
        late = [hand_written.pop(name) for name in _LATE if name in hand_written and name not in ways_in]
        nav: list[Any] = [{language("site.home"): "index.md"}]
        for name in dict.fromkeys([*ways_in, *collections, *hand_written]):
            if name in collections:
                nav.append(self._collection(name, collections[name], pages))
            elif name in hand_written:
                nav.append(self._with_pages_below(hand_written[name]))
        nav.append(self._browse(pages))
        if late:
            nav.append(self._about(*late))
        if self.site.preview:
            nav.append({language("desk.title"): DESK})
        return nav

    def _ways_in(self) -> Iterator[str]:
        """Yield the pages to which the ways in of the home page lead."""
        for way in self.site.library.book.ways_in:
            yield page_of(way.link) if way.link.endswith(".md") else asset_of(way.link.rstrip("/"))

    def _browse(self, pages: Mapping[str, PageSpec]) -> dict[str, list[Any]]:
        """Return the lists that cut across the collections."""
        language, addresses = self.site.language, self.site.addresses
        moved = set(addresses.moved.values())
        lists = [
            (name, addresses.data_page(name))
            for name in ("glossary", "references", "organisations", "events")
        ]
        about = self.additions.about
        return {
            language("browse.title"): [
                BROWSE,
                {language("library.title"): LIBRARY},
                *([{language("pack.title"): MY_PACK}] if MY_PACK in pages else ()),
                *(
                    {language(f"{_DATA_TITLES.get(name, name)}.title"): page}
                    for name, page in lists
                    if page in pages and page not in moved
                ),
                {language("changes.title"): "changes/index.md"},
                *([{language("editions.about"): about}] if about else ()),
            ]
        }

    def _about(self, first: Record[Page], *others: Record[Page]) -> dict[str, list[Any]]:
        """Return what says something about the site itself."""
        library = self.site.library
        return {
            entry_name(library, first): [
                page_of(first.path),
                *map(self._with_pages_below, library.pages_below(first)),
                *map(self._with_pages_below, others),
            ]
        }

    def _with_pages_below(self, record: Record[Page]) -> dict[str, Any]:
        """Return a hand-written page's entry, with the pages of its folder."""
        name = page_of(record.path)
        below: list[Any] = [self._with_pages_below(page) for page in self.site.library.pages_below(record)]
        if name == CONTRIBUTE:
            language = self.site.language
            below += [{language("fields.title"): FIELDS}, {language("rules.title"): RULES_PAGE}]
        return {entry_name(self.site.library, record): [name, *below] if below else name}

    def _collection(self, name: str, kind: Kind, pages: Mapping[str, PageSpec]) -> dict[str, list[Any]]:
        """Return a collection's list, the pages that read it side by side, and its records unless they are many."""
        library, language = self.site.library, self.site.language
        records: dict[str, Sequence[Record[RecordFields]]] = {
            CHAPTER.name: library.chapters,
            ARTICLE.name: library.articles,
            ACTIVITY.name: library.activities,
        }
        beside = {
            CHAPTER.name: (("recommendations.md", "recommendations"), ("pathway.md", "pathway")),
            ARTICLE.name: ((f"{ARTICLE.address}/compare.md", "comparison"),),
            ACTIVITY.name: ((MAP, "map"), (f"{ACTIVITY.address}/lessons.md", "lessons")),
        }
        shown = records[kind.name] if len(records[kind.name]) <= _LARGE_COLLECTION else ()
        title = language(f"{_COLLECTION_TITLES[kind.name]}.title")
        return {
            title: [
                {title: name},
                *({record.data.title: page_of(record.path)} for record in shown),
                *({language(f"{key}.title"): page} for page, key in beside[kind.name] if page in pages),
            ]
        }

    def list_of(self, name: str, pages: Mapping[str, PageSpec]) -> str:
        """Return the page that lists a page which the navigation leaves out; empty where there is none."""
        folder = name.rpartition("/")[0]
        if folder in TERM_PAGES or folder == COUNTRIES:
            return BROWSE
        index = f"{folder}/index.md"
        return index if index in pages else ""

    def context(self, view: PageView | None) -> dict[str, Any]:
        """Return what the theme's templates are given beside MkDocs's own context."""
        site = self.site
        book, language = site.library.book, site.language
        inline = site.converter.inline
        marks = Marks(resolve=lambda target, _: target)
        return {
            "t": language,
            "view": view,
            "book": book,
            "issue": self.additions.edition,
            "about_edition": site.addresses.url(self.additions.about) if self.additions.about else "",
            "edition": site.edition,
            "licence": inline(book.licence, marks) if book.licence else "",
            "funder": inline(book.funder.text, marks) if book.funder else "",
            "language": language.tag,
            "content_security_policy": CONTENT_SECURITY_POLICY,
            "library_page": site.addresses.url(LIBRARY),
            "pack_page": site.addresses.url(MY_PACK) if any(True for _ in site.library.records) else "",
            "metadata": metadata_view(site, view) if view else None,
            "form": site.form_of(view.kind, view.id)
            if view and view.kind in {kind.name for kind in RECORD_KINDS}
            else "",
        }
