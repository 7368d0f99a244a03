"""The editing form in a real browser: what it opens it saves as it was, and what it makes passes the check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mkdocs_guidebook.content.loading import load
from tests.site.accessibility import COLOUR, accessibility_problems
from tests.site.editing import box, form_of, go, open_list, open_record, opened, publish, save
from tests.site.projects import copy_real, guidebook, tree
from tests.tiny import FIXTURES, copy_valid

BROKEN = FIXTURES / "broken"

LISTS = {
    "book": "title",
    "vocabulary": "topics",
    "evidence": "strengths",
    "glossary": "terms",
    "references": "references",
    "organisations": "organisations",
    "events": "events",
}
"""The data files, and the first key of each."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's content."""
    return copy_real(tmp_path_factory.mktemp("edited") / "project")


@pytest.fixture(scope="module")
def form(project: Path) -> Iterator[str]:
    """The address of its form."""
    with form_of(project) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, form: str) -> Iterator[Page]:
    """The form, opened; each test goes to its own place in it."""
    with opened(browser, form) as page:
        yield page


def type_what_does_not_count(page: Page, key: str) -> None:
    """Type a space behind a text: the form takes it for a change, and the file does not."""
    field = box(page, key)
    if field.evaluate("element => element.tagName") not in ("INPUT", "TEXTAREA"):
        field.locator("button:has(+ [aria-roledescription=sortable])").first.click()
        field = field.locator("input[type=text]").locator("visible=true").first
    field.press("End")
    field.type(" ")


def test_every_record_and_data_file_is_saved_as_it_was(page: Page, project: Path) -> None:
    before = tree(project)
    library, problems = load(project)
    assert not problems
    for record in library.records:
        open_record(page, record.kind.name, record.id)
        type_what_does_not_count(page, "title")
        answer = save(page)
        assert answer.ok, f"{record.path}: {answer.text()}"
    for name in library.entries:
        open_list(page, name, LISTS[name])
        type_what_does_not_count(page, LISTS[name])
        answer = save(page)
        assert answer.ok, f"{name}: {answer.text()}"
    assert tree(project) == before


def choose(page: Page, key: str, words: str) -> None:
    """Choose the entry of a list that has these words."""
    field = box(page, key)
    field.click()
    field.fill(words)
    page.get_by_role("option", name=words).first.click()


def new(item: Locator, key: str) -> Locator:
    """Return the box of a key in the item that was added to a list."""
    return item.locator(f"[id^='{key}-field-']").locator("visible=true").first


def test_an_activity_and_a_recommendation_made_by_the_form_pass_the_check(page: Page, project: Path) -> None:
    go(page, "activity/new")
    box(page, "_name").fill("nimes")
    box(page, "title").fill('Nîmes: "a round table", no more')
    box(page, "summary").fill("NO: what is known, and 1.10 more.")
    choose(page, "topics", "Mentoring")
    choose(page, "audiences", "Probation")
    page.get_by_role("button", name="Add author").click()
    page.locator("[id^='item-field-']").fill("The editors")
    page.locator("[id^='name-field-']").fill("Nîmes")
    choose(page, "country", "France")
    choose(page, "sources", "efus-local-activities")
    box(page, "_section_context").fill("Nobody met [@efus-local-activities].\n\n- One\n- Two")
    answer = save(page)
    assert answer.ok, answer.text()
    page.get_by_text("nimes. This name is permanent.").wait_for()

    open_record(page, "chapter", "sharing-information")
    page.get_by_role("button", name="Add recommendation").click()
    item = box(page, "recommendations")
    new(item, "id").fill("write-it-down")
    new(item, "text").fill("Write down what was shared: date, reason, person.")
    for key, words in (
        ("audiences", "Municipality"),
        ("strength", "Good practice"),
        ("certainty", "Low certainty"),
    ):
        new(item, key).click()
        new(item, key).fill(words)
        page.get_by_role("option", name=words).first.click()
    new(item, "because").fill("Our reading: what is not written is forgotten [@efus-local-activities].")
    new(item, "sources").click()
    new(item, "sources").fill("efus-local-activities")
    page.get_by_role("option", name="efus-local-activities").first.click()
    answer = save(page)
    assert answer.ok, answer.text()

    checked = guidebook("check", cwd=project, epoch=None)
    assert checked.code == 0, checked.text
    library, _ = load(project)
    activity = next(one for one in library.activities if one.id == "nimes")
    assert activity.data.summary == "NO: what is known, and 1.10 more."
    assert activity.is_draft
    assert list(library.sections_of(activity)) == ["context"]
    chapter = next(one for one in library.chapters if one.id == "sharing-information")
    assert chapter.data.recommendations[-1].id == "write-it-down"


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("title", "x" * 121, "at most 120 characters"),
        ("_section_approach", "As said [@nobody-2020].", "there is no source `nobody-2020`"),
        (
            "_section_approach",
            "See [there](../guidebook/nowhere.md).",
            "there is no file `../guidebook/nowhere.md`",
        ),
        ("_section_approach", "# Approach\n\nWords.", "a heading with one #"),
        ("_section_approach", "Words.\n\n## More\n\nWords.", "would begin another section"),
        ("_section_approach", "<iframe src='x'></iframe>", "is HTML, which is not allowed"),
        ("_section_approach", "![](../docs/images/chapter.png)", "an image needs words"),
        ("target_group", "One.\n\nTwo.", "write one paragraph"),
    ],
)
def test_what_the_check_would_refuse_is_told_beside_its_box(
    refused: Page, key: str, text: str, words: str
) -> None:
    original = box(refused, key).input_value()
    box(refused, key).fill(text)
    publish(refused)
    expect(refused.get_by_text(words).first).to_be_visible()
    box(refused, key).fill(original)


