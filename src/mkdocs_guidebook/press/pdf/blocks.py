"""Blocks: HTML elements → Typst markup. Every element that content can hold has a printed form here.

What has none is told with its place in the record's file and is written as its words, so that nothing is
ever silently dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import HEADINGS, Leaf, Tree
from mkdocs_guidebook.press.pdf import inline
from mkdocs_guidebook.press.pdf.cards import is_label, opened_and_closed
from mkdocs_guidebook.press.pdf.extent import is_short_card, room_of_items
from mkdocs_guidebook.press.pdf.inline import Place, inside, languaged
from mkdocs_guidebook.press.pdf.pictures import inside_text, picture
from mkdocs_guidebook.press.pdf.tables import table

BLOCKS = frozenset(
    (
        *HEADINGS,
        "article",
        "blockquote",
        "details",
        "div",
        "dl",
        "figure",
        "header",
        "hr",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    )
)
SHORT = 560
"""A paragraph of fewer characters, about seven lines, is kept on one page when it has notes."""


class BlockWriter:
    """Writes the tree of one unit."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.depth = 0
        """In how many boxes the writer is; a landscape page is possible in none only."""
        for element in place.leaf.root.iter("li"):
            if (element.get("id") or "").startswith("fn:"):
                place.notes[element.get("id", "")] = element

    def unit(self) -> str:
        """Return the whole unit."""
        return self.children(self.place.leaf.root)

    def children(self, element: Tree) -> str:
        """Return what stands inside an element, as blocks; loose text becomes paragraphs."""
        blocks: list[str] = []
        loose: list[str] = [inline.words(element.text)] if (element.text or "").strip() else []

        def close() -> None:
            if text := "".join(loose).strip():
                blocks.append(text)
            loose.clear()

        for child in element:
            if isinstance(child.tag, str):
                if child.tag in BLOCKS:
                    close()
                    blocks.append(self.block(child))
                else:
                    loose.append(inline.inline(self.place, child))
            if (child.tail or "").strip() or (loose and child.tail):
                loose.append(inline.words(child.tail))
        close()
        return "\n\n".join(block for block in blocks if block)

    def boxed(self, element: Tree) -> str:
        """Return what stands inside an element that becomes a box."""
        self.depth += 1
        try:
            return self.children(element)
        finally:
            self.depth -= 1

    def block(self, element: Tree) -> str:
        """Return an element as markup, with its anchor and language."""
        name = str(element.tag)
        if name == "img":
            return self._picture(element, None)
        if name == "li":
            return self.boxed(element)
        writer: Callable[[Tree], str] | None = getattr(self, f"_{name}", None)
        if name in HEADINGS:
            markup = self._heading(element)
        elif writer is None:
            self.place.refuse(element, name)
            return inside(self.place, element)
        else:
            markup = writer(element)
        if element.get("id") and name not in HEADINGS and name != "section":
            markup = f"{anchor}\n{markup}" if (anchor := self.place.anchor(element)) else markup
        return languaged(element, markup)

    # Structure

    def _heading(self, element: Tree) -> str:
        depth = int(str(element.tag)[1]) - 1
        level = depth + self.place.leaf.unit.level
        name = self.place.claim(element)
        return typst.call("part-heading", depth, level, anchor=name, body=inside(self.place, element))

    def _article(self, element: Tree) -> str:
        return self.children(element)

    def _header(self, element: Tree) -> str:
        """Write the opening of a unit: what stands in it is known, because `compose.parts.head` made it."""
        unit = self.place.leaf.unit
        named: dict[str, Any] = {
            "kind": unit.kind,
            "level": unit.level,
            "running": unit.running or unit.title,
        }
        facts = ""
        for child in element:
            classes = child.get("class") or ""
            if "gb-eyebrow" in classes:
                named["eyebrow"] = typst.content(inside(self.place, child))
            elif "gb-summary" in classes:
                named["summary"] = typst.content(inside(self.place, child))
            elif child.tag == "dl":
                facts = self.block(child)
        title = element.find("h1")
        body = inside(self.place, title) if title is not None else typst.text(unit.title)
        named["anchor"] = unit.path
        if unit.number:
            named["number"] = typst.content(typst.text(unit.number))
        return typst.call("unit-head", body=body, **named) + ("\n\n" + facts if facts else "")

    def _section(self, element: Tree) -> str:
        classes = (element.get("class") or "").split()
        if "gb-recommendation" in classes or "gb-exercise" in classes:
            return self._card(element, classes[0].removeprefix("gb-"))
        known = {
            "gb-key": "key-messages",
            "gb-panel": "panel",
            "gb-absent": "absent",
            "gb-small": "small-print",
            "gb-sources": "sources",
            "gb-words": "glossary",
            "gb-writing": "writing",
        }
        for name in classes:
            if name in known:
                if name == "gb-sources":
                    return self._sources(element)
                if name in ("gb-panel", "gb-key", "gb-absent"):
                    return typst.call(known[name], body="\n" + self.boxed(element) + "\n")
                return typst.call(known[name], body="\n" + self.children(element) + "\n")
        return self.children(element)

    def _card(self, element: Tree, kind: str) -> str:
        title, *rest = list(element)
        spans = {span.get("class"): inside(self.place, span) for span in title.iter("span")}
        level = int(str(title.tag)[1]) - 1 + self.place.leaf.unit.level
        whole = is_short_card(element)
        self.depth += 1
        blocks = [self.block(child) for child in rest]
        self.depth -= 1
        if not whole:
            blocks = opened_and_closed(rest, blocks)
        return typst.call(
            kind,
            label=typst.content(spans.get("gb-number", "")),
            advice=typst.content(spans.get("gb-advice", "")),
            level=level,
            anchor=self.place.claim(element),
            whole=whole,
            body="\n" + "\n\n".join(blocks) + "\n",
        )

    def _sources(self, element: Tree) -> str:
        head = [self.block(child) for child in element if child.tag in HEADINGS]
        items = [
            typst.content(self.place.anchor(item) + inside(replace(self.place, in_note=True), item))
            for item in element.iter("li")
        ]
        listed = "\n\n".join([*head, typst.call("source-list", *items)])
        return typst.call("sources", body=f"\n{listed}\n")

    def _div(self, element: Tree) -> str:
        classes = (element.get("class") or "").split()
        if "footnote" in classes:
            return ""  # each note stands where it is referred to
        if "admonition" in classes:
            return self._note_box(element, element.find("p[@class='admonition-title']"))
        if "tabbed-set" in classes:
            return self._tabs(element)
        if "highlight" in classes:
            return self._code(element)
        if "gb-lines" in classes:
            return typst.call("writing-lines", int(element.get("data-lines") or 4))
        if "gb-prompt" in classes:
            heading, *rest = list(element)
            level = 1 + self.place.leaf.unit.level
            title = typst.call("heading", level=level, body=inside(self.place, heading))
            return typst.call("prompt", body="\n\n".join([title, *map(self.block, rest)]))
        if "gb-index" in classes:
            return self._index(element)
        if "gb-fields" in classes:
            return typst.call(
                "name-fields", *[typst.content(inside(self.place, item)) for item in element.iter("span")]
            )
        return self.children(element)

    def _index(self, element: Tree) -> str:
        rows = []
        for row in element.iter("p"):
            link = row.find("a")
            if link is not None:
                number, _, rest = "".join(link.itertext()).partition(" ")
                rows.append((number, typst.content(typst.text(rest)), link.get("href", "")[1:]))
        return typst.call("recommendation-index", *rows)

    def _note_box(self, element: Tree, title: Tree | None) -> str:
        heading = inside(self.place, title) if title is not None else ""
        copy = [child for child in element if child is not title]
        self.depth += 1
        body = "\n\n".join(self._any(child) for child in copy)
        if title is None or element.tag == "details":
            body = inline.words(element.text) + body if (element.text or "").strip() else body
        self.depth -= 1
        kind = next((n for n in (element.get("class") or "").split() if n != "admonition"), "note")
        return typst.call("admonition", kind, typst.content(heading), body="\n" + body + "\n")

    def _any(self, element: Tree) -> str:
        markup = self.block(element) if element.tag in BLOCKS else inline.inline(self.place, element)
        return markup + (inline.words(element.tail) if (element.tail or "").strip() else "")

    def _details(self, element: Tree) -> str:
        return self._note_box(element, element.find("summary"))

    def _tabs(self, element: Tree) -> str:
        names = [inside(self.place, label) for label in element.iter("label")]
        blocks = element.findall("./div[@class='tabbed-content']/div[@class='tabbed-block']")
        return "\n\n".join(
            typst.call("tab", typst.content(name), body="\n" + self.boxed(block) + "\n")
            for name, block in zip(names, blocks, strict=False)
        )

    # Text

    def _p(self, element: Tree) -> str:
        classes = (element.get("class") or "").split()
        pictures = element.findall("img")
        if pictures and len(element) == len(pictures) and not "".join(element.itertext()).strip():
            return "\n\n".join(self._picture(picture, None) for picture in pictures)
        body = inside(self.place, element).strip()
        if not body:
            return ""
        for name, function in (
            ("gb-evidence", "evidence"),
            ("gb-note", "remark"),
            ("gb-missing", "missing"),
            ("gb-lead", "lead"),
            ("gb-eyebrow", "eyebrow"),
        ):
            if name in classes:
                return typst.call(function, body=body)
        if is_label(element):
            return typst.call("with-next", body=body)
        before = element.getprevious()
        alone = before is None or before.tag not in HEADINGS  # a heading stays with lines, not with a box
        if "#footnote(" in body and alone and not self.depth and len(inside_text(element)) < SHORT:
            return typst.call("kept", body=body)
        return body

    def _blockquote(self, element: Tree) -> str:
        return typst.call("quote", body="\n" + self.boxed(element) + "\n", block=True)

    def _pre(self, element: Tree) -> str:
        return typst.call("raw", "".join(element.itertext()).rstrip("\n"), block=True)

    def _code(self, element: Tree) -> str:
        """Write code with its title; of numbers beside it, which stand in a column of their own, none."""
        *_, code = element.iter("pre")
        title = next((span for span in element.iter("span") if span.get("class") == "filename"), None)
        name = typst.call("table-caption", body=inside(self.place, title)) if title is not None else ""
        return f"{name}\n\n{self._pre(code)}" if name else self._pre(code)

    def _hr(self, element: Tree) -> str:
        return typst.call("rule")

    def _ul(self, element: Tree) -> str:
        return self._list(element, "list")

    def _ol(self, element: Tree) -> str:
        return self._list(element, "enum")

    def _list(self, element: Tree, function: str) -> str:
        items = [child for child in element if child.tag == "li"]
        boxes = [self._box(item) for item in items]
        if any(box is not None for box in boxes):
            rows = [
                typst.code("task", box.get("checked") is not None, body=self.boxed(item))
                if box is not None
                else typst.content(self.boxed(item))
                for item, box in zip(items, boxes, strict=True)
            ]
            return typst.call("task-list", *rows)
        named: dict[str, Any] = {"tight": False}
        if function == "enum":
            if (element.get("start") or "").lstrip("-").isdigit():
                named["start"] = int(element.get("start", "1"))
            if element.get("reversed") is not None:
                named["reversed"] = True
        rows = []
        for item in items:
            body = self.place.anchor(item) + self.boxed(item)
            number = item.get("value") or ""
            if function == "enum" and number.isdigit():
                rows.append(typst.code("enum.item", int(number), body=body))
            else:
                rows.append(typst.content(languaged(item, body)))
        markup = typst.call(function, *rows, **named)
        before = element.getprevious()
        if before is None or before.tag not in HEADINGS or self.depth or len(items) == 1:
            return markup
        # Its first item does not stand alone below the heading.
        room = typst.Raw(f"{room_of_items(items):.0f}mm")
        return typst.call("begins", room, body=f"\n{markup}\n")

    @staticmethod
    def _box(item: Tree) -> Tree | None:
        """Return the box that an item begins with, and take it out of it."""
        parent = item
        while len(parent) and not (parent.text or "").strip():
            first = parent[0]
            if first.tag == "input" and first.get("type") == "checkbox":
                parent.text = (first.tail or "").lstrip()
                parent.remove(first)
                return first
            if first.tag not in ("p", "label", "span"):
                break  # what follows may have boxes of its own
            parent = first
        return None

    def _dl(self, element: Tree) -> str:
        pairs = self._pairs(element)
        facts = "gb-facts" in (element.get("class") or "")
        rows = [typst.Raw(f"([{term}], [{text}])") for term, text in pairs]
        return typst.call("fact-list" if facts else "definitions", *rows)

    def _pairs(self, element: Tree) -> list[tuple[str, str]]:
        pairs: list[tuple[list[str], list[str]]] = []
        for child in (part for group in element for part in (group if group.tag == "div" else [group])):
            if child.tag == "dt":
                term = self.place.anchor(child) + inside(self.place, child)
                if pairs and not pairs[-1][1]:
                    pairs[-1][0].append(term)
                else:
                    pairs.append(([term], []))
            elif child.tag == "dd" and pairs:
                pairs[-1][1].append(self.boxed(child))
        comma = typst.text(", ")
        return [(comma.join(terms), "\n\n".join(texts)) for terms, texts in pairs]

    # Pictures and tables

    def _figure(self, element: Tree) -> str:
        caption = element.find("figcaption")
        picture = next(element.iter("img"), None)
        if picture is not None:
            return self._picture(picture, inside(self.place, caption) if caption is not None else None)
        body = "\n\n".join(self._any(child) for child in element if child is not caption)
        return body + (f"\n\n{inside(self.place, caption)}" if caption is not None else "")

    def _picture(self, element: Tree, caption: str | None) -> str:
        return picture(self.place, element, caption)

    def _table(self, element: Tree) -> str:
        def anchor(row: Tree) -> str:
            return self.place.anchor(row)

        markup, wide = table(element, self.boxed, anchor)
        caption = element.find("caption")
        if caption is not None:
            markup = typst.call("table-caption", body=inside(self.place, caption)) + "\n\n" + markup
        if wide and not self.depth and self.place.assembled.document.layout != "matrix":
            return typst.call("landscape", body="\n" + markup + "\n")
        return markup


def write_unit(leaf: Leaf, place_of: Callable[[Leaf, Callable[[Tree], str]], Place]) -> str:
    """Return one unit as Typst markup."""
    writer: list[BlockWriter] = []
    place = place_of(leaf, lambda element: writer[0].block(element))
    writer.append(BlockWriter(place))
    return writer[0].unit()
