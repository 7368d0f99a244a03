"""The French guide: its pages speak French, and say so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

import mkdocs_guidebook.language
from tests.site.links import BuiltSite, Page

CATALOGUES = Path(mkdocs_guidebook.language.__file__).parent
LIBRARY_WORDS = (
    "Permanent link",
    "Jump back to footnote",
    "Retrieved",
    "Accessed",
    "Table of contents",
    "Search",
)
"""English words that libraries below the package bring along."""
SPOKEN = ("title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label")
"""Attributes that people see or hear."""
ENGLISH = re.compile(r"\b(?:the|and|with|of|from|this|that|which|are|is|not|to be|by)\b", re.I)


def test_every_page_says_its_language(foreign: BuiltSite) -> None:
    assert {page.tree.get("lang") for page in foreign.pages.values()} == {"fr"}


def _catalogue(language: str) -> dict[str, str]:
    def flat(table: dict[str, object], prefix: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                yield f"{prefix}{key}", str(value)

    return dict(flat(tomllib.loads((CATALOGUES / f"{language}.toml").read_text("utf-8")), ""))


def test_both_catalogues_have_the_same_messages_with_the_same_values() -> None:
    def values(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    english, french = _catalogue("en"), _catalogue("fr")
    assert sorted(english) == sorted(french)
    for key, text in english.items():
        if not key.endswith(".one"):
            assert values(text) == values(french[key]), key


def _said(page: Page) -> Iterator[tuple[html.HtmlElement, str]]:
    """Yield every piece of text that a reader can see or hear, with the element that holds it."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.text:
            yield element, element.text
        if element.tail and element.getparent() is not None:
            yield element.getparent(), element.tail
        for name, value in element.attrib.items():
            for_scripts = name.startswith("data-") and not re.fullmatch(r"[a-z0-9_.:/-]*", value)
            if name in SPOKEN or for_scripts:
                yield element, value
        if element.tag == "meta" and element.get("name") == "description":
            yield element, element.get("content") or ""


def _language_of(element: html.HtmlElement) -> str:
    return str(element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))


def _as_pattern(message: str) -> re.Pattern[str]:
    pattern = ""
    for piece in re.split(r"(\{\w*\})", message):
        if piece in ("{n}", "{number}"):
            pattern += r"[\d.,\s]*"
        else:
            pattern += ".+?" if piece.startswith("{") else re.escape(piece)
    return re.compile(rf"\W*{pattern}\W*", re.I | re.S)


def test_no_english_word_of_the_interface_is_left(foreign: BuiltSite) -> None:
    french = _catalogue("fr")
    translated = set(french.values())
    english = {
        key: _as_pattern(text)
        for key, text in _catalogue("en").items()
        if text != french.get(key)
        and text not in translated
        and re.search(r"\w", re.sub(r"\{\w*\}", "", text))
    }
    assert len(english) > 100
    leaks = {
        f"{page.name}: {text.strip()!r} ({key})"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr" and text.strip()
        for key, pattern in english.items()
        if pattern.fullmatch(text)
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_no_english_word_of_a_library_is_left(foreign: BuiltSite) -> None:
    leaks = {
        f"{page.name}: {text.strip()!r}"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr"
        for words in LIBRARY_WORDS
        if re.search(rf"\b{words}\b", text)
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_what_is_not_french_says_its_language(foreign: BuiltSite) -> None:
    english = {
        f"{page.name}: {' '.join(text.split())!r}"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr"
        and len(set(map(str.lower, ENGLISH.findall(re.sub(r"https?://\S+", "", text))))) >= 2
    }
    assert not english, "\n".join(sorted(english))


@pytest.mark.parametrize(
    "key",
    [
        "site.skip",
        "site.menu",
        "site.on_this_page",
        "site.not_found",
        "chapter.key_messages",
        "chapter.more_recommendations",
        "recommendation.checklist",
        "recommendation.examples",
        "exercise.steps",
        "record.last_review",
        "record.never_reviewed",
        "outcome.amended",
        "article.profile",
        "article.not_known",
        "activity.not_documented",
        "standing.good-practice",
        "criterion.mechanism",
        "event.date_unknown",
        "words.heading",
        "sources.in_bibliography",
        "glossary.see_also",
        "bibliography.cited_on",
        "activities.confirmed",
    ],
)
def test_the_french_words_of_the_interface_are_used(foreign: BuiltSite, key: str) -> None:
    words = _catalogue("fr")[key]
    assert any(words in page.text for page in foreign.pages.values())


def test_counts_have_the_singular_and_the_plural_of_the_language(foreign: BuiltSite) -> None:
    text = foreign.page("guidebook/").text
    assert "3 recommandations" in text
    assert re.search(r"\b1 recommandation\b(?!s)", text)
