"""The same project under MkDocs and ProperDocs, and with settings of its own in mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.links import BuiltSite, broken_links
from tests.site.projects import Outcome, built, copy_foreign, differences, edit, run, tree

CHAPTER = "guidebook/accueillir-une-recrue/"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the French guide that may be changed."""
    return copy_foreign(tmp_path / "guide")


def configure(project: Path, yaml: str) -> None:
    """Add settings to the project's mkdocs.yml."""
    file = project / "mkdocs.yml"
    file.write_text(f"{file.read_text('utf-8')}{yaml}\n", "utf-8")


# Engines


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Outcome, Path]]:
    """What `mkdocs build --strict` and `properdocs build --strict` say, and the sites that they make."""
    builds = {}
    for engine in ("mkdocs", "properdocs"):
        project = copy_foreign(tmp_path_factory.mktemp(engine) / "guide")
        builds[engine] = (run(engine, "build", "--strict", cwd=project), project / "site")
    return builds


@pytest.fixture(scope="module")
def by_engine(strict: dict[str, tuple[Outcome, Path]], foreign: BuiltSite) -> dict[str, dict[str, bytes]]:
    """The sites that MkDocs, ProperDocs and `guidebook build` make of the same project."""
    sites = {engine: tree(site) for engine, (_, site) in strict.items()}
    return sites | {"guidebook": tree(foreign.folder)}


def test_mkdocs_builds_all_pages(by_engine: dict[str, dict[str, bytes]]) -> None:
    assert f"{CHAPTER}index.html" in by_engine["mkdocs"]
    assert "local-activities/kalamata/index.html" in by_engine["mkdocs"]
    assert "404.html" in by_engine["mkdocs"]


def test_mkdocs_and_properdocs_make_the_same_files(by_engine: dict[str, dict[str, bytes]]) -> None:
    assert len(by_engine["properdocs"]) > 50
    assert differences(by_engine["mkdocs"], by_engine["properdocs"]) == []


def test_guidebook_build_makes_the_same_pages(by_engine: dict[str, dict[str, bytes]]) -> None:
    pages = {
        engine: {name: content for name, content in files.items() if name.endswith(".html")}
        for engine, files in by_engine.items()
    }
    assert differences(pages["mkdocs"], pages["guidebook"]) == []


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_wrong_content_stops_the_engine_and_is_told_with_its_place(project: Path, engine: str) -> None:
    edit(project / "guidebook/accueillir-une-recrue.md", "strength: forte", "strength: fort")
    result = run(engine, "build", cwd=project)
    assert result.code != 0
    output = result.text
    line = 1 + (project / "guidebook/accueillir-une-recrue.md").read_text("utf-8").split("strength: fort")[
        0
    ].count("\n")
    assert f"guidebook/accueillir-une-recrue.md:{line}:15: error:" in output
    assert "did you mean `forte`?" in output
    assert "Traceback" not in output
    assert not (project / "site/guidebook").exists()


def test_a_warning_of_the_check_is_told_and_stops_a_strict_build_only(project: Path) -> None:
    text = "Voir aussi la [liste du matériel (CSV)]"
    edit(project / "guidebook/accueillir-une-recrue.md", text, f"Écrivez à chef@exemple.example.org. {text}")
    lax = run("mkdocs", "build", cwd=project)
    assert lax.code == 0
    assert "guidebook/accueillir-une-recrue.md:" in lax.err
    assert "personal-data" in lax.err
    assert run("mkdocs", "build", "--strict", cwd=project).code != 0


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_clean_project_builds_quietly(strict: dict[str, tuple[Outcome, Path]], engine: str) -> None:
    result, _ = strict[engine]
    assert result.code == 0, result.err[-600:]
    assert "WARNING -" not in result.err
    assert "not included in the" not in result.err  # the plugin knows that its lists lead to these pages


# Settings of the site win over the defaults of the plugin


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The guide with navigation, extensions, templates, styles and scripts of its own."""
    project = copy_foreign(tmp_path_factory.mktemp("configured") / "guide")
    edit(project / "mkdocs.yml", "  language: fr", "  language: fr\n  custom_dir: habillage")
    configure(
        project,
        f"""
nav:
  - Départ: index.md
  - Recrues: {CHAPTER.rstrip("/")}.md
  - Sources: bibliography.md
markdown_extensions:
  - pymdownx.caret
  - toc: {{permalink: false}}
  - footnotes: {{BACKLINK_TEXT: remonter}}
