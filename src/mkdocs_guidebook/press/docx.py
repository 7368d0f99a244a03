"""Handouts as DOCX, for trainers who adapt them, with styles that people of Word can edit.

Needs the extra `docx` (python-docx); where it is absent one plain sentence says so. The same assembled trees
are walked as for PDF; each element becomes a paragraph with a real style, a list, a table or a picture.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from lxml import etree

from mkdocs_guidebook.press.assemble import HEADINGS, Assembled, Tree
from mkdocs_guidebook.press.pdf.compile import draw
from mkdocs_guidebook.press.pictures import path_of
from mkdocs_guidebook.press.refusals import PressFailed, unusable_picture

MISSING = "Word documents need one more package: pip install 'mkdocs-guidebook[docx]'"
_BOLD, _ITALIC = frozenset(("b", "strong", "th")), frozenset(("em", "i", "cite"))


class ExtraMissing(Exception):
    """The extra `docx` is not installed; the message says how to install it."""


def is_available() -> bool:
    """Return whether DOCX can be made here."""
    try:
        import docx  # noqa: F401
    except ImportError:
        return False
    return True


def docx_input(assembled: Assembled) -> bytes:
    """Return everything but pictures that a DOCX depends on, for the digest of its input."""
    press, document = assembled.press, assembled.document
    pieces = [etree.tostring(leaf.root, encoding="unicode") for leaf in assembled.leaves]
    return "\n".join(
        [press.paper, press.edition, press.date.isoformat(), document.url, document.title, *pieces]
    ).encode()


def make_docx(assembled: Assembled) -> bytes:
    """Return a handout as DOCX; raise `ExtraMissing` where python-docx is not installed, or `PressFailed`."""
    if not is_available():
        raise ExtraMissing(MISSING)
    word = _Word(assembled)
    for leaf in assembled.leaves:
        word.leaf = leaf
        word.blocks(leaf.root)
    return word.saved()


class _Word:
    """One document of Word that is being written."""

    def __init__(self, assembled: Assembled) -> None:
        from docx import Document as new
        from docx.shared import Mm, Pt

        self.assembled, self.leaf = assembled, assembled.leaves[0]
        press, document = assembled.press, assembled.document
        self.file: Any = new()
        section = self.file.sections[0]
        width, height = (210, 297) if press.paper == "a4" else (215.9, 279.4)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = Mm(24)
        section.top_margin = section.bottom_margin = Mm(25)
        self.width = section.page_width - section.left_margin - section.right_margin
        self.styles = {style.name: style.style_id for style in self.file.styles}
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.element.rPr.append(_language(press.language.tag))
        properties = self.file.core_properties
        moment = datetime.datetime.combine(press.date, datetime.time())
        properties.title, properties.language = document.title, press.language.tag
        properties.author = ", ".join(document.authors)
        properties.created = properties.modified = moment
        properties.comments, properties.last_modified_by, properties.revision = "", "", 1
        self._foot(section)

    def _foot(self, section: Any) -> None:
        press, document = self.assembled.press, self.assembled.document
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(f"{press.edition} · {press.language.date(press.date)}")
        if document.url:
            paragraph.add_run(f" · {document.url}")
        before, _, rest = press.language("print.page_of", page="\0", total="\1").partition("\0")
        between, _, after = rest.partition("\1")
        paragraph.add_run(f"\t{before}")
        _field(paragraph, "PAGE")
        paragraph.add_run(between)
        _field(paragraph, "NUMPAGES")
        paragraph.add_run(after)

    def paragraph(self, style: str = "") -> Any:
        """Add a paragraph. Its style is set by id: python-docx would search all styles for each of them."""
        paragraph = self.file.add_paragraph()
        if style:
            paragraph._p.style = self.styles[style]
        return paragraph

    def blocks(self, element: Tree) -> None:
        """Write what stands inside an element."""
        for child in element:
            if isinstance(child.tag, str):
                self.block(child)

    def block(self, element: Tree) -> None:
        """Write one block."""
        name, classes = str(element.tag), (element.get("class") or "").split()
        if name in HEADINGS:
            level = int(name[1])
            style = "Title" if level == 1 else f"Heading {min(level - 1, 9)}"
            self.inline(self.paragraph(style), element)
        elif name == "p":
            if "".join(element.itertext()).strip() or element.find(".//img") is not None:
                self.inline(self.paragraph("Subtitle" if "gb-eyebrow" in classes else ""), element)
        elif name in ("ul", "ol"):
            self._list(element)
        elif name == "dl":
            for pair in element.iter("dt", "dd"):
                if pair.tag == "dt":
                    paragraph = self.paragraph()
                    self.inline(paragraph, pair, bold=True)
                    paragraph.add_run("  ")
                else:
                    self.inline(paragraph, pair)
        elif name == "table":
            self._table(element)
        elif "gb-lines" in classes:
            self._lines(int(element.get("data-lines") or 4))
        elif "gb-fields" in classes:
            labels = ["".join(span.itertext()) for span in element.iter("span")]
            self.file.add_paragraph("        ".join(f"{label}: {'_' * 28}" for label in labels))
        elif name == "pre":
            self.paragraph("No Spacing").add_run("".join(element.itertext()))
        elif name == "blockquote":
            self.inline(self.paragraph("Quote"), element)
        elif name == "img":
            self._picture(self.paragraph(), element)
        else:
            if (element.text or "").strip():
                self.file.add_paragraph(" ".join((element.text or "").split()))
            self.blocks(element)

    def inline(self, paragraph: Any, element: Tree, bold: bool = False, italic: bool = False) -> None:
        """Write text within a paragraph."""
        self._run(paragraph, element.text, bold, italic)
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "img":
                self._picture(paragraph, child)
            elif child.tag == "input":
                ticked = child.get("checked") is not None
                paragraph.add_run("☑ " if ticked else "☐ ")
            elif child.tag == "a" and (child.get("href") or "").startswith(("http:", "https:", "mailto:")):
                _link(paragraph, child.get("href", ""), "".join(child.itertext()))
            else:
                self.inline(paragraph, child, bold or child.tag in _BOLD, italic or child.tag in _ITALIC)
            self._run(paragraph, child.tail, bold, italic)

    @staticmethod
    def _run(paragraph: Any, text: str | None, bold: bool, italic: bool) -> None:
        if text:
            words = " ".join(text.split())
            lead = " " if text[:1].isspace() and paragraph.runs else ""
            run = paragraph.add_run(lead + words + (" " if text[-1:].isspace() and words else ""))
            run.bold, run.italic = bold or None, italic or None

    def _list(self, element: Tree) -> None:
        boxes = element.find(".//input") is not None
        style = "List Number" if element.tag == "ol" else "List Bullet"
        number_id = None if boxes or element.tag == "ul" else self._new_numbering()
        for item in element.findall("li"):
            paragraph = self.paragraph("List Paragraph" if boxes else style)
            if number_id is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number_id
            self.inline(paragraph, item)

    def _new_numbering(self) -> int:
        """Return a numbering that begins with 1, of the kind that the style List Number has."""
        numbering = self.file.part.numbering_part.element
        style = self.file.styles["List Number"].element
        own = style.pPr.numPr.numId.val
        abstract = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == own)
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _table(self, element: Tree) -> None:
        rows = list(element.iter("tr"))
        count = max(len(row) for row in rows)
        table = self.file.add_table(rows=0, cols=count, style="Table Grid")
        for row in rows:
            cells = table.add_row().cells
            for cell, source in zip(cells, row, strict=False):
                self.inline(cell.paragraphs[0], source, bold=source.tag == "th")
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(_element("w:tblHeader"))
        longest = [
            max(len("".join(row[column].itertext())) for row in rows if column < len(row))
            for column in range(count)
        ]
        shares = [max(min(length, 90), 9) for length in longest]
        table.autofit = False
        for row in table.rows:
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = int(self.width * share / sum(shares))
        self.paragraph()

    def _lines(self, count: int) -> None:
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Mm

        for _ in range(count):
            paragraph = self.paragraph()
            form = paragraph.paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(8)
            form.space_before = form.space_after = 0
            borders = _element("w:pBdr")
            for side in ("w:bottom", "w:between"):
                borders.append(_element(side, val="single", sz="4", space="0", color="808080"))
            paragraph._p.get_or_add_pPr().append(borders)

    def _picture(self, paragraph: Any, element: Tree) -> None:
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )

        path = path_of(element)
        run = paragraph.add_run()
        try:
            picture = run.add_picture(io.BytesIO(self.assembled.pictures[path]))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            picture = run.add_picture(io.BytesIO(self._drawn(path, element)))
        if picture.width > self.width:
            picture.height = int(picture.height * self.width / picture.width)
            picture.width = self.width
        picture._inline.docPr.set("descr", element.get("alt") or "")

    def _drawn(self, path: str, element: Tree) -> bytes:
        """Return a picture that python-docx cannot read, such as an SVG, as PNG."""
        import typst as engine

        try:
            return draw(self.assembled.press, path, "png")
        except engine.TypstError as error:
            fault = f"cannot be read: {error.message}"
            problem = unusable_picture(self.leaf.unit, path, element.get("alt") or "", fault)
            raise PressFailed([problem]) from error

    def saved(self) -> bytes:
        """Return the file, packed with fixed dates."""
        raw, out = io.BytesIO(), io.BytesIO()
        self.file.save(raw)
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
                info.external_attr = 0o644 << 16
                new.writestr(info, old.read(name))
        return out.getvalue()


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _language(tag: str) -> Any:
    return _element("w:lang", val=tag, eastAsia=tag, bidi=tag)


def _field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word fills in: the number of the page or of the pages."""
    run = paragraph.add_run()._r
    run.append(_element("w:fldChar", fldCharType="begin"))
    code = _element("w:instrText")
    code.text = instruction
    run.append(code)
    run.append(_element("w:fldChar", fldCharType="end"))


def _link(paragraph: Any, address: str, words: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(words)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)
