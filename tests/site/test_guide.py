"""The guide to the form, tried as a new editor would: every numbered step, literally."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.site.edit.backend import Backend
from tests.site.editing import form_of, opened
from tests.site.guide import GUIDE, follow, press, sections
from tests.site.projects import ROOT, copy_real, guidebook


def test_who_follows_the_guide_step_by_step_makes_entries_that_pass_the_check(
    browser: Browser, tmp_path: Path
) -> None:
    project = copy_real(tmp_path / "project")
    with form_of(project) as address, opened(browser, address, sign_in=False) as page:
        for steps in sections().values():
            page.evaluate("() => { location.hash = '#/' }")
            for step in steps:
                follow(page, step)
    assert "What Avignon and the foundation FACE did" in (project / "local_activities/avignon.md").read_text(
        "utf-8"
    )
    assert (project / "local_activities/nimes.md").is_file()
    assert "write-down-what-was-shared" in (project / "guidebook/sharing-information.md").read_text("utf-8")
    assert "example-2020" in (project / "data/references.yml").read_text("utf-8")
    checked = guidebook("check", cwd=project, epoch=None)
    assert checked.code == 0, checked.text


FILES = """files => {
  window.repoFiles = {};
  for (const [path, content] of files) {
    const [folder, name] = path.split("/");
    (window.repoFiles[folder] ??= {})[name] = { content };
  }
}"""
"""Gives Decap's test backend, which keeps proposals in the browser, the files of a project."""


def test_where_somebody_reads_first_the_buttons_are_those_that_the_guide_names(
    browser: Browser, tmp_path: Path
) -> None:
    library, _ = load(ROOT)
    files = [(entry.path, entry.source.text) for entry in (*library.records, *library.entries.values())]
    said = next(
        line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("On the site the buttons")
    )
    save, status, review = re.findall(r"\*\*(.+?)\*\*", said)
    reviewed = Backend({"name": "test-repo"}, reviewed=True)
    script = f"({FILES})({json.dumps(files)})"
    with (
        form_of(copy_real(tmp_path / "project"), reviewed) as address,
        opened(browser, address, sign_in=False, script=script) as page,
    ):
        press(page, "Login")
        for step in sections()["Add a local activity"][:-1]:
            follow(page, step)
        press(page, save)
        press(page, status)
        press(page, review)
        expect(page.get_by_text("Status: In review")).to_be_visible()
