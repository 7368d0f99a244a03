"""What an edition costs does not grow with the number of earlier ones."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from mkdocs_guidebook.editions.seals import digest_of, note_seen, read_sums
from mkdocs_guidebook.editions.shelf import Shelf, Standing
from tests.editions.shelves import Published

MANY = 50


def with_many(published: Published) -> None:
    """Let there be editions 1.0 to 1.49, all with the content of 1.0, as if each had been published."""
    first = published.folder / "1.0"
    listed, _ = read_sums(first)
    shelf, standing = Shelf(published.folder), []
    for number in range(MANY):
        folder = published.folder / f"1.{number}"
        if number:
            copy(first, folder)
            catalog = json.loads((first / "catalog.json").read_bytes()) | {"edition": folder.name}
            (folder / "catalog.json").write_text(json.dumps(catalog), "utf-8")
            sums = listed | {"catalog.json": digest_of(folder / "catalog.json")}
            lines = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
            (folder / "SHA256SUMS").write_text(lines, "utf-8")
        seal = read_sums(folder)[1]
        note_seen(shelf.seen(folder.name), folder, seal)
        standing.append(Standing(folder.name, "2026-07-01", seal))
    shelf.write_versions(standing, dev=False)
    shutil.rmtree(published.folder / "latest")
    shutil.copytree(published.folder / standing[-1].edition, published.folder / "latest")
    note_seen(shelf.seen("latest"), published.folder / "latest", standing[-1].seal)


def copy(old: Path, new: Path) -> None:
    """Copy a folder; files are second names of the same, as nothing changes them."""
    for path, _, names in os.walk(old):
        inner = new / Path(path).relative_to(old)
        inner.mkdir()
        for name in names:
            if name not in ("SHA256SUMS", "catalog.json"):
                os.link(Path(path, name), inner / name)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="watches a process of its own")
def test_of_fifty_editions_only_catalogs_and_lists_are_read(shelf: Published, tmp_path: Path) -> None:
    with_many(shelf)
    log = tmp_path / "opened.txt"
    pid = os.fork()
    if pid == 0:
        opened = log.open("w", encoding="utf-8")
        sys.addaudithook(
            lambda event, arguments: print(arguments[0], file=opened) if event == "open" else None
        )
        shelf.publish("1.50")
        opened.flush()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    paths = [Path(line) for line in log.read_text("utf-8").splitlines()]
    inner = [path.relative_to(shelf.folder).parts for path in paths if shelf.folder in path.parents]
    old = [parts for parts in inner if parts[0].startswith("1.") and len(parts) > 1]
    read = [parts for parts in old if parts[0] != "1.50"]
    assert {parts[1] for parts in read} == {"catalog.json", "SHA256SUMS", "addresses.json"}
    # A list and a catalog of each; of 1.0, whose catalog was read before, none; of the last its addresses.
    assert len(set(read)) == 2 * MANY
    # Where nothing differs, no page compares, however many editions there are.
    assert not list((shelf.folder / "1.50/compare").rglob("*.html"))
