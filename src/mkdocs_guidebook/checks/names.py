"""Ids and references: everything that is named exists, and is named once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import cast

from pydantic import BaseModel

from mkdocs_guidebook.checks.engine import Check, Content, at_key, check, check_each_file, in_passage
from mkdocs_guidebook.content.data.references import ReferenceEntry, References
from mkdocs_guidebook.content.fields import Ref, is_id
from mkdocs_guidebook.content.kinds import PAGE
from mkdocs_guidebook.content.kinds.chapter import Exercise, Recommendation
from mkdocs_guidebook.content.library import Entry, Record
from mkdocs_guidebook.content.rules import DUPLICATE_ID
from mkdocs_guidebook.content.walking import walk
from mkdocs_guidebook.content.yaml12 import Key
from mkdocs_guidebook.markup.outline import passages
from mkdocs_guidebook.problems import Place, Problem, Rule, Severity, did_you_mean, nearest

_WORDS = {
    "topics": ("topic", "data/vocabulary.yml"),
    "phases": ("phase", "data/vocabulary.yml"),
    "audiences": ("audience", "data/vocabulary.yml"),
    "kinds": ("kind of activity", "data/vocabulary.yml"),
    "profile": ("profile field", "data/vocabulary.yml"),
    "strengths": ("strength", "data/evidence.yml"),
    "certainties": ("certainty", "data/evidence.yml"),
    "parts": ("part of the book", "guidebook/book.yml"),
    "organisations": ("organisation", "data/organisations.yml"),
    "terms": ("glossary term", "data/glossary.yml"),
    "chapters": ("chapter", "guidebook/"),
    "recommendations": ("recommendation", "guidebook/"),
    "articles": ("article", "state_of_the_art/"),
    "activities": ("activity", "local_activities/"),
    "exercises": ("exercise", "guidebook/"),
    "references": ("source", "data/references.yml"),
}


@check_each_file(
    Rule(
        code="unknown-term",
        family="ids",
        title="Terms and ids that a record uses exist",
        what="Reports a topic, phase, audience, organisation, recommendation or other id that no list holds.",
        why="The record would be missing from the filters and pages of that term.",
        example="topics: [planing]",
        fix="topics: [planning]",
    )
)
def unknown_term(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every `Ref` but references names something that exists."""
    library = content.library
    for entry, marked in content.marked:
        mark = marked.mark
        if not isinstance(mark, Ref) or mark.to == "references":
            continue
        known = library.ids[mark.to]
        word, place = _WORDS[mark.to]
        # What a file holds that could not be loaded is not known.
        holder = f"{place}{marked.value.split('#')[0]}.md" if place.endswith("/") else place
        if marked.value in known or holder in library.broken:
            continue
        where = entry.document.place_of_key(marked.key) if marked.in_key else entry.place(marked.key)
        yield entry.problem(
            rule,
            where,
            f"there is no {word} `{marked.value}`{_meant(marked.value, known)}",
            f"Choose one that exists, or add it to {place} first.",
            tuple(known),
        )


def _meant(written: str, known: Mapping[str, str]) -> str:
    """Return which id is likely meant, also where people write what readers see for it."""
    shown = {words.casefold(): id for id, words in known.items()}
    likely = shown.get(written.casefold()) or nearest(written, known)
    likely = likely or shown.get(nearest(written, shown) or "")
    return f": did you mean `{likely}`?" if likely else ""


UNKNOWN_SOURCE = Rule(
    code="unknown-source",
    family="sources",
    title="Citations and sources are in the bibliography",
    what="Reports a citation or a source whose id data/references.yml does not hold.",
    why="Readers could not find what a statement rests on.",
    example="Bridges are checked every year [@smith-220].",
    fix="Bridges are checked every year [@smith-2020].",
)


