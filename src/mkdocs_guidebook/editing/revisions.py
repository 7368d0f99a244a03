"""Reading an earlier state of a project from git, without a checkout.

Only git's plumbing is asked: it names commits and hands out files as they were committed. No hook, filter or
other program that a repository can name is run, and the work tree stays as it is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mkdocs_guidebook.content.kinds import CONTENT_FOLDERS

_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What the main branch can be called, the likeliest first."""
_FILES = ("100644", "100755")
"""The modes of ordinary files; links are left out."""
_SUBMODULE = "160000"


class NoRevision(Exception):
    """There is nothing to compare with; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository that a project lies in."""

    root: Path
    """The project's folder."""
    commit: str
    """Its full id."""
    name: str
    """What a person calls it."""

    def lay_out(self, folder: Path) -> None:
        """Write the project's content and the files beside it, as they were committed, into a folder."""
        wanted = [(path, blob) for mode, blob, path in self._entries() if mode in _FILES and _is_wanted(path)]
        with subprocess.Popen(
            _command(self.root, "cat-file", "--batch"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:
            assert process.stdin and process.stdout  # noqa: S101 - both are pipes
            for path, blob in wanted:
                process.stdin.write(f"{blob}\n".encode())
                process.stdin.flush()
                header = process.stdout.readline().split()
                if len(header) != 3:
                    raise NoRevision(f"git cannot read {path} of {self.name}: run git fsck")
                content = process.stdout.read(int(header[2]))
                process.stdout.read(1)  # the line feed behind it
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            process.stdin.close()

    def _entries(self) -> Iterator[tuple[str, str, str]]:
        """Yield mode, blob and path in the project of everything that was committed."""
        prefix = _line(self.root, "rev-parse", "--show-prefix")
        tree = f"{self.commit}:{prefix.rstrip('/')}"
        for entry in filter(None, _run(self.root, "ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")):
            about, _, name = entry.partition(b"\t")
            mode, _, blob = about.decode().split()
            yield mode, blob, os.fsdecode(name)

    def changed_files(self) -> list[str]:
        """Return the paths in the project that differ from its folder now, those that git ignores left out.

        Files are compared here: git would run them through the filters that their attributes name.
        """
        options = ("--cached", "--others", "--exclude-standard", "-z", "--", ".")
        listed = _run(self.root, "ls-files", *options).split(b"\0")
        there = {path for name in listed if name and os.path.lexists(self.root / (path := os.fsdecode(name)))}
        before = {path: blob for mode, blob, path in self._entries() if mode != _SUBMODULE}
        same = {path for path in before.keys() & there if _is_same(self.root / path, before[path])}
        return sorted((before.keys() | {path for path in there if not (self.root / path).is_dir()}) - same)


def _is_same(file: Path, blob: str) -> bool:
    """Return whether a file has the content of a blob; its lines may end as Windows writes them."""
    try:
        content = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
    except OSError:
        return False
    method = "sha1" if len(blob) == 40 else "sha256"
    return any(
        hashlib.new(method, b"blob %d\0" % len(form) + form, usedforsecurity=False).hexdigest() == blob
        for form in (content, content.replace(b"\r\n", b"\n"))
    )


def _is_wanted(path: str) -> bool:
    parts = path.split("/")
    return not {"", ".", "..", ".git"} & set(parts) and (len(parts) == 1 or parts[0] in CONTENT_FOLDERS)


def base_revision(root: Path, name: str | None = None) -> Revision:
    """Return the revision of that name; without a name, where the current branch left the main branch.

    Raises `NoRevision` outside of a git repository, for an unknown name, and where history is missing.
    """
    try:
        _line(root, "rev-parse", "--show-toplevel")
    except FileNotFoundError as error:
        raise NoRevision("git is not installed: install it, then try again") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace")
        if "dubious ownership" in said:
            raise NoRevision(
                f"git does not trust this folder, which belongs to another user: "
                f"git config --global --add safe.directory {root}"
            ) from error
        raise NoRevision(f"{root} is not in a git repository, so there is nothing to compare with") from error
    if name is not None:
        commit = _commit(root, name)
        if commit is None:
            raise NoRevision(f"there is no revision `{name}`: {_get_it(root, name)}")
        return Revision(root, commit, name)
    main = next((known for known in _MAIN if _commit(root, known)), None)
    if main is None or _commit(root, "HEAD") is None:
        raise NoRevision("no main branch is known here: name what to compare with, such as --base main")
    try:
        return Revision(root, _line(root, "merge-base", "HEAD", main), main)
    except subprocess.CalledProcessError as error:
        raise NoRevision(
            f"the commit where this branch left {main} is not known here: {_get_it(root, main)}"
        ) from error


def _get_it(root: Path, name: str) -> str:
    if _line(root, "rev-parse", "--is-shallow-repository") == "true":
        return "this copy has only a part of the history; run `git fetch --unshallow`, then try again"
    return f"run `git fetch`, or look at `git branch --all` for how {name} is called here"


def _commit(root: Path, name: str) -> str | None:
    try:
        return _line(root, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")
    except subprocess.CalledProcessError:
        return None


def _line(root: Path, *arguments: str) -> str:
    return _run(root, *arguments).decode(errors="surrogateescape").rstrip("\n")


def _run(root: Path, *arguments: str) -> bytes:
    return subprocess.run(
        _command(root, *arguments), check=True, capture_output=True, env=_environment()
    ).stdout


def _command(root: Path, *arguments: str) -> list[str]:
    # A file system monitor is a program that a repository's configuration names.
    return ["git", "-C", str(root), "--no-replace-objects", "-c", "core.fsmonitor=false", *arguments]


def _environment() -> dict[str, str]:
    return os.environ | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


def is_content(path: str) -> bool:
    """Return whether a path of a project lies in one of its content folders."""
    return PurePosixPath(path).parts[0] in CONTENT_FOLDERS
