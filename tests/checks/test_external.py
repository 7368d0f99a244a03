"""Asking other sites whether the pages that we link to answer. No test asks anybody but this machine."""

from __future__ import annotations

import dataclasses
import datetime
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_guidebook.checks.engine import Content
from mkdocs_guidebook.checks.external import Answer, Outcome, addresses_of, load_answers
from mkdocs_guidebook.checks.external.answers import FILE, KEPT
from mkdocs_guidebook.checks.external.asking import Asker, Manners, is_public
from mkdocs_guidebook.checks.external.round import ask_due, is_offline
from mkdocs_guidebook.content import load
from tests.checks.strangers import Stranger, stranger
from tests.site.projects import guidebook
from tests.tiny import ACTIVITY, ON, copy_valid, read_valid

MANNERS = Manners("test", limit=60, pause=0, private=True)
HASTY = dataclasses.replace(MANNERS, limit=1)
DAY = "1795435200"
"""23 November 2026, 12:00 UTC, as SOURCE_DATE_EPOCH: the day of the fixtures."""
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def host() -> Iterator[Stranger]:
    with stranger() as told:
        yield told


@pytest.fixture
def asked(host: Stranger) -> Stranger:
    host.asked.clear()
    return host


NAIVE = b'{"http://a.example": {"outcome": "failed", "asked": "2026-11-20", "due": "2026-11-27T12:00:00"}}'


def nothing(done: int, total: int) -> None:
    """Take the progress."""


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("/ok", Outcome.ANSWERED, ""),
        ("/no-head", Outcome.ANSWERED, ""),
        ("/elsewhere", Outcome.ANSWERED, ""),
        ("/busy", Outcome.ANSWERED, ""),
        ("/404", Outcome.FAILED, "the page is gone (404)"),
        ("/moved/404", Outcome.FAILED, "the page is gone (404)"),
        ("/410", Outcome.FAILED, "the page was taken away for good (410)"),
        ("/400", Outcome.FAILED, "the host refuses the page (400)"),
        ("/500", Outcome.FAILED, "the host has a fault (500)"),
        ("/403", Outcome.UNWILLING, "the host refuses the page (403)"),
        ("/very-busy", Outcome.UNWILLING, "the host asks us to come back later (429)"),
        ("/reset", Outcome.FAILED, "the host breaks off the connection"),
        ("/nonsense", Outcome.FAILED, "the host breaks off the connection"),
        ("/circle", Outcome.FAILED, "the page sends readers on in a circle"),
        ("/for-ever", Outcome.FAILED, "the page sends readers on more than 10 times"),
        ("/to-script", Outcome.FAILED, "the page sends readers on to what is no page of the web"),
        ("/to-the-end", Outcome.FAILED, "the page sends readers on to what is no page of the web"),
        ("/to-nonsense", Outcome.FAILED, "the address or the answer of the host cannot be understood"),
    ],
)
def test_every_kind_of_answer_is_said_in_words(
    asked: Stranger, path: str, outcome: Outcome, words: str
) -> None:
    answer = Asker(MANNERS).ask(asked.address + path)
    assert (answer.outcome, answer.words) == (outcome, words)


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_host_that_takes_too_long_is_given_up(asked: Stranger, path: str) -> None:
    answer = Asker(HASTY).ask(asked.address + path)
    assert (answer.outcome, answer.words) == (Outcome.FAILED, "no answer within 1 seconds")


def test_a_page_is_asked_by_head_and_only_by_get_where_head_is_refused(asked: Stranger) -> None:
    Asker(MANNERS).ask(f"{asked.address}/ok")
    Asker(MANNERS).ask(f"{asked.address}/no-head")
    assert asked.asked == [("HEAD", "/ok"), ("HEAD", "/no-head"), ("GET", "/no-head")]


