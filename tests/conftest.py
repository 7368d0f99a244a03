"""What all tests share: the settings of Hypothesis, and snapshots of messages that people read."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.editions.shelves import Published, three_editions
from tests.once import once
from tests.tiny import FIXTURES

settings.register_profile(
    "guidebook",
    derandomize=True,  # the same examples everywhere, so that a failure can be repeated
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("guidebook")

Snapshot = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write the messages that are found as the expected ones",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with a browser first, then those that build sites: no long one is left for one worker in the end."""
    looking = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    building = ("build", "site", "workflows")
    items.sort(key=lambda item: (item.path not in looking, item.path.parent.name not in building))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds remember out of the user's cache."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _can_be_interrupted() -> None:
    """Let Ctrl-C reach the processes that tests start, where a shell runs the tests in its background, too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def same_as_snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Return a function that compares a text with tests/fixtures/messages/NAME.txt."""

    def compare(name: str, text: str) -> None:
        file = FIXTURES / "messages" / f"{name}.txt"
        if request.config.getoption("--update-snapshots"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"{text}\n", "utf-8")
        assert text + "\n" == file.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The tiny guide published as editions 1.0, 1.1 and 2.0, to look at and not to change."""
    return Published.in_folder(once(tmp_path_factory, "editions", three_editions))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a new project, which does not exist yet."""
    return tmp_path / "project"
