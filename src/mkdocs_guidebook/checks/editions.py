"""Editions: what was published keeps its name, and every change of advice has its reason."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_guidebook.checks.engine import Check, Content, at_key, check
from mkdocs_guidebook.content.data.editions import PublishedRecommendation
from mkdocs_guidebook.content.kinds.chapter import Chapter, Recommendation
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.content.yaml12 import Key
from mkdocs_guidebook.markup.links import Lead, understand, unpublished
from mkdocs_guidebook.problems import Problem, Rule, did_you_mean


def _recommendations(content: Content) -> Iterator[tuple[Record[Chapter], int, Recommendation]]:
    """Yield the recommendations that are published, each with its chapter and its place in it."""
    for chapter in content.library.chapters:
        if not chapter.is_draft:
            for number, recommendation in enumerate(chapter.data.recommendations):
                yield chapter, number, recommendation


def changed_fields(before: PublishedRecommendation, now: Recommendation) -> list[str]:
    """Return the fields of a recommendation's advice and evidence that are not as they were published."""
    changed = [
        name
        for name in ("text", "strength", "certainty", "because")
        if str(getattr(before, name)).split() != str(getattr(now, name)).split()
    ]
    return changed + (["sources"] if set(before.sources) != set(now.sources) else [])


@check(
    Rule(
        code="unexplained-change",
        family="editions",
        title="Who changes a published recommendation says why",
        what="Reports a recommendation whose words, strength, certainty, reason or sources are not those of the last published edition, while its `history` has no entry for the coming edition, or only one that says that nothing changed.",
        why="Readers who know the old advice must see what is different, and why, without reading everything again.",
        example="text: Agree early.     # edition 1.0 says: Agree in writing.",
        fix='history: [{edition: "2.0", change: reworded, reason: Courts asked for it.}]',
    )
)
def unexplained_change(content: Content, rule: Rule) -> Iterator[Problem]:
    """A difference from the last edition has an entry in `history`."""
    published = content.library.published
    for chapter, number, recommendation in _recommendations(content):
        before = published.by_id.get(f"{chapter.id}#{recommendation.id}")
        if before is None or before.gone:
            continue
        changed = changed_fields(before, recommendation)
        if not changed:
            continue
        coming = [entry for entry in recommendation.history if entry.edition not in published.names]
        if any(entry.change in ("reworded", "evidence") for entry in coming):
            continue
        last = published.names[-1] if published.names else before.since
        key: Key = ("recommendations", number, changed[0])
        said = " and ".join(f"`{name}`" for name in changed)
        yield chapter.problem(
            rule,
            chapter.place(key if key in chapter.document.values else (*key[:2], "id")),
            f"{said} of `{recommendation.id}` {'is' if len(changed) == 1 else 'are'} not as edition {last} has "
            f"{'it' if len(changed) == 1 else 'them'}"
            + (", but `history` says that nothing changed" if coming else ", and `history` does not say why"),
            'Add a line to `history`: {edition: "…", change: '
            + ("reworded" if "text" in changed else "evidence")
            + ", reason: …}, with the name of the coming edition.",
        )


@check(
    Rule(
        code="reused-id",
        family="editions",
        title="The id of a withdrawn recommendation is never used again",
        what="Reports a recommendation with the id of one that an earlier edition withdrew or moved.",
        why="Its address stands in other people's documents, and would now lead to something else.",
        example="- id: agree-before-the-first-case     # withdrawn in edition 2.0",
        fix="- id: agree-on-consent",
    )
)
def reused_id(content: Content, rule: Rule) -> Iterator[Problem]:
    """No recommendation has an address that is gone."""
    for chapter, number, recommendation in _recommendations(content):
        before = content.library.published.by_id.get(f"{chapter.id}#{recommendation.id}")
        if before is not None and before.gone:
            yield at_key(
                rule,
                chapter,
                ("recommendations", number, "id"),
                f"the id `{recommendation.id}` belonged to a recommendation of edition {before.since} "
                f"that edition {before.gone} no longer has",
                "Give this one another id.",
            )


