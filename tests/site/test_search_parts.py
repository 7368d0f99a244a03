"""A large collection has several indexes: the browser finds in all of them, and those that are the same are kept."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from mkdocs_guidebook.build.offline import write_offline
from mkdocs_guidebook.site.search.index import FOLDER, Documents, make_index
from mkdocs_guidebook.site.search.items import items_of
from tests.site.links import BuiltSite
from tests.site.projects import FOREIGN, tree
from tests.site.sites import site_of
from tests.site.visits import served, visit

FIND = """async ([query, root]) => {
  const { find } = await import(`${root}assets/guidebook/engine.js`);
  const found = await find(query, root);
  return Promise.all(found.map(async (entry) => [entry.id, (await entry.read()).url]));
}"""
QUERIES = ("recrue", "garde du samedi", "volontaires", "employeur", "Kalamata", "bilan")


def documents(folder: Path, most: int) -> Documents:
    """Return the documents of a built site of the French guide whose indexes hold so many items at most."""
    site = site_of(FOREIGN)
    items = items_of(site)
    files = {item.page: f"{site.addresses.url(item.page)}index.html" for item in items if item.page}
    return Documents(folder, items, files, site.language, most)


@pytest.fixture(scope="module")
def parted(foreign: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French guide with four indexes."""
    folder = tmp_path_factory.mktemp("parted") / "site"
    shutil.copytree(foreign.folder, folder, ignore=shutil.ignore_patterns(FOLDER), copy_function=os.link)
    whole = documents(folder, 6)
    assert make_index(whole, ())
    assert len(whole.parts) == 4
    return folder


def found_in(browser: Browser, folder: Path, *queries: str) -> dict[str, dict[str, str]]:
    """Return for each query the addresses of all results by their ids, the best first."""
    with served(folder) as (host, _), visit(browser, host) as page:
        return {query: dict(page.evaluate(FIND, [query, host])) for query in queries}


def test_several_indexes_find_what_one_finds(browser: Browser, foreign: BuiltSite, parted: Path) -> None:
    whole, parts = found_in(browser, foreign.folder, *QUERIES), found_in(browser, parted, *QUERIES)
    for query in QUERIES:
        assert whole[query], query
        assert sorted(parts[query].values()) == sorted(whole[query].values()), query
    from_each = {id.partition("_")[0] for results in parts.values() for id in results}
    assert from_each == {"fr", "fr-x-2", "fr-x-3", "fr-x-4"}


def test_the_copy_for_a_disk_looks_through_all_of_them(
    browser: Browser, parted: Path, tmp_path: Path
) -> None:
    write_offline(parted, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        archive.extractall(tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "copy/index.html").as_uri())
    page.locator("[data-gb-scheme]").wait_for()  # the scripts are at work
    page.keyboard.press("/")
    page.keyboard.insert_text("recrue")
    count = len(found_in(browser, parted, "recrue")["recrue"])
    assert count > 4
    expect(page.get_by_role("option")).to_have_count(min(count, 10))
    page.close()


def test_each_result_has_a_name_of_its_own(parted: Path) -> None:
    names = json.loads((parted / FOLDER / "results.json").read_text("utf-8"))
    assert len(set(names)) == len(names) == 23


def test_the_engine_is_loaded_once(parted: Path) -> None:
    assert [file.parent.name for file in (parted / FOLDER).glob("*/*.pagefind")] == ["1"]


def test_an_index_whose_documents_are_the_same_is_kept(parted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(parted, folder, ignore=shutil.ignore_patterns(FOLDER), copy_function=os.link)
    assert not make_index(documents(folder, 6), (), parted)
    assert tree(folder / FOLDER) == tree(parted / FOLDER)

    page = folder / "guidebook/accueillir-une-recrue/index.html"
    text = page.read_text("utf-8")
    page.unlink()  # it is the very file of the other site
    page.write_text(text.replace("</article>", "<p>zebra</p></article>"), "utf-8")
    assert make_index(documents(folder, 6), (), parted)
    stamps = [
        [(site / FOLDER / str(part) / "made-from.txt").read_text("utf-8") for part in (1, 2, 3, 4)]
        for site in (parted, folder)
    ]
    assert sum(before != after for before, after in zip(*stamps, strict=True)) == 1
