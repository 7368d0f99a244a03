"""Words with signs of HTML in every plain field of a project: they are shown, and none of them becomes HTML."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.site.links import BuiltSite, broken_links
from tests.site.projects import guidebook
from tests.tiny import copy_valid

HOSTILE = """ <u onclick="x">'&amp;{{ 7 * 7 }}"""
PLAIN = frozenset(
    (
        "title",
        "summary",
        "label",
        "description",
        "term",
        "name",
        "by",
        "subtitle",
        "publisher",
        "unit",
        "group",
        "family",
        "abbreviation",
        "authors",
        "synonyms",
    )
)
"""Keys whose values are text without marks."""
PROSE = {"data/events.yml": {"summary"}}
"""Those among them that hold Markdown in one file."""


class _AsText(yaml.BaseDumper):
    """Writes every text without quotes where that is possible, so that numbers stay numbers."""


_AsText.add_representer(str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value))
_AsText.add_representer(dict, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value))
_AsText.add_representer(list, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value))


def _poisoned(value: Any, plain: frozenset[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {
            name: inner if name == "sections" else _poisoned(inner, plain, name)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(inner, plain, key) for inner in value]
    return f"{value}{HOSTILE}" if isinstance(value, str) and key in plain else value


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    project = copy_valid(tmp_path_factory.mktemp("hostile") / "project")
    for file in sorted((*project.rglob("*.md"), *project.rglob("*.yml"))):
        path = file.relative_to(project).as_posix()
        plain = PLAIN - PROSE.get(path, set())
        start, front, body = "", file.read_text("utf-8"), ""
        if file.suffix == ".md":
            start, front, body = front.split("---\n", 2)
            start, body = "---\n", f"---\n{body}"
        values = _poisoned(yaml.load(front, yaml.CBaseLoader), plain)  # noqa: S506 - text only
        file.write_text(
            f"{start}{yaml.dump(values, Dumper=_AsText, allow_unicode=True, sort_keys=False)}{body}", "utf-8"
        )
    config = {
        "site_name": f"High water{HOSTILE}",
        "site_url": "https://floods.example.org/",
        "theme": {"name": "material"},
        "plugins": ["guidebook"],
    }
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    result = guidebook("build", "--no-print", cwd=project, epoch=None)
    assert result.code == 0, result.text[:3000]
    return BuiltSite(project / "site", "/")


def test_no_word_becomes_an_element_or_an_attribute(site: BuiltSite) -> None:
    found = {
        f"{name}: in <{element.getparent().tag} class={element.getparent().get('class')!r}>"
        for name, page in site.pages.items()
        for element in page.tree.xpath("//u | //*[@onclick]")
    }
    assert not found, "\n".join(sorted(found)[:20])


def test_words_are_shown_as_they_were_written(site: BuiltSite) -> None:
    page = site.page("guidebook/sandbags-and-neighbours/")
    assert page.tree.xpath("//h1")[0].text_content().strip() == f"Sandbags and neighbours{HOSTILE}"
    current = page.tree.xpath("//nav[@id='gb-nav']//a[@aria-current='page']")[0]
    assert current.text_content().strip() == f"Sandbags and neighbours{HOSTILE}"


def test_links_and_ids_are_whole(site: BuiltSite) -> None:
    broken = broken_links(site)
    assert not broken, "\n".join(broken)


def test_feed_catalog_and_metadata_can_be_read(site: BuiltSite) -> None:
    ElementTree.parse(site.folder / "feed.xml")  # noqa: S314 - we wrote it
    json.loads((site.folder / "catalog.json").read_text("utf-8"))
    for page in site.pages.values():
        for script in page.tree.xpath("//script[@type='application/ld+json']"):
            json.loads(script.text)
