"""What the frame promises: pages of a folder stand below the page of its name, in the order that they state."""

from __future__ import annotations

import shutil
from pathlib import Path

from mkdocs_guidebook.site.frame import Frame
from mkdocs_guidebook.site.pages import pages_of
from mkdocs_guidebook.site.views.cards import ListView
from tests.site.projects import copy_foreign
from tests.site.sites import site_of, views_of


def with_pages_below(tmp_path: Path) -> Path:
    """Return the French guide with three pages in the folder of the page on contributing."""
    project = copy_foreign(tmp_path / "guide")
    folder = project / "docs" / "contribute"
    folder.mkdir()
    for name, order in (("alpha", ""), ("beta", "order: 20\n"), ("gamma", "order: 3\n")):
        text = f"---\ntitle: Page {name}\nsummary: Résumé {name}.\n{order}---\n\nTexte.\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    return project


def test_pages_of_a_folder_stand_below_the_page_of_its_name_in_the_navigation(tmp_path: Path) -> None:
    site = site_of(with_pages_below(tmp_path))
    about = Frame(site).navigation(pages_of(site.library))[-1]
    assert about == {
        "À propos": [
            "about.md",
            {
                "Contribuer": [
                    "contribute.md",
                    {"Page gamma": "contribute/gamma.md"},
                    {"Page beta": "contribute/beta.md"},
                    {"Page alpha": "contribute/alpha.md"},
                    {"Les champs des fichiers": "fields/index.md"},
                    {"Règles du contrôle": "rules/index.md"},
                ]
            },
        ]
    }


def test_a_page_leads_to_the_pages_of_its_folder_at_its_end(tmp_path: Path) -> None:
    views = views_of(site_of(with_pages_below(tmp_path)))
    page = views["contribute.md"]
    assert isinstance(page, ListView)
    (below,) = page.groups
    assert [(card.title, card.url, card.text) for card in below.cards][:3] == [
        ("Page gamma", "gamma/", "Résumé gamma."),
        ("Page beta", "beta/", "Résumé beta."),
        ("Page alpha", "alpha/", "Résumé alpha."),
    ]  # the references of fields and rules follow
    assert page.toc[-1].title == below.title


def test_records_of_a_large_collection_stand_below_its_list(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    article = next((project / "state_of_the_art").glob("*.md"))
    for number in range(41):
        shutil.copy(article, article.with_name(f"article-{number}.md"))
    site = site_of(project)
    pages = pages_of(site.library)
    frame = Frame(site)
    assert "state-of-the-art/article-1.md" not in str(frame.navigation(pages))
    assert frame.list_of("state-of-the-art/article-1.md", pages) == "state-of-the-art/index.md"
    assert frame.list_of("about.md", pages) == ""


def test_a_page_to_which_a_way_in_leads_stands_where_the_ways_in_say_and_only_there(tmp_path: Path) -> None:
    project = copy_foreign(tmp_path / "guide")
    book = project / "guidebook" / "book.yml"
    way = "ways_in:\n  - {title: Le site, text: Qui le fait., link: docs/about.md}\n"
    book.write_text(book.read_text("utf-8").replace("ways_in:\n", way, 1), "utf-8")
    site = site_of(project)
    navigation = Frame(site).navigation(pages_of(site.library))
    assert navigation[1] == {"À propos": "about.md"}
    assert str(navigation).count("'about.md'") == 1
