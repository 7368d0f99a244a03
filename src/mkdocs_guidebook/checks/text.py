"""The form of texts: tables, raw HTML, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_guidebook.checks.engine import Check, Content, at_key, check, check_each_file, in_passage
from mkdocs_guidebook.markup.convert import HTML_ALLOWED_IN_TEXT
from mkdocs_guidebook.problems import Problem, Rule, Severity, did_you_mean


@check_each_file(
    Rule(
        code="table-without-header",
        family="accessibility",
        title="Tables have a header row",
        what="Reports tables whose first row is not a header, or whose header cells are all empty.",
        why="Without a header a screen reader reads numbers without saying what they are.",
        example="| Bridge | yes |\n| Mill | no |",
        fix="| Place | Flooded |\n| --- | --- |\n| Bridge | yes |\n| Mill | no |",
    )
)
def table_without_header(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every table names its columns."""
    for passage in content.passages:
        for table in passage.tables:
            if not table.has_header:
                yield in_passage(
                    rule,
                    passage,
                    table.start,
                    table.start + len(table.header),
                    "this table has no header row",
                    "Write the names of the columns in the first line and a line of | --- | below it.",
                )


_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=")
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*?(?<![\w-])(?P<name>src|href|style|on\w+)\s*=", re.I)


@check_each_file(
    Rule(
        code="raw-html",
        family="safety",
        title="Texts are Markdown, with a short list of HTML elements",
        what="Reports HTML outside a short list of harmless elements (such as <abbr>, <br>, <kbd>, <sub>, <sup>),"
        " attributes other than title, lang and dir, and attribute lists that set an address or a style.",
        why="HTML can run programs in a reader's browser, and has no form in print. The site drops it.",
        example='<iframe src="https://example.org/video"></iframe>',
        fix="Say it in Markdown, or link to it.",
    )
)
def raw_html(content: Content, rule: Rule) -> Iterator[Problem]:
    """No HTML but the short list."""
    for passage in content.passages:
        opened: set[str] = set()
        for tag in passage.tags:
            if passage.masked.startswith("</", tag.start) and tag.name in opened:
                continue  # the element was reported where it begins
            opened.add(tag.name)
            attributes = set(_ATTRIBUTE.findall(tag.attributes)) - {"title", "lang", "dir"}
            if tag.name in HTML_ALLOWED_IN_TEXT and not attributes:
                continue
            if tag.name in HTML_ALLOWED_IN_TEXT:
                message = f"`{sorted(attributes)[0]}` is not allowed in <{tag.name}>"
            else:
                message = f"the HTML element <{tag.name}> is not allowed"
            yield in_passage(
                rule,
                passage,
                tag.start,
                tag.end,
                message,
                "Say it in Markdown. To show a < sign, write &lt; or put the text between backticks.",
                tuple(sorted(HTML_ALLOWED_IN_TEXT)),
            )
        for match in _ATTRIBUTE_LIST.finditer(passage.masked) if "{" in passage.masked else ():
            yield in_passage(
                rule,
                passage,
                match.start("name"),
                match.end("name"),
                f"`{match['name']}` is not allowed in an attribute list",
                "Delete it.",
            )


@check_each_file(
    Rule(
        code="bad-marker",
        family="marks",
        title="Markers name a recommendation or an exercise of the chapter, once",
        what="Reports lines beginning with ::: that name nothing of this chapter, stand twice, or are indented.",
        why="The recommendation would be missing at this place, or be there twice with the same address.",
        example="::: recomendation agree-before-the-first-case",
        fix="::: recommendation agree-before-the-first-case",
    )
)
def bad_marker(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every marker can be put in."""
    library = content.library
    slots = {
        chapter.path: {
            "recommendation": [item.id for item in chapter.data.recommendations],
            "exercise": [item.id for item in chapter.data.exercises],
        }
        for chapter in library.chapters
    }
    for passage in content.passages:
        if ":::" not in passage.masked or passage.entry.path in library.broken:
            continue
        known = slots.get(passage.entry.path, {}) if passage.key is None else {}
        good = {marker.start for marker in passage.markers}
        for match in re.finditer(r"^[ \t>*-]*:::.*$", passage.masked, re.M):
            if match.start() not in good:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    "this line is not a marker",
                    "Write ::: recommendation its-id at the beginning of a line of its own.",
                )
        seen: set[tuple[str, str]] = set()
        for marker in passage.markers:
            start, end = marker.start, marker.end
            message = ""
            allowed: tuple[str, ...] = ()
            if not known:
                message = "a marker means something in the body of a chapter only"
            elif marker.kind not in known:
                start = passage.masked.index(marker.kind, start)
                end = start + len(marker.kind)
                message = f"there is no marker `{marker.kind}`{did_you_mean(marker.kind, known)}"
                allowed = tuple(known)
            elif marker.id not in known[marker.kind]:
                start = marker.id_start
                allowed = tuple(known[marker.kind])
                guess = did_you_mean(marker.id, allowed)
                message = f"this chapter has no {marker.kind} `{marker.id}`{guess}"
            elif (marker.kind, marker.id) in seen:
                message = f"the {marker.kind} `{marker.id}` is put in twice"
            elif not _stands_alone(passage.masked, start, end):
                message = "a marker needs an empty line before and after it"
            seen.add((marker.kind, marker.id))
            if message:
                hint = "Write ::: recommendation its-id on a line of its own, between empty lines."
                yield in_passage(rule, passage, start, end, message, hint, allowed)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the lines before and after ``text[start:end]`` are empty."""
    line_before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]
    end_after = text.find("\n", end + 1)
    line_after = text[end : end_after if end_after >= 0 else len(text)]
    return not line_before.strip() and not line_after.strip()


