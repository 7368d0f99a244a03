"""Files that no repository would keep: made here, in a folder of the test."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from pathlib import Path

import pytest

from mkdocs_guidebook.content.loading import load
from tests.tiny import ARTICLE, VALID, codes_of, copy_valid, problems_of, read_valid


def places_of(root: Path) -> list[str]:
    return [f"{problem.place} {problem.code}" for problem in problems_of(root)]


@pytest.mark.parametrize("path", [ARTICLE, "data/events.yml", "docs/big.svg"])
def test_fifty_megabytes_are_one_problem_and_take_no_memory(project: Path, path: str) -> None:
    copy_valid(project)
    with (project / path).open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()
    assert places_of(project) == [f"{path}:1:1 file-too-large"]
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_ten_thousand_levels_are_one_problem(project: Path, opening: str) -> None:
    text = read_valid(ARTICLE).replace("country: NL", f"country:\n  {opening * 10_000}")
    assert codes_of(copy_valid(project, {ARTICLE: text})) == ["too-deep"]


def test_a_list_of_ten_thousand_levels_in_a_text_is_one_problem(project: Path) -> None:
    text = f"{read_valid(ARTICLE)}\n{'1. ' * 10_000}\n"
    assert codes_of(copy_valid(project, {ARTICLE: text})) == ["nested-too-deep"]


@pytest.mark.parametrize("path", [ARTICLE, "data/events.yml", "docs/plan.pdf", "docs/page.md"])
def test_a_link_to_a_file_outside_the_project_is_refused(project: Path, tmp_path: Path, path: str) -> None:
    copy_valid(project)
    (tmp_path / "secret").write_text("secret")
    (project / path).unlink(missing_ok=True)
    (project / path).symlink_to("../../secret")
    assert places_of(project) == [f"{path}:1:1 outside-project"]


def test_a_link_to_a_folder_outside_the_project_is_refused(project: Path, tmp_path: Path) -> None:
    copy_valid(project)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "plan.pdf").write_text("secret")
    (project / "docs" / "private").symlink_to("../../private")
    assert places_of(project) == ["docs/private:1:1 outside-project"]
    assert not any("plan" in path for path in load(project)[0].assets)


def test_a_link_inside_the_project_is_a_file_like_others(project: Path) -> None:
    copy_valid(project)
    (project / "docs" / "sandbags.svg").symlink_to("../guidebook/images/sandbags.svg")
    assert places_of(project) == []


@pytest.mark.parametrize(
    ("path", "code"), [("docs/loop.svg", "outside-project"), ("docs/loop.md", "unreadable-file")]
)
def test_a_link_to_itself_is_refused(project: Path, path: str, code: str) -> None:
    copy_valid(project)
    (project / path).symlink_to(Path(path).name)
    assert places_of(project) == [f"{path}:1:1 {code}"]


@pytest.mark.parametrize(
    ("path", "code"), [("docs/gone.svg", "outside-project"), ("docs/gone.md", "unreadable-file")]
)
def test_a_link_to_nothing_is_refused(project: Path, path: str, code: str) -> None:
    copy_valid(project)
    (project / path).symlink_to("nowhere")
    assert places_of(project) == [f"{path}:1:1 {code}"]


def test_a_collection_that_is_a_link_out_of_the_project_is_not_walked_through(project: Path) -> None:
    (project.parent / "elsewhere").mkdir(parents=True)
    (project.parent / "elsewhere" / "secret.txt").write_text("not ours")
    copy_valid(project)
    shutil.rmtree(project / "local_activities")
    (project / "local_activities").symlink_to(project.parent / "elsewhere")
    problems = [place for place in places_of(project) if place.startswith("local_activities")]
    assert problems == ["local_activities:1:1 outside-project"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(project: Path) -> None:
    copy_valid(project)
    os.mkfifo(project / "docs" / "pipe.md")
    assert places_of(project) == ["docs/pipe.md:1:1 unreadable-file"]


def test_a_file_name_that_is_no_text_is_refused(project: Path) -> None:
    copy_valid(project)
    name = os.fsdecode(b"state_of_the_art/f\xe9vrier.md")
    try:
        (project / name).write_text(read_valid(ARTICLE))
    except (OSError, UnicodeError):
        pytest.skip("this file system takes text only")
    assert codes_of(project) == ["file-name"]


def test_an_empty_folder_is_a_project_without_its_two_files(tmp_path: Path) -> None:
    assert places_of(tmp_path) == [
        "data/vocabulary.yml:1:1 unreadable-file",
        "guidebook/book.yml:1:1 unreadable-file",
    ]


@pytest.mark.parametrize("path", ["guidebook/.drafts/a.md", "docs/.obsidian/a.md", "docs/.DS_Store"])
def test_hidden_files_are_none_of_ours(project: Path, path: str) -> None:
    assert codes_of(copy_valid(project, {path: b"\xff\0"})) == []


def test_a_file_name_with_blanks_can_be_linked_to(project: Path) -> None:
    text = f"{read_valid(ARTICLE)}\nThe [map of the dykes](<the map.pdf>) and the [list][all].\n\n[all]: <the map.pdf>\n"
    assert codes_of(copy_valid(project, {ARTICLE: text, "state_of_the_art/the map.pdf": b"%PDF"})) == []


def test_a_page_whose_name_ends_like_index_has_an_address_of_its_own(project: Path) -> None:
    page = "---\ntitle: A page\n---\n\nText.\n"
    assert codes_of(copy_valid(project, {"docs/re.md": page, "docs/reindex.md": page})) == []
    (project / "docs/re").mkdir()
    (project / "docs/re/index.md").write_text(page, "utf-8")
    assert places_of(project) == ["docs/re/index.md:1:1 same-address"]


def test_a_file_whose_name_only_looks_the_same_is_told_apart(project: Path) -> None:
    image = (VALID / "guidebook/images/sandbags.svg").read_bytes()
    text = f"{read_valid(ARTICLE)}\n![Sandbags](images/S\u00e4cke.svg)\n"
    files: dict[str, str | bytes] = {ARTICLE: text, "state_of_the_art/images/Sa\u0308cke.svg": image}
    (problem,) = problems_of(copy_valid(project, files))
    assert problem.code == "broken-link"
    assert "only looks the same" in problem.message
    assert "sacke.svg" in problem.hint


@pytest.mark.parametrize("name", ["notes.txt", "LICENSE", "map.csv"])
def test_a_file_to_download_is_no_record_with_a_wrong_name(project: Path, name: str) -> None:
    assert codes_of(copy_valid(project, {f"state_of_the_art/{name}": "Nothing to see."})) == []


@pytest.mark.parametrize("path", ["data/population.yml", "guidebook/print.yml", "state_of_towns/arles.md"])
def test_other_files_and_folders_may_have_any_name(project: Path, path: str) -> None:
    assert codes_of(copy_valid(project, {path: "a: b\n"})) == []
