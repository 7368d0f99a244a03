"""Pictures: HTML → Typst."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from mkdocs_guidebook.press import typst
from mkdocs_guidebook.press.assemble import Tree
from mkdocs_guidebook.press.pdf.inline import Place

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""The picture formats that print takes."""


def picture(place: Place, element: Tree, caption: str | None) -> str:
    """Return a picture as markup; one that cannot be printed is refused and written as its alternative."""
    source = (element.get("src") or "").removeprefix("/")
    root = place.assembled.press.library.root
    file = root / source
    if (
        PurePosixPath(source).suffix.lower() not in PICTURES
        or "://" in source
        or not file.resolve().is_relative_to(root)
        or not file.is_file()
    ):
        place.refuse(element, f"img src={source}")
        return typst.text(element.get("alt") or "")
    caption = caption or (typst.text(element.get("title") or "") or None)
    parent = element.getparent()
    alone = parent is None or parent.tag not in ("p", "td", "th", "li") or len(inside_text(parent)) == 0
    width = int(element.get("width") or 0) if (element.get("width") or "").isdigit() else 0
    named: dict[str, Any] = {"alt": element.get("alt") or "", "inline": not alone}
    if width:
        named["width"] = typst.Raw(f"{width * 0.75}pt")
    if caption:
        named["caption"] = typst.content(caption)
    return typst.call("picture", f"/{source}", **named)


def inside_text(element: Tree) -> str:
    """Return the words of an element."""
    return "".join(element.itertext()).strip()
