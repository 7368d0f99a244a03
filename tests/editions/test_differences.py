"""What changed is made of two editions' catalogs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mkdocs_guidebook.editions.differences import Differences, FactChange, compare
from mkdocs_guidebook.editions.reading import UnreadableCatalog, read_catalog, snapshot_of
from mkdocs_guidebook.editions.report import as_html, as_json, as_markdown, fact_line, report
from mkdocs_guidebook.editions.snapshot import Snapshot
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.catalog import NAME, catalog_makers
from tests.editions.samples import first, second, third
from tests.site.sites import site_of


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    root = first(tmp_path_factory.mktemp("editions") / "guide")
    found = {"1.0": snapshot_of(site_of(root, language="en"))}
    found["1.1"] = snapshot_of(site_of(second(root), language="en"))
    found["2.0"] = snapshot_of(site_of(third(root), language="en"))
    return found


@pytest.fixture(scope="module")
def early(editions: dict[str, Snapshot]) -> Differences:
    return compare(editions["1.0"], editions["1.1"])


@pytest.fixture(scope="module")
def late(editions: dict[str, Snapshot]) -> Differences:
    return compare(editions["1.1"], editions["2.0"])


def test_nothing_changed_in_an_edition_that_is_compared_with_itself(editions: dict[str, Snapshot]) -> None:
    assert all(compare(edition, edition).is_empty for edition in editions.values())


def test_a_reworded_recommendation_has_the_editors_reason_and_the_words(early: Differences) -> None:
    [changed] = early.recommendations
    assert (changed.address, changed.changes) == (
        "sandbags-and-neighbours#agree-on-a-list-of-names",
        ("reworded",),
    )
    assert changed.reasons == ("A list in the head was lost.",)
    [text] = changed.texts
    assert [run.text for run in text.blocks[0].runs if run.state == "added"] == ["in writing "]


def test_recommendations_are_new_withdrawn_renumbered_or_rest_on_other_evidence(late: Differences) -> None:
    found = {item.address.partition("#")[2]: item for item in late.recommendations}
    assert {id: item.changes for id, item in found.items()} == {
        "list-the-boats": ("new",),
        "agree-on-a-list-of-names": ("renumbered",),
        "store-sandbags-above-the-water": ("evidence", "renumbered"),
        "fill-the-tank": ("moved",),
        "call-the-mayor": ("withdrawn",),
    }
    stored = found["store-sandbags-above-the-water"]
    assert (stored.number_before, stored.number) == ("1.2", "2.2")
    assert stored.reasons == ("A third flood confirmed it.",)
    assert [(fact.name, fact.before, fact.after) for fact in stored.facts] == [
        ("certainty", "Very low certainty", "Low certainty")
    ]


def test_a_recommendation_that_went_to_another_chapter_has_moved(tmp_path: Path) -> None:
    root = first(tmp_path / "guide")
    old = snapshot_of(site_of(root))
    pumps, sandbags = root / "guidebook/pumps.md", root / "guidebook/sandbags-and-neighbours.md"
    text = pumps.read_text("utf-8")
    start, end = text.index("  - id: fill-the-tank"), text.index("exercises:")
    pumps.write_text(text[:start].replace("recommendations:\n", "") + text[end:], "utf-8")
    there = sandbags.read_text("utf-8")
    sandbags.write_text(there.replace("exercises:\n", f"{text[start:end]}exercises:\n"), "utf-8")
    [moved] = compare(old, snapshot_of(site_of(root))).recommendations
    assert (moved.changes, moved.address_before) == (("moved",), "pumps#fill-the-tank")


def test_records_are_added_amended_and_removed_and_figures_have_both_values(late: Differences) -> None:
    assert {item.id: item.change for item in late.records} == {
        "boats": "added",
        "pumps": "removed",
        "prices": "removed",
        "sandbags-and-neighbours": "amended",
        "netherlands": "amended",
    }
    [figure] = late.figures
    assert (figure.label, figure.before, figure.after) == ("Dykes", 3700, 3650)
    article = next(item for item in late.records if item.id == "netherlands")
    assert [(fact.name, fact.before, fact.after) for fact in article.facts] == [
        ("as_of", "2026-03-01", "2026-09-01")
    ]


def test_the_editions_may_be_far_apart(editions: dict[str, Snapshot]) -> None:
    found = {
        item.address.partition("#")[2]: item
        for item in compare(editions["1.0"], editions["2.0"]).recommendations
    }
    assert found["agree-on-a-list-of-names"].changes == ("reworded", "renumbered")


def test_a_catalog_with_fields_of_another_time_is_read_all_the_same(tmp_path: Path) -> None:
    data = json.loads(dict(catalog_makers(site_of(first(tmp_path / "guide"))))[NAME]())
    data["mood"] = "good"
    for chapter in data["chapters"]:
        chapter["mood"] = chapter.pop("topics")
    del data["events"], data["evidence"]
    assert len(read_catalog(json.dumps(data).encode()).advice) == 4


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"format": 2, "chapters": []}', b'{"chapters": [1]}'])
def test_what_is_no_catalog_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(UnreadableCatalog):
        read_catalog(raw)


def test_the_report_says_it_in_markdown_html_and_json(late: Differences, early: Differences) -> None:
    told = report(late, Language("en"))
    markdown = as_markdown(told)
    assert "### 2.2 Store the sandbags where the water cannot reach them." in markdown
    assert "*evidence changed and renumbered, was 1.2*" in markdown
    assert "| Certainty | Very low certainty | Low certainty |" in markdown
    assert "| km | 3,700 | 3,650 |" in markdown
    assert "**in writing**" in as_markdown(report(early, Language("en")))
    page = as_html(report(early, Language("fr")))
    assert '<ins><span class="gb-hidden">ajouté : </span>in writing </ins>' in page
    assert json.loads(as_json(late))["recommendations"][0]["changes"] == ["new"]


@pytest.mark.parametrize(
    ("field", "written", "shown"),
    [
        ("confirmed", "yes", "Oui"),
        ("part_of_project", "no", "Non"),
        ("standing", "outline", "Esquisse"),
        ("standing", "a word of another time", "a word of another time"),
        ("event_kind", "seminar", "Séminaire"),
        ("country", "DE", "Allemagne"),
        ("as_of", "2026-03-01", "1 mars 2026"),
        ("publisher", "yes", "yes"),
        ("country", "", ""),
    ],
)
def test_a_value_is_told_in_the_language_of_the_readers(field: str, written: str, shown: str) -> None:
    change = FactChange(name=field, before=written, after="")
    assert fact_line(change, Language("fr")).before == shown
