from __future__ import annotations

from pathlib import Path

from mkdocs_guidebook.content.kinds.activity import Standing
from mkdocs_guidebook.content.loading import load
from tests.tiny import ACTIVITY, CHAPTER, VALID, copy_valid, read_valid

RECOMMENDATION = "sandbags-and-neighbours#agree-on-a-list-of-names"


def test_everything_of_a_project_is_in_its_library() -> None:
    library, problems = load(VALID)
    assert problems == []
    assert [record.id for record in library.records] == ["sandbags-and-neighbours", "netherlands", "nijmegen"]
    assert [page.id for page in library.pages] == ["index"]
    assert list(library.terms) == ["sandbag", "gauge"]
    assert library.assets == {"guidebook/images/sandbags.svg"}


def test_a_recommendation_has_a_number_and_a_permanent_address() -> None:
    library, _ = load(VALID)
    assert {item.number: item.address for item in library.recommendations.values()} == {
        "1.1": RECOMMENDATION,
        "1.2": "sandbags-and-neighbours#store-sandbags-above-the-water",
    }


def test_a_recommendation_knows_the_activities_that_show_it() -> None:
    library, _ = load(VALID)
    assert [activity.id for activity in library.illustrations[RECOMMENDATION]] == ["nijmegen"]


def test_the_book_orders_its_chapters(project: Path) -> None:
    book = read_valid("guidebook/book.yml").replace(
        "[sandbags-and-neighbours]\npacks", "[zinc-tubs, sandbags-and-neighbours, boats]\npacks"
    )
    chapter = read_valid(CHAPTER)
    files: dict[str, str | bytes] = {"guidebook/book.yml": book}
    files |= {f"guidebook/{name}.md": chapter for name in ("boats", "zinc-tubs", "attics")}
    library, _ = load(copy_valid(project, files))
    assert library.chapter_numbers == {"zinc-tubs": 1, "sandbags-and-neighbours": 2, "boats": 3, "attics": 4}


def test_standing_is_computed_from_the_sections_of_the_body() -> None:
    library, _ = load(VALID)
    (activity,) = library.activities
    assert library.sections_of(activity) == {"context": "Context", "lessons-learned": "Lessons learned"}
    assert library.standing(activity) is Standing.OUTLINE


def test_drafts_are_left_out_of_the_published_library(project: Path) -> None:
    draft = read_valid(ACTIVITY).replace("status: published", "status: draft")
    library, _ = load(copy_valid(project, {ACTIVITY: draft}))
    published = library.without_drafts()
    assert [activity.id for activity in library.activities] == ["nijmegen"]
    assert published.activities == []
    assert published.illustrations == {}
    assert list(published.by_path) == [CHAPTER, "state_of_the_art/netherlands.md", "docs/index.md"]


def test_the_recommendations_of_a_draft_are_left_out_with_it(project: Path) -> None:
    draft = read_valid(CHAPTER).replace("status: published", "status: draft")
    library, _ = load(copy_valid(project, {CHAPTER: draft}))
    assert list(library.recommendations) != []
    assert library.without_drafts().recommendations == {}


def test_a_library_without_drafts_is_published_as_it_is() -> None:
    library, _ = load(VALID)
    assert library.without_drafts() is library


def test_a_readme_in_a_collection_is_no_record(project: Path) -> None:
    library, problems = load(copy_valid(project, {"guidebook/README.md": "For editors.\n"}))
    assert problems == []
    assert len(library.chapters) == 1


def test_a_page_needs_no_front_matter(project: Path) -> None:
    library, problems = load(copy_valid(project, {"docs/notes/plain.md": "# Notes\n\nText.\n"}))
    assert problems == []
    assert [page.id for page in library.pages] == ["index", "notes/plain"]


def test_what_could_not_be_loaded_is_named(project: Path) -> None:
    files: dict[str, str | bytes] = {ACTIVITY: "---\n", "data/glossary.yml": "terms: ["}
    library, _ = load(copy_valid(project, files))
    assert library.broken == {ACTIVITY, "data/glossary.yml"}
