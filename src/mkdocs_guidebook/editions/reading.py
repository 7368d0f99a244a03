"""From a catalog to what one edition says.

catalog.json is read as plain data, not by the models that write it today: catalogs of old editions are frozen, and
must stay readable when fields come and go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs_guidebook.editions.snapshot import (
    ENTRIES,
    EVIDENCE,
    RECORDS,
    Advice,
    Figure,
    Review,
    Snapshot,
    Thing,
    folded,
)
from mkdocs_guidebook.site.catalog import build_catalog
from mkdocs_guidebook.site.views.base import Site

FORMAT = 1
"""The newest form of catalogs that is understood."""

_ELSEWHERE = frozenset(
    [
        "kind",
        "id",
        "url",
        "path",
        "body",
        "sha256",
        "title",
        "summary",
        "recommendations",
        "exercises",
        "profile",
        "figures",
        "key_messages",
        "target_group",
        "outcomes",
        "reviews",
        "criteria",
        "sections",
        "illustrated_by",
        "chapters",
        "packs",
        "status",
    ]
)
"""Fields that are no facts: names and places, and what is compared as text or figure or for itself."""
_TERMS = ("topics", "phases", "audiences", "kinds")
"""Fields whose values are terms of the vocabulary's list of the same name."""


class UnreadableCatalog(Exception):
    """A file that is no catalog of an edition; the message says why."""