@check(
    Rule(
        code="wrong-history",
        family="editions",
        title="The history of a recommendation speaks of editions that are",
        what="Reports an entry of `history` with an edition that was not published and is not the coming one, and one that says `withdrawn` of a recommendation that is still there.",
        why="The label of the recommendation would name an edition that nobody can find.",
        example='{edition: "2.1", change: reworded, reason: …}     # book.yml says edition: "2.0"',
        fix='{edition: "2.0", change: reworded, reason: …}',
    )
)
def wrong_history(content: Content, rule: Rule) -> Iterator[Problem]:
    """Entries of `history` name a published edition or the one in book.yml."""
    library = content.library
    coming = library.book.edition
    known = [*library.published.names, coming]
    for chapter, number, recommendation in _recommendations(content):
        for index, entry in enumerate(recommendation.history):
            key: Key = ("recommendations", number, "history", index)
            if entry.change == "withdrawn":
                yield at_key(
                    rule,
                    chapter,
                    (*key, "change"),
                    f"`{recommendation.id}` is said to be withdrawn, and stands here all the same",
                    "Take the recommendation out, and say why in data/redirects.yml.",
                )
            elif coming != "dev" and library.published.names and entry.edition not in known:
                yield at_key(
                    rule,
                    chapter,
                    (*key, "edition"),
                    f"there is no edition {entry.edition}, and the coming one is {coming}",
                    f'Write "{coming}", or name the coming edition in guidebook/book.yml.',
                    tuple(known),
                )


@check(
    Rule(
        code="broken-redirect",
        family="editions",
        title="Redirects lead somewhere, once",
        what="Reports a line of data/redirects.yml whose target is not there, that has no target and no reason, or both, or whose address has a line already.",
        why="Readers who follow an old address would find nothing.",
        example="- {from: guidebook/pumps/, to: guidebook/boots.md}",
        fix="- {from: guidebook/pumps/, to: guidebook/boats.md}",
    )
)
def broken_redirect(content: Content, rule: Rule) -> Iterator[Problem]:
    """Each redirect has one target that exists, or a reason."""
    library = content.library
    entry = library.entries.get("redirects")
    if entry is None:
        return
    seen: set[str] = set()
    for number, redirect in enumerate(library.redirects):
        key: Key = ("redirects", number)
        if redirect.old in seen:
            message = f"the address `{redirect.old}` has a line already"
            yield at_key(rule, entry, (*key, "from"), message, "Delete one of the two.")
        seen.add(redirect.old)
        if (redirect.to is None) == (redirect.withdrawn is None):
            yield at_key(
                rule,
                entry,
                (*key, "from"),
                f"`{redirect.old}` has " + ("both `to` and `withdrawn`" if redirect.to else "no target"),
                "Write either `to:` with a path in the project, or `withdrawn:` with the reason.",
            )
        elif redirect.to is not None:
            target = understand(library, "redirects.yml", redirect.to)
            if target.path in library.broken:
                continue
            if target.lead not in (Lead.RECORD, Lead.COLLECTION, Lead.DATA):
                yield at_key(
                    rule,
                    entry,
                    (*key, "to"),
                    f"there is no page `{redirect.to}`{did_you_mean(redirect.to, library.by_path)}",
                    "Write a path from the project's folder, such as guidebook/boats.md.",
                )
            elif why := unpublished(library, target):
                yield at_key(
                    rule,
                    entry,
                    (*key, "to"),
                    f"`{redirect.to}` {why}",
                    "Publish it first, or name another page.",
                )
            elif target.anchor and target.lead is not Lead.COLLECTION:
                known = content.anchors(target.path)
                if target.anchor not in known:
                    yield at_key(
                        rule,
                        entry,
                        (*key, "to"),
                        f"`{target.path}` has no place `#{target.anchor}`{did_you_mean(target.anchor, known)}",
                        "Choose a place of that page.",
                        tuple(sorted(known)),
                    )


CHECKS: tuple[Check, ...] = (unexplained_change, reused_id, wrong_history, broken_redirect)
