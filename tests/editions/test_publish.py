"""Editions stand side by side, stay as they are, and keep their addresses."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_guidebook.checks import run
from mkdocs_guidebook.cli import main
from mkdocs_guidebook.editions.promises import Addresses, broken_promises, dead_ends
from mkdocs_guidebook.editions.shelf import PublishFailed
from mkdocs_guidebook.site.views.redirects import page_at
from tests.editions.samples import CHAPTER, edit, second, third
from tests.editions.shelves import Published
from tests.tiny import FIXTURES


def tree(folder: Path) -> dict[str, str]:
    """Return the digests of all files that readers can get, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".guidebook" not in path.parts
    }


def refused(published: Published, edition: str, **order: object) -> str:
    """Return why an edition is not published; nothing that readers see may have changed."""
    before = tree(published.folder)
    with pytest.raises(PublishFailed) as failed:
        published.publish(edition, **order)
    assert tree(published.folder) == before
    return str(failed.value)


def skip_to_second(published: Published) -> None:
    """Change the guide of edition 1.0 into that of 2.0, as if there had been no 1.1."""
    chapter = third(second(published.project)) / CHAPTER
    chapter.write_text(chapter.read_text("utf-8").replace('"1.1"', '"2.0"'), "utf-8")


# What stands there


def test_each_edition_is_a_folder_of_its_own(frozen: Published) -> None:
    for edition in ("1.0", "1.1", "2.0", "latest"):
        for name in ("index.html", "catalog.json", "SHA256SUMS", "CITATION.cff", "search/pagefind.js"):
            assert (frozen.folder / edition / name).is_file(), (edition, name)
    catalogs = {
        name: json.loads((frozen.folder / name / "catalog.json").read_bytes()) for name in ("1.1", "latest")
    }
    assert (catalogs["1.1"]["edition"], catalogs["1.1"]["released"]) == ("1.1", "2026-09-01")
    assert (catalogs["latest"]["edition"], catalogs["latest"]["site"]) == (
        "2.0",
        "https://water.example.org/2.0/",
    )


def test_the_checksums_are_those_that_sha256sum_reads(frozen: Published) -> None:
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=frozen.folder / "2.0")
    assert done.returncode == 0
    listed = {line.split("  ", 1)[1] for line in (frozen.folder / "2.0/SHA256SUMS").read_text().splitlines()}
    assert listed == set(tree(frozen.folder / "2.0")) - {"SHA256SUMS"}


def test_versions_are_told_as_the_selector_of_material_reads_them(frozen: Published) -> None:
    versions = json.loads((frozen.folder / "versions.json").read_bytes())
    assert [(item["version"], item["title"], item["aliases"]) for item in versions] == [
        ("2.0", "2.0", ["latest"]),
        ("1.1", "1.1", []),
        ("1.0", "1.0", []),
    ]


