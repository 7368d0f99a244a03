"""What the theme's frame shows around the content of a page: navigation, contents, edition, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER
from mkdocs_guidebook.content.kinds.common import RecordFields
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.markup.marks import Marks
from mkdocs_guidebook.site.addresses import asset_of, page_of
from mkdocs_guidebook.site.pages import PageSpec
from mkdocs_guidebook.site.views.base import PageView, Site, entry_name

_LARGE_COLLECTION = 40
"""Records of larger collections are reached through their lists, not through the navigation."""


@dataclass(frozen=True)
class Frame:
    """The frame of all pages."""

    site: Site

    def navigation(self, pages: dict[str, PageSpec]) -> list[Any]:
        """Return the navigation for mkdocs.yml's `nav`: from the book, its collections and hand-written pages.

        The order is that of the ways in on the home page; what they do not name follows.
        """
        library, language = self.site.library, self.site.language
        nav: list[Any] = [{language("site.home"): "index.md"}]
        collections: dict[str, tuple[str, Sequence[Record[RecordFields]]]] = {
            asset_of(CHAPTER.folder): (language("guidebook.title"), library.chapters),
            asset_of(ARTICLE.folder): (language("articles.title"), library.articles),
            asset_of(ACTIVITY.folder): (language("activities.title"), library.activities),
        }
        hand_written = {
            page_of(record.path): entry_name(library, record)
            for record in library.pages
            if "/" not in page_of(record.path) and page_of(record.path) != "index.md"
        }
        order: list[str] = []
        for way in library.book.ways_in:
            name = page_of(way.link.rstrip("/"))
            order.append(name if name in hand_written else asset_of(way.link.rstrip("/")))
        order += [name for name in (*collections, *hand_written) if name not in order]
        late = ("about.md", "contribute.md", "accessibility.md")
        order.sort(key=lambda name: name in late)
        data = {
            name: title
            for name in ("glossary", "references", "organisations")
            if name in library.entries
            for title in [language(f"{'bibliography' if name == 'references' else name}.title")]
        }
        for name in order:
            if name in late and data:
                nav += [{title: self.site.addresses.data_page(kind)} for kind, title in data.items()]
                data = {}
            if name in hand_written:
                nav.append({hand_written[name]: name})
            elif name in collections:
                title, records = collections[name]
                shown = records if len(records) <= _LARGE_COLLECTION else []
                nav.append(
                    {title: [{title: name}, *({record.data.title: page_of(record.path)} for record in shown)]}
                )
        nav += [{title: self.site.addresses.data_page(kind)} for kind, title in data.items()]
        return nav

    def context(self, view: PageView | None) -> dict[str, Any]:
        """Return what the theme's templates are given beside MkDocs's own context."""
        site = self.site
        book, language = site.library.book, site.language
        if book.edition == "dev":
            edition = language("site.development_edition", date=language.date(site.today))
        elif book.released:
            edition = language("site.released", edition=book.edition, date=language.date(book.released))
        else:
            edition = language("site.edition", edition=book.edition)
        inline = site.converter.inline
        marks = Marks(resolve=lambda target, _: target)
        return {
            "t": language,
            "view": view,
            "book": book,
            "edition": edition,
            "licence": inline(book.licence, marks) if book.licence else "",
            "funder": inline(book.funder.text, marks) if book.funder else "",
            "language": language.tag,
        }
