"""The new site in the place of the old one, at one stroke.

Everything is made in a folder beside the site. Then the two folders change their names in one call of the system
(Linux, macOS), so that at every moment, also when the power goes, the site is the old one or the new one. Where
there is no such call, the old folder is moved away first: if the build ends in the instant between, the next one
puts it back. What a build that was killed has left behind is removed by the next.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Linux, renameat2(2)."""
_RENAME_SWAP = 2
"""macOS, renamex_np(2)."""


def _prefix(site: Path) -> str:
    return f".{site.name}-new-"


@contextmanager
def folder_beside(site: Path) -> Iterator[Path]:
    """Give a new folder on the same disk as `site`, and remove what is left of it in the end.

    Only one build of a site may be here at a time. Raises `OSError` where nothing can be written.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    _tidy(site)
    fresh = Path(tempfile.mkdtemp(prefix=_prefix(site), dir=site.parent))
    try:
        fresh.chmod(0o755)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _tidy(site: Path) -> None:
    """Remove what builds that were killed have left; give back what was the site's."""
    for left in sorted(site.parent.glob(f"{_prefix(site)}*")):
        if left.name.endswith("-old") and not site.exists():
            left.rename(site)
            continue
        _bring_hidden(left, site)
        shutil.rmtree(left, ignore_errors=True)


def replace(site: Path, fresh: Path) -> None:
    """Put the folder `fresh` in the place of `site`; what was there is then at `fresh`, if anything."""
    if not site.exists():
        fresh.rename(site)
        return
    if exchange(site, fresh):
        _bring_hidden(fresh, site)
        return
    old = fresh.with_name(f"{fresh.name}-old")
    site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise
    _bring_hidden(old, site)
    old.rename(fresh)


def _bring_hidden(old: Path, site: Path) -> None:
    """Let .git, .nojekyll and the like stay in the site, as with MkDocs."""
    if not (site.is_dir() and old.is_dir()):
        return
    for entry in old.iterdir():
        if entry.name.startswith(".") and not (site / entry.name).exists():
            entry.rename(site / entry.name)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names at one stroke; return whether the system and the disk can."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            result = system.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            result = system.renamex_np(names[0], names[1], _RENAME_SWAP)
        else:
            return False
    except (OSError, AttributeError, TypeError):  # another system, or a C library from before 2018
        return False
    return bool(result == 0)
