"""Finding the glossary's terms in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mkdocs_guidebook.content.data.glossary import GlossaryTerm

_WORD = re.compile(r"\w+(?:-\w+)*")  # an apostrophe parts words: l’ordre de départ


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a term."""

    words: str
    folded: str
    length: int
    is_short: bool
    """Whether it is a short word in capitals, which in small letters may be another."""
    id: str

    @classmethod
    def of(cls, words: str, id: str) -> _Form:
        return cls(words, words.casefold(), len(words), len(words) <= 5 and words.isupper(), id)


class TermFinder:
    """Finds terms by their words, synonyms, spellings and abbreviations.

    Looking each word up in a table of first words keeps the cost linear in the text, whatever the number
    of terms.
    """

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        by_word: dict[str, list[_Form]] = {}
        for term in terms:
            for form in (term.term, *term.synonyms, *term.spellings, term.abbreviation):
                # A note in brackets, as in “licence (probation)”, is not part of the word in a text.
                words = re.sub(r"\s*\([^)]*\)", "", form or "").strip()
                if first := _WORD.match(words):
                    by_word.setdefault(first.group().casefold(), []).append(_Form.of(words, term.id))
        for forms in by_word.values():
            forms.sort(key=lambda form: (-form.length, form.words, form.id))
        plurals = {f"{first}s": forms for first, forms in by_word.items()}
        self._forms = {
            first: (tuple(form.folded for form in forms), forms)
            for first, forms in (plurals | by_word).items()
        }
        """For each first word how a text may go on from there, folded, and the forms, the longest first."""

    def find(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and term id of each term in `text` that is not in `seen`, and add it there."""
        position = 0
        folded = text.casefold()
        is_aligned = len(folded) == len(text)  # unless one sign becomes two, as ß does
        known = self._forms.get
        for word in _WORD.finditer(folded if is_aligned else text):
            found = known(word.group() if is_aligned else word.group().casefold())
            if found is None:
                continue
            start = word.start()
            if start < position:
                continue
            beginnings, forms = found
            if is_aligned and not folded.startswith(beginnings, start):
                continue
            for form in forms:
                end = start + form.length
                piece = text[start:end]
                if piece != form.words and (form.is_short or piece.casefold() != form.folded):
                    continue
                end = _end_of_word(text, end)
                if end < 0:
                    continue
                position = end
                if form.id not in seen:
                    seen.add(form.id)
                    yield start, end, form.id
                break


def _end_of_word(text: str, end: int) -> int:
    """Return where the word ends that a form ends, which may have a plural s more; -1 if it goes on."""
    if text[end : end + 1] == "s" and not _is_word(text[end + 1 : end + 2]):
        return end + 1
    return -1 if _is_word(text[end : end + 1]) else end


def _is_word(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or sign in "_-")
