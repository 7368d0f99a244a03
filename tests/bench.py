"""`scripts/bench`: how long builds take, beside plain MkDocs with Material on the same pages.

All is timed in one run on one machine, one after the other, so that the ratios mean something where the seconds
do not. Each row is a command as people run it, as a process of its own. A rebuild is timed several times, and
the middle one counts. Memory is what the command and its children held at the same time at most, pages that they
share counted once (PSS; Linux only).
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from mkdocs_guidebook.content.loading import load
from tests.corpus import write_corpus
from tests.measuring import Failed, Run, first_search, timed, watched
from tests.plain_pages import write_plain_site
from tests.site.projects import copy_real

BASELINE = "mkdocs-material"
PRINTED = ("chapter", "book", "documents", "documents-again")
ROWS = (
    BASELINE,
    "zensical",
    "check",
    "cold-1-job",
    "cold",
    "edit",
    "serve-edit",
    "edit-with-search",
    *PRINTED,
)
EDITS = 5
"""How many rebuilds are timed."""
_WAIT = 300
"""Seconds after which a preview that has not answered is given up."""
_CHANGE = re.compile(r"^(## .*\n\n)", re.M)


@dataclass(frozen=True)
class Row:
    """What one way of building took."""

    name: str
    seconds: float
    peak_mb: float
    pages: int = 0
    first_search: int = 0
    """Bytes that a reader's first query loads, compressed as a host sends them; 0 where nothing is searched."""


# Editing


def edit(project: Path, text: str) -> str:
    """Put a sentence into the first section of a chapter in the middle of the book; return its address."""
    chapters = sorted((project / "guidebook").glob("*.md"))
    file = chapters[len(chapters) // 2]
    whole = file.read_text("utf-8")
    file.write_text(_CHANGE.sub(rf"\g<1>{text} ", whole, count=1), "utf-8")
    return f"guidebook/{file.stem}/"


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def served(address: str, text: str) -> None:
    """Wait until a page has a text; raise `Failed` if it never has."""
    start = time.monotonic()
    while time.monotonic() < start + _WAIT:
        try:
            with urllib.request.urlopen(address, timeout=_WAIT) as answer:  # noqa: S310 - our own server
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.005)
    raise Failed(f"{address} never had {text!r}")


# The rows


