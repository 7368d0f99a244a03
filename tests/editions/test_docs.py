"""The files that the page about publishing gives are whole, and say what the command understands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_guidebook.cli import main
from tests.site.projects import ROOT

PAGE = (ROOT / "docs/contribute/publishing.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.S | re.M)


def block(kind: str, begins: str) -> str:
    """Return the one block of a kind that begins so."""
    [text] = [text for name, text in BLOCKS if name == kind and text.startswith(begins)]
    return text


@pytest.mark.parametrize(
    ("begins", "arguments"),
    [
        ("name: Publish", ["vendor.github-workflows"]),
        ("pages:", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_workflows_have_the_form_that_the_code_hosts_ask_for(
    begins: str, arguments: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "workflow.yml"
    file.write_text(block("yaml", begins), "utf-8")
    command = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run([command, "--builtin-schema", *arguments, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_script_for_a_server_is_right(tmp_path: Path) -> None:
    file = tmp_path / "publish.sh"
    file.write_text(block("bash", "#!/usr/bin/env bash"), "utf-8")
    assert subprocess.run(["bash", "-n", file]).returncode == 0


def test_all_options_of_the_command_are_told_and_no_other() -> None:
    told = set(
        re.findall(r"(?<![\w-])--(?!archive|del|excl|quiet|mess|all|cached|bran|orph|glob)[a-z][a-z-]+", PAGE)
    )
    known = set()
    for name in ("publish", "compare"):
        known |= set(re.findall(r"--[a-z-]+", CliRunner().invoke(main, [name, "--help"]).output))
    assert told - {"--format"} <= known
    assert {"--to", "--latest", "--zip", "--verify", "--no-print", "--in", "--project"} <= told
