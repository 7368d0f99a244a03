"""The folders of the old site are made ahead, and those that stay empty are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.build.folders import making_folders, remove_empty
from tests.build.alone import without_threads

FILES = [f"guidebook/{number}/index.html" for number in range(150)]


def _folders(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}


def _made(site: Path, files: list[str]) -> frozenset[str]:
    """Have the folders made; return those of which it is said that they are."""

    def make() -> frozenset[str]:
        with making_folders(str(site), files) as folders:
            return folders

    return without_threads(make)


def test_folders_that_stay_empty_are_removed(tmp_path: Path) -> None:
    folders = _made(tmp_path, [*FILES, "gone/deep/index.html", "index.html"])
    assert {*folders, "guidebook", "gone"} == _folders(tmp_path)
    for file in FILES[1:]:
        (tmp_path / file).touch()
    remove_empty(str(tmp_path), folders)
    assert _folders(tmp_path) == {"guidebook", *(f"guidebook/{number}" for number in range(1, 150))}


def test_for_few_folders_no_process_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.fork")
    with making_folders(str(tmp_path), FILES[:50]) as folders:
        assert folders == frozenset()
    with making_folders(str(tmp_path), FILES) as folders:  # nor where the system has none
        assert folders == frozenset()
    assert _folders(tmp_path) == set()


def test_a_place_that_cannot_be_written_is_left_to_who_writes_there(tmp_path: Path) -> None:
    (tmp_path / "guidebook").write_text("no folder", "utf-8")
    folders = _made(tmp_path, FILES)
    assert len(folders) == 150
    remove_empty(str(tmp_path), folders)
    assert (tmp_path / "guidebook").read_text("utf-8") == "no folder"
