"""What print would refuse: characters that no font for print draws, pictures that cannot be read."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import BinaryIO

from mkdocs_guidebook.checks.engine import Check, Content, check_each_file, in_passage
from mkdocs_guidebook.checks.media import IMAGE_TYPES
from mkdocs_guidebook.content.source import Unreadable, read_source
from mkdocs_guidebook.markup.links import Lead
from mkdocs_guidebook.problems import Problem, Rule

UNPRINTABLE = Rule(
    code="unprintable",
    family="print",
    title="Everything has a printed form",
    what="Reports, when documents are made, what print has no form for or the typesetter refuses.",
    why="Nothing of a text may be missing in the document that a trainer hands out.",
    example="a picture in a format that print cannot read",
    fix="Write it with the Markdown that the guidebook knows; save pictures as PNG, JPEG, GIF, WebP or SVG.",
)
"""Found by the press, not by `check`."""

_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
}


@cache
def _unprintable() -> re.Pattern[str]:
    """Return a pattern of the characters that the fonts for print do not draw."""
    lines = (resources.files(__package__) / "printable.txt").read_text("utf-8").splitlines()
    ranges = "".join(
        "-".join(re.escape(chr(int(point, 16))) for point in line.split("-"))
        for line in lines
        if not line.startswith("#")
    )
    return re.compile(f"[^{ranges}\\s\u00ad\u200b-\u200f\u2060]")


@check_each_file(
    Rule(
        code="unprintable-character",
        family="print",
        title="Characters can be printed",
        what="Reports characters that the fonts for print do not have, such as emoji or scripts other than Latin, Greek, Cyrillic and Arabic.",
        why="An accessible PDF must not have gaps; the typesetter refuses a text with a character that it cannot draw.",
        example="Well done! \N{PARTY POPPER}",
        fix="Well done!",
    )
)
def unprintable_character(content: Content, rule: Rule) -> Iterator[Problem]:
    """All characters of records and data are drawn by the fonts for print."""
    pattern = _unprintable()
    not_printed = {page.path for page in content.library.pages}
    for entry in content.files:
        if entry.path in not_printed:
            continue
        for found in pattern.finditer(entry.source.text):
            sign = found.group()
            yield entry.problem(
                rule,
                entry.source.place(found.start(), found.end()),
                f"“{sign}” (U+{ord(sign):04X}) cannot be printed",
                "Delete it, or write it with letters that the fonts for print have.",
            )


@check_each_file(
    Rule(
        code="unprintable-picture",
        family="print",
        title="Pictures can be printed",
        what="Reports pictures that are not PNG, JPEG, GIF, WebP or SVG, or that are damaged.",
        why="The picture would be missing in every printed document.",
        example="![A plan](plan.tiff)",
        fix="![A plan](plan.png)",
    )
)
def unprintable_picture(content: Content, rule: Rule) -> Iterator[Problem]:
    """Pictures are in formats that print can read, and can be read."""
    for passage, link, target in content.links:
        if not link.is_image or target.lead is not Lead.ASSET:
            continue
        reason = _fault(content, target.path)
        if reason:
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"the picture `{link.target}` {reason}",
                "Save it again as PNG, JPEG, GIF, WebP or SVG.",
            )


def _fault(content: Content, path: str) -> str:
    """Return what is wrong with a picture; empty where nothing is."""
    root = content.library.root
    try:
        if path.lower().endswith(".svg"):
            return picture_fault(path, io.BytesIO(read_source(root, path).text.encode()))
        with (root / path).open("rb") as stream:
            return picture_fault(path, stream)
    except Unreadable:
        return ""  # reported by unsafe-svg
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def picture_fault(path: str, stream: BinaryIO) -> str:
    """Return why print cannot read a picture, from what its file holds; empty where nothing is wrong."""
    ending = PurePosixPath(path).suffix.lower()
    if ending == ".svg":
        return _svg_fault(stream.read())
    if ending in _SIGNATURES:
        if not stream.read(16).startswith(_SIGNATURES[ending]):
            return f"is not what its name says: it does not begin like a {ending[1:].upper()} file"
    elif ending in IMAGE_TYPES:  # other files are reported by not-an-image
        return f"is a `{ending}` file, which print cannot read"
    return ""


_SVG = "{http://www.w3.org/2000/svg}"
_JOINED = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
"""Letters that are written from the right: the typesetter draws them in texts, but not in pictures."""


def _svg_fault(data: bytes) -> str:
    try:
        root = etree.fromstring(data)  # noqa: S314 - expat limits expansions
    except (etree.ParseError, LookupError, ValueError) as error:
        return f"cannot be read: {error}"
    if root.tag != f"{_SVG}svg":
        return "is not what its name says: it does not begin with <svg> in the namespace of SVG"
    drawn = "".join("".join(text.itertext()) for text in root.iter(f"{_SVG}text"))
    if sign := _unprintable().search(drawn) or _JOINED.search(drawn):
        return (
            f"has the sign “{sign.group()}”, which print cannot draw in a picture: turn its texts into paths"
        )
    return ""


CHECKS: tuple[Check, ...] = (unprintable_character, unprintable_picture)