@pytest.mark.parametrize(
    ("path", "now_at"),
    [("/moved", "/ok"), ("/moved/moved/ok", "/ok"), ("/moved/elsewhere", "/elsewhere"), ("/elsewhere", None)],
)
def test_a_page_that_moved_for_good_says_where_it_is(asked: Stranger, path: str, now_at: str | None) -> None:
    answer = Asker(MANNERS).ask(asked.address + path)
    assert answer.moved_to == (asked.address + now_at if now_at else "")


def test_a_host_without_tls_and_one_that_takes_no_connection_are_told_apart(asked: Stranger) -> None:
    secure = asked.address.replace("http:", "https:")
    assert Asker(MANNERS).ask(secure).words == "no secure connection can be made"
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert Asker(MANNERS).ask(nobody).words == "the host takes no connection"


@pytest.mark.parametrize(
    "address", ["http://[::1/", "http://127.0.0.1:99999/", f"http://{'a' * 70}.example/"]
)
def test_an_address_that_is_none_is_no_traceback(address: str) -> None:
    answer = Asker(MANNERS).ask(address)
    assert answer.words == "the address or the answer of the host cannot be understood"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_nothing_on_this_machine_is_asked_however_its_address_is_written(asked: Stranger, name: str) -> None:
    port = asked.address.rsplit(":", 1)[1]
    answer = Asker(dataclasses.replace(MANNERS, private=False)).ask(f"http://{name}:{port}/ok")
    assert answer.words == "the address leads into a private network, where readers cannot follow"
    assert asked.asked == []


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_private_networks_are_known(number: str, public: bool) -> None:
    assert is_public(number) is public


def test_one_host_is_asked_one_page_at_a_time(tmp_path: Path, asked: Stranger) -> None:
    addresses = [f"{asked.address}/at-work/{number}" for number in range(6)]
    ask_due(tmp_path, addresses, MANNERS, now=NOW, progress=nothing)
    assert len(asked.asked) == 6
    assert asked.busiest == 1


def test_an_address_is_asked_once_however_often_it_is_written(tmp_path: Path, asked: Stranger) -> None:
    ask_due(tmp_path, [f"{asked.address}/ok"] * 3, MANNERS, now=NOW, progress=nothing)
    assert asked.asked == [("HEAD", "/ok")]


def test_only_what_is_due_is_asked_again(tmp_path: Path, asked: Stranger) -> None:
    addresses = [asked.address + path for path in ("/ok", "/404", "/very-busy")]

    def paths_asked(later: datetime.timedelta) -> set[str]:
        asked.asked.clear()
        ask_due(tmp_path, addresses, MANNERS, now=NOW + later, progress=nothing)
        return {path for _, path in asked.asked}

    assert paths_asked(datetime.timedelta()) == {"/ok", "/404", "/very-busy"}
    assert paths_asked(datetime.timedelta(hours=1)) == set()
    assert paths_asked(datetime.timedelta(hours=25)) == {"/404"}  # /very-busy wanted 27.8 hours
    assert paths_asked(datetime.timedelta(hours=28)) == {"/very-busy"}
    assert paths_asked(KEPT) == {"/ok", "/404", "/very-busy"}


@pytest.mark.parametrize("content", [b"", b"{", NAIVE, b'{"http://a.example": {"outcome": "lost"}}', b"\xff"])
def test_a_cache_that_cannot_be_read_is_written_anew(tmp_path: Path, asked: Stranger, content: bytes) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(content)
    ask_due(tmp_path, [f"{asked.address}/ok"], MANNERS, now=NOW, progress=nothing)
    assert list(load_answers(tmp_path)) == [f"{asked.address}/ok"]


def test_where_no_host_has_a_name_it_is_this_machine_that_is_cut_off() -> None:
    nobody = Answer(Outcome.FAILED, "there is no host of this name", is_named=False)
    cut_off = {f"http://host-{number}.example/": nobody for number in range(3)}
    assert is_offline(cut_off)
    assert not is_offline({"http://misspelt.example/": nobody})
    assert not is_offline({**cut_off, "http://there.example/": Answer(Outcome.FAILED)})


