"""The guide in its editions, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions.shelves import Published, one_edition
from tests.once import once


@pytest.fixture(scope="session")
def _one(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published.in_folder(once(tmp_path_factory, "edition", one_edition))


@pytest.fixture
def shelf(_one: Published, tmp_path: Path) -> Published:
    """A project with edition 1.0 published, to change."""
    shutil.copytree(_one.project, tmp_path / "guide")
    shutil.copytree(_one.folder, tmp_path / "public")
    return Published(tmp_path / "guide", tmp_path / "public")