def read_catalog(raw: bytes) -> Snapshot:
    """Return what the edition says that a catalog.json describes; raise `UnreadableCatalog` when it is none."""
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise UnreadableCatalog(f"it is not JSON: {error}") from error
    if not isinstance(data, dict) or "chapters" not in data:
        raise UnreadableCatalog("it is no catalog of a guidebook")
    if data.get("format", 0) > FORMAT:
        raise UnreadableCatalog("a newer version of mkdocs-guidebook wrote it: update this one")
    try:
        return _snapshot(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableCatalog(f"it is not whole: {error!r}") from error


def snapshot_of(site: Site) -> Snapshot:
    """Return what a site says that is not published yet. Drafts are left out."""
    return _snapshot(build_catalog(site).model_dump(mode="json", by_alias=True, exclude_none=True))


def _snapshot(data: Mapping[str, Any]) -> Snapshot:
    labels = _labels(data)
    things = {
        (kind, item["id"]): _thing(kind, item, labels)
        for name, kind in (RECORDS | ENTRIES).items()
        for item in data.get(name, ())
    }
    evidence = data.get("evidence", {})
    gone = data.get("redirects", ())
    return Snapshot(
        edition=data.get("edition") or "",
        released=data.get("released") or "",
        things=things,
        advice={
            item["address"]: _advice(item, labels)
            for chapter in data["chapters"]
            for item in chapter.get("recommendations", ())
        },
        sources={item["id"]: _source_name(item) for item in data.get("references", ())},
        labels={
            level["id"]: level["label"]
            for scale in ("strengths", "certainties")
            for level in evidence.get(scale, ())
        },
        went={_advice_at(item["from"]): _advice_at(item["to"]) for item in gone if item.get("to")},
        language=data.get("language") or "en",
        site=data.get("site") or "",
        title=data.get("book", {}).get("title", ""),
        withdrawn={_advice_at(item["from"]): item["withdrawn"] for item in gone if item.get("withdrawn")},
    )


def _advice_at(address: str) -> str:
    """Return the permanent name of the recommendation at an address of the site, or the id of the chapter there."""
    page, mark, id = address.partition("#")
    return f"{page.rstrip('/').removesuffix('.html').rpartition('/')[2]}{mark}{id}"


def _labels(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    vocabulary = data.get("vocabulary", {})
    labels = {name: {term["id"]: term["label"] for term in vocabulary.get(name, ())} for name in _TERMS}
    labels["part"] = {part["id"]: part["title"] for part in data.get("parts", ())}
    organisations = {item["id"]: item["title"] for item in data.get("organisations", ())}
    labels |= dict.fromkeys(("local_partner", "expert_partner", "partners", "hosts"), organisations)
    labels["sources"] = {item["id"]: _source_name(item) for item in data.get("references", ())}
    return labels


def _thing(kind: str, item: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> Thing:
    return Thing(
        kind=kind,
        id=item["id"],
        title=item.get("title") or item["id"],
        url=item.get("url", ""),
        facts={
            name: _words(value, labels.get(name, {}))
            for name, value in item.items()
            if name not in _ELSEWHERE and value not in (None, [], {}, "")
        },
        texts={name: text for name, text in _texts(item) if text},
        figures=tuple(_figure(figure, labels) for figure in item.get("figures", ())),
        reviews=tuple(
            Review(*(str(review.get(name, "")) for name in ("date", "by", "checked", "outcome")))
            for review in item.get("reviews", ())
        ),
    )


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "summary", item.get("summary") or ""
    yield "key_messages", _list(item.get("key_messages", ()))
    yield "target_group", item.get("target_group") or ""
    yield "body", item.get("body") or ""
    for field, entry in item.get("profile", {}).items():
        yield f"profile.{field}", entry["text"]
    yield "outcomes", _list(item.get("outcomes", ()))
    for exercise in item.get("exercises", ()):
        yield f"exercise.{exercise['id']}", _exercise(exercise)


def _exercise(exercise: Mapping[str, Any]) -> str:
    parts = [f"**{exercise['title']}**", f"{exercise['minutes']} min; {exercise['group']}", exercise["aim"]]
    parts.append(_list(exercise.get("materials", ())))
    parts.append(
        _list(
            f"{step['text']} ({step['minutes']} min)" if step.get("minutes") else step["text"]
            for step in exercise.get("steps", ())
        )
    )
    parts.append(_list(exercise.get("debrief", ())))
    parts.append(_list(prompt["prompt"] for prompt in exercise.get("worksheet", ())))
    return "\n\n".join(part for part in parts if part)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {folded(item)}" for item in items)


def _figure(item: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> Figure:
    return Figure(
        label=item["label"],
        unit=item["unit"],
        date=str(item["date"]),
        value=item["value"],
        source=labels["sources"].get(item["source"], item["source"]),
        note=item.get("note") or "",
    )


def _advice(item: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> Advice:
    compared = {"id", "kind", "url", "address", "number", "text", "history", "checklist", "illustrated_by"}
    return Advice(
        address=item["address"],
        number=item["number"],
        url=item["url"],
        text=folded(item["text"]),
        strength=item["strength"],
        certainty=item["certainty"],
        sources=tuple(item.get("sources", ())),
        because=folded(item["because"]),
        facts={
            name: _words(value, labels.get(name, {}))
            for name, value in item.items()
            if name not in compared and name not in EVIDENCE and value
        },
        checklist=_list(item.get("checklist", ())),
        history=tuple(
            (entry["edition"], entry["change"], entry["reason"]) for entry in item.get("history", ())
        ),
    )


def _words(value: Any, labels: Mapping[str, str]) -> str:
    """Return a value in words."""
    if isinstance(value, Mapping):
        return "; ".join(_words(inner, labels) for inner in value.values() if inner not in (None, [], ""))
    if isinstance(value, list):
        return ", ".join(_words(inner, labels) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return labels.get(str(value), str(value))


def _source_name(item: Mapping[str, Any]) -> str:
    """Return who wrote a source of the bibliography (CSL-JSON), and when."""
    people = item.get("author") or item.get("editor") or ()
    names = [person.get("family") or person.get("literal") or "" for person in people if person]
    who = names[0] if names else item.get("publisher") or item.get("title") or item["id"]
    if len(names) == 2:
        who = f"{names[0]} and {names[1]}"
    elif len(names) > 2:
        who = f"{names[0]} et al."
    dates = (item.get("issued") or {}).get("date-parts") or [[]]
    return f"{who} {dates[0][0]}" if dates[0] else who
