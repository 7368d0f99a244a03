"""Several processes make the same site as one, and when one of them dies, the old site stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from mkdocs_guidebook.workers import Crashed, can_fork, in_workers
from tests.build.alone import without_threads
from tests.site.projects import copy_foreign, differences, edit, guidebook, run, tree

LARGE = {4, 5, 6}
NAMES = [f"record-{number}.md" for number in range(20)]


def _none(number: int, result: bytes) -> None:
    """What is told when one more is done."""


@pytest.mark.parametrize("jobs", [1, 3, 40])
def test_each_task_is_done_once_and_gives_back_what_came_of_it(tmp_path: Path, jobs: int) -> None:
    told: list[tuple[int, int]] = []

    def make(number: int) -> bytes:
        (tmp_path / str(number)).touch(exist_ok=False)
        return b"x" * number * 10_000  # more than a pipe holds

    in_workers(NAMES, make, jobs, lambda number, result: told.append((number, len(result))))
    assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in range(20)}
    assert sorted(told) == [(number, number * 10_000) for number in range(20)]


def test_a_worker_has_its_next_task_while_the_parent_is_busy(tmp_path: Path) -> None:
    begun: list[int] = []

    def done(number: int, result: None) -> None:
        end = time.monotonic() + 30
        while not begun and len(list(tmp_path.iterdir())) < 4 and time.monotonic() < end:
            time.sleep(0.01)
        begun.append(len(list(tmp_path.iterdir())))

    in_workers(NAMES * 10, lambda number: (tmp_path / str(number)).touch(), 2, done)
    assert begun[0] > 3  # without one ahead: a first for each, and a second for the one that is done


def _tasks_by_process(has_thread: bool) -> dict[int, list[int]]:
    """Return what each worker has done where some tasks take much memory, and this process gets a thread or none."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    tasks_of: dict[int, list[int]] = {}

    def make(number: int) -> int:
        if number in LARGE:
            bytes(200_000_000).replace(b"\0", b"\1")
        return os.getpid()

    def done(number: int, pid: int) -> None:
        tasks_of.setdefault(pid, []).append(number)
        if has_thread and not thread.ident:
            thread.start()

    in_workers(NAMES, make, 2, done)
    stop.set()
    return tasks_of


def test_a_worker_that_has_taken_much_memory_gives_its_place_to_a_new_one() -> None:
    tasks_of = without_threads(lambda: _tasks_by_process(has_thread=False))
    assert sorted(chain.from_iterable(tasks_of.values())) == list(range(20))
    assert len(tasks_of) > 2
    assert all(LARGE.isdisjoint(tasks[:-1]) for tasks in tasks_of.values())


def test_a_process_with_threads_keeps_its_workers() -> None:
    tasks_of = without_threads(lambda: _tasks_by_process(has_thread=True))
    assert sorted(chain.from_iterable(tasks_of.values())) == list(range(20))
    assert len(tasks_of) == 2


def test_what_goes_wrong_is_told_with_the_name_of_the_record() -> None:
    def make(number: int) -> None:
        if number == 7:
            raise ValueError("no such thing")

    with pytest.raises(Crashed, match=r"^record-7\.md was not finished: no such thing$"):
        in_workers(NAMES, make, 2, _none)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda: os._exit(3), r"has ended all of a sudden \(exit code 3\)"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "the system has ended the process that worked on it"),
    ],
)
def test_a_worker_that_ends_all_of_a_sudden_is_told_with_the_name_of_its_record(
    end: Callable[[], None], words: str
) -> None:
    def make(number: int) -> None:
        if number == 7:
            end()

    with pytest.raises(Crashed, match=rf"^record-7\.md was not finished: .*{words}.*--jobs 1"):
        in_workers(NAMES, make, 2, _none)


def test_a_worker_that_is_killed_while_it_answers_is_told_too() -> None:
    asked, answering = os.pipe(), os.pipe()

    def make(number: int) -> bytes:
        if number == 0:
            os.write(answering[1], os.getpid().to_bytes(4, "big"))
            os.read(asked[0], 1)
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes(0 if number else 10_000_000)  # which does not fit into the pipe

    def done(number: int, result: bytes) -> None:
        os.write(asked[1], b".")
        pid = int.from_bytes(os.read(answering[0], 4), "big")
        while _runs(pid):  # before it is dead, nothing of its answer is read
            time.sleep(0.01)

    with pytest.raises(Crashed, match=r"^record-0\.md was not finished: the system has ended the process"):
        in_workers(NAMES[:2], make, 2, done)
    for end in (*asked, *answering):
        os.close(end)


