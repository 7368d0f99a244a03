"""A guide on another subject and in another language: nothing of the package is tied to one project.

The guide in tests/fixtures/foreign-site is about volunteer fire brigades, in French, with every kind of record.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

import mkdocs_guidebook.language
from tests.site.links import BuiltSite, Page, broken_links, foreign_requests, is_foreign, repeated_ids

CHAPTER = "guidebook/accueillir-une-recrue/"
RECORDS = {
    CHAPTER: "Accueillir une recrue",
    "guidebook/partir-en-intervention/": "Partir en intervention",
    "state-of-the-art/belgique/": "Belgique",
    "state-of-the-art/fidelisation/": "Garder les volontaires",
    "local-activities/saint-exemple/": "Saint-Exemple : la garde du samedi",
    "local-activities/kalamata/": "Kalamata",
}
LISTS = {
    "guidebook/": "Le guide",
    "state-of-the-art/": "État des lieux",
    "local-activities/": "Activités locales",
    "events/": "Événements",
    "glossary/": "Glossaire",
    "bibliography/": "Bibliographie",
    "rules/": "Règles du contrôle",
    "fields/": "Les champs des fichiers",
}
HAND_WRITTEN = {
    "": "Bienvenue au centre",
    "qui-est-qui/": "Qui est qui",
    "contribute/": "Contribuer",
    "about/": "À propos",
}
CATALOGUES = Path(mkdocs_guidebook.language.__file__).parent
LIBRARY_WORDS = (
    "Permanent link",
    "Jump back to footnote",
    "Retrieved",
    "Accessed",
    "Table of contents",
    "Search",
)
"""English words that libraries below the package bring along."""
SPOKEN = ("title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label")
"""Attributes that people see or hear."""
ENGLISH = re.compile(r"\b(?:the|and|with|of|from|this|that|which|are|is|not|to be|by)\b", re.I)


# Every record has its page


@pytest.mark.parametrize(("address", "title"), (RECORDS | LISTS | HAND_WRITTEN).items())
def test_everything_has_a_page_with_its_name(foreign: BuiltSite, address: str, title: str) -> None:
    assert foreign.page(address).tree.xpath("string(//h1)").strip() == title


def test_a_page_written_by_hand_takes_the_place_of_the_data_page_that_it_shows(foreign: BuiltSite) -> None:
    assert "organisations/index.html" not in foreign.pages
    assert foreign.page("qui-est-qui/").tree.xpath("//*[@id='amicale']")


def test_the_navigation_names_nothing_twice(foreign: BuiltSite) -> None:
    for page in foreign.pages.values():
        links = page.tree.xpath("//nav[@id='gb-nav']//a/@href")
        places = [foreign.find(page.name, link) for link in links]
        assert sorted(places) == sorted(set(places)), page.name


def test_every_page_can_be_reached_from_the_home_page(foreign: BuiltSite) -> None:
    reached, pending = {"index.html"}, ["index.html"]
    while pending:
        page = foreign.pages[pending.pop()]
        for link in page.tree.xpath("//a/@href"):
            target = "" if is_foreign(link) else foreign.find(page.name, link)[0]
            if target in foreign.pages and target not in reached:
                reached.add(target)
                pending.append(target)
    lost = {*foreign.pages} - reached - {"404.html"}
    # The messages of the check lead to the pages of its rules.
    assert {name for name in lost if not name.startswith("rules/")} == set()


def test_every_record_is_reached_from_the_list_of_its_collection(foreign: BuiltSite) -> None:
    for address in RECORDS:
        collection = foreign.page(f"{address.split('/')[0]}/")
        targets = {
            foreign.find(collection.name, link)[0] for link in collection.tree.xpath("//main//a/@href")
        }
        assert f"{address}index.html" in targets


# What front matter and body hold is on the page


@pytest.mark.parametrize(
    ("field", "words"),
    {
        "part": "L'engagement",
        "its number": "Chapitre 1",
        "summary": "Ce qu'un centre de secours règle",
        "topics": "Accueil",
        "phases": "Premiers mois",
        "audiences": "Employeur",
        "authors": "Équipe de rédaction",
        "published": "2 mai 2024",
        "reviews": "15 janvier 2025",
        "key_messages": "Une recrue qui a un parrain reste plus longtemps",
        "strength": "Recommandation forte",
        "what the strength means": "À faire, sauf bonne raison.",
        "checklist": "Le parrain a dit oui.",
        "history.change": "reformulé en 1.1",
        "history.reason": "« Parrain » remplace « tuteur ».",
        "exercises.aim": "Savoir quoi dire à une personne",
        "exercises.materials": "Un téléphone par groupe",
        "exercises.steps": "Changez de rôle.",
        "exercises.debrief": "Qu'avez-vous oublié de demander ?",
        "exercises.worksheet": "Trois questions à poser",
    }.items(),
)
def test_a_chapter_shows_its_front_matter(foreign: BuiltSite, field: str, words: str) -> None:
    main = foreign.page(CHAPTER).tree.xpath("//main")[0]
    assert words in " ".join(" ".join(main.itertext()).split())


def test_recommendations_stand_where_their_markers_are_and_the_others_at_the_end(foreign: BuiltSite) -> None:
    ids = foreign.page(CHAPTER).tree.xpath("//main//@id")
    places = [
        ids.index(id)
        for id in (
            "avant-la-première-garde",
            "nommer-un-parrain",
            "ce-quil-faut-préparer",
            "les-trois-premiers-mois",
            "premier-appel",
            "ecrire-a-l-employeur",
            "fixer-un-bilan",
            "la-lettre",
        )
    ]
    assert places == sorted(places)


def test_numbers_of_recommendations_leave_drafts_out(foreign: BuiltSite) -> None:
    text = foreign.page("guidebook/partir-en-intervention/").text
    assert "Chapitre 2" in text
    assert "2.1" in text
    assert "3.1" not in text


def test_a_recommendation_names_the_activities_that_show_it(foreign: BuiltSite) -> None:
    card = foreign.page(CHAPTER).tree.xpath("//*[@id='ecrire-a-l-employeur']")[0]
    assert "Saint-Exemple : la garde du samedi" in card.text_content()


def test_markdown_of_all_kinds_becomes_html(foreign: BuiltSite) -> None:
    main = foreign.page(CHAPTER).tree.xpath("//main")[0]
    for path in (
        ".//table//th[@scope='col'][.='Délai']",
        ".//dt[.='Binôme']",
        ".//pre//code[contains(., 'Bip reçu -> répondre')]",
        ".//*[contains(@class, 'admonition')]//*[.='À savoir']",
        './/details/summary[contains(., "Et si l\'employeur refuse")]',
        ".//*[contains(@class, 'tabbed-set')]//label[.='Centre de nuit']",
        ".//*[contains(@class, 'task-list')]//input[@checked]",
        ".//*[contains(@class, 'footnote')]//li[contains(., \"L'âge exact\")]",
        ".//blockquote",
        ".//kbd[.='1']",
        ".//*[@lang='ar'][@dir='rtl'][contains(., 'الشجاعة')]",
    ):
        assert main.xpath(path), path


def test_a_task_list_can_be_told_by_a_screen_reader(foreign: BuiltSite) -> None:
    for box in foreign.page(CHAPTER).tree.xpath("//main//li//input[@type='checkbox']"):
        labels = box.xpath("ancestor::label[1]") or box.xpath(f"//label[@for='{box.get('id')}']")
        named = box.get("aria-label") or "".join(label.text_content() for label in labels).strip()
        assert named, html.tostring(box.getparent(), encoding="unicode")


def test_an_article_shows_its_profile_and_says_what_is_not_known(foreign: BuiltSite) -> None:
    page = foreign.page("state-of-the-art/belgique/")
    assert "La formation de base compte 200 heures." in page.text
    rows = {
        row.xpath("string(th)").strip(): row.xpath("string(td)").strip()
        for row in page.tree.xpath("//tr[th and td]")
    }
    assert rows["Alerte"].startswith("Inconnu")


def test_figures_are_written_as_the_language_writes_them(foreign: BuiltSite) -> None:
    text = foreign.page("state-of-the-art/belgique/").text.replace("\u202f", " ").replace("\xa0", " ")
    for words in ("11 800", "11 250,5", "personnes", "8,5", "juin 2023", "30 juin 2023", "2021"):
        assert words in text, words


def test_an_article_on_a_theme_has_no_profile(foreign: BuiltSite) -> None:
    assert "Profil du pays" not in foreign.page("state-of-the-art/fidelisation/").text


def test_a_confirmed_activity_shows_its_facts_and_computed_standing(foreign: BuiltSite) -> None:
    text = foreign.page("local-activities/saint-exemple/").text
    for words in (
        "Saint-Exemple, France",
        "Commune de Saint-Exemple",
        "Amicale des centres de secours d'Exemple",
        "mars 2022 – novembre 2022",
        "Porte ouverte",
        "Les employeurs du canton",
        "Bonne pratique",
        "1.2 Écrivez à l'employeur",
        "2.1 Partez au moins à deux",
        "Sept accords signés",
    ):
        assert words in text, words


def test_sections_that_an_activity_lacks_stand_in_their_places(foreign: BuiltSite) -> None:
    page = foreign.page("local-activities/saint-exemple/")
    headings = [heading.text_content().strip("¶ \n") for heading in page.tree.xpath("//main//h2")]
    order = ["Contexte", "Démarche", "Mise en œuvre", "Acteurs", "Résultats", "Leçons"]
    assert [heading for heading in headings if heading in order] == order
    assert "Pas encore documenté" in page.text


def test_an_unconfirmed_activity_says_so(foreign: BuiltSite) -> None:
    text = foreign.page("local-activities/kalamata/").text
    assert "n'est pas documenté" in text
    assert "Partenaire, activité non documentée" in text
    assert "Εθελοντές πυροσβέστες" in text


def test_an_event_without_a_date_says_so_and_keeps_its_place(foreign: BuiltSite) -> None:
    page = foreign.page("events/")
    ids = page.tree.xpath("//main//h2/@id")
    assert [id for id in ids if "-20" in id or "visite" in id] == [
        "journee-2022",
        "visite-kalamata",
        "colloque-2023",
    ]
    for words in ("12–13 mars 2022", "Date inconnue", "Lieu inconnu", "juin 2023", "À côté du projet"):
        assert words in page.text, words


def test_a_term_links_to_its_definition_on_the_same_page_and_to_the_glossary(foreign: BuiltSite) -> None:
    page = foreign.page(CHAPTER)
    (link,) = [link for link in page.tree.xpath("//main//a") if link.get("href") == "#term-bip"]
    definition = page.tree.get_element_by_id(link.get("aria-describedby"))
    assert "Le petit récepteur" in definition.text_content()
    entry = page.tree.get_element_by_id("term-bip")
    assert foreign.find(page.name, entry.xpath(".//a/@href")[0]) == ("glossary/index.html", "bip")


def test_a_term_is_found_behind_an_elided_article(foreign: BuiltSite) -> None:
    page = foreign.page("guidebook/partir-en-intervention/")
    assert [link.text for link in page.tree.xpath("//main//a[@href='#term-ordre-de-depart']")] == [
        "ordre de départ"
    ]


def test_the_glossary_sorts_accented_letters_with_plain_ones(foreign: BuiltSite) -> None:
    page = foreign.page("glossary/")
    terms = [id for id in page.tree.xpath("//main//@id") if id in ("bip", "ecole", "ordre-de-depart")]
    assert terms == ["bip", "ecole", "ordre-de-depart"]


def test_citations_and_sources_lead_to_each_other(foreign: BuiltSite) -> None:
    page = foreign.page(CHAPTER)
    cites = page.tree.xpath("//main//a[starts-with(@href, '#source-')]")
    assert cites
    for cite in cites:
        source = page.tree.get_element_by_id(cite.get("href")[1:])
        assert f"#{cite.get('id')}" in source.xpath(".//a/@href")


def test_a_page_numbers_its_sources_in_the_order_in_which_it_cites_them(foreign: BuiltSite) -> None:
    for address in (*RECORDS, "events/", ""):
        numbers: list[int] = []
        for cite in foreign.page(address).tree.xpath("//main//a[starts-with(@href, '#source-')]"):
            if cite.xpath("ancestor::*[@aria-labelledby='words']"):
                continue
            number = int(cite.text_content())
            if number not in numbers:
                numbers.append(number)
        assert numbers == sorted(numbers), address


def test_the_bibliography_names_the_pages_that_cite_each_source(foreign: BuiltSite) -> None:
    page = foreign.page("bibliography/")
    source = page.tree.get_element_by_id("source-enquete-2022")
    targets = {foreign.find(page.name, link)[0] for link in source.xpath(".//a/@href") if "://" not in link}
    assert targets == {
        "guidebook/accueillir-une-recrue/index.html",
        "state-of-the-art/belgique/index.html",
        "state-of-the-art/fidelisation/index.html",
        "local-activities/saint-exemple/index.html",
        "events/index.html",
    }


def test_references_keep_the_case_of_titles_in_other_languages(foreign: BuiltSite) -> None:
    assert "Cahiers du volontariat" in foreign.page("bibliography/").text


def test_the_home_page_shows_the_ways_in_and_the_funder(foreign: BuiltSite) -> None:
    page = foreign.page("")
    for words in ("Les rencontres", "Ce que des communes ont vraiment essayé.", "Fonds régional d'Exemple"):
        assert words in page.text, words
    assert "Commencez par l'accueil d'une recrue" in page.text


def test_the_edition_and_the_licence_stand_on_every_page(foreign: BuiltSite) -> None:
    for page in foreign.pages.values():
        assert "Édition 1.2, publiée le 1" in page.text, page.name
        assert "CC BY 4.0" in page.text, page.name


def test_pictures_and_downloads_are_copied(foreign: BuiltSite) -> None:
    for name in (
        "guidebook/images/vestiaire.png",
        "guidebook/telechargements/materiel.csv",
        "local-activities/images/caserne.svg",
        "images/chemin.svg",
    ):
        assert (foreign.folder / name).is_file(), name
    page = foreign.page("local-activities/saint-exemple/")
    (source,) = page.tree.xpath("//main//img/@src")
    assert foreign.find(page.name, source)[0] == "local-activities/images/caserne.svg"


# Drafts


def test_a_draft_is_nowhere_on_the_site(foreign: BuiltSite) -> None:
    assert not [name for name in foreign.pages if "feu-de-foret" in name]
    for file in foreign.folder.rglob("*"):
        if file.suffix in (".html", ".xml", ".json", ".js", ".txt"):
            text = file.read_text("utf-8")
            for trace in (
                "former-au-feu-de-foret",
                "Former au feu de forêt",
                "Zinnober-Entwurf",
                "lire-le-vent",
            ):
                assert trace not in text, f"{file.name}: {trace}"


# Language


def test_every_page_says_its_language(foreign: BuiltSite) -> None:
    assert {page.tree.get("lang") for page in foreign.pages.values()} == {"fr"}


def _catalogue(language: str) -> dict[str, str]:
    def flat(table: dict[str, object], prefix: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                yield f"{prefix}{key}", str(value)

    return dict(flat(tomllib.loads((CATALOGUES / f"{language}.toml").read_text("utf-8")), ""))


def test_both_catalogues_have_the_same_messages_with_the_same_values() -> None:
    def values(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    english, french = _catalogue("en"), _catalogue("fr")
    assert sorted(english) == sorted(french)
    for key, text in english.items():
        if not key.endswith(".one"):
            assert values(text) == values(french[key]), key


def _said(page: Page) -> Iterator[tuple[html.HtmlElement, str]]:
    """Yield every piece of text that a reader can see or hear, with the element that holds it."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.text:
            yield element, element.text
        if element.tail and element.getparent() is not None:
            yield element.getparent(), element.tail
        for name, value in element.attrib.items():
            for_scripts = name.startswith("data-") and not re.fullmatch(r"[a-z0-9_.:/-]*", value)
            if name in SPOKEN or for_scripts:
                yield element, value
        if element.tag == "meta" and element.get("name") == "description":
            yield element, element.get("content") or ""


