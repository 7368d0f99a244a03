"""What changed from one edition to another: one typed value, made of two snapshots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from mkdocs_guidebook.content.fields import Model
from mkdocs_guidebook.editions.snapshot import EVIDENCE, RECORDS, Advice, Figure, Snapshot, Thing
from mkdocs_guidebook.editions.wording import BlockChange, compare_texts, has_changes

AdviceChange = Literal["new", "reworded", "evidence", "details", "renumbered", "moved", "withdrawn"]
ThingChange = Literal["added", "amended", "reviewed", "removed"]


class FactChange(Model):
    """Something said in a few words, before and after; empty where an edition does not say it."""

    name: str
    """The name of the field."""
    before: str
    after: str


class TextChange(Model):
    """A text of which at least one block differs, with all its blocks."""

    name: str
    """The place of the text: `body`, `key_messages`, `profile.law`, …"""
    blocks: tuple[BlockChange, ...]


class RecommendationDifference(Model):
    """What became of a recommendation."""

    address: str
    """Its permanent name: chapter-id#recommendation-id."""
    changes: tuple[AdviceChange, ...]
    reasons: tuple[str, ...] = ()
    """Why, in the editor's words, as Markdown."""
    number: str = ""
    """Its number in the newer edition; in the older one where it was withdrawn."""
    number_before: str = ""
    address_before: str = ""
    """Its address in the older edition, if it moved to another chapter."""
    url: str = ""
    """Where it stands in the newer edition; empty where it was withdrawn."""
    text: str
    """The advice, as the newest edition words it that has it."""
    facts: tuple[FactChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


class FigureDifference(Model):
    """A figure that was corrected, added or taken out."""

    article: str
    title: str
    """The title of the article."""
    url: str
    label: str
    unit: str
    date: str
    before: int | float | None = None
    after: int | float | None = None
    facts: tuple[FactChange, ...] = ()
    """Changes of its source and note."""


class ThingDifference(Model):
    """What became of a record or of an entry of a data file."""

    kind: str
    id: str
    title: str
    url: str = ""
    """Where it stands in the newer edition; empty where it was removed."""
    change: ThingChange
    reasons: tuple[str, ...] = ()
    """What the reviews since then say was checked, as Markdown."""
    facts: tuple[FactChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


class Differences(Model):
    """What changed from one edition to another."""

    old: str
    """The name of the older edition."""
    new: str
    """The name of the newer edition; empty before it is published."""
    recommendations: tuple[RecommendationDifference, ...] = ()
    """In the order of the book."""
    records: tuple[ThingDifference, ...] = ()
    """Chapters, articles, activities and pages."""
    figures: tuple[FigureDifference, ...] = ()
    entries: tuple[ThingDifference, ...] = ()
    """Terms, organisations, events and sources."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.recommendations or self.records or self.figures or self.entries)


def compare(old: Snapshot, new: Snapshot) -> Differences:
    """Return what changed from the snapshot `old` to the snapshot `new`."""
    things = list(_things(old, new))
    return Differences(
        old=old.edition,
        new=new.edition,
        recommendations=tuple(compare_recommendations(old, new)),
        records=tuple(thing for thing in things if thing.kind in RECORDS.values()),
        figures=tuple(_figures(old, new)),
        entries=tuple(thing for thing in things if thing.kind not in RECORDS.values()),
    )


# Recommendations


def compare_recommendations(old: Snapshot, new: Snapshot) -> Iterator[RecommendationDifference]:
    """Yield what became of recommendations, in the order of the newer edition, then those that are gone."""
    moved = _moved(old, new)
    for address, advice in new.advice.items():
        before = old.advice.get(moved.get(address, address))
        if before is None:
            yield RecommendationDifference(
                address=address,
                changes=("new",),
                reasons=_reasons(None, advice),
                number=advice.number,
                url=advice.url,
                text=advice.text,
            )
        else:
            difference = compare_advice(old, before, new, advice)
            if difference is not None:
                yield difference
    gone = set(moved.values())
    for address, advice in old.advice.items():
        if address not in new.advice and address not in gone:
            reason = new.withdrawn.get(address) or new.withdrawn.get(advice.chapter, "")
            yield RecommendationDifference(
                address=address,
                changes=("withdrawn",),
                reasons=(reason,) if reason else (),
                number=advice.number,
                text=advice.text,
            )


def _moved(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Return the old address of each recommendation that has another one now.

    The redirects say so; without them a recommendation with the same words, or the same id in another chapter, is
    taken for the same.
    """
    lost = [address for address in old.advice if address not in new.advice]
    fresh = [address for address in new.advice if address not in old.advice]
    moved = {new.went[address]: address for address in lost if new.went.get(address) in fresh}
    for address in lost:
        if address in moved.values() or address in new.withdrawn:
            continue
        before = old.advice[address]
        found = [
            other
            for other in fresh
            if other not in moved
            and (new.advice[other].text == before.text or new.advice[other].id == before.id)
        ]
        if len(found) == 1:
            moved[found[0]] = address
    return moved


def compare_advice(
    old: Snapshot, before: Advice, new: Snapshot, after: Advice
) -> RecommendationDifference | None:
    """Return what became of a recommendation that both editions have; None if it is the same."""
    facts = _evidence_facts(old, before, new, after)
    texts = {
        name: change
        for name in ("text", "because", "checklist")
        if (change := _text_change(name, getattr(before, name), getattr(after, name), old, new))
    }
    details = tuple(_facts(before.facts, after.facts))
    changes: list[AdviceChange] = []
    if before.text != after.text:
        changes.append("reworded")
    if evidence_of(before) != evidence_of(after):
        changes.append("evidence")
    if details or before.checklist != after.checklist:
        changes.append("details")
    if before.address != after.address:
        changes.append("moved")
    elif before.number != after.number:
        changes.append("renumbered")
    if not changes:
        return None
    return RecommendationDifference(
        address=after.address,
        changes=tuple(changes),
        reasons=_reasons(before, after),
        number=after.number,
        number_before=before.number if before.number != after.number else "",
        address_before=before.address if before.address != after.address else "",
        url=after.url,
        text=after.text,
        facts=(*facts, *details),
        texts=tuple(texts.values()),
    )


def evidence_of(advice: Advice) -> tuple[object, ...]:
    """Return what a recommendation rests on, the sources in any order."""
    return tuple(
        frozenset(advice.sources) if name == "sources" else getattr(advice, name) for name in EVIDENCE
    )


def _evidence_facts(old: Snapshot, before: Advice, new: Snapshot, after: Advice) -> tuple[FactChange, ...]:
    def said(snapshot: Snapshot, advice: Advice) -> dict[str, str]:
        return {
            "strength": snapshot.labels.get(advice.strength, advice.strength),
            "certainty": snapshot.labels.get(advice.certainty, advice.certainty),
            "sources": ", ".join(sorted(snapshot.sources.get(id, id) for id in advice.sources)),
        }

    same = {name for name in ("strength", "certainty") if getattr(before, name) == getattr(after, name)}
    same |= {"sources"} if set(before.sources) == set(after.sources) else set()
    earlier, later = said(old, before), said(new, after)
    return tuple(
        FactChange(name=name, before=earlier[name], after=later[name]) for name in earlier if name not in same
    )


def _reasons(before: Advice | None, after: Advice) -> tuple[str, ...]:
    known = set(before.history) if before else set()
    return tuple(entry[2] for entry in after.history if entry not in known)


# Records and entries


def _things(old: Snapshot, new: Snapshot) -> Iterator[ThingDifference]:
    for key, thing in new.things.items():
        before = old.things.get(key)
        if before is None:
            yield ThingDifference(
                kind=thing.kind, id=thing.id, title=thing.title, url=thing.url, change="added"
            )
        elif before.digest != thing.digest or before.reviews != thing.reviews:
            difference = compare_things(old, before, new, thing)
            if difference is not None:
                yield difference
    for key, thing in old.things.items():
        if key not in new.things:
            yield ThingDifference(kind=thing.kind, id=thing.id, title=thing.title, change="removed")


def compare_things(old: Snapshot, before: Thing, new: Snapshot, after: Thing) -> ThingDifference | None:
    """Return what became of something that both editions have; None if readers see no difference."""
    facts = [*_facts({"title": before.title}, {"title": after.title}), *_facts(before.facts, after.facts)]
    names = dict.fromkeys([*after.texts, *before.texts])
    texts = [
        change
        for name in names
        if (change := _text_change(name, before.texts.get(name, ""), after.texts.get(name, ""), old, new))
    ]
    reviews = [review for review in after.reviews if review not in before.reviews]
    if not (facts or texts or reviews):
        return None
    return ThingDifference(
        kind=after.kind,
        id=after.id,
        title=after.title,
        url=after.url,
        change="amended" if facts or texts else "reviewed",
        reasons=tuple(review.checked for review in reviews),
        facts=tuple(facts),
        texts=tuple(texts),
    )


def _facts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FactChange]:
    for name in dict.fromkeys([*after, *before]):
        earlier, later = before.get(name, ""), after.get(name, "")
        if earlier != later:
            yield FactChange(name=name, before=earlier, after=later)


def _text_change(name: str, before: str, after: str, old: Snapshot, new: Snapshot) -> TextChange | None:
    """Return a text with all its blocks; None if readers see no difference in it."""
    if before.split() == after.split():
        return None
    names = {**old.sources, **new.sources}
    blocks = compare_texts(before, after, lambda id: names.get(id, id))
    return TextChange(name=name, blocks=blocks) if has_changes(blocks) else None


# Figures


def _figures(old: Snapshot, new: Snapshot) -> Iterator[FigureDifference]:
    for key, thing in new.things.items():
        before = old.things.get(key)
        if before is not None and before.figures != thing.figures:
            yield from compare_figures(thing, before.figures, thing.figures)


def compare_figures(
    article: Thing, before: Sequence[Figure], after: Sequence[Figure]
) -> Iterator[FigureDifference]:
    """Yield the figures of an article that differ. Those with the same label, unit and date are the same figure."""
    earlier, later = _by_name(before), _by_name(after)
    for name in dict.fromkeys([*later, *earlier]):
        was, now = earlier.get(name), later.get(name)
        if was == now:
            continue
        facts: tuple[FactChange, ...] = ()
        if was and now:
            facts = tuple(
                _facts({"source": was.source, "note": was.note}, {"source": now.source, "note": now.note})
            )
        label, unit, date, _ = name
        yield FigureDifference(
            article=article.id,
            title=article.title,
            url=article.url,
            label=label,
            unit=unit,
            date=date,
            before=was.value if was else None,
            after=now.value if now else None,
            facts=facts,
        )


def _by_name(figures: Sequence[Figure]) -> dict[tuple[str, str, str, int], Figure]:
    named: dict[tuple[str, str, str, int], Figure] = {}
    for figure in figures:
        count = sum(key[:3] == (figure.label, figure.unit, figure.date) for key in named)
        named[(figure.label, figure.unit, figure.date, count)] = figure
    return named