@pytest.fixture
def refused(page: Page) -> Page:
    """The form of a record, in which wrong things are typed."""
    if not page.url.endswith("activity/entries/avignon"):
        open_record(page, "activity", "avignon")
    return page


CHANGES = """async ([texts, base]) => {
  const { read, write } = await import(`${base}edit/format.js`);
  const { contentOf } = await import(`${base}edit/values.js`);
  const { decap } = await (await fetch(`${base}edit/form.json`)).json();
  const wrong = [];
  let tried = 0;
  const others = (value, field) => {
    const last = Array.isArray(value) ? value.length - 1 : 0;
    switch (field.form) {
      case "text": case "inline": case "blocks": return [`${value} and: "more" # here`, "one\\n\\ntwo", "NO", "1.10", ""];
      case "list": {
        const inner = field.fields?.find(({ form }) => form === "text" || form === "inline");
        const changed = inner ? { ...value[last], [inner.name]: "changed: text" } : field.fields ? value[last] : "zz-new";
        return [[...value.slice(0, last), changed], [...value, value[0]], value.slice(1), [value[last], ...value.slice(0, last)]];
      }
      case "map": return [value.slice(1), [{ ...value[0], text: "new" }, ...value.slice(1)], [...value, { _key: "zz", text: "a", sources: ["x"] }]];
      case "body": return [`${value}\\n\\nMore.`];
      case "section": return [`${value}\\n\\nMore.`, ""];
      default: return [];
    }
  };
  const sorted = (content) => JSON.stringify(content, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
  for (const [path, text] of texts) {
    const collection = decap.collections.find(({ folder, files }) => path.startsWith(`${folder}/`) && path.endsWith(".md") || files?.some(({ file }) => file === path));
    const { fields } = collection.files?.find(({ file }) => file === path) ?? collection;
    const isRecord = !collection.files;
    const values = read(text, isRecord, () => ({ fields }));
    if (values._unreadable || write(values, isRecord, () => ({ fields })) !== text) wrong.push(`${path} is not kept`);
    for (const field of fields.filter(({ name }) => name in values)) {
      for (const other of others(values[field.name], field)) {
        const wanted = { ...values, [field.name]: other };
        const written = write(wanted, isRecord, () => ({ fields }));
        tried += 1;
        if (sorted(contentOf(read(written, isRecord, () => ({ fields })), fields)) !== sorted(contentOf(wanted, fields))) {
          wrong.push(`${path}: ${field.name} is lost`);
        }
        const comments = (one) => one.split("\\n").filter((line) => /^\\s*#\\s/.test(line)).length;
        if (!isRecord && comments(written) !== comments(text)) wrong.push(`${path}: ${field.name} loses a comment`);
      }
    }
  }
  return [tried, wrong];
}"""
"""Changes every field of every file in several ways, writes the file and reads it again."""


def test_whatever_is_changed_is_written_and_nothing_else_is_lost(
    page: Page, project: Path, form: str
) -> None:
    library, _ = load(project)
    few = (library.chapters[:2], library.articles[:2], library.activities)
    lists = [entry for name, entry in library.entries.items() if name != "references"]
    files = [*(record for records in few for record in records), *lists]
    texts = [(file.path, (project / file.path).read_text("utf-8")) for file in files]
    tried, wrong = page.evaluate(CHANGES, [texts, form])
    assert wrong == []
    assert tried > 300


REFUSALS = """async ([texts, base]) => {
  const { read } = await import(`${base}edit/format.js`);
  const { checkerOf } = await import(`${base}edit/check.js`);
  const { decap, known, words } = await (await fetch(`${base}edit/form.json`)).json();
  const said = { ...known, sources: new Set(known.sources), files: new Set(known.files), today: "2026-11-23" };
  const checker = checkerOf(said, (key) => words[key]);
  const kept = [];
  for (const [name, path, text] of texts) {
    const collection = decap.collections.find(({ folder, files }) => path.startsWith(`${folder}/`) && path.endsWith(".md") || files?.some(({ file }) => file === path));
    if (!collection) continue;
    const { fields } = collection.files?.find(({ file }) => file === path) ?? collection;
    const values = read(text, !collection.files, () => ({ fields }));
    if (!values._unreadable && ![...checker.values(values, fields)].length) kept.push(name);
  }
  return kept;
}"""
"""Reads broken files into the form, and returns those in which it finds nothing wrong."""
CODES = [
    "bad-address",
    "bad-country",
    "bad-date",
    "bad-id",
    "bad-value",
    "blocks-in-line",
    "control-character",
    "duplicate-key",
    "first-level-heading",
    "foreign-media",
    "front-matter-missing",
    "future-date",
    "missing-key",
    "missing-section",
    "skipped-heading-level",
    "too-long",
    "undefined-footnote",
    "unknown-key",
    "unknown-section",
    "wrong-order",
    "yaml-syntax",
]
"""Rules of the check that the form knows, too."""


