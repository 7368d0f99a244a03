"""Which documents a library has: names only, so that the site can link to them without making them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_guidebook.content.data.book import Pack
from mkdocs_guidebook.content.kinds import ACTIVITY, ARTICLE, CHAPTER
from mkdocs_guidebook.content.library import WHOLE_DOCUMENTS, Library, handout_id
from mkdocs_guidebook.language import Language

GUIDEBOOK, RECOMMENDATIONS, COMPARISON = WHOLE_DOCUMENTS
HANDOUTS = ("worksheet", "facilitator")
"""The kinds that belong to an exercise, and that trainers adapt in a word processor."""
LISTS = ("recommendations", "comparison")
"""The kinds that show something of many records, and none of them whole."""
BOOKS = frozenset(("guidebook", "chapter"))
"""The kinds that are made as EPUB."""
FOLDER = "print"
"""Where `guidebook build` puts the documents, in the site."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A document that can be made."""

    id: str
    """What `guidebook print` takes, and the name of its file without the ending."""
    title: str
    kind: str
    """guidebook, chapter, article, activity, recommendations, comparison, worksheet, facilitator or pack."""
    record: str = ""
    """The path of the record that it belongs to."""
    exercise: str = ""
    """The id of its exercise, for handouts."""

    def file(self, form: str = "pdf") -> str:
        """Return the name of its file in a format."""
        return f"{self.id}.{form}"

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that it is made in."""
        return ("pdf", *("epub",) * (self.kind in BOOKS), *("docx",) * (self.kind in HANDOUTS))


def specs_of(library: Library, language: Language) -> dict[str, Spec]:
    """Return all documents of a library by id, in the order in which lists show them."""
    return {spec.id: spec for spec in _all(library, language)}


def sources_of(spec: Spec, library: Library) -> set[str]:
    """Return the paths of all records that a document is made of, of those that cannot be read, too."""
    chapters = {f"{CHAPTER.folder}/{id}.md" for id in library.book.chapters}
    match spec.kind:
        case "guidebook" | "recommendations":
            return chapters
        case "comparison":
            folder = f"{ARTICLE.folder}/"
            known = {article.path for article in library.articles}
            return known | {path for path in library.broken if path.startswith(folder)}
        case "pack":
            pack = next(pack for pack in library.book.packs if pack_id(pack) == spec.id)
            exercises = [address.partition("#")[0] for address in (*pack.guides, *pack.worksheets)]
            return (
                {f"{CHAPTER.folder}/{id}.md" for id in (*pack.chapters, *exercises)}
                | {f"{ARTICLE.folder}/{id}.md" for id in pack.articles}
                | {f"{ACTIVITY.folder}/{id}.md" for id in pack.activities}
            )
    return {spec.record}


def pack_id(pack: Pack) -> str:
    """Return the id of a pack's document."""
    return f"pack-{pack.id}"


def _all(library: Library, language: Language) -> Iterator[Spec]:
    if library.chapters:
        yield Spec(GUIDEBOOK, library.book.title, "guidebook")
    for record in library.records:
        yield Spec(library.document_ids[record.path], record.data.title, record.kind.name, record.path)
    if library.recommendations:
        yield Spec(RECOMMENDATIONS, language("print.all_recommendations"), "recommendations")
    if any(article.data.country for article in library.articles):
        yield Spec(COMPARISON, language("print.matrix"), "comparison")
    for chapter in library.chapters:
        for exercise in chapter.data.exercises:
            for kind in HANDOUTS:
                title = f"{language(f'print.{kind}')}: {exercise.title}"
                yield Spec(handout_id(kind, chapter, exercise), title, kind, chapter.path, exercise.id)
    for pack in library.book.packs:
        yield Spec(pack_id(pack), pack.title, "pack")
