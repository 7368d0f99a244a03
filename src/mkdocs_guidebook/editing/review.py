"""What a change does to readers: one typed value, made of a project as it was and as it is."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.data.book import Pack
from mkdocs_guidebook.content.fields import Web
from mkdocs_guidebook.content.kinds import ARTICLE, CHAPTER, KINDS, RECORD_KINDS
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.content.walking import walk
from mkdocs_guidebook.editing.revisions import Revision, is_content
from mkdocs_guidebook.editing.states import State, configuration_of, state_of
from mkdocs_guidebook.editions.differences import (
    Differences,
    RecommendationDifference,
    ThingDifference,
    compare,
)
from mkdocs_guidebook.editions.snapshot import ENTRIES
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.outline import passages
from mkdocs_guidebook.press.specs import pack_id
from mkdocs_guidebook.problems import Problem
from mkdocs_guidebook.site.addresses import Addresses, moved_pages, page_of

_LINE_NUMBER = re.compile(r"\bline \d+")
TEXTS = (".md", ".yml")
"""How content files end; the others are pictures and downloads."""
_RECORD_KINDS = tuple(kind.name for kind in RECORD_KINDS)


@dataclass(frozen=True, slots=True)
class LinkChange:
    """Targets of links and images that a file has now or had before. Readers do not see them in the words."""

    path: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """What a change does."""

    base: Revision
    language: Language
    differences: Differences
    files: Mapping[tuple[str, str], str]
    """The file of each record and page that changed, by kind and id."""
    drafts: frozenset[tuple[str, str]]
    """Kind and id of records that are drafts now."""
    published: frozenset[tuple[str, str]]
    """Kind and id of records that were drafts and are none now."""
    unpublished: frozenset[tuple[str, str]]
    """Kind and id of records that are drafts now and were none."""
    unreadable: tuple[str, ...]
    """Files that cannot be read now; what changed in them is not known."""
    unreadable_before: tuple[str, ...]
    """Files that could not be read before."""
    new: tuple[Problem, ...]
    """Problems that the change brings."""
    mended: tuple[Problem, ...]
    """Problems that the change mends."""
    gone: tuple[str, ...]
    """Published addresses that lead nowhere any more."""
    links: tuple[LinkChange, ...]
    """Where texts and data lead to now, and did before."""
    unexplained: tuple[str, ...]
    """Content files that were changed in a way that is not told here."""
    copies: tuple[str, ...]
    """Titles of documents whose printed copies are out of date now."""
    translations: tuple[str, ...]
    """Files of translations that were not changed with what they translate."""
    assets: tuple[str, ...]
    """Pictures and downloads that were changed."""
    others: tuple[str, ...]
    """Files outside of the content that were changed: code and configuration."""

    @property
    def is_empty(self) -> bool:
        """Whether the change does nothing at all."""
        said = (self.new, self.mended, self.gone, self.links, self.unexplained, self.assets, self.others)
        return self.differences.is_empty and not any((*said, self.unreadable_before))


def review(root: Path, base: Revision) -> Review:
    """Return what is different in the project folder `root` from the revision `base`."""
    configuration = configuration_of(root)
    with tempfile.TemporaryDirectory(prefix="guidebook-review-") as name:
        folder = Path(name)
        base.lay_out(folder)
        before = state_of(folder, configuration)
    after = state_of(root, configuration)
    published = (before.drafts - after.drafts) & _records_of(after.library)
    unpublished = (after.drafts - before.drafts) & _records_of(before.library)
    differences = _certain(compare(before.snapshot, after.snapshot), before, after)
    differences = _with_records(differences, published | unpublished, after)
    changed = base.changed_files()
    touched = {(item.kind, item.id) for item in differences.records}
    files = {
        (record.kind.name, record.id): record.path
        for library in (before.library, after.library)
        for record in (*library.records, *library.pages)
        if (record.kind.name, record.id) in touched
    }
    new = _without(after.problems, before.problems)
    return Review(
        base=base,
        language=Language(configuration.language),
        differences=differences,
        files=files,
        drafts=after.drafts,
        published=published,
        unpublished=unpublished,
        unreadable=tuple(sorted(after.library.broken)),
        unreadable_before=tuple(sorted(before.library.broken - after.library.broken)),
        new=new,
        mended=_without(before.problems, after.problems),
        gone=tuple(_gone(before, after)),
        links=tuple(_link_changes(before.library, after.library)),
        unexplained=tuple(_unexplained(changed, differences, files.values(), after.library.broken)),
        copies=tuple(_copies(before, after, differences)),
        translations=tuple(_translations(root, files.values(), changed)),
        assets=tuple(path for path in changed if is_content(path) and not path.endswith(TEXTS)),
        others=tuple(path for path in changed if not is_content(path)),
    )


def _records_of(library: Library) -> frozenset[tuple[str, str]]:
    return frozenset((record.kind.name, record.id) for record in library.records)


def _with_records(differences: Differences, keys: Set[tuple[str, str]], after: State) -> Differences:
    """Return the differences with records of which nothing changed but whether they are published."""
    missing = keys - {(item.kind, item.id) for item in differences.records}
    things = [thing for key, thing in after.snapshot.things.items() if key in missing]
    added = [
        ThingDifference(kind=thing.kind, id=thing.id, title=thing.title, url=thing.url, change="amended")
        for thing in things
    ]
    return differences.model_copy(update={"records": (*differences.records, *added)})


# What can be told of files that cannot be read


def _certain(differences: Differences, before: State, after: State) -> Differences:
    """Leave out what only seems to be different because a file could not be read."""
    broken = before.library.broken | after.library.broken
    if not broken:
        return differences
    unknown_kinds = {
        ENTRIES[file.name]
        for file in DATA_FILES
        if file.path in after.library.broken and file.name in ENTRIES
    }

    def is_known(item: ThingDifference) -> bool:
        if item.change != "removed":
            return True
        folder = next((kind.folder for kind in KINDS if kind.name == item.kind), "")
        path = f"{folder}/{item.id}.md"
        return item.kind not in unknown_kinds and path not in after.library.broken

    numbers_known = not any(path.startswith(f"{CHAPTER.folder}/") for path in broken)

    def without_numbers(item: RecommendationDifference) -> RecommendationDifference | None:
        chapter = item.address.partition("#")[0]
        if "withdrawn" in item.changes and f"{CHAPTER.folder}/{chapter}.md" in after.library.broken:
            return None
        changes = tuple(change for change in item.changes if numbers_known or change != "renumbered")
        return item.model_copy(update={"changes": changes}) if changes else None

    def without_number(item: ThingDifference) -> ThingDifference | None:
        if numbers_known or item.change != "amended":
            return item
        facts = tuple(fact for fact in item.facts if fact.name != "number")
        return item.model_copy(update={"facts": facts}) if facts or item.texts or item.reasons else None

    return differences.model_copy(
        update={
            "recommendations": tuple(filter(None, map(without_numbers, differences.recommendations))),
            "records": tuple(filter(None, map(without_number, filter(is_known, differences.records)))),
            "entries": tuple(filter(is_known, differences.entries)),
        }
    )


# Problems, addresses, copies


def _without(problems: Iterable[Problem], known: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are not among the known ones, wherever their lines have moved to."""
    left = Counter(map(_identity, known))
    found = []
    for problem in problems:
        identity = _identity(problem)
        if left[identity] > 0:
            left[identity] -= 1
        else:
            found.append(problem)
    return tuple(found)


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    message = _LINE_NUMBER.sub("line", problem.message)
    return problem.place.path, problem.code, message, problem.source_line.strip()


