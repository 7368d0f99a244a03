"""The site of this repository: everything that is linked is there, and pages are formed as they should be."""

from __future__ import annotations

from tests.site.links import BuiltSite, broken_links, foreign_requests, is_foreign, repeated_ids


def test_everything_that_is_linked_is_there(real: BuiltSite) -> None:
    broken = broken_links(real)
    assert not broken, "\n".join(broken)


def test_nothing_is_asked_of_another_host(real: BuiltSite) -> None:
    assert foreign_requests(real) == []


def test_ids_are_unique_on_every_page(real: BuiltSite) -> None:
    assert repeated_ids(real) == []


def test_every_page_has_one_first_level_heading(real: BuiltSite) -> None:
    numbers = {page.name: len(page.tree.xpath("//h1")) for page in real.pages.values()}
    assert {name: number for name, number in numbers.items() if number != 1} == {}


def test_every_page_has_a_title_and_a_description(real: BuiltSite) -> None:
    for page in real.pages.values():
        assert page.tree.xpath("string(//title)").strip(), page.name
        assert page.tree.xpath("string(//meta[@name='description']/@content)").strip(), page.name


def test_every_page_has_a_title_of_its_own(real: BuiltSite) -> None:
    pages: dict[str, list[str]] = {}
    for page in real.pages.values():
        pages.setdefault(page.tree.xpath("string(//title)").strip(), []).append(page.name)
    assert {title: names for title, names in pages.items() if len(names) > 1} == {}


def test_the_navigation_names_nothing_twice(real: BuiltSite) -> None:
    for page in real.pages.values():
        links = page.tree.xpath("//nav[@id='gb-nav']//a/@href")
        places = [real.find(page.name, link) for link in links]
        assert sorted(places) == sorted(set(places)), page.name


def test_the_place_of_the_page_in_the_navigation_is_marked(real: BuiltSite) -> None:
    for address in (
        "",
        "project/",
        "guidebook/sharing-information/",
        "state-of-the-art/france/",
        "glossary/",
    ):
        page = real.page(address)
        current = page.tree.xpath("//nav[@id='gb-nav']//a[@aria-current='page']/@href")
        assert [real.find(page.name, link)[0] for link in current] == [page.name], address


def test_a_page_that_the_navigation_leaves_out_marks_the_page_that_lists_it(real: BuiltSite) -> None:
    for address, listed in (
        ("topics/information-sharing/", "browse/index.html"),
        ("countries/fr/", "browse/index.html"),
        ("rules/broken-link/", "rules/index.html"),
    ):
        page = real.page(address)
        current = page.tree.xpath("//nav[@id='gb-nav']//a[@aria-current]")
        assert [real.find(page.name, link.get("href"))[0] for link in current] == [listed], address
        assert [link.get("aria-current") for link in current] == ["true"]


def test_every_source_in_the_bibliography_is_cited_somewhere(real: BuiltSite) -> None:
    page = real.page("bibliography/")
    for source in page.tree.xpath("//*[starts-with(@id, 'source-')]"):
        assert source.xpath(".//a[not(contains(@href, '://'))]"), source.get("id")


def test_every_page_can_be_reached_from_the_home_page(real: BuiltSite) -> None:
    reached, pending = {"index.html"}, ["index.html"]
    while pending:
        page = real.pages[pending.pop()]
        for link in page.tree.xpath("//a/@href"):
            target = "" if is_foreign(link) else real.find(page.name, link)[0]
            if target in real.pages and target not in reached:
                reached.add(target)
                pending.append(target)
    lost = {*real.pages} - reached - {"404.html"}
    # The messages of the check lead to the pages of its rules.
    assert {name for name in lost if not name.startswith("rules/")} == set()


def test_the_page_of_seminars_shows_the_meetings_and_the_final_event(real: BuiltSite) -> None:
    page = real.page("seminars-and-final-event/")
    for id in ("kick-off-paris-2017", "second-meeting-malmo-2018"):
        assert id in page.ids
    assert "Berlin" in page.text
    assert "events/index.html" not in real.pages  # one page for them, not two
