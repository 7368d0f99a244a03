"""The map of activities, the table beside it, and what a matrix gives as a file."""

from __future__ import annotations

import csv
import io
import re
from math import hypot

import pytest
from playwright.sync_api import Browser, expect

from mkdocs_guidebook.site.map.drawing import WIDTH, frame_around, land_path, spots
from mkdocs_guidebook.site.map.projection import ETRS89_LAEA, projection_for
from tests.site.links import BuiltSite
from tests.site.visits import PHONE, visit

MAP = "local-activities/map/"


def test_the_projection_gives_the_example_of_the_standard() -> None:
    """IOGP Guidance Note 7-2, the example of EPSG method 9820: 50° N, 5° E in EPSG:3035."""
    easting, northing = ETRS89_LAEA(50, 5)
    assert easting == pytest.approx(3_962_799.45, abs=0.01)
    assert northing == pytest.approx(2_999_718.85, abs=0.01)
    assert ETRS89_LAEA(52, 10) == pytest.approx((4_321_000, 3_210_000), abs=1e-6)


def test_places_outside_europe_have_a_projection_of_their_own() -> None:
    places = [(-33.9, 151.2), (-37.8, 145.0)]
    assert projection_for(places) != ETRS89_LAEA
    frame = frame_around(places)
    for place in places:
        x, y = frame.place(*place)
        assert 0 < x < frame.width
        assert 0 < y < frame.height
    assert len(land_path(frame)) > 100


@pytest.mark.parametrize(
    ("centre", "land", "sea"),
    [
        pytest.param((43.9, 4.8), (45.5, 3.0), (42.0, 5.0), id="Avignon"),
        pytest.param((51.0, 4.4), (48.9, 2.3), (52.9, 3.0), id="Vilvoorde"),
        pytest.param((-38.5, 175.8), (-38.5, 175.8), (-40.0, 178.8), id="New Zealand, with Spain behind it"),
        pytest.param((-17.7, 178.0), (-17.8, 178.0), (-19.5, 178.0), id="Fiji, with Mali behind it"),
    ],
)
def test_land_is_land_and_sea_is_sea(
    browser: Browser, centre: tuple[float, float], land: tuple[float, float], sea: tuple[float, float]
) -> None:
    frame = frame_around([centre])
    page = browser.new_page()
    page.set_content(f'<svg><path d="{land_path(frame)}"/></svg>')
    is_land = "(path, [x, y]) => path.isPointInFill(new DOMPoint(x, y))"
    path = page.locator("path")
    assert path.evaluate(is_land, frame.place(*land))
    assert not path.evaluate(is_land, frame.place(*sea))
    page.close()


def test_near_places_fan_out_and_crowds_are_one() -> None:
    frame = frame_around([(50, 4), (40, 0)])
    near = [(100.0, 100.0), (103.0, 101.0), (99.0, 104.0)]
    shown = spots(near, ["A", "B", "C"], frame)
    assert len(shown) == 3
    for one in shown:
        assert all(one is other or hypot(one.x - other.x, one.y - other.y) >= 13 for other in shown)
    crowd = spots([(100.0 + number / 10, 100.0) for number in range(30)], ["X"] * 30, frame)
    assert [len(spot.members) for spot in crowd] == [30]
    assert frame.width == WIDTH


def test_every_place_is_a_link_with_its_name_and_country(real: BuiltSite) -> None:
    page = real.page(MAP)
    links = page.tree.xpath("//svg//a")
    assert len(links) == 7
    names = [link.get("aria-label") for link in links]
    assert "Málaga, Málaga, Spain" in names
    rows = page.tree.xpath("//table[@id='places']/tbody/tr//a/@href")
    assert {link.get("href") for link in links} == set(rows)
    assert not page.tree.xpath("//main//*[@style]")


def test_a_place_is_reached_and_opened_by_keyboard(browser: Browser, host: str) -> None:
    with visit(browser, host, MAP) as page:
        page.locator(".gb-map__spot").first.focus()
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("(?<!/map)/$"))
        assert page.locator("h1").inner_text() in label


def test_the_table_is_filtered_and_sorted(browser: Browser, host: str) -> None:
    with visit(browser, host, MAP) as page:
        rows = page.locator("#places tbody tr:visible")
        expect(rows).to_have_count(7)
        page.get_by_label("Country").select_option("France")
        expect(rows).to_have_count(2)
        expect(page.get_by_role("status")).to_have_text("2 results")
        page.get_by_label("Country").select_option("")
        page.get_by_role("button", name="Place").click()
        page.get_by_role("button", name="Place").click()
        expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
        expect(rows.first.locator("td").first).to_have_text("Vilvoorde")


def test_map_and_table_stand_without_javascript(browser: Browser, host: str) -> None:
    with visit(browser, host, MAP, java_script_enabled=False) as page:
        expect(page.locator(".gb-map__spot").first).to_be_visible()
        assert page.locator("#places tbody tr").count() == 7
        expect(page.locator("[data-gb-places]")).to_be_hidden()


def test_an_activity_shows_its_place_on_a_small_map(real: BuiltSite) -> None:
    page = real.page("local-activities/vilvoorde/")
    link = page.tree.xpath("//a[@class='gb-locator']")[0]
    assert link.get("aria-label").startswith("Map: Vilvoorde, Belgium")
    assert real.find(page.name, link.get("href"))[0] == f"{MAP}index.html"


# Matrices


@pytest.mark.parametrize("options", [{}, PHONE], ids=["laptop", "phone"])
def test_a_matrix_is_given_as_a_file_as_it_is_shown(
    browser: Browser, host: str, options: dict[str, object]
) -> None:
    with visit(browser, host, "state-of-the-art/compare/", accept_downloads=True, **options) as page:
        page.get_by_label("Country").select_option(label="France")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download as CSV").click()
        assert download.value.suggested_filename == "compare.csv"
        text = download.value.path().read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == ["Field", "France"]
        assert len(rows) == page.locator("#matrix tbody tr").count() + 1
        assert all(len(row) == 2 for row in rows)
        assert any(len(row[1].split()) > 5 for row in rows)
