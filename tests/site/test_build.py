"""`guidebook build`: the same bytes from the same input, all or nothing, and clear words when it cannot."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_guidebook.build import BuildFailed, build
from tests.site.links import BuiltSite
from tests.site.projects import (
    DAY,
    FOREIGN,
    Outcome,
    built,
    copy_foreign,
    differences,
    edit,
    guidebook,
    run,
    tree,
)

ANOTHER_DAY = "1751371200"
"""1 July 2025, 12:00 UTC."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the French guide that may be changed, without a site."""
    return copy_foreign(tmp_path / "guide")


@pytest.fixture(scope="module")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_foreign(tmp_path_factory.mktemp("built") / "guide")
    built(project)
    return project


@pytest.fixture
def published(_built_once: Path, tmp_path: Path) -> Path:
    """A copy of the French guide that may be changed, with the site of an earlier build."""
    return shutil.copytree(_built_once, tmp_path / "guide")


# The same bytes


def _written_backwards(folder: Path) -> Path:
    """Copy the guide file by file from the last to the first, so that the disk lists them otherwise."""
    for file in sorted((file for file in FOREIGN.rglob("*") if file.is_file()), reverse=True):
        target = folder / file.relative_to(FOREIGN)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return folder


@pytest.mark.parametrize("epoch", [DAY, None], ids=["on a given day", "today"])
def test_two_builds_on_two_machines_give_the_same_bytes(
    project: Path, tmp_path: Path, epoch: str | None
) -> None:
    other = _written_backwards(tmp_path / "elsewhere" / "with a space" / "projet é")
    zone = "Pacific/Kiritimati" if epoch else "UTC"  # 14 hours before UTC
    command = ("mkdocs_guidebook", "build", *([] if epoch else ["--no-print"]))
    day = None
    while day != (
        day := datetime.datetime.now(datetime.UTC).date()
    ):  # once, and again if it was over meanwhile
        one = run(*command, cwd=project, epoch=epoch, PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="UTC")
        two = run(*command, cwd=other, epoch=epoch, PYTHONHASHSEED="2", LC_ALL="C", TZ=zone)
        assert (one.code, two.code) == (0, 0), two.text[-600:]
    assert differences(tree(project / "site"), tree(other / "site")) == []


def test_a_published_edition_has_the_same_pages_on_another_day(published: Path) -> None:
    before = tree(published / "site")
    built(published, epoch=ANOTHER_DAY)
    assert [name for name in differences(before, tree(published / "site")) if "sitemap" not in name] == []


# All or nothing


def _break_a_record(project: Path) -> None:
    edit(project / "guidebook/accueillir-une-recrue.md", "title: Accueillir une recrue\n", "")


def _break_a_data_file(project: Path) -> None:
    (project / "data/glossary.yml").write_text("terms: [", "utf-8")


def _break_the_configuration(project: Path) -> None:
    edit(project / "mkdocs.yml", "theme:", "theme: [")


def _name_an_unknown_extension(project: Path) -> None:
    edit(project / "mkdocs.yml", "plugins:", "markdown_extensions: [pymdownx.nothing]\nplugins:")


def _name_an_unknown_theme(project: Path) -> None:
    edit(project / "mkdocs.yml", "name: material", "name: materiel")


def _break_a_template(project: Path) -> None:
    edit(project / "mkdocs.yml", "  language: fr", "  language: fr\n  custom_dir: habillage")
    (project / "habillage").mkdir()
    (project / "habillage/main.html").write_text("{% extends 'base.html' %}{% block content %}", "utf-8")


def _use_an_unknown_name_in_a_template(project: Path) -> None:
    edit(project / "mkdocs.yml", "  language: fr", "  language: fr\n  custom_dir: habillage")
    (project / "habillage/guidebook").mkdir(parents=True)
    (project / "habillage/guidebook/rule.html").write_text("{{ view.nothing.here }}", "utf-8")


def _name_a_missing_citation_style(project: Path) -> None:
    edit(project / "guidebook/book.yml", "packs:", "citation_style: styles/absent.csl\npacks:")


@pytest.mark.parametrize(
    "damage",
    [
        _break_a_record,
        _break_a_data_file,
        _break_the_configuration,
        _name_an_unknown_extension,
        _name_an_unknown_theme,
        _break_a_template,
        _use_an_unknown_name_in_a_template,
        _name_a_missing_citation_style,
    ],
    ids=lambda damage: damage.__name__.strip("_"),
)
def test_a_failed_build_says_why_and_leaves_the_old_site(published: Path, damage: object) -> None:
    assert callable(damage)
    damage(published)
    before = tree(published)
    result = guidebook("build", cwd=published)
    assert result.code == 1, result.text
    assert "Error: " in result.err
    assert "Traceback" not in result.text
    assert differences(before, tree(published)) == []
    assert not [path.name for path in published.iterdir() if path.name.startswith(".site")]


