"""The French guide: what front matter, bodies and data files hold is on the pages."""

from __future__ import annotations

import pytest
from lxml import html

from tests.site.foreign_guide import CHAPTER, RECORDS
from tests.site.links import BuiltSite


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
