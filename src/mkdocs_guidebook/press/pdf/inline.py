"""Text within paragraphs: HTML elements → Typst markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Assembled, Leaf, Tree

SPACE = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE, _REGION = re.compile(r"[a-z]{2,3}"), re.compile(r"[a-z]{2}")
"""What Typst takes for a language and a region; script and variant it cannot say."""
_BREAKS = re.compile(r"(?<=[/?&=._-])(?=[^\s/])")

TRANSPARENT = frozenset(("span", "label", "bdi", "u"))
WRAPPED = {
    "em": "emph",
    "i": "emph",
    "cite": "emph",
    "strong": "strong",
    "b": "strong",
    "sub": "sub",
    "sup": "super",
    "del": "strike",
    "s": "strike",
    "ins": "underline",
    "mark": "marked",
    "small": "smaller",
}
"""Elements that one function of Typst, or of our style, stands for."""


@dataclass
class Place:
    """Where the writer is, and what it has met in this unit."""

    assembled: Assembled
    leaf: Leaf
    refuse: Callable[[Tree, str], None]
    """Is told what has no printed form."""
    block: Callable[[Tree], str]
    """Writes an element that is a block of its own."""
    notes: dict[str, Tree] = field(default_factory=dict)
    """The unit's footnotes by id."""
    noted: set[str] = field(default_factory=set)
    """Footnotes and addresses that have been written."""
    abbreviations: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    """Places that have been marked."""
    in_note: bool = False

    def label(self, anchor: str) -> str:
        """Return the name of a place of this unit."""
        return f"{self.leaf.unit.path}#{anchor}" if anchor else self.leaf.unit.path

    def claim(self, element: Tree) -> str:
        """Return the name of an element's place if something leads there and nobody has written it yet."""
        name = self.label(element.get("id") or "")
        if not element.get("id") or name not in self.assembled.targets or name in self.claimed:
            return ""
        self.claimed.add(name)
        return name

    def anchor(self, element: Tree) -> str:
        """Return an invisible mark for the place of an element; empty where nothing leads there."""
        name = self.claim(element)
        return typst.anchor(name) if name else ""


def inside(place: Place, element: Tree) -> str:
    """Return what stands inside an element as markup for one paragraph."""
    children = list(element)
    parts = [words(element.text, *children[:1])]
    for number, child in enumerate(children, 1):
        if isinstance(child.tag, str):
            parts.append(inline(place, child))
        parts.append(words(child.tail, *children[number : number + 1]))
    return "".join(parts)


def words(text: str | None, before: Tree = None) -> str:
    """Return a piece of text as markup, its white space folded; a citation that it stands before is not left alone."""
    if not text:
        return ""
    folded = SPACE.sub(" ", text)
    if before is not None and "gb-cites" in (before.get("class") or "") and folded.endswith(" "):
        folded = folded[:-1] + "\N{NO-BREAK SPACE}"
    return typst.text(folded)


def languaged(element: Tree, markup: str) -> str:
    """Return markup in the language and direction that its element names."""
    named: dict[str, Any] = {}
    language, *rest = (element.get("lang") or "").lower().split("-")
    if _LANGUAGE.fullmatch(language):
        named["lang"] = language
        named["region"] = next((part.upper() for part in rest if _REGION.fullmatch(part)), None)
    if element.get("dir") in ("ltr", "rtl"):
        named["dir"] = typst.Raw(str(element.get("dir")))
    return typst.call("text", body=markup, **named) if named and markup else markup


def inline(place: Place, element: Tree) -> str:
    """Return an element within a paragraph as markup."""
    markup = _inline(place, element)
    if element.get("id") and element.tag != "a" and not element.get("id", "").startswith("fnref"):
        markup = place.anchor(element) + markup
    return languaged(element, markup)


