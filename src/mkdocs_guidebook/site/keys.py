"""What a page depends on, as a short text: the page is the same for as long as its key is.

Everything is in the key of every page, unless these rules leave it out:
1. The ground is in every key: program, configuration, templates, data files, pages of docs/, navigation, day.
2. A page leaves out the prose of records, except pieces that it names: then the surface of all records is in its
   key, which is their front matter, headings and citations, and with it what the data files say of them.
3. A record's page leaves out all other records but those that it can show: the chapters beside it, what it links
   to, the activities that show its recommendations, the chapters whose recommendations it shows. Of these, the
   surface is in its key, and their number in the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pydantic import BaseModel

from mkdocs_guidebook.content.kinds import PAGE
from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.library import Library, Record
from mkdocs_guidebook.markup.links import understand
from mkdocs_guidebook.markup.outline import passages
from mkdocs_guidebook.markup.surface import digest, surface_of
from mkdocs_guidebook.site.pages import PageSpec


@dataclass(frozen=True)
class Keys:
    """The keys of the pages of one library."""

    library: Library
    ground: str
    """What every page depends on beside the content."""

    def of(self, spec: PageSpec, extra: str = "") -> str:
        """Return the key of a page; `extra` is what else it is given."""
        record = self.library.by_path.get(spec.source)
        if record is not None and record.kind is not PAGE:
            return digest([self._base, spec.name, extra, *self._of_record(record)])
        if spec.prose is None:
            return digest([self._base, spec.name, extra, self._bytes])
        return digest([self._base, spec.name, extra, self.lists, *spec.prose(self.library)])

    @cached_property
    def everything(self) -> str:
        """The key of what may show any part of the content."""
        return digest([self._base, self._bytes])

    @cached_property
    def lists(self) -> str:
        """The key of what shows no prose of records."""
        return digest([self._base, *(f"{path} {surface}" for path, surface in self._surfaces.items())])

    @cached_property
    def _base(self) -> str:
        library = self.library
        return digest(
            [
                self.ground,
                *(f"{name} {entry.source.digest}" for name, entry in library.entries.items()),
                repr(library.book),  # an edition has another book than its file
                *(f"{page.path} {page.source.digest}" for page in library.pages),
                *sorted(library.assets),
            ]
        )

    @cached_property
    def _bytes(self) -> str:
        return digest(f"{record.path} {record.source.digest}" for record in self.library.records)

    @cached_property
    def _surfaces(self) -> dict[str, str]:
        """What others can show of each record, in the library's order, by its path."""
        numbers = self.library.chapter_numbers
        return {
            record.path: f"{numbers.get(record.id, '')} {surface_of(record)}"
            for record in self.library.records
        }

    def _of_record(self, record: Record[BaseModel]) -> Iterator[str]:
        yield record.source.digest
        yield self._surfaces[record.path]
        for path in sorted(self._shown_on(record)):
            yield f"{path} {self._surfaces.get(path, '')}"

    def _shown_on(self, record: Record[BaseModel]) -> set[str]:
        """Return the paths of the records that the page of a record can show."""
        return {*self._beside.get(record.path, ()), *self._linked_from(record)}

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        library = self.library
        found: dict[str, set[str]] = {}
        chapters = [chapter.path for chapter in library.chapters]
        for one, other in pairwise(chapters):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        for activity in library.activities:
            for chapter in self._illustrated(activity):
                found.setdefault(activity.path, set()).add(chapter)
                found.setdefault(chapter, set()).add(activity.path)
        return found

    def _illustrated(self, activity: Record[Activity]) -> Iterator[str]:
        for address in activity.data.illustrates:
            if numbered := self.library.recommendations.get(address):
                yield numbered.chapter.path

    def _linked_from(self, record: Record[BaseModel]) -> Iterator[str]:
        if "links" not in record.kept:
            found = (link.target for passage in passages(record) for link in passage.links)
            record.kept["links"] = "\n".join(dict.fromkeys(found))
        for target in record.kept["links"].split("\n"):
            yield understand(self.library, record.path, target).path