def test_the_root_leads_to_the_latest_edition_and_names_them_all(frozen: Published) -> None:
    page = (frozen.folder / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=latest/">' in page
    for edition in ("1.0", "1.1", "2.0"):
        assert f'<a href="{edition}/">Edition {edition}, 1 ' in page


def test_every_page_says_its_edition_and_date_without_javascript(frozen: Published) -> None:
    for edition, date in (("1.0", "1 July 2026"), ("2.0", "1 November 2026")):
        page = (frozen.folder / edition / "guidebook/sandbags-and-neighbours/index.html").read_text("utf-8")
        assert f"Edition {edition}, published on {date}</a>" in page


def test_the_latest_can_be_pages_that_lead_on(shelf: Published) -> None:
    second(shelf.project)
    shelf.publish("1.1", latest="redirects")
    page = (shelf.folder / "latest/guidebook/pumps/index.html").read_text("utf-8")
    assert 'content="0; url=../../../1.1/guidebook/pumps/"' in page
    assert not (shelf.folder / "latest/assets").exists()


def test_the_zip_of_an_edition_is_inside_it_and_checked_with_it(frozen: Published) -> None:
    assert "edition-1.1.zip" in (frozen.folder / "1.1/SHA256SUMS").read_text("utf-8")
    assert "edition-1.1.zip" in (frozen.folder / "1.1/edition/index.html").read_text("utf-8")


def test_the_citation_file_follows_the_schema_of_its_format(frozen: Published) -> None:
    schema = json.loads((FIXTURES / "cff-schema-1.2.0.json").read_bytes())
    data = yaml.safe_load((frozen.folder / "2.0/CITATION.cff").read_bytes())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert (data["version"], str(data["date-released"])) == ("2.0", "2026-11-01")


def test_a_doi_is_cited_where_the_book_has_one(shelf: Published) -> None:
    edit(shelf.project, "guidebook/book.yml", ("title:", "doi: 10.5281/zenodo.1234567\ntitle:"))
    shelf.publish("1.1")
    assert yaml.safe_load((shelf.folder / "1.1/CITATION.cff").read_bytes())["doi"] == "10.5281/zenodo.1234567"
    assert "https://doi.org/10.5281/zenodo.1234567" in (shelf.folder / "1.1/edition/index.html").read_text()


# Frozen


def test_later_editions_leave_earlier_ones_as_they_are(shelf: Published) -> None:
    before = tree(shelf.folder / "1.0")
    second(shelf.project)
    shelf.publish("1.1")
    assert tree(shelf.folder / "1.0") == before


def test_the_same_edition_is_not_published_twice(shelf: Published) -> None:
    assert "edition 1.0 is published already" in refused(shelf, "1.0")
    assert "would come before 1.0" in refused(shelf, "0.9")


def test_the_development_edition_is_replaced(shelf: Published) -> None:
    shelf.publish("dev")
    edit(shelf.project, "guidebook/pumps.md", ("Fill it in autumn.", "Fill it in spring."))
    shelf.publish("dev")
    assert "Fill it in spring." in (shelf.folder / "dev/guidebook/pumps/index.html").read_text("utf-8")
    versions = json.loads((shelf.folder / "versions.json").read_bytes())
    assert [(item["version"], item["aliases"]) for item in versions] == [("dev", []), ("1.0", ["latest"])]
    assert "dev" not in (shelf.project / "data/editions.yml").read_text("utf-8")


def test_a_changed_a_lost_and_a_foreign_file_are_named(shelf: Published) -> None:
    (shelf.folder / "1.0/index.html").write_text("Hello", "utf-8")
    (shelf.folder / "1.0/feed.xml").unlink()
    (shelf.folder / "1.0/new.html").write_text("Hello", "utf-8")
    said = refused(shelf, "1.1")
    for line in ("1.0/feed.xml  (missing)", "1.0/index.html  (changed)", "1.0/new.html  (added)"):
        assert line in said


def test_a_forged_list_of_checksums_is_found(shelf: Published) -> None:
    page, sums = shelf.folder / "1.0/index.html", shelf.folder / "1.0/SHA256SUMS"
    old = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text("Hello", "utf-8")
    sums.write_text(sums.read_text().replace(old, hashlib.sha256(b"Hello").hexdigest()))
    assert "1.0/SHA256SUMS  (changed)" in refused(shelf, "1.1")


def test_a_change_that_keeps_size_and_time_is_found_by_verify(shelf: Published) -> None:
    import os

    page = shelf.folder / "1.0/index.html"
    state, text = page.stat(), page.read_bytes()
    page.write_bytes(text.replace(b"e", b"E", 1))
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert "1.0/index.html  (changed)" in refused(shelf, "1.1", verify=True)


# Promises


def test_an_edition_that_takes_addresses_away_is_refused_with_their_list(shelf: Published) -> None:
    skip_to_second(shelf)
    said = refused(shelf, "2.0")
    for address in (
        "guidebook/pumps/",
        "prices/",
        "guidebook/sandbags-and-neighbours/#call-the-mayor",
        "guidebook/pumps/#fill-the-tank",
        "guidebook/pumps/#start-it",
    ):
        assert f'- {{from: "{address}", to: }}' in said


def test_addresses_that_went_lead_on_or_say_why_not(frozen: Published) -> None:
    site = frozen.folder / "2.0"
    pumps = (site / "guidebook/pumps/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../boats/">' in pumps
    assert '<li id="fill-the-tank">' in pumps
    assert "../boats/#fill-the-tank" in pumps
    assert "Pumps start by themselves now." in pumps
    prices = (site / "prices/index.html").read_text("utf-8")
    assert 'http-equiv="refresh"' not in prices
    assert 'Prices change too fast for a guide; ask <a href="../">the towns</a>.' in prices
    sandbags = (site / "guidebook/sandbags-and-neighbours/index.html").read_text("utf-8")
    assert (
        '<li id="call-the-mayor"><q>Call the mayor at night.</q> Withdrawn in edition 2.0. The mayor asked us not to.</li>'
        in sandbags
    )


def test_promises_hold_for_good(frozen: Published, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(frozen.folder, tmp_path / "public")
    shutil.copytree(frozen.project, tmp_path / "guide")
    later = Published(tmp_path / "guide", tmp_path / "public")
    redirects = later.project / "data/redirects.yml"
    lines = redirects.read_text("utf-8").splitlines(keepends=True)
    redirects.write_text(
        "".join(line for line in lines if "pumps/," not in line and "mayor" not in line), "utf-8"
    )
    said = refused(later, "2.1")
    assert '{from: "guidebook/pumps/", to: }' in said
    assert '{from: "guidebook/sandbags-and-neighbours/#call-the-mayor", to: }' in said
    assert '"prices/"' not in said


def test_a_redirect_to_a_list_that_is_empty_is_no_way_on() -> None:
    now = Addresses(
        "2.0", ["", "glossary/"], [], {}, {"old/": "local-activities/", "older/": "glossary/#dyke"}
    )
    assert list(dead_ends(now)) == [("old/", "local-activities/")]


def test_the_places_of_a_page_go_along_with_it_and_documents_are_promised() -> None:
    before = Addresses("1.0", ["a/", "changes/page-2/", "rules/x/"], ["print/a.pdf"], {"a/": ["one", "two"]})
    now = Addresses("2.0", ["b/"], [], {"b/": ["one"]}, {"a/": "b/"})
    assert list(broken_promises(before, now)) == ["print/a.pdf", "a/#two"]


def test_the_address_of_a_document_is_answered_by_a_folder_of_its_name() -> None:
    names = [page_at(old) for old in ("print/a.pdf", "guidebook/pumps/", "guidebook/pumps.html")]
    assert names == ["print/a.pdf/index.md", "guidebook/pumps.md", "guidebook/pumps.md"]


# What changed


def test_the_page_of_an_edition_says_what_changed_and_why(frozen: Published) -> None:
    page = (frozen.folder / "2.0/edition/index.html").read_text("utf-8")
    for words in (
        "What changed from edition 1.1 to edition 2.0",
        "A third flood confirmed it.",
        "evidence changed and renumbered, was 1.2",
        "moved from the chapter pumps",
        "The mayor asked us not to.",
        "3,700",
        "https://water.example.org/2.0/",
    ):
        assert words in page, words
    assert "What changed" not in (frozen.folder / "1.0/edition/index.html").read_text("utf-8")


def test_the_feed_tells_editions_and_their_changes_once_for_all(frozen: Published) -> None:
    feeds = {name: (frozen.folder / name / "feed.xml").read_text("utf-8") for name in ("1.0", "1.1", "2.0")}
    assert "Store the sandbags where the water cannot reach them. (evidence changed" in feeds["2.0"]
    for edition in ("1.0", "1.1", "2.0"):
        assert f"<id>https://water.example.org/edition/{edition}</id>" in feeds["2.0"]
    assert "<id>https://water.example.org/edition/1.0</id>" in feeds["1.1"]


def test_recommendations_carry_their_label(frozen: Published) -> None:
    pages = {
        edition: (frozen.folder / edition / "guidebook/sandbags-and-neighbours/index.html").read_text("utf-8")
        for edition in ("1.0", "1.1", "2.0")
    }
    assert "low certainty · 1.0</summary>" in pages["1.0"]
    assert "low certainty · 1.0, reworded 1.1</summary>" in pages["1.1"]
    assert "very low certainty · 1.0, reviewed 1.1: no change</summary>" in pages["1.1"]
    assert "low certainty · 1.0, reworded 1.1</summary>" in pages["2.0"]
    assert "low certainty · 1.0, evidence changed 2.0</summary>" in pages["2.0"]
    boats = (frozen.folder / "2.0/guidebook/boats/index.html").read_text("utf-8")
    assert "very low certainty · new in 2.0</summary>" in boats


def test_the_check_compares_with_what_was_published(frozen: Published, tmp_path: Path) -> None:
    import shutil

    project = shutil.copytree(frozen.project, tmp_path / "guide")
    assert run(project)[1] == []
    edit(project, CHAPTER, ("Agree in writing on", "Agree on"))
    edit(project, "guidebook/boats.md", ("id: list-the-boats", "id: list-them"))
    edit(project, CHAPTER, ("id: store-sandbags-above-the-water", "id: call-the-mayor"))
    assert sorted(problem.code for problem in run(project)[1] if problem.rule.family == "editions") == [
        "reused-id",
        "unexplained-change",
    ]


def test_each_record_offers_the_earlier_editions_that_have_it(frozen: Published) -> None:
    site = frozen.folder / "2.0"
    sandbags = (site / "guidebook/sandbags-and-neighbours/index.html").read_text("utf-8")
    assert (
        '<a href="../../compare/guidebook/sandbags-and-neighbours/1.0/">Edition 1.0, 1 July 2026</a>'
        in sandbags
    )
    assert '<a href="../../compare/guidebook/sandbags-and-neighbours/1.1/">' in sandbags
    nijmegen = (site / "local-activities/nijmegen/index.html").read_text("utf-8")
    assert 'Edition 1.0, 1 July 2026 <span class="gb-note">(the same text)</span>' in nijmegen
    netherlands = (site / "state-of-the-art/netherlands/index.html").read_text("utf-8")
    assert netherlands.count('href="../../compare/state-of-the-art/netherlands/1.0/"') == 2
    assert "compare with" not in (site / "guidebook/boats/index.html").read_text("utf-8").lower()


# The command


def test_the_command_compares_two_editions(frozen: Published) -> None:
    def said(*arguments: str) -> str:
        return CliRunner().invoke(main, ["compare", *arguments, "--in", str(frozen.folder)]).output

    assert said("1.0", "2.0").startswith("# What changed from edition 1.0 to edition 2.0\n")
    assert json.loads(said("1.0", "1.1", "--format", "json"))["recommendations"][0]["changes"] == ["reworded"]
    assert said("1.0", "1.1", "--format", "html").startswith("<!doctype html>")
    assert "there is no edition `3.0`" in said("1.0", "3.0")


@pytest.mark.parametrize("name", ["../1.0", "1.0/..", "latest", "v1", "", "1..0", "1.0 "])
def test_names_that_are_no_edition_are_refused(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["publish", name, "--to", str(tmp_path / "public")])
    assert (result.exit_code, "cannot be the name of an edition" in result.output) == (1, True)
    assert not (tmp_path / "public").exists()


def test_the_name_in_the_book_must_be_the_one_that_is_published(shelf: Published) -> None:
    edit(shelf.project, "guidebook/book.yml", ("title:", 'edition: "1.2"\ntitle:'))
    assert "guidebook/book.yml says edition 1.2, and you publish 1.1" in refused(shelf, "1.1")


def test_problems_of_the_content_stop_it(shelf: Published) -> None:
    edit(shelf.project, CHAPTER, ("Agree on a list", "Agree early on a list"))
    outcome = shelf.publish("1.1")
    assert not outcome.published
    assert [problem.code for problem in outcome.problems] == ["unexplained-change"]
