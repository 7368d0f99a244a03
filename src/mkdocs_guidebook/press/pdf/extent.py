"""How much room cards and tables take, estimated from their texts, so that the writer knows which of them may break.

For the typesetter to know it has to measure them: to set them twice, which took a fourth of the time of a document.
The estimates need not be exact: a card or table that breaks does so where it does no harm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mkdocs_guidebook.press.assemble import HEADINGS, Tree

PAGE = 237
"""The height of a page's text, in millimetres; on Letter paper it is 18 mm less."""
_WHOLE = 0.33
"""What takes less than this share of a page is not broken."""

_CARD_LINE, _CARD_LETTERS = 4.5, 82
"""The height of a card's line (9.7 pt) in millimetres, and how many signs it has."""
_CARD_GAP, _CARD_FRAME = 1.0, 12
"""What a paragraph's end adds to that, and the card's frame, title and margins."""
_TEXT_SIZE = 1.1
"""How much more room text takes outside of cards."""
_CLOSING = 50
"""What takes less room than this many millimetres at the end of a card stays together."""
_PARAGRAPHS = frozenset((*HEADINGS, "p", "ol", "ul", "li", "br"))
_OTHER = frozenset(("img", "pre", "table", "video"))

_ROW_LINE, _ROW_FRAME, _ROW_LETTERS = 3.8, 2.2, 76
"""The height of a table's line (9.2 pt), what a row adds to that, and how many signs fit between the page's margins."""
_BEGINS = 80
"""More room than this many millimetres is not kept for the first rows of a table."""


def is_short(height: float) -> bool:
    """Whether something of this height is kept on one page."""
    return height <= _WHOLE * PAGE


def room_for(heights: Sequence[float]) -> float:
    """Return how much room is kept for the first rows of a table, in millimetres."""
    return min(sum(heights), _BEGINS)


def paragraphs_of(element: Tree) -> list[int]:
    """Return the lengths of the texts that begin on new lines in an element."""
    lengths = [0]
    for inner in element.iter():
        if inner.tag in _PARAGRAPHS:
            lengths.append(0)
        lengths[-1] += len(inner.text or "") + (len(inner.tail or "") if inner is not element else 0)
    return [length for length in lengths if length] or [0]


def height_of(elements: Sequence[Tree]) -> float:
    """Return the height of a card's paragraphs and lists, in millimetres."""
    lengths = [length for element in elements for length in paragraphs_of(element)]
    if not all(map(is_text, elements)):
        return math.inf
    return sum(_CARD_LINE * math.ceil(length / _CARD_LETTERS) + _CARD_GAP for length in lengths)


def is_text(element: Tree) -> bool:
    """Whether an element holds nothing whose height its text does not tell, such as a picture."""
    return not any(inner.tag in _OTHER for inner in element.iter())


def room_of_items(items: Sequence[Tree]) -> float:
    """Return how much room is kept for the first two items of a list below a heading, in millimetres."""
    return min(height_of(items[:2]) * _TEXT_SIZE, _BEGINS)


def is_short_card(card: Tree) -> bool:
    """Whether a card is kept on one page."""
    return is_short(height_of(list(card)) + _CARD_FRAME)


def is_closing(elements: Sequence[Tree]) -> bool:
    """Whether the end of a card is so short that it stays together."""
    return height_of(elements) <= _CLOSING


def row_heights(rows: Sequence[Sequence[tuple[int, Tree]]], shares: Sequence[float]) -> list[float]:
    """Return the height of each row of a table, in millimetres.

    A row is given as its cells and the numbers of their columns; `shares` are the columns' widths.
    """
    room = _ROW_LETTERS - 2 * len(shares)
    letters = [max(4.0, room * share / sum(shares)) for share in shares]

    def height(column: int, cell: Tree) -> float:
        if not is_text(cell):
            return math.inf
        return _ROW_LINE * sum(math.ceil(length / letters[column]) for length in paragraphs_of(cell))

    return [max((height(*cell) for cell in row), default=_ROW_LINE) + _ROW_FRAME for row in rows]
