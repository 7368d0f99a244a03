"""The HTML that mammoth makes of a Word document, as our Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html
from lxml.html import HtmlElement

from mkdocs_guidebook.content.source import CONTROL

_SPECIAL = re.compile(r"([\\`*_\[\]{}])")
_LINE_START = re.compile(r"^(\s*)([#>+=:-]|\d+[.)])")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOTE = re.compile(r"#(?:foot|end)note-\d+")


@dataclass
class Markdown:
    """A text, and what is to be known of it."""

    body: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)


def to_markdown(source: str) -> Markdown:
    """Return HTML of the few elements that mammoth makes as Markdown; headings begin at the second level."""
    root = html.fragment_fromstring(source, create_parent="div") if source.strip() else html.Element("div")
    return _Writer(root).write()


class _Writer:
    """Writes one document; remembers its heading levels and what was left out."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.levels: list[int] = []
        self.numbers: dict[str, int] = {}
        """The notes by their names in the document, in the order of the text."""
        self.left_out: dict[str, int] = {}
        self.result = Markdown()

    def write(self) -> Markdown:
        """Return the whole text."""
        for link in self.root.iter("a"):
            if _NOTE.fullmatch(link.get("href") or ""):
                self.numbers.setdefault(str(link.get("href"))[1:], len(self.numbers) + 1)
        items = self.root.xpath(".//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]")
        notes = [self._note(item) for item in items]
        self._take_title()
        blocks = [*self._blocks(self.root), *notes]
        self.result.body = "\n\n".join(blocks) + "\n" if blocks else ""
        words = {
            "link": "links to places inside the document or to other files; their words were kept",
            "mail": "links to mail addresses; their words were kept",
            "merged": "merged cells of tables, which were divided",
            "nested": "tables inside tables, whose words stand in one cell",
            "single": "tables of one cell, which became paragraphs",
        }
        self.result.notes += [
            f"Changed or not carried over: {words[what]} ({count})." for what, count in self.left_out.items()
        ]
        return self.result

    def _miss(self, what: str) -> None:
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def _take_title(self) -> None:
        """Take the title away: a paragraph of the style Title, or the only heading of the first level, at the top."""
        titles = self.root.xpath("./h1[contains(concat(' ', @class, ' '), ' title ')]")
        headings = [element for element in self.root if element.tag in _HEADINGS]
        if (
            not titles
            and headings
            and headings[0].tag == "h1"
            and len([one for one in headings if one.tag == "h1"]) == 1
        ):
            titles = headings[:1] if len(headings) > 1 else []
        if titles:
            self.result.title = " ".join(_plain(titles[0]).split())[:120].strip()
            for title in titles:
                title.drop_tree()

    def _note(self, item: HtmlElement) -> str:
        """Take a note out of the document and return it as a footnote."""
        for back in item.xpath(".//a[contains(@href, 'note-ref-')]"):
            back.drop_tree()
        text = "\n\n".join(self._blocks(item)).replace("\n", "\n    ")
        number = self.numbers.setdefault(str(item.get("id")), len(self.numbers) + 1)
        parent = item.getparent()
        item.drop_tree()
        if parent is not None and parent.tag == "ol" and not len(parent):
            parent.drop_tree()
        return f"[^{number}]: {text or '…'}"

    def _blocks(self, parent: HtmlElement) -> Iterator[str]:
        """Yield the blocks inside an element: paragraphs, headings, lists, tables."""
        loose = self._inline_text(parent.text)
        for child in parent:
            if child.tag in ("p", "ul", "ol", "table", *_HEADINGS):
                if loose.strip():
                    yield _block(loose)
                loose = ""
                yield from self._block(child)
            else:
                loose += self._inline_of(child)
            loose += self._inline_text(child.tail)
        if loose.strip():
            yield _block(loose)

    def _block(self, element: HtmlElement) -> Iterator[str]:
        if element.tag in _HEADINGS:
            text = " ".join(self._inline(element).split()).replace("**", "")
            if text:
                yield f"{'#' * self._level(int(element.tag[1]))} {text}"
        elif element.tag in ("ul", "ol"):
            text = "\n".join(self._list(element))
            if text:
                yield text
        elif element.tag == "table":
            yield from self._table(element)
        else:
            text = self._inline(element)
            if text.strip():
                yield _block(text)

    def _level(self, level: int) -> int:
        """Return the level of a heading here: the second at the top, and never more than one below the last."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return min(6, len(self.levels) + 1)

    def _list(self, element: HtmlElement) -> Iterator[str]:
        for number, item in enumerate(element.iterchildren("li"), 1):
            blocks = list(self._blocks(item))
            first, *rest = blocks or [""]
            mark = f"{number}." if element.tag == "ol" else "-"
            if (
                first.lstrip().startswith(("- ", "1. "))
                and item.text is None
                and len(item)
                and item[0].tag in ("ul", "ol")
            ):
                rest, first = blocks, "…"
            yield f"{mark} {_indented(first)}"
            for block in rest:
                if not block.startswith(("- ", "1. ")):
                    yield ""
                yield f"    {_indented(block)}"

    def _table(self, table: HtmlElement) -> Iterator[str]:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if table.xpath(".//td//table"):
            self._miss("nested")
        grid: list[list[str]] = []
        waiting: dict[int, int] = {}
        for row in rows:
            cells: list[str] = []
            for cell in row.iterchildren("td", "th"):
                while waiting.get(len(cells), 0):
                    waiting[len(cells)] -= 1
                    cells.append("")
                wide, high = (min(int(cell.get(name) or 1), 100) for name in ("colspan", "rowspan"))
                if wide > 1 or high > 1:
                    self._miss("merged")
                for offset in range(wide):
                    waiting[len(cells) + offset] = max(waiting.get(len(cells) + offset, 0), high - 1)
                cells += [self._cell(cell), *[""] * (wide - 1)]
            grid.append(cells)
        width = max((len(cells) for cells in grid), default=0)
        if width == 1 and len(grid) == 1:
            self._miss("single")
            yield from self._blocks(next(table.iter("td", "th")))
            return
        if not any(cell for cells in grid for cell in cells):
            return
        grid = [[*cells, *[""] * (width - len(cells))] for cells in grid]
        head = [cell or f"Column {number}" for number, cell in enumerate(grid[0], 1)]
        lines = [head, ["---"] * width, *grid[1:]]
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def _cell(self, cell: HtmlElement) -> str:
        """Return what stands in a cell, in one line; its paragraphs and items are parted by strokes."""
        lines = [line for block in self._blocks_of_cell(cell) for line in block.split("\n")]
        words = " / ".join(re.sub(r"^\s*(- |\d+\. )", "", line).strip() for line in lines if line.strip())
        return words.replace("|", "\\|")

    def _blocks_of_cell(self, cell: HtmlElement) -> Iterator[str]:
        for table in cell.xpath(".//table"):
            paragraph = html.Element("p")
            paragraph.text = " ".join(_plain(table).split())
            table.getparent().replace(table, paragraph)
        yield from self._blocks(cell)

    def _inline(self, element: HtmlElement) -> str:
        return self._inline_text(element.text) + "".join(
            self._inline_of(child) + self._inline_text(child.tail) for child in element
        )

    def _inline_text(self, text: str | None) -> str:
        text = CONTROL.sub("", (text or "").replace("\t", " ").replace("\u00ad", ""))
        text = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;") if re.search(r"&[#\w]+;", text) else text)
        for sign in "~^=":  # marks where there are two of them; no backslash takes that away
            if text.count(sign) > 1:
                text = text.replace(sign, f"&#{ord(sign)};")
        return text.replace("<", "&lt;")

    def _inline_of(self, element: HtmlElement) -> str:
        if not isinstance(element.tag, str):
            return ""
        inner = self._inline(element)
        if element.tag == "br":
            return " "
        if element.tag == "img":
            alternative = " ".join(self._inline_text(element.get("alt")).split())
            return f"![{alternative}]({element.get('src')})"
        if element.tag == "a":
            return self._link(element, inner)
        if element.tag == "sup" and (note := re.fullmatch(r"\[\^\d+\]", inner.strip())):
            return note.group()
        mark = {"strong": "**", "em": "*"}.get(element.tag, "")
        bare = inner.strip()
        if not mark or not bare or "\n" in bare:
            return inner
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        return f"{before}{mark}{bare}{mark}{after}"

    def _link(self, element: HtmlElement, inner: str) -> str:
        target = (element.get("href") or "").strip()
        if _NOTE.fullmatch(target):
            return f"[^{self.numbers[target[1:]]}]"
        if not inner.strip() or not target:
            return inner
        if re.fullmatch(r"https?://[^\s()<>]+", target):
            return target if inner.replace("\\", "").strip() == target else f"[{inner.strip()}]({target})"
        self._miss("mail" if target.lower().startswith("mailto:") else "link")
        return inner


def _block(text: str) -> str:
    """Return a paragraph in one line, which begins with no sign that Markdown reads."""
    return _LINE_START.sub(lambda match: f"{match[1]}{_escaped(match[2])}", " ".join(text.split()))


def _escaped(sign: str) -> str:
    """Return a sign at the beginning of a line so that it is only a sign; not all can take a backslash."""
    if sign in (":", "="):
        return f"&#{ord(sign)};"
    return f"{sign[:-1]}\\{sign[-1]}"


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _plain(element: HtmlElement) -> str:
    return str(element.text_content())
