"""One mistake is one problem: what follows from it alone is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, codes_of, copy_valid, problems_of, read_valid


@pytest.mark.parametrize(
    "path",
    [
        "data/vocabulary.yml",
        "data/evidence.yml",
        "data/glossary.yml",
        "data/references.yml",
        "data/organisations.yml",
        "data/events.yml",
        "guidebook/book.yml",
        CHAPTER,
        ARTICLE,
        ACTIVITY,
    ],
)
def test_a_file_that_cannot_be_read_does_not_make_others_wrong(project: Path, path: str) -> None:
    text = read_valid(path)
    start = text.index("\n") + 1 if path.endswith(".md") else 0
    broken = f'{text[:start]}"{text[start:]}'
    assert codes_of(copy_valid(project, {path: broken})) == ["yaml-syntax"]


def test_mistakes_in_the_text_are_found_below_front_matter_that_is_wrong_too(project: Path) -> None:
    text = read_valid(CHAPTER).replace("part: before", "part: [before]").replace("(images/", "(pictures/")
    found = problems_of(copy_valid(project, {CHAPTER: text}))
    assert [problem.code for problem in found] == ["wrong-type", "broken-link"]


def test_mistakes_of_all_files_are_found_in_one_run(project: Path) -> None:
    article = read_valid(ARTICLE).replace("[dykes]", "[dams]").replace("@meyer-2019", "@meier-2019")
    activity = read_valid(ACTIVITY).replace("[drill]", "[drills]").replace("NL", "Netherlands")
    found = problems_of(copy_valid(project, {ARTICLE: article, ACTIVITY: activity}))
    assert [(problem.place.path, problem.code) for problem in found] == [
        (ACTIVITY, "bad-country"),
        (ARTICLE, "unknown-term"),
        (ARTICLE, "unknown-source"),
    ]


def test_the_same_problem_is_told_once(project: Path) -> None:
    text = f"{read_valid(ARTICLE)}\n[One][n] and [two][n].\n\n[n]: ../nowhere.md\n"
    assert codes_of(copy_valid(project, {ARTICLE: text})) == ["broken-link"]


def test_problems_come_in_the_order_of_reading(project: Path) -> None:
    text = read_valid(ARTICLE).replace("[dykes]", "[dams]") + "\n[x](nowhere.md) [here](netherlands.md)\n"
    places = [problem.place for problem in problems_of(copy_valid(project, {ARTICLE: text}))]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "text",
    [
        "- Sand\n- Bags\n    - of jute\n\n        Dry.\n\n    - of paper\n",
        "1. Fill.\n\n    Only half.\n\n2. Carry.\n",
        "It was in\n2019. Then came the water.\n",
        "1) Fill.\n\n2) Carry.\n",
        "### The bags\n- of jute\n- of paper\n",
        "> They said:\n>\n> - fill\n> - carry\n",
        "!!! note\n    Before:\n\n    - fill\n",
        "- Sand\n\n\\*Not a list\n",
        "- Sand\n`bags`\n  of jute\n",
        "Bags\n* * *\nSand\n",
        "```\nBags\n- Sand\n| a |\n```\n",
        "| Bag | `a|b` |\n| --- | --- |\n| 1 \\| 2 | 3 |\n| 4 |\n",
        "A.[^1]: b [^2]\n\n[^1]: One.[^2]\n\n[^2]: Two.\n",
        "- [ ] (https://example.org/)\n",
        "[@meyer-2019] (https://example.org/)\n",
        "[[1]](https://example.org/a_(b)) and [the law](https://example.org/law\n'of 2018').\n",
        "[The law][n], [n][] and m[i][j].[^1][^2]\n\n[n]: https://example.org/\n\n[^1]: a\n[^2]: b\n",
        "“[T]he [mayor][…] said [...] no [sic].”\n",
        "As [meyer-2019] says.\n\n[meyer-2019]: https://example.org/\n",
        "a < b, 5 <6 and <3\n",
    ],
)
def test_what_the_site_shows_as_it_is_meant_is_no_problem(project: Path, text: str) -> None:
    assert codes_of(copy_valid(project, {ARTICLE: f"{read_valid(ARTICLE)}\n{text}"})) == []


def test_a_sign_that_cannot_be_seen_is_spoken_of(project: Path) -> None:
    text = read_valid(ARTICLE).replace("status: published", "status: published\u00a0")
    (problem,) = problems_of(copy_valid(project, {ARTICLE: text}))
    assert problem.code == "bad-value"
    assert "cannot be seen" in problem.hint
