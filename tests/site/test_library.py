"""The Library page: facets with counts, an address for each view, and a list that needs no JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.site.accessibility import accessibility_problems, colour_problems
from tests.site.links import BuiltSite
from tests.site.visits import PHONE, comes, visit

LIBRARY = "library/"


def number(page: Page) -> int:
    """Return the number of results that the page names."""
    status = page.locator("[data-part=status]")
    expect(status).to_have_text(re.compile(r"\d|Nothing"))
    match = re.match(r"\d+", status.inner_text())
    return int(match[0]) if match else 0


def expect_number(page: Page, wanted: int) -> None:
    """Wait until the page names this number of results."""
    expect(page.locator("[data-part=status]")).to_have_text(re.compile(rf"^{wanted} results?$"))


def count(page: Page, facet: str, value: str) -> int:
    """Return the count beside a value."""
    line = page.locator("li", has=page.locator(f"input[name={facet}][value='{value}']"))
    return int(line.locator(".gb-facet__count").inner_text())


def pick(page: Page, facet: str, value: str) -> None:
    """Tick a value; a folded facet is opened first."""
    box = page.locator(f"input[name={facet}][value='{value}']")
    if not box.is_visible():
        page.locator(f"#facet-{facet}").click()
    box.click()


def test_the_count_beside_a_value_is_what_it_gives(browser: Browser, host: str) -> None:
    with visit(browser, host, LIBRARY) as page:
        expected = count(page, "audiences", "prison")
        assert expected > 3
        pick(page, "audiences", "prison")
        expect_number(page, expected)


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(browser: Browser, host: str) -> None:
    with visit(browser, host, LIBRARY) as page:
        chapters, activities = count(page, "kind", "chapter"), count(page, "kind", "activity")
        pick(page, "kind", "chapter")
        expect_number(page, chapters)
        pick(page, "kind", "activity")
        expect_number(page, chapters + activities)
        pick(page, "countries", "BE")
        expect_number(page, 1)  # the activity of Vilvoorde, the one of these in Belgium


def test_a_view_has_an_address_and_the_back_button_works(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{LIBRARY}?q=consent&kind=recommendation&audiences=probation") as page:
        expect(page.locator("input[name=q]")).to_have_value("consent")
        expect(page.locator("input[name=kind][value=recommendation]")).to_be_checked()
        before = number(page)
        assert before >= 1
        pick(page, "kind", "chapter")
        view = "q=consent&kind=recommendation&kind=chapter&audiences=probation"
        expect(page).to_have_url(f"{host}{LIBRARY}?{view}")
        assert comes(page, lambda: number(page), lambda found: found > before) > before
        page.go_back()
        expect(page.locator("input[name=kind][value=chapter]")).not_to_be_checked()
        expect_number(page, before)


def test_clear_all_shows_everything_again(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{LIBRARY}?q=consent&kind=chapter") as page:
        assert 0 < number(page) < 100
        page.get_by_role("button", name="Clear all").click()
        assert comes(page, lambda: number(page), lambda found: found > 100) > 100
        expect(page).to_have_url(f"{host}{LIBRARY}")


def test_nothing_found_says_which_filter_to_remove(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{LIBRARY}?kind=chapter&countries=FR") as page:
        expect(page.locator("[data-part=status]")).to_have_text("Nothing fits all of this.")
        page.get_by_role("button", name="Without “Chapters”").click()
        assert comes(page, lambda: number(page), lambda found: found > 0) > 0
        expect(page).to_have_url(f"{host}{LIBRARY}?countries=FR")


def test_results_are_sorted_by_match_by_date_and_by_number(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{LIBRARY}?q=release&kind=recommendation&sort=book") as page:
        page.locator(".gb-results > li .gb-results__hit").first.wait_for()
        numbers = page.locator("[data-part=results] .gb-number").all_inner_texts()
        assert len(numbers) > 3
        assert numbers == sorted(numbers, key=lambda text: [int(part) for part in text.split(".")])
        page.locator("select[name=sort]").select_option("date")
        expect(page).to_have_url(re.compile("sort=date"))

        def dates() -> list[str]:
            items = page.locator("[data-part=results] > li")
            return list(items.evaluate_all("all => all.map((item) => item.dataset.date ?? '')"))

        found = comes(page, dates, lambda dates: dates == sorted(dates, reverse=True))
        assert found == sorted(found, reverse=True)


def test_the_list_is_complete_without_javascript(browser: Browser, host: str, real: BuiltSite) -> None:
    with visit(browser, host, LIBRARY, java_script_enabled=False) as page:
        assert page.locator(".gb-shelf > h2").count() >= 6
        expect(page.locator(".gb-library__facets")).to_be_hidden()
        recommendations = page.locator("section[aria-labelledby=recommendation] li")
        assert recommendations.count() == len(
            real.page("recommendations/").tree.xpath("//ol[@class='gb-lines']/li")
        )


def test_the_library_is_accessible_with_results(browser: Browser, host: str) -> None:
    with visit(browser, host, f"{LIBRARY}?q=consent") as page:
        page.locator(".gb-results__hit").first.wait_for()
        expect(page.locator("[data-part=results] > li:not(.gb-results--hit)")).to_have_count(0)
        assert accessibility_problems(page) == []
        page.emulate_media(color_scheme="dark")
        assert colour_problems(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_facets_are_a_sheet(browser: Browser, host: str) -> None:
    with visit(browser, host, LIBRARY, **PHONE) as page:
        box = page.locator("input[name=kind][value=chapter]")
        expect(box).to_be_hidden()
        page.get_by_text("Filters", exact=True).click()
        box.click()
        expect(page.get_by_text("Filters (1)")).to_be_visible()