def _with_links(root: Path, host: str) -> Path:
    """Make a project that links to this host only."""
    moved = {
        "data/organisations.yml": ("https://example.org/", f"{host}/500"),
        "data/references.yml": ("https://example.org/high-water", f"{host}/ok"),
        "guidebook/book.yml": ("https://creativecommons.org/licenses/by/4.0/", f"{host}/ok"),
    }
    return copy_valid(
        root,
        {
            "mkdocs.yml": "site_name: Rivers\nplugins: [guidebook]\n",
            ACTIVITY: read_valid(ACTIVITY)
            + f"\nSee [the report]({host}/404#part) and [the law]({host}/moved).\n",
            **{path: read_valid(path).replace(*change) for path, change in moved.items()},
        },
    )


def test_addresses_of_texts_and_data_are_found_where_they_are_written(tmp_path: Path) -> None:
    root = _with_links(tmp_path / "project", "http://h.example")
    library, _ = load(root)
    found = {item.address: str(item.place) for item in addresses_of(Content(library, ON))}
    for address in ("/404", "/moved", "/500", "/ok"):
        path, line, column = found[f"http://h.example{address}"].split(":")
        text = (root / path).read_text("utf-8").splitlines()[int(line) - 1]
        assert text[int(column) - 1 :].startswith(f"http://h.example{address}")
    assert "http://h.example/404" in found  # without the part behind #


def test_the_command_tells_what_did_not_answer_at_the_very_place(tmp_path: Path, asked: Stranger) -> None:
    root = _with_links(tmp_path / "project", asked.address)
    result = guidebook("check", "--external", "--allow-private", "--format", "json", cwd=root, epoch=DAY)
    assert result.code == 0, result.err
    found = {problem["message"]: problem for problem in json.loads(result.out)}
    gone = found[f"the page is gone (404): {asked.address}/404"]
    assert (gone["code"], gone["severity"], gone["path"]) == ("external-link", "warning", ACTIVITY)
    moved = found[f"the page has moved for good: {asked.address}/moved"]
    assert moved["hint"].endswith(f": {asked.address}/ok")
    assert found[f"the host has a fault (500): {asked.address}/500"]["path"] == "data/organisations.yml"
    assert "4 addresses of other sites: 2 answered, 2 failed." in result.err
    assert all(agent.startswith("mkdocs-guidebook/") for agent in asked.agents - {"test"})


def test_a_malformed_address_is_a_warning_like_others(tmp_path: Path, asked: Stranger) -> None:
    root = _with_links(tmp_path / "project", asked.address)
    (root / ACTIVITY).write_text(read_valid(ACTIVITY) + "\nSee [this report](http://[a.b/c).\n")
    result = guidebook("check", ACTIVITY, "--external", cwd=root, epoch=DAY)
    assert result.code == 0
    assert "cannot be understood: http://[a.b/c" in result.out


def test_warnings_of_other_sites_count_with_strict_and_only_at_the_paths_that_are_asked_for(
    tmp_path: Path, asked: Stranger
) -> None:
    root = _with_links(tmp_path / "project", asked.address)
    options = ("--external", "--allow-private", "--strict")
    assert guidebook("check", "data/references.yml", *options, cwd=root, epoch=DAY).code == 0
    assert [path for _, path in asked.asked] == ["/ok"]
    assert guidebook("check", ACTIVITY, *options, cwd=root, epoch=DAY).code == 1


def test_without_the_option_nobody_is_asked(tmp_path: Path, asked: Stranger) -> None:
    root = _with_links(tmp_path / "project", asked.address)
    assert guidebook("check", "--strict", cwd=root, epoch=DAY).code == 0
    assert asked.asked == []
    assert not (root / FILE).exists()
