"""How long a command takes, what memory it holds, and what a reader's first query on a built site loads."""

from __future__ import annotations

import gzip
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One command that has ended."""

    seconds: float
    peak_mb: float


class Failed(Exception):
    """A command did not do what is timed; the message says which and what it said."""


def timed(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run a command to its end; return how long it took and the memory that it held."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        with watched(process.pid) as peak:
            code = process.wait()
            seconds = time.perf_counter() - start
        if code:
            output.seek(0)
            raise Failed(f"{' '.join(command)} ended with {code}:\n{output.read().decode()[-2000:]}")
    return Run(seconds, peak())


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], float]]:
    """Follow the memory of a process and its children; give a function that returns the most of it in MB."""
    most = 0.0
    ended = threading.Event()

    def follow() -> None:
        nonlocal most
        while not ended.wait(0.1):
            most = max(most, sum(memory(one) for one in family(pid)))

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield lambda: most
    finally:
        ended.set()
        thread.join()


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it, where the system tells (Linux)."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def memory(pid: int) -> float:
    """Return the megabytes that a process holds, its share of what it shares with others included."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.M)
    return int(match[1]) / 1000 if match else 0.0


def first_search(site: Path) -> int:
    """Return the bytes that the first query on a built site loads, as a host sends them."""
    folder = site / "search"
    if (folder / "pagefind.js").is_file():
        parts = [part for part in folder.iterdir() if part.is_dir()]
        whole = [*folder.glob("*/*.pagefind"), *folder.glob("*/*.pf_meta")]  # compressed already
        sent = sum(path.stat().st_size for path in whole) + _sent(
            [*folder.glob("*.js*"), *folder.glob("*/*.js*")]
        )
        for part in parts:
            chunks = sorted(path.stat().st_size for path in part.glob("index/*.pf_index"))
            sent += chunks[len(chunks) // 2]
        return sent
    scripts = list(site.rglob("assets/javascripts/workers/search.*.js"))
    index = [*site.rglob("search_index.json"), *site.rglob("search.json")]
    return _sent([*index, *scripts])


def _sent(files: Sequence[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 6, mtime=0)) for file in files)
