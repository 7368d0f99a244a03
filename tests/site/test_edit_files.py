"""What the form's own modules do to files: read, check, write; and nothing else changes in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_guidebook.content.loading import load
from tests.site.editing import form_of
from tests.site.projects import ROOT
from tests.tiny import FIXTURES, copy_valid

BROKEN = FIXTURES / "broken"


@pytest.fixture(scope="module")
def form() -> Iterator[str]:
    """The address of the form of this repository's content, which is only read."""
    with form_of(ROOT) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, form: str) -> Iterator[Page]:
    """A page beside the form, in which its modules can be asked; Decap is not loaded."""
    page = browser.new_page()
    page.goto(f"{form}edit/form.json")
    yield page
    page.close()


ROUND = """async ([texts, base]) => {
  const { read, write } = await import(`${base}edit/format.js`);
  const { checkerOf } = await import(`${base}edit/check.js`);
  const { decap, known, words } = await (await fetch(`${base}edit/form.json`)).json();
  const said = { ...known, sources: new Set(known.sources), files: new Set(known.files), today: new Date().toISOString().slice(0, 10) };
  const checker = checkerOf(said, (key) => words[key]);
  const wrong = [];
  for (const [path, text] of texts) {
    const collection = decap.collections.find(({ folder, files }) => path.startsWith(`${folder}/`) && path.endsWith(".md") || files?.some(({ file }) => file === path));
    const { fields } = collection.files?.find(({ file }) => file === path) ?? collection;
    const isRecord = !collection.files;
    const inFolder = (fields) => fields.map((field) => ({ ...field, folder: collection.folder ?? "data", ...(field.fields && { fields: inFolder(field.fields) }) }));
    const values = read(text, isRecord, () => ({ fields }));
    wrong.push(...[...checker.values(values, inFolder(fields))].map((problem) => `${path}: ${problem}`));
    const [field] = fields.filter(({ name, form }) => name in values && typeof values[name] === "string");
    const raw = write(field ? { ...values, [field.name]: `${values[field.name]} ` } : values, isRecord, () => ({ fields }));
    if (raw !== text) wrong.push(`${path} is not kept`);
  }
  return wrong;
}"""
"""Reads each file into the form's values, types a space behind a text, lets the form check and writes the file."""


def test_every_record_and_data_file_is_read_checked_and_written_as_it_was(page: Page, form: str) -> None:
    library, _ = load(ROOT)
    files = [*library.records, *library.entries.values()]
    assert page.evaluate(ROUND, [[(file.path, file.source.text) for file in files], form]) == []


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


def test_whatever_is_changed_is_written_and_nothing_else_is_lost(page: Page, form: str) -> None:
    library, _ = load(ROOT)
    few = (library.chapters[:2], library.articles[:2], library.activities)
    lists = [entry for name, entry in library.entries.items() if name != "references"]
    files = [*(record for records in few for record in records), *lists]
    texts = [(file.path, file.source.text) for file in files]
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
