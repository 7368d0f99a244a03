"""The pictures of a document, read before it is written in any format.

They are judged as the check judged them: since then a file may have gone, or become another.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from mkdocs_guidebook.checks.media import IMAGE_TYPES, SVG_DANGERS
from mkdocs_guidebook.checks.printing import picture_fault
from mkdocs_guidebook.press.context import Unit
from mkdocs_guidebook.press.refusals import unusable_picture
from mkdocs_guidebook.problems import Problem


def read_pictures(root: Path, unit: Unit, tree: Any, problems: list[Problem]) -> dict[str, bytes]:
    """Return the pictures that a unit shows by their paths in the project; what is wrong with one is a problem."""
    found: dict[str, bytes] = {}
    for element in tree.iter("img"):
        path = path_of(element)
        if path in found:
            continue
        data, fault = _read(root, path)
        if fault:
            problems.append(unusable_picture(unit, path, element.get("alt") or "", fault))
        found[path] = data
    return found


def path_of(element: Any) -> str:
    """Return the path in the project of the picture that an element shows."""
    return str(element.get("src") or "").removeprefix("/")


def _read(root: Path, path: str) -> tuple[bytes, str]:
    """Return a picture and what is wrong with it, which is nothing for most."""
    file = root / path
    if file.suffix.lower() not in IMAGE_TYPES:
        return b"", "is no picture"
    try:
        if not file.resolve(strict=True).is_relative_to(root):
            return b"", "lies outside the project"
        data = file.read_bytes()
    except FileNotFoundError:
        return b"", "is not there"
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return b"", f"cannot be read: {reason}"
    fault = picture_fault(path, io.BytesIO(data))
    if not fault and path.lower().endswith(".svg") and SVG_DANGERS.search(data.decode("utf-8", "replace")):
        fault = "has something in it that can run a program or fetch a file"
    return data, fault
