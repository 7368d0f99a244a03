"""`guidebook review`: what it compares with, where it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from mkdocs_guidebook.editing.review_markdown import MARKER
from tests.editing.repositories import CONFIG, commit, git
from tests.editing.reviews import reviewed, run_review
from tests.site.projects import edit
from tests.tiny import ACTIVITY, CHAPTER, copy_valid


def test_without_a_base_the_change_since_the_main_branch_is_told(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "change")
    edit(root / CHAPTER, "neighbours who need help", "people who need help")
    commit(root)
    git(root, "switch", "--quiet", "main")
    edit(root / ACTIVITY, "The water came at night.", "The water came at noon.")
    commit(root, "Main moves on")
    git(root, "switch", "--quiet", "change")
    result = run_review(root)
    assert result.code == 0, result.err
    assert "~~neighbours~~ **people**" in result.out
    assert "noon" not in result.out


def test_lines_that_end_as_windows_writes_them_are_no_change(root: Path) -> None:
    (root / CHAPTER).write_bytes((root / CHAPTER).read_bytes().replace(b"\n", b"\r\n"))
    assert reviewed(root).is_empty


def test_the_review_is_written_to_a_file(root: Path) -> None:
    assert run_review(root, "-o", "review.md").out == ""
    assert (root / "review.md").read_text("utf-8").startswith(MARKER)


def test_a_project_may_lie_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    copy_valid(tmp_path / "guide", {"mkdocs.yml": CONFIG})
    (tmp_path / "elsewhere.txt").write_text("one")
    commit(tmp_path)
    (tmp_path / "elsewhere.txt").write_text("two")
    edit(tmp_path / "guide" / CHAPTER, "certainty: low", "certainty: very-low")
    result = run_review(tmp_path / "guide", "--base", "HEAD")
    assert "*evidence changed*" in result.out
    assert "elsewhere" not in result.out


def test_an_unknown_revision_is_said_with_what_to_do(root: Path) -> None:
    for name in ("no-such-branch", "--upload-pack=touch x", "HEAD:mkdocs.yml"):
        result = run_review(root, f"--base={name}")
        assert result.code == 2
        assert f"there is no revision `{name}`: run `git fetch`" in result.err


def test_outside_of_a_repository_it_says_so(project: Path) -> None:
    copy_valid(project, {"mkdocs.yml": CONFIG})
    result = run_review(project)
    assert result.code == 2
    assert "is not in a git repository" in result.err


def test_a_copy_with_a_part_of_the_history_says_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    git(root, "switch", "--quiet", "--create", "change")
    commit(root, "On the branch")
    git(root, "switch", "--quiet", "main")
    commit(root, "On main")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{root}", "shallow")
    git(tmp_path / "shallow", "switch", "--quiet", "change")
    result = run_review(tmp_path / "shallow")
    assert result.code == 2
    assert "git fetch --unshallow" in result.err


def test_nothing_that_a_repository_names_is_run(root: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho x >> {ran}\ncat\n")
    program.chmod(0o755)
    (root / ".gitattributes").write_text("*.md filter=evil diff=evil\n*.yml filter=evil diff=evil\n")
    commit(root)
    for key in (
        "filter.evil.smudge",
        "filter.evil.clean",
        "diff.evil.textconv",
        "diff.external",
        "core.fsmonitor",
    ):
        git(root, "config", key, str(program))
    for hook in ("post-checkout", "pre-commit", "post-index-change"):
        (root / ".git/hooks" / hook).write_text(program.read_text())
        (root / ".git/hooks" / hook).chmod(0o755)
    edit(root / CHAPTER, "certainty: low", "certainty: very-low")
    ran.unlink(missing_ok=True)
    assert "*evidence changed*" in run_review(root, "--base", "HEAD").out
    assert not ran.exists()
    assert git(root, "status", "--porcelain")
    assert ran.exists()  # here git does run them
