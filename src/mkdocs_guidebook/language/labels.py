"""Labels in words, as readers of guidelines know them."""

from __future__ import annotations

from mkdocs_guidebook.content.library import Library, NumberedRecommendation
from mkdocs_guidebook.language import Language


def edition_label(library: Library, numbered: NumberedRecommendation, language: Language) -> str:
    """Return since when a recommendation stands and which edition touched it last.

    Such as “new in 2.0”, “1.0, reworded 2.0” or “1.0, reviewed 2.0: no change”; empty before anything is published.
    """
    published, coming = library.published, library.book.edition
    if not published.names and coming == "dev":
        return ""
    before = published.by_id.get(numbered.address)
    if before is None:
        if coming == "dev":
            return language("label.new")
        return language("label.new_in", edition=coming) if published.names else coming
    changes = [(change.edition, change.change) for change in before.changes]
    changes += [
        (entry.edition, entry.change)
        for entry in numbered.data.history
        if entry.edition not in published.names and entry.change in ("reworded", "evidence", "reviewed")
    ]
    if not changes:
        newest = coming if coming != "dev" else published.names[-1]
        is_new = before.since == newest and before.since != published.names[0]
        return language("label.new_in", edition=before.since) if is_new else before.since
    last = changes[-1][0]
    kinds = {change for edition, change in changes if edition == last}
    if kinds == {"reviewed"}:
        what = language("label.reviewed", edition=last)
    elif {"reworded", "evidence"} <= kinds:
        what = language("label.both", edition=last)
    else:
        what = language("label.reworded" if "reworded" in kinds else "label.evidence", edition=last)
    return f"{before.since}, {what}"
