"""One round through all addresses that are due: hosts side by side, each of them one page after the other."""

from __future__ import annotations

import datetime
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from mkdocs_guidebook.checks.external.addresses import host_of
from mkdocs_guidebook.checks.external.answers import (
    Answer,
    Remembered,
    load_answers,
    save_answers,
)
from mkdocs_guidebook.checks.external.asking import Asker, Manners

_HOSTS_AT_ONCE = 8
_ENOUGH_HOSTS = 3
"""If none of so many hosts has a name that can be looked up, it is this machine that is cut off."""


class NoNetwork(Exception):
    """No address could be asked, because this machine reaches no other; nothing is remembered."""


def ask_due(
    root: Path,
    addresses: Iterable[str],
    manners: Manners,
    *,
    now: datetime.datetime,
    progress: Callable[[int, int], None],
) -> dict[str, Remembered]:
    """Ask those of the addresses that are due; return what is known of all of them, by address.

    Answers are kept in the project at `root`, also those that came before the round was broken off. Answers
    about addresses that are not among `addresses` stay. `progress` is told how many of the due ones are done.
    Raises `NoNetwork`, and `OSError` where the answers cannot be kept.
    """
    wanted = list(dict.fromkeys(addresses))
    known = load_answers(root)
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in wanted:
        if address not in known or known[address].due <= now:
            by_host[host_of(address)].append(address)
    total = sum(map(len, by_host.values()))
    if total:
        asker = Asker(manners)
        fresh: dict[str, Answer] = {}
        counting = threading.Lock()

        def ask_host(due: list[str]) -> None:
            for address in due:
                if not asker.stop.is_set():
                    answer = asker.ask(address)
                    with counting:
                        fresh[address] = answer
                        progress(len(fresh), total)

        progress(0, total)
        with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
            try:
                for done in as_completed([pool.submit(ask_host, due) for due in by_host.values()]):
                    done.result()
            finally:
                asker.stop.set()
                pool.shutdown(cancel_futures=True)
                if not is_offline(fresh):
                    known |= {address: Remembered.of(answer, now) for address, answer in fresh.items()}
                    save_answers(root, known)
        if is_offline(fresh):
            raise NoNetwork
    return {address: known[address] for address in wanted if address in known}


def is_offline(answers: Mapping[str, Answer]) -> bool:
    """Return whether answers, by their addresses, say more about this machine than about other sites."""
    hosts = {host_of(address) for address in answers}
    return len(hosts) >= _ENOUGH_HOSTS and not any(answer.is_named for answer in answers.values())
