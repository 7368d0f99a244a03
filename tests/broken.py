"""The folders of tests/fixtures/broken: each is the tiny valid project with one mistake in it.

Its files are copied over the valid ones (removed.txt names those to delete). Each line of expected.txt is
`path:line:column code`, followed by the words that stand at that place: the very value that a person
would have to change.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.tiny import FIXTURES, copy_valid

BROKEN = FIXTURES / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
_NOTES = ("expected.txt", "removed.txt")
_EXPECTED = re.compile(
    r"(?P<place>(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+)) (?P<code>[a-z0-9-]+)(?: (?P<words>.*))?"
)


def expected_of(case: str) -> list[re.Match[str]]:
    """Return what is to be found in a case: place, path, line, column, code and words of each problem."""
    lines = (BROKEN / case / "expected.txt").read_text("utf-8").splitlines()
    matches = [_EXPECTED.fullmatch(line) for line in lines]
    assert all(matches), lines
    return [match for match in matches if match]


def project_of(case: str, root: Path) -> Path:
    """Lay the broken project of a case into the new folder `root`, and return it."""
    copy_valid(root)
    shutil.copytree(BROKEN / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOTES))
    removed = BROKEN / case / "removed.txt"
    for path in removed.read_text("utf-8").split() if removed.exists() else ():
        (root / path).unlink()
    return root
