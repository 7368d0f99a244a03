"""The form of texts: headings, sections, tables, raw HTML, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_guidebook.checks.engine import Check, Content, at_key, check, in_passage
from mkdocs_guidebook.content.kinds import PAGE
from mkdocs_guidebook.markup.convert import HTML_ALLOWED_IN_TEXT
from mkdocs_guidebook.problems import Problem, Rule, Severity, did_you_mean


@check(
    Rule(
        code="first-level-heading",
        family="headings",
        title="A body has no first-level heading",
        what="Reports a heading with one # in the body of a record.",
        why="The title of the front matter is the page's first-level heading, and there must be only one.",
        example="# Before the flood",
        fix="Delete the line, or write ## if it is a section.",
    )
)
def first_level_heading(content: Content, rule: Rule) -> Iterator[Problem]:
    """Bodies begin at the second level."""
    for record in content.library.bodies:
        for heading in record.body.headings:
            if heading.level == 1 and not (record.kind is PAGE and record.data.title is None):  # type: ignore[attr-defined]
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"“{heading.text}” is a first-level heading",
                    r"Write ## for a section. For a text that begins with #, write \# instead.",
                )


@check(
    Rule(
        code="skipped-heading-level",
        family="headings",
        title="Heading levels go down one at a time",
        what="Reports a heading that is more than one level below the one before it.",
        why="Screen readers and the contents list show the text's structure by its levels; accessible PDF refuses gaps.",
        example="## Before the flood\n\n#### The first meeting",
        fix="## Before the flood\n\n### The first meeting",
    )
)
def skipped_heading_level(content: Content, rule: Rule) -> Iterator[Problem]:
    """No heading level is skipped."""
    for record in content.library.bodies:
        level = 1
        for heading in record.body.headings:
            if heading.level > level + 1:
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"“{heading.text}” is a heading of level {heading.level} below one of level {level}",
                    f"Write {'#' * (level + 1)} in front of it.",
                )
            level = heading.level


@check(
    Rule(
        code="empty-heading",
        family="headings",
        title="Headings have words, and sections a text",
        what="Reports a heading with nothing under it, and a line of # signs without words.",
        why="An empty section promises something; what is not known is left out and shown as “not yet documented”.",
        example="## Results\n\n## Next steps",
        fix="Write the section, or delete its heading.",
    )
)
def empty_heading(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every heading has a text under it."""
    for record in content.library.bodies:
        for heading in record.body.headings:
            if not heading.text:
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    "this heading has no words",
                    "Write the words behind the # signs, or delete the line.",
                )
            elif heading.level > 1 and not record.source.text[heading.end : heading.content_end].strip():
                if record.kind is PAGE:
                    continue  # a hand-written page may be continued by what the site adds
                yield record.problem(
                    rule,
                    record.source.place(heading.start, heading.end),
                    f"there is nothing under the heading “{heading.text}”",
                    "Write the section, or delete its heading.",
                )


@check(
    Rule(
        code="missing-section",
        family="headings",
        title="Required sections are there",
        what="Reports records without a section that the vocabulary requires of their kind.",
        why="Readers rely on finding the same things in the same place.",
        example="a chapter without “If you have only ten minutes”",
        fix="Add the heading and the section.",
    )
)
def missing_section(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every record has the required sections of its kind."""
    for record in content.library.bodies:
        for term in getattr(content.library.vocabulary.sections, record.kind.name, ()):
            if term.required and not any(
                heading.level == 2 and heading.text == term.label for heading in record.body.headings
            ):
                body = record.body
                first_line = len(body.text) - len(body.text.lstrip("\n"))
                yield record.problem(
                    rule,
                    record.source.place(body.start + first_line),
                    f"the section “{term.label}” is missing",
                    f"Add a line `## {term.label}` and the section below it.",
                )


@check(
    Rule(
        code="unknown-section",
        family="headings",
        title="An activity has the sections of the vocabulary only",
        what="Reports second-level headings of an activity that the vocabulary does not list, and repeated ones.",
        why="The sections decide what counts as documented, and the lessons of all activities are read side by side.",
        example="## Lesson learned",
        fix="## Lessons learned",
    )
)
def unknown_section(content: Content, rule: Rule) -> Iterator[Problem]:
    """Records of closed kinds use the vocabulary's headings, once each."""
    for record in content.library.bodies:
        terms = getattr(content.library.vocabulary.sections, record.kind.name, ())
        labels = [term.label for term in terms]
        if not record.kind.closed_sections or not labels:
            continue
        seen: set[str] = set()
        for heading in record.body.headings:
            if heading.level != 2:
                continue
            place = record.source.place(heading.start, heading.end)
            if heading.text not in labels:
                yield record.problem(
                    rule,
                    place,
                    f"“{heading.text}” is not a section of this kind of record"
                    f"{did_you_mean(heading.text, labels)}",
                    "Use one of the allowed headings, or a third-level heading (###) inside one of them.",
                    labels,
                )
            elif heading.text in seen:
                yield record.problem(
                    rule, place, f"the section “{heading.text}” stands twice", "Join the two sections."
                )
            seen.add(heading.text)


@check(
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


@check(
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


@check(
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


@check(
    Rule(
        code="undefined-footnote",
        family="marks",
        title="Footnotes have a text",
        what="Reports a footnote mark whose text is nowhere in the body.",
        why="The mark would stand in the text as it was typed.",
        example="as before.[^1]",
        fix="as before.[^1]\n\n[^1]: The law changed in 2021.",
    )
)
def undefined_footnote(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every footnote mark has its text."""
    for passage in content.passages:
        if "[^" not in passage.masked:
            continue
        defined = set(re.findall(r"^ {0,3}\[\^([^\[\]\s]++)\]:", passage.masked, re.M))
        for match in re.finditer(r"\[\^([^\[\]\s]++)\](?!:)", passage.masked):
            if match[1] not in defined:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    f"the footnote `{match[1]}` has no text",
                    f"Add a line `[^{match[1]}]: …` at the end of the body.",
                )


@check(
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


_MOST_LEVELS = 10
_NESTED = re.compile(
    r"^[ \t]*+(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|(?:!!!|\?\?\?\+?|===[!+]?|:)(?=[ \t]))[ \t]*+)++",
    re.M,
)


@check(
    Rule(
        code="nested-too-deep",
        family="marks",
        title="Lists and quotations are nested at most 10 levels deep",
        what="Reports a line that is a list in a list, or a quotation in a quotation, more than 10 levels deep.",
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


CHECKS: tuple[Check, ...] = (
    first_level_heading,
    skipped_heading_level,
    empty_heading,
    missing_section,
    unknown_section,
    table_without_header,
    raw_html,
    bad_marker,
    undefined_footnote,
    nested_too_deep,
    blocks_in_line,
)
