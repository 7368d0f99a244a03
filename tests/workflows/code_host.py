"""As much of a code host's API as a comment needs, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"


@dataclass
class CodeHost:
    """The open pull requests and their comments."""

    address: str = ""
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def open(self, number: int, head: str, sha: str) -> None:
        """Open a pull request from a head such as owner:branch."""
        self.pulls.append({"number": number, "head": {"sha": sha, "label": head}})
        self.comments[number] = []

    def say(self, number: int, author: str, body: str) -> None:
        """Write a comment."""
        id = sum(map(len, self.comments.values())) + 1
        self.comments[number].append({"id": id, "user": {"login": author}, "body": body})


@contextmanager
def code_host() -> Iterator[CodeHost]:
    """Give a host of the repository town/guide that takes the token `t`."""
    host = CodeHost()

    class Api(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            match parts.path.removeprefix("/repos/town/guide/").split("/"):
                case ["pulls"]:
                    self._answer([pull for pull in host.pulls if pull["head"]["label"] == query["head"]])
                case ["issues", number, "comments"]:
                    first = 100 * (int(query["page"]) - 1)
                    self._answer(host.comments[int(number)][first : first + 100])

        def do_POST(self) -> None:
            number = int(self.path.split("/")[-2])
            host.say(number, BOT, self._body())
            self._answer({})

        def do_PATCH(self) -> None:
            id = int(self.path.split("/")[-1])
            comment = next(item for items in host.comments.values() for item in items if item["id"] == id)
            comment["body"] = self._body()
            self._answer({})

        def _body(self) -> str:
            length = int(self.headers["Content-Length"])
            return str(json.loads(self.rfile.read(length))["body"])

        def _answer(self, value: Any) -> None:
            allowed = self.headers["Authorization"] == "Bearer t"
            content = json.dumps(value).encode()
            self.send_response(200 if allowed else 401)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
