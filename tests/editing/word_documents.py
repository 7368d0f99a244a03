"""Word documents for tests: real ones, and ones that are built to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def png() -> bytes:
    """Return a picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def word(file: Path, write: Callable[[WordDocument], None]) -> Path:
    """Save a document into which `write` has written, and return its file."""
    document = Document()
    write(document)
    document.save(str(file))
    return file


def with_parts(
    file: Path, changes: dict[str, Callable[[str], str]], more: dict[str, str] | None = None
) -> Path:
    """Change the text of parts of a document and add others; return its file."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name].decode()).encode()
    parts |= {name: text.encode() for name, text in (more or {}).items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.write_bytes(packed.getvalue())
    return file


def with_footnote(file: Path, text: str) -> Path:
    """Put a footnote with a text behind the first run of a document."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    return with_parts(
        file,
        {
            "word/document.xml": lambda xml: xml.replace("</w:r>", f"</w:r>{mark}", 1),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>',
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{media}"/></Types>'
            ),
        },
        {
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2"><w:p><w:r>'
            f"<w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
        },
    )


def in_body(file: Path, xml: str) -> Path:
    """Put a piece of Word's XML at the end of a document's text."""
    return with_parts(
        file,
        {"word/document.xml": lambda text: re.sub(r"(<w:sectPr\b|</w:body>)", rf"{xml}\1", text, count=1)},
    )
