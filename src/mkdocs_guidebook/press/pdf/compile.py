"""A document → one PDF, with tags, language, bookmarks, and the same bytes for the same input."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any, Literal

import typst as engine

from mkdocs_guidebook.checks.printing import UNPRINTABLE
from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Assembled, Leaf, Tree, parse
from mkdocs_guidebook.press.context import Document, Press, Unit, el
from mkdocs_guidebook.press.pdf.blocks import write_unit
from mkdocs_guidebook.press.pdf.inline import Place
from mkdocs_guidebook.press.pdf.qr import qr_svg
from mkdocs_guidebook.press.pictures import path_of
from mkdocs_guidebook.press.refusals import PressFailed, unusable_picture, without_form
from mkdocs_guidebook.problems import Place as SourcePlace
from mkdocs_guidebook.problems import Problem

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
"""PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), in the names of typst-py."""
_REMEMBERED = 10
"""After so many documents Typst forgets what was of no use to them (typst-py calls `comemo::evict(10)`)."""
PAPERS = {"a4": "a4", "letter": "us-letter"}


SHEET_SIZES = tuple(f"#let sheet-size = {size}pt" for size in ("9.3", "9", "8.7"))
"""A practice sheet is set in the largest of these sizes in which it has the fewest pages."""


@cache
def _style() -> str:
    return (resources.files(__package__) / "style.typ").read_text("utf-8")


@cache
def _fonts() -> engine.Fonts:
    """Return our fonts and those that Typst brings along, none of the system's."""
    with resources.as_file(resources.files("mkdocs_guidebook.press") / "fonts") as fonts:
        return engine.Fonts(include_system_fonts=False, font_paths=[str(fonts)])


def has_typeset() -> bool:
    """Whether this process has typeset before: then copies of it cannot, for want of the threads of Typst."""
    return _fonts.cache_info().currsize > 0


def forget() -> None:
    """Make Typst forget what it worked out for earlier documents: of use to none but themselves, and 300 MB for a book.

    It forgets what was of no use to some documents that followed; here they are empty.
    """
    compiler = engine.Compiler(b"", font_paths=_fonts())
    for _ in range(_REMEMBERED + 1):
        compiler.compile(b"", format="pdf")


def typst_source(assembled: Assembled) -> str:
    """Return a document as Typst; what in it has no printed form is added to its problems."""
    press, document = assembled.press, assembled.document

    def place_of(leaf: Leaf, block: Callable[[Tree], str]) -> Place:
        return Place(
            assembled,
            leaf,
            refuse=lambda element, name: assembled.problems.append(without_form(leaf.unit, element, name)),
            block=block,
        )

    parts = [
        SHEET_SIZES[0],
        f"#let layout-name = {typst.literal(document.layout)}",
        _style(),
        _opening(press, document),
        *_front(press, document, assembled, place_of),
    ]
    for number, leaf in enumerate(assembled.leaves):
        written = write_unit(leaf, place_of)
        if number == 0 and not document.has_cover:
            written = written.replace("#unit-head(", "#unit-head(first: true, ", 1)
        parts.append(written)
    return "\n\n".join(parts) + "\n"


def _opening(press: Press, document: Document) -> str:
    language = press.language
    tag, *rest = language.tag.split("-")
    url = document.url
    short = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    named: dict[str, Any] = {
        "title": document.title,
        "author": list(document.authors),
        "description": document.summary,
        "language": tag,
        "region": next((part for part in rest if len(part) == 2), None),
        "paper": PAPERS[press.paper],
        "duplex": document.has_cover,
        "edition": press.edition,
        "date": language.date(press.date),
        "short": short,
        "head": document.title if document.has_cover else press.library.book.title,
        "qr": qr_svg(url) if url else None,
        "names": {
            "page": language("print.page", n="{n}"),
            "page-of": language("print.page_of", page="{page}", total="{total}"),
            "code": language("print.code"),
            "code-note": language("print.code_note"),
        },
    }
    names = named.pop("names")
    assert isinstance(names, dict)  # noqa: S101
    quoted = (
        "(" + "".join(f"{typst.literal(key)}: {typst.value(item)}, " for key, item in names.items()) + ")"
    )
    call = typst.call("document-style.with", **named)
    return f"#show: {call[1:-1]}, names: {quoted})"


