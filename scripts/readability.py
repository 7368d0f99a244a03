"""Prints how easy the texts are to read: words, average sentence length, and the LIX of each record.

LIX (Björnsson 1968) is the average number of words a sentence plus the percentage of words of more than six
letters; it works for many European languages. Below 40 is easy, 40 to 50 average, above 50 hard. Ends with 1
when the sentences of a record have 20 words or more on average.

Run it with .venv/bin/python scripts/readability.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from mkdocs_guidebook.content import load

MOST_WORDS = 20


def sentences_of(markdown: str) -> list[str]:
    """Return the sentences of a Markdown text, without headings, tables, markers and citations."""
    text = re.sub(r"^(#|\||:::).*$", "\n", markdown, flags=re.M)
    text = re.sub(r"\[[^\]]*@[^\]]*\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    blocks = re.split(r"\n\s*\n|\n\s*(?:[-*]|\d+\.)\s", text)
    found = [part for block in blocks for part in re.split(r"(?<=[.!?:])\s+(?=[A-ZÀ-Þ“\"(])", block)]
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def main() -> int:
    """Print a line for each record."""
    library, _ = load(Path(__file__).resolve().parents[1])
    too_long = 0
    print(f"{'record':45} {'words':>6} {'a sentence':>11} {'LIX':>5}")
    for record in library.records:
        sentences = sentences_of(record.body.masked)
        words = [word for sentence in sentences for word in re.findall(r"[\w’'-]+", sentence)]
        if not words:
            continue
        average = len(words) / len(sentences)
        lix = average + 100 * sum(len(word) > 6 for word in words) / len(words)
        too_long += average >= MOST_WORDS
        print(f"{record.path:45} {record.body.words:6} {average:11.1f} {lix:5.0f}")
    return too_long > 0


if __name__ == "__main__":
    sys.exit(main())
