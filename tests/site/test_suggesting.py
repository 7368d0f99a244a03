"""Each recommendation leads to the form in which a change is suggested, where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mkdocs_guidebook.site.suggesting import suggestion_address, suggestion_link
from mkdocs_guidebook.site.views.chapter import recommendation_view
from mkdocs_guidebook.site.views.page import Page
from tests.site.projects import FOREIGN
from tests.site.sites import site_of

ADDRESS = "know-your-river#walk-along-it"


@pytest.mark.parametrize(
    ("repository", "own", "link"),
    [
        (
            "https://github.com/river/guide/",
            None,
            "https://github.com/river/guide/issues/new?template=recommendation.yml&recommendation=know-your-river%23walk-along-it",
        ),
        (
            "https://gitlab.example.org/river/guide",
            None,
            "https://gitlab.example.org/river/guide/-/issues/new?issuable_template=recommendation"
            "&issue[title]=Recommendation:%20know-your-river%23walk-along-it",
        ),
        (
            "https://github.com/river/guide",
            "https://example.org/say?about={recommendation}",
            "https://example.org/say?about=know-your-river%23walk-along-it",
        ),
        (None, None, ""),
        ("javascript:alert(1)", None, ""),
    ],
)
def test_the_link_is_that_of_the_code_host_or_of_the_project(
    repository: str | None, own: str | None, link: str
) -> None:
    assert suggestion_link(suggestion_address(repository, own), ADDRESS) == link


def test_each_recommendation_has_the_link_only_where_the_form_is_known() -> None:
    site = site_of(FOREIGN)
    for form, shown in (("", False), ("https://example.org/?r={recommendation}", True)):
        filled = replace(site, suggest=form)
        page = Page(filled, "", "guidebook/accueillir-une-recrue.md")
        cards = [recommendation_view(page, one) for one in site.library.recommendations.values()]
        assert cards
        assert all(bool(card.suggest) is shown for card in cards)
