"""Work done by several processes, such as the making of pages.

Everything is loaded before; then each worker is forked, so that it has all of it without copying, and does the
tasks that the parent names, one after the other. It gives back what came of each, or says why it could not do it.
Python counts who refers to each object in the object itself, so a worker gets a copy of all that it looks at: one
that has taken much memory gives its place to a new one.
A worker that ends without a word, as when the system is short of memory, takes the whole work with it. A worker whose
parent is gone finds its pipe closed, and ends.
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
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn, TypeVar

T = TypeVar("T")
_DONE, _LARGE, _FAILED = b"d", b"l", b"f"
"""How a task ended: done; done by a worker that has taken much memory; not done."""
_MUCH = 128 << 20
"""Much memory, in bytes."""
_MANY = 64
"""While more tasks than this wait, a worker has its next one before it is asked for: the parent may be busy."""
LESS_MEMORY = "Close other programs and try again, or try with --jobs 1, which needs less memory."


class Crashed(Exception):
    """Work on something was not finished; the message names it and says why, as a sentence for people."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} was not finished: {reason}")


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
    given: deque[int] = field(default_factory=deque)
    """The numbers of the tasks that it has, the first of which it works on."""
    ended: int | None = None
    """How it ended, as the system says it; None while it runs."""


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
    the first task that was not finished.
    """
    waiting = deque(range(len(names)))
    workers: list[_Worker] = []
    if jobs == 1:
        _alone(names, make, waiting, done)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # what is loaded is no garbage: the workers' collectors leave it alone, and so it stays shared
    try:
        with selectors.DefaultSelector() as selector:

            def begin() -> None:
                with suppress(OSError):  # the system gives no more processes: those that there are do it
                    worker = _start(make, workers)
                    workers.append(worker)
                    selector.register(worker.answers, selectors.EVENT_READ, worker)
                    _give(worker, waiting, selector)

            for _ in range(min(jobs, len(names))):
                begin()
            while selector.get_map():
                for key, _ in selector.select():
                    worker = key.data
                    answer, said = _answer(worker)
                    finished = worker.given.popleft()
                    if answer not in (_DONE, _LARGE):
                        raise Crashed(names[finished], said.decode() or _how_it_ended(worker))
                    if answer == _LARGE and waiting and can_fork():
                        if not worker.given:
                            selector.unregister(worker.answers)
                            workers.remove(worker)
                            _dismiss(worker)
                            begin()
                    else:
                        _give(worker, waiting, selector)
                    done(finished, pickle.loads(said))  # noqa: S301 - from a process of our own
    finally:
        gc.unfreeze()
        for worker in workers:
            _dismiss(worker)
    _alone(names, make, waiting, done)  # where there are no workers


def _alone(
    names: Sequence[str], make: Callable[[int], T], waiting: deque[int], done: Callable[[int, T], object]
) -> None:
    """Do in this process what waits."""
    while waiting:
        number = waiting.popleft()
        try:
            result = make(number)
        except Exception as error:
            raise Crashed(names[number], _said(error)) from error
        done(number, result)


def _give(worker: _Worker, waiting: deque[int], selector: selectors.BaseSelector) -> None:
    """Name the next task, or the next two; without any, hear no more of it."""
    while waiting and len(worker.given) < (2 if len(waiting) > _MANY else 1):
        worker.given.append(waiting.popleft())
        with suppress(BrokenPipeError):  # it has ended: its answers tell
            worker.tasks.write(worker.given[-1].to_bytes(4, "big"))
    if not worker.given:
        selector.unregister(worker.answers)


def _answer(worker: _Worker) -> tuple[bytes, bytes]:
    """Return whether a worker has done its task, and what it gave back or said; nothing where it ended meanwhile."""
    head = _read(worker.answers, 5)
    length = int.from_bytes(head[1:], "big")
    said = _read(worker.answers, length)
    return (head[:1], said) if len(head) == 5 and len(said) == length else (b"", b"")


def _read(pipe: BinaryIO, length: int) -> bytes:
    """Return so many bytes, or fewer where the pipe is closed."""
    whole = bytearray()
    while len(whole) < length and (piece := pipe.read(length - len(whole))):
        whole += piece
    return bytes(whole)


def _dismiss(worker: _Worker) -> None:
    worker.tasks.close()
    worker.answers.close()
    _end(worker)


def _end(worker: _Worker) -> int:
    """End a worker, if it has not ended; return how it ended, as `os.waitstatus_to_exitcode` does."""
    if worker.ended is None:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        _, worker.ended = os.waitpid(worker.pid, 0)
    return os.waitstatus_to_exitcode(worker.ended)


def _how_it_ended(worker: _Worker) -> str:
    """Say how a worker ended that did not say so itself."""
    code = _end(worker)
    if code != -signal.SIGKILL:
        return f"the process that worked on it has ended all of a sudden (exit code {code}). Try again with --jobs 1."
    return f"the system has ended the process that worked on it, as it does when memory runs short. {LESS_MEMORY}"


def _said(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return f"there is not enough memory. {LESS_MEMORY}"
    return str(error) or "".join(traceback.format_exception(error))


def _start(make: Callable[[int], object], earlier: Sequence[_Worker]) -> _Worker:
    task_read, task_write = os.pipe()
    answer_read, answer_write = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        for end in (task_read, task_write, answer_read, answer_write):
            os.close(end)
        raise
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
    from resource import RUSAGE_SELF, getpagesize, getrusage  # wherever there is fork

    most = _MUCH // getpagesize()
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
        while len(task := os.read(tasks, 4)) == 4:
            try:
                said = pickle.dumps(make(int.from_bytes(task, "big")), protocol=5)
                # Each page of memory that it takes or that is copied for it is a fault.
                end = _DONE if getrusage(RUSAGE_SELF).ru_minflt < most else _LARGE
            except Exception as error:
                end, said = _FAILED, _said(error).encode()
            answer = end + len(said).to_bytes(4, "big") + said
            while answer:
                answer = answer[os.write(answers, answer) :]
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
