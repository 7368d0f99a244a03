"""CITATION.cff: how an edition is cited, for programs (Citation File Format 1.2.0,
https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md)."""

from __future__ import annotations

from typing import Any

import yaml

from mkdocs_guidebook.site.citing import book_item, book_title
from mkdocs_guidebook.site.views.base import Site


def citation_cff(site: Site) -> bytes:
    """Return the CITATION.cff of what a site publishes.

    The format knows software and data sets; that this is a book stands in its preferred citation. Without authors of
    the whole book its publisher stands for them, and without a publisher its title.
    """
    book = site.library.book
    item = book_item(site)
    names = [author["literal"] for author in item.get("author", ())] or [book.publisher or book.title]
    authors = [{"name": name} for name in names]
    about: dict[str, Any] = {
        "title": book_title(site),
        "authors": authors,
        "abstract": book.description,
        "doi": book.doi,
        "url": site.base_url,
        "date-released": book.released.isoformat() if book.released else None,
        "version": book.edition,
    }
    preferred = {
        "type": "book",
        "title": about["title"],
        "authors": list(map(dict, authors)),
        "edition": book.edition,
        "publisher": {"name": book.publisher} if book.publisher else None,
        "year": book.released.year if book.released else None,
        "date-released": about["date-released"],
        "doi": book.doi,
        "url": site.base_url,
        "languages": [site.language.tag.split("-")[0]],
    }
    values = {
        "cff-version": "1.2.0",
        "message": site.language("editions.please_cite"),
        "type": "dataset",
        **{name: value for name, value in about.items() if value},
        "preferred-citation": {name: value for name, value in preferred.items() if value},
    }
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110).encode()
