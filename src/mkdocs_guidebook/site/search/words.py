"""Words that lead to each other: the glossary's, and the two ways of spelling English.

The browser reads them as one small file and looks for all forms of what was typed. So an excerpt shows the word
that stands on the page, and nothing has to be added to the texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from sys import intern

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


def words_of(text: str) -> list[str]:
    """Return the words of an HTML text, in small letters and in their order."""
    return [intern(word) for word in _WORDS.findall(_TAG.sub(" ", text).casefold())]


def words_file(terms: Iterable[GlossaryTerm], words: Sequence[Sequence[str]], language: Language) -> str:
    """Return the file of words that lead to each other, as JSON; `words` are those of each text of the site.

    forms: for each term of the glossary all its forms, the term itself first
    spellings: other spellings of words that the site uses, with the words
    stop: words that are too frequent to look for
    """
    vocabulary = set().union(*words)
    file = {
        "forms": [forms_of(term) for term in terms],
        "spellings": joined(words, vocabulary)
        | (spellings(vocabulary) if language.tag.split("-")[0] == "en" else {}),
        "stop": language("search.stop_words").split(),
    }
    return json.dumps(file, ensure_ascii=False, separators=(",", ":"))


def forms_of(term: GlossaryTerm) -> list[str]:
    """Return all forms of a term; a note in brackets, as in “licence (probation)”, is not part of a word."""
    forms = (term.term, term.abbreviation or "", *term.synonyms, *term.spellings)
    plain = (re.sub(r"\s*\([^)]*\)", "", form).strip() for form in forms)
    return list(dict.fromkeys(form for form in plain if form))


def joined(texts: Sequence[Sequence[str]], vocabulary: set[str]) -> dict[str, str]:
    """Return for words that are also written in two, such as handover, the two words."""
    halves: dict[str, set[str]] = {}
    for word in vocabulary:
        for end in range(3, len(word) - 2):
            if word[:end] in vocabulary and word[end:] in vocabulary:
                halves.setdefault(word[:end], set()).add(word[end:])
    possible = {(one, other) for one, others in halves.items() for other in others}
    pairs = set().union(*(possible.intersection(pairwise(words)) for words in texts))
    return {one + other: f"{one} {other}" for one, other in sorted(pairs)}


def spellings(vocabulary: set[str]) -> dict[str, str]:
    """Return for other spellings of English words the words as they stand in the vocabulary."""
    vocabulary = {word for word in vocabulary if _WORD.fullmatch(word)}
    found: dict[str, str] = {}
    for word in sorted(vocabulary):
        for pattern, replacement in _ENGLISH:
            american = re.sub(pattern, replacement, word)
            if american != word:
                found.setdefault(american, word)
                if american in vocabulary:
                    found.setdefault(word, american)
    return found