@dataclass(frozen=True)
class Bench:
    """One run over a corpus of a number of records."""

    folder: Path
    records: int
    say: Callable[[str], None]

    @property
    def project(self) -> Path:
        """The guidebook."""
        return self.folder / "guidebook"

    @property
    def plain(self) -> Path:
        """The same pages for plain MkDocs."""
        return self.folder / "plain"

    def rows(self, wanted: Container[str] = ROWS) -> Iterator[Row]:
        """Make the corpus, then time one way of building after the other, those that are wanted."""
        self.say(f"Writing {self.records} records …")
        write_corpus(self.project, self.records)
        steps: dict[str, Callable[[], Row | None]] = {
            BASELINE: self.material,
            "zensical": self.zensical,
            "check": self.check,
            "cold-1-job": partial(self.cold, "cold-1-job", "--jobs", "1"),
            "cold": partial(self.cold, "cold"),
            "edit": partial(self.edit, "edit", "--no-search"),
            "serve-edit": self.serve_edit,
            # behind the others: each round deletes the files of an index, see `_forget`
            "edit-with-search": partial(self.edit, "edit-with-search"),
        }
        for name, step in steps.items():
            if name in wanted and (row := step()):
                yield row
        if any(name in wanted for name in PRINTED):
            yield from (row for row in self.printed() if row.name in wanted)

    def _guidebook(self, *arguments: str) -> Run:
        return timed(
            [sys.executable, "-m", "mkdocs_guidebook", *arguments], self.project, self._environment()
        )

    def _environment(self) -> dict[str, str]:
        return os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache"), "NO_MKDOCS_2_WARNING": "1"}

    def _row(self, name: str, run: Run, site: Path) -> Row:
        pages = sum(1 for _ in site.rglob("*.html"))
        return Row(name, run.seconds, run.peak_mb, pages, first_search(site))

    def material(self) -> Row:
        """Plain `mkdocs build` with Material and its search."""
        self.say(f"{BASELINE} …")
        write_plain_site(self.plain, load(self.project)[0])
        run = timed([sys.executable, "-m", "mkdocs", "build", "-q"], self.plain, self._environment())
        return self._row(BASELINE, run, self.plain / "site")

    def zensical(self) -> Row | None:
        """Zensical on the same pages, where it is installed."""
        program = shutil.which("zensical", path=str(Path(sys.executable).parent)) or shutil.which("zensical")
        if program is None:
            return None
        self.say("zensical …")
        write_plain_site(self.plain, load(self.project)[0])
        shutil.rmtree(self.plain / "site", ignore_errors=True)
        run = timed([program, "build", "--clean"], self.plain, self._environment())
        return self._row("zensical", run, self.plain / "site")

    def check(self) -> Row:
        """`guidebook check` alone, with nothing kept from before."""
        self.say("check …")
        self._forget()
        run = self._guidebook("check")
        return Row("check", run.seconds, run.peak_mb)

    def cold(self, name: str, *options: str) -> Row:
        """A build with nothing kept from before: check, pages, search index."""
        self.say(f"{name} …")
        self._forget()
        return self._row(name, self._guidebook("build", "--no-print", *options), self.project / "site")

    def _forget(self) -> None:
        """Put aside what earlier commands have made. A disk that has just deleted thousands of files makes new ones
        slowly for some minutes (ext4 leaves their inodes alone), which would be timed with what comes next."""
        for folder in (self.folder / "cache", self.project / "site", self.project / ".guidebook"):
            if folder.exists():
                folder.rename(Path(tempfile.mkdtemp(dir=self.folder)) / folder.name)

    def printed(self) -> Iterator[Row]:
        """Documents of this repository's own content: a chapter, the book, and all of them in all formats.

        With nothing kept from before, but for the last row, in which nothing has changed since the one before it.
        """
        own = replace(self, folder=self.folder / "own")
        copy_real(own.project)
        book, out = load(own.project)[0], str(own.folder / "print")
        forms = [["--format", form, "-o", out] for form in ("pdf", "epub", "docx")]
        for name, commands in (
            ("chapter", [[book.chapters[0].id, "-o", out]]),
            ("book", [["guidebook", "-o", out]]),
            ("documents", forms),
        ):
            self.say(f"{name} …")
            own._forget()
            yield own._printed(name, commands)
        yield own._printed("documents-again", forms)

    def _printed(self, name: str, commands: Sequence[Sequence[str]]) -> Row:
        runs = [self._guidebook("print", *command) for command in commands]
        return Row(name, sum(run.seconds for run in runs), max(run.peak_mb for run in runs))

    def edit(self, name: str, *options: str) -> Row:
        """One sentence of one chapter changed, then a build in a fresh process."""
        self.say(f"{name}, {EDITS} times …")
        self._guidebook("build", "--no-print", *options)
        runs = []
        for number in range(EDITS):
            edit(self.project, f"Rebuilt {number} times.")
            runs.append(self._guidebook("build", "--no-print", *options))
        middle = sorted(runs, key=lambda run: run.seconds)[EDITS // 2]
        return self._row(name, Run(middle.seconds, max(run.peak_mb for run in runs)), self.project / "site")

    def serve_edit(self) -> Row:
        """One sentence saved while `guidebook serve` runs, until its page is served with it."""
        self.say(f"serve-edit, {EDITS} times …")
        port = free_port()
        command = [sys.executable, "-m", "mkdocs_guidebook", "serve", "--port", str(port)]
        process = subprocess.Popen(
            command,
            cwd=self.project,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}/"
        try:
            with watched(process.pid) as peak:
                served(address, "</html>")
                seconds = []
                for number in range(EDITS):
                    text = f"Served {number} times."
                    start = time.perf_counter()
                    page = edit(self.project, text)
                    served(address + page, text)
                    seconds.append(time.perf_counter() - start)
                    time.sleep(0.5)
            return Row("serve-edit", median(seconds), peak())
        finally:
            process.terminate()
            process.wait()


# Telling


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """Return the seconds of each row as a share of those of plain MkDocs with Material, if that was timed."""
    whole = next((row.seconds for row in rows if row.name == BASELINE), None)
    return {row.name: row.seconds / whole for row in rows} if whole else {}


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    shares = ratios(rows)
    lines = [
        "| row | seconds | ratio | pages | peak memory, MB | first search, KB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        share = f"{shares[row.name]:.3f}" if shares else "–"
        pages = str(row.pages) if row.pages else "–"
        search = f"{row.first_search / 1000:.0f}" if row.first_search else "–"
        lines.append(
            f"| `{row.name}` | {row.seconds:.2f} | {share} | {pages} | {row.peak_mb:.0f} | {search} |"
        )
    return "\n".join(lines)


def as_json(records: int, rows: Sequence[Row]) -> str:
    """Return the rows for programs."""
    shares = ratios(rows)
    found = [
        {
            "name": row.name,
            "seconds": round(row.seconds, 3),
            "ratio": round(shares[row.name], 4) if shares else None,
            "peak_mb": round(row.peak_mb, 1),
        }
        for row in rows
    ]
    return json.dumps({"records": records, "rows": found}, indent=2) + "\n"


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def on_page(page: str, records: int, rows: Sequence[Row], machine: str, day: datetime.date) -> str:
    """Return a page of the documentation with the rows in the place of its table."""
    start, end = "<!-- bench: begin -->\n", "<!-- bench: end -->"
    before, _, rest = page.partition(start)
    _, mark, after = rest.partition(end)
    if not mark:
        raise Failed(f"the page has no place for the table: {start.strip()} and {end}")
    about = f"{records} records, {day.isoformat()}, {machine}."
    return f"{before}{start}\n{about}\n\n{as_table(rows)}\n\n{end}{after}"


def machine() -> str:
    """Return what this run was made on, in words."""
    cpu = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", cpu.read_text(), re.M) if cpu.exists() else None
    name = found[1].strip() if found else platform.machine()
    return f"{os.cpu_count()} processors ({name}), {platform.system()}, Python {platform.python_version()}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench, print its table, and write it as JSON where that is asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="how many records (100 to 10,000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to this file, too")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the table into this page, too")
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=ROWS, help="time these alone")
    options = parser.parse_args(arguments)
    if not 100 <= options.records <= 10_000:
        parser.error("--records is a number from 100 to 10000")
    with tempfile.TemporaryDirectory(prefix="guidebook-bench-") as folder:
        bench = Bench(Path(folder), options.records, _tell)
        try:
            rows = list(bench.rows(options.rows))
        except Failed as error:
            sys.exit(str(error))
    sys.stdout.write(f"{as_table(rows)}\n")
    if options.page:
        text = options.page.read_text("utf-8")
        today = datetime.datetime.now(datetime.UTC).date()
        options.page.write_text(on_page(text, options.records, rows, machine(), today), "utf-8")
    if options.json:
        options.json.write_text(as_json(options.records, rows), "utf-8")


if __name__ == "__main__":
    main()
