"""Readers of a site see the old one or the new one, whatever happens to the build."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mkdocs_guidebook.build.ledger import Busy, only_build
from mkdocs_guidebook.build.swap import exchange, folder_beside, replace
from tests.site.projects import DAY, copy_foreign, differences, edit, guidebook, tree

CHAPTER = "guidebook/partir-en-intervention.md"
SWAPPER = """
import sys
from pathlib import Path
from mkdocs_guidebook.build.swap import folder_beside, replace
site = Path(sys.argv[1])
for number in range(1_000_000):
    with folder_beside(site) as fresh:
        for name in "abcdef":
            (fresh / name).write_text(str(number))
        replace(site, fresh)
        if number == 0:
            print("swapping", flush=True)
"""


def _leftovers(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path.name.startswith(f".{site.name}")]


def test_a_site_is_whole_at_every_moment_of_many_swaps_and_after_kill_9(tmp_path: Path) -> None:
    site = tmp_path / "site"
    chance = random.Random(4)  # noqa: S311 - not a secret
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", SWAPPER, site], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"swapping\n"
        if chance.random() < 0.5:
            with suppress(FileNotFoundError):  # the folder that was found may be taken away just then
                (site / ".git").write_text("gitdir: elsewhere", "utf-8")
        end = time.monotonic() + chance.uniform(0.02, 0.12)
        while time.monotonic() < end:
            folder = os.open(site, os.O_RDONLY)  # what a server does: FileNotFoundError would be a gap
            os.close(folder)
        process.kill()
        process.communicate()
        texts = {(site / name).read_text() for name in "abcdef"}
        assert len(texts) == 1, "a mixture of two sites"
    with folder_beside(site):
        assert len(_leftovers(site)) == 1
    assert _leftovers(site) == []


def test_git_stays_in_the_site_when_a_build_dies_behind_the_swap(tmp_path: Path) -> None:
    site, left = tmp_path / "site", tmp_path / ".site-new-abc"
    for folder in (site, left):
        folder.mkdir()
    (left / ".git").write_text("gitdir: elsewhere", "utf-8")  # the old site: it was not brought over yet
    with folder_beside(site):
        pass
    assert (site / ".git").read_text("utf-8") == "gitdir: elsewhere"
    assert _leftovers(site) == []


def test_without_a_swap_of_the_system_the_old_site_comes_back_after_a_death_between(tmp_path: Path) -> None:
    site = tmp_path / "site"
    old, fresh = tmp_path / ".site-new-abc-old", tmp_path / ".site-new-abc"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "404.html").write_text(folder.name, "utf-8")
    with folder_beside(site):
        assert (site / "404.html").read_text("utf-8") == old.name
    assert _leftovers(site) == []


def test_without_a_swap_of_the_system_the_folders_are_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mkdocs_guidebook.build.swap.sys.platform", "win32")
    site = tmp_path / "site"
    site.mkdir()
    (site / ".nojekyll").touch()
    with folder_beside(site) as fresh:
        assert not exchange(site, fresh)
        (fresh / "index.html").touch()
        replace(site, fresh)
    assert sorted(path.name for path in site.iterdir()) == [".nojekyll", "index.html"]
    assert _leftovers(site) == []


def test_only_one_build_of_a_site_runs_at_a_time(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    with only_build(project / "site"):
        result = guidebook("build", "--no-print", cwd=project)
        with only_build(tmp_path / "another"):
            pass
    assert result.code == 1
    assert "another build" in result.err
    assert not (project / "site").exists()
    with pytest.raises(Busy), only_build(project / "site"), only_build(project / "site"):
        pass


def _wait_for_the_others(site: Path) -> None:
    """Wait until the last process of a killed build is gone: each holds the lock of the site."""
    end = time.monotonic() + 60
    while True:
        try:
            with only_build(site):
                return
        except Busy:
            assert time.monotonic() < end
            time.sleep(0.02)


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    command = [sys.executable, "-m", "mkdocs_guidebook", "build", "--no-print"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": DAY}
    assert guidebook("build", "--no-print", cwd=project).code == 0
    old = tree(project / "site")
    edit(project / CHAPTER, "Reposez-vous", "Reposez-vous bien")
    whole = shutil.copytree(project, tmp_path / "whole")
    assert guidebook("build", "--no-print", "--clean", cwd=whole).code == 0
    new = tree(whole / "site")
    assert differences(old, new)
    chance = random.Random(9)  # noqa: S311 - not a secret
    for _ in range(3):
        process = subprocess.Popen(
            command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _wait_for_the_others(project / "site")
        assert tree(project / "site") in (old, new)
    assert guidebook("build", "--no-print", cwd=project).code == 0
    assert differences(tree(project / "site"), new) == []
    assert _leftovers(project / "site") == []
