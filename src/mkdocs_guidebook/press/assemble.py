"""From units to one document: sources numbered in reading order, links understood, sources and terms at the end.

A unit's HTML does not depend on the document that it stands in. Here the units of one document are parsed,
their citations get the numbers of this document, and what they cite and which terms they use is listed at
the end of the unit or, for a book, of the document. The writers of PDF, EPUB and DOCX walk the result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import lxml.html
from lxml import etree

from mkdocs_guidebook.press.context import Document, Press, Unit, el, escape
from mkdocs_guidebook.press.pictures import read_pictures
from mkdocs_guidebook.problems import Problem

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Tree: TypeAlias = Any
"""An element of lxml, which has no types of its own."""


@dataclass(frozen=True)
class Leaf:
    """A unit of an assembled document, as a tree."""

    unit: Unit
    root: Tree


@dataclass(frozen=True)
class Mention:
    """How a document speaks of a place that a link leads to."""

    words: str
    """Such as recommendation 3.2; empty where the link's own words say enough."""
    inside: bool
    """Whether the place is in this document, so that it has a page number."""
    address: str = ""
    """Where it is on the web, for places outside the document."""


@dataclass
class Assembled:
    """A document as trees, with everything that its writers ask."""

    press: Press
    document: Document
    leaves: list[Leaf] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    """All places in the document, as ``path#anchor``, and the paths of its units."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Numbers of the sources that the document cites."""
    targets: set[str] = field(default_factory=set)
    """The places that a link of the document leads to."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures that it shows, by their paths in the project."""
    problems: list[Problem] = field(default_factory=list)
    """What keeps the document from being made."""

    def mention(self, href: str) -> Mention | None:
        """Return how the document speaks of an internal link; None for other links."""
        if not href.startswith("/"):
            return None
        library, language = self.press.library, self.press.language
        target = href[1:]
        path, _, anchor = target.partition("#")
        record = library.by_path.get(path)
        numbered = library.recommendations.get(f"{record.id}#{anchor}") if record and anchor else None
        words = ""
        if numbered:
            words = language("print.recommendation", number=numbered.number)
        elif record and record.kind.name == "chapter":
            words = language("print.chapter", n=library.chapter_numbers.get(record.id, 0))
        if target in self.anchors or (path in self.anchors and not anchor):
            return Mention(words, inside=True)
        page = {"data/glossary.yml": "glossary.md", "data/references.yml": "bibliography.md"}.get(path, path)
        if page.endswith((".yml", ".yaml")):
            page = page.split("/")[-1].replace(".yml", ".md")
        if "." not in page.rsplit("/", 1)[-1]:
            page = f"{page}/index.md".replace("_", "-")
        return Mention(words, inside=False, address=self.press.address(page, anchor))


@lru_cache(maxsize=512)
def _parsed(html: str) -> bytes:
    root = lxml.html.fragment_fromstring(html)
    for link in root.xpath("//a[contains(@class, 'headerlink')]"):
        link.drop_tree()
    return bytes(etree.tostring(root, encoding="utf-8"))


def parse(html: str) -> Tree:
    """Return one element of HTML as a tree of its own."""
    return etree.fromstring(_parsed(html))


def assemble(press: Press, document: Document) -> Assembled:
    """Return the trees of a document with numbered citations, its lists at the end, and its pictures."""
    assembled = Assembled(press, document)
    used: dict[str, None] = {}
    for unit in document.units:
        root = parse(unit.html)
        _number_citations(root, assembled.numbers if document.shared_lists else {}, assembled, root, document)
        terms = _terms(press, root)
        used.update(dict.fromkeys(terms))
        if not document.shared_lists:
            _append(root, words_section(press, terms))
        assembled.leaves.append(Leaf(unit, root))
    if document.shared_lists:
        _shared_lists(assembled, used)
    for leaf in assembled.leaves:
        assembled.anchors.add(leaf.unit.path)
        assembled.anchors |= {
            f"{leaf.unit.path}#{element.get('id')}" for element in leaf.root.iter() if element.get("id")
        }
        for link in leaf.root.iter("a"):
            href = link.get("href") or ""
            assembled.targets.add(href[1:] if href.startswith("/") else f"{leaf.unit.path}{href}")
        assembled.pictures |= read_pictures(press.library.root, leaf.unit, leaf.root, assembled.problems)
    return assembled


