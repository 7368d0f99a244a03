"""What is kept of a project's files from one process to the next: it saves time, and never says anything else."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path

import pytest

from mkdocs_guidebook.build.ledger import folder_of, remembered
from mkdocs_guidebook.checks import run
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.memory import Memory, as_bytes, from_bytes
from mkdocs_guidebook.problems import Problem
from tests.corpus import write_corpus
from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, ON, copy_valid, read_valid

FAULTY = {
    ACTIVITY: read_valid(ACTIVITY).replace("summary:", "sumary:", 1),
    ARTICLE: read_valid(ARTICLE) + "\n# Too high\n\nSee [nothing](nothing.md) [@nobody].\n",
}


def _found(root: Path, program: str = "this") -> tuple[Library, list[Problem], Memory]:
    """Check a project as a process of its own does."""
    with remembered(root, program) as (clean, memory):
        library, problems = run(root, on=ON, clean=clean, memory=memory)
    return library, problems, memory


def _content(library: Library) -> dict[str, object]:
    """Return what a library knows of each file: its values, and where they stand."""
    return {
        entry.path: (entry.data, entry.source.text, entry.span, entry.document.values)
        for entry in library.files
    }


def test_the_check_says_the_same_with_what_is_remembered_and_without(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide", FAULTY)
    first, second = _found(root), _found(root)
    assert len(first[1]) >= 4
    assert second[1] == first[1] == run(root, on=ON)[1]
    assert _content(second[0]) == _content(first[0])


def test_a_fault_that_comes_and_goes_is_told_as_without_a_memory(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide")
    for text in (read_valid(ARTICLE), FAULTY[ARTICLE], read_valid(ARTICLE)):
        (root / ARTICLE).write_text(text, "utf-8")
        library, problems, _ = _found(root)
        fresh, expected = run(root, on=ON)
        assert problems == expected
        assert _content(library) == _content(fresh)


def test_only_the_file_that_changed_is_read_again(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide")
    _found(root)
    (root / ARTICLE).write_text(read_valid(ARTICLE) + "\nAnother sentence.\n", "utf-8")
    library, _, memory = _found(root)
    again = {entry.path for entry in library.files if entry.data is not memory.known[entry.path].data}
    assert again == {ARTICLE}


def test_what_another_version_of_the_program_found_out_is_not_used(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide")
    _found(root, "one version")
    assert not _found(root, "another version")[2].known
    assert _found(root, "another version")[2].known


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    root = copy_valid(tmp_path / "guide", {"docs/more.md": "# More\n", "docs/about.md": "# About\n"})
    _found(root)
    (root / "docs/more.md").unlink()
    (root / ARTICLE).write_text(read_valid(ARTICLE) + "\nAnother sentence.\n", "utf-8")
    _found(root)
    assert "docs/more.md" not in _found(root)[2].known


@pytest.mark.parametrize(
    "damage", [b"", b"\x80", b"{}", b"\xff\xfe", pickle.dumps(3), pickle.dumps(("this", [1]))]
)
def test_a_damaged_memory_is_no_memory(tmp_path: Path, damage: bytes) -> None:
    root = copy_valid(tmp_path / "guide", FAULTY)
    before = _found(root)[1]
    (folder_of(root) / "content.pickle").write_bytes(damage)
    _, problems, memory = _found(root)
    assert not memory.known
    assert problems == before


def test_half_a_memory_is_no_memory(tmp_path: Path) -> None:
    _, _, memory = _found(copy_valid(tmp_path / "guide"))
    whole = as_bytes("this", memory.now_known())
    assert from_bytes("this", whole).keys() == memory.now_known().keys()
    assert from_bytes("this", whole[: len(whole) // 2]) == {}


class _Harmful:
    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> object:
        return (Path.touch, (self.victim,))


def test_a_memory_that_somebody_made_up_runs_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    assert from_bytes("this", pickle.dumps(("this", {CHAPTER: _Harmful(victim)}))) == {}
    assert not victim.exists()


def test_several_processes_find_in_many_files_what_one_finds(tmp_path: Path) -> None:
    write_corpus(tmp_path, 420)
    faulty = sorted((tmp_path / "local_activities").glob("*.md"))[:70:7]
    for number, path in enumerate(faulty):
        text = path.read_text("utf-8")
        unread, unclear = (
            text.replace("title:", "titel:", 1),
            f"{text}\nSee [nothing](nothing.md) [@nobody].\n",
        )
        path.write_text(unclear if number % 2 else unread, "utf-8")
    one = run(tmp_path, ON)
    memory = Memory()
    several = run(tmp_path, ON, memory=memory, jobs=2)
    assert {problem.code for problem in several[1]} >= {"unknown-key", "broken-link", "unknown-source"}
    assert several[1] == one[1]
    assert _content(several[0]) == _content(one[0])
    known = memory.now_known()
    assert len(known) >= 400
    assert not {path.relative_to(tmp_path).as_posix() for path in faulty[::2]} & known.keys()


def test_what_nobody_has_used_for_months_is_removed(tmp_path: Path) -> None:
    abandoned, lately = folder_of(tmp_path / "abandoned"), folder_of(tmp_path / "lately")
    for folder, days in ((abandoned, 100), (lately, 80)):
        folder.mkdir(parents=True)
        (folder / "site.json").write_text("{}")
        os.utime(folder, (time.time() - days * 86_400,) * 2)
    root = copy_valid(tmp_path / "guide")
    _found(root)
    assert not abandoned.exists()
    assert lately.exists() and folder_of(root).exists()
