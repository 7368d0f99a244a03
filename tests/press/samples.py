"""The tiny valid project with a chapter that holds every construct that content can have."""

from __future__ import annotations

import datetime
from pathlib import Path

from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.press.catalogue import Catalogue
from mkdocs_guidebook.press.context import Press
from tests.tiny import copy_valid, read_valid

ADDRESS = "https://high-water.example.org/"
CHAPTER = "guidebook/every-construct.md"

BODY = """
## If you have only ten minutes

Print one page.

## Text

Words *in italics*, **in bold**, `in code`, <kbd>Ctrl</kbd>, H<sub>2</sub>O, m<sup>2</sup>, <del>gone</del>,
<ins>added</ins>, <mark>marked</mark>, <small>small</small>, <q>said</q>, <cite>A book</cite>, <s>old</s>, <br>a new line,
a&shy;soft hyphen, <bdi lang="fr">en français</bdi>, <bdi lang="sr-Latn-RS">srpski</bdi>, <bdi lang="no such">odd</bdi>, a backslash \\\\ and a “quote" and #hash $dollar @at _under_.

*[GRADE]: A way to grade certainty
GRADE is explained once. A [link to the web](https://example.org/a_b/c?d=e&f=g),
and a [chapter](sandbags-and-neighbours.md), a
[recommendation](sandbags-and-neighbours.md#agree-on-a-list-of-names), a [place below](#lists) and a
[term](../data/glossary.yml#sandbag). A claim [@river-board-2024, p. 3; @meyer-2019].[^long]

[^long]: The note has two sentences. It cites [@meyer-2019].

### Arabic and Greek

<bdi lang="ar" dir="rtl">إعادة الإدماج</bdi> and <bdi lang="el">επανένταξη</bdi> and <bdi lang="ru">надзор</bdi>.

#### A fourth level

Text.

##### A fifth level

Text.

###### A sixth level

Text.

## Lists

- one
    - nested one
    - nested two
- two

    with a second paragraph

3. three
4. four

- [x] done
- [ ] to do

Term
:   Its definition.

Other term
:   First meaning.
:   Second meaning.

## Boxes

!!! warning "Take care"
    A box with *text*.

    - and a list

??? note "Folded"
    Shown in print.

=== "First tab"
    What the first tab says.

=== "Second tab"
    What the second tab says.

> A quotation
> of two lines.

```python
print("code #1")
```

---

## Tables and pictures

| Left | Centre | Right |
| :--- | :---: | ---: |
| a | b | 1 |
| c [@meyer-2019] | d | 22 |

| A | B | C | D | E | F | G | H |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |

![Three rows of sandbags](images/sandbags.svg "What a row looks like")

Text with a ![small sack](images/sandbags.svg) inside.

::: recommendation do-all-of-it

::: exercise try-it
"""

FRONT = """---
title: Every construct
summary: One of each, to be printed.
part: after
topics: [dykes]
audiences: [street]
authors: [The river towns]
status: published
key_messages:
  - Each has a form [@meyer-2019].
recommendations:
  - id: do-all-of-it
    text: Print each of them.
    audiences: [street]
    strength: strong
    certainty: low
    because: Nothing may be lost [@meyer-2019].
    sources: [meyer-2019]
    checklist: [It is there, "It is tagged"]
    history:
      - {edition: "0.1", change: new, reason: First edition.}
exercises:
  - id: try-it
    title: Try it
    minutes: 30
    group: "2"
    aim: See it on paper.
    materials: [Paper]
    steps:
      - {text: Print., minutes: 10}
      - {text: Look., minutes: 20}
    debrief: [What is missing?]
    worksheet:
      - {prompt: What do you see?, lines: 5}
---
"""

PACK = """
packs:
  - id: street-evening
    title: An evening on your street
    summary: For twenty neighbours.
    agenda:
      - {time: "19:00", text: Welcome}
      - {time: "19:10", text: "Exercise *Try it*"}
    chapters: [sandbags-and-neighbours]
    articles: [netherlands]
    activities: [nijmegen]
    guides: [every-construct#try-it]
    worksheets: [every-construct#try-it]
"""


def project(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Lay the project into the new folder `root`."""
    book = read_valid("guidebook/book.yml")
    before, rest = book.split("packs:\n")
    after = rest[rest.index("ways_in:") :]
    book = before.replace("[sandbags-and-neighbours]", "[sandbags-and-neighbours, every-construct]")
    return copy_valid(
        root,
        {"guidebook/book.yml": book + PACK.lstrip() + after, CHAPTER: FRONT + BODY, **(files or {})},
    )


def catalogue(root: Path, *, base_url: str = ADDRESS, paper: str = "a4", language: str = "en") -> Catalogue:
    """Return the documents of the project in the folder `root`."""
    library, problems = load(root)
    assert not problems, problems
    return Catalogue(
        Press(library, Language(language), datetime.date(2026, 11, 23), base_url=base_url, paper=paper)
    )
