"""Git repositories that tests make, away from the settings of whoever runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CONFIG = "site_name: Rivers\ntheme: {name: material}\nplugins: [guidebook]\n"
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    result = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env=os.environ | ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()


def commit(root: Path, message: str = "A change") -> str:
    """Commit everything in a folder, which becomes a repository if it is none, and return the commit."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", message)
    return git(root, "rev-parse", "HEAD")