extra_css: [feuille.css]
extra_javascript: [geste.js]
repo_url: https://code.example.org/guide
edit_uri: edit/main/docs/
""",
    )
    edit(project / "guidebook/partir-en-intervention.md", "Reposez-vous", "Reposez-vous 2^e^ fois")
    (project / "docs/feuille.css").write_text("h1 { color: #900 }\n", "utf-8")
    (project / "docs/geste.js").write_text("document.title\n", "utf-8")
    (project / "habillage/guidebook").mkdir(parents=True)
    (project / "habillage/main.html").write_text(
        '{% extends "base.html" %}\n'
        '{% block announce %}<p id="annonce">Portes ouvertes samedi</p>{% endblock %}\n'
        '{% block extrahead %}<meta name="habillage" content="oui">{% endblock %}\n',
        "utf-8",
    )
    (project / "habillage/guidebook/rule.html").write_text(
        '<h1>{{ view.title }}</h1><p id="maison">Règle de la maison</p>', "utf-8"
    )
    return BuiltSite(built(project), "/pompiers/")


def test_a_navigation_of_the_site_replaces_the_one_of_the_book(configured: BuiltSite) -> None:
    page = configured.page(CHAPTER)
    entries = page.tree.xpath("//nav[@id='gb-nav']//a")
    assert [entry.text_content().strip() for entry in entries] == ["Départ", "Recrues", "Sources"]
    assert [configured.find(page.name, entry.get("href"))[0] for entry in entries] == [
        "index.html",
        f"{CHAPTER}index.html",
        "bibliography/index.html",
    ]
    assert "glossary/index.html" in configured.pages


def test_an_extension_of_the_site_is_added_to_the_default_ones(configured: BuiltSite) -> None:
    page = configured.page("guidebook/partir-en-intervention/")
    assert page.tree.xpath("//main//p/sup[.='e']")
    assert configured.page(CHAPTER).tree.xpath("//*[contains(@class, 'admonition')]")


def test_options_of_a_default_extension_can_be_changed(configured: BuiltSite) -> None:
    page = configured.page(CHAPTER)
    assert not page.tree.xpath("//a[contains(@class, 'headerlink')]")
    assert page.tree.xpath("//a[contains(@class, 'footnote-backref')][contains(., 'remonter')]")


def test_a_block_of_the_frame_can_be_overridden(configured: BuiltSite) -> None:
    for name, page in configured.pages.items():
        if name != "404.html":
            assert page.tree.xpath("string(//p[@id='annonce'])") == "Portes ouvertes samedi", name
            assert page.tree.xpath("//meta[@name='habillage']"), name
    assert "Accueillir une recrue" in configured.page(CHAPTER).text
    assert "main.html" not in configured.pages


def test_a_template_of_a_page_type_can_be_overridden(configured: BuiltSite) -> None:
    assert configured.page("rules/broken-link/").tree.xpath("//p[@id='maison']")
    assert not (configured.folder / "guidebook/rule.html").exists()


def test_own_styles_and_scripts_are_loaded_by_every_page(configured: BuiltSite) -> None:
    for page in configured.pages.values():
        links = page.tree.xpath("//link/@href | //script/@src")
        loaded = {configured.find(page.name, link)[0] for link in links if "://" not in link}
        assert {"feuille.css", "geste.js"} <= loaded, page.name


@pytest.mark.parametrize(
    ("address", "file"),
    {
        CHAPTER: "guidebook/accueillir-une-recrue.md",
        "state-of-the-art/belgique/": "state_of_the_art/belgique.md",
        "local-activities/kalamata/": "local_activities/kalamata.md",
        "contribute/": "docs/contribute.md",
    }.items(),
)
def test_an_edit_link_leads_to_the_file_of_the_record(configured: BuiltSite, address: str, file: str) -> None:
    assert f"https://code.example.org/guide/edit/main/{file}" in configured.page(address).tree.xpath(
        "//a/@href"
    )


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The guide without a language, an address and folders in addresses, with a hook beside the plugin."""
    project = copy_foreign(tmp_path_factory.mktemp("bare") / "guide")
    edit(project / "mkdocs.yml", "  language: fr\n", "")
    edit(project / "mkdocs.yml", "site_url: https://guide.example.org/pompiers/\n", "")
    configure(project, "use_directory_urls: false\nhooks: [crochet.py]")
    (project / "crochet.py").write_text(
        "def on_page_content(html, page, **others):\n"
        "    return html + f'<p id=\"crochet\">{page.title}: {len(html) > 200}</p>'\n",
        "utf-8",
    )
    return BuiltSite(built(project))


def test_a_site_without_a_language_is_english(bare: BuiltSite) -> None:
    assert {page.tree.get("lang") for page in bare.pages.values()} == {"en"}
    assert "Key messages" in bare.page("guidebook/accueillir-une-recrue.html").text


def test_addresses_without_folders_lead_to_files(bare: BuiltSite) -> None:
    broken = broken_links(bare, files_only=True)
    assert not broken, "\n".join(broken)


def test_other_plugins_see_the_pages(bare: BuiltSite) -> None:
    for name, title in (
        ("guidebook/accueillir-une-recrue", "Accueillir une recrue"),
        ("glossary", "Glossary"),
    ):
        page = bare.page(f"{name}.html")
        assert page.tree.xpath("string(//p[@id='crochet'])") == f"{title}: True"


def test_the_language_of_the_plugin_wins_and_links_work_without_an_address(project: Path) -> None:
    edit(project / "mkdocs.yml", "  - guidebook", "  - guidebook:\n      language: en")
    edit(project / "mkdocs.yml", "site_url: https://guide.example.org/pompiers/\n", "")
    site = BuiltSite(built(project))
    assert {page.tree.get("lang") for page in site.pages.values()} == {"en"}
    broken = broken_links(site)
    assert not broken, "\n".join(broken)
