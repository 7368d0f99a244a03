"""The tiny guide in three editions, with every kind of change between them."""

from __future__ import annotations

from pathlib import Path

from tests.tiny import copy_valid

MKDOCS = """\
site_name: Ready for high water
site_url: https://water.example.org/
theme:
  name: material
plugins:
  - guidebook
"""
CHAPTER = "guidebook/sandbags-and-neighbours.md"
ARTICLE = "state_of_the_art/netherlands.md"
BOOK = "guidebook/book.yml"
BOATS = """\
---
title: Boats and pumps
summary: Who has a boat, and who may lend it.
part: before
topics: [dykes]
audiences: [street]
authors: [The river towns]
status: published
published: 2026-05-01
key_messages: [Ask before the water comes.]
recommendations:
  - id: list-the-boats
    text: List the boats of the street and their owners.
    audiences: [street]
    strength: good-practice
    certainty: very-low
    because: Nobody knew where the boats were [@meyer-2019].
    sources: [meyer-2019]
  - id: fill-the-tank
    text: Fill the tank of the pump.
    audiences: [town-hall]
    strength: good-practice
    certainty: very-low
    because: Pumps stood still [@meyer-2019].
    sources: [meyer-2019]
---

## If you have only ten minutes

Ask who has a boat.

## Common mistakes

To wait.
"""
PUMPS = """\
---
title: Pumps
summary: What to do with pumps.
part: after
topics: [dykes]
audiences: [town-hall]
authors: [The river towns]
status: published
published: 2026-01-15
key_messages: [Pumps need fuel.]
recommendations:
  - id: fill-the-tank
    text: Fill the tank of the pump.
    audiences: [town-hall]
    strength: good-practice
    certainty: very-low
    because: Pumps stood still [@meyer-2019].
    sources: [meyer-2019]
exercises:
  - id: start-it
    title: Start it
    minutes: 10
    group: 2-3
    aim: Everybody has started a pump once.
    steps: [{text: Pull the cord.}]
---

## If you have only ten minutes

Fill it in autumn.

## Common mistakes

To wait.
"""


WARNING_THE_MAYOR = """\
  - id: call-the-mayor
    text: Call the mayor at night.
    audiences: [street]
    strength: good-practice
    certainty: very-low
    because: The mayor has the keys [@meyer-2019].
    sources: [meyer-2019]
"""
PRICES = "---\ntitle: Prices\nsummary: What a sandbag costs.\n---\n\nTwo a euro.\n"
REDIRECTS = """\
redirects:
  - {from: guidebook/pumps/, to: guidebook/boats.md}
  - {from: "guidebook/pumps/#start-it", withdrawn: Pumps start by themselves now.}
  - {from: prices/, withdrawn: "Prices change too fast for a guide; ask [the towns](../docs/index.md)."}
  - {from: "guidebook/sandbags-and-neighbours/#call-the-mayor", withdrawn: The mayor asked us not to.}
"""


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    """Replace texts in a file; each must be there."""
    file = root / path
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def first(root: Path) -> Path:
    """Lay the guide into the new folder `root` as edition 1.0 has it."""
    copy_valid(root, {"mkdocs.yml": MKDOCS, "guidebook/pumps.md": PUMPS, "docs/prices.md": PRICES})
    edit(root, CHAPTER, ("exercises:\n", f"{WARNING_THE_MAYOR}exercises:\n"))
    edit(
        root,
        BOOK,
        ('edition: "0.1"\n', ""),
        ("chapters: [sandbags-and-neighbours]", "chapters: [sandbags-and-neighbours, pumps]"),
    )
    return root


def second(root: Path) -> Path:
    """Change the guide of edition 1.0 into that of 1.1: two recommendations are looked at again."""
    edit(
        root,
        CHAPTER,
        (
            "Agree on a list of neighbours who need help before the first warning.",
            "Agree in writing on a list of neighbours who need help before the first warning.",
        ),
        (
            "    checklist:\n      - The list hangs in two houses\n",
            "    checklist:\n      - The list hangs in two houses\n"
            '    history:\n      - {edition: "1.1", change: reworded, reason: A list in the head was lost.}\n',
        ),
        (
            "    sources: [meyer-2019]\n",
            "    sources: [meyer-2019]\n"
            '    history:\n      - {edition: "1.1", change: reviewed, reason: Nothing new was found.}\n',
        ),
        ("Read the list. The", "Read the whole list twice. The"),
    )
    return root


def third(root: Path) -> Path:
    """Change the guide of edition 1.1 into that of 2.0, but for the redirects."""
    (root / "guidebook/boats.md").write_text(BOATS, "utf-8")
    (root / "guidebook/pumps.md").unlink()
    (root / "docs/prices.md").unlink()
    edit(root, CHAPTER, (WARNING_THE_MAYOR, ""))
    edit(
        root,
        BOOK,
        ("chapters: [sandbags-and-neighbours, pumps]", "chapters: [boats, sandbags-and-neighbours]"),
    )
    edit(
        root,
        CHAPTER,
        ("certainty: very-low", "certainty: low"),
        (
            '      - {edition: "1.1", change: reviewed, reason: Nothing new was found.}\n',
            '      - {edition: "1.1", change: reviewed, reason: Nothing new was found.}\n'
            '      - {edition: "2.0", change: evidence, reason: A third flood confirmed it.}\n',
        ),
        ("| 4 m | Leave |", "| 5 m | Leave |"),
    )
    edit(root, ARTICLE, ("value: 3700", "value: 3650"), ("as_of: 2026-03-01", "as_of: 2026-09-01"))
    return root
