"""Whether a card may break over two pages, known from the length of its text.

A card of less than a share of a page is kept together. For the typesetter to know it has to measure the card: to set
it twice, which took a third of the time of a whole document. The text nearly always tells as well, because cards are
much lower or much higher than that share. Only where it leaves a doubt does the typesetter measure.
"""

from __future__ import annotations

import math

from mkdocs_guidebook.press.assemble import HEADINGS, Tree

SHARES = {"recommendation": 0.92, "exercise": 0.4}
"""The share of a page's height below which a card is kept together, by its kind."""

_LINES = (46, 54)
"""How many lines of a card (9.7 pt, 4.6 mm each) a page has: on Letter paper the fewest, in an A4 form the most."""
_LETTERS = (52, 100)
"""How many signs such a line of 122 mm has: 71 are usual, never fewer or more than these on average."""
_GAP, _FRAME = 0.9, 3.0
"""The room before a paragraph, and that around the card, in lines; there is never more."""
_PARAGRAPHS = frozenset((*HEADINGS, "p", "ol", "ul", "li", "br"))
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "input", "q", "span", "strong", "sub", "sup")
)
"""What cards are made of; the height of other things, such as pictures, is not known from their text."""


def breaks(kind: str, card: Tree) -> bool | None:
    """Return whether a card may break over pages; None where its text does not tell."""
    lengths = [0]
    for element in card.iterdescendants():
        if element.tag in _PARAGRAPHS:
            lengths.append(0)
        elif element.tag not in _INLINE:
            return None
        lengths[-1] += len(element.text or "") + len(element.tail or "")
    most, least = (sum(math.ceil(length / letters) for length in lengths) for letters in _LETTERS)
    if most + _GAP * len(lengths) + _FRAME <= SHARES[kind] * _LINES[0]:
        return False
    return True if least >= SHARES[kind] * _LINES[1] else None