@check_each_file(
    Rule(
        code="blocks-in-line",
        family="marks",
        title="Short fields are one paragraph",
        what="Reports headings, lists and tables in fields that hold a sentence or two.",
        why="They are shown inside lines and cells, where a list or heading cannot stand.",
        example="because: |\n  - first\n  - second",
        fix="because: First, … Second, …",
        severity=Severity.WARNING,
    )
)
def blocks_in_line(content: Content, rule: Rule) -> Iterator[Problem]:
    """A field for one paragraph holds one paragraph."""
    for passage in content.passages:
        if not passage.inline:
            continue
        match = re.search(r"^(#{1,6} |[-*+] |\d+\. |\|)", passage.masked, re.M)
        if match and passage.key is not None:
            yield at_key(
                rule,
                passage.entry,
                passage.key,
                "this field holds one paragraph, not a list, heading or table",
                "Write it as one or two sentences.",
            )


_MARK = re.compile(r"\[@[\w-]++|!?\[[^\[\]]*+\]\(|\*\*|__|`")


@check(
    Rule(
        code="marks-in-plain-text",
        family="marks",
        title="Titles and summaries are plain text",
        what="Reports citations, links and Markdown signs in a title or a summary.",
        why="Titles and summaries stand in lists, feeds and search results, where the signs would be shown as they were typed.",
        example="summary: What is known about it [@meyer-2019].",
        fix="summary: What is known about it.",
        severity=Severity.WARNING,
    )
)
def marks_in_plain_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """Titles and summaries hold words only."""
    for record in content.library.bodies:
        for name in ("title", "summary"):
            value = getattr(record.data, name) or ""
            match = _MARK.search(value)
            if match:
                yield record.problem(
                    rule,
                    record.document.place_of_part((name,), value, match.start(), match.end()),
                    f"`{match.group()}` would be shown as it stands: `{name}` is plain text",
                    "Delete the sign. A citation or a link belongs in the body.",
                )


_MOST_LEVELS = 10
_MOST_BRACKETS = 20
_BRACKET = re.compile(r"\]\(|[\[\])]|\n(?=[ \t]*\n)")
_CHANGES = {"[": (1, 0), "]": (-1, 0), "](": (-1, 1), ")": (0, -1)}
"""How a sign changes the number of open square brackets, and of link addresses that are not closed."""
_NESTED = re.compile(
    r"^[ \t]*+(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|(?:!!!|\?\?\?\+?|===[!+]?|:)(?=[ \t]))[ \t]*+)++",
    re.M,
)


@check_each_file(
    Rule(
        code="nested-too-deep",
        family="marks",
        title="Lists and quotations are nested at most 10 levels deep",
        what="Reports a line that is a list in a list, or a quotation in a quotation, more than 10 levels deep, and a"
        " paragraph with more than 20 brackets that are not closed.",
        why="Nobody can follow it, and such a text can stop the site from being built.",
        example="> > > > > > > > > > > Somebody said",
        fix="> Somebody said",
    )
)
def nested_too_deep(content: Content, rule: Rule) -> Iterator[Problem]:
    """Lists and quotations have a bounded depth."""
    for passage in content.passages:
        for match in _NESTED.finditer(passage.masked):
            signs = match.group().expandtabs(4)
            levels = (len(signs) - len(signs.lstrip())) // 4 + len(signs.replace(">", " > ").split())
            if levels > _MOST_LEVELS:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    f"this line is nested {levels} levels deep; at most {_MOST_LEVELS} are allowed",
                    "Delete spaces or signs at its beginning.",
                )
        # For each of these brackets Python-Markdown reads on to its end, or to that of the paragraph.
        opened = addresses = 0
        for match in _BRACKET.finditer(passage.masked) if passage.masked.count("[") > _MOST_BRACKETS else ():
            square, rounded = _CHANGES.get(match.group(), (-opened, -addresses))
            opened, addresses = max(0, opened + square), max(0, addresses + rounded)
            if max(opened, addresses) > _MOST_BRACKETS:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    f"more than {_MOST_BRACKETS} brackets of this paragraph are not closed",
                    "Close the brackets, or write a backslash in front of each.",
                )
                break


CHECKS: tuple[Check, ...] = (
    table_without_header,
    raw_html,
    bad_marker,
    nested_too_deep,
    blocks_in_line,
    marks_in_plain_text,
)
