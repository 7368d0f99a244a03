"""Tables: HTML → Typst, with repeated header rows and columns as wide as their texts need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree

MOST_COLUMNS = 6
"""A table with more columns gets a landscape page."""
_ALIGN = {"gb-left": "start", "gb-right": "end", "gb-center": "center"}


@dataclass(frozen=True)
class Cell:
    """A cell and where it stands."""

    element: Tree
    row: int
    column: int
    columns: int
    rows: int


def grid(rows: list[Tree]) -> Iterator[Cell]:
    """Yield the cells of rows with the places that HTML's table model gives them."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            wide = _count(element.get("colspan"))
            high = min(_count(element.get("rowspan")), len(rows) - number)
            taken |= {(number + y, column + x) for y in range(high) for x in range(wide)}
            yield Cell(element, number, column, wide, high)
            column += wide


def _count(written: str | None) -> int:
    return max(1, min(int(written), 100)) if written and written.isdigit() else 1


def table(element: Tree, body: Callable[[Tree], str], anchor: Callable[[Tree], str]) -> tuple[str, bool]:
    """Return a table as markup, and whether it needs a landscape page."""
    head = [row for part in element.iter("thead") for row in part.iter("tr")]
    rows = [row for row in element.iter("tr") if row not in head]
    header, data = list(grid(head)), list(grid(rows))
    count = max((cell.column + cell.columns for cell in (*header, *data)), default=0)
    if not count:
        return "", False
    classes = (element.get("class") or "").split()
    columns = _widths(count, header, data)
    written: list[object] = []
    if header:
        cells = [_cell(cell, body, anchor) for cell in header]
        written.append(typst.code("table.header", *cells, repeat=True))
    written += [_cell(cell, body, anchor) for cell in data]
    kind = next((name.removeprefix("gb-") for name in classes if name.startswith("gb-")), "plain")
    markup = typst.call("data-table", kind, columns, *written)
    return markup, count > MOST_COLUMNS


def _cell(cell: Cell, body: Callable[[Tree], str], anchor: Callable[[Tree], str]) -> typst.Raw:
    named: dict[str, Any] = {}
    if cell.columns > 1:
        named["colspan"] = cell.columns
    if cell.rows > 1:
        named["rowspan"] = cell.rows
    for name in (cell.element.get("class") or "").split():
        if name in _ALIGN:
            named["align"] = typst.Raw(_ALIGN[name])
    inner = body(cell.element)
    row = cell.element.getparent()
    if cell.column == 0 and row is not None and row.get("id"):
        inner = anchor(row) + inner
    if cell.element.tag == "th":
        inner = typst.call("row-head" if cell.element.get("scope") == "row" else "column-head", body=inner)
    return typst.code("table.cell", body=inner, **named)


def _widths(count: int, header: list[Cell], data: list[Cell]) -> typst.Raw:
    """Return the widths of the columns: narrow ones as they are, the others by the length of their texts."""
    longest, total, word = [0] * count, [0] * count, [0] * count
    for cell in (*header, *data):
        if cell.columns > 1:
            continue
        text = " ".join("".join(cell.element.itertext()).split())
        longest[cell.column] = max(longest[cell.column], len(text))
        total[cell.column] += len(text)
        word[cell.column] = max([word[cell.column], *map(len, text.split())])
    rows = max(1, len({cell.row for cell in data}))
    widths = []
    for number in range(count):
        if longest[number] <= 12 and any(length > 12 for length in longest):
            widths.append("auto")
        else:
            share = max((total[number] / rows) ** 0.75, word[number] * 1.1, 6.0)
            widths.append(f"{share:.1f}fr")
    return typst.Raw(f"({', '.join(widths)},)")
