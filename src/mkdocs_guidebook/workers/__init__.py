"""Work done by several processes, such as the making of pages.

Everything is loaded before; then each worker is forked, so that it has all of it without copying, and does the
tasks that the parent names, one after the other. It gives back what came of each, or says why it could not do it.
A worker that ends without a word takes the build with it. A worker whose parent is gone finds its pipe closed, and
ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn, TypeVar

T = TypeVar("T")
_DONE, _FAILED = b"d", b"f"


class Crashed(Exception):
    """A page could not be made in a worker; the message names it and says why."""


def processes(wanted: int = 0) -> int:
    """Return by how many processes work is done: as many as are wanted, or one on each processor."""
    return (wanted or os.cpu_count() or 1) if can_fork() else 1


def can_fork() -> bool:
    """Whether this process can be doubled: the system can, and no thread would be left behind."""
    return hasattr(os, "fork") and threading.active_count() == 1


@dataclass
class _Worker:
    pid: int
    tasks: BinaryIO
    answers: BinaryIO
    task: int = -1
    """The number of the task that it works on."""


def batches(things: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return things in parts of that size, the last of which may be smaller."""
    return [things[start : start + size] for start in range(0, len(things), size)]


def in_workers(
    names: Sequence[str],
    make: Callable[[int], T],
    jobs: int,
    done: Callable[[int, T], object],
) -> None:
    """Call `make` with each number of `names` in that many processes; tell `done` each number, and what `make` gave.

    What it gives comes as a copy (by pickle). For one job no other process is begun. Raises `Crashed` with the name of
    the first task that failed.
    """
    if jobs == 1:
        for number, name in enumerate(names):
            try:
                result = make(number)
            except Exception as error:
                raise Crashed(f"{name}: {_said(error)}") from error
            done(number, result)
        return
    workers: list[_Worker] = []
    waiting = iter(range(len(names)))
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # what is loaded is no garbage: the workers' collectors leave it alone, and so it stays shared
    try:
        with selectors.DefaultSelector() as selector:
            for _ in range(min(jobs, len(names))):
                worker = _start(make, workers)
                workers.append(worker)
                selector.register(worker.answers, selectors.EVENT_READ, worker)
                _give(worker, waiting, selector)
            while selector.get_map():
                for key, _ in selector.select():
                    worker = key.data
                    answer = worker.answers.read(1)
                    if answer == _DONE:
                        finished, result = worker.task, _result(worker)
                        _give(worker, waiting, selector)
                        done(finished, result)
                    else:
                        raise Crashed(f"{names[worker.task]}: {_reason(worker, answer)}")
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.tasks.close()
            worker.answers.close()
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)


def _give(worker: _Worker, waiting: object, selector: selectors.BaseSelector) -> None:
    """Name the next task, or none."""
    worker.task = next(waiting, -1)  # type: ignore[call-overload]
    if worker.task < 0:
        selector.unregister(worker.answers)
        return
    with suppress(BrokenPipeError):  # it has ended: its answers tell
        worker.tasks.write(worker.task.to_bytes(4, "big"))


def _result(worker: _Worker) -> Any:
    """Return what the worker gave back: its length in four bytes, and itself."""
    whole = b""
    wanted = 4
    while len(whole) < wanted and (piece := worker.answers.read(wanted - len(whole))):
        whole += piece
        if len(whole) == 4:
            wanted += int.from_bytes(whole, "big")
    return pickle.loads(whole[4:])  # noqa: S301 - from a process of our own


def _reason(worker: _Worker, answer: bytes) -> str:
    if answer == _FAILED:
        message = b""
        while piece := worker.answers.read(1 << 16):  # it ends after this
            message += piece
        return message.decode()
    return "the process that made it has ended all of a sudden"


def _said(error: Exception) -> str:
    return str(error) or "".join(traceback.format_exception(error))


def _start(make: Callable[[int], object], earlier: Sequence[_Worker]) -> _Worker:
    task_read, task_write = os.pipe()
    answer_read, answer_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        for worker in earlier:  # or these would never find their pipes closed
            os.close(worker.tasks.fileno())
            os.close(worker.answers.fileno())
        os.close(task_write)
        os.close(answer_read)
        _work(make, task_read, answer_write)
    os.close(task_read)
    os.close(answer_write)
    return _Worker(pid, os.fdopen(task_write, "wb", 0), os.fdopen(answer_read, "rb", 0))


def _work(make: Callable[[int], object], tasks: int, answers: int) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
        while len(task := os.read(tasks, 4)) == 4:
            try:
                result = pickle.dumps(make(int.from_bytes(task, "big")), protocol=5)
            except Exception as error:
                os.write(answers, _FAILED + _said(error).encode()[:50_000])
                break
            answer = _DONE + len(result).to_bytes(4, "big") + result
            while answer:
                answer = answer[os.write(answers, answer) :]
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
