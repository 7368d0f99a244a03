"""Finding the glossary's terms in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs_guidebook.content.data.glossary import GlossaryTerm

_WORD = re.compile(r"\w+(?:-\w+)*")  # an apostrophe parts words: l’ordre de départ

_GENITIVE = re.compile(r"[’']s\Z")


class TermFinder:
    """Finds terms by their words, synonyms, spellings and abbreviations.

    Looking each word up in a table of first words keeps the cost linear in the text, whatever the number
    of terms.
    """

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._forms: dict[str, list[tuple[str, str]]] = {}
        for term in terms:
            for form in (term.term, *term.synonyms, *term.spellings, term.abbreviation):
                # A note in brackets, as in “licence (probation)”, is not part of the word in a text.
                words = re.sub(r"\s*\([^)]*\)", "", form or "").strip()
                if first := _WORD.match(words):
                    self._forms.setdefault(first.group().casefold(), []).append((words, term.id))
        for forms in self._forms.values():
            forms.sort(key=lambda form: (-len(form[0]), form))

    def find(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and term id of each term in `text` that is not in `seen`, and add it there."""
        position = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < position:
                continue
            for form, id in self._candidates(word.group()):
                end = self._match(text, start, form)
                if end is None:
                    continue
                position = end
                if id not in seen:
                    seen.add(id)
                    yield start, end, id
                break

    def _candidates(self, word: str) -> list[tuple[str, str]]:
        folded = _GENITIVE.sub("", word.casefold())
        found = self._forms.get(folded)
        if found is None and folded.endswith("s"):
            found = self._forms.get(folded[:-1])  # a plural whose only word is the first one
        return found or []

    @staticmethod
    def _match(text: str, start: int, form: str) -> int | None:
        """Return where the form ends if it stands at `start`: as a whole word, perhaps in the plural."""
        end = start + len(form)
        piece = text[start:end]
        short = len(form) <= 5 and form.isupper()
        if piece != form and (short or piece.casefold() != form.casefold()):
            return None
        if text[end : end + 1] == "s" and not _is_word(text[end + 1 : end + 2]):
            return end + 1
        return None if _is_word(text[end : end + 1]) else end


def _is_word(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or sign in "_-")
