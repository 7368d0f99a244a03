"""A made-up guidebook of any size: the same bytes for the same number of records, all kinds, cross-linked.

It serves `scripts/bench` and the tests that need many records. Its subject (keeping rivers clean) has nothing
to do with the real site's.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

WORDS = [
    "river",
    "water",
    "bank",
    "bridge",
    "village",
    "council",
    "volunteer",
    "plan",
    "meeting",
    "report",
    "measure",
    "sample",
    "spring",
    "autumn",
    "summer",
    "winter",
    "flood",
    "meadow",
    "fish",
    "plant",
    "farm",
    "field",
    "road",
    "school",
    "harbour",
    "boat",
    "weir",
    "mill",
    "stone",
    "sand",
    "gravel",
    "current",
    "depth",
    "clean",
    "repair",
    "agree",
    "invite",
    "count",
    "compare",
    "explain",
    "decide",
    "share",
    "visit",
    "write",
    "read",
    "train",
    "support",
    "follow",
    "record",
    "local",
    "early",
    "careful",
    "open",
    "joint",
    "yearly",
    "simple",
    "shared",
    "regular",
    "public",
    "small",
    "large",
    "common",
    "recent",
    "steady",
    "useful",
    "because",
    "before",
    "after",
    "during",
    "between",
    "within",
    "without",
    "towards",
    "around",
    "against",
    "among",
]
TOPICS = ("planning", "monitoring", "repairs", "volunteers", "law", "schools", "farming", "boats")
PHASES = ("before", "spring", "summer", "autumn")
AUDIENCES = ("council", "farmers", "schools", "anglers", "engineers")
COUNTRIES = (
    "AT",
    "BE",
    "CZ",
    "DE",
    "DK",
    "ES",
    "FI",
    "FR",
    "GB",
    "GR",
    "IE",
    "IT",
    "NL",
    "NO",
    "PL",
    "PT",
    "SE",
)
PROFILE = ("coordination", "law", "money", "measuring")
TERMS = 80
ORGANISATIONS = 40
WORDS_A_BODY = 560


def write_corpus(root: Path, records: int = 1000) -> None:
    """Write a project with that many records (at least 20) into the folder `root`."""
    if records < 20:
        raise ValueError("a corpus has at least 20 records")
    chapters, articles = records // 5, records // 4
    activities = records - chapters - articles
    maker = _Maker(random.Random(20260101), chapters, articles, activities)  # noqa: S311 - not a secret
    for path, text in maker.files():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


class _Maker:
    def __init__(self, chance: random.Random, chapters: int, articles: int, activities: int) -> None:
        self.chance = chance
        self.chapters = [f"chapter-{number:04}" for number in range(1, chapters + 1)]
        self.articles = [f"article-{number:04}" for number in range(1, articles + 1)]
        self.activities = [f"activity-{number:04}" for number in range(1, activities + 1)]
        self.references = [f"source-{number:04}" for number in range(1, 2 * (chapters + articles) + 1)]
        self.terms = [self._term(number) for number in range(TERMS)]
        self.unused = list(self.references)

    def files(self) -> list[tuple[str, str]]:
        """Return paths and texts of all files."""
        return [
            *((f"guidebook/{id}.md", self._chapter(id)) for id in self.chapters),
            *((f"state_of_the_art/{id}.md", self._article(id)) for id in self.articles),
            *((f"local_activities/{id}.md", self._activity(id)) for id in self.activities),
            *self._data(),
            ("docs/index.md", "---\ntitle: Clean rivers\n---\n\n" + self._paragraph(30) + "\n"),
            (
                "docs/about.md",
                "---\ntitle: About\nsummary: What this is.\n---\n\n## Who\n\n" + self._paragraph(60) + "\n",
            ),
            ("mkdocs.yml", "site_name: Clean rivers\ntheme:\n  name: material\nplugins:\n  - guidebook\n"),
        ]

    # Text

    def _words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def _sentence(self) -> str:
        return self._words(self.chance.randint(8, 16)).capitalize() + "."

    def _paragraph(self, words: int) -> str:
        sentences = []
        while sum(len(sentence.split()) for sentence in sentences) < words:
            sentences.append(self._sentence())
        return " ".join(sentences)

    def _term(self, number: int) -> str:
        return f"{WORDS[number % len(WORDS)]} {WORDS[(number * 7 + 3) % len(WORDS)]} work"

    def _source(self) -> str:
        return self.unused.pop() if self.unused else self.chance.choice(self.references)

    def _link(self) -> str:
        kind, ids = self.chance.choice(
            (
                ("guidebook", self.chapters),
                ("state_of_the_art", self.articles),
                ("local_activities", self.activities),
            )
        )
        return f"See [{self._words(3)}](../{kind}/{self.chance.choice(ids)}.md)."

    def _body(self, headings: list[str], extra: dict[str, str]) -> str:
        parts = []
        each = WORDS_A_BODY // len(headings) // 2
        for heading in headings:
            term = self.chance.choice(self.terms)
            parts += [
                f"## {heading}",
                f"{self._paragraph(each)} With {term} it is easier [@{self._source()}, p. {self.chance.randint(1, 90)}].",
                f"{self._paragraph(each)} {self._link()}",
                extra.get(heading, ""),
            ]
        rows = "\n".join(
            f"| {self._words(2)} | {self._words(5)} | {self.chance.randint(1, 99)} |" for _ in range(5)
        )
        parts += ["### In numbers", f"| What | Where | How many |\n| --- | --- | --- |\n{rows}"]
        parts += ["\n".join(f"- {self._sentence()}" for _ in range(4))]
        return "\n\n".join(part for part in parts if part) + "\n"

    # Records

    def _record(self, front: dict[str, Any], body: str) -> str:
        common = {
            "summary": self._sentence(),
            "topics": sorted(self.chance.sample(TOPICS, 2)),
            "phases": sorted(self.chance.sample(PHASES, 2)),
            "audiences": sorted(self.chance.sample(AUDIENCES, 2)),
            "authors": ["The river group"],
            "status": "published",
            "published": f"2025-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}",
        }
        return f"---\n{_yaml({**front, **common})}---\n\n{body}"

    def _chapter(self, id: str) -> str:
        recommendations = [
            {
                "id": f"advice-{number}",
                "text": self._sentence(),
                "audiences": [self.chance.choice(AUDIENCES)],
                "strength": self.chance.choice(("strong", "conditional")),
                "certainty": self.chance.choice(("low", "very-low")),
                "because": f"{self._sentence()} {self._sentence()[:-1]} [@{self._source()}].",
                "sources": [self._source()],
                "checklist": [self._sentence() for _ in range(3)],
            }
            for number in range(1, 4)
        ]
        exercise = {
            "id": "try-it",
            "title": self._words(3).capitalize(),
            "minutes": 30,
            "group": "4-6",
            "aim": self._sentence(),
            "steps": [{"minutes": 10, "text": self._sentence()}, {"minutes": 20, "text": self._sentence()}],
            "worksheet": [{"prompt": self._sentence(), "lines": 4}],
        }
        front = {
            "title": f"{self._words(4).capitalize()} {id[-4:]}",
            "part": "one" if id <= self.chapters[len(self.chapters) // 2] else "two",
            "key_messages": [self._sentence() for _ in range(3)],
            "recommendations": recommendations,
            "exercises": [exercise],
        }
        extra = {
            "How": "::: recommendation advice-1\n\n::: recommendation advice-2",
            "Together": "::: exercise try-it",
        }
        return self._record(front, self._body(["Why", "How", "What goes wrong", "Together"], extra))

    def _article(self, id: str) -> str:
        number = self.articles.index(id)
        front: dict[str, Any] = {
            "title": f"{self._words(3).capitalize()} {id[-4:]}",
            "as_of": "2025-06-30",
            "figures": [
                {"label": "Rivers cleaned", "value": self.chance.randint(1, 500), "unit": "rivers", "date": str(year),
                 "source": self._source()}
                for year in (2021, 2022, 2023, 2024)
            ],
        }  # fmt: skip
        if number < len(COUNTRIES):
            front["country"] = COUNTRIES[number]
            front["profile"] = {
                field: {"text": self._sentence(), "sources": [self._source()]} for field in PROFILE
            }
        return self._record(front, self._body(["In brief", "The law", "The work", "What is next"], {}))

    def _activity(self, id: str) -> str:
        front = {
            "title": f"{self._words(3).capitalize()} {id[-4:]}",
            "place": {
                "name": self._words(1).capitalize() + f" {id[-4:]}",
                "country": self.chance.choice(COUNTRIES),
                "latitude": round(self.chance.uniform(37, 65), 2),
                "longitude": round(self.chance.uniform(-9, 28), 2),
            },
            "local_partner": f"group-{self.chance.randint(1, ORGANISATIONS):02}",
            "partners": [
                f"group-{number:02}" for number in sorted(self.chance.sample(range(1, ORGANISATIONS + 1), 2))
            ],
            "period": {"start": "2024-03", "end": "2024-10"},
            "kinds": [self.chance.choice(("training", "repair"))],
            "target_group": self._sentence(),
            "illustrates": [f"{self.chance.choice(self.chapters)}#advice-{self.chance.randint(1, 3)}"],
            "sources": [self._source()],
        }
        sections = ["Context", "Approach", "Implementation", "Lessons learned"]
        return self._record(front, self._body(sections, {}))

    # Data

    def _data(self) -> list[tuple[str, str]]:
        def terms(ids: tuple[str, ...]) -> list[dict[str, str]]:
            return [{"id": id, "label": id.capitalize(), "description": self._sentence()} for id in ids]

        sections = ("Context", "Approach", "Implementation", "Who was involved", "Results", "Lessons learned")
        vocabulary = {
            "topics": terms(TOPICS),
            "phases": terms(PHASES),
            "audiences": terms(AUDIENCES),
            "kinds": terms(("training", "repair")),
            "profile": terms(PROFILE),
            "sections": {
                "activity": [{"id": name.lower().replace(" ", "-"), "label": name} for name in sections]
            },
        }
        evidence = {
            "strengths": [
                {"id": id, "label": id.capitalize(), "meaning": self._sentence()}
                for id in ("strong", "conditional")
            ],
            "certainties": [
                {"id": id, "label": id.capitalize(), "meaning": self._sentence()}
                for id in ("low", "very-low")
            ],
        }
        glossary = [
            {
                "id": f"term-{number:02}",
                "term": term,
                "definition": self._sentence(),
                "synonyms": [f"{term}ing"],
            }
            for number, term in enumerate(self.terms)
        ]
        organisations = [
            {"id": f"group-{number:02}", "name": f"{self._words(2).capitalize()} group {number}",
             "country": self.chance.choice(COUNTRIES), "role": self._sentence()}
            for number in range(1, ORGANISATIONS + 1)
        ]  # fmt: skip
        references = [
            {
                "id": id,
                "type": self.chance.choice(("report", "webpage", "article-journal", "book")),
                "title": self._words(6).capitalize(),
                "author": [{"family": self._words(1).capitalize(), "given": self._words(1).capitalize()}],
                "issued": {"date-parts": [[self.chance.randint(1995, 2025)]]},
                "publisher": f"{self._words(2).capitalize()} press",
                "URL": f"https://example.org/{id}",
            }
            for id in self.references
        ]
        events = [
            {"id": f"event-{number}", "title": self._words(3).capitalize(), "start": f"20{10 + number}-05",
             "kind": "meeting", "summary": self._sentence(), "sources": [self.references[0]]}
            for number in range(10)
        ]  # fmt: skip
        book = {
            "title": "Clean rivers",
            "description": "How to keep a river clean together.",
            "parts": [{"id": "one", "title": "Beginning"}, {"id": "two", "title": "Going on"}],
            "chapters": self.chapters,
        }
        return [
            ("data/vocabulary.yml", _yaml(vocabulary)),
            ("data/evidence.yml", _yaml(evidence)),
            ("data/glossary.yml", _yaml({"terms": glossary})),
            ("data/organisations.yml", _yaml({"organisations": organisations})),
            ("data/references.yml", _yaml({"references": references})),
            ("data/events.yml", _yaml({"events": events})),
            ("guidebook/book.yml", _yaml(book)),
        ]


def _yaml(values: dict[str, Any]) -> str:
    """Return YAML as people write it: a key a line, lists of things indented."""
    lines: list[str] = []
    for key, value in values.items():
        _write(lines, key, value, 0)
    return "\n".join(lines) + "\n"


def _write(lines: list[str], key: str, value: Any, indent: int) -> None:
    pad = "  " * indent
    if isinstance(value, dict):
        lines.append(f"{pad}{key}:")
        for inner, part in value.items():
            _write(lines, inner, part, indent + 1)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        lines.append(f"{pad}{key}:")
        for item in value:
            start = len(lines)
            for inner, part in item.items():
                _write(lines, inner, part, indent + 2)
            first = lines[start]
            lines[start] = f"{pad}  - {first.lstrip()}"
    else:
        lines.append(f"{pad}{key}: {json.dumps(value, ensure_ascii=False)}")
