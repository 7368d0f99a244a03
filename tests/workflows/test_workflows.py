"""The workflows: that they are well formed and careful, and that their steps do what they promise."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.editing.repositories import CONFIG, commit, git
from tests.site.projects import ROOT, edit
from tests.site.projects import run as run_module
from tests.tiny import ACTIVITY, CHAPTER, copy_valid
from tests.workflows.code_host import BOT, CodeHost, code_host
from tests.workflows.runner import WORKFLOWS, Run, give_packages, read, steps

DAY = "1795435200"
"""23 November 2026, as SOURCE_DATE_EPOCH: the day of the fixtures."""
FILES = sorted(WORKFLOWS.glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
MARKER = "<!-- guidebook-review -->"

every_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


# What is written


def test_workflows_have_the_form_that_the_code_hosts_ask_for() -> None:
    for kind, files in (("github-workflows", FILES), ("gitlab-ci", [GITLAB])):
        command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", f"vendor.{kind}"]
        if files == [GITLAB]:
            command += ["--data-transform", "gitlab-ci"]
        result = subprocess.run([*command, *files], capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr


@every_workflow
def test_actions_are_pinned_to_a_commit_with_its_version_beside_it(file: Path) -> None:
    used = re.findall(r"uses: (.*)", file.read_text("utf-8"))
    assert used
    for line in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@every_workflow
def test_a_workflow_may_read_and_no_more_unless_a_job_says_why(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        extra = {name for name, right in job.get("permissions", {}).items() if right == "write"}
        assert extra == ({"pull-requests"} if file.name == "review-comment.yml" else set())


@every_workflow
def test_no_secret_is_in_reach_and_nothing_of_an_event_is_put_into_a_script(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for step in steps(file):
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] == "false"


def test_the_comment_runs_nothing_of_the_pull_request() -> None:
    for step in steps(WORKFLOWS / "review-comment.yml"):
        assert not {"ref", "repository"} & set(step.get("with", {}))


# What happens


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository of a guide with this project's scripts, on its main branch."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    root = copy_valid(tmp_path / "repository", {"mkdocs.yml": CONFIG, ".gitignore": "/.venv/\n/site/\n"})
    for name in ("scripts", "requirements", ".github"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    commit(root)
    git(root, "switch", "--quiet", "--create", "change")
    return root


Content = Callable[[], Run]


@pytest.fixture
def content(repository: Path, tmp_path: Path) -> Content:
    """Commits what lies in the repository as a pull request, merges it, and runs the workflow “Content”."""

    def run() -> Run:
        commit(repository, "The change")
        git(repository, "switch", "--quiet", "main")
        git(repository, "merge", "--quiet", "--no-ff", "--message", "Merged", "change")
        run = Run(
            workspace=tmp_path / "workspace",
            merged=repository,
            artifacts=tmp_path / "artifacts",
            values={},
            environment={"SOURCE_DATE_EPOCH": DAY},
        )
        run.go("content.yml")
        return run

    return run


def test_a_change_is_reviewed_checked_and_built_and_nothing_else_that_it_brings_is_run(
    repository: Path, content: Content, tmp_path: Path
) -> None:
    edit(repository / CHAPTER, "neighbours who need help", "people who need help")
    ran = tmp_path / "ran"
    python = f"import pathlib\npathlib.Path({str(ran)!r}).touch()\n"
    shell = f"#!/bin/sh\ntouch {ran}\n"
    (repository / ".gitignore").unlink()
    brought = {
        "mkdocs.yml": "site_name: Evil\nhooks: [hook.py]\ntheme: {name: material, custom_dir: overrides}\n"
        "plugins: [guidebook, evil]\n",
        "hook.py": python,
        "overrides/main.html": "evil template",
        "overrides/guidebook/chapter.html": "evil template",
        "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n",
        "requirements/lock.txt": "evil==1\n",
        **dict.fromkeys(
            ("backend.py", "conftest.py", "sitecustomize.py", "mkdocs_guidebook/__init__.py", "yaml.py"),
            python,
        ),
        **dict.fromkeys(("scripts/setup", "scripts/take-content", ".venv/bin/guidebook"), shell),
    }
    for path, text in brought.items():
        _write(repository / path, text)

    run = content()

    assert run.failed == "", run.log[run.failed]
    assert not ran.exists()
    review = (run.artifacts / "review" / "review.md").read_text("utf-8")
    assert "Agree on a list of ~~neighbours~~ **people** who need help" in review
    assert re.search(r"Files that are not content.*`hook\.py`.*`mkdocs\.yml`", review, re.S)
    preview = run.artifacts / "preview"
    page = (preview / "guidebook" / "sandbags-and-neighbours" / "index.html").read_text("utf-8")
    assert "people who need help before the first warning" in page
    assert "Rivers" in page
    assert (preview / "desk" / "index.html").is_file()
    assert "evil template" not in "".join(file.read_text("utf-8") for file in preview.rglob("*.html"))
    # The hook is one that would run if the site were built where it lies.
    edit(repository / "mkdocs.yml", ", evil", "")
    run_module("mkdocs", "build", cwd=repository)
    assert ran.exists()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if text.startswith("#!"):
        file.chmod(0o755)


def test_a_mistake_is_annotated_at_its_line_and_the_review_is_handed_on_all_the_same(
    repository: Path, content: Content
) -> None:
    edit(repository / ACTIVITY, "kinds: [drill]", "kinds: [dril]")
    run = content()
    assert run.failed == "Check the content"
    annotation = f"::error file={ACTIVITY},line=11,endLine=11,col=9,endColumn=12,title=unknown-term::"
    assert annotation in run.log["Check the content"]
    assert "there is no kind of activity" in (run.artifacts / "review" / "review.md").read_text("utf-8")
    assert not (run.artifacts / "preview").exists()


def test_programs_and_links_among_the_content_are_problems_and_not_run(
    repository: Path, content: Content, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    for path in ("docs/sitecustomize.py", "docs/conftest.py", "data/yaml.py", "guidebook/hook.py"):
        _write(repository / path, f"import pathlib\npathlib.Path({str(ran)!r}).touch()\n")
    (repository / "docs" / "passwd.md").symlink_to("/etc/passwd")
    (repository / "data" / "scripts").symlink_to("../scripts")
    run = content()
    assert run.failed == "Check the content"
    assert "::error file=docs/passwd.md" in run.log["Check the content"]
    assert "root:" not in (run.artifacts / "review" / "review.md").read_text("utf-8")
    assert not ran.exists()


def test_only_files_of_the_content_folders_are_taken_over(repository: Path, tmp_path: Path) -> None:
    other = copy_valid(tmp_path / "other", {"mkdocs.yml": "evil", "scripts/setup": "evil"})
    (other / "docs" / "new.md").write_text("# New\n")
    (other / "docs" / "link.md").symlink_to("/etc/passwd")
    shutil.rmtree(other / "state_of_the_art")
    (other / "state_of_the_art").symlink_to("/etc")
    (other / "local_activities" / "nijmegen.md").unlink()
    subprocess.run([repository / "scripts" / "take-content", other], check=True, cwd="/")
    assert (repository / "docs" / "new.md").is_file()
    assert not (repository / "docs" / "link.md").is_symlink()
    assert not (repository / "state_of_the_art").exists()
    assert not (repository / ACTIVITY).exists()
    assert (repository / "mkdocs.yml").read_text() == CONFIG
    assert "evil" not in (repository / "scripts" / "setup").read_text()


# The comment

SHA = "a" * 40


@pytest.fixture
def host() -> Iterator[CodeHost]:
    with code_host() as host:
        host.open(6, "someone:other", SHA)
        host.open(7, "someone:change", SHA)
        yield host


def comment(host: CodeHost, folder: Path, review: str | None, sha: str = SHA) -> Run:
    """Run “Review comment” on what a run has handed on."""
    artifacts = folder / "artifacts"
    if review is not None:
        (artifacts / "review").mkdir(parents=True, exist_ok=True)
        (artifacts / "review" / "review.md").write_text(review, "utf-8")
    repository = folder / "main"
    if not repository.exists():
        shutil.copytree(ROOT / "scripts", repository / "scripts")
        commit(repository)
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    event = {
        "id": "1",
        "head_repository.owner.login": "someone",
        "head_branch": "change",
        "head_sha": sha,
        "html_url": "https://host.example/town/guide/runs/1",
    }
    values = {f"github.event.workflow_run.{name}": value for name, value in event.items()}
    run = Run(
        workspace=folder / "workspace",
        merged=repository,
        artifacts=artifacts,
        values={**values, "github.token": "t"},
        environment={"GITHUB_API_URL": host.address, "GITHUB_REPOSITORY": "town/guide"},
    )
    run.go("review-comment.yml")
    assert run.failed == "", run.log
    return run


def bodies(host: CodeHost, number: int = 7) -> list[Any]:
    return [item["body"] for item in host.comments[number]]


def test_the_review_stands_below_the_pull_request_that_the_event_names(
    host: CodeHost, tmp_path: Path
) -> None:
    comment(host, tmp_path, f"{MARKER}\n# What this change does\n")
    (body,) = bodies(host)
    assert body.startswith(f"{MARKER}\n# What this change does\n")
    assert "[this run](https://host.example/town/guide/runs/1)" in body
    assert bodies(host, 6) == []


def test_the_next_review_takes_the_place_of_the_last_one_and_of_no_other_comment(
    host: CodeHost, tmp_path: Path
) -> None:
    for number in range(120):
        host.say(7, "someone", f"{MARKER} Remark {number}")
    comment(host, tmp_path, "The first")
    comment(host, tmp_path, "The second")
    own = [item for item in host.comments[7] if item["user"]["login"] == BOT]
    assert len(own) == 1
    assert "The second" in own[0]["body"]
    assert host.comments[7][0]["body"] == f"{MARKER} Remark 0"


def test_what_is_handed_on_is_cut_and_calls_nobody(host: CodeHost, tmp_path: Path) -> None:
    comment(host, tmp_path, "pull request: 6\n@everyone\x00\u202e " + "@a " * 40_000)
    (body,) = bodies(host)
    assert len(body) < 65_536
    assert not re.search(r"@\w|\x00|\u202e", body)
    assert bodies(host, 6) == []


def test_a_pull_request_that_has_moved_on_is_left_alone(host: CodeHost, tmp_path: Path) -> None:
    run = comment(host, tmp_path, "A review", sha="b" * 40)
    assert bodies(host) == []
    assert "moved on" in run.log["Comment"]


@pytest.mark.parametrize("review", [None, "", "x" * 1_000_001])
def test_without_a_review_nothing_is_said(host: CodeHost, tmp_path: Path, review: str | None) -> None:
    comment(host, tmp_path, review)
    assert bodies(host) == []


def test_what_is_handed_on_is_no_link_to_another_file(host: CodeHost, tmp_path: Path) -> None:
    (tmp_path / "artifacts" / "review").mkdir(parents=True)
    (tmp_path / "artifacts" / "review" / "review.md").symlink_to("/etc/passwd")
    comment(host, tmp_path, None)
    assert bodies(host) == []


# GitLab


def test_the_file_for_gitlab_does_the_same(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "main")
    edit(repository / CHAPTER, "neighbours who need help", "people who need help")
    (repository / "mkdocs.yml").write_text("site_name: Rivers\nhooks: [hook.py]\nplugins: [guidebook]\n")
    ran = tmp_path / "ran"
    (repository / "hook.py").write_text(f"import pathlib\npathlib.Path({str(ran)!r}).touch()\n")
    commit(repository)
    run = Run(repository, repository, tmp_path / "artifacts", {}, {"SOURCE_DATE_EPOCH": DAY})
    run.environment = {**run.environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    job = read(GITLAB)["content"]
    for number, script in enumerate(job["script"]):
        assert run.bash({"name": script, "run": script}), f"{script}\n{run.log[script]}"
        if number == 0:
            give_packages(tmp_path / "base")
    assert "**people**" in (repository / "review.md").read_text("utf-8")
    assert (repository / "site-offline" / "index.html").is_file()
    assert not ran.exists()
    assert job["artifacts"]["paths"] == ["review.md", "site-offline"]
