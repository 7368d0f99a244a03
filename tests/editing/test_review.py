"""What a change does, in words for a reviewer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mkdocs_guidebook.editing.review import Review, review
from mkdocs_guidebook.editing.review_markdown import MARKER, as_markdown, code, escaped, marked, with_code
from mkdocs_guidebook.editing.revisions import base_revision
from mkdocs_guidebook.editions.wording import BlockChange, Run
from tests.broken import project_of
from tests.editing.repositories import CONFIG, commit, git
from tests.site.projects import Outcome, edit, guidebook
from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, copy_valid, read_valid

DAY = "1795435200"
"""23 November 2026, as SOURCE_DATE_EPOCH: the day of the fixtures."""
BOOK = "guidebook/book.yml"


@pytest.fixture
def root(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the valid project, committed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    copy_valid(project, {"mkdocs.yml": CONFIG, ".gitignore": "/site/\n"})
    commit(project)
    return project


def said(root: Path, **options: str) -> str:
    return as_markdown(review(root, base_revision(root, "HEAD")), **options)


def reviewed(root: Path) -> Review:
    return review(root, base_revision(root, "HEAD"))


def test_an_empty_change_says_so(root: Path) -> None:
    assert said(root) == (
        f"{MARKER}\n# What this change does\n\nCompared with HEAD (commit {git(root, 'rev-parse', 'HEAD')[:10]}).\n\n"
        "This change does nothing that a reader or an editor would see.\n"
    )


def test_the_same_change_is_told_in_the_same_words(root: Path) -> None:
    edit(root / CHAPTER, "Agree on a list", "Agree in writing on a list")
    assert said(root) == said(root)


def test_a_recommendation_is_told_in_its_old_and_new_words(root: Path) -> None:
    edit(root / CHAPTER, "neighbours who need help", "people who need help")
    text = said(root)
    assert "### 1\\.1 Agree on a list of people who need help before the first warning." in text
    assert "Agree on a list of ~~neighbours~~ **people** who need help before the first warning" in text
    assert "`guidebook/sandbags-and-neighbours.md`" in text


def test_evidence_and_sources_are_told_before_and_after(root: Path) -> None:
    edit(root / CHAPTER, "certainty: low", "certainty: very-low")
    edit(root / CHAPTER, "sources: [river-board-2024]\n    checklist", "sources: [meyer-2019]\n    checklist")
    text = said(root)
    assert "*evidence changed*" in text
    assert re.search(r"\| Certainty \| Low.* \| Very low.* \|", text)
    assert "| Sources | River Board 2024 | Meyer 2019 |" in text


def test_a_figure_is_told_before_and_after(root: Path) -> None:
    edit(root / ARTICLE, "value: 3700", "value: 3750")
    assert "| km | 3,700 | 3,750 |" in said(root)


def test_records_that_are_added_amended_and_removed_are_counted_and_named(root: Path) -> None:
    (root / "local_activities/arles.md").write_text(
        read_valid(ACTIVITY).replace("The street list of Nijmegen", "The boats of Arles"), "utf-8"
    )
    edit(root / ARTICLE, "The rivers are watched", "The rivers and the sea are watched")
    (root / ACTIVITY).unlink()
    edit(root / CHAPTER, "[Nijmegen](../local_activities/nijmegen.md#lessons-learned)", "Nijmegen")
    text = said(root)
    assert "| Pages added | 1 |\n| Pages amended | 1 |\n| Pages removed | 1 |" in text
    assert "### Local activity: The boats of Arles\n\n*added* · `local_activities/arles.md`" in text
    assert "### Local activity: The street list of Nijmegen\n\n*removed*" in text
    assert "The rivers **and the sea** are watched" in text


def test_a_draft_is_told_and_so_is_its_publication(root: Path) -> None:
    edit(root / ACTIVITY, "status: published", "status: draft")
    edit(root / CHAPTER, "[Nijmegen](../local_activities/nijmegen.md#lessons-learned)", "Nijmegen")
    assert "was published, is a draft now" in said(root)
    commit(root)
    edit(root / ACTIVITY, "The water came at night.", "The water came at noon.")
    assert "The water came at ~~night~~ **noon**" in said(root)
    assert "*amended; draft*" in said(root)
    commit(root)
    edit(root / ACTIVITY, "status: draft", "status: published")
    assert "was a draft, is published now" in said(root)


def test_an_address_that_leads_nowhere_any_more_is_a_warning(root: Path) -> None:
    edit(root / CHAPTER, "## Common mistakes", "## What goes wrong")
    assert reviewed(root).gone == ("guidebook/sandbags-and-neighbours/#common-mistakes",)
    assert "## Warning: addresses that lead nowhere now" in said(root)


def test_of_a_page_that_is_gone_only_the_page_is_told(root: Path) -> None:
    (root / ACTIVITY).unlink()
    assert "local-activities/nijmegen/" in reviewed(root).gone
    assert not any("nijmegen/#" in address for address in reviewed(root).gone)


def test_an_address_that_leads_on_is_not_gone(root: Path) -> None:
    edit(root / CHAPTER, "## Common mistakes", "## What goes wrong")
    (root / "data/redirects.yml").write_text(
        "redirects:\n  - from: guidebook/sandbags-and-neighbours/#common-mistakes\n"
        "    to: guidebook/sandbags-and-neighbours.md#what-goes-wrong\n"
    )
    assert reviewed(root).gone == ()


def test_problems_that_only_moved_are_neither_new_nor_mended(root: Path) -> None:
    edit(root / ARTICLE, "topics: [dykes]", "topics: [dyke]")
    edit(root / CHAPTER, "topics: [dykes, warning]", "topics: [dykes, warnin]")
    commit(root)
    edit(root / ARTICLE, "summary: Who warns", "# Moved down by a comment.\nsummary: Who warns")
    edit(root / CHAPTER, "warnin]", "warning]")
    edit(root / ACTIVITY, "kinds: [drill]", "kinds: [dril]")
    change = reviewed(root)
    assert [(item.code, item.place.path) for item in change.new] == [("unknown-term", ACTIVITY)]
    assert [(item.code, item.place.path) for item in change.mended] == [("unknown-term", CHAPTER)]
    assert f"- `{ACTIVITY}:11:9` **error**: there is no kind of activity `dril`" in said(root)


def test_a_link_that_leads_elsewhere_is_told_though_its_words_are_the_same(root: Path) -> None:
    edit(root / "data/organisations.yml", "https://example.org/", "https://evil.example/`x`")
    edit(root / CHAPTER, "../local_activities/nijmegen.md#lessons-learned", "../local_activities/nijmegen.md")
    text = said(root)
    assert (
        "`guidebook/sandbags-and-neighbours.md`: <del>`../local_activities/nijmegen.md#lessons-learned`</del>"
        in text
    )
    assert "<ins>`` https://evil.example/`x` ``</ins>" in text


def test_a_content_file_of_which_nothing_else_is_told_is_named(root: Path) -> None:
    edit(root / "data/vocabulary.yml", "label: ", "label: The ")
    edit(root / CHAPTER, "certainty: low", "certainty: very-low")
    assert reviewed(root).unexplained == ("data/vocabulary.yml",)


def test_printed_copies_that_are_out_of_date_are_named(root: Path) -> None:
    edit(root / CHAPTER, "Walk from door to door.", "Walk from house to house.")
    assert reviewed(root).copies == (
        "Ready for high water",
        "Sandbags and neighbours",
        "Worksheet: Walk the street",
        "Facilitator's guide: Walk the street",
        "An evening on your street",
    )


def test_a_copy_of_something_else_is_not_out_of_date(root: Path) -> None:
    edit(root / ACTIVITY, "The water came at night.", "The water came at noon.")
    assert reviewed(root).copies == ("Ready for high water", "The street list of Nijmegen")


def test_a_translation_that_was_left_behind_is_named(root: Path) -> None:
    (root / "local_activities/nijmegen.nl.md").write_text(read_valid(ACTIVITY), "utf-8")
    commit(root)
    edit(root / ACTIVITY, "The water came at night.", "The water came at noon.")
    assert reviewed(root).translations == ("local_activities/nijmegen.nl.md",)
    edit(root / "local_activities/nijmegen.nl.md", "The water came at night.", "Het water kwam.")
    assert reviewed(root).translations == ()


def test_pages_are_linked_to_in_the_preview(root: Path) -> None:
    edit(root / CHAPTER, "certainty: low", "certainty: very-low")
    link = "https://preview.example/7/guidebook/sandbags-and-neighbours/#agree-on-a-list-of-names"
    assert f"[preview]({link})" in said(root, preview="https://preview.example/7/")


def test_pictures_code_and_configuration_are_named(root: Path) -> None:
    edit(root / "guidebook/images/sandbags.svg", "<svg", "<svg ")
    (root / "hook.py").write_text("print('hello')\n")
    edit(root / "mkdocs.yml", "Rivers", "Seas")
    change = reviewed(root)
    assert change.assets == ("guidebook/images/sandbags.svg",)
    assert change.others == ("hook.py", "mkdocs.yml")


UNREADABLE = (
    "bracket-never-closed",
    "front-matter-missing",
    "key-missing",
    "latin-1",
    "nul-character",
    "data-file-empty",
    "address-without-https",
    "yaml-second-document",
    "book-lists-what-is-not-there",
    "country-by-name",
)


@pytest.mark.parametrize("case", [case for case in UNREADABLE if case != "front-matter-missing"])
def test_a_file_that_cannot_be_read_hides_nothing_else(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    root = project_of(case, tmp_path / "project")
    (root / "mkdocs.yml").write_text(CONFIG)
    broken = commit(root)
    copy_valid(tmp_path / "valid", {"mkdocs.yml": CONFIG})
    git(tmp_path / "valid", "init", "--quiet", "--initial-branch", "main")
    git(tmp_path / "valid", "fetch", "--quiet", str(root), "main")
    mended = review(tmp_path / "valid", base_revision(tmp_path / "valid", broken))
    assert mended.mended and not mended.new
    valid = commit(tmp_path / "valid")
    git(root, "fetch", "--quiet", str(tmp_path / "valid"), "main")
    (root / CHAPTER).write_bytes((root / CHAPTER).read_bytes().replace(b"Store the", b"Always store the"))
    changed = review(root, base_revision(root, valid))
    assert changed.new and not changed.mended
    assert not any(item.change == "removed" for item in changed.differences.records)
    assert not any("withdrawn" in item.changes for item in changed.differences.recommendations)
    assert as_markdown(changed).startswith(MARKER)
    if CHAPTER not in changed.unreadable:
        assert "**Always store**" in as_markdown(changed) or "**Always**" in as_markdown(changed)


def test_a_large_change_is_cut_and_says_so(root: Path) -> None:
    for number in range(40):
        text = read_valid(ACTIVITY).replace("Nijmegen", f"Town {number}")
        body = "\n\n".join(f"Paragraph {line} of the town {number}, {'word ' * 60}" for line in range(10))
        (root / f"local_activities/town-{number}.md").write_text(f"{text}\n\n{body}\n")
    commit(root)
    for file in sorted(root.glob("local_activities/town-*.md")):
        file.write_text(file.read_text().replace("word ", "other "))
    text = said(root)
    assert 40_000 < len(text) <= 60_000
    assert "more things have no room here." in text
    assert "more paragraphs have no room here." in text


# Contributed text stays text

HOSTILE = (
    "@everyone please",
    "fixes #1 and !2, GH-3",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[click](https://evil.example) ![x](https://evil.example/x.png)",
    "`code` ``` ~~struck~~ **bold** | cell |",
    "--> <!-- guidebook-review -->",
    "# heading",
    "- item",
    "1. item",
    "===",
    "&lt;b&gt; &#64;everyone",
    ":tada: $x^2$",
    "\\",
)


def rendered(markdown: str) -> str:
    """Return Markdown as a code host shows it."""
    return MarkdownIt("gfm-like", {"linkify": False}).render(markdown)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "frame", ["{}", "- {}", "> {}", "### {}", "| {} |\n| --- |\n| {} |", "*x {}*", "**{}**"]
)
def test_contributed_text_is_shown_as_it_is(text: str, frame: str) -> None:
    plain = rendered(frame.replace("{}", "x"))
    shown = rendered(frame.replace("{}", escaped(text))).replace("\N{WORD JOINER}", "")
    expected = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if frame == "**{}**":
        assert expected in shown
    else:
        assert shown == re.sub(r"(?<![a-z])x(?= |<|$)(?! \()", lambda _: expected, plain) or expected in shown
    assert not re.search(r"<(?!/?(p|ul|ol|li|blockquote|h3|table|thead|tbody|tr|th|td|em|strong)\b)", shown)


@given(st.text(max_size=60))
def test_no_contributed_text_makes_an_element_of_its_own(text: str) -> None:
    shown = rendered(f"x {escaped(text)} x")
    assert re.findall(r"<(/?\w+)", shown) == ["p", "/p"]
    assert not re.search(r"@\w", shown)


@given(st.text("` a@<[", max_size=20))
def test_values_of_a_message_are_code_and_nothing_else_is_marked(text: str) -> None:
    shown = rendered(f"x {with_code(text)} x")
    assert set(re.findall(r"<(/?\w+)", shown)) <= {"p", "/p", "code", "/code"}


@given(st.text(max_size=40))
def test_code_is_one_piece_of_code_whatever_stands_in_it(text: str) -> None:
    assert re.findall(r"<(/?\w+)", rendered(f"x {code(text)} x")) == ["p", "code", "/code", "/p"]


@given(st.lists(st.tuples(st.sampled_from(["same", "added", "deleted"]), st.text(max_size=12)), max_size=6))
def test_marks_of_a_change_are_marks_whatever_stands_between_them(runs: list[tuple[str, str]]) -> None:
    block = BlockChange(
        kind="paragraph",
        state="changed",
        runs=tuple(Run(state=state, text=text) for state, text in runs),  # type: ignore[arg-type]
    )
    shown = rendered(f"x {marked(block)} x")
    wanted = [
        {"added": ("strong", "ins"), "deleted": ("s", "del")}[state]
        for state, text in runs
        if state != "same" and escaped(text)
    ]
    found = list(re.findall(r"<(\w+)|&lt;(ins|del)&gt;", shown))
    names = [one or other for one, other in found if (one or other) != "p"]
    assert len(names) == len(wanted)
    assert all(name in pair for name, pair in zip(names, wanted, strict=True))


def test_a_pull_request_cannot_call_people_or_inject_html(root: Path) -> None:
    edit(root / CHAPTER, "neighbours who need help", "@everyone <img src=x> `[x](//evil.example)`")
    edit(root / ACTIVITY, "title: The street list of Nijmegen", 'title: "@team | <b>x</b> --> #1"')
    text = said(root)
    assert not re.search(r"@\w", text)
    assert not re.search(r"<(?!ins>|/ins>|del>|/del>|!-- guidebook-review -->)", text)
    assert text.count("<!--") == 1


# The command


def run_review(root: Path, *arguments: str) -> Outcome:
    return guidebook("review", *arguments, cwd=root, epoch=DAY)


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
