"""Projects to build, and the ways to build them that a reader of the documentation uses."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from mkdocs_guidebook.cli import main

ROOT = Path(__file__).parents[2]
"""This repository."""
FOREIGN = ROOT / "tests" / "fixtures" / "foreign-site"
"""A guide on another subject, in French."""
CONTENT = ("mkdocs.yml", "docs", "guidebook", "state_of_the_art", "local_activities", "data")
"""What makes up the content of the project at the repository's root."""
DAY = "1748779200"
"""1 June 2025, 12:00 UTC, as SOURCE_DATE_EPOCH."""


def copy_foreign(to: Path) -> Path:
    """Copy the French guide into the new folder `to`, and return it."""
    return shutil.copytree(FOREIGN, to, ignore=shutil.ignore_patterns("site"))


def copy_real(to: Path) -> Path:
    """Copy the content of this repository into the new folder `to`, and return it."""
    to.mkdir(parents=True)
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name)
        else:
            shutil.copy(source, to / name)
    return to


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    """Its exit code."""
    out: str
    """What it wrote to standard output."""
    err: str
    """What it wrote to standard error."""

    @property
    def text(self) -> str:
        """All that it said."""
        return self.out + self.err


def run(*command: str, cwd: Path, epoch: str | None = DAY, **environment: str) -> Outcome:
    """Run a Python module (`mkdocs`, `mkdocs_guidebook`, …) with arguments in a folder, as a process of its own.

    `epoch` is SOURCE_DATE_EPOCH; None leaves it out.
    """
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    if epoch is not None:
        env["SOURCE_DATE_EPOCH"] = epoch
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=env | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    return Outcome(result.returncode, result.stdout, result.stderr)


def guidebook(*arguments: str, cwd: Path, epoch: str | None = DAY) -> Outcome:
    """Run the `guidebook` command in a folder, in this process, which is much faster."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(
            main, arguments, prog_name="guidebook", env={"SOURCE_DATE_EPOCH": epoch}, standalone_mode=True
        )
    error = result.stderr
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        error += "".join(traceback.format_exception(result.exception))
    return Outcome(int(result.exit_code), result.stdout, error)


def built(project: Path, *, epoch: str | None = DAY) -> Path:
    """Build a project without its documents, which must succeed, and return its site folder."""
    result = guidebook("build", "--no-print", cwd=project, epoch=epoch)
    assert result.code == 0, result.err[-600:]
    return project / "site"


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder with their bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of the files that only one of two trees has, or that differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once or more in a file."""
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} does not hold {old!r}"
    file.write_text(text.replace(old, new), "utf-8")
