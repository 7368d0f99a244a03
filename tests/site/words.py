"""The words of Markdown texts."""

from __future__ import annotations

import re


def said(text: str) -> list[str]:
    """Return the words of a Markdown text between its marks, as a reader sees them."""
    text = re.sub(r"!?\[([^\]@]*)\]\([^)]*\)", r"\1", text)
    pieces = re.split(r"\[[^\]]*@[^\]]*\]|[*_`|]+|\s{2,}|^\s*(?:[-#>]+|\d+\.)\s|\n", text, flags=re.M)
    return [piece for part in pieces if len(piece := " ".join(part.split()).strip(" .:")) > 12]
