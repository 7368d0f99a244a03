"""A review as Markdown, for the comment below a pull request.

Whatever was contributed is text here: it cannot end the paragraph or table that it stands in, start a list, a
link or a tag, or call people or other discussions. A comment has room for so much only (code hosts take 65,536
characters), so what matters most stands first, and what has no room is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from mkdocs_guidebook.content.kinds import CHAPTER
from mkdocs_guidebook.content.source import CONTROL
from mkdocs_guidebook.editing.review import LinkChange, Review
from mkdocs_guidebook.editions.differences import RecommendationDifference, ThingDifference
from mkdocs_guidebook.editions.report import Item, figure_item, recommendation_item, thing_item
from mkdocs_guidebook.editions.wording import BlockChange, Run
from mkdocs_guidebook.problems import Problem

MARKER = "<!-- guidebook-review -->"
"""The first line, by which the comment is found again."""
MOST_CHARACTERS = 60_000
_MOST_OF_ITEM = 6_000
_MOST_LISTED, _MOST_PATHS = 30, 10
_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")
_AT_THE_BEGINNING = re.compile(r"^(\d*)([-+=.)])")
_CALLS = re.compile(r"@|(?<=[#!])(?=\w)|:(?=\w+:)|(?<=\bGH-)(?=\d)")
"""The signs of calls: @name, #12, !12, :emoji:, GH-12. Behind each stands a joiner."""
_JOINER = "\N{WORD JOINER}"
"""Takes no room and is not seen, but what stands behind it is no name that the code host would call."""


