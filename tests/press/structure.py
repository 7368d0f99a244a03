"""What a PDF says about itself to a screen reader: its structure tree, read with pikepdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Tag:
    """An element of the structure tree."""

    name: str
    alt: str = ""
    lang: str = ""
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()

    def named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.name in names]


def tags(data: bytes) -> Tag:
    """Return the structure tree of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}

        def tag(element: pikepdf.Object) -> Tag:
            name = str(element.S)
            name = roles.get(name, name) if name not in ("/Title", "/Strong", "/Em") else name
            made = Tag(name[1:], str(element.get("/Alt", "")), str(element.get("/Lang", "")))
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    made.children.append(tag(kid))
            return made

        kids = root.K
        found = [tag(kid) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]
        return found[0] if len(found) == 1 else Tag("Root", children=found)


def bookmarks(data: bytes) -> list[str]:
    """Return the titles of all bookmarks in order."""
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:

        def walk(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
            for item in items:
                yield item.title
                yield from walk(list(item.children))

        return list(walk(list(outline.root)))


def metadata(data: bytes) -> dict[str, str]:
    """Return title, language and the standards that the file claims."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
        claims = dict(re.findall(r"<pdf(?:a|ua)id:(\w+)>([^<]+)<", xmp))
        ua = re.search(r"<pdfuaid:part>(\d)", xmp)
        return {
            "title": str(pdf.docinfo.get("/Title", "")),
            "language": str(pdf.Root.get("/Lang", "")),
            "conformance": claims.get("conformance", ""),
            "ua": ua[1] if ua else "",
            "marked": str(pdf.Root.MarkInfo.Marked),
            "shows_title": str(pdf.Root.ViewerPreferences.DisplayDocTitle),
            "pages": str(len(pdf.pages)),
        }


def languages(data: bytes) -> set[str]:
    """Return the languages of all passages: Typst writes them in the structure or beside the text."""
    found = {tag.lang for tag in tags(data).walk() if tag.lang}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            written = page.Contents.read_bytes().decode("latin-1")
            found |= set(re.findall(r"/Lang ?\(([^)]+)\)", written))
    return found
