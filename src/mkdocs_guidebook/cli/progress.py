"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click


class Reporter:
    """Shows how far a job is. Call it with the step, how much is done, and how much there is."""

    def __init__(self) -> None:
        self._step = ""
        self._bar: Any = None
        self._done = 0
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell that `done` of `total` parts of a step are done."""
        if step != self._step:
            self.close()
            self._step, self._done = step, 0
            if self._terminal:
                self._bar = click.progressbar(length=total, label=step, file=sys.stderr)
                self._bar.__enter__()
            else:
                click.echo(f"{step} …", err=True)
        if self._bar is not None:
            self._bar.update(done - self._done)
        self._done = done

    def close(self) -> None:
        """End the bar that is shown."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
