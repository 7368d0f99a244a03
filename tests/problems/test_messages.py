"""What people read in a terminal. `pytest --update-snapshots` writes the files anew; read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_guidebook.problems.formats import as_text
from tests.broken import project_of
from tests.conftest import Snapshot
from tests.tiny import problems_of

READ = (
    "key-misspelt",
    "key-missing-inside",
    "colon-in-a-text",
    "quotation-mark-never-closed",
    "comma-missing",
    "quotation-mark-closed-by-another",
    "quotation-marks-inside-quotation-marks",
    "quotation-marks-of-a-word-processor",
    "text-behind-a-bracket",
    "bracket-too-many",
    "colon-forgotten-in-the-first-line",
    "indentation-wrong",
    "first-key-indented",
    "hyphen-without-space",
    "list-in-the-middle-of-a-line",
    "value-begins-with-emphasis",
    "value-begins-with-a-question-mark",
    "value-begins-with-a-greater-than-sign",
    "backslashes-in-quotes",
    "citation-in-a-list-of-sources",
    "number-sign-in-a-text",
    "comment-instead-of-a-value",
    "comma-in-a-text-between-braces",
    "tab-as-indentation",
    "yaml-anchor-and-alias",
    "text-instead-of-list",
    "text-instead-of-group",
    "text-instead-of-group-in-a-list",
    "group-instead-of-text",
    "hyphens-without-space",
    "value-forgotten",
    "day-that-does-not-exist",
    "country-by-name",
    "country-misspelt",
    "summary-too-long",
    "doi-with-address",
    "topic-unknown",
    "topic-by-its-label",
    "citation-unknown-in-folded-text",
    "link-to-no-file",
    "link-without-ending",
    "link-to-another-site-without-scheme",
    "link-to-a-record-that-is-wrong-too",
    "link-to-no-heading",
    "image-without-alternative",
    "section-unknown",
    "marker-misspelt",
    "list-below-a-line-of-text",
    "list-with-numbers-in-brackets",
    "list-in-a-list-with-two-spaces",
    "bullet-of-a-word-processor-in-the-text",
    "table-row-with-too-many-cells",
    "footnote-without-mark",
    "link-with-a-space-between",
    "link-never-closed",
    "link-of-a-wiki",
    "link-with-a-label-that-is-not-explained",
    "citation-without-an-at-sign",
    "file-name-between-angle-brackets",
    "iframe",
    "latin-1",
    "no-front-matter",
    "front-matter-behind-a-space",
    "front-matter-ends-too-early",
    "front-matter-closed-by-a-dash",
    "chapter-among-articles",
    "data-file-misnamed",
    "folder-misnamed",
    "words-that-print-has-no-letters-for",
    "review-overdue",
)


@pytest.mark.parametrize("case", READ)
def test_a_message_says_in_plain_words_what_to_do(
    case: str, tmp_path: Path, same_as_snapshot: Snapshot
) -> None:
    found = problems_of(project_of(case, tmp_path / case))
    same_as_snapshot(case, as_text(found, "https://example.org/rules/{code}/"))
