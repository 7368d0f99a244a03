"""Tables: HTML → Typst, with repeated header rows and columns as wide as their texts need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree
from mkdocs_guidebook.press.pdf.extent import is_short, room_for, row_heights

MOST_COLUMNS = 6
"""A table with more columns gets a landscape page."""
_LONG = ("matrix", "profile")
"""The kinds of table that always may break."""
_TOGETHER = 2
"""So many rows at least stand below the head of a table that breaks."""
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
    shares = _shares(count, header, data)
    columns = typst.Raw(f"({', '.join('auto' if auto else f'{share:.1f}fr' for share, auto in shares)},)")
    written: list[object] = []
    if header:
        cells = [_cell(cell, body, anchor) for cell in header]
        written.append(typst.code("table.header", *cells, repeat=True))
    written += [_cell(cell, body, anchor) for cell in data]
    kind = next((name.removeprefix("gb-") for name in classes if name.startswith("gb-")), "plain")
    widths = [share for share, _ in shares]
    head_heights, heights = (row_heights(_rows(cells), widths) for cells in (header, data))
    named: dict[str, Any] = {}
    if kind not in _LONG and is_short(sum(head_heights) + sum(heights)):
        named["whole"] = True
    elif kind != "matrix":
        named["room"] = typst.Raw(f"{room_for([*head_heights, *heights[:_TOGETHER]]):.0f}mm")
    markup = typst.call("data-table", kind, columns, *written, **named)
    return markup, count > MOST_COLUMNS


def _rows(cells: list[Cell]) -> list[list[tuple[int, Tree]]]:
    """Return the cells of each row, and the numbers of the columns in which they begin."""
    return [[(cell.column, cell.element) for cell in row] for _, row in groupby(cells, lambda cell: cell.row)]


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


def _shares(count: int, header: list[Cell], data: list[Cell]) -> list[tuple[float, bool]]:
    """Return how wide the columns are, beside each other: narrow ones as their texts, which need no share, the others
    by the length of theirs."""
    longest, total, word = [0] * count, [0] * count, [0] * count
    for cell in (*header, *data):
        if cell.columns > 1:
            continue
        text = " ".join("".join(cell.element.itertext()).split())
        longest[cell.column] = max(longest[cell.column], len(text))
        total[cell.column] += len(text)
        word[cell.column] = max([word[cell.column], *map(len, text.split())])
    rows = max(1, len({cell.row for cell in data}))
    return [
        (float(longest[number]), True)
        if longest[number] <= 12 and any(length > 12 for length in longest)
        else (max((total[number] / rows) ** 0.75, word[number] * 1.1, 6.0), False)
        for number in range(count)
    ]
