"""The guide published: three editions in one folder, made once and copied by tests that change them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_guidebook.editions.publish import Order, Outcome, publish
from tests.editions.samples import REDIRECTS, first, second, third

DAYS = {"1.0": (2026, 7, 1), "1.1": (2026, 9, 1), "2.0": (2026, 11, 1), "dev": (2026, 11, 20)}


@dataclass(frozen=True)
class Published:
    """A project and the folder with its editions."""

    project: Path
    folder: Path

    @staticmethod
    def in_folder(root: Path) -> Published:
        """Return what stands in a folder that this module filled."""
        return Published(root / "guide", root / "public")

    def publish(self, edition: str, day: tuple[int, int, int] | None = None, **order: Any) -> Outcome:
        """Publish an edition, without documents, on its day."""
        order = {"documents": False, **order}
        with on(day or DAYS.get(edition, (2026, 11, 25))):
            return publish(self.project, Order(edition, **order), self.folder, lambda *_: None)


@contextmanager
def on(day: tuple[int, int, int]) -> Iterator[None]:
    """Let it be a day."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.datetime(*day, 12, tzinfo=datetime.UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def one_edition(root: Path) -> Published:
    """Publish edition 1.0 of the guide in the new folder `root`."""
    published = Published.in_folder(root)
    first(published.project)
    published.publish("1.0")
    return published


def three_editions(root: Path) -> Published:
    """Publish editions 1.0, 1.1 and 2.0 of the guide in the new folder `root`."""
    published = one_edition(root)
    second(published.project)
    published.publish("1.1", offline=True)
    third(published.project)
    (published.project / "data/redirects.yml").write_text(REDIRECTS, "utf-8")
    published.publish("2.0")
    return published
