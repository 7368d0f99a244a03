"""Loose ends: what is not wrong, but what an editor should know of.

They are no problems, because only a person can tell; so `check` does not report them. The rules are few and
can be said in a sentence each, and they rather miss something than call what is right wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale
from pydantic import BaseModel

from mkdocs_guidebook.checks.engine import Content
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE
from mkdocs_guidebook.content.library import Entry, Library
from mkdocs_guidebook.markup.outline import CITATION, Passage, find_citations
from mkdocs_guidebook.markup.terms import TermFinder
from mkdocs_guidebook.problems import Place

_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?=s?(?![\w/-]))")
_EMPHASISED = re.compile(
    r"(?<![*_\w])(?P<mark>[*_])(?![*_\s])(?P<words>[^*_\n]{2,60}?)(?<!\s)(?P=mark)(?![*_\w])"
)
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Z0-9-]*)s?[),;]")
_MOST_WORDS = 4
_PARAGRAPH = re.compile(r"(?:^(?![ \t]*(?:[#>|:]|[-*+][ \t]|\d+[.)][ \t]|\[))[^\n]*\S[^\n]*\n?)+", re.M)
_NUMBER = re.compile(r"\d{2}|\d\s?%")
_LINK_TARGET = re.compile(r"\]\([^()\n]*\)")
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class UnexplainedTerm:
    """A word of the field that the glossary does not have."""

    word: str
    uses: tuple[tuple[Entry[BaseModel], Place], ...]
    """The first place in each file that uses it."""


def unexplained_terms(content: Content) -> Iterator[UnexplainedTerm]:
    """Yield what readers may look for in the glossary and not find, in the order of the alphabet.

    These are abbreviations in capitals that no text gives in brackets behind the words that they stand for, as
    in “National Coordinator (NCTV)”, and *emphasised* words; both only where at least two files have them.
    Names of organisations and of the book, money and countries are none.
    """
    library = content.library
    known = TermFinder(library.terms.values())
    named = _named(library)
    spelt_out: set[str] = set()
    uses: dict[str, dict[str, tuple[Passage, int]]] = {}
    for passage in content.passages:
        text = _without(passage.masked, CITATION, _LINK_TARGET)
        spelt_out.update(_IN_BRACKETS.findall(text))
        found = [(match[0], match.start()) for match in _ABBREVIATION.finditer(text) if len(match[0]) > 1]
        found += [
            (match["words"], match.start("words"))
            for match in _EMPHASISED.finditer(text)
            if len(match["words"].split()) <= _MOST_WORDS and match["words"][-1] not in ".:!?"
        ]
        for word, start in found:
            uses.setdefault(word, {}).setdefault(passage.entry.path, (passage, start))
    for word, first in sorted(uses.items(), key=lambda item: item[0].casefold()):
        if len(first) < 2 or word in named or word in spelt_out or _ROMAN.fullmatch(word):
            continue
        if not any(known.find(word, set())):
            places = (
                (passage.entry, passage.place(start, start + len(word))) for passage, start in first.values()
            )
            yield UnexplainedTerm(word, tuple(places))


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """Blank out what the patterns find, every other sign in its place."""
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _named(library: Library) -> frozenset[str]:
    """Return the words in capitals that are names."""
    names = [library.book.title, library.book.publisher or ""]
    for organisation in library.organisations.values():
        names += [organisation.name, organisation.short or ""]
    return _always_known() | {word for name in names for word in re.findall(r"[\w-]+", name)}


@cache
def _always_known() -> frozenset[str]:
    """Return the codes of currencies (ISO 4217) and countries (ISO 3166-1), and the European Union's."""
    return frozenset((*Locale.parse("en").currencies, *countries(), "EU", "UK", "UN", "USA"))


@dataclass(frozen=True, slots=True)
class UncitedNumber:
    """A paragraph that states a number and does not say where it comes from."""

    entry: Entry[BaseModel]
    place: Place
    text: str
    """Its first words."""


def uncited_numbers(content: Content) -> Iterator[UncitedNumber]:
    """Yield the paragraphs of articles and activities that hold a year or another number and cite nothing.

    Numbers below ten, lists, tables and quotations are left aside.
    """
    for record in content.library.records:
        if record.kind not in (ARTICLE, ACTIVITY):
            continue
        written = record.body.text
        for paragraph in _PARAGRAPH.finditer(record.body.masked):
            text = _without(paragraph[0], _LINK_TARGET)
            if not any(find_citations(text)) and (number := _NUMBER.search(text)):
                start = paragraph.start() + number.start()
                words = written[paragraph.start() : paragraph.end()].split()
                yield UncitedNumber(
                    record,
                    record.body.place(start, start + len(number[0])),
                    " ".join(words[:14]) + (" …" if len(words) > 14 else ""),
                )
