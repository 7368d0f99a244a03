"""The schemas say what the models say: for editors that complete and check while people type."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from pydantic import BaseModel
from referencing import Registry, Resource

from mkdocs_guidebook.cli import main
from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.description import Shape, describe, fields_within, models_within
from mkdocs_guidebook.content.fields import Form, Ref
from mkdocs_guidebook.content.kinds import KINDS, RECORD_KINDS
from mkdocs_guidebook.content.loading import load
from mkdocs_guidebook.content.schema import validate
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.walking import walk
from mkdocs_guidebook.content.yaml12 import parse
from mkdocs_guidebook.editing.schema import TERMS, as_text, schemas
from mkdocs_guidebook.editing.snippets import SNIPPETS, snippets
from mkdocs_guidebook.problems import Problem
from tests.tiny import VALID, copy_valid

ROOT = Path(__file__).parents[2]
MODELS: dict[str, type[BaseModel]] = {thing.name: thing.model for thing in (*KINDS, *DATA_FILES)}
LIBRARY = load(VALID)[0]
SCHEMAS = schemas(LIBRARY)


def _ecma_pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Any:
    # In the regular expressions of JSON Schema (ECMA-262) `$` means the very end, unlike in Python's.
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = extend(Draft202012Validator, {"pattern": _ecma_pattern})
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)
VALIDATORS = {name: Validator(SCHEMAS[f"{name}.schema.json"], registry=REGISTRY) for name in MODELS}


def fits_the_schema(name: str, data: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(data))


def fits_the_model(name: str, text: str) -> bool | None:
    """Return whether `guidebook check` finds nothing wrong with the values of a YAML text.

    None: two dates are in the wrong order, and nothing else is wrong.
    """
    problems: list[Problem] = []
    source = Source("data.yml", text)
    data = validate(MODELS[name], parse(source, 0, len(text), problems), problems)
    if problems and {problem.code for problem in problems} == {"wrong-order"}:
        return None
    return not problems and data is not None and _is_sourced(data) and _names_exist(data)


def _names_exist(data: BaseModel) -> bool:
    return all(
        marked.value in LIBRARY.ids[marked.mark.to] for marked in walk(data) if isinstance(marked.mark, Ref)
    )


def _is_sourced(data: BaseModel) -> bool:
    """Return whether recommendations, activities and events name their sources, as `checks.facts` asks."""
    parts = [data, *getattr(data, "recommendations", ()), *getattr(data, "events", ())]
    asked = [part for part in parts if type(part).__name__ in ("Recommendation", "Activity", "Event")]
    asked = [part for part in asked if getattr(part, "status", "") != "draft"]
    return all(part.sources for part in asked)  # type: ignore[attr-defined]


# Records and data as a YAML reader gives them: valid ones, and others with one thing changed.

WORDS = st.text("ab Z9é\u0153\u5b57\u00a0\n:#-'\"@[]{}|>&*!%", min_size=1, max_size=8)
PAD = st.sampled_from(["", "", "", " ", "\n", "\u00a0"])


def padded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda before, text, after: before + text + after, PAD, texts, PAD)


DATES = st.dates().map(str)
SLUGS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
SIMPLE: dict[Form, st.SearchStrategy[Any]] = {
    Form.ID: padded(SLUGS) | st.integers(0, 99999),
    Form.COUNTRY: st.sampled_from(sorted(countries())),
    Form.ADDRESS: st.sampled_from(["https://example.org", "http://a.b/c?d=e#f", "https://é.fr/ü"]),
    Form.DATE: DATES,
    Form.ANY_DATE: st.one_of(
        DATES, DATES.map(lambda date: date[:7]), st.integers(1000, 9999), DATES.map(lambda date: date[:4])
    ),
    Form.TRUTH: st.booleans(),
}


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Return a strategy for values that fit a shape."""
    least, most = shape.least, shape.most
    if shape.refers_to:
        return st.sampled_from(sorted(LIBRARY.ids[shape.refers_to]))
    if shape.form is Form.LIST:
        assert shape.item is not None
        return st.lists(values(shape.item), min_size=least or 0, max_size=min(most or 3, 3))
    if shape.form is Form.GROUP:
        assert shape.model is not None
        return groups(shape.model)
    if shape.form is Form.CSL_DATE:
        parts = st.dates().map(lambda date: [date.year, date.month, date.day])
        lists = st.builds(lambda part, length: part[:length], parts, st.integers(1, 3))
        return SIMPLE[Form.ANY_DATE] | st.fixed_dictionaries(
            {"date-parts": st.lists(lists, min_size=1, max_size=2)}, optional={"circa": st.booleans()}
        )
    if shape.form is Form.MAP:
        assert shape.key is not None and shape.item is not None
        return st.dictionaries(values(shape.key), values(shape.item), max_size=2)
    if shape.form is Form.CHOICE:
        return st.sampled_from(shape.choices)
    if shape.form is Form.WHOLE:
        return st.integers(least, most)
    if shape.form is Form.NUMBER:
        return st.integers(
            least if least is not None else -999, most if most is not None else 999
        ) | st.decimals(least if least is not None else -99, most if most is not None else 99, places=2).map(
            float
        )
    if shape.pattern:
        return {
            "^10": st.just("10.1000/182"),
            "^[A": st.from_regex(r"[A-Za-z0-9][\w:.-]{0,5}", fullmatch=True),
        }.get(shape.pattern[:3], st.just("data/style.csl")).filter(str.isascii)
    if shape.form in (Form.TEXT, Form.INLINE, Form.BLOCKS):
        return padded(WORDS.filter(str.strip)) | st.integers(-99, 99) | st.booleans() | st.just(2.5)
    return SIMPLE[shape.form]


