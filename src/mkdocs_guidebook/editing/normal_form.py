"""The normal form of content files, and how a file is brought into it without changing a word.

The text is edited where it stands, at the places that the YAML events give, so that comments, blank lines and
indentation stay. The normal form is:

- UTF-8 without byte-order mark, line feeds, one line feed at the end, no white space at the ends of lines
  (where it means nothing: a hard line break, code and block texts keep theirs);
- the keys of every group in the order of its model;
- no single quotes where double quotes do; quotes around text that a reader of YAML could take for a number or
  a truth value; none around numbers and truth values; other quotes stay;
- dates as 2026-02-03 where 2026-2-3, 2026/2/3 or 2026.2.3 was written.

As a last guard, the result is read again: unless all values (and every comment) are the same, nothing is done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from mkdocs_guidebook.content.body import mask
from mkdocs_guidebook.content.description import Shape, describe, shape_at
from mkdocs_guidebook.content.fields import Form
from mkdocs_guidebook.content.loading import content_files
from mkdocs_guidebook.content.records import split_front_matter
from mkdocs_guidebook.content.source import Source, Unreadable, read_source
from mkdocs_guidebook.content.writing import write_whole
from mkdocs_guidebook.content.yaml12 import Document, Key, Plain, parse
from mkdocs_guidebook.editing.key_order import in_model_order
from mkdocs_guidebook.editing.yaml_text import scalar
from mkdocs_guidebook.problems import Problem

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_MARKS_ONLY = re.compile(r"[^\w\s]*|[\s>]*(?:[-*+>:|#]|\d+[.)])[\s\W]*")
_LINE_END = re.compile(r"[ \t]+$", re.M)


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was brought into its normal form."""

    path: str
    what: tuple[str, ...]
    """What was mended, in words."""


def mend(root: Path, chosen: tuple[str, ...] = ()) -> list[Mended]:
    """Bring the content files of a project into their normal form, or those in the `chosen` files and folders.

    Returns the files that were changed. What cannot be read or parsed stays as it is. Raises `OSError` when a
    file cannot be written; it is then as it was.
    """
    done = []
    for path, model in content_files(root):
        if chosen and not any(path == one or path.startswith(f"{one}/") or one == "." for one in chosen):
            continue
        try:
            source = read_source(root, path)
        except Unreadable:
            continue
        result = normal(source, model)
        if result is None:
            continue
        text, what = result
        file = (root / path).resolve()
        raw = file.read_bytes()
        if raw.startswith(b"\xef\xbb\xbf"):
            what.append("byte-order mark")
        if b"\r" in raw:
            what.append("line ends")
        if text.encode() != raw:
            write_whole(file, text.encode())
            done.append(Mended(path, tuple(what)))
    return done


def normal(source: Source, model: type[BaseModel]) -> tuple[str, list[str]] | None:
    """Return the text of a file in its normal form, and what was changed, in words.

    None when its YAML cannot be read without a problem.
    """
    span = _yaml_span(source)
    if span is None:
        return None
    start, end = span
    problems: list[Problem] = []
    text, what = source.text[start:end], []
    before = parse(Source(source.path, text), 0, len(text), problems)
    if problems:
        return None
    for word, step in (
        ("dates and quotes", _with_normal_scalars),
        ("order of keys", in_model_order),
        ("trailing spaces", _without_trailing_spaces),
    ):
        changed = step(_document(text), model)
        if changed != text:
            text = changed
            what.append(word)
    after = _document(text)
    shape = Shape(Form.GROUP, model=model)
    if not _same(before.value, after.value, shape) or _comments(before) != _comments(after):
        return source.text, []
    head, body = source.text[:start], source.text[end:]
    trimmed = _trimmed_body(body) if source.path.endswith(".md") else body
    if trimmed != body and "trailing spaces" not in what:
        what.append("trailing spaces")
    whole = f"{_LINE_END.sub('', head)}{text}{trimmed}"
    if whole.strip() and (not whole.endswith("\n") or whole.endswith("\n\n")):
        whole = whole.rstrip("\n") + "\n"
        if whole != f"{head}{text}{trimmed}":
            what.append("end of file")
    return whole, what


def _yaml_span(source: Source) -> tuple[int, int] | None:
    """Return where the YAML of a file begins and ends; None where front matter is broken off."""
    if not source.path.endswith(".md"):
        return 0, len(source.text)
    parts = split_front_matter(source)
    if parts is None:
        return 0, 0
    return None if parts[1] < 0 else (parts[0], parts[1])


def _document(text: str) -> Document:
    return parse(Source("", text), 0, len(text), [])


