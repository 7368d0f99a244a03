"""The guide to the form, tried as a new editor would: every numbered step, literally."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.site.editing import form_of, opened
from tests.site.guide import follow, sections
from tests.site.projects import copy_real, guidebook


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
