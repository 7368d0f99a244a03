"""A comparison in words: as Markdown, as HTML, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from mkdocs_guidebook.content.dates import DATE_PATTERN, parse_date
from mkdocs_guidebook.editions.differences import (
    Differences,
    FactChange,
    FigureDifference,
    RecommendationDifference,
    TextChange,
    ThingDifference,
)
from mkdocs_guidebook.editions.wording import BlockChange, Run
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.outline import CITATION

_MARKED = re.compile(r"([\\`*_~\[\]<>|])")
_DATE = re.compile(DATE_PATTERN)
_OWN_WORDS = {
    "standing": "standing",
    "event_kind": "event",
    "confirmed": "answer",
    "part_of_project": "answer",
}
"""Fields whose values are words of the site's own, with the part of the catalogue that has them."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True)
class FactLine:
    """A row of the table before/after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TextPart:
    """A text with its changes."""

    label: str
    """What it is; empty where that is plain."""
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True)
class Item:
    """One thing that changed."""

    title: str
    url: str
    what: str
    """What became of it, in a few words."""
    reasons: tuple[str, ...] = ()
    facts: tuple[FactLine, ...] = ()
    texts: tuple[TextPart, ...] = ()


@dataclass(frozen=True)
class Section:
    """Things of one kind that changed."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Report:
    """A comparison as it is read."""

    title: str
    language: Language
    sections: tuple[Section, ...]


def report(differences: Differences, language: Language) -> Report:
    """Return a comparison in the words of a language."""
    old, new = differences.old or language("editions.unnamed"), differences.new
    title = (
        language("editions.what_changed", old=old, new=new)
        if new
        else language("editions.what_changed_since", old=old)
    )
    found = (
        ("recommendations", [recommendation_item(item, language) for item in differences.recommendations]),
        ("records", [thing_item(item, language) for item in differences.records]),
        ("figures", [figure_item(item, language) for item in differences.figures]),
        ("entries", [thing_item(item, language) for item in differences.entries]),
    )
    return Report(
        title,
        language,
        tuple(Section(language(f"editions.{name}"), tuple(items)) for name, items in found if items),
    )


def recommendation_item(difference: RecommendationDifference, language: Language) -> Item:
    """Return what became of a recommendation in words."""
    words = [
        language(
            f"editions.advice_{change}",
            before=difference.number_before,
            chapter=difference.address_before.partition("#")[0],
        )
        for change in difference.changes
    ]
    shown = "reworded" not in difference.changes
    return Item(
        title=f"{difference.number} {difference.text}",
        url=difference.url,
        what=language.listing(words),
        reasons=tuple(_plain(reason) for reason in difference.reasons),
        facts=tuple(fact_line(fact, language) for fact in difference.facts),
        texts=tuple(
            text_part(text, language) for text in difference.texts if not (shown and text.name == "text")
        ),
    )


def thing_item(difference: ThingDifference, language: Language) -> Item:
    """Return what became of a record or an entry in words."""
    kind = language(f"kind_one.{difference.kind}")
    return Item(
        title=f"{kind}: {difference.title}",
        url=difference.url,
        what=language(f"editions.{difference.change}"),
        reasons=tuple(_plain(reason) for reason in difference.reasons),
        facts=tuple(fact_line(fact, language) for fact in difference.facts),
        texts=tuple(text_part(text, language) for text in difference.texts),
    )


def figure_item(difference: FigureDifference, language: Language) -> Item:
    """Return what became of a figure in words."""
    if difference.before is None:
        what = language("editions.added")
    elif difference.after is None:
        what = language("editions.removed")
    else:
        what = language("editions.amended")
    values = FactLine(
        difference.unit,
        "" if difference.before is None else language.number(difference.before),
        "" if difference.after is None else language.number(difference.after),
    )
    facts = [values] if difference.before != difference.after else []
    return Item(
        title=f"{difference.title}: {difference.label}, {difference.date}",
        url=difference.url,
        what=what,
        facts=(*facts, *(fact_line(fact, language) for fact in difference.facts)),
    )


