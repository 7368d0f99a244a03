"""The `guidebook` command as a whole: how it is called, what it says of itself, and how it shows progress."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

import mkdocs_guidebook
from mkdocs_guidebook.cli import main
from tests.site.projects import ROOT, guidebook, run
from tests.tiny import copy_valid

COMMANDS = sorted(main.commands)
CONFIG = "site_name: Rivers\ntheme: {name: material}\nplugins: [guidebook]\n"


def test_the_package_can_be_run_as_a_module(tmp_path: Path) -> None:
    result = run("mkdocs_guidebook", "--version", cwd=tmp_path)
    assert result.code == 0
    assert result.out == f"guidebook, version {mkdocs_guidebook.__version__}\n"


def test_the_command_is_installed(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("guidebook")
    result = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert result.stdout == f"guidebook, version {mkdocs_guidebook.__version__}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(tmp_path: Path, option: str) -> None:
    result = guidebook(option, cwd=tmp_path)
    assert result.code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", result.out, re.M), name
    assert result.out.startswith("Usage: guidebook ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_for_every_option(tmp_path: Path, name: str) -> None:
    result = guidebook(name, "--help", cwd=tmp_path)
    assert result.code == 0
    options = re.findall(r"^  (?:-\w, )?--[\w-]+(?: \S+)*?(?:\n {10,}|  +)(\S.*)$", result.out, re.M)
    assert len(options) == len(re.findall(r"^  (?:-\w, )?--", result.out, re.M))


def test_the_readme_says_what_every_command_does() -> None:
    table = (ROOT / "README.md").read_text("utf-8").split("## The command")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `guidebook ([\w-]+)", table, re.M)) == COMMANDS


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("check",),
        ("forms",),
        ("issue-forms",),
        ("new", "chapter", "boats"),
        ("print", "--list"),
        ("publish", "1.0", "--to", "public"),
        ("review",),
        ("schema",),
        ("serve",),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_project_is_wrong_use(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = guidebook(*arguments, cwd=tmp_path)
    assert result.code == 2
    assert "there is no mkdocs.yml" in result.err
    assert "--project" in result.err
    assert list(tmp_path.iterdir()) == []


def test_help_needs_neither_a_project_nor_the_engine(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from mkdocs_guidebook.cli import main; "
        "CliRunner().invoke(main, ['--help']); print('mkdocs' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert result.stdout == "False\n", result.stderr


def test_a_check_loads_neither_the_engine_nor_what_prints_or_asks_other_sites(tmp_path: Path) -> None:
    project = copy_valid(tmp_path / "guide", {"mkdocs.yml": CONFIG})
    code = (
        "import sys; from click.testing import CliRunner; from mkdocs_guidebook.cli import main; "
        "print(CliRunner().invoke(main, ['check']).output); "
        "print({'mkdocs', 'jinja2', 'typst', 'mkdocs_guidebook.checks.external'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True)
    assert "nothing is wrong" in result.stdout, result.stderr
    assert result.stdout.splitlines()[-1] == "set()"


def test_progress_elsewhere_than_on_a_terminal_is_plain_lines(tmp_path: Path) -> None:
    project = copy_valid(tmp_path / "guide", {"mkdocs.yml": CONFIG})
    result = run("mkdocs_guidebook", "build", cwd=project, epoch=None)
    assert result.err.splitlines() == ["Checking …", "Making pages …", "Making documents …"]
    assert len(result.out.splitlines()) == 1


def test_progress_on_a_terminal_is_a_bar(tmp_path: Path) -> None:
    project = copy_valid(tmp_path / "guide", {"mkdocs.yml": CONFIG})
    primary, secondary = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs_guidebook", "build", "--no-print"],
        cwd=project,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=secondary,
        stderr=secondary,
    )
    os.close(secondary)
    shown = b""
    while select.select([primary], [], [], 120)[0]:
        try:
            piece = os.read(primary, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(primary)
    assert process.wait(timeout=60) == 0
    text = shown.decode()
    assert re.search(r"Making pages\s+\[#+-*\]\s+\d+%", text), text[-400:]
    assert "100%" in text