def _leaves(value: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Yield the way to each text inside a value, and the text."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, (*key, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, (*key, number))
    elif isinstance(value, str):
        yield key, value


def _with_normal_scalars(document: Document, model: type[BaseModel]) -> str:
    """Return the text with dates and quotes in their normal form."""
    text = document.source.text
    edits = []
    for key, value in _leaves(document.value):
        start, end = document.values[key]
        written = text[start:end].rstrip()
        shape = shape_at(model, key)
        if "\n" in written or written[:1] in ("|", ">") or shape is None:
            continue
        normal = _normal_scalar(value, written, shape, flow=_is_in_flow(document, key))
        if normal != written:
            edits.append((start, start + len(written), normal))
    for start, end, normal in sorted(edits, reverse=True):
        text = text[:start] + normal + text[end:]
    return text


def _normal_scalar(value: str, written: str, shape: Shape, *, flow: bool) -> str:
    form = shape.form
    if form in (Form.DATE, Form.ANY_DATE, Form.CSL_DATE):
        date = normal_date(value)
        return scalar(date, form, flow=flow) if isinstance(value, Plain) else f'"{date}"'
    if form in (Form.WHOLE, Form.NUMBER):
        return value if _NUMBER.fullmatch(value) else written
    if form is Form.TRUTH:
        return value.lower() if value in ("true", "True", "TRUE", "false", "False", "FALSE") else written
    if isinstance(value, Plain):
        quoted = scalar(value, form, flow=flow)
        return quoted if form in (Form.TEXT, Form.INLINE, Form.BLOCKS) else written
    if written.startswith("'") and not re.search(r'["\\]', value) and value.isprintable():
        return f'"{value}"'
    return written


def normal_date(text: str) -> str:
    """Return a date that begins with its year as 2026-02-03 or 2026-02; any other text as it is."""
    match = _YEAR_FIRST.fullmatch(text.strip())
    if match is None:
        return text
    year, _, month, day = match.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _is_in_flow(document: Document, key: Key) -> bool:
    """Whether a value stands inside brackets."""
    return any(document.source.text[document.values[key[:length]][0]] in "[{" for length in range(len(key)))


def _without_trailing_spaces(document: Document, model: type[BaseModel]) -> str:
    """Return the text without white space at the ends of lines, but for those inside texts of several lines."""
    text = document.source.text
    kept = []
    for key, _ in _leaves(document.value):
        start, end = document.values[key]
        if text[start] in "|>\"'" and "\n" in text[start:end].rstrip():
            kept.append((text.find("\n", start), end))
    pieces, position = [], 0
    for start, end in sorted(kept):
        pieces += [_LINE_END.sub("", text[position:start]), text[start:end]]
        position = end
    return "".join([*pieces, _LINE_END.sub("", text[position:])])


def _trimmed_body(body: str) -> str:
    """Return a Markdown body without white space at the ends of lines where it has no meaning.

    Lines that are white space only become empty, as Python-Markdown reads them. One space at the end of a line
    means nothing; two or more, or a tab, are a line break, unless the paragraph ends there. Code is left alone.
    """
    lines = body.split("\n")
    masked = mask(body).split("\n")
    trimmed = []
    for number, line in enumerate(lines):
        bare = line.rstrip(" \t")
        last = number + 1 == len(lines) or not lines[number + 1].strip(" \t")
        is_code = line.startswith(("    ", "\t")) or bare.strip() != masked[number].strip()
        is_mark = _MARKS_ONLY.fullmatch(bare) is not None  # `- ` is an empty item, `-` is not
        if not bare or (not is_code and not is_mark and (last or line == f"{bare} ")):
            trimmed.append(bare)
        else:
            trimmed.append(line)
    return "\n".join(trimmed)


def _same(before: Any, after: Any, shape: Shape | None) -> bool:
    """Whether two values are the same, but for the order of keys and the form of dates."""
    if isinstance(before, dict) and isinstance(after, dict):
        inner = {field.key: field.shape for field in describe(shape.model)} if shape and shape.model else {}
        return before.keys() == after.keys() and all(
            _same(value, after[name], inner.get(name) or (shape.item if shape else None))
            for name, value in before.items()
        )
    if isinstance(before, list) and isinstance(after, list):
        item = shape.item if shape else None
        return len(before) == len(after) and all(
            _same(one, other, item) for one, other in zip(before, after, strict=True)
        )
    if isinstance(before, str) and isinstance(after, str):
        form = shape.form if shape else None
        if form in (Form.DATE, Form.ANY_DATE, Form.CSL_DATE):
            return normal_date(before) == after or before == after
        return before == after or (form is Form.TRUTH and before.lower() == after)
    return before is None and after is None


def _comments(document: Document) -> Counter[str]:
    """Return the lines of a document that are comments; each is there as often as before."""
    lines = document.source.text.split("\n")
    return Counter(line.strip() for line in lines if line.lstrip().startswith("#"))
