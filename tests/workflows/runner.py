"""Runs the steps of a workflow as they are written, in the place of the code host's runner.

`run:` steps are executed by bash as GitHub does. An action (`uses:`) is replaced by what it does, said below for
each that the workflows use; one that is not named here fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.editing.repositories import ENVIRONMENT
from tests.site.projects import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class _Loader(yaml.SafeLoader):
    """YAML 1.2: `on` is a word."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> dict[str, Any]:
    """Return a workflow as data."""
    return dict(yaml.load(file.read_text("utf-8"), _Loader))  # noqa: S506 - a safe loader


def steps(file: Path) -> list[dict[str, Any]]:
    """Return the steps of a workflow's only job."""
    (job,) = read(file)["jobs"].values()
    return list(job["steps"])


def give_packages(project: Path) -> None:
    """Let the packages of this environment stand in for those that scripts/setup would install in a project."""
    programs = project / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "guidebook"):
        (programs / name).symlink_to(Path(sys.executable).with_name(name))
    # It installs nothing where the pinned packages did not change since the last time.
    stamp = "cat requirements/lock.txt pyproject.toml | sha256sum > .venv/installed"
    subprocess.run(["bash", "-c", stamp], cwd=project, check=True)


@dataclass
class Run:
    """One run of a workflow."""

    workspace: Path
    merged: Path
    """A repository whose HEAD is the pull request, merged into its base."""
    artifacts: Path
    """Where artifacts are kept, from one workflow to the next."""
    values: Mapping[str, str]
    """What expressions such as github.event.workflow_run.id stand for."""
    environment: Mapping[str, str] = field(default_factory=dict)
    log: dict[str, str] = field(default_factory=dict)
    """What each step said."""
    failed: str = ""
    """The step that failed."""

    def go(self, workflow: str) -> None:
        """Run the steps of a workflow, up to the first that fails."""
        self.workspace.mkdir(parents=True)
        for step in steps(WORKFLOWS / workflow):
            assert "if" not in step, "conditions are not understood here"
            done = self._use(step) if "uses" in step else self.bash(step)
            if not done and not step.get("continue-on-error"):
                self.failed = step["name"]
                return

    def bash(self, step: Mapping[str, Any]) -> bool:
        """Run the script of a step and return whether it succeeded."""
        script = str(step["run"])
        assert "${{" not in script, "an expression in a script is put in before bash reads it"
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.workspace,
            env=self._environment(step.get("env", {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
        self.log[step["name"]] = result.stdout + result.stderr
        return result.returncode == 0

    def _environment(self, own: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            **ENVIRONMENT,
            "HOME": str(self.workspace.parent),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            **self.environment,
            **{name: self._value(value) for name, value in own.items()},
        }

    def _value(self, written: str) -> str:
        return _EXPRESSION.sub(lambda match: self.values[match[1]], str(written))

    def _use(self, step: Mapping[str, Any]) -> bool:
        options = {name: self._value(value) for name, value in step.get("with", {}).items()}
        name = step["uses"].partition("@")[0]
        return bool(getattr(self, f"_{name.replace('actions/', '').replace('-', '_')}")(options))

    def _checkout(self, options: Mapping[str, str]) -> bool:
        assert options["persist-credentials"] == "false"
        depth = options.get("fetch-depth", "1")
        folder = self.workspace / options.get("path", ".")
        subprocess.run(
            ["git", "clone", "--quiet", f"--depth={depth}", f"file://{self.merged}", str(folder)],
            env=os.environ | ENVIRONMENT,
            check=True,
        )
        return True

    def _setup_python(self, options: Mapping[str, str]) -> bool:
        give_packages(self.workspace / "project")
        return True

    def _upload_artifact(self, options: Mapping[str, str]) -> bool:
        source = self.workspace / options["path"]
        target = self.artifacts / options["name"]
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir(parents=True)
            shutil.copy(source, target)
        return True

    def _download_artifact(self, options: Mapping[str, str]) -> bool:
        source = self.artifacts / options["name"]
        if not source.is_dir():
            return False
        shutil.copytree(source, self.workspace / options["path"], symlinks=True)
        return True
