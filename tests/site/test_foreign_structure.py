"""The French guide: links lead somewhere, and pages have one title, their headings in order and ids of their own."""

from __future__ import annotations

from tests.site.foreign_guide import CHAPTER
from tests.site.links import BuiltSite, broken_links, foreign_requests, repeated_ids


def test_everything_that_is_linked_is_there(foreign: BuiltSite) -> None:
    broken = broken_links(foreign)
    assert not broken, "\n".join(broken)


def test_nothing_is_asked_of_another_host(foreign: BuiltSite) -> None:
    assert foreign_requests(foreign) == []


def test_the_address_of_a_page_is_that_of_the_published_site(foreign: BuiltSite) -> None:
    (canonical,) = foreign.page(CHAPTER).tree.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"https://guide.example.org/pompiers/{CHAPTER}"


def test_ids_are_unique_on_every_page(foreign: BuiltSite) -> None:
    assert repeated_ids(foreign) == []


def test_every_page_has_one_first_level_heading(foreign: BuiltSite) -> None:
    numbers = {page.name: len(page.tree.xpath("//h1")) for page in foreign.pages.values()}
    assert {name: number for name, number in numbers.items() if number != 1} == {}


def test_no_heading_level_is_skipped(foreign: BuiltSite) -> None:
    for page in foreign.pages.values():
        before = 0
        for heading in page.tree.xpath(
            "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or @role='heading']"
        ):
            level = int(heading.get("aria-level") or heading.tag[1])
            assert level <= before + 1, f"{page.name}: {heading.text_content()}"
            before = level


def test_every_page_has_a_title_of_its_own(foreign: BuiltSite) -> None:
    pages: dict[str, list[str]] = {}
    for page in foreign.pages.values():
        pages.setdefault(page.tree.xpath("string(//title)").strip(), []).append(page.name)
    assert "" not in pages
    assert {title: names for title, names in pages.items() if len(names) > 1} == {}


def test_the_table_of_contents_uses_the_words_of_the_headings(foreign: BuiltSite) -> None:
    for page in foreign.pages.values():
        for link in page.tree.xpath("//nav[contains(@class, 'toc')]//a[starts-with(@href, '#')]"):
            heading = page.tree.get_element_by_id(link.get("href")[1:])
            for count in heading.xpath("span[@class='gb-note']"):
                count.drop_tree()  # how many things stand under it
            words = " ".join(heading.text_content().replace("¶", "").split())
            assert words.startswith(" ".join(link.text_content().split())), page.name  # a count may follow
