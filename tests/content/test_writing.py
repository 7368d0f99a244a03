"""What writing a file promises: it is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.content.writing import write_whole


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_whole(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_new_file_can_be_read_by_everybody(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.md", b"new")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


def test_nothing_is_left_of_what_could_not_be_put_in_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "a.md"
    folder.mkdir()
    with pytest.raises(OSError):
        write_whole(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]
