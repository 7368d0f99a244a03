"""The keys of a YAML text in the order of their models, moved with their comments and blank lines."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from mkdocs_guidebook.content.description import describe
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.walking import model_at
from mkdocs_guidebook.content.yaml12 import Document, Key, parse

_Edit = tuple[int, int, str]


def in_model_order(document: Document, model: type[BaseModel]) -> str:
    """Return the text with the keys of every group in the order of its model.

    A group with a key that its model does not know, or whose comments could belong to more than one key, stays
    as it is.
    """
    depth = max((len(key) for key in document.keys), default=0)
    for level in range(depth, 0, -1):  # the innermost first, so that what is moved is in order already
        edits = []
        ends = _content_ends(document)
        for key in [key for key in document.first_keys if len(key) == level - 1]:
            edit = _reordered(document, key, model, ends)
            if edit is not None:
                edits.append(edit)
        text = document.source.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        if edits:
            document = parse(Source("", text), 0, len(text), [])
    return document.source.text


def _content_ends(document: Document) -> dict[Key, int]:
    """Return where each value ends, without the comments and blank lines below it."""
    text = document.source.text
    ends: dict[Key, int] = {}
    for key, (_, end) in document.keys.items():
        _raise(ends, key, text.find(":", end) + 1)
    for key, (start, end) in document.values.items():
        is_block = key in document.first_keys or _is_list(document, key)
        if not is_block or text[start : start + 1] in ("[", "{"):
            _raise(ends, key, start + len(text[start:end].rstrip()))
    return ends


def _is_list(document: Document, key: Key) -> bool:
    return (*key, 0) in document.values


def _raise(ends: dict[Key, int], key: Key, end: int) -> None:
    for length in range(len(key) + 1):
        ends[key[:length]] = max(ends.get(key[:length], 0), end)


def _reordered(document: Document, key: Key, model: type[BaseModel], ends: dict[Key, int]) -> _Edit | None:
    """Return the edit that puts the keys of one group in order; None where nothing is to be done."""
    group = model_at(model, key)
    if group is None:
        return None
    order = {field.key: number for number, field in enumerate(describe(group))}
    names = _names(document, key)
    is_open = group.model_config.get("extra") == "allow"
    if not is_open and any(name not in order for name in names):
        return None
    wanted = sorted(names, key=lambda name: order.get(name, len(order)))
    if wanted == names:
        return None
    if document.source.text[document.values[key][0]] == "{":
        return _reordered_flow(document, key, names, wanted)
    return _reordered_block(document, key, names, wanted, ends)


def _names(document: Document, key: Key) -> list[str]:
    depth = len(key)
    return [str(one[-1]) for one in document.keys if len(one) == depth + 1 and one[:depth] == key]


def _reordered_flow(document: Document, key: Key, names: list[str], wanted: list[str]) -> _Edit | None:
    start, end = document.values[key]
    text = document.source.text
    if "\n" in text[start:end] or "#" in text[start:end].replace("[@", ""):
        return None
    pieces = {
        name: text[document.keys[*key, name][0] : document.values[*key, name][1]].strip() for name in names
    }
    return start, end, "{" + ", ".join(pieces[name] for name in wanted) + "}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A key of a block with what belongs to it."""

    above: list[str]
    """Blank lines and comments in front of it."""
    lines: list[str]
    """The key and its value; the first line without its indentation."""


def _reordered_block(
    document: Document, key: Key, names: list[str], wanted: list[str], ends: dict[Key, int]
) -> _Edit | None:
    text = document.source.text
    starts = [document.keys[*key, name][0] for name in names]
    columns = {start - (text.rfind("\n", 0, start) + 1) for start in starts}
    if len(columns) != 1 or any(_has_kept_end(document, (*key, name)) for name in names):
        return None
    column = columns.pop()
    prefix = text[starts[0] - column : starts[0]]
    pieces: dict[str, _Piece] = {}
    above: list[str] = []
    position = 0
    for number, name in enumerate(names):
        end = _line_end(text, ends[*key, name])
        gap_end = starts[number + 1] - column if number + 1 < len(names) else end
        gap = text[end + 1 : gap_end].split("\n")[:-1] if number + 1 < len(names) else []
        own = 0
        while own < len(gap) and gap[own].strip() and _indentation(gap[own]) > column:
            own += 1  # a comment that is indented deeper belongs to the value above it
        pieces[name] = _Piece(above, [*text[starts[number] : end].split("\n"), *gap[:own]])
        above = gap[own:]
        position = end
    first, new_first = pieces[names[0]], pieces[wanted[0]]
    if _comment_above(text, starts[0] - column) or (prefix.strip() and any(new_first.above)):
        return None  # the comment could belong to the first key, or to all
    blank = [line for line in new_first.above if not line.strip()]
    pieces[wanted[0]] = _Piece([line for line in new_first.above if line.strip()], new_first.lines)
    pieces[names[0]] = _Piece(blank, first.lines)
    lines: list[str] = []
    for number, name in enumerate(wanted):
        piece = pieces[name]
        indentation = " " * column if number else ""
        lines += [*piece.above, indentation + piece.lines[0], *piece.lines[1:]]
    if pieces[wanted[0]].above:
        lines = [lines[0].lstrip(), *lines[1:]]
        return (
            starts[0] - column,
            position,
            "\n".join([" " * column + lines[0], *_indented_key(lines[1:], column)]),
        )
    return starts[0], position, "\n".join(lines)


def _indented_key(lines: list[str], column: int) -> list[str]:
    """Indent the first line that is no comment: the key that has come to stand first."""
    number = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    return [*lines[:number], " " * column + lines[number], *lines[number + 1 :]]


def _has_kept_end(document: Document, key: Key) -> bool:
    """Whether a text inside the value keeps the blank lines at its end (`|+`)."""
    start, end = document.values[key]
    text = document.source.text[start:end]
    return "|+" in text or ">+" in text


def _comment_above(text: str, line_start: int) -> bool:
    above = text[:line_start].rstrip("\n").rpartition("\n")[2] if text[:line_start].endswith("\n") else ""
    return above.lstrip().startswith("#") and not text[:line_start].endswith("\n\n")


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
