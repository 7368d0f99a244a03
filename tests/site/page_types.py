"""The types of pages of the site of this repository, each with an address."""

from __future__ import annotations

import pytest

CHAPTER = "guidebook/sharing-information/"
PAGES = {
    "home": "",
    "project page": "project/",
    "guidebook": "guidebook/",
    "chapter": CHAPTER,
    "articles": "state-of-the-art/",
    "article": "state-of-the-art/france/",
    "activities": "local-activities/",
    "activity": "local-activities/catalonia/",
    "unconfirmed activity": "local-activities/malaga/",
    "events": "seminars-and-final-event/",
    "glossary": "glossary/",
    "bibliography": "bibliography/",
    "organisations": "organisations/",
    "comparison": "state-of-the-art/compare/",
    "recommendations": "recommendations/",
    "pathway": "pathway/",
    "lessons": "local-activities/lessons/",
    "browse": "browse/",
    "library": "library/",
    "map": "local-activities/map/",
    "my pack": "my-pack/",
    "role": "audiences/probation/",
    "moment": "phases/release/",
    "topic": "topics/release-planning/",
    "country": "countries/be/",
    "changes": "changes/",
    "about": "about/",
    "contribute": "contribute/",
    "accessibility": "accessibility/",
    "rules": "rules/",
    "rule": "rules/broken-link/",
    "fields": "fields/",
    "field list": "fields/chapter/",
    "guide": "contribute/form/",
    "404": "there-is-no-such-page/",
}
"""An address of each type of page."""

every_page_type = pytest.mark.parametrize("kind", PAGES)