@pytest.mark.parametrize("most", [0, 1])
def test_what_the_system_gives_no_processes_for_is_done_by_those_that_there_are(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork, begun = os.fork, []

    def grudging() -> int:
        if len(begun) == most:
            raise BlockingIOError("resource temporarily unavailable")
        begun.append(True)
        return fork()

    monkeypatch.setattr(os, "fork", grudging)
    told: list[int] = []
    in_workers(NAMES, lambda number: number, 3, lambda number, _: told.append(number))
    assert sorted(told) == list(range(20))


_KILLED_AT_ONCE = """
import os, signal
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))
from mkdocs_guidebook.cli import main
main(prog_name="guidebook")
"""


@pytest.mark.parametrize(
    "command", ["check", "build --no-print", "print", "publish 1.2 --no-print --to shelf"]
)
def test_a_command_whose_workers_the_system_ends_says_so_in_one_sentence(
    tmp_path: Path, command: str
) -> None:
    project = copy_foreign(tmp_path / "guide")
    if command == "check":
        for number in range(400):  # or no workers are begun
            (project / f"docs/page-{number}.md").write_text("# Une page\n", "utf-8")
    result = subprocess.run(
        [sys.executable, "-c", _KILLED_AT_ONCE, *command.split(), "--jobs", "2"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=300,
    )
    last = result.stderr.splitlines()[-1]
    assert result.returncode == 1
    assert re.match(r"Error: .+ was not finished: the system has ended", last), result.stderr
    assert "--jobs 1" in last
    assert "Traceback" not in result.stderr
    assert not (project / "site").exists()


def test_no_worker_is_left_when_one_has_failed(tmp_path: Path) -> None:
    def make(number: int) -> None:
        (tmp_path / str(os.getpid())).touch()
        if number == 1:
            raise ValueError
        time.sleep(300)

    start = time.monotonic()
    with pytest.raises(Crashed):
        in_workers(NAMES, make, 3, _none)
    assert time.monotonic() - start < 200
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) > 0
    assert not any(_runs(pid) for pid in workers)


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    def make(number: int) -> None:
        (tmp_path / f"{number}-{os.getpid()}").touch()
        time.sleep(0.3)

    parent = os.fork()
    if parent == 0:
        in_workers(NAMES, make, 2, _none)
        os._exit(0)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    workers = {int(path.name.split("-")[1]) for path in tmp_path.iterdir()}
    deadline = time.monotonic() + 60
    while any(_runs(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_process_with_threads_is_not_doubled() -> None:
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    before = threading.active_count() == 1
    assert can_fork() is before
    thread.start()
    assert not can_fork()
    waiting.set()
    thread.join()


def test_a_page_that_cannot_be_made_fails_the_build_with_its_record_and_the_old_site_stays(
    tmp_path: Path,
) -> None:
    project = copy_foreign(tmp_path / "guide")
    assert guidebook("build", "--no-print", cwd=project).code == 0
    before = tree(project / "site")
    edit(project / "mkdocs.yml", "  language: fr", "  language: fr\n  custom_dir: habillage")
    (project / "habillage/guidebook").mkdir(parents=True)
    (project / "habillage/guidebook/article.html").write_text("{{ view.nothing.here }}", "utf-8")
    result = guidebook("build", "--no-print", "--jobs", "2", cwd=project)
    assert result.code == 1
    assert "state_of_the_art/" in result.err
    assert "Traceback" not in result.text
    assert differences(before, tree(project / "site")) == []


def test_one_process_makes_the_same_site_as_several_and_says_so_where_a_system_cannot_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = [copy_foreign(tmp_path / name / "guide") for name in ("one", "other")]
    options = ["--no-print", "--jobs", "3"]
    said = "One process makes all pages: this system cannot divide the work."
    forked = run("mkdocs_guidebook", "build", *options, cwd=projects[0])
    assert forked.code == 0
    assert said not in forked.err
    monkeypatch.delattr(os, "fork")
    alone = guidebook("build", *options, cwd=projects[1])
    assert alone.code == 0
    assert said in alone.err
    sites = [tree(project / "site") for project in projects]
    assert len(sites[0]) > 100
    assert differences(*sites) == []
