"""CSL items in the formats that reference managers read: BibTeX, RIS and CSL-JSON.

No maintained Python package turns CSL-JSON into the first two. What each field becomes follows the mappings of
Zotero's translators (BibTeX.js, RIS.js), so that an item comes back as it went out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mkdocs_guidebook.markup.bibliography import CslItem

_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_BIBTEX_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_BIBTEX_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BIBTEX_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
    | {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}  # BibTeX counts braces behind a backslash, too
)
_URL_ESCAPES = str.maketrans({sign: f"%{ord(sign):X}" for sign in "{}\\"})

_RIS_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CONF",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_RIS_FIELDS = {
    "title": "TI",
    "container-title": "T2",
    "edition": "ET",
    "version": "ET",
    "volume": "VL",
    "issue": "IS",
    "genre": "M3",
    "publisher": "PB",
    "publisher-place": "CY",
    "language": "LA",
    "abstract": "AB",
    "ISBN": "SN",
    "ISSN": "SN",
    "DOI": "DO",
    "URL": "UR",
}


def csl(item: CslItem) -> str:
    """Return an item as a file of CSL-JSON, which is a list."""
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def bibtex(item: CslItem) -> str:
    """Return an item as an entry of BibTeX, in UTF-8; titles keep their capitals."""
    kind = _BIBTEX_TYPES.get(item["type"], "misc")
    fields: dict[str, str] = {}

    def add(name: str, value: object) -> None:
        if value:
            fields[name] = f"{{{str(value).translate(_BIBTEX_ESCAPES)}}}"

    for role in ("author", "editor"):
        if names := [_bibtex_name(name) for name in item.get(role, ())]:
            fields[role] = f"{{{' and '.join(names)}}}"
    fields["title"] = f"{{{{{item['title'].translate(_BIBTEX_ESCAPES)}}}}}"
    add(_BIBTEX_CONTAINERS.get(kind, "howpublished"), item.get("container-title"))
    add(_BIBTEX_PUBLISHERS.get(kind, "publisher"), item.get("publisher"))
    add("address", item.get("publisher-place"))
    add("edition", item.get("edition"))
    add("version", item.get("version"))
    add("chapter", item.get("chapter-number"))
    add("type", item.get("genre"))
    add("volume", item.get("volume"))
    add("number", item.get("issue") or item.get("number"))
    add("pages", re.sub(r"(?<=\d)\s*[-–]\s*(?=\d)", "--", item.get("page", "")))
    date = _date(item)
    add("year", date[0] if date else None)
    if len(date) > 1:
        fields["month"] = _MONTHS[date[1] - 1]
    add("isbn", item.get("ISBN"))
    add("issn", item.get("ISSN"))
    add("doi", item.get("DOI"))
    if address := item.get("URL"):
        fields["url"] = f"{{{str(address).translate(_URL_ESCAPES)}}}"
    add("language", item.get("language"))
    add("abstract", item.get("abstract"))
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    key = re.sub(r"[^A-Za-z0-9.:_-]", "-", item["id"])
    return f"@{kind}{{{key},\n{lines}}}\n"


def _bibtex_name(name: dict[str, str]) -> str:
    """Return a name; one that is not divided stands in braces of its own, so that nobody divides it."""
    escaped = {part: value.translate(_BIBTEX_ESCAPES) for part, value in name.items()}
    if "literal" in escaped:
        return f"{{{escaped['literal']}}}"
    particle = escaped.get("non-dropping-particle") or escaped.get("dropping-particle")
    family = f"{particle} {escaped['family']}" if particle else escaped.get("family", "")
    return ", ".join(part for part in (family, escaped.get("suffix"), escaped.get("given")) if part)


def ris(item: CslItem) -> str:
    """Return an item as a record of RIS, with the line ends that the format asks for."""
    return "".join(f"{tag}  - {value}".rstrip() + "\r\n" for tag, value in _ris_lines(item)) + "ER  - \r\n"


def _ris_lines(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_TYPES.get(item["type"], "GEN")
    for role, tag in (("author", "AU"), ("editor", "A2" if item["type"] == "chapter" else "ED")):
        for name in item.get(role, ()):
            yield tag, _ris_name(name)
    for name, tag in _RIS_FIELDS.items():
        if value := item.get(name):
            yield tag, " ".join(str(value).split())
    if date := _date(item):
        yield "PY", f"{date[0]:04}"
        # Year/month/day/other: what is not known stays empty.
        parts = [f"{part:02}" for part in date[1:]] + ["", ""]
        yield "DA", "/".join([f"{date[0]:04}", *parts[:2], ""])
    if pages := re.split(r"\s*[-–]\s*", item.get("page", "")):
        yield from ((tag, page) for tag, page in zip(("SP", "EP"), pages, strict=False) if page)


def _ris_name(name: dict[str, str]) -> str:
    """Return a name as family, given, suffix; a comma behind a name that is not divided keeps it whole."""
    if "literal" in name:
        return f"{name['literal']},"
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = f"{particle} {name['family']}" if particle else name.get("family", "")
    return ", ".join(part for part in (family, name.get("given"), name.get("suffix")) if part)


def _date(item: CslItem) -> list[int]:
    """Return year, month and day of publication, as far as they are known."""
    issued: dict[str, Any] = item.get("issued") or {}
    return list(issued.get("date-parts", [[]])[0])
