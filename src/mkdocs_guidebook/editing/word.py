"""From a Word document to the Markdown of a draft: its structure and words, without its looks.

Mammoth reads the document as HTML of a few elements; `editing.word_text` writes that as our Markdown. What has no
place in a text of ours (tracked changes, comments, drawings, formulas, files inside files) is listed, so that
somebody can look after it. A document comes from anywhere: it is opened only within limits of size, and only
when none of its parts declares entities.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from mkdocs_guidebook.editing.drafts import NotMade
from mkdocs_guidebook.editing.word_text import Markdown, to_markdown

MOST_BYTES = 30_000_000
"""The largest document that is read, in bytes, packed."""
MOST_UNPACKED = 120_000_000
"""The most bytes that its parts may have, unpacked."""
MOST_XML = 20_000_000
"""The most bytes that one part of text may have, unpacked."""
MOST_PARTS = 3_000
MOST_PICTURE = 5_000_000
"""The largest picture that is carried over, in bytes."""
MOST_PICTURES = 200

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "\n".join(
    ("p[style-name='Title'] => h1.title:fresh", "p[style-name='Subtitle'] => p:fresh", "u => ")
)
_PICTURES = {
    "image/png": ("png", b"\x89PNG\r\n"),
    "image/jpeg": ("jpg", b"\xff\xd8\xff"),
    "image/gif": ("gif", b"GIF8"),
}
_LOST = {
    f"{_WORD}ins": "tracked insertions, which were taken as accepted",
    f"{_WORD}del": "tracked deletions, which were taken as accepted",
    f"{_WORD}moveFrom": "tracked moves, which were taken as accepted",
    f"{_WORD}commentReference": "comments",
    f"{_WORD}txbxContent": "text boxes, whose words stand behind the paragraph",
    f"{_WORD}object": "files inside the document",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "formulas",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "charts",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagrams (SmartArt)",
    f"{_WORD}altChunk": "other documents inside the document",
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture of the document."""

    name: str
    """The name of its file."""
    content: bytes


@dataclass
class WordText:
    """What a document becomes."""

    title: str = ""
    """Its title, where it says one."""
    body: str = ""
    """Its text, as Markdown; pictures are in images/."""
    pictures: list[Picture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was not carried over, or needs a look, in sentences."""


def read_word(file: Path, prefix: str, is_free: Callable[[str], bool]) -> WordText:
    """Return the text of a Word document; its pictures get names that begin with `prefix` and are free.

    Raises `NotMade` when the document cannot be read, is too large, or is built to do harm.
    """
    try:
        import mammoth
    except ImportError:
        raise NotMade(
            'Word documents need one package more. Install it: pip install "mkdocs-guidebook[docx]"'
        ) from None
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotMade(f"{file} cannot be read: {error.strerror}.") from None
    result = WordText()
    _inspect(file.name, content, result)
    take = _picture_taker(prefix, is_free, result)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(content), style_map=_STYLES, convert_image=take, include_embedded_style_map=False
        )
    except (
        RecursionError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        OSError,
        zipfile.BadZipFile,
    ) as error:
        raise NotMade(
            f"{file.name} is damaged: Word's own text in it cannot be read ({type(error).__name__})."
        ) from None
    styles = sorted(
        {
            found
            for message in made.messages
            for found in re.findall(r"style: '?([^'()]+?)'? \(", message.message)
        }
    )
    if styles:
        result.notes.append(f"Styles that mean nothing here became plain text: {', '.join(styles)}.")
    text: Markdown = to_markdown(made.value)
    result.body, result.title = text.body, text.title
    result.notes += text.notes
    return result


def _inspect(name: str, content: bytes, result: WordText) -> None:
    """Look at all parts of a document before it is converted, and list what will not be carried over."""
    if len(content) > MOST_BYTES:
        raise NotMade(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Make its pictures smaller, or split it."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        old = content.startswith(b"\xd0\xcf\x11\xe0")
        hint = (
            "It is in Word's older format, or has a password"
            if old
            else "It is no Word document, or it is damaged"
        )
        raise NotMade(
            f"{name} cannot be opened. {hint}: save it as “Word document (.docx)” without a password."
        ) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotMade(f"{name} unpacks to more than any text needs, and was not opened.")
    if not any(part.filename.startswith("word/") for part in parts):
        raise NotMade(f"{name} is no Word document: the text is missing in it.")
    lost: set[str] = set()
    for part in parts:
        try:
            with archive.open(part) as stream:
                start = stream.read(200)
                # Which part is read as XML is up to the document, and so its name says nothing.
                is_xml = start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
                if is_xml and part.file_size > MOST_XML:
                    raise NotMade(f"{name} unpacks to more than any text needs, and was not opened.")
                raw = start + stream.read() if is_xml else b""
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            OSError,
            ValueError,
            EOFError,
            zlib.error,
        ):
            raise NotMade(f"{name} is damaged: the part {part.filename} cannot be read.") from None
        if is_xml:
            lost |= _inspect_part(name, part.filename, raw)
    result.notes += [f"Not carried over: {what}." for what in sorted(lost)]


def _inspect_part(name: str, part: str, raw: bytes) -> set[str]:
    if b"\0" in raw[:200] or b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise NotMade(f"{name} was not opened: its part {part} declares things that no Word document needs.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise NotMade(f"{name} is damaged: the part {part} is not well-formed.") from None
    if part.startswith(("word/header", "word/footer")) and "".join(root.itertext()).strip():
        return {"headers and footers"}
    if not part.startswith("word/"):
        return set()
    return {_LOST[element.tag] for element in root.iter() if element.tag in _LOST}


def _picture_taker(prefix: str, is_free: Callable[[str], bool], result: WordText) -> Any:
    """Return what mammoth calls for each picture: it keeps the picture and gives the path and the words for it."""
    from mammoth.docx.files import InvalidFileReferenceError
    from mammoth.html import element

    def take(image: Any) -> list[Any]:
        ending, start = _PICTURES.get(image.content_type, ("", b""))
        number = len(result.pictures) + 1
        kind = str(image.content_type).partition("/")[2] or "unknown"
        if not ending:
            result.notes.append(
                f"A picture in the format {kind} was left out. Save it as PNG or JPEG, and put it in again."
            )
            return []
        try:
            with image.open() as stream:
                content = _read_some(stream)
        except (InvalidFileReferenceError, KeyError, OSError, zipfile.BadZipFile):
            result.notes.append("A picture was left out: it lies outside the document, or is damaged.")
            return []
        if len(content) > MOST_PICTURE or not content.startswith(start) or number > MOST_PICTURES:
            result.notes.append(
                f"A picture was left out: it is larger than {MOST_PICTURE // 1_000_000} MB, or not what it says."
            )
            return []
        name = f"{prefix}-{number}.{ending}"
        taken = {picture.name for picture in result.pictures}
        while name in taken or not is_free(name):
            number += 1
            name = f"{prefix}-{number}.{ending}"
        result.pictures.append(Picture(name, content))
        return [element("img", {"src": f"images/{name}", "alt": image.alt_text or ""})]

    return take


def _read_some(stream: BinaryIO) -> bytes:
    return stream.read(MOST_PICTURE + 1)
