"""What a change does, in words for a reviewer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_guidebook.editing.review import review
from mkdocs_guidebook.editing.review_markdown import MARKER, as_markdown
from mkdocs_guidebook.editing.revisions import base_revision
from tests.broken import project_of
from tests.editing.repositories import CONFIG, commit, git
from tests.editing.reviews import DAY, reviewed, said
from tests.site.projects import edit
from tests.tiny import ACTIVITY, ARTICLE, CHAPTER, copy_valid, read_valid


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
