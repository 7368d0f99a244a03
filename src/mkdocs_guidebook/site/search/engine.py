"""Pagefind's service, which makes one index. Written for Pagefind 1.5."""

from __future__ import annotations

import base64
import json
import queue
import subprocess
import threading
from contextlib import suppress
from io import BufferedReader
from typing import Any

_EXCLUDED = (
    "header",
    "nav",
    "form",
    "button",
    "svg",
    "table.gb-figures thead",
    ".gb-hidden",
    ".gb-end",
    ".gb-label",
    ".gb-note",
    ".gb-cites",
    ".gb-more-on",
    ".gb-panel",
    ".gb-map",
    ".gb-missing",
    ".gb-recommendation",
    ".gb-exercise",
    ".headerlink",
)
"""What is not text of the page: its frame, and what is a result of its own."""


_WAITING = 64
"""With so many documents waiting it is busy, so that memory does not hold the site."""


class SearchFailed(Exception):
    """The index could not be made; the message says why and what to do."""


class Engine:
    """Pagefind's service: takes documents one after the other, and gives the files of their index.

    Requests go in as they come, in the form of the service: JSON in base64, with a comma behind each. Its Python
    package asks one at a time and waits a tenth of a second for each answer. The files come back as an answer,
    too: those that it writes itself may be empty still when it says that they are written, and even when it has ended.
    """

    def __init__(self, language: str) -> None:
        from pagefind.service import get_executable  # it brings asyncio: only where an index is made

        program = get_executable()
        if program is None:
            raise SearchFailed("the search engine is missing: install the package pagefind[bin]")
        try:
            self._process = subprocess.Popen(
                [program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SearchFailed(f"the search engine did not run: {error}") from error
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._files: list[dict[str, str]] | None = None
        self._wrong: list[str] = []
        self._number = self._done = 0
        self._is_finished = False
        self._ended = threading.Event()
        """That there will be no more answers."""
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._send, self._read)]
        for thread in self._threads:
            thread.start()
        config = {
            "force_language": language,
            "keep_index_url": True,
            "exclude_selectors": list(_EXCLUDED),
        }
        self._ask({"type": "NewIndex", "config": config})

    @property
    def is_busy(self) -> bool:
        """Whether what is put in now would have to wait long."""
        return self._number - self._done >= _WAITING and not self._ended.is_set()

    def put(self, url: str, document: str) -> None:
        """Put a document in."""
        self._ask({"type": "AddFile", "index_id": 0, "url": url, "file_contents": document})

    def finish(self) -> None:
        """Have the index made, as all is put in; once is enough."""
        if not self._is_finished:
            self._is_finished = True
            self._ask({"type": "GetFiles", "index_id": 0})

    def files(self) -> dict[str, bytes]:
        """Return the files of the index that is `finish`ed; the engine ends with this. Raises `SearchFailed`."""
        self._ended.wait()
        self.stop()
        if self._wrong:
            raise SearchFailed(f"the search index could not be made: {self._wrong[0]}")
        if self._files is None:
            raise SearchFailed("the search index could not be made: the search engine stopped early")
        files = {}
        while self._files:
            file = self._files.pop()
            files[file["path"]] = base64.b64decode(file["content"])
        return files

    def stop(self) -> None:
        """End the engine, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._requests.put(b"")
        for thread in self._threads:
            thread.join()

    def _ask(self, payload: dict[str, Any]) -> None:
        self._number += 1
        self._requests.put(_request(self._number, payload))

    def _send(self) -> None:
        """Send requests until there are no more; the engine stops at the end of its input."""
        assert self._process.stdin  # noqa: S101 - for the type
        with suppress(BrokenPipeError), self._process.stdin as pipe:  # it stopped early: its answers tell
            while request := self._requests.get():
                pipe.write(request)
                if self._requests.empty():
                    pipe.flush()

    def _read(self) -> None:
        """Read the answers, up to that with the files or an error."""
        assert isinstance(self._process.stdout, BufferedReader)  # noqa: S101 - for the type
        whole = bytearray()  # an answer; the last one is as large as the index
        while not (self._files or self._wrong) and (piece := self._process.stdout.read1(1 << 20)):
            *ends, rest = piece.split(b",")
            for end in ends:
                whole += end
                if self._is_finished and self._done + 1 == self._number:
                    self._process.kill()  # it has said all: now the memory is ours
                text = base64.b64decode(whole)
                whole.clear()
                self._take(json.loads(text)["payload"])
            whole += rest
        self._ended.set()

    def _take(self, answer: dict[str, Any]) -> None:
        match answer["type"]:
            case "Error":
                self._wrong.append(answer["message"])
            case "GetFiles":
                self._files = answer["files"]
        self._done += 1


def _request(number: int, payload: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","