def _gone(before: State, after: State) -> Iterator[str]:
    """Yield the addresses that lead nowhere now: pages, and places on pages that are still there."""
    kept = {redirect.old for redirect in after.library.redirects}
    unknown = {page_of(path).removesuffix(".md") for path in after.library.broken}
    pages = {address.partition("#")[0] for address in after.addresses}
    for address in sorted(before.addresses - after.addresses - kept):
        page = address.partition("#")[0]
        if "#" in address and page not in pages:
            continue  # the page itself is told
        if page.removesuffix(".html").rstrip("/") not in unknown and not _is_unknown_data(page, after):
            yield address


def _link_changes(before: Library, after: Library) -> Iterator[LinkChange]:
    """Yield what is different in the targets of links, file by file; files that are new or gone are told as such."""
    earlier, later = _targets(before), _targets(after)
    for path in sorted(earlier.keys() & later.keys()):
        added, removed = later[path] - earlier[path], earlier[path] - later[path]
        if added or removed:
            yield LinkChange(path, tuple(added), tuple(removed))


def _targets(library: Library) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for entry in library.files:
        targets = found.setdefault(entry.path, Counter())
        targets.update(link.target for passage in passages(entry) for link in passage.links)
        targets.update(marked.value for marked in walk(entry.data) if isinstance(marked.mark, Web))
    return found


