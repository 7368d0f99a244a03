"""What print would refuse: characters that no font for print draws, pictures that cannot be read."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
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
    """Return a pattern of characters that the fonts for print do not draw, as many as stand together."""
    lines = (resources.files(__package__) / "printable.txt").read_text("utf-8").splitlines()
    ranges = "".join(
        "-".join(re.escape(chr(int(point, 16))) for point in line.split("-"))
        for line in lines
        if not line.startswith("#")
    )
    sign = f"[^{ranges}\\s\u00ad\u200b-\u200f\u2060]"
    return re.compile(f"{sign}(?:[ \u00ad\u200b-\u200f\u2060]*{sign})*")


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
            signs = found.group()
            code = f" (U+{ord(signs):04X})" if len(signs) == 1 else ""
            yield entry.problem(
                rule,
                entry.source.place(found.start(), found.end()),
                f"“{signs if len(signs) <= 40 else signs[:39] + '…'}”{code} cannot be printed",
                "Delete it, or write it with letters that the fonts for print have.",
            )


@check_each_file(
    Rule(
        code="unprintable-picture",
        family="print",
        title="Pictures can be printed",
        what="Reports pictures that are not PNG, JPEG, GIF, WebP or SVG, or whose file is damaged or ends too early.",
        why="The picture would be missing in every printed document.",
        example="![A plan](plan.tiff)",
        fix="![A plan](plan.png)",
    )
)
def unprintable_picture(content: Content, rule: Rule) -> Iterator[Problem]:
    """Pictures are in formats that print can read, and can be read."""
    faults: dict[str, str] = {}
    for passage, link, target in content.links:
        if not link.is_image or target.lead is not Lead.ASSET:
            continue
        if target.path not in faults:
            faults[target.path] = _fault(content, target.path)
        if reason := faults[target.path]:
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
        if not _ENDS[ending](stream):
            return "is cut off: the end of its file is missing"
    elif ending in IMAGE_TYPES:  # other files are reported by not-an-image
        return f"is a `{ending}` file, which print cannot read"
    return ""


def _png_ends(stream: BinaryIO) -> bool:
    """Whether a file has the chunk with which a PNG ends (PNG specification, 5.3 and 11.2.5)."""
    position = stream.seek(8)
    while len(head := stream.read(8)) == 8:
        if head[4:] == b"IEND":
            return len(stream.read(4)) == 4
        position = stream.seek(position + 12 + int.from_bytes(head[:4], "big"))
    return False


def _jpeg_ends(stream: BinaryIO) -> bool:
    """Whether a file has the marker with which a JPEG ends (ITU-T T.81, B.1.1 and B.2.1).

    It is looked for behind the segments of the head: these may hold a small picture with an end of its own.
    """
    position = stream.seek(2)
    while (head := stream.read(4))[:1] == b"\xff" and head[1:2] not in (b"", b"\xda"):
        length = int.from_bytes(head[2:], "big")
        position = stream.seek(position + (1 if head[1] == 0xFF else 2 + length))
    stream.seek(max(position, stream.seek(0, io.SEEK_END) - _TAIL))
    return b"\xff\xd9" in stream.read()


def _gif_ends(stream: BinaryIO) -> bool:
    """Whether a file has the byte with which a GIF ends (GIF89a, 27)."""
    stream.seek(max(0, stream.seek(0, io.SEEK_END) - _TAIL))
    return stream.read().rstrip(b"\0").endswith(b";")


def _webp_ends(stream: BinaryIO) -> bool:
    """Whether a file is as long as a WebP says of itself (RFC 9649, 2.3 and 2.4)."""
    stream.seek(4)
    length = int.from_bytes(stream.read(4), "little")
    return stream.seek(0, io.SEEK_END) >= 8 + length


_TAIL = 1 << 16
"""So many bytes at the end of a file are searched for its end: some programs write something behind it."""
_ENDS: dict[str, Callable[[BinaryIO], bool]] = {
    ".png": _png_ends,
    ".jpg": _jpeg_ends,
    ".jpeg": _jpeg_ends,
    ".gif": _gif_ends,
    ".webp": _webp_ends,
}


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
        return f"has the sign “{sign.group()[0]}”, which print cannot draw in a picture: turn its texts into paths"
    return ""


CHECKS: tuple[Check, ...] = (unprintable_character, unprintable_picture)
