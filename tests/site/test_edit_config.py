"""The form asks for everything that the models know, with help, and saves where mkdocs.yml says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.description import describe
from mkdocs_guidebook.content.kinds import RECORD_KINDS
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.edit.backend import EditOptionsWrong, backend_of, local_backend
from mkdocs_guidebook.site.edit.config import configuration
from mkdocs_guidebook.site.edit.page import content_security_policy
from tests.site.projects import ROOT, built, copy_foreign, guidebook, tree
from tests.tiny import copy_valid

GITLAB = {"backend": "gitlab", "repo": "owner/name", "app_id": "abc"}


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return configuration(load(ROOT)[0], Language("en"), local_backend())


def fields_within(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from fields_within(field.get("fields", []))


def asked(config: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of each kind of record and data file."""
    *kinds, lists = config["collections"]
    return {one["name"]: one["fields"] for one in [*kinds, *lists["files"]]}


@pytest.mark.parametrize("thing", [*RECORD_KINDS, *DATA_FILES], ids=lambda thing: thing.name)
def test_every_key_of_a_model_is_asked_for(config: dict[str, Any], thing: Any) -> None:
    fields = asked(config).get(thing.name)
    if fields is None:
        assert not (ROOT / thing.path).exists()
        return
    by_name = {field["name"]: field for field in fields}
    for field in describe(thing.model):
        made = by_name[field.key]
        assert made["label"] == field.label
        assert made["hint"].startswith(field.help)
        assert made["required"] == field.required


def test_every_field_has_a_label_and_those_of_models_a_help(config: dict[str, Any]) -> None:
    for fields in asked(config).values():
        for field in fields_within(fields):
            assert field["label"]
            assert field["hint"] or field["name"].startswith("_"), field["name"]


def test_choices_are_those_of_the_project_with_their_labels(config: dict[str, Any]) -> None:
    topics = next(field for field in asked(config)["activity"] if field["name"] == "topics")
    assert {"value": "mentoring", "label": "Mentoring"} in topics["options"]
    assert topics["multiple"]


def test_the_sections_of_an_activity_are_boxes_of_their_own(config: dict[str, Any]) -> None:
    sections = [field["heading"] for field in asked(config)["activity"] if field["form"] == "section"]
    assert sections[:2] == ["Context", "Approach"]
    assert len(sections) == 7


@pytest.mark.parametrize(
    ("options", "reach", "reviewed"),
    [
        (
            {"backend": "github", "repo": "o/n", "oauth": "https://sign.example.org/auth"},
            "https://api.github.com",
            True,
        ),
        (GITLAB, "https://gitlab.com", True),
        (GITLAB | {"host": "https://git.example.org"}, "https://git.example.org", True),
        (
            GITLAB | {"backend": "gitea", "branch": "edits", "host": "https://forge.example.org"},
            "https://forge.example.org",
            False,
        ),
    ],
)
def test_the_page_reaches_the_code_host_and_nothing_else(
    options: dict[str, str], reach: str, reviewed: bool
) -> None:
    backend = backend_of(options)
    policy = dict(part.split(" ", 1) for part in content_security_policy(backend).split("; "))
    assert policy["connect-src"] == f"'self' blob: {reach}"
    assert policy["script-src"] == "'self' 'unsafe-eval'"
    assert policy["default-src"] == "'none'"
    assert backend.reviewed == reviewed


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "must be one of github, gitlab, gitea"),
        ({"backend": "gitlab"}, "`repo` must name"),
        ({"backend": "gitlab", "repo": "o/n"}, "needs `app_id`"),
        ({"backend": "github", "repo": "o/n"}, "name its address as `oauth`"),
        (
            {"backend": "gitea", "repo": "o/n", "app_id": "a", "host": "https://f.example"},
            "a branch of its own",
        ),
        ({"backend": "gitea", "repo": "o/n", "app_id": "a", "branch": "b"}, "`host` must be"),
        (GITLAB | {"host": "http://git.example.org"}, "begins with https://"),
        (GITLAB | {"host": "https://git.example.org; script-src *"}, "begins with https://"),
        (GITLAB | {"colour": "red"}, "unknown key `colour`"),
    ],
)
def test_wrong_settings_are_told_with_what_to_do(options: dict[str, str], words: str) -> None:
    with pytest.raises(EditOptionsWrong, match=words):
        backend_of(options)


def test_forms_writes_the_page_for_the_host_that_mkdocs_yml_names(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    asked = guidebook("forms", cwd=project)
    assert asked.code == 2
    assert "add `edit:`" in asked.err

    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8")
    options = "edit: {backend: gitlab, repo: pompiers/guide, app_id: abc}"
    settings.write_text(text.replace("  - guidebook", f"  - guidebook:\n      {options}"), "utf-8")
    made = guidebook("forms", "-o", "out", cwd=project)
    assert made.code == 0, made.err
    files = tree(project / "out")
    assert {"index.html", "form.json", "edit.js", "decap-cms.js", "yaml/index.js"} <= set(files)
    form = json.loads(files["form.json"])
    assert form["decap"]["publish_mode"] == "editorial_workflow"
    assert form["decap"]["locale"] == "fr"
    assert b'lang="fr"' in files["index.html"]


def test_wrong_settings_stop_the_build_in_words(tmp_path: Path) -> None:
    project = copy_valid(
        tmp_path / "project",
        {
            "mkdocs.yml": "site_name: T\ntheme: material\nplugins:\n  - guidebook:\n      edit: {backend: svn}\n"
        },
    )
    result = guidebook("build", "--no-print", cwd=project, epoch=None)
    assert result.code == 1
    assert "must be one of github, gitlab, gitea" in result.text
    assert "Traceback" not in result.text


def test_a_site_with_a_form_leads_to_it_from_its_entries_and_has_it_at_edit(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8")
    options = "edit: {backend: gitlab, repo: pompiers/guide, app_id: abc}"
    settings.write_text(text.replace("  - guidebook", f"  - guidebook:\n      {options}"), "utf-8")
    site = built(project)
    assert (site / "edit" / "decap-cms.js").is_file()
    page = (site / "local-activities" / "kalamata" / "index.html").read_text("utf-8")
    assert "/edit/#/collections/activity/entries/kalamata" in page
    assert "/edit/" in (site / "contribute" / "index.html").read_text("utf-8")
