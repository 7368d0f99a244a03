"""Links to other sites: whether what they lead to still answers.

`addresses` says what there is to ask and where each address is written; `asking` asks one address, politely
and carefully; `answers` remembers what was said, with its date; `round` goes through what is due. Nothing here
runs in a build: only ``guidebook check --external`` asks, and everything else reads what is remembered; so
`round`, which loads what asking needs, is imported where it is asked.
"""

from mkdocs_guidebook.checks.external.addresses import Written, addresses_of
from mkdocs_guidebook.checks.external.answers import Answer, Outcome, load_answers
from mkdocs_guidebook.checks.external.findings import LastRound, last_round, remembered

__all__ = [
    "Answer",
    "LastRound",
    "Outcome",
    "Written",
    "addresses_of",
    "last_round",
    "load_answers",
    "remembered",
]
