"""``guidebook publish``: check, build beside the editions, keep the promises, and give the new edition its name.

Nothing that readers see changes before everything is ready. Then, each step in one: the folder of the edition gets
its name, latest/ is exchanged, and the page that leads in and versions.json are replaced. A run that is killed
between two steps is finished by the next.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_guidebook.build import Issue, Progress, build
from mkdocs_guidebook.build.offline import write_offline
from mkdocs_guidebook.content.data.editions import Editions
from mkdocs_guidebook.content.data.redirects import Redirect
from mkdocs_guidebook.content.kinds import CONTENT_FOLDERS
from mkdocs_guidebook.content.loading import load_data
from mkdocs_guidebook.editions.beside import LatestMode, finish
from mkdocs_guidebook.editions.citation_file import citation_cff
from mkdocs_guidebook.editions.files import flush_tree, put_in_place
from mkdocs_guidebook.editions.pages import DEV, additions_of
from mkdocs_guidebook.editions.promises import (
    Addresses,
    addresses_of,
    broken_promises,
    dead_ends,
    read_addresses,
)
from mkdocs_guidebook.editions.register import with_edition, write_register
from mkdocs_guidebook.editions.root import MARK
from mkdocs_guidebook.editions.seals import Damage, note_seen, verify, write_sums
from mkdocs_guidebook.editions.shelf import (
    ADDRESSES,
    PublishFailed,
    Shelf,
    Standing,
    check_name,
    order_of,
)
from mkdocs_guidebook.editions.snapshot import Past
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.site.additions import Additions
from mkdocs_guidebook.site.views.base import Site
from mkdocs_guidebook.site.views.redirects import went

_SITE = "site"
"""The folder inside of the work folder in which the edition is made."""
_SHOWN = 20
"""How many files or addresses a message names."""


@dataclass(frozen=True)
class Order:
    """What is to be published, and how."""

    edition: str
    latest: LatestMode = "files"
    """Whether latest/ holds the files of the latest edition or pages that lead to them."""
    verify: bool = False
    """Whether every file of earlier editions is read, and not only those that look different."""
    offline: bool = False
    """Whether the edition holds a zip of itself that works from a disk."""
    documents: bool = True
    strict: bool = False
    jobs: int = 0
    """How many processes work at once; 0 for one on each processor."""


@dataclass
class Outcome:
    """What a publish did."""

    folder: Path
    """Where the edition stands."""
    pages: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    """What the check says; nothing was published if one of them stops it."""
    published: bool = False
    notes: list[str] = field(default_factory=list)
    """What was mended or finished of earlier runs."""


def publish(root: Path, order: Order, target: Path, progress: Progress) -> Outcome:
    """Publish the project in the folder `root` as an edition into the folder `target`.

    Raises `PublishFailed`, or `BuildFailed`, when it cannot be; what was published before is untouched then.
    """
    check_name(order.edition)
    with _plain_words(target):
        shelf = Shelf(target.resolve())
        _refuse_foreign(shelf, root)
        with shelf.opened():
            return _publish(root, order, shelf, progress)


@contextmanager
def _plain_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            message = f"there is no room left on the disk of {target}. What was published is untouched: make room, and publish again"
        elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            message = f"nothing may be written to {error.filename or target}: {error.strerror}. Ask for the right to write there, or name another folder"
        else:
            message = (
                f"{error.filename or target}: {error.strerror or error}. What was published is untouched"
            )
        raise PublishFailed(message) from error


def _refuse_foreign(shelf: Shelf, root: Path) -> None:
    """Refuse a folder that holds something else."""
    folder, project = shelf.folder, root.resolve()
    if folder == project or project.is_relative_to(folder):
        raise PublishFailed(f"{folder} holds the project itself: name a folder of its own for the editions")
    if any(folder.is_relative_to(project / name) for name in CONTENT_FOLDERS):
        raise PublishFailed(f"{folder} is a folder of the content: name a folder of its own for the editions")
    if folder.exists() and not folder.is_dir():
        raise PublishFailed(f"{folder} is a file: name a folder")
    index = folder / "index.html"
    if index.is_file() and MARK.encode() not in index.read_bytes():
        raise PublishFailed(
            f"{index} is not the page that `guidebook publish` writes there: name a folder of its own for the editions"
        )


def _publish(root: Path, order: Order, shelf: Shelf, progress: Progress) -> Outcome:
    edition = order.edition
    standing = shelf.editions()
    _verify(shelf, standing, order.verify, progress)
    earlier = [shelf.past(item) for item in standing]
    finished = finish(shelf, standing, earlier, order.latest)
    if _register(root, standing, earlier):
        finished.append("data/editions.yml")
    outcome = Outcome(shelf.path(edition), notes=shelf.notes)
    if finished:
        outcome.notes.append(f"brought up to date: {', '.join(finished)}")
    if edition != DEV and standing:
        last = standing[-1].edition
        if edition in [item.edition for item in standing]:
            if {"versions.json", "data/editions.yml"} & set(finished):  # its run was killed at the end
                outcome.published = True
                return outcome
            raise PublishFailed(
                f"edition {edition} is published already, and a published edition is never changed: publish the next one, such as {_next(last)}"
            )
        if order_of(edition) < order_of(last):
            raise PublishFailed(
                f"edition {edition} would come before {last}, which is published already: choose a higher number"
            )
    with shelf.work() as work:
        made = _make(root, order, work, earlier, outcome, progress)
        if made is None:
            return outcome
        if edition != DEV and standing:
            _keep_promises(shelf.path(standing[-1].edition), made, earlier[-1])
        progress("Publishing", 0, 1)
        seal = write_sums(work / _SITE)
        flush_tree(work / _SITE)
        put_in_place(work / _SITE, outcome.folder, work / "replaced")
    if edition != DEV:
        note_seen(shelf.seen(edition), outcome.folder, seal)
        standing = [*standing, Standing(edition, shelf.catalog(edition).released, seal)]
        earlier = [*earlier, shelf.past(standing[-1])]
    finish(shelf, standing, earlier, order.latest)
    _register(root, standing, earlier)
    outcome.published = True
    progress("Publishing", 1, 1)
    return outcome


def _next(last: str) -> str:
    first, _, rest = last.rpartition(".")
    return f"{first}.{int(rest) + 1}" if first else f"{int(rest) + 1}"


def _verify(shelf: Shelf, standing: Sequence[Standing], everything: bool, progress: Progress) -> None:
    """Stop where an edition is not as it was published."""
    damaged: dict[str, list[Damage]] = {}
    for number, item in enumerate(standing):
        progress("Verifying earlier editions", number, len(standing))
        found = verify(shelf.path(item.edition), item.seal, shelf.seen(item.edition), everything)
        if found:
            damaged[item.edition] = found
    if damaged:
        lines = [
            f"  {edition}/{item.path}  ({item.what})" for edition, items in damaged.items() for item in items
        ]
        raise PublishFailed(
            "published editions are not as they were published:\n"
            + "\n".join(_some(lines))
            + "\nNothing was published. Bring these files back from a copy of the folder, then publish again."
        )


def _some(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"  … and {more} more"] if more > 0 else [])]


def _register(root: Path, standing: Sequence[Standing], editions: Sequence[Past]) -> bool:
    """Bring data/editions.yml up to date; return whether it was not."""
    before = load_data(root, "editions", Editions) or Editions()
    there = [item.edition for item in standing]
    lost = [name for name in before.names if name not in there]
    if lost:
        raise PublishFailed(
            f"data/editions.yml knows edition {', '.join(lost)}, which is not in the folder: publish into the folder that holds the earlier editions. "
            "(If they were never public, delete data/editions.yml and begin anew.)"
        )
    register = before
    for past in editions:
        if past.edition not in register.names:
            register = with_edition(register, past.snapshot)
    return register is not before and write_register(root, register)


def _make(
    root: Path,
    order: Order,
    work: Path,
    earlier: Sequence[Past],
    outcome: Outcome,
    progress: Progress,
) -> Addresses | None:
    """Build the edition in the folder `work`; return what it answers to, or None where the check stops it."""
    name, folder = order.edition, work / _SITE
    offline = f"edition-{name}.zip" if order.offline else ""
    sites: list[Site] = []

    def add(site: Site) -> Additions:
        written = site.library.entries["book"].document.value.get("edition", DEV)
        if name != DEV and written not in (DEV, name):
            raise PublishFailed(
                f"guidebook/book.yml says edition {written}, and you publish {name}: write the same in both, or dev in book.yml"
            )
        sites.append(site)
        return additions_of(site, name, earlier, offline)

    summary, outcome.problems = build(
        root,
        strict=order.strict,
        documents=order.documents,
        jobs=order.jobs,
        issue=Issue(name, folder, add),
        progress=progress,
    )
    if summary is None:
        return None
    outcome.pages, outcome.seconds = summary.pages, summary.seconds
    site = sites[-1]
    redirects = site.library.redirects
    (folder / "CITATION.cff").write_bytes(citation_cff(site))
    addresses = _addresses(folder, name, site, redirects)
    (folder / ADDRESSES).write_bytes(addresses.to_json())
    if offline:
        write_offline(folder, work / offline)
        (work / offline).rename(folder / offline)
    return addresses


def _addresses(folder: Path, name: str, site: Site, redirects: list[Redirect]) -> Addresses:
    places: dict[str, list[str]] = {}
    for chapter in json.loads((folder / "catalog.json").read_bytes())["chapters"]:
        things = (*chapter["recommendations"], *chapter["exercises"])
        places[chapter["url"]] = [thing["id"] for thing in things]
    return addresses_of(folder, name, places, went(site.addresses, redirects), redirects)


def _keep_promises(before: Path, now: Addresses, last: Past) -> None:
    """Stop where the new edition takes an address away that the edition before has."""
    try:
        earlier = read_addresses((before / ADDRESSES).read_bytes())
    except ValueError as error:
        raise PublishFailed(f"{before / ADDRESSES} cannot be read: {error}") from error
    broken = list(broken_promises(earlier, now))
    if broken:
        lines = [f"  - {{from: {json.dumps(address)}, to: }}" for address in broken]
        raise PublishFailed(
            f"edition {last.edition} has addresses that this one would take away. Say in data/redirects.yml where each went "
            "(`to:` with a path in the project), or why it was withdrawn (`withdrawn:` with the reason):\n\n"
            "redirects:\n" + "\n".join(_some(lines))
        )
    ends = [f"  {old} → {new}" for old, new in dead_ends(now)]
    if ends:
        raise PublishFailed(
            "data/redirects.yml leads to pages that this edition does not have (a draft is not published):\n"
            + "\n".join(_some(ends))
        )
