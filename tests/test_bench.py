"""`scripts/bench` times what it says: the parts of it, without its many minutes."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mkdocs_guidebook.content.loading import load
from tests.bench import BASELINE, Row, as_json, as_table, edit, main, on_page
from tests.corpus import write_corpus
from tests.measuring import Failed, first_search, timed, watched
from tests.plain_pages import write_plain_site

ROWS = [
    Row(BASELINE, 20.0, 200, 1002, 2_000_000),
    Row("cold", 5.0, 310.25, 1210, 180_400),
    Row("check", 1.0, 90),
]


def test_the_json_has_names_seconds_and_ratios_to_plain_material() -> None:
    assert json.loads(as_json(1000, ROWS)) == {
        "records": 1000,
        "rows": [
            {"name": "mkdocs-material", "seconds": 20.0, "ratio": 1.0, "peak_mb": 200},
            {"name": "cold", "seconds": 5.0, "ratio": 0.25, "peak_mb": 310.2},
            {"name": "check", "seconds": 1.0, "ratio": 0.05, "peak_mb": 90},
        ],
    }


def test_the_table_has_a_line_for_each_row() -> None:
    lines = as_table(ROWS).splitlines()
    assert lines[3] == "| `cold` | 5.00 | 0.250 | 1210 | 310 | 180 |"
    assert lines[4] == "| `check` | 1.00 | 0.050 | – | 90 | – |"


def test_without_plain_material_there_are_no_ratios() -> None:
    assert json.loads(as_json(100, ROWS[2:]))["rows"] == [
        {"name": "check", "seconds": 1.0, "ratio": None, "peak_mb": 90}
    ]
    assert as_table(ROWS[2:]).splitlines()[2] == "| `check` | 1.00 | – | – | 90 | – |"


def test_the_table_takes_its_place_on_the_page_of_the_documentation() -> None:
    page = (Path(__file__).parents[1] / "docs/contribute/benchmarks.md").read_text("utf-8")
    day = datetime.date(2026, 1, 31)
    once = on_page(page, 1000, ROWS, "2 processors", day)
    assert "1000 records, 2026-01-31, 2 processors.\n\n| row |" in once
    assert on_page(once, 1000, ROWS, "2 processors", day) == once
    with pytest.raises(Failed, match="no place"):
        on_page("# A page\n", 1000, ROWS, "2 processors", day)


def test_plain_pages_are_those_of_the_guidebook(tmp_path: Path) -> None:
    write_corpus(tmp_path / "guidebook", 20)
    library, problems = load(tmp_path / "guidebook")
    write_plain_site(tmp_path / "plain", library)
    assert not problems
    pages = {
        path.relative_to(tmp_path / "plain/docs").as_posix() for path in tmp_path.rglob("plain/docs/**/*.md")
    }
    assert pages == {record.path.removeprefix("docs/") for record in (*library.records, *library.pages)}
    for chapter in library.chapters:
        text = (tmp_path / "plain/docs" / chapter.path).read_text("utf-8")
        assert all(
            item.text in text and item.because.split(" [@")[0] in text
            for item in chapter.data.recommendations
        )
        assert all(step.text in text for item in chapter.data.exercises for step in item.steps)
        assert ":::" not in text
        assert "[@" not in text


def test_an_edit_changes_one_chapter(tmp_path: Path) -> None:
    write_corpus(tmp_path, 20)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    address = edit(tmp_path, "A new sentence.")
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    assert [f"guidebook/{path.stem}/" for path in changed] == [address]
    assert "\n\nA new sentence. " in changed[0].read_text("utf-8")
    assert load(tmp_path)[1] == []


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells the shared memory")
def test_the_memory_of_children_counts() -> None:
    child = "block = b'x' * 60_000_000; input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE)
    end = time.monotonic() + 60
    with watched(process.pid) as peak:
        while peak() <= 60 and time.monotonic() < end:
            time.sleep(0.01)
    process.communicate(b"\n")
    assert 60 < peak() < 200


def test_a_command_is_timed_to_its_end(tmp_path: Path) -> None:
    run = timed([sys.executable, "-c", "import time; time.sleep(0.2)"], tmp_path, dict(os.environ))
    assert run.seconds > 0.2


def test_a_command_that_fails_ends_the_bench_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such thing"):
        timed([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path, dict(os.environ))


def test_the_first_search_counts_the_engine_and_the_index_that_is_fetched_whole(tmp_path: Path) -> None:
    index = tmp_path / "search/search_index.json"
    index.parent.mkdir()
    index.write_text(json.dumps({"docs": list(range(100_000))}), "utf-8")
    assert 50_000 < first_search(tmp_path) < index.stat().st_size
    assert first_search(tmp_path / "nothing") == 0


@pytest.mark.parametrize("number", ["20", "99", "20000", "many"])
def test_a_number_of_records_that_is_not_meant_is_refused(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--records", number])
    assert ended.value.code == 2
    assert "--records" in capsys.readouterr().err


def test_the_script_says_what_it_does() -> None:
    result = subprocess.run([sys.executable, "-m", "tests.bench", "--help"], capture_output=True, text=True)
    assert result.returncode == 0
    assert "--json FILE" in result.stdout