def _inline(place: Place, element: Tree) -> str:
    name = element.tag
    classes = (element.get("class") or "").split()
    if "footnote-ref" in classes:
        return _footnote(place, element)
    if name == "sup" and element.find("a[@class='footnote-ref']") is not None:
        return inside(place, element)
    if name == "span" and "gb-cites" in classes:
        return typst.call("cites", body=inside(place, element))
    if name == "b" and "gb-label" in classes:
        return typst.call("label-text", body=inside(place, element))
    if name in WRAPPED:
        body = inside(place, element)
        return typst.call(WRAPPED[name], body=body) if body else ""
    match name:
        case "a":
            return link(place, element)
        case "code" | "kbd":
            return typst.call("raw", SPACE.sub(" ", "".join(element.itertext())))
        case "br":
            return typst.call("linebreak")
        case "wbr":
            return typst.text("\N{ZERO WIDTH SPACE}")
        case "q":
            return typst.call("quote", body=inside(place, element), block=False)
        case "abbr":
            return _abbreviation(place, element)
        case "bdo":
            return inside(place, element)
        case "img":
            return typst.call("box", body=place.block(element))
        case "input" if element.get("type") == "checkbox":
            return typst.call("tick", element.get("checked") is not None)
    if name in TRANSPARENT:
        return inside(place, element)
    place.refuse(element, str(name))
    return inside(place, element)


def _footnote(place: Place, element: Tree) -> str:
    id = element.get("href", "").removeprefix("#")
    note = place.notes.get(id)
    if note is None:
        return ""
    label = typst.Raw(f"label({typst.literal('note:' + place.label(id))})")
    if id in place.noted:
        return typst.call("footnote", label)
    place.noted.add(id)
    place.in_note = True
    body = place.block(note)
    place.in_note = False
    return typst.call("footnote", body=body) + typst.call("label", f"note:{place.label(id)}")


def _abbreviation(place: Place, element: Tree) -> str:
    short, long = inside(place, element), element.get("title")
    key = "".join(element.itertext())
    if not long or key in place.abbreviations:
        return short
    place.abbreviations.add(key)
    return f"{short}{typst.text(f' ({long})')}"


def link(place: Place, element: Tree) -> str:
    """Return a link: with its page inside the document, with a note of its address outside it."""
    href = element.get("href") or ""
    classes = (element.get("class") or "").split()
    body = inside(place, element)
    own = place.anchor(element)
    if "footnote-backref" in classes or not body:
        return own
    if href.startswith("#"):
        name = place.label(href[1:])
        if name not in place.assembled.anchors:
            return own + body
        if "gb-cite" in classes or "gb-term" in classes:
            return own + typst.call("cite-link" if "gb-cite" in classes else "term-link", name, body=body)
        return own + typst.call("page-link", name, "", body=body)
    mention = place.assembled.mention(href)
    if mention is None:
        return own + _web(place, href, body, "".join(element.itertext()))
    name = href[1:]
    said = says("".join(element.itertext()), mention.words)
    if mention.inside:
        if "gb-cite" in classes:
            return own + typst.call("cite-link", name, body=body)
        if "gb-term" in classes:
            return own + typst.call("term-link", name, body=body)
        return own + typst.call("page-link", name, "" if said else mention.words, body=body)
    if mention.address:
        return own + _web(place, mention.address, body, "", mention.words)
    return own + body + (typst.text(f" ({mention.words})") if mention.words and not said else "")


def says(text: str, words: str) -> bool:
    """Whether a link's own text tells already what it leads to: in words, or by the number that it begins with."""
    number = words.rpartition(" ")[2]
    return words.casefold() in text.casefold() or text.split()[:1] == [number]


def _web(place: Place, href: str, body: str, text: str, prefix: str = "") -> str:
    """Return a link to the web; its address is printed in a note unless it is the link's own words."""
    shown = href.removeprefix("mailto:").removeprefix("tel:")
    if text.strip() in (href, shown):
        breakable = "\N{ZERO WIDTH SPACE}".join(_BREAKS.split(text.strip()))
        return typst.call("web-link", href, body=typst.text(breakable))
    marked = typst.call("web-link", href, body=body)
    if href in place.noted or place.in_note:
        return marked if href in place.noted else f"{marked}{typst.text(f' ({shown})')}"
    place.noted.add(href)
    breakable = "\N{ZERO WIDTH SPACE}".join(_BREAKS.split(shown))
    lead = f"{prefix[:1].upper()}{prefix[1:]}: " if prefix else ""
    note = typst.text(lead) + typst.call("web-link", href, body=typst.text(breakable))
    return marked + typst.call("footnote", body=note)