def as_markdown(review: Review, preview: str = "", most: int = MOST_CHARACTERS) -> str:
    """Return a review as Markdown of at most so many characters.

    `preview` is the address at which the site of the change can be seen; without it pages are only named.
    """
    language = review.language
    text = f"{MARKER}\n# {language('review.title')}\n\n"
    text += language("review.base", base=escaped(review.base.name), commit=review.base.commit[:10]) + "\n"
    if review.is_empty:
        return f"{text}\n{language('review.nothing')}\n"
    shown, left_out = "", 0
    room = most - 300  # for the sentence about what has no room
    for piece in _Writer(review, preview.rstrip("/")).pieces():
        heading = f"\n## {piece.heading}\n" if piece.heading != shown else ""
        if len(text) + len(heading) + len(piece.text) <= room:
            text += heading + piece.text
            shown = piece.heading
        else:
            left_out += 1
    if left_out:
        text += f"\n---\n\n{language('review.left_out', n=left_out)}\n"
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is shown whole or left out."""

    heading: str
    """The section that it stands in; empty above the first one."""
    text: str


def escaped(text: str) -> str:
    """Return contributed text so that Markdown shows it as it is, on one line."""
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SPECIAL.sub(r"\\\1", text)
    text = _AT_THE_BEGINNING.sub(r"\1\\\2", text)
    return _CALLS.sub(lambda match: match[0] + _JOINER, text)


def code(text: str) -> str:
    """Return contributed text as code, on one line."""
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split())) or " "
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def with_code(message: str) -> str:
    """Return a message in which values stand between backticks, as code."""
    pieces = message.split("`")
    if len(pieces) % 2 == 0:
        return escaped(message)
    shown = []
    for number, piece in enumerate(pieces):
        shown.append(code(piece) if number % 2 else _spaced(piece, escaped(piece)))
    return "".join(shown)


class _Writer:
    """Writes the parts of one review."""

    def __init__(self, review: Review, preview: str) -> None:
        self.review, self.preview, self.say = review, preview, review.language

    def pieces(self) -> Iterator[_Piece]:
        """Yield the parts, the most important first."""
        review, say = self.review, self.say
        differences = review.differences
        yield _Piece("", self._counts())
        yield from self._listing("review.unreadable", map(code, review.unreadable))
        yield from self._listing("review.new", map(self._problem, review.new))
        yield from self._listing("review.gone", map(code, review.gone))
        yield from self._listing("review.others", map(code, review.others), _MOST_PATHS)
        sections = {
            "recommendations": map(self._recommendation, differences.recommendations),
            "records": map(self._record, differences.records),
            "figures": (self._item(figure_item(item, say)) for item in differences.figures),
            "entries": (self._item(thing_item(item, say)) for item in differences.entries),
        }
        for name, items in sections.items():
            yield from (_Piece(say(f"editions.{name}"), item) for item in items)
        yield from self._listing("review.links", map(self._links, review.links))
        yield from self._listing("review.unexplained", map(code, review.unexplained), _MOST_PATHS)
        yield from self._listing("review.assets", map(code, review.assets), _MOST_PATHS)
        yield from self._listing("review.translations", map(code, review.translations))
        yield from self._listing("review.copies", map(escaped, review.copies))
        yield from self._listing("review.mended", map(self._problem, review.mended))
        yield from self._listing("review.unreadable_before", map(code, review.unreadable_before))

    def _counts(self) -> str:
        review, differences = self.review, self.review.differences
        changes = [item.change for item in differences.records]
        counts = {
            "records_added": changes.count("added"),
            "records_amended": changes.count("amended") + changes.count("reviewed"),
            "records_removed": changes.count("removed"),
            "recommendations": len(differences.recommendations),
            "figures": len(differences.figures),
            "entries": len(differences.entries),
            "problems_new": len(review.new),
            "problems_mended": len(review.mended),
            "addresses_gone": len(review.gone),
        }
        rows = [f"| {self.say(f'review.{name}')} | {count} |\n" for name, count in counts.items() if count]
        return "".join(["\n| | |\n| --- | ---: |\n", *rows]) if rows else ""

    def _listing(self, name: str, lines: Iterable[str], most: int = _MOST_LISTED) -> Iterator[_Piece]:
        """Yield a section with a sentence that says what its lines are, and with so many of them."""
        listed = list(lines)
        if not listed:
            return
        text = "".join(f"- {line}\n" for line in listed[:most])
        more = len(listed) - most
        text += f"- {self.say('review.more', n=more)}\n" if more > 0 else ""
        yield _Piece(self.say(name), f"\n{self.say(f'{name}_about')}\n\n{text}")

    def _problem(self, problem: Problem) -> str:
        end = "" if problem.message.endswith(("?", ".")) else "."
        hint = f" {with_code(problem.hint)}" if problem.hint else ""
        return f"{code(str(problem.place))} **{problem.severity}**: {with_code(problem.message)}{end}{hint}"

    def _links(self, change: LinkChange) -> str:
        removed = (f"<del>{code(target)}</del>" for target in change.removed)
        added = (f"<ins>{code(target)}</ins>" for target in change.added)
        return f"{code(change.path)}: {' '.join((*removed, *added))}"

    # Things that changed

    def _recommendation(self, difference: RecommendationDifference) -> str:
        chapter = difference.address.partition("#")[0]
        return self._item(recommendation_item(difference, self.say), f"{CHAPTER.folder}/{chapter}.md")

    def _record(self, difference: ThingDifference) -> str:
        key = (difference.kind, difference.id)
        states = {
            "review.draft": key in self.review.drafts,
            "review.published": key in self.review.published,
            "review.unpublished": key in self.review.unpublished,
        }
        notes = [self.say(name) for name, holds in states.items() if holds]
        return self._item(thing_item(difference, self.say), self.review.files.get(key, ""), notes)

    def _item(self, item: Item, file: str = "", notes: Sequence[str] = ()) -> str:
        what = "; ".join([item.what, *notes])
        lines = [f"\n### {escaped(item.title)}", f"\n*{escaped(what)}*{self._seen_at(item.url, file)}"]
        lines += [f"\n> {escaped(reason)}" for reason in item.reasons]
        if item.facts:
            before, after = self.say("editions.before"), self.say("editions.after")
            lines.append(f"\n| | {before} | {after} |\n| --- | --- | --- |")
            lines += [
                f"| {escaped(fact.label)} | {escaped(fact.before)} | {escaped(fact.after)} |"
                for fact in item.facts
            ]
        for text in item.texts:
            lines.append(f"\n**{escaped(text.label)}**")
            lines += [f"\n{marked(block)}" for block in text.blocks if block.state != "same"]
        return self._cut(lines)

    def _seen_at(self, url: str, file: str) -> str:
        seen = f" · {code(file)}" if file else ""
        if url and self.preview:
            # Nothing of an address can end the link: parentheses and the like are written as numbers.
            seen += f" · [{self.say('review.preview')}]({self.preview}/{quote(url, safe='/#')})"
        elif url:
            seen += f" · {code(url)}"
        return seen

    def _cut(self, lines: Sequence[str]) -> str:
        """Return the lines, without those that have no room."""
        kept: list[str] = []
        room = _MOST_OF_ITEM
        for line in lines:
            if len(line) <= room:
                kept.append(line)
                room -= len(line)
        cut = len(lines) - len(kept)
        if cut:
            kept.append(f"\n*{self.say('review.cut', n=cut)}*")
        return "\n".join(kept) + "\n"


def marked(block: BlockChange) -> str:
    """Return a block whose deleted words are struck and whose added words are bold."""
    text = "- " if block.kind in ("item", "row") else ""
    for run in block.runs:
        text += _run(run, text[-1:])
    return text.rstrip()


def _run(run: Run, sign_before: str) -> str:
    inner = escaped(run.text)
    if not inner:
        return " " if run.text else ""
    if run.state == "same":
        return _spaced(run.text, inner)
    sign, tag = ("~~", "del") if run.state == "deleted" else ("**", "ins")
    apart = run.text[:1].isspace() or sign_before != sign[0]
    if inner[0].isalnum() and inner[-1].isalnum() and apart:
        return _spaced(run.text, f"{sign}{inner}{sign}")
    # Beside other signs, Markdown's own do not count as marks (CommonMark 0.31, 6.2).
    return _spaced(run.text, f"<{tag}>{inner}</{tag}>")


def _spaced(written: str, shown: str) -> str:
    """Return a piece of text with the space that stood around it."""
    return f"{' ' if written[:1].isspace() else ''}{shown}{' ' if written[-1:].isspace() else ''}"
