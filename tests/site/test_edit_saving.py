"""The preview saves what its own form sends, into the content, and nothing else."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from mkdocs_guidebook.site.edit.saving import LocalBackend
from tests.tiny import ACTIVITY, CHAPTER, copy_valid, read_valid

HERE = {
    "Host": "127.0.0.1:8000",
    "Origin": "http://127.0.0.1:8000",
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/json; charset=utf-8",
}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_valid(tmp_path / "project")


def ask(
    project: Path,
    action: str,
    client: str = "127.0.0.1",
    headers: dict[str, str] | None = None,
    **params: Any,
) -> tuple[HTTPStatus, Any]:
    """Send an action as a browser would, and return status and answer."""
    body = json.dumps({"branch": "main", "action": action, "params": params}).encode()
    status, content = LocalBackend(project).respond(client, HERE | (headers or {}), body)
    return status, json.loads(content)


def write(project: Path, path: str, raw: str) -> tuple[HTTPStatus, Any]:
    return ask(
        project, "persistEntry", dataFiles=[{"path": path, "raw": raw, "slug": "x"}], assets=[], options={}
    )


def test_a_record_is_read_and_saved(project: Path) -> None:
    status, entry = ask(project, "getEntry", path=ACTIVITY)
    assert (status, entry["data"]) == (HTTPStatus.OK, read_valid(ACTIVITY))
    changed = entry["data"].replace("status: published", "status: draft")
    assert write(project, ACTIVITY, changed)[0] is HTTPStatus.OK
    assert (project / ACTIVITY).read_text("utf-8") == changed


def test_the_records_of_a_collection_are_listed(project: Path) -> None:
    _, entries = ask(project, "entriesByFolder", folder="guidebook", extension="md", depth=1)
    assert [entry["file"]["path"] for entry in entries] == [CHAPTER]


def test_what_the_check_would_refuse_is_not_saved_and_is_told(project: Path) -> None:
    status, answer = write(
        project, ACTIVITY, read_valid(ACTIVITY).replace("country: NL", "country: Netherlands")
    )
    assert status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert "`Netherlands` is not a country code" in answer["error"]
    assert (project / ACTIVITY).read_text("utf-8") == read_valid(ACTIVITY)


def test_a_new_record_that_the_check_would_refuse_leaves_no_file(project: Path) -> None:
    status, _ = write(project, "local_activities/new.md", "---\ntitle: New\n---\n")
    assert status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert not (project / "local_activities/new.md").exists()


def test_a_fault_that_was_there_before_does_not_stop_a_correction(project: Path) -> None:
    broken = read_valid(ACTIVITY).replace("country: NL", "country: Netherlands")
    (project / ACTIVITY).write_text(broken, "utf-8")
    assert write(project, ACTIVITY, broken.replace("status: published", "status: draft"))[0] is HTTPStatus.OK


@pytest.mark.parametrize(
    "path",
    [
        "../outside.md",
        "local_activities/../../outside.md",
        "/etc/passwd",
        "mkdocs.yml",
        "docs/index.md",
        "local_activities/.hidden.md",
        "local_activities/deep/file.md",
        "local_activities/run.py",
        "local_activities\\evil.md",
        "data/secrets.yml",
    ],
)
def test_nothing_beside_the_content_is_read_or_written(project: Path, path: str) -> None:
    assert ask(project, "getEntry", path=path)[0] is HTTPStatus.FORBIDDEN
    assert write(project, path, "x")[0] is HTTPStatus.FORBIDDEN
    assert ask(project, "deleteFiles", paths=[path])[0] is HTTPStatus.FORBIDDEN


def test_a_symbolic_link_is_not_followed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("secret", "utf-8")
    (project / "local_activities" / "link.md").symlink_to(tmp_path / "outside.md")
    assert ask(project, "getEntry", path="local_activities/link.md")[0] is HTTPStatus.FORBIDDEN
    assert write(project, "local_activities/link.md", "x")[0] is HTTPStatus.FORBIDDEN
    assert (tmp_path / "outside.md").read_text("utf-8") == "secret"


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("192.168.1.7", {}),
        ("127.0.0.1", {"Host": "evil.example"}),
        ("127.0.0.1", {"Host": "127.0.0.1.evil.example:8000"}),
        ("127.0.0.1", {"Origin": "https://evil.example"}),
        ("127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", {"Origin": "http://127.0.0.1:9000"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_another_site_or_computer_is_refused(project: Path, client: str, headers: dict[str, str]) -> None:
    assert ask(project, "info", client, headers)[0] is HTTPStatus.FORBIDDEN


def test_a_form_of_another_site_cannot_send_what_looks_like_text(project: Path) -> None:
    status, _ = ask(project, "info", headers={"Content-Type": "text/plain"})
    assert status is HTTPStatus.UNSUPPORTED_MEDIA_TYPE


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"action": 5}', b'{"action": "getEntry"}', b"\xff"])
def test_a_request_that_is_not_right_is_answered(project: Path, body: bytes) -> None:
    status, content = LocalBackend(project).respond("127.0.0.1", HERE, body)
    assert 400 <= status < 500
    assert json.loads(content)["error"]


def test_a_picture_is_kept_beside_the_pages(project: Path) -> None:
    asset = {"path": "docs/images/dot.png", "content": PIXEL, "encoding": "base64"}
    assert ask(project, "persistMedia", asset=asset, options={})[0] is HTTPStatus.OK
    _, pictures = ask(project, "getMedia", mediaFolder="docs/images")
    assert [picture["path"] for picture in pictures] == ["docs/images/dot.png"]
    script = {"path": "docs/images/run.html", "content": PIXEL, "encoding": "base64"}
    assert ask(project, "persistMedia", asset=script, options={})[0] is HTTPStatus.FORBIDDEN