def _number_citations(
    root: Tree, numbers: dict[str, int], assembled: Assembled, leaf: Tree, document: Document
) -> None:
    for link in root.iter("a"):
        if "gb-cite" in (link.get("class") or "").split():
            id = link.get("href", "").removeprefix("#source-")
            number = numbers.setdefault(id, len(numbers) + 1)
            link.text = str(number)
            link.set("href", "/sources" if document.shared_lists else "")
            link.set("href", f"{link.get('href')}#source-{id}")
    if not document.shared_lists:
        _append(leaf, sources_section(assembled.press, numbers))


def _terms(press: Press, root: Tree) -> list[str]:
    """Return the ids of the terms that a unit marks; links to the glossary become such marks."""
    found: dict[str, None] = {}
    for link in root.iter("a"):
        path, _, id = (link.get("href") or "").partition("#")
        if path == "/data/glossary.yml" and id in press.library.terms:
            link.set("class", "gb-term")
            link.set("href", f"#term-{id}")
        if "gb-term" in (link.get("class") or "").split():
            found[link.get("href", "").removeprefix("#term-")] = None
    return list(found)


def _append(root: Tree, html: str) -> None:
    if html:
        root.append(parse(html))


def _shared_lists(assembled: Assembled, used: dict[str, None]) -> None:
    press, language = assembled.press, assembled.press.language
    for leaf in assembled.leaves:
        for link in leaf.root.iter("a"):
            if "gb-term" in (link.get("class") or "").split():
                link.set("href", f"/words{link.get('href')}")
    lists = [
        ("words", language("glossary.title"), words_section(press, list(used), bare=True)),
        ("sources", language("bibliography.title"), sources_section(press, assembled.numbers, bare=True)),
    ]
    for path, title, html in lists:
        if html:
            whole = el("article", el("header", el("h1", escape(title)), class_="gb-head"), html)
            unit = Unit(path=path, title=title, html=whole, kind="list", running=title)
            assembled.leaves.append(Leaf(unit, parse(whole)))


def sources_section(press: Press, numbers: dict[str, int], bare: bool = False) -> str:
    """Return the list of the numbered sources; empty where there are none."""
    known = sorted((number, id) for id, number in numbers.items() if id in press.library.references)
    if not known:
        return ""
    rows = [el("li", press.bibliography.html(id), id=f"source-{id}", value=number) for number, id in known]
    title = None if bare else el("h2", escape(press.language("sources.heading")), id="sources")
    return el("section", title, el("ol", rows), class_="gb-sources")


def words_section(press: Press, terms: list[str], bare: bool = False) -> str:
    """Return the definitions of the terms in the order of the alphabet; empty where there are none."""
    library = press.library
    known = sorted((library.terms[id].term.casefold(), id) for id in terms if id in library.terms)
    if not known:
        return ""
    write = press.writer("data/glossary.yml").without_terms()
    for _, id in known:
        if id not in press.definitions:
            press.definitions[id] = without_citations(write.inline(library.terms[id].definition))
    rows = [
        el("dt", escape(library.terms[id].term), id=f"term-{id}") + el("dd", press.definitions[id])
        for _, id in known
    ]
    title = None if bare else el("h2", escape(press.language("print.words")), id="words")
    return el("section", title, el("dl", rows), class_="gb-words")


def without_citations(html: str) -> str:
    """Return HTML without its citations: the sources of definitions stand in the glossary on the site."""
    if "gb-cites" not in html:
        return html
    root = lxml.html.fragment_fromstring(f"<div>{html}</div>")
    for group in root.xpath("//span[@class='gb-cites']"):
        group.drop_tree()
    text = str(etree.tostring(root, encoding="unicode"))
    return text.removeprefix("<div>").removesuffix("</div>").replace(" .", ".").replace(" ,", ",")
