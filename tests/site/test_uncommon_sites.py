"""Sites that have less than usual, or ask for something that is not there yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.links import BuiltSite, broken_links
from tests.site.projects import ROOT, Outcome, edit, guidebook
from tests.tiny import ACTIVITY, CHAPTER, copy_valid

CONFIG = "site_name: Fish & <b>Chips</b>\ntheme: {name: material, language: ar}\nplugins: [guidebook]\n"
LISTED = (
    "chapters: [sandbags-and-neighbours]\npacks:\n  - {id: street-evening, title: An evening on your street,"
    " chapters: [sandbags-and-neighbours]}\n"
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A site in a language without a catalogue, without chapters, with one activity and a wild title."""
    project = copy_valid(tmp_path_factory.mktemp("bare") / "project", {"mkdocs.yml": CONFIG})
    (project / CHAPTER).unlink()
    edit(project / "guidebook/book.yml", LISTED, "chapters: []\n")
    edit(project / "guidebook/book.yml", "link: guidebook/", "link: local_activities/")
    edit(project / "docs/index.md", "[The guide](../guidebook/)", "The guide")
    edit(project / ACTIVITY, "illustrates: [sandbags-and-neighbours#agree-on-a-list-of-names]\n", "")
    edit(
        project / ACTIVITY, "[list](../guidebook/sandbags-and-neighbours.md#agree-on-a-list-of-names)", "list"
    )
    edit(
        project / ACTIVITY,
        "title: The street list of Nijmegen",
        """title: '"Lists" & <script>alert(1)</script> {{ 7 * 7 }}'""",
    )
    return project, guidebook("build", "--no-print", cwd=project, epoch=None)


def test_a_site_without_chapters_has_only_links_that_lead_somewhere(bare: tuple[Path, Outcome]) -> None:
    assert bare[1].code == 0, bare[1].text
    broken = broken_links(BuiltSite(bare[0] / "site"))
    assert not broken, "\n".join(broken)


def test_a_title_is_shown_as_it_was_written(bare: tuple[Path, Outcome]) -> None:
    page = BuiltSite(bare[0] / "site").page("local-activities/nijmegen/")
    title = '"Lists" & <script>alert(1)</script> {{ 7 * 7 }}'
    assert page.tree.xpath("//h1")[0].text_content().strip() == title
    assert page.tree.xpath("string(//title)").startswith(title)
    assert not page.tree.xpath("//script[contains(., 'alert(1)') and not(@type)]")


def test_a_language_from_right_to_left_sets_the_direction_of_the_page(bare: tuple[Path, Outcome]) -> None:
    page = BuiltSite(bare[0] / "site").page("")
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")


def test_a_language_without_words_is_told(bare: tuple[Path, Outcome]) -> None:
    assert "there are none in “ar” yet, only in en, fr" in bare[1].err


@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs"])
def test_another_theme_is_told_with_what_to_write(tmp_path: Path, theme: str) -> None:
    config = f"site_name: High water\ntheme: {{name: {theme}}}\nplugins: [guidebook]\n"
    project = copy_valid(tmp_path / "project", {"mkdocs.yml": config})
    result = guidebook("build", "--no-print", cwd=project, epoch=None)
    assert result.code == 1
    assert f"the theme is {theme}" in result.err
    assert "theme: {name: material}" in result.err


def test_a_link_to_a_collection_without_records_is_a_problem(tmp_path: Path) -> None:
    project = copy_valid(tmp_path / "project", {"mkdocs.yml": CONFIG})
    (project / ACTIVITY).unlink()
    edit(project / CHAPTER, "[Nijmegen](../local_activities/nijmegen.md#lessons-learned)", "Nijmegen")
    edit(project / "guidebook/book.yml", "link: guidebook/", "link: local_activities/")
    result = guidebook("check", cwd=project, epoch=None)
    assert "there is no page `local_activities/`" in result.text
    assert result.code == 1


def test_the_guidebook_of_the_readme_is_a_whole_site(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    steps = readme.split("## Make your own guidebook")[1].split("\n## The command")[0]
    configuration, book, vocabulary, record = re.findall(r"```(?:yaml|markdown)\n(.*?)```", steps, re.S)
    files = {
        "mkdocs.yml": configuration,
        "docs/index.md": "Welcome.\n",
        "guidebook/book.yml": book,
        "data/vocabulary.yml": vocabulary,
        "guidebook/know-your-river.md": record,
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    built = guidebook("build", "--no-print", "--no-search", "--strict", cwd=tmp_path, epoch=None)
    assert built.code == 0, built.text
    broken = broken_links(BuiltSite(tmp_path / "site"))
    assert not broken, "\n".join(broken)
