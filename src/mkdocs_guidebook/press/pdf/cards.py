"""Where a card may break: between its opening and its closing, in which nothing breaks."""

from __future__ import annotations

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree
from mkdocs_guidebook.press.pdf.extent import is_closing


def opened_and_closed(elements: list[Tree], blocks: list[str]) -> list[str]:
    """Return the blocks of a card that may break, its first and last lines kept together.

    Below its title the first paragraph stays with what follows; a short list at its end stays whole, with its name
    and what stands below it.
    """
    last = max((number for number, element in enumerate(elements) if is_label(element)), default=0)
    if last and is_closing(elements[last:]):
        blocks = [*blocks[:last], typst.call("closing", body="\n" + "\n\n".join(blocks[last:]) + "\n")]
    first = next((number for number, element in enumerate(elements) if element.get("class") is None), 0)
    if first < last and elements[first].tag == "p":
        blocks[first] = typst.call("with-next", body=blocks[first])
    return blocks


def is_label(element: Tree) -> bool:
    """Whether a paragraph is nothing but the name of the list that follows."""
    return (
        element.tag == "p"
        and len(element) == 1
        and element[0].get("class") == "gb-label"
        and not (element[0].tail or "").strip()
    )
