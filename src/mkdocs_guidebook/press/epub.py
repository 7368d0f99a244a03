"""EPUB 3.3 from the same HTML: a plain zip with fixed dates, so that the same input gives the same bytes.

Each unit becomes one XHTML file. Accessibility metadata follow EPUB Accessibility 1.1 and schema.org.
"""

from __future__ import annotations

import copy
import datetime
import html
import io
import re
import uuid
import zipfile
from pathlib import PurePosixPath

from lxml import etree

from mkdocs_guidebook.press.assemble import HEADINGS, Assembled, Leaf, Tree
from mkdocs_guidebook.press.context import Document, Press
from mkdocs_guidebook.press.pictures import path_of

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag of BCP 47, as far as texts have use for it."""
_NAMESPACE = uuid.UUID("5f2c3a52-7d0e-5b0a-9e55-3f4c8b7d1a20")
_STYLE = """\
body { font-family: sans-serif; line-height: 1.5; }
h1, h2, h3, h4 { font-family: serif; line-height: 1.2; }
.gb-eyebrow, .gb-number { display: block; font-family: sans-serif; font-size: 0.85em; font-weight: bold; }
.gb-summary { font-size: 1.1em; }
.gb-evidence, .gb-note, .gb-cites, small { font-size: 0.85em; }
.gb-recommendation, .gb-exercise { border-left: 0.2em solid; padding-left: 1em; margin: 1.5em 0; break-inside: avoid; }
.gb-key, .gb-panel, .gb-absent, .admonition { border: 1px solid; padding: 0 1em; margin: 1em 0; }
.gb-missing { font-style: italic; }
.task-list { list-style: none; padding-left: 0; }
.footnote { font-size: 0.9em; border-top: 1px solid; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: 0.3em 0.6em 0.3em 0; text-align: left; vertical-align: top; }
.gb-right { text-align: right; }
img { max-width: 100%; }
dt { font-weight: bold; }
"""


def epub_parts(assembled: Assembled) -> dict[str, bytes]:
    """Return the files of the EPUB by their names, in the order in which they are packed."""
    press, document = assembled.press, assembled.document
    names = {leaf.unit.path: f"text-{number:02}.xhtml" for number, leaf in enumerate(assembled.leaves, 1)}
    pictures: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    for leaf in assembled.leaves:
        texts[names[leaf.unit.path]] = _xhtml(assembled, leaf, names, pictures)
    parts: dict[str, bytes] = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _container().encode(),
        "EPUB/package.opf": _package(press, document, list(texts), pictures).encode(),
        "EPUB/nav.xhtml": _navigation(assembled, names).encode(),
        "EPUB/style.css": _STYLE.encode(),
        "EPUB/title.xhtml": _title_page(press, document).encode(),
    }
    parts |= {f"EPUB/{name}": data for name, data in texts.items()}
    parts |= {f"EPUB/{name}": assembled.pictures[path] for path, name in pictures.items()}
    return parts


def write_epub(press: Press, parts: dict[str, bytes]) -> bytes:
    """Return the files as one EPUB; the mimetype stands first and is not compressed."""
    out = io.BytesIO()
    date = press.date
    moment = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return out.getvalue()


def _xhtml(assembled: Assembled, leaf: Leaf, names: dict[str, str], pictures: dict[str, str]) -> bytes:
    root = copy.deepcopy(leaf.root)
    own = names[leaf.unit.path]
    seen: set[str] = set()
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        _tidy(element)
        if id := element.get("id"):
            if id in seen:
                del element.attrib["id"]
            seen.add(id)
            if "id" in element.attrib:
                element.set("id", _id(id))
        if element.tag == "a" and element.get("href"):
            _link(assembled, element, leaf, names, own)
        elif element.tag == "img":
            _picture(element, pictures)
    _plain_headings(root)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = f"{{{XHTML}}}{element.tag}"
    _semantics(root)
    language = assembled.press.language
    page = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML, "epub": OPS})
    page.set("lang", language.tag)
    page.set("{http://www.w3.org/XML/1998/namespace}lang", language.tag)
    head = etree.SubElement(page, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = leaf.unit.title
    etree.SubElement(head, f"{{{XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    body = etree.SubElement(page, f"{{{XHTML}}}body")
    body.append(root)
    etree.cleanup_namespaces(page, keep_ns_prefixes=["epub"])
    written: bytes = etree.tostring(page, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return written


def _tidy(element: Tree) -> None:
    """Take away what XHTML of EPUB does not know, and turn boxes and lines into words and rules."""
    for name in list(element.attrib):
        if str(name).startswith("data-") or name in ("loading", "for", "name"):
            del element.attrib[name]
    if element.get("lang") and not _LANGUAGE.fullmatch(element.get("lang", "")):
        del element.attrib["lang"]
    if element.get("lang"):
        element.set("{http://www.w3.org/XML/1998/namespace}lang", element.get("lang", ""))
    if element.tag == "input":
        ticked = element.get("checked") is not None
        kind = element.get("type")
        element.tag = "span"
        element.attrib.clear()
        element.set("aria-hidden", "true")
        element.text = ("☑ " if ticked else "☐ ") if kind == "checkbox" else ""
    elif element.tag == "label":
        element.tag = "span"
    elif element.tag == "details":
        element.tag = "div"
        element.attrib.pop("open", None)
    elif element.tag == "summary":
        element.tag = "p"
        element.set("class", "gb-label")
    elif element.tag == "ol" and "reversed" in element.attrib:
        element.set("reversed", "reversed")
    if element.get("aria-describedby"):
        del element.attrib["aria-describedby"]
    if element.tag == "div" and element.get("class") == "gb-scroll":
        element.attrib.clear()


def _link(assembled: Assembled, element: Tree, leaf: Leaf, names: dict[str, str], own: str) -> None:
    href = element.get("href", "")
    if href.startswith("#"):
        if f"{leaf.unit.path}{href}" in assembled.anchors:
            element.set("href", f"#{_id(href[1:])}")
        else:
            del element.attrib["href"]
        return
    mention = assembled.mention(href)
    if mention is None:
        return
    if mention.inside:
        path, _, anchor = href[1:].partition("#")
        target = names[path]
        element.set(
            "href", (target if target != own or not anchor else "") + (f"#{_id(anchor)}" if anchor else "")
        )
    elif mention.address:
        element.set("href", mention.address)
    else:
        del element.attrib["href"]


def _id(anchor: str) -> str:
    """Return an anchor as an XML name."""
    name = "".join(char if char.isalnum() or char in "-_." else "_" for char in anchor)
    return name if name[:1].isalpha() or name[:1] == "_" else f"_{name}"


def _picture(element: Tree, pictures: dict[str, str]) -> None:
    path = path_of(element)
    name = pictures.setdefault(path, f"picture-{len(pictures) + 1:02}{PurePosixPath(path).suffix.lower()}")
    element.set("src", name)
    element.set("alt", element.get("alt") or "")


def _plain_headings(root: Tree) -> None:
    """Name sections by their headings where they are cards, so that readers can move from card to card."""
    for number, section in enumerate(root.iter("section"), 1):
        heading = next((child for child in section if child.tag in HEADINGS), None)
        if heading is not None:
            if not heading.get("id"):
                heading.set("id", f"heading-{number}")
            section.set("aria-labelledby", heading.get("id", ""))


def _semantics(root: Tree) -> None:
    kinds = {"footnote": ("footnotes", "doc-endnotes"), "gb-sources": ("bibliography", "doc-bibliography")}
    for element in root.iter(f"{{{XHTML}}}div", f"{{{XHTML}}}section"):
        for name, (kind, role) in kinds.items():
            if element.get("class") == name and element.tag.endswith("section"):
                element.set(f"{{{OPS}}}type", kind)
                element.set("role", role)
    for link in root.iter(f"{{{XHTML}}}a"):
        if "footnote-ref" in (link.get("class") or ""):
            link.set(f"{{{OPS}}}type", "noteref")
            link.set("role", "doc-noteref")


def _container() -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
        '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
        "</container>\n"
    )


def _package(press: Press, document: Document, texts: list[str], pictures: dict[str, str]) -> str:
    language, book = press.language, press.library.book
    identity = f"{book.title}|{document.id}|{book.edition}|{press.date.isoformat()}"
    stamp = datetime.datetime.combine(press.date, datetime.time()).isoformat() + "Z"
    creators = "".join(f"<dc:creator>{html.escape(name)}</dc:creator>\n" for name in document.authors)
    items = ['<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>']
    items.append('<item id="style" href="style.css" media-type="text/css"/>')
    items.append('<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>')
    items += [f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>' for name in texts]
    items += [
        f'<item id="{name.split(".")[0]}" href="{name}" media-type="{_TYPES[PurePosixPath(name).suffix]}"/>'
        for name in pictures.values()
    ]
    spine = "".join(f'<itemref idref="{name[:-6]}"/>\n' for name in texts)
    modes = ["textual", *(["visual"] if pictures else [])]
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "alternativeText"]
    access = [f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes]
    access.append('<meta property="schema:accessModeSufficient">textual</meta>')
    access += [f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in features]
    access.append('<meta property="schema:accessibilityHazard">none</meta>')
    summary = html.escape(language("print.accessibility"))
    access.append(f'<meta property="schema:accessibilitySummary">{summary}</meta>')
    publisher = f"<dc:publisher>{html.escape(book.publisher)}</dc:publisher>\n" if book.publisher else ""
    description = (
        f"<dc:description>{html.escape(document.summary)}</dc:description>\n" if document.summary else ""
    )
    source = f"<dc:source>{html.escape(document.url)}</dc:source>\n" if document.url else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{html.escape(language.tag)}" prefix="schema: http://schema.org/">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(_NAMESPACE, identity)}</dc:identifier>\n'
        f"<dc:title>{html.escape(document.title)}</dc:title>\n"
        f"<dc:language>{html.escape(language.tag)}</dc:language>\n"
        f"<dc:date>{press.date.isoformat()}</dc:date>\n"
        f'{creators}{publisher}{description}{source}<meta property="dcterms:modified">{stamp}</meta>\n'
        + "\n".join(access)
        + "\n</metadata>\n<manifest>\n"
        + "\n".join(items)
        + f'\n</manifest>\n<spine>\n<itemref idref="title"/>\n{spine}</spine>\n</package>\n'
    )


def _page(language: str, title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="{language}" xml:lang="{language}">\n'
        f'<head><title>{html.escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def _title_page(press: Press, document: Document) -> str:
    language, book = press.language, press.library.book
    lines = [f"<h1>{html.escape(document.title)}</h1>"]
    for text in (
        document.subtitle,
        book.title if document.title != book.title else "",
        f"{press.edition}, {language.date(press.date)}",
        book.publisher or "",
    ):
        if text:
            lines.append(f"<p>{html.escape(text)}</p>")
    if document.url:
        link = f'<a href="{html.escape(document.url)}">{html.escape(document.url)}</a>'
        lines.append(f"<p>{language('print.current_version', address=link)}</p>")
    return _page(language.tag, document.title, f'<section epub:type="titlepage">{"".join(lines)}</section>')


def _navigation(assembled: Assembled, names: dict[str, str]) -> str:
    """Return the contents: units by their levels, and within them their sections."""
    language, document = assembled.press.language, assembled.document
    entries: list[tuple[int, str, str]] = []
    for leaf in assembled.leaves:
        base = max(leaf.unit.level, 1)
        name = names[leaf.unit.path]
        entries.append((base, leaf.unit.title, name))
        for heading in leaf.root.iter("h2"):
            if heading.get("id"):
                words = " ".join("".join(heading.itertext()).split())
                entries.append((base + 1, words, f"{name}#{_id(heading.get('id', ''))}"))
    items = _nested(entries)
    title = html.escape(language("print.contents"))
    body = f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>{title}</h1>{items}</nav>'
    return _page(language.tag, document.title, body)


def _nested(entries: list[tuple[int, str, str]]) -> str:
    """Return entries with levels as nested lists."""
    written, depth, base = ["<ol>"], 0, min((level for level, _, _ in entries), default=1)
    for index, (level, title, href) in enumerate(entries):
        level = min(level - base, depth + (1 if index else 0))
        if index:
            if level > depth:
                written.append("<ol>")
            else:
                written.append("</li>" + "</ol></li>" * (depth - level))
        depth = level
        written.append(f'<li><a href="{html.escape(href)}">{html.escape(title)}</a>')
    return "".join(written) + "</li>" + "</ol></li>" * depth + "</ol>"
