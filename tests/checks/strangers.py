"""A host on this machine that answers in every way that hosts of the web do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Stranger:
    """Such a host, and what it was asked."""

    address: str = ""
    """Where it is, without a slash at the end."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request, in order."""
    agents: set[str] = field(default_factory=set)
    closing: threading.Event = field(default_factory=threading.Event)
    busiest: int = 0
    """How many requests for /at-work it had at the same time, at most."""


@contextmanager
def stranger() -> Iterator[Stranger]:
    """Give a host whose paths say what it does: /404 answers with 404, /slow does not answer, …"""
    told = Stranger()
    now = 0
    counting = threading.Lock()

    class Host(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            self.do_HEAD()

        def do_HEAD(self) -> None:
            told.asked.append((self.command, self.path))
            told.agents.add(self.headers["User-Agent"])
            name, _, rest = self.path.strip("/").partition("/")
            match name:
                case "at-work":
                    self._work()
                    self._send(200)
                case "slow":
                    told.closing.wait(300)
                case "drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    with suppress(ConnectionError):
                        while not told.closing.wait(0.05):
                            self.wfile.write(b"x")
                case "reset":
                    self.connection.shutdown(socket.SHUT_RDWR)
                case "nonsense":
                    self.wfile.write(b"hello there\r\n\r\n")
                case "no-head":
                    self._send(405 if self.command == "HEAD" else 200)
                case "moved":
                    self._send(301, Location=f"/{rest or 'ok'}")
                case "elsewhere":
                    self._send(302, Location=f"/{rest or 'ok'}")
                case "to-script":
                    self._send(302, Location="javascript:alert(1)")
                case "to-nonsense":
                    self._send(302, Location="http://[::1/")
                case "to-the-end":
                    self._send(302, Location="/" + "x" * 3000)
                case "circle":
                    self._send(302, Location="/circle")
                case "for-ever":
                    self._send(302, Location=f"{self.path}/on")
                case "busy":
                    again = ("HEAD", self.path) in told.asked[:-1]
                    self._send(200) if again else self._send(429, **{"Retry-After": "1"})
                case "very-busy":
                    self._send(429, **{"Retry-After": "100000"})
                case _:
                    self._send(int(name) if name.isdecimal() else 200)

        def _work(self) -> None:
            nonlocal now
            with counting:
                now += 1
                told.busiest = max(told.busiest, now)
            time.sleep(0.02)
            with counting:
                now -= 1

        def _send(self, status: int, **headers: str) -> None:
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        told.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
