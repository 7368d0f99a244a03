"""Words that lead to each other: the glossary's, and the two ways of spelling English.

The browser reads them as one small file and looks for all forms of what was typed. So an excerpt shows the word
that stands on the page, and nothing has to be added to the texts.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from mkdocs_guidebook.content.data.glossary import GlossaryTerm
from mkdocs_guidebook.language import Language

_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[a-z]{5,}")
_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"is(e|ed|es|ing|er|ers|ation|ations|ational)$", r"iz\1"),
    (r"ys(e|ed|es|ing)$", r"yz\1"),
    (r"(behavi|lab|neighb|col|fav|hon|harb|hum|rum|endeav)our", r"\1or"),
    (r"(cent|met|theat)re(s?)$", r"\1er\2"),
    (r"(progra)mme(s?)$", r"\1m\2"),
    (r"(licen|offen|defen|preten)ce(s|d?)$", r"\1se\2"),
    (r"(judg|acknowledg)ement", r"\1ment"),
    (r"(counse|trave|labe|cance|mode|enro)ll(ing|ed|or|ors|er|ers|ment)$", r"\1l\2"),
    (r"(enro|fulfi|insta)l(ment|s?)$", r"\1ll\2"),
    (r"(catalog|dialog)ue(s?)$", r"\1\2"),
    (r"practis(e|ed|es|ing)$", r"practic\1"),
    (r"^paed", "ped"),
    (r"^sceptic", "skeptic"),
)
"""British spellings and how they become American ones (Oxford Style Manual, appendix on American spelling)."""


@dataclass
class Words:
    """The words of all texts of a site."""

    _numbers: dict[str, int] = field(default_factory=dict)
    """A number for each word."""
    _texts: list[array[int]] = field(default_factory=list)
    """The words of each text, in their order, as numbers: a large site has many millions."""

    def add(self, text: str) -> None:
        """Add an HTML text."""
        numbers = self._numbers
        words = _WORDS.findall(_TAG.sub(" ", text).casefold())
        self._texts.append(array("I", [numbers.setdefault(word, len(numbers)) for word in words]))

    def file(self, terms: Iterable[GlossaryTerm], language: Language, parts: int) -> str:
        """Return the file of words that lead to each other, as JSON.

        forms: for each term of the glossary all its forms, the term itself first
        spellings: other spellings of words that the site uses, with the words
        stop: words that are too frequent to look for
        parts: how many indexes there are
        """
        file = {
            "forms": [forms_of(term) for term in terms],
            "spellings": self.joined()
            | (spellings(self._numbers) if language.tag.split("-")[0] == "en" else {}),
            "stop": language("search.stop_words").split(),
            "parts": parts,
        }
        return json.dumps(file, ensure_ascii=False, separators=(",", ":"))

    def joined(self) -> dict[str, str]:
        """Return for words that are also written in two, such as handover, the two words."""
        numbers = self._numbers
        halves = {
            (numbers[word[:end]], numbers[word[end:]]): (word, f"{word[:end]} {word[end:]}")
            for word in numbers
            for end in range(3, len(word) - 2)
            if word[:end] in numbers and word[end:] in numbers
        }
        found = set().union(*(halves.keys() & pairwise(text) for text in self._texts))
        return dict(sorted(halves[pair] for pair in found))


def forms_of(term: GlossaryTerm) -> list[str]:
    """Return all forms of a term; a note in brackets, as in “licence (probation)”, is not part of a word."""
    forms = (term.term, term.abbreviation or "", *term.synonyms, *term.spellings)
    plain = (re.sub(r"\s*\([^)]*\)", "", form).strip() for form in forms)
    return list(dict.fromkeys(form for form in plain if form))


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Return for other spellings of English words the words as they stand in the vocabulary."""
    vocabulary = {word for word in words if _WORD.fullmatch(word)}
    found: dict[str, str] = {}
    for word in sorted(vocabulary):
        for pattern, replacement in _ENGLISH:
            american = re.sub(pattern, replacement, word)
            if american != word:
                found.setdefault(american, word)
                if american in vocabulary:
                    found.setdefault(word, american)
    return found