def _language_of(element: html.HtmlElement) -> str:
    return str(element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))


def _as_pattern(message: str) -> re.Pattern[str]:
    pattern = ""
    for piece in re.split(r"(\{\w*\})", message):
        if piece in ("{n}", "{number}"):
            pattern += r"[\d.,\s]*"
        else:
            pattern += ".+?" if piece.startswith("{") else re.escape(piece)
    return re.compile(rf"\W*{pattern}\W*", re.I | re.S)


def test_no_english_word_of_the_interface_is_left(foreign: BuiltSite) -> None:
    french = _catalogue("fr")
    translated = set(french.values())
    english = {
        key: _as_pattern(text)
        for key, text in _catalogue("en").items()
        if text != french.get(key)
        and text not in translated
        and re.search(r"\w", re.sub(r"\{\w*\}", "", text))
    }
    assert len(english) > 100
    leaks = {
        f"{page.name}: {text.strip()!r} ({key})"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr" and text.strip()
        for key, pattern in english.items()
        if pattern.fullmatch(text)
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_no_english_word_of_a_library_is_left(foreign: BuiltSite) -> None:
    leaks = {
        f"{page.name}: {text.strip()!r}"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr"
        for words in LIBRARY_WORDS
        if re.search(rf"\b{words}\b", text)
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_what_is_not_french_says_its_language(foreign: BuiltSite) -> None:
    english = {
        f"{page.name}: {' '.join(text.split())!r}"
        for page in foreign.pages.values()
        for element, text in _said(page)
        if _language_of(element) == "fr"
        and len(set(map(str.lower, ENGLISH.findall(re.sub(r"https?://\S+", "", text))))) >= 2
    }
    assert not english, "\n".join(sorted(english))


@pytest.mark.parametrize(
    "key",
    [
        "site.skip",
        "site.menu",
        "site.on_this_page",
        "site.not_found",
        "chapter.key_messages",
        "chapter.more_recommendations",
        "recommendation.checklist",
        "recommendation.examples",
        "exercise.steps",
        "record.last_review",
        "record.never_reviewed",
        "outcome.amended",
        "article.profile",
        "article.not_known",
        "activity.not_documented",
        "standing.good-practice",
        "criterion.mechanism",
        "event.date_unknown",
        "words.heading",
        "sources.in_bibliography",
        "glossary.see_also",
        "bibliography.cited_on",
        "activities.confirmed",
    ],
)
def test_the_french_words_of_the_interface_are_used(foreign: BuiltSite, key: str) -> None:
    words = _catalogue("fr")[key]
    assert any(words in page.text for page in foreign.pages.values())


def test_counts_have_the_singular_and_the_plural_of_the_language(foreign: BuiltSite) -> None:
    text = foreign.page("guidebook/").text
    assert "3 recommandations" in text
    assert re.search(r"\b1 recommandation\b(?!s)", text)


# Nothing of PREPARE


@pytest.mark.parametrize(
    "word", ["PREPARE", "(?i:radicalis)", "(?i:probation)", "(?i:prison)", r"(?i:\befus\b)"]
)
def test_no_word_of_another_project_is_on_the_site(foreign: BuiltSite, word: str) -> None:
    found = [
        f"{file.relative_to(foreign.folder)}: …{match.group().strip()}…"
        for file in sorted(foreign.folder.rglob("*"))
        if file.suffix in (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")
        for match in re.finditer(rf".{{0,40}}{word}.{{0,40}}", file.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


# Links and structure


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
