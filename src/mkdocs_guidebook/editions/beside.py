"""What stands beside the editions and leads to them: latest/, versions.json, the first page and that of what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Literal

from mkdocs_guidebook.editions.files import flush_tree, put_in_place
from mkdocs_guidebook.editions.pages import DEV, label_of
from mkdocs_guidebook.editions.promises import read_addresses
from mkdocs_guidebook.editions.root import SCRIPT, index_page, lead_on, not_found_page, script
from mkdocs_guidebook.editions.seals import SUMS, note_seen, verify
from mkdocs_guidebook.editions.shelf import ADDRESSES, LATEST, Shelf, Standing
from mkdocs_guidebook.editions.snapshot import Past
from mkdocs_guidebook.language import Language

LatestMode = Literal["files", "redirects"]
"""Whether latest/ holds the files of the latest edition, or pages that lead to them."""


def finish(
    shelf: Shelf, standing: Sequence[Standing], editions: Sequence[Past], mode: LatestMode
) -> list[str]:
    """Make everything beside the editions as it must be; return what was not."""
    done: list[str] = []
    dev = shelf.path(DEV).is_dir()
    if not standing and not dev:
        return done
    newest = editions[-1].snapshot if editions else shelf.catalog(DEV)
    language = Language(newest.language)
    if shelf.write(SCRIPT, script()):
        done.append(SCRIPT)
    if standing and _renew_latest(shelf, standing[-1], mode, language, newest.title):
        done.append(f"{LATEST}/")
    links = [(item.edition, label_of(language, item)) for item in reversed(editions)]
    if dev:
        links.append((DEV, language("editions.development")))
    page = index_page(language, newest.title, LATEST if standing else DEV, links)
    if shelf.write("index.html", page):
        done.append("index.html")
    root = newest.site.removesuffix(f"{newest.edition or DEV}/") or "/"
    if shelf.write("404.html", not_found_page(language, newest.title, root, LATEST if standing else DEV)):
        done.append("404.html")
    if shelf.write_versions(list(standing), dev):
        done.append("versions.json")
    return done


def _renew_latest(shelf: Shelf, newest: Standing, mode: LatestMode, language: Language, title: str) -> bool:
    """Make latest/ lead to the newest edition; return whether it did not."""
    latest, edition = shelf.path(LATEST), shelf.path(newest.edition)
    if _is_latest(shelf, newest, mode):
        return False
    with shelf.work() as work:
        if mode == "files":
            shutil.copytree(edition, work / LATEST)
        else:
            addresses = read_addresses((edition / ADDRESSES).read_bytes())
            lead_on(work / LATEST, edition, addresses, language, title)
        flush_tree(work / LATEST)
        put_in_place(work / LATEST, latest, work / "replaced")
    if mode == "files":
        note_seen(shelf.seen(LATEST), latest, newest.seal)
    return True


def _is_latest(shelf: Shelf, newest: Standing, mode: LatestMode) -> bool:
    """Whether latest/ is as it would be made of the newest edition."""
    latest, edition = shelf.path(LATEST), shelf.path(newest.edition)
    if mode == "files":
        return not verify(latest, newest.seal, shelf.seen(LATEST))
    try:
        same = (latest / ADDRESSES).read_bytes() == (edition / ADDRESSES).read_bytes()
    except OSError:
        return False
    return same and not (latest / SUMS).exists()