def _front(
    press: Press,
    document: Document,
    assembled: Assembled,
    place_of: Callable[[Leaf, Callable[[Tree], str]], Place],
) -> list[str]:
    """Return cover, imprint and contents, for documents that have them."""
    if not document.has_cover:
        return []
    book, language = press.library.book, press.language

    def optional(text: str) -> object:
        return typst.content(typst.text(text)) if text else None

    cover = typst.call(
        "cover",
        title=typst.content(typst.text(document.title)),
        subtitle=optional(document.subtitle),
        summary=optional(document.summary),
        edition=typst.content(typst.text(f"{press.edition}, {language.date(press.date)}")),
        publisher=optional(book.publisher or ""),
    )
    pages = [cover]
    if document.imprint:
        html = el("article", [el("p", paragraph) for paragraph in document.imprint])
        unit = Unit("print/imprint", document.title, html, "imprint")
        body = write_unit(Leaf(unit, parse(html)), place_of)
        pages.append(typst.call("imprint", body=f"\n{body}\n"))
    depth = 2 if document.kind == "guidebook" else 1
    pages.append(typst.call("contents", language("print.contents"), depth))
    return pages


def compile_pdf(assembled: Assembled, source: str) -> bytes:
    """Return a document's Typst markup as PDF; raise `PressFailed` where Typst refuses it."""
    if assembled.document.layout != "sheet":
        return _compile(assembled, source)
    best, fewest = b"", math.inf
    for size in SHEET_SIZES:
        made = _compile(assembled, source.replace(SHEET_SIZES[0], size, 1))
        pages = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", made)
        if (count := int(pages[1]) if pages else 1) < fewest:
            best, fewest = made, count
        if fewest == 1:
            break
    return best


def _compile(assembled: Assembled, source: str) -> bytes:
    press = assembled.press
    stamp = datetime.datetime.combine(press.date, datetime.time(), datetime.UTC)
    try:
        result = engine.Compiler(root=str(press.library.root), font_paths=_fonts()).compile(
            source.encode(), format="pdf", pdf_standards=[*STANDARDS], timestamp=int(stamp.timestamp())
        )
    except engine.TypstError as error:
        raise PressFailed(_typst_problems(assembled, error)) from error
    assert isinstance(result, bytes)  # noqa: S101
    return result


def _typst_problems(assembled: Assembled, error: engine.TypstError) -> list[Problem]:
    """Return why Typst refuses a document: pictures that it refuses alone, too, or what it says."""
    faults = {path: fault for path in assembled.pictures if (fault := _fault(assembled.press, path))}
    refused = {
        path: unusable_picture(leaf.unit, path, element.get("alt") or "", f"cannot be read: {faults[path]}")
        for leaf in assembled.leaves
        for element in leaf.root.iter("img")
        if (path := path_of(element)) in faults
    }
    if refused:
        return list(refused.values())
    document = assembled.document
    record = next((unit.record for unit in document.units if unit.record is not None), None)
    path = record.path if record is not None else "guidebook/book.yml"
    hints = " ".join(error.hints)
    return [
        Problem(
            UNPRINTABLE,
            SourcePlace(path),
            f"the document `{document.id}` cannot be typeset: {error.message}",
            hints or "If the message names a character, replace it; otherwise report this as a fault.",
        )
    ]


def _fault(press: Press, path: str) -> str:
    """Return why Typst refuses a picture; empty where it takes it."""
    try:
        draw(press, path, "svg")
    except engine.TypstError as error:
        return error.message
    return ""


def draw(press: Press, path: str, form: Literal["png", "svg"]) -> bytes:
    """Return a picture of the project drawn by Typst; raise `typst.TypstError` where it cannot be."""
    page = f"#set page(width: auto, height: auto, margin: 0pt)\n{typst.call('image', f'/{path}')}\n"
    compiler = engine.Compiler(root=str(press.library.root), font_paths=_fonts())
    drawn = compiler.compile(page.encode(), format=form, ppi=200)
    return drawn[0] if isinstance(drawn, list) else drawn or b""