@cache
def groups(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for groups with all required keys and up to four others."""
    fields = describe(model)
    fixed = st.fixed_dictionaries({field.key: values(field.shape) for field in fields if field.required})
    others = [
        values(field.shape).map(lambda value, key=field.key: (key, value))
        for field in fields
        if not field.required
    ]
    if not others:
        return fixed
    return st.builds(lambda one, more: one | dict(more), fixed, st.lists(st.one_of(others), max_size=4))


JUNK = st.one_of(
    st.none(), st.just(""), st.just("  "), st.just([]), st.just({}), st.just(["x"]), st.just({"x": "y"}), st.booleans(),
    st.integers(-200, 20000), st.just(0.5), WORDS, SLUGS, st.just("x" * 121), st.just("x" * 301), st.just(" " + "é" * 120),
    st.sampled_from(["2026-02-30", "2100-02-29", "2024-02-29", "0000-01-01", "2026-2-3", "2026", "26", "0999", "2026-13", "2026-02-28\n", "NO", "FR ", "Draft", "www.example.org", "https://x", "DYKES", "a--b", "a_b", "10.1/x"]),
    st.just({"date-parts": [[2026, 2, 29]]}), st.just({"date-parts": [[2026, 4, 31]]}), st.just({"date-parts": [[]]}),
    st.just({"date-parts": [[2026], [2027], [2028]]}), st.just({"given": "Anna"}), st.just([{"given": "Anna"}]),
)  # fmt: skip


def places(data: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of each value inside, at every depth."""
    if isinstance(data, dict):
        return [found for key, value in data.items() for found in [(data, key), *places(value)]]
    if isinstance(data, list):
        return [found for key, value in enumerate(data) for found in [(data, key), *places(value)]]
    return []


@st.composite
def changed(draw: st.DrawFn, model: type[BaseModel]) -> Any:
    """Draw a record with one value replaced, deleted or added at any depth; mostly a wrong one."""
    data = json.loads(json.dumps(draw(groups(model))))
    found = places(data)
    if not found or draw(st.integers(0, 9)) == 0:
        return draw(JUNK)
    container, key = draw(st.sampled_from(found))
    what = draw(st.sampled_from(["replace", "replace", "delete", "add"]))
    if what == "delete":
        del container[key]
    elif what == "add" and isinstance(container, dict):
        container[draw(SLUGS)] = draw(JUNK)
    else:
        container[key] = draw(JUNK)
    return data


def verdicts_agree(name: str, data: Any) -> None:
    """Compare the verdicts on data as YAML reads it; JSON is YAML, so that its text serves as the file's."""
    assume(not any(key == "id" and isinstance(container[key], bool) for container, key in places(data)))
    text = json.dumps(data, ensure_ascii=False)
    verdict = fits_the_model(name, text)
    assume(verdict is not None)  # a schema cannot compare two dates
    assert fits_the_schema(name, data) == verdict, text


@pytest.mark.parametrize("name", MODELS)
@given(data=st.data())
@settings(max_examples=40)
def test_schema_and_model_give_the_same_verdict(name: str, data: st.DataObject) -> None:
    record = data.draw(groups(MODELS[name]) | changed(MODELS[name]) | changed(MODELS[name]))
    verdicts_agree(name, record)


# What people read in their editors


def test_every_field_has_a_label_a_help_and_valid_examples() -> None:
    for name, model in MODELS.items():
        for way, field in fields_within(model):
            assert field.label and field.label[0] == field.label[0].upper(), (name, way)
            assert field.help.endswith("."), (name, way)
            assert "\n" not in field.help


def test_examples_fit_their_fields() -> None:
    for name, model in MODELS.items():
        root = SCHEMAS[f"{name}.schema.json"]
        for one in models_within(model):
            group = root if one is model else root["$defs"][one.__name__]
            for field in describe(one):
                schema = group["properties"][field.key] | {"$defs": root.get("$defs", {})}
                for example in field.examples:
                    assert Validator(schema, registry=REGISTRY).is_valid(example), (name, field.key, example)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_json_schema_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_term_lists_carry_the_words_that_readers_see() -> None:
    topics = SCHEMAS[TERMS]["$defs"]["topics"]
    assert topics == {"enum": ["dykes", "warning"], "enumDescriptions": ["Dykes and sandbags", "Warning"]}
    assert SCHEMAS[TERMS]["$defs"]["recommendations"]["enum"][0] == (
        "sandbags-and-neighbours#agree-on-a-list-of-names"
    )


@pytest.mark.parametrize(
    ("key", "written", "right"),
    [
        ("title", "2.0", True),
        ("title", "no", True),
        ("title", "~", False),
        ("country", "NO", True),
        ("as_of", "2026-02-31", False),
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(key: str, written: str, right: bool) -> None:
    meanings: dict[str, Any] = {"2.0": 2.0, "~": None}
    record = {"title": "t", "summary": "s", "topics": ["dykes"], "audiences": ["street"], "authors": ["a"]}
    record |= {"status": "draft", "as_of": "2026-01-01"}  # type: ignore[dict-item]
    text = "\n".join(f"{name}: {json.dumps(value)}" for name, value in record.items() if name != key)
    assert fits_the_model("article", f"{text}\n{key}: {written}") is right
    assert fits_the_schema("article", record | {key: meanings.get(written, written)}) is right


# The command


def test_the_schemas_in_this_repository_are_those_of_the_models() -> None:
    # The term lists grow with the content, whose editors need not know of schemas; the hook renews them.
    for name, schema in SCHEMAS.items():
        if name != TERMS:
            assert (ROOT / "schema" / name).read_text("utf-8") == as_text(schema), "run `guidebook schema`"


def test_front_matter_is_completed_by_snippets_with_the_choices_of_the_project() -> None:
    found = snippets(LIBRARY)
    assert found["chapter: Recommendation, strength"] == {
        "scope": "markdown",
        "prefix": "strength",
        "body": ["strength: ${1|strong,good-practice|}"],
        "description": "How firmly it is recommended: a term of data/evidence.yml.",
    }
    assert found["chapter: front matter"]["body"][:4] == [  # type: ignore[index]
        "---",
        "title: ${1:…}",
        "summary: ${2:…}",
        "topics: [${3|dykes,warning|}]",
    ]
    prefixes = {snippet["prefix"] for snippet in found.values()}
    assert all({field.key for field in describe(kind.model)} <= prefixes for kind in RECORD_KINDS)
    assert len(found) == len({json.dumps(snippet) for snippet in found.values()})
    committed = json.loads((ROOT / SNIPPETS).read_text("utf-8"))
    assert committed.keys() == found.keys(), "run `guidebook schema`"


def test_a_stale_schema_is_named(project: Path) -> None:
    copy_valid(project, {"mkdocs.yml": "site_name: Floods\nplugins: [guidebook]\n"})
    run = CliRunner().invoke
    assert run(main, ["schema", "--project", str(project)]).exit_code == 0
    assert run(main, ["schema", "--project", str(project)]).output.endswith("are up to date.\n")
    vocabulary = project / "data" / "vocabulary.yml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("label: Warning", "label: Warnings"), "utf-8")
    result = run(main, ["schema", "--check", "--project", str(project)])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{project}/schema/{TERMS} is not up to date: run `guidebook schema`."
    ]


def test_the_editor_settings_name_schemas_and_files_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    wired = settings["yaml.schemas"]
    assert set(wired.values()) == {file.path for file in DATA_FILES}
    assert all((ROOT / schema).is_file() for schema in wired)
