"""Lists, tables, footnotes and links that would be shown as they were typed, or not at all.

Code hosts and word processors are more generous here than Python-Markdown, which makes the site: what looks
right in their preview is run together on its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_guidebook.checks.engine import Check, Content, check_each_file, in_passage
from mkdocs_guidebook.problems import Problem, Rule, Severity

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<space>[ ]+)(?=\S)")
_BULLET = re.compile(r" *(?P<mark>[•▪◦●‣·])[ \t\u00a0]*")
_RULE = re.compile(r" {0,3}(?:[-*_] *){3,}|=+ *|-+ *")
_QUOTED = re.compile(r" {0,3}(?:> ?)+")
_NO_TEXT = re.compile(r"[#|<!?:]|:::|\[\^?[^\[\]]+\]:|\*\[|=== ")
"""How lines begin that are no paragraph."""
_INDENT = 4


@dataclass(frozen=True, slots=True)
class _Item:
    """The first line of a list item."""

    indent: int
    content: int
    """Where its text begins, counted in spaces."""
    numbered: bool


def _misplaced(text: str, masked: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, message and hint of what looks like a part of a list and would not be one."""
    item: _Item | None = None
    above = ""  # the line above, where it is part of a paragraph that is no list item
    after_gap, told = True, False
    end = -1
    for original, written in zip(text.split("\n"), masked.split("\n"), strict=True):
        start, end = end + 1, end + 1 + len(written)
        if not written or written.isspace():
            above, told = "", False
            after_gap = not original.strip()  # not so behind code
            continue
        if written[0].isalpha():  # as nearly all lines
            item, above = (None, written) if after_gap else (item, above and written)
            after_gap = False
            continue
        quoted = _QUOTED.match(written)
        line = written[quoted.end() :] if quoted else written
        line = line.expandtabs(_INDENT)
        indent = len(line) - len(line.lstrip(" "))
        if original[: len(original) - len(written.lstrip())].strip(" >\t"):
            line, indent = "x", 0  # code or an escaped sign stands in front
        if _RULE.fullmatch(line):
            above, item = "", None
        elif bullet := _BULLET.match(line):
            if not told:
                at = start + written.index(bullet["mark"])
                message = f"the sign {bullet['mark']} begins no list item: the items would be run together"
                yield (
                    at,
                    at + 1,
                    message,
                    "Write a hyphen and a space, `- `, and an empty line above the list.",
                )
            above, told = line, True
        elif match := _ITEM.match(line):
            found = _Item(indent, match.end(), match["mark"][0].isdigit())
            if above:
                if not told and _begins_list(match["mark"], above):
                    told = True
                    message = "this list item is part of the paragraph above: its items would be run together"
                    hint = "Write an empty line above the list."
                    if match["mark"].endswith(")"):
                        hint = "Write the number with a point, `1.`, and an empty line above the list."
                    yield start + written.index(match["mark"]), end, message, hint
                above = line
            elif match["mark"].endswith(")") and after_gap:
                above = line  # the site knows no such list; one line alone is shown as it is typed
            else:
                deeper = indent - item.indent if item else 0
                if (
                    item
                    and 0 < deeper < _INDENT
                    and (indent >= item.content or item.numbered != found.numbered)
                ):
                    message = f"this list item is indented by {_spaces(deeper)}: it would not stand below the one above"
                    yield start + written.index(match["mark"]), end, message, _DEEPER
                else:
                    item = found
        elif item and after_gap and item.content <= indent < item.indent + _INDENT:
            message = f"this paragraph is indented by {_spaces(indent - item.indent)}: it would not belong to the list item above"
            yield start + len(written) - len(written.lstrip()), end, message, _DEEPER
        elif indent < _INDENT and (after_gap or above):
            item = None if after_gap and not indent else item
            above = "" if _NO_TEXT.match(line.lstrip()) else line
        after_gap = False


_DEEPER = "Indent it by four spaces."


def _spaces(number: int) -> str:
    return "one space" if number == 1 else f"{number} spaces"


