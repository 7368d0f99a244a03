"""A repository whose changes are reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editing.repositories import CONFIG, commit
from tests.editing.reviews import DAY
from tests.tiny import copy_valid


@pytest.fixture
def root(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the valid project, committed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    copy_valid(project, {"mkdocs.yml": CONFIG, ".gitignore": "/site/\n"})
    commit(project)
    return project
