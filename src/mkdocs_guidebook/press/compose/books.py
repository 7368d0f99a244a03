"""The whole guidebook, and packs: documents of many units with a cover and contents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_guidebook.content.data.book import Pack
from mkdocs_guidebook.press.compose import lists
from mkdocs_guidebook.press.compose.parts import head, listed
from mkdocs_guidebook.press.context import Document, Press, Unit, el, escape, table

if TYPE_CHECKING:
    from mkdocs_guidebook.press.catalogue import Catalogue


def imprint(press: Press) -> tuple[str, ...]:
    """Return what stands on the back of the cover, as HTML paragraphs."""
    book, language = press.library.book, press.language
    write = press.writer("guidebook/book.yml").without_terms()
    rows = [
        el("b", escape(book.title)) + (f"<br/>{escape(book.subtitle)}" if book.subtitle else ""),
        escape(f"{press.edition}, {language.date(press.date)}"),
        escape(book.publisher or ""),
        write.inline(book.licence) if book.licence else "",
        write.inline(book.funder.text) if book.funder else "",
    ]
    if press.base_url:
        address = f'<a class="gb-address" href="{escape(press.base_url)}">{escape(press.base_url)}</a>'
        rows.append(language("print.current_version", address=address))
    return tuple(row for row in rows if row)


def whole_units(catalogue: Catalogue) -> Document:
    """Return the guidebook: parts with their chapters, then index, glossary and bibliography."""
    press = catalogue.press
    library, language = press.library, press.language
    book = library.book
    units: list[Unit] = []
    known = {part.id for part in book.parts}
    for number, part in enumerate(book.parts, 1):
        chapters = [chapter for chapter in library.chapters if chapter.data.part == part.id]
        if not chapters:
            continue
        links = [el("a", escape(chapter.data.title), href=f"/{chapter.path}") for chapter in chapters]
        units.append(
            Unit(
                path=f"print/part-{part.id}",
                title=part.title,
                html=el(
                    "article",
                    head(part.title, eyebrow=language("print.part", n=number), summary=part.summary or ""),
                    el("p", el("b", escape(language("print.chapters_here")), class_="gb-label")),
                    listed("ul", links),
                ),
                kind="part",
                running=part.title,
            )
        )
        units += [replace(catalogue.record_unit(chapter.path), level=2) for chapter in chapters]
    units += [
        catalogue.record_unit(chapter.path) for chapter in library.chapters if chapter.data.part not in known
    ]
    if library.recommendations:
        units.append(catalogue.unit("index", lambda: lists.recommendation_index(press)))
    return Document(
        id="guidebook",
        kind="guidebook",
        title=book.title,
        subtitle=book.subtitle or "",
        summary=book.description,
        units=tuple(units),
        url=press.address("index.md"),
        imprint=imprint(press),
        has_cover=True,
        shared_lists=True,
        authors=(book.publisher,) if book.publisher else (),
    )


def pack_units(catalogue: Catalogue, pack: Pack) -> Document:
    """Return a pack: agenda, chapters, practice sheets, facilitator's guides and worksheets, with contents."""
    press = catalogue.press
    library, language = press.library, press.language
    units: list[Unit] = []
    if pack.agenda:
        units.append(agenda(press, pack))
    chapters = {chapter.id: chapter for chapter in library.chapters}
    units += [catalogue.record_unit(chapters[id].path) for id in pack.chapters if id in chapters]
    records = {
        f"{record.kind.name}s/{record.id}": record for record in (*library.articles, *library.activities)
    }
    for name, ids in (("articles", pack.articles), ("activitys", pack.activities)):
        found = [records[f"{name}/{id}"] for id in ids if f"{name}/{id}" in records]
        units += [catalogue.record_unit(record.path) for record in found]
    for kind, addresses in (("facilitator", pack.guides), ("worksheet", pack.worksheets)):
        for address in addresses:
            chapter_id, _, exercise_id = address.partition("#")
            chapter = chapters.get(chapter_id)
            exercise = next(
                (item for item in chapter.data.exercises if item.id == exercise_id) if chapter else iter(()),
                None,
            )
            if chapter and exercise:
                units.append(catalogue.handout(kind, chapter, exercise))
    unique = {
        unit.path: replace(unit, level=1, number=unit.number or _kind_word(press, unit)) for unit in units
    }
    return Document(
        id=f"pack-{pack.id}",
        kind="pack",
        title=pack.title,
        subtitle=language("print.pack"),
        summary=pack.summary or "",
        units=tuple(unique.values()),
        url=press.address("index.md"),
        imprint=imprint(press),
        has_cover=True,
        shared_lists=True,
        authors=(library.book.publisher,) if library.book.publisher else (),
    )


def _kind_word(press: Press, unit: Unit) -> str:
    """Return what the contents of a pack say behind the title of a handout."""
    known = {
        "worksheet": "print.worksheet",
        "facilitator": "print.facilitator",
        "activity": "print.practice_sheet",
    }
    return press.language(known[unit.kind]) if unit.kind in known else ""


def agenda(press: Press, pack: Pack) -> Unit:
    """Return the agenda of a pack."""
    language = press.language
    write = press.writer("guidebook/book.yml").without_terms()
    rows = [
        el(
            "tr",
            el("th", escape(item.time), scope="row"),
            el("td", write.inline(item.text)),
        )
        for item in pack.agenda
    ]
    headers = (language("print.from_to"), language("print.what"))
    title = language("print.agenda")
    return Unit(
        path=f"print/agenda-{pack.id}",
        title=title,
        html=el(
            "article",
            head(title, eyebrow=pack.title),
            table("gb-agenda", headers, rows),
        ),
        kind="list",
        running=title,
    )