def test_a_misspelt_option_of_the_plugin_is_told(published: Path) -> None:
    edit(published / "mkdocs.yml", "  - guidebook", "  - guidebook:\n      langue: fr")
    assert "langue" in guidebook("build", cwd=published).err


def test_wrong_content_is_told_with_its_place_and_nothing_is_built(published: Path) -> None:
    _break_a_record(published)
    result = guidebook("build", cwd=published)
    assert re.search(
        r"^guidebook/accueillir-une-recrue\.md:\d+:\d+: error: .*title.* \[missing-key\]$",
        result.err,
        re.M,
    )
    assert "nothing was built: 1 error" in result.err
    assert "untouched" in result.err


def test_a_first_build_that_fails_leaves_no_site(project: Path) -> None:
    _break_a_record(project)
    assert guidebook("build", cwd=project).code == 1
    assert not (project / "site").exists()


def test_a_build_that_is_interrupted_leaves_the_old_site(published: Path) -> None:
    with (published / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [attendre.py]\n")
    hook = (
        "import os, time\n"
        "def on_page_content(html, **others):\n"
        "    os.write(2, b'making a page\\n')\n"
        "    time.sleep(300)\n"  # it takes so long that the build is interrupted here and nowhere else
    )
    (published / "attendre.py").write_text(hook, "utf-8")
    before = tree(published)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "mkdocs_guidebook", "build"],
        cwd=published,
        env=os.environ | {"SOURCE_DATE_EPOCH": DAY, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "making a page" in line:
            process.send_signal(signal.SIGINT)
            break
    rest = process.communicate(timeout=120)[1]
    assert process.returncode != 0
    shutil.rmtree(published / ".guidebook", ignore_errors=True)  # documents that were made are kept for later
    assert differences(before, tree(published)) == []
    assert not [path.name for path in published.iterdir() if path.name.startswith(".site")]
    assert "Traceback" not in rest


def test_warnings_are_shown_and_stop_a_strict_build_only(published: Path) -> None:
    edit(
        published / "guidebook/partir-en-intervention.md",
        "appelez le centre",
        "écrivez à chef@exemple.example.org",
    )
    before = tree(published / "site")
    strict = guidebook("build", "--strict", cwd=published)
    assert strict.code == 1
    assert differences(before, tree(published / "site")) == []
    lax = guidebook("build", "--no-print", cwd=published)
    assert lax.code == 0, lax.text
    for result in (strict, lax):
        assert re.search(r"^guidebook/partir-en-intervention\.md:\d+:\d+: warning: ", result.err, re.M)
    assert ", 1 warning, " in lax.out


def test_the_page_of_a_removed_record_is_gone_after_the_next_build(published: Path) -> None:
    (published / "state_of_the_art/fidelisation.md").unlink()
    assert (published / "site/state-of-the-art/fidelisation/index.html").exists()
    built(published)
    assert not (published / "site/state-of-the-art/fidelisation").exists()
    assert not [path.name for path in published.iterdir() if path.name.startswith(".site")]


def test_everybody_may_read_the_site(published: Path) -> None:
    for path in (published / "site", *(published / "site").rglob("*")):
        wanted = 0o555 if path.is_dir() else 0o444
        assert path.stat().st_mode & wanted == wanted, path


# Where the site goes


@pytest.mark.parametrize("folder", [".", "..", "guidebook", "docs", "site/../data", "local_activities/site"])
def test_the_site_never_takes_the_place_of_sources(published: Path, folder: str) -> None:
    edit(published / "mkdocs.yml", "plugins:", f"site_dir: {folder}\nplugins:")
    before = tree(published.parent)
    result = guidebook("build", cwd=published)
    assert differences(before, tree(published.parent)) == []
    assert result.code == 1
    assert "site_dir" in result.err
    assert "Traceback" not in result.text


def test_a_folder_that_holds_something_else_is_not_replaced(project: Path) -> None:
    edit(project / "mkdocs.yml", "plugins:", "site_dir: photos\nplugins:")
    (project / "photos").mkdir()
    (project / "photos/original.jpg").write_bytes(b"a picture that exists once")
    result = guidebook("build", cwd=project)
    assert (project / "photos/original.jpg").is_file()
    assert result.code == 1
    assert "photos" in result.err


def test_hidden_files_in_the_site_folder_are_kept_as_mkdocs_keeps_them(published: Path) -> None:
    (published / "site/.git").write_text("gitdir: ../.git/worktrees/pages", "utf-8")
    built(published)
    assert (published / "site/.git").is_file()


def test_a_place_that_cannot_be_written_to_is_told(project: Path) -> None:
    edit(project / "mkdocs.yml", "plugins:", "site_dir: fichier/site\nplugins:")
    (project / "fichier").write_text("Ceci n'est pas un dossier.", "utf-8")
    result = guidebook("build", cwd=project)
    assert result.code == 1
    assert re.search(r"^Error: .*fichier", result.err, re.M)
    assert "Traceback" not in result.text


def test_a_site_folder_that_is_a_symbolic_link_is_refused(project: Path) -> None:
    (project.parent / "ailleurs").mkdir()
    (project.parent / "ailleurs/garder.txt").write_text("à garder", "utf-8")
    (project / "site").symlink_to(project.parent / "ailleurs")
    result = guidebook("build", cwd=project)
    assert result.code == 1
    assert "symbolic link" in result.err
    assert (project.parent / "ailleurs/garder.txt").is_file()


@pytest.mark.parametrize(
    "path", ["docs/qui-est-qui.md", "docs/images/chemin.svg", "guidebook/images/vestiaire.png"]
)
def test_what_goes_between_the_check_and_the_pages_is_told_and_not_left_out(project: Path, path: str) -> None:
    def delete(step: str, done: int, total: int) -> None:
        if (step, done) == ("Checking", 1):
            (project / path).unlink()

    with pytest.raises(BuildFailed, match=f"^{re.escape(path)} was there when the content was checked"):
        build(project, documents=False, search=False, progress=delete)
    assert not (project / "site").exists()


# What it says, and what it can be asked for


def test_the_last_line_sums_up(project: Path) -> None:
    result = guidebook("build", "--no-print", cwd=project)
    assert re.fullmatch(
        r"6 records, 0 warnings, (\d+) pages, \d+\.\d seconds: " + re.escape(f"{project}/site") + r"\n",
        result.out,
    )
    pages = int(re.findall(r"(\d+) pages", result.out)[0])
    assert pages == len([name for name in tree(project / "site") if name.endswith("index.html")])


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder above a guide in preparation that was built with its drafts, from elsewhere, to elsewhere."""
    above = tmp_path_factory.mktemp("preview")
    project = copy_foreign(above / "guide")
    edit(project / "guidebook/book.yml", 'edition: "1.2"\nreleased: 2025-03-01\n', "")
    edit(project / "mkdocs.yml", "plugins:", "site_dir: ../public/fr\nplugins:")
    (above / "here").mkdir()
    return above, guidebook("build", "--drafts", "--no-print", "--project", str(project), cwd=above / "here")


def test_drafts_are_built_when_asked_for(preview: tuple[Path, Outcome]) -> None:
    above, result = preview
    assert result.code == 0, result.text
    assert result.out.startswith("7 records")
    site = BuiltSite(above / "public/fr", "/pompiers/")
    page = site.page("guidebook/former-au-feu-de-foret/")
    assert "Zinnober-Entwurf" in page.text
    assert "Brouillon" in page.text
    assert "Chapitre 3" in site.page("guidebook/partir-en-intervention/").text


def test_a_development_edition_shows_the_day_of_source_date_epoch(preview: tuple[Path, Outcome]) -> None:
    page = BuiltSite(preview[0] / "public/fr").page("")
    assert "Édition en préparation, produite le 1 juin 2025" in page.text


def test_a_project_can_be_built_from_elsewhere_to_elsewhere(preview: tuple[Path, Outcome]) -> None:
    above, _ = preview
    assert (above / "public/fr/index.html").is_file()
    assert not (above / "guide/site").exists()
    assert list((above / "here").iterdir()) == []
    assert [path.name for path in (above / "public").iterdir()] == ["fr"]


def test_a_configuration_without_the_plugin_is_told(project: Path) -> None:
    edit(project / "mkdocs.yml", "plugins:\n  - guidebook\n", "")
    result = guidebook("build", cwd=project)
    assert result.code == 1
    assert "- guidebook" in result.err
    assert "plugins:" in result.err
    assert not (project / "site").exists()


def test_a_build_makes_documents_and_the_pages_offer_them(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    assert guidebook("build", cwd=project).code == 0
    site = BuiltSite(project / "site", "/pompiers/")
    page = site.page("guidebook/accueillir-une-recrue/")
    offered = page.tree.xpath("//section[@aria-labelledby='documents']//a/@href")
    assert "../../print/accueillir-une-recrue.pdf" in offered
    for link in offered:
        assert (project / "site" / "print" / link.rsplit("/", 1)[-1]).stat().st_size > 1000
    again = guidebook("build", "--no-print", cwd=project)
    assert again.code == 0
    assert not (project / "site" / "print").exists()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (shutil.which("false"), "the search engine stopped early"),
        ("/nowhere/pagefind", "the search engine did not run"),
        (None, "the search engine is missing: install the package pagefind[bin]"),
    ],
)
def test_a_search_engine_that_fails_is_told_and_the_old_site_stays(
    published: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, said: str
) -> None:
    before = tree(published / "site")
    monkeypatch.setattr("pagefind.service.get_executable", lambda: program)
    result = guidebook("build", "--no-print", "--clean", cwd=published)
    assert result.code == 1
    assert said in result.err
    assert "Traceback" not in result.text
    assert differences(before, tree(published / "site")) == []
