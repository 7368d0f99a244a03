"""Asking another site whether a page is there: one address, at most one request at a time per host.

Addresses come from contributed content, and a check may run inside a private network. So a name is looked up
once, every address that it stands for is looked at, and the connection goes to the very address that was
looked at; the same holds for each address that a host sends us on to. Nothing of a page is read but its
status and its headers, no cookie is kept, and no password that an address holds is sent.
"""

from __future__ import annotations

import datetime
import email.utils
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from mkdocs_guidebook.checks.external.answers import Answer, Outcome

_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_SENT_ON = (*_PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
_UNWILLING = frozenset((401, 402, 403, 406, 429, 451, 999))
"""Statuses that say something about the one who asks, not about the page; 999 is LinkedIn's own."""
_MOST_REDIRECTS = 10
_LONGEST = 2_000
"""Characters of an address; browsers and hosts take no longer ones for granted."""
_SAFE = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class Manners:
    """How other sites are asked."""

    agent: str
    """The User-Agent: who asks, and where to complain."""
    limit: float = 20
    """Seconds after which a request is given up."""
    pause: float = 1
    """Seconds between two requests to the same host."""
    longest_wait: float = 30
    """Seconds that a host may ask us to wait before we ask again at once; else it is asked another day."""
    private: bool = False
    """Whether addresses of this machine and of private networks may be asked."""


class _Refused(Exception):
    """The address is not asked; the message says why."""


@dataclass
class Asker:
    """Asks addresses; threads may share it."""

    manners: Manners
    stop: threading.Event = field(default_factory=threading.Event)
    """Set it to end all waiting."""
    _turns: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _free_at: dict[str, float] = field(default_factory=dict)

    def ask(self, address: str) -> Answer:
        """Return what the host says of an address that begins with http:// or https://."""
        current, moved_to, permanent = address, "", True
        seen = {address}
        for _ in range(_MOST_REDIRECTS):
            try:
                status, location, wait = self._once(current)
                if status not in _SENT_ON or not location:
                    return _understood(status, moved_to, wait)
                current = _followed(current, location)
            except Exception as error:
                named = not isinstance(error, socket.gaierror)
                return Answer(Outcome.FAILED, _in_words(error, self.manners.limit), is_named=named)
            if current in seen:
                return Answer(Outcome.FAILED, "the page sends readers on in a circle")
            seen.add(current)
            permanent = permanent and status in _PERMANENT
            moved_to = current if permanent else moved_to
        return Answer(Outcome.FAILED, f"the page sends readers on more than {_MOST_REDIRECTS} times")

    def _once(self, address: str) -> tuple[int, str, float]:
        """Return status, Location and Retry-After of an address: by HEAD, or by GET where HEAD is refused."""
        try:
            status, location, wait = self._request("HEAD", address)
        except (http.client.HTTPException, ConnectionError):
            status, location, wait = 0, "", 0.0
        if 0 < wait <= self.manners.longest_wait and status in (429, 503):
            self._free_at[_host(address)] = time.monotonic() + wait
        elif 0 < status < 400 or status == 429:
            return status, location, wait
        return self._request("GET", address)

    def _request(self, method: str, address: str) -> tuple[int, str, float]:
        parts = urlsplit(address)
        host = _host(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with self._turn(host):
            connection = _Connection(host, port, parts.scheme == "https", self.manners)
            with _time_limit(connection, self.manners.limit):
                headers = {"User-Agent": self.manners.agent, "Accept": "*/*", "Connection": "close"}
                connection.request(method, _target(parts), headers=headers)
                response = connection.getresponse()
                location = response.headers.get("Location", "")
                # Header lines are read as Latin-1; addresses in them are UTF-8 where they are not plain.
                location = location.encode("latin-1").decode("utf-8", "replace")
                return (
                    response.status,
                    quote(location.strip(), safe=_SAFE),
                    _seconds(response.headers.get("Retry-After", "")),
                )

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """Wait until nobody else asks this host, and for the pause."""
        with self._turns[host]:
            self.stop.wait(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + self.manners.pause


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at first."""

    def __init__(self, host: str, port: int, secure: bool, manners: Manners) -> None:
        super().__init__(host, port, timeout=manners.limit)
        if secure:
            self.default_port = 443  # the Host header leaves it out
        self._secure, self._manners = secure, manners

    def connect(self) -> None:
        """Connect to the first of the host's addresses that takes us."""
        self.sock = self._connected()
        if self._secure:
            # The handshake comes later, when the time limit can close the socket under it.
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def _connected(self) -> socket.socket:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        numbers = list(dict.fromkeys(str(item[4][0]) for item in found))
        if not self._manners.private and not all(map(is_public, numbers)):
            raise _Refused("the address leads into a private network, where readers cannot follow")
        error: OSError = OSError("no address")
        for number in numbers:
            try:
                return socket.create_connection((number, self.port), self._manners.limit)
            except OSError as refused:
                error = refused
        raise error


def is_public(number: str) -> bool:
    """Return whether an IP address is one of the public internet, also inside what carries IPv4 over IPv6."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast


@contextmanager
def _time_limit(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Close the connection after so many seconds, also where a host answers sign by sign; always at the end."""
    late = threading.Event()

    def end() -> None:
        late.set()
        with suppress(OSError, AttributeError):
            # Not the method of a secure socket, which would also touch what its thread is using.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if not late.is_set():
            raise
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():  # headers that are cut off look like headers that have come to their end
        raise TimeoutError


def _followed(address: str, location: str) -> str:
    """Return the address that a page sends readers on to."""
    target = urljoin(address, location)
    if urlsplit(target).scheme not in ("http", "https") or len(target) > _LONGEST:
        raise _Refused("the page sends readers on to what is no page of the web")
    return target


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").encode("idna").decode()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _seconds(retry_after: str) -> float:
    """Return how long a Retry-After header asks to wait: written as seconds or as a date (RFC 9110, 10.2.3)."""
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    with suppress(TypeError, ValueError):
        until = email.utils.parsedate_to_datetime(retry_after)
        return max(0.0, (until - datetime.datetime.now(datetime.UTC)).total_seconds())
    return 0.0


def _understood(status: int, moved_to: str, wait: float) -> Answer:
    if status < 400:
        return Answer(Outcome.ANSWERED, moved_to=moved_to)
    match status:
        case 404:
            words = "the page is gone (404)"
        case 410:
            words = "the page was taken away for good (410)"
        case 429:
            words = "the host asks us to come back later (429)"
        case _ if status >= 500:
            words = f"the host has a fault ({status})"
        case _:
            words = f"the host refuses the page ({status})"
    return Answer(Outcome.UNWILLING if status in _UNWILLING else Outcome.FAILED, words, wait=wait)


def _in_words(error: Exception, limit: float) -> str:
    match error:
        case _Refused():
            return str(error)
        case socket.gaierror():
            return "there is no host of this name"
        case TimeoutError():
            return f"no answer within {limit:g} seconds"
        case ssl.SSLCertVerificationError():
            return f"the certificate of the host is not valid ({error.verify_message})"
        case ssl.SSLError():
            return "no secure connection can be made"
        case ConnectionRefusedError():
            return "the host takes no connection"
        case ConnectionError() | http.client.HTTPException():
            return "the host breaks off the connection"
        case OSError():
            return "the host cannot be reached"
        case _:
            return "the address or the answer of the host cannot be understood"
