"""Pictures: HTML → Typst."""

from __future__ import annotations

from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree
from mkdocs_guidebook.press.pdf.inline import Place
from mkdocs_guidebook.press.pictures import path_of


def picture(place: Place, element: Tree, caption: str | None) -> str:
    """Return a picture as markup."""
    caption = caption or (typst.text(element.get("title") or "") or None)
    parent = element.getparent()
    alone = parent is None or parent.tag not in ("p", "td", "th", "li") or len(inside_text(parent)) == 0
    width = int(element.get("width") or 0) if (element.get("width") or "").isdigit() else 0
    named: dict[str, Any] = {"alt": element.get("alt") or "", "inline": not alone}
    if width:
        named["width"] = typst.Raw(f"{width * 0.75}pt")
    if caption:
        named["caption"] = typst.content(caption)
    return typst.call("picture", f"/{path_of(element)}", **named)


def inside_text(element: Tree) -> str:
    """Return the words of an element."""
    return "".join(element.itertext()).strip()
