"""Whatever happens to a publish, readers have a whole site, and the next run goes through or says what to do."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_guidebook.build import BuildFailed
from mkdocs_guidebook.editions.seals import read_sums
from mkdocs_guidebook.editions.shelf import PublishFailed, Shelf
from mkdocs_guidebook.workers import Crashed
from tests.editions.samples import second
from tests.editions.shelves import Published

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills and limits processes of its own")


def in_child(job: Callable[[], object]) -> int:
    """Do a job in a process of its own; return the signal that ended it, or its exit code plus 1000."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            job()
            os._exit(0)
        except (PublishFailed, BuildFailed, Crashed) as error:
            os.write(1, str(error).encode())
            os._exit(3)
        except BaseException:
            os._exit(4)
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status) + 1000


def is_whole(folder: Path) -> list[str]:
    """Return the editions that stand in a folder, after having looked at every byte that readers can get."""
    editions = sorted(path.name for path in folder.iterdir() if path.name[0].isdigit() and path.is_dir())
    sums = {}
    for name in [*editions, "latest"]:
        listed, sums[name] = read_sums(folder / name)
        there = {
            path.relative_to(folder / name).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (folder / name).rglob("*")
            if path.is_file() and path.name != "SHA256SUMS"
        }
        assert there == listed
    assert sums["latest"] in [sums[name] for name in editions]
    versions = [item["version"] for item in json.loads((folder / "versions.json").read_bytes())]
    assert set(versions) <= set(editions)
    assert "url=latest/" in (folder / "index.html").read_text("utf-8")
    return editions


def killed_at(published: Published, moment: int, is_moment: Callable[[str, tuple[object, ...]], bool]) -> int:
    """Publish edition 1.1 in a process that is killed at the moment with that number; return how it ended."""

    def job() -> None:
        seen = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if is_moment(event, arguments):
                seen += 1
                if seen == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        published.publish("1.1")

    return in_child(job)


def test_a_publish_that_is_killed_at_any_step_leaves_a_whole_site_and_is_finished_by_the_next(
    shelf: Published,
) -> None:
    second(shelf.project)

    def writes(event: str, arguments: tuple[object, ...]) -> bool:
        return event == "open" and "work-" in str(arguments[0]) and "w" in str(arguments[1])

    def renames(event: str, arguments: tuple[object, ...]) -> bool:
        into = str(arguments[1]) if event == "os.rename" else ""
        in_sight = into.startswith(str(shelf.folder.parent)) and "/work-" not in into
        return in_sight or (event == "ctypes.dlsym" and arguments[1] == "renameat2")

    assert killed_at(shelf, 40, writes) == signal.SIGKILL  # in the middle of building
    assert is_whole(shelf.folder) == ["1.0"]
    ends = []
    for moment in (1, 2, 1, *[2] * 8):  # before each name that changes, and after the one before
        ends.append(killed_at(shelf, moment, renames))
        is_whole(shelf.folder)
        if ends[-1] != signal.SIGKILL:
            break
    assert len(ends) > 4
    assert ends[-1] == 1000
    assert is_whole(shelf.folder) == ["1.0", "1.1"]
    versions = json.loads((shelf.folder / "versions.json").read_bytes())
    assert [(item["version"], item["aliases"]) for item in versions] == [("1.1", ["latest"]), ("1.0", [])]
    assert "edition: '1.1'" in (shelf.project / "data/editions.yml").read_text("utf-8")
    assert not list((shelf.folder / ".guidebook").glob("work-*"))
    with pytest.raises(PublishFailed, match="published already"):
        shelf.publish("1.1")


@pytest.mark.parametrize("limit", [6_000, 60_000])
def test_a_disk_without_room_leaves_everything_as_it_was(
    shelf: Published, limit: int, capfd: pytest.CaptureFixture[str]
) -> None:
    def job() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        shelf.publish("1.1")

    assert in_child(job) == 1003
    assert capfd.readouterr().out != ""
    assert is_whole(shelf.folder) == ["1.0"]
    assert not list((shelf.folder / ".guidebook").glob("work-*"))


def test_two_cannot_publish_at_once(shelf: Published) -> None:
    with Shelf(shelf.folder).opened(), pytest.raises(PublishFailed, match=f"process {os.getpid()} on "):
        shelf.publish("1.1")
    with Shelf(shelf.folder).opened():
        pass  # the lock is free again


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_a_folder_that_cannot_be_written_to_is_named(shelf: Published) -> None:
    with pytest.raises(PublishFailed, match="nothing may be written to /sys/editions"):
        Published(shelf.project, Path("/sys/editions")).publish("1.0")


@pytest.mark.parametrize(
    "content", ["", '[{"version": "1.0"', "{}", '[{"version": "1.0", "properties": {}}]', "\0\0"]
)
def test_a_damaged_list_of_versions_is_made_again(shelf: Published, content: str) -> None:
    file = shelf.folder / "versions.json"
    before = file.read_bytes()
    file.write_text(content, "utf-8")
    with pytest.raises(PublishFailed, match="would come before"):
        shelf.publish("0.9")
    assert file.read_bytes() == before


def test_a_list_that_names_what_is_not_there_or_is_not_ours_is_refused(
    shelf: Published, tmp_path: Path
) -> None:
    (shelf.folder / "1.0").rename(tmp_path / "elsewhere")
    with pytest.raises(PublishFailed, match=r"names edition 1\.0, but .* is not there"):
        shelf.publish("1.1")
    (shelf.folder / "versions.json").write_text(
        '[{"version": "3.1", "title": "3.1", "aliases": []}]', "utf-8"
    )
    with pytest.raises(
        PublishFailed, match=r"names the version 3\.1, which `guidebook publish` did not write"
    ):
        shelf.publish("1.1")


def test_folders_that_hold_something_else_are_refused(shelf: Published, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("<h1>My site</h1>", "utf-8")
    with pytest.raises(PublishFailed, match="is not the page that `guidebook publish` writes"):
        Published(shelf.project, other).publish("1.1")
    with pytest.raises(PublishFailed, match="holds the project itself"):
        Published(shelf.project, shelf.project).publish("1.1")
    with pytest.raises(PublishFailed, match="is a folder of the content"):
        Published(shelf.project, shelf.project / "guidebook").publish("1.1")
    assert not (shelf.project / "guidebook/.guidebook").exists()
    with pytest.raises(PublishFailed, match=r"knows edition 1\.0, which is not in the folder"):
        Published(shelf.project, tmp_path / "empty").publish("1.1")
