"""A build after edits gives, byte for byte, the site that a build of everything gives.

Random sequences of edits to a small guidebook; after each, one build that keeps what it can, and one in another
folder that keeps nothing. EDITS=N tries N sequences instead of a few.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_guidebook.build import build
from mkdocs_guidebook.build.ledger import read_ledger
from tests.site.projects import differences, tree
from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, copy_valid, read_valid

DAY = "1795435200"
"""23 November 2026, as SOURCE_DATE_EPOCH: the day of the fixtures."""
CONFIGURATION = """\
site_name: High water
site_url: https://water.example.org/
theme: {name: material, custom_dir: overrides}
plugins: [guidebook]
"""
OVERRIDE = '{% extends "base.html" %}{% block announce %}<p>Notice 0</p>{% endblock %}\n'
SECOND, THIRD = "guidebook/pumps.md", "guidebook/after-the-water.md"
COLOGNE, LIMBURG = "local_activities/cologne.md", "state_of_the_art/limburg.md"
BOOK, MKDOCS = "guidebook/book.yml", "mkdocs.yml"
RECORDS = (CHAPTER, SECOND, THIRD, ACTIVITY, COLOGNE, ARTICLE, LIMBURG)


def _guidebook(root: Path) -> Path:
    """Write the tiny guidebook with more records, which lead to each other, into a new folder."""
    chapter, activity, article = map(read_valid, (CHAPTER, ACTIVITY, ARTICLE))
    second = chapter.replace("title: Sandbags and neighbours", "title: Pumps").replace("agree-on-a", "keep-a")
    third = re.sub(r"(?s)recommendations:.*?---\n", "---\n", chapter, count=1)
    third = re.sub(r"(?m)^(::: .*|!\[.*)$", "", third).replace("title: Sandbags and", "title: After, and")
    cologne = activity.replace("title: The street", "title: The pump").replace(
        "name: Nijmegen", "name: Cologne"
    )
    limburg = article.replace("country: NL\n", "").replace("title: High", "title: Limburg, high")
    limburg = re.sub(r"(?s)profile:.*?figures", "figures", limburg)
    return copy_valid(
        root,
        {
            MKDOCS: CONFIGURATION,
            "overrides/main.html": OVERRIDE,
            "docs/about.md": f"# About\n\nSee [the pumps](../{SECOND}) and [Limburg](../{LIMBURG}).\n",
            SECOND: second.replace(
                "../local_activities/nijmegen.md#lessons-learned", "../local_activities/cologne.md"
            ),
            THIRD: third.replace("../local_activities/nijmegen.md#lessons-learned", f"../{LIMBURG}#in-brief"),
            COLOGNE: cologne,
            LIMBURG: limburg
            + "\nAs in [the country](netherlands.md) and [its streets](../local_activities/nijmegen.md).\n",
            BOOK: read_valid(BOOK).replace("chapters: [sand", "chapters: [after-the-water, pumps, sand", 1),
        },
    )


# Edits: each is a function of the project's folder and of a number that differs from edit to edit

Edit = Callable[[Path, int], None]


def _sub(path: str, pattern: str, replacement: str) -> Edit:
    """Replace the first match of a pattern in a file, if it is there; N in the replacement is the number."""

    def change(root: Path, number: int) -> None:
        file = root / path
        if file.exists():
            new = re.sub(
                pattern, replacement.replace("N", str(number)), file.read_text("utf-8"), count=1, flags=re.M
            )
            file.write_text(new, "utf-8")

    change.__name__ = f"{path}: {pattern} → {replacement}"
    return change


def _reorder(root: Path, number: int) -> None:
    """Turn the chapters round."""
    file = root / BOOK
    text = file.read_text("utf-8")
    match = re.search(r"^chapters: \[(.*)\]$", text, re.M)
    assert match
    first, *others = match[1].split(", ")
    file.write_text(text.replace(match[0], f"chapters: [{', '.join([*others, first])}]"), "utf-8")


def _rename(root: Path, number: int) -> None:
    """Give the activity in Cologne, or what it is called by now, another id."""
    for file in (root / "local_activities").glob("cologne*.md"):
        new = f"cologne-{number}"
        for other in root.rglob("*.md"):
            other.write_text(other.read_text("utf-8").replace(f"/{file.name}", f"/{new}.md"), "utf-8")
        file.rename(file.with_name(f"{new}.md"))


def _delete(root: Path, number: int) -> None:
    """Remove the third chapter, to which nothing leads, and take it out of the book; or bring it back."""
    file, book = root / THIRD, root / BOOK
    text = book.read_text("utf-8")
    if file.exists():
        file.rename(file.with_suffix(".kept"))
        match = re.search(r"^chapters: \[(.*)\]$", text, re.M)
        assert match
        rest = [name for name in match[1].split(", ") if name != "after-the-water"]
        book.write_text(text.replace(match[0], f"chapters: [{', '.join(rest)}]"), "utf-8")
    else:
        file.with_suffix(".kept").rename(file)
        book.write_text(text.replace("chapters: [", "chapters: [after-the-water, ", 1), "utf-8")


def _new_record(root: Path, number: int) -> None:
    (root / f"state_of_the_art/new-{number}.md").write_text((root / LIMBURG).read_text("utf-8"), "utf-8")


def _change_picture(root: Path, number: int) -> None:
    file = root / "guidebook/images/sandbags.svg"
    file.write_text(file.read_text("utf-8").replace("</svg>", f"<desc>{number}</desc></svg>"), "utf-8")


EDITS: list[Edit] = [
    *(_sub(path, r"\Z", "\n\nA new paragraph N with a sandbag.\n") for path in RECORDS),
    *(_sub(path, r"^title: .*$", "title: Another title N") for path in RECORDS),
    *(_sub(path, r"^summary: .*$", "summary: Another summary N.") for path in RECORDS),
    *(_sub(path, r"^authors: .*$", "authors: [The town N]") for path in (CHAPTER, ACTIVITY)),
    _sub(SECOND, r"^    text: .*$", "    text: Another advice N."),
    _sub(CHAPTER, r"^    title: Walk.*$", "    title: Walk N times"),
    _sub(CHAPTER, r"^status: published$", "status: draft"),
    _sub(CHAPTER, r"^status: draft$", "status: published"),
    _sub(LIMBURG, r"@river-board-2024, p. .*;", "@river-board-2024, p. N;"),
    _sub(ACTIVITY, r"name: Nijmegen\w*", "name: NijmegenN"),
    _sub(ACTIVITY, r"^(## Lessons learned)$", r"\1\n\nLesson N."),
    _sub("docs/about.md", r"^# .*$", "# About this, N"),
    _sub("docs/index.md", r"\Z", "\n\nA welcome N.\n"),
    _sub("data/vocabulary.yml", r"label: Warning.*}", "label: Warning N}"),
    _sub("data/glossary.yml", r"definition: .*$", "definition: What is filled with sand, N."),
    _sub("data/references.yml", r"title: .*$", "title: A source N"),
    _sub("data/organisations.yml", r"name: .*$", "name: A board N"),
    _sub("data/evidence.yml", r"meaning: .*}", "meaning: It means N.}"),
    _sub("data/events.yml", r"title: .*$", "title: An event N"),
    _sub(BOOK, r"^title: .*$", "title: The book N"),
    _sub("overrides/main.html", r"Notice \d+", "Notice N"),
    _sub(MKDOCS, r"^site_name: .*$", "site_name: High water N"),
    _sub(MKDOCS, r"\Z", "use_directory_urls: false\n"),
    _sub(MKDOCS, r"^use_directory_urls: false$", ""),
    _reorder,
    _rename,
    _delete,
    _new_record,
    _change_picture,
]
SEQUENCES = int(os.environ.get("EDITS", "3"))


def _build(root: Path, *, clean: bool = False, jobs: int = 1) -> bool:
    summary, _ = build(root, documents=False, clean=clean, jobs=jobs, progress=lambda step, done, total: None)
    return summary is not None


@pytest.fixture(scope="module", autouse=True)
def _day() -> Iterator[None]:
    """Let all builds be of one day, on which nothing in the guidebook lies in the future."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", DAY)
        yield


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guidebook, and the site of its first build."""
    root = _guidebook(tmp_path_factory.mktemp("start") / "guide")
    assert _build(root)
    return root


@settings(max_examples=SEQUENCES)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=5))
def test_builds_after_edits_give_the_site_that_a_whole_build_gives(start: Path, edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, other = Path(folder, "guide"), Path(folder, "whole")
        shutil.copytree(start, root, ignore=shutil.ignore_patterns("site"))
        assert _build(root)
        for number, edit in enumerate(edits, 10):
            edit(root, number)
            made = _build(root, jobs=1 + number % 2)
            shutil.rmtree(other, ignore_errors=True)
            shutil.copytree(root, other, ignore=shutil.ignore_patterns("site"))
            assert _build(other, clean=True) == made
            if made:
                found = differences(tree(root / "site"), tree(other / "site"))
                assert not found, f"after {edit.__name__}: {found[:9]}"


def test_only_pages_that_can_have_changed_are_made_anew(start: Path, tmp_path: Path) -> None:
    root = _guidebook(tmp_path / "guide")
    _build(root)
    before = dict(read_ledger(root / "site").made)
    _sub(SECOND, r"\Z", "\n\nA new paragraph.\n")(root, 0)
    _build(root)
    after = read_ledger(root / "site").made
    made = {name for name, row in after.items() if before.get(name) != row and name.endswith(".html")}
    assert made == {"guidebook/pumps/index.html"}


def test_a_new_place_changes_the_pages_that_show_it_and_no_other_record(tmp_path: Path) -> None:
    root = _guidebook(tmp_path / "guide")
    _build(root)
    before = dict(read_ledger(root / "site").made)
    _sub(COLOGNE, r"name: Cologne", "name: Bonn")(root, 0)
    _build(root)
    after = read_ledger(root / "site").made
    made = {name for name, row in after.items() if before.get(name) != row and name.endswith(".html")}
    assert "local-activities/cologne/index.html" in made
    assert "guidebook/pumps/index.html" in made
    assert "local-activities/index.html" in made
    assert "state-of-the-art/limburg/index.html" not in made


def test_a_file_of_the_site_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    root = _guidebook(tmp_path / "guide")
    _build(root)
    before = tree(root / "site")
    (root / "site/guidebook/pumps/index.html").write_text("<script>alert(1)</script>", "utf-8")
    (root / "site/search/pagefind.js").write_text("alert(1)", "utf-8")
    (root / "site/catalog.json").unlink()
    _build(root)
    assert differences(before, tree(root / "site")) == []


def test_a_site_that_came_with_the_content_is_not_believed(start: Path, tmp_path: Path) -> None:
    root = shutil.copytree(start, tmp_path / "guide")  # with its site/, as a checkout would have it
    page = root / "site/guidebook/pumps/index.html"
    page.write_text("<script>alert(1)</script>", "utf-8")
    _build(root)
    assert "alert(1)" not in page.read_text("utf-8")
    assert "Pumps" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"index.html": 3}', b"\xff\xfe", b'{"a": ["k", 1, 2]}']
)
def test_a_damaged_ledger_is_no_ledger(start: Path, damage: bytes) -> None:
    from mkdocs_guidebook.build.ledger import folder_of

    (folder_of(start / "site") / "site.json").write_bytes(damage)
    assert read_ledger(start / "site").made == {}