@check_each_file(UNKNOWN_SOURCE)
def unknown_source(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every citation in the text and every id in `sources` is in the bibliography."""
    known = content.library.references
    if "data/references.yml" in content.library.broken:
        return
    hint = "Correct the id, or add the source to data/references.yml first."
    for entry, marked in content.marked:
        if isinstance(marked.mark, Ref) and marked.mark.to == "references" and marked.value not in known:
            message = f"there is no source `{marked.value}`{did_you_mean(marked.value, known)}"
            yield at_key(rule, entry, marked.key, message, hint)
    for passage in content.passages:
        for item in passage.citations:
            if item.id not in known:
                message = f"there is no source `{item.id}`{did_you_mean(item.id, known)}"
                yield in_passage(rule, passage, item.start, item.end, message, hint)


_WITHOUT_AT = re.compile(r"\[(?<![\]\w!]\[)(?:@\s+)?(?P<id>[A-Za-z0-9][\w-]*+)(?:,[^\[\]\n]*)?\](?![\[(:])")
"""The look back stands behind the bracket: from a sign of its own a search goes much faster."""
_BARE = re.compile(r"(?<![\w@./;:-])@(?P<id>[A-Za-z0-9][A-Za-z0-9_-]*+)")


@check_each_file(
    Rule(
        code="citation-without-brackets",
        family="sources",
        title="Citations stand in square brackets",
        what="Reports the id of a source behind an @ that does not stand in square brackets, and one in square brackets"
        " without an @ directly in front.",
        why="It would be read as it is written, and lead nowhere.",
        example="As @smith-2020 found, bridges are checked every year.",
        fix="As Smith found, bridges are checked every year [@smith-2020].",
    )
)
def citation_without_brackets(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every id of a source in the text is a citation."""
    known = content.library.references
    for passage in content.passages:
        for match in _WITHOUT_AT.finditer(passage.masked) if "[" in passage.masked else ():
            if match["id"] in known and all(link.start != match.start() for link in passage.links):
                message = f"the id `{match['id']}` has no @ directly in front, so it is no citation"
                hint = f"Write [@{match['id']}], with a page where there is one: [@{match['id']}, p. 12]."
                yield in_passage(rule, passage, match.start(), match.end(), message, hint)
        cited = {item.start for item in passage.citations}
        if passage.text.count("@") == len(cited):
            continue  # as in nearly all texts
        for match in _BARE.finditer(passage.masked):
            if match["id"] in known and match.start() not in cited:
                yield in_passage(
                    rule,
                    passage,
                    match.start(),
                    match.end(),
                    f"`{match.group()}` stands in no square brackets, so it is no citation",
                    f"Write [{match.group()}], with a page where there is one: [{match.group()}, p. 12].",
                )


def _twice(
    rule: Rule, entry: Entry[BaseModel], things: Iterable[object], prefix: Key, what: str
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, thing in enumerate(things):
        id = str(thing.id) if hasattr(thing, "id") else str(thing)
        key = (*prefix, number, "id") if hasattr(thing, "id") else (*prefix, number)
        if id in seen:
            line = entry.place((*key[: len(prefix)], seen[id])).line
            yield at_key(
                rule,
                entry,
                key,
                f"the {what} `{id}` stands in line {line} already",
                "Give this one another id, or delete one of the two.",
            )
        seen.setdefault(id, number)


@check(DUPLICATE_ID)
def duplicate_id(content: Content, rule: Rule) -> Iterator[Problem]:
    """Ids are unique in each list."""
    library = content.library
    lists: dict[str, tuple[str, str]] = {
        "references": ("references", "source"),
        "glossary": ("terms", "term"),
        "organisations": ("organisations", "organisation"),
        "events": ("events", "event"),
    }
    for name, (attribute, what) in lists.items():
        if entry := library.entries.get(name):
            yield from _twice(rule, entry, getattr(entry.data, attribute), (attribute,), what)
    if entry := library.entries.get("vocabulary"):
        for attribute in ("topics", "phases", "audiences", "kinds", "profile"):
            yield from _twice(rule, entry, getattr(library.vocabulary, attribute), (attribute,), "term")
        for kind in ("chapter", "article", "activity"):
            terms = getattr(library.vocabulary.sections, kind)
            yield from _twice(rule, entry, terms, ("sections", kind), "section")
    if entry := library.entries.get("evidence"):
        for attribute in ("strengths", "certainties"):
            yield from _twice(rule, entry, getattr(library.evidence, attribute), (attribute,), "level")
    if entry := library.entries.get("book"):
        yield from _twice(rule, entry, library.book.parts, ("parts",), "part")
        yield from _twice(rule, entry, library.book.packs, ("packs",), "pack")
        yield from _twice(rule, entry, library.book.chapters, ("chapters",), "chapter")
    for chapter in library.chapters:
        yield from _twice(rule, chapter, chapter.data.recommendations, ("recommendations",), "recommendation")
        yield from _twice(rule, chapter, chapter.data.exercises, ("exercises",), "exercise")


@check(
    Rule(
        code="duplicate-anchor",
        family="ids",
        title="Headings, recommendations and exercises of a page have different addresses",
        what="Reports a recommendation, an exercise and a heading of the same page whose addresses are the same.",
        why="The address of a recommendation is permanent and must lead to it and nothing else.",
        example="a recommendation `map-your-partners` and an exercise `map-your-partners`",
        fix="Give the newer one another id, such as map-your-partners-together.",
    )
)
def duplicate_anchor(content: Content, rule: Rule) -> Iterator[Problem]:
    """No two things on a chapter's page share an anchor."""
    for chapter in content.library.chapters:
        used = {heading.anchor: f"the heading “{heading.text}”" for heading in chapter.body.headings}
        things_by_kind: dict[str, Sequence[Recommendation | Exercise]] = {
            "recommendation": chapter.data.recommendations,
            "exercise": chapter.data.exercises,
        }
        for kind, things in things_by_kind.items():
            for number, thing in enumerate(things):
                other = used.get(thing.id)
                if other and not other.startswith(f"the {kind}"):
                    yield at_key(
                        rule,
                        chapter,
                        (f"{kind}s", number, "id"),
                        f"the {kind} `{thing.id}` has the same address as {other}",
                        "Change the newer one of the two.",
                    )
                used[thing.id] = f"the {kind} `{thing.id}`"


@check(
    Rule(
        code="same-address",
        family="names",
        title="Each page has an address of its own",
        what="Reports a page in docs/ whose address on the site is that of a record, or of another page.",
        why="Only one of the two would be on the site; nobody would ever read the other.",
        example="docs/guidebook/preparing-release.md beside guidebook/preparing-release.md",
        fix="docs/project/preparing-release.md",
    )
)
def same_address(content: Content, rule: Rule) -> Iterator[Problem]:
    """No page takes the address of another."""
    library = content.library
    taken = {f"{record.kind.address}/{record.id}": record.path for record in library.records}
    for page in sorted(library.pages, key=lambda page: page.path):
        name = PurePosixPath(page.path).relative_to(PAGE.folder).with_suffix("")
        address = str(name.parent if name.name == "index" else name)
        other = taken.setdefault(address, page.path)
        if other != page.path:
            yield page.problem(
                rule,
                Place(page.path),
                f"this page has the address of `{other}` on the site",
                "Give the file another name, or put its text into the other one.",
            )


@check(
    Rule(
        code="chapter-not-listed",
        family="ids",
        title="Every chapter has its place in the book",
        what="Reports a published chapter that guidebook/book.yml does not list, and parts that are torn apart there."
        " A draft need not be listed; the preview shows it behind the others.",
        why="A chapter without a place has no number, and its recommendations neither.",
        example="a new file guidebook/staff.md, without a line in book.yml",
        fix="Add the chapter's id to `chapters` in guidebook/book.yml, at its place.",
    )
)
def chapter_not_listed(content: Content, rule: Rule) -> Iterator[Problem]:
    """book.yml orders all chapters, part by part."""
    library = content.library
    if "book" not in library.entries:
        return
    listed = library.book.chapters
    for chapter in library.chapters:
        if chapter.id in listed or chapter.is_draft or not is_id(chapter.id):
            continue  # a name that cannot be an id was reported
        yield at_key(
            rule,
            chapter,
            ("title",),
            f"guidebook/book.yml does not list the chapter `{chapter.id}`",
            "Add its id to `chapters` in guidebook/book.yml, at its place.",
        )
    parts = [part.id for part in library.book.parts]
    by_id = {chapter.id: chapter for chapter in library.chapters}
    last = -1
    for number, id in enumerate(listed):
        part = by_id[id].data.part if id in by_id else None
        if part not in parts:
            continue
        if parts.index(part) < last:
            yield at_key(
                rule,
                library.entries["book"],
                ("chapters", number),
                f"the chapter `{id}` of the part `{part}` stands behind a chapter of a later part",
                "Keep the chapters of a part together, in the order of the parts.",
            )
        last = max(last, parts.index(part))


@check(
    Rule(
        code="unused-reference",
        family="sources",
        title="Every source in the bibliography is used",
        what="Reports a source that no text cites and no record names.",
        why="A bibliography that lists what nobody used pretends to more than there is.",
        example="a reference added for a paragraph that was deleted later",
        fix="Cite the source where it belongs, or delete it from data/references.yml.",
        severity=Severity.WARNING,
    )
)
def unused_reference(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every item of the bibliography is cited somewhere."""
    for entry, key, item in unused_references(content):
        message = f"nothing cites the source `{item.id}`"
        yield at_key(rule, entry, (*key, "id"), message, "Cite it where it belongs, or delete it.")


def unused_references(content: Content) -> Iterator[tuple[Entry[BaseModel], Key, ReferenceEntry]]:
    """Yield each item of the bibliography that nothing cites: its file, its key there, and itself."""
    library = content.library
    entry = library.entries.get("references")
    if entry is None or library.broken:
        return  # a file that could not be loaded may cite it
    used = {id for file in library.files for id in _sources_of(file)}
    for number, item in enumerate(cast(References, entry.data).references):
        if item.id not in used:
            yield entry, ("references", number), item


def _sources_of(entry: Entry[BaseModel]) -> list[str]:
    """Return the ids of the sources that a file cites or names."""
    kept = entry.kept if isinstance(entry, Record) else {}
    if "sources" not in kept:
        marked = list(walk(entry.data))
        cited = {item.id for passage in passages(entry, marked) for item in passage.citations}
        named = {
            value.value for value in marked if isinstance(value.mark, Ref) and value.mark.to == "references"
        }
        kept["sources"] = " ".join(sorted(cited | named))  # ids have no spaces
    return kept["sources"].split()


CHECKS: tuple[Check, ...] = (
    unknown_term,
    unknown_source,
    citation_without_brackets,
    duplicate_id,
    duplicate_anchor,
    same_address,
    chapter_not_listed,
    unused_reference,
)