def fact_line(fact: FactChange, language: Language) -> FactLine:
    """Return a row of the table before/after."""
    return FactLine(
        field_name(fact.name, language),
        _value(fact.name, fact.before, language),
        _value(fact.name, fact.after, language),
    )


def _value(field: str, text: str, language: Language) -> str:
    """Return a value as readers know it: a date, a country, or a word of the site's own in their language."""
    if _DATE.fullmatch(text):
        return language.date(parse_date(text))
    if field == "country":
        return language.country(text)
    if text and field in _OWN_WORDS:
        with suppress(KeyError):  # a catalog of another time may have other words
            return language(f"{_OWN_WORDS[field]}.{text}")
    return _plain(text)


def field_name(name: str, language: Language) -> str:
    """Return what readers call a field; its own name where the language has no word for it."""
    first, _, rest = name.partition(".")
    try:
        word = language(f"field.{first}")
    except KeyError:
        return name.replace("_", " ")
    return f"{word}: {rest.replace('-', ' ')}" if rest else word


def text_part(text: TextChange, language: Language, names: Mapping[str, str] | None = None) -> TextPart:
    """Return a text with what it is called; `names` has what readers know recommendations and exercises by."""
    blocks = tuple(_named_place(block, language, names or {}) for block in text.blocks)
    return TextPart(field_name(text.name, language), blocks)


def _named_place(block: BlockChange, language: Language, names: Mapping[str, str]) -> BlockChange:
    """Return a block; one that is a place of a recommendation or an exercise with what stands there."""
    if block.kind != "place":
        return block
    kind, _, id = block.runs[0].text.partition(" ")
    words = f"{language(f'kind_one.{kind}')}: {names.get(id, id)}"
    return block.model_copy(update={"runs": (Run(state=block.runs[0].state, text=words),)})


def _plain(text: str) -> str:
    """Return a short Markdown text without citations and the addresses of links."""
    return _LINK.sub(r"\1", CITATION.sub("", text)).replace(" .", ".").strip()


# Markdown


def as_markdown(report: Report) -> str:
    """Return a report as Markdown: what was deleted is struck, what was added is bold."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: Report) -> Iterator[str]:
    language = report.language
    yield f"# {_escaped(report.title)}"
    if not report.sections:
        yield f"\n{language('editions.nothing')}"
    for section in report.sections:
        yield f"\n## {_escaped(section.title)}"
        for item in section.items:
            yield f"\n### {_escaped(item.title)}\n\n*{_escaped(item.what)}*"
            for reason in item.reasons:
                yield f"\n{_escaped(reason)}"
            if item.facts:
                yield f"\n| | {language('editions.before')} | {language('editions.after')} |\n| --- | --- | --- |"
            for fact in item.facts:
                cells = (fact.label, fact.before, fact.after)
                yield f"| {' | '.join(_escaped(cell).replace(chr(10), ' ') for cell in cells)} |"
            for text in item.texts:
                yield f"\n**{_escaped(text.label)}**"
                for block in text.blocks:
                    if block.state != "same":
                        yield f"\n{'- ' if block.kind == 'item' else ''}{_marked(block.runs)}"


def _marked(runs: Sequence[Run]) -> str:
    marks = {"same": "", "deleted": "~~", "added": "**"}
    parts = []
    for run in runs:
        inner = run.text.strip()
        space = " " if run.text != run.text.rstrip() else ""
        parts.append(f"{marks[run.state]}{_escaped(inner)}{marks[run.state]}{space}" if inner else run.text)
    return "".join(parts).rstrip()


def _escaped(text: str) -> str:
    return _MARKED.sub(r"\\\1", text)


# HTML and JSON


def as_html(report: Report) -> str:
    """Return a report as a whole page without any file beside it."""
    environment = Environment(
        loader=PackageLoader("mkdocs_guidebook.site", "templates/content"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = report.language
    return environment.get_template("differences.html").render(report=report) + "\n"


def as_json(differences: Differences) -> str:
    """Return a comparison as JSON."""
    return differences.model_dump_json(indent=1, exclude_defaults=True) + "\n"
