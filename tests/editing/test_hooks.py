"""The hooks for pre-commit: each entry runs as it is written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.editing.projects import new_project
from tests.tiny import ACTIVITY, read_valid

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def run_hook(id: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry in a project, with the commands of this environment, as pre-commit does in its own."""
    command, *arguments = shlex.split(HOOKS[id]["entry"])
    installed = Path(sys.executable).with_name(command)
    return subprocess.run([installed, *arguments], cwd=root, capture_output=True, text=True)


def test_the_fixing_hook_changes_a_file_so_that_the_commit_stops_and_passes_the_second_time(
    project: Path,
) -> None:
    new_project(project, {ACTIVITY: read_valid(ACTIVITY) + "\n\n"})
    first = run_hook("guidebook-fix", project)
    assert f"Mended {ACTIVITY}" in first.stderr
    assert (project / ACTIVITY).read_text("utf-8") == read_valid(ACTIVITY)
    second = run_hook("guidebook-fix", project)
    assert (second.returncode, second.stderr) == (0, "")


def test_the_checking_hook_stops_a_commit_that_breaks_content(project: Path) -> None:
    new_project(project, {ACTIVITY: read_valid(ACTIVITY).replace("country: NL", "country: Holland")})
    assert run_hook("guidebook-check", project).returncode == 1


def test_the_schema_hook_writes_the_schemas(project: Path) -> None:
    new_project(project)
    assert run_hook("guidebook-schema", project).returncode == 0
    assert (project / "schema/terms.schema.json").exists()


@pytest.mark.parametrize("id", HOOKS)
def test_hooks_run_for_changes_of_content(id: str) -> None:
    hook = HOOKS[id]
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "local_activities/arles.md")
    assert not re.search(hook["files"], "src/mkdocs_guidebook/cli/new.py")