def _begins_list(mark: str, above: str) -> bool:
    """Whether a line in a paragraph begins a list for a code host: a number other than 1 may end a sentence."""
    if mark[0].isdigit() and int(mark[:-1]) != 1:
        return mark.endswith(")") and re.match(r" *\d+\)", above) is not None
    return True


@check_each_file(
    Rule(
        code="list-as-text",
        family="marks",
        title="Lists stand apart, and what belongs to an item is indented by four spaces",
        what="Reports list items directly below a line of text, items and paragraphs below an item that are indented"
        " by less than four spaces, and bullets that word processors write.",
        why="A code host shows them as lists, the site and print run them together or lose their levels.",
        example="We need:\n- sand\n- bags",
        fix="We need:\n\n- sand\n- bags",
        severity=Severity.WARNING,
    )
)
def list_as_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """What looks like a list is one."""
    for passage in content.passages:
        if not passage.inline:
            for start, end, message, hint in _misplaced(passage.text, passage.masked):
                yield in_passage(rule, passage, start, end, message, hint)


@check_each_file(
    Rule(
        code="table-as-text",
        family="marks",
        title="Tables stand apart, and no row has more cells than the header",
        what="Reports tables directly below a line of text, those whose line of hyphens has another number of cells"
        " than the header, and rows with more cells than it.",
        why="Such a table would be shown as it was typed, and cells that are too many would be missing.",
        example="| Place | Flooded |\n| --- | --- |\n| Mill | no | since 1990 |",
        fix="| Place | Flooded | Since |\n| --- | --- | --- |\n| Mill | no | 1990 |",
    )
)
def table_as_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """What looks like a table is one, with all its cells."""
    for passage in content.passages:
        for table in passage.tables:
            if not table.has_header:
                continue
            text = passage.masked
            above = text[text.rfind("\n", 0, max(0, table.start - 1)) + 1 : max(0, table.start - 1)]
            if above.strip() and not above.startswith("#"):
                message = "this table is part of the paragraph above, and would be shown as it is typed"
                hint = "Write an empty line above the table."
                end = table.start + len(table.header)
                yield in_passage(rule, passage, table.start, end, message, hint)
            width = _cells(table.header)
            start = table.start
            for number, row in enumerate(text[table.start : table.end].split("\n")):
                cells, end = _cells(row), start + len(row)
                if number == 1 and cells != width:
                    message = f"this line has {_count(cells)}, the header {width}: the table would be shown as it is typed"
                    yield in_passage(
                        rule, passage, start, end, message, "Write | --- | once for each column."
                    )
                elif cells > width:
                    message = (
                        f"this row has {cells} cells, the header only {width}: the last would be missing"
                    )
                    hint = r"Give every column a header. To write the sign | in a cell, write \| instead."
                    yield in_passage(rule, passage, start, end, message, hint)
                start = end + 1


def _count(cells: int) -> str:
    return "one cell" if cells == 1 else f"{cells} cells"


def _cells(row: str) -> int:
    """Return how many cells a row has whose escaped signs and code are blanked out."""
    return row.strip().removeprefix("|").removesuffix("|").count("|") + 1


_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\[\]\s]++)\]")
_FOOTNOTE_TEXT = re.compile(r"^ {0,3}\[\^(?P<name>[^\[\]\s]++)\]:", re.M)


