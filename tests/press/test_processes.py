"""Several processes make the same documents as one. Each run is a process of its own: Typst has begun in this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.press.samples import BODY, CHAPTER, FRONT, project

MAKE = """
import sys
from pathlib import Path
from mkdocs_guidebook.press.run import choose, make_all
from tests.press.samples import catalogue

root, folder, jobs, *forms = sys.argv[1:]
documents = catalogue(Path(root))
orders = [order for form in forms for order in choose(documents, (), (), form)[0]]
outcome = make_all(documents, orders, Path(folder), lambda step, done, total: print(done, total), jobs=int(jobs))
print(*(path.name for path in outcome.made))
print(*(problem.message for problem in outcome.problems))
"""


def made(root: Path, folder: Path, jobs: int, *forms: str) -> list[str]:
    """Make all documents of a project by that many processes; return what was told."""
    command = [sys.executable, "-c", MAKE, str(root), str(folder), str(jobs), *forms]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_any_number_of_processes_makes_the_same_documents(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    told = {jobs: made(root, tmp_path / str(jobs), jobs, "pdf", "epub") for jobs in (1, 3)}
    one, three = (
        {file.name: file.read_bytes() for file in (tmp_path / str(jobs)).iterdir()} for jobs in (1, 3)
    )
    assert told[1] == told[3]
    assert one == three
    assert told[1][-3] == f"{len(one)} {len(one)}"
    assert set(told[1][-2].split()) == set(one)


def test_processes_tell_what_cannot_be_made_and_make_the_rest(tmp_path: Path) -> None:
    body = BODY.replace("sandbags.svg", "gone.svg")
    *_, names, problems = made(
        project(tmp_path / "project", {CHAPTER: FRONT + body}), tmp_path / "out", 3, "pdf"
    )
    assert "netherlands.pdf" in names.split()
    assert "every-construct.pdf" not in names.split()
    assert problems.count("the picture `guidebook/images/gone.svg` is not there") == 1