def test_what_the_check_refuses_by_these_rules_the_form_refuses_too(browser: Browser, tmp_path: Path) -> None:
    texts = []
    for case in sorted(path for path in BROKEN.iterdir() if path.is_dir()):
        for line in (case / "expected.txt").read_text("utf-8").splitlines():
            place, code, *_ = line.split(" ")
            file = case / place.split(":")[0]
            if code in CODES and file.is_file():
                texts.append((case.name, place.split(":")[0], file.read_bytes().decode("utf-8", "replace")))
    assert len(texts) > 50
    with form_of(copy_valid(tmp_path / "project")) as address:
        page = browser.new_page()
        page.goto(f"{address}edit/form.json")  # its modules are asked, and Decap is not
        kept = page.evaluate(REFUSALS, [texts, address])
        page.close()
    assert kept == []


FLOODS = """# The bridges.
title: "Bridges"   # as the town says
summary: >-
  Where one
  can cross.
place: {name: Bern, country: CH}
partners: [city, 'canton']
period:
  start: "2018"
reviews:
  # the first one
  - {date: 2020-01-01, by: A, checked: All., outcome: unchanged}
  - date: 2021-01-01
    by: B
    checked: "All: again"
    outcome: amended
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("v.title = 'Bridges: two'", 'title: "Bridges"   #', 'title: "Bridges: two"   #'),
        ("v.summary = 'Cross here.'", ">-\n  Where one\n  can cross.\n", "Cross here.\n"),
        ("v.place.name = 'Basel'", "{name: Bern,", "{name: Basel,"),
        ("v.place.latitude = '46.90'", "country: CH}", "country: CH, latitude: 46.90}"),
        ("v.partners.push('river')", "'canton']", "'canton', river]"),
        ("v.period[0].end = '2019-03'", 'start: "2018"\n', 'start: "2018"\n  end: 2019-03\n'),
        ("v.reviews[1].by = 'C'", "    by: B\n", "    by: C\n"),
        ("v.reviews.splice(1, 1)", FLOODS[FLOODS.index("  - date: 2021") :], ""),
        ("v.period = []", 'period:\n  start: "2018"\n', ""),
        ("v.confirmed = false", "place: {", "place: {"),
    ],
)
def test_only_the_changed_place_of_a_file_changes(
    page: Page, form: str, change: str, old: str, new: str
) -> None:
    text = f"---\n{FLOODS}---\n\n## Context\n\nHigh water.\n"
    written = page.evaluate(
        f"""async ([text, base]) => {{
          const {{ read, write }} = await import(`${{base}}edit/format.js`);
          const {{ decap }} = await (await fetch(`${{base}}edit/form.json`)).json();
          const {{ fields }} = decap.collections.find(({{ name }}) => name === "activity");
          const v = read(text, true, () => ({{ fields }}));
          {change};
          return write(v, true, () => ({{ fields }}));
        }}""",
        [text, form],
    )
    expected = text.replace(old, new)
    if "confirmed" in change:
        expected = expected.replace("country: CH}\n", "country: CH}\nconfirmed: false\n")
    assert written == expected


def test_a_file_that_cannot_be_read_is_shown_as_such_and_not_overwritten(page: Page, form: str) -> None:
    text = "---\ntitle: [never closed\n---\n\nText.\n"
    values, written = page.evaluate(
        """async ([text, base]) => {
          const { read, write } = await import(`${base}edit/format.js`);
          const values = read(text, true, () => ({ fields: [] }));
          return [values, write({ ...values, title: "New" }, true, () => ({ fields: [] }))];
        }""",
        [text, form],
    )
    assert values["_unreadable"]
    assert written == text


def test_a_file_with_windows_line_ends_keeps_them(page: Page, form: str) -> None:
    text = f"---\n{FLOODS}---\n\n## Context\n\nHigh water.\n".replace("\n", "\r\n")
    written = page.evaluate(
        """async ([text, base]) => {
          const { read, write } = await import(`${base}edit/format.js`);
          const { decap } = await (await fetch(`${base}edit/form.json`)).json();
          const { fields } = decap.collections.find(({ name }) => name === "activity");
          const pick = () => ({ fields });
          const values = read(text, true, pick);
          return [write(values, true, pick), write({ ...values, _section_context: "Low water." }, true, pick)];
        }""",
        [text, form],
    )
    assert written == [text, text.replace("High", "Low")]


def test_words_of_the_form_stand_out_from_their_ground(page: Page) -> None:
    go(page, "activity")
    page.locator("h1", has_text="Local activities").wait_for()
    problems = accessibility_problems(page, COLOUR)
    go(page, "activity/new")
    box(page, "_name").wait_for()
    assert problems + accessibility_problems(page, COLOUR) == []