@check_each_file(
    Rule(
        code="undefined-footnote",
        family="marks",
        title="Footnotes have a mark and a text",
        what="Reports a footnote mark whose text is nowhere in the body, a text that no mark leads to, and a second"
        " text of the same footnote.",
        why="The mark would stand in the text as it was typed; of two texts one would be missing.",
        example="as before.[^1]",
        fix="as before.[^1]\n\n[^1]: The law changed in 2021.",
    )
)
def undefined_footnote(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every footnote mark has its text, and every text its mark."""
    for passage in content.passages:
        if "[^" not in passage.masked:
            continue
        texts: dict[str, re.Match[str]] = {}
        starts: set[int] = set()
        for match in _FOOTNOTE_TEXT.finditer(passage.masked):
            starts.add(match.end() - len(match["name"]) - 4)
            first = texts.setdefault(match["name"], match)
            if first is not match:
                line = passage.place(first.start("name"), first.end("name")).line
                yield in_passage(
                    rule,
                    passage,
                    match.start("name"),
                    match.end("name"),
                    f"the footnote `{match['name']}` has a text in line {line} already",
                    "Give this one another name, here and at its mark, or delete one of the two.",
                )
        used = set()
        for match in _FOOTNOTE.finditer(passage.masked):
            if match.start() in starts:
                continue
            used.add(match["name"])
            if match["name"] not in texts:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    f"the footnote `{match['name']}` has no text",
                    f"Add a line `[^{match['name']}]: …` at the end of the body.",
                )
        for name, match in texts.items():
            if name not in used:
                yield in_passage(
                    rule,
                    passage,
                    match.start("name"),
                    match.end("name"),
                    f"no mark leads to the footnote `{name}`",
                    f"Write [^{name}] where it belongs, or delete it.",
                )


_ADDRESS = (
    r"(?:(?:https?://|www\.|mailto:|\.\.?/)[^\s()\[\]]*|#[\w-]+"
    r"|[^\s()\[\]]+\.(?:md|html?|pdf|docx?|png|jpe?g|svg)(?:#[^\s()\[\]]*)?)"
)
_APART = re.compile(rf"\[(?![ xX]\]|\^)[^\[\]\n@]+\][ \u00a0]+\({_ADDRESS}\)")
_REVERSED = re.compile(rf"\((?<!\]\()[^()\[\]\n]+\)\[{_ADDRESS}\]")
_OPEN = re.compile(rf"\[[^\[\]\n]+\]\({_ADDRESS}(?=[\s,;]|\Z)(?![^\n)]{{0,300}}\))")
_DOUBLE = re.compile(r"\[\[(?![@^ ])[^\[\]\n]+\]\](?![\[(])")
_LABELLED = re.compile(
    r"\[(?<![\w\]]\[)(?![ @^xX]?\]|[@^])[^\[\]\n@]+\]\[(?P<label>(?![@^])[^\[\]\n]*)\](?![\[(:])"
)
_SHAPES = (
    (_APART, "there is a space between its brackets", "Write [words](address), without a space between."),
    (_REVERSED, "its brackets are in the wrong order", "Write [words](address)."),
    (_OPEN, "the bracket behind its address is missing", "Write [words](address)."),
    (_DOUBLE, "two brackets mean nothing here", "Write [words](address), with the path of the file."),
)


@check_each_file(
    Rule(
        code="link-as-text",
        family="links",
        title="A link is written with its words in square and its address in round brackets",
        what="Reports a space between the brackets of a link, brackets in the wrong order, doubled or never closed, and"
        " a label that no line of the text explains.",
        why="It would be shown as it was typed, and lead nowhere.",
        example="See the [law] (https://example.org/law).",
        fix="See the [law](https://example.org/law).",
    )
)
def link_as_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """What looks like a link is one."""
    for passage in content.passages:
        text = passage.masked
        if "[" not in text:
            continue
        links = {link.start for link in passage.links}
        for shape, what, hint in _SHAPES:
            for match in shape.finditer(text):
                if match.start() not in links:
                    message = f"this is no link: {what}"
                    yield in_passage(rule, passage, match.start(), match.end(), message, hint)
        if "][" in text:
            for match in _LABELLED.finditer(text):
                label = match["label"].strip() or match.group()[1:-3]
                is_explained = passage.definition(label) or match.start() in links
                if not is_explained and any(map(str.isalnum, label)):  # [the mayor][…] is a quotation
                    message = f"this is no link: no line `[{label}]: …` says where it leads"
                    hint = "Write [words](address), or add that line with the address."
                    yield in_passage(rule, passage, match.start(), match.end(), message, hint)


CHECKS: tuple[Check, ...] = (list_as_text, table_as_text, undefined_footnote, link_as_text)