def _unexplained(
    changed: Iterable[str], differences: Differences, files: Iterable[str], unreadable: Set[str]
) -> Iterator[str]:
    """Yield the changed content files of which no difference is told: term lists, the order of the book, marks."""
    told = {*files, *unreadable}
    told |= {f"{CHAPTER.folder}/{item.address.partition('#')[0]}.md" for item in differences.recommendations}
    told |= {f"{ARTICLE.folder}/{figure.article}.md" for figure in differences.figures}
    kinds = {item.kind for item in differences.entries}
    told |= {file.path for file in DATA_FILES if ENTRIES.get(file.name) in kinds}
    return (path for path in changed if is_content(path) and path.endswith(TEXTS) and path not in told)


def _is_unknown_data(page: str, after: State) -> bool:
    """Return whether a page shows a data file that cannot be read."""
    addresses = Addresses(after.library, not page.endswith(".html"), moved_pages(after.library))
    return any(
        file.path in after.library.broken and addresses.url(addresses.data_page(file.name)) == page
        for file in DATA_FILES
    )


def _copies(before: State, after: State, differences: Differences) -> Iterator[str]:
    """Yield the titles of documents that were there before and say something else now."""
    library = after.library
    records = [item for item in differences.records if item.kind in _RECORD_KINDS]
    ids = {(item.kind, item.id) for item in records if item.change != "added"}
    ids |= {("chapter", item.address.partition("#")[0]) for item in differences.recommendations}
    ids |= {("article", figure.article) for figure in differences.figures}
    changed = {record.path for record in library.records if (record.kind.name, record.id) in ids}
    texts = {(item.id, text.name) for item in records for text in item.texts}
    exercises = {
        f"{id}#{name.removeprefix('exercise.')}" for id, name in texts if name.startswith("exercise.")
    }
    packs = {pack_id(pack): pack for pack in library.book.packs}
    for spec in after.specs.values():
        match spec.kind:
            case "guidebook":
                stale = bool(records or changed)
            case "recommendations":
                stale = bool(differences.recommendations)
            case "comparison":
                stale = any(name.startswith("profile.") for _, name in texts)
            case "worksheet" | "facilitator":
                stale = f"{PurePosixPath(spec.record).stem}#{spec.exercise}" in exercises
            case "pack":
                stale = _is_stale(packs[spec.id], ids, exercises)
            case _:
                stale = spec.record in changed
        if stale and spec.id in before.specs:
            yield spec.title


def _is_stale(pack: Pack, ids: Set[tuple[str, str]], exercises: Set[str]) -> bool:
    parts = {"chapter": pack.chapters, "article": pack.articles, "activity": pack.activities}
    shown = {(kind, id) for kind, listed in parts.items() for id in listed}
    return not shown.isdisjoint(ids) or not exercises.isdisjoint((*pack.guides, *pack.worksheets))


def _translations(root: Path, files: Iterable[str], changed: Iterable[str]) -> Iterator[str]:
    """Yield the translations (ID.fr.md beside ID.md) of changed files that were not changed themselves."""
    for path in sorted(files):
        file = root / path
        for other in sorted(file.parent.glob(f"{file.stem}.*.md")) if file.parent.is_dir() else ():
            name = other.relative_to(root).as_posix()
            if name not in changed:
                yield name
