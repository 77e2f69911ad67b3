"""A quick client for load: raw sockets, requests made beforehand, answers hardly looked at.

It shares the machine with what it measures, so it does as little as it can: one process, one
selector, a request at a time on each connection.
"""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Load:
    """What a run came to.

    Attributes:
        seconds: How long it took.
        statuses: How many answers had each status.
        latencies: Milliseconds from the request's first byte to the answer's last, sorted.
    """

    seconds: float
    statuses: dict[int, int]
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return sum(self.statuses.values()) / self.seconds

    def at(self, share: float) -> float:
        """Return the latency below which that share of the answers stayed."""
        return self.latencies[min(len(self.latencies) - 1, round(share * len(self.latencies)))]


def request(
    method: str, url: str, path: str, body: bytes, headers: dict[str, str]
) -> Callable[[int], bytes]:
    """Return a maker of requests, each with an Idempotency-Key of its own."""
    host = urlsplit(url).netloc
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join(lines).encode() + b"\r\nIdempotency-Key: "

    def made(number: int) -> bytes:
        return b"%b%d-%d%b%b" % (head, number, time.monotonic_ns(), _END, body)

    return made


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    began: float = 0.0
    answer: bytearray = field(default_factory=bytearray)

    def begin(self, content: bytes) -> None:
        self.began = time.perf_counter()
        self.answer.clear()
        self.socket.sendall(content)

    def ended(self) -> int | None:
        """Return the status once the whole answer is there."""
        end = self.answer.find(_END)
        if end < 0:
            return None
        start = self.answer.lower().find(_LENGTH) + len(_LENGTH)
        length = int(self.answer[start : self.answer.find(b"\r\n", start)])
        return int(self.answer[9:12]) if len(self.answer) >= end + len(_END) + length else None


def run(url: str, make: Callable[[int], bytes], *, connections: int, seconds: float) -> Load:
    """Send requests over so many connections for so long.

    Raises:
        ConnectionError: The server closed one.
    """
    parts = urlsplit(url)
    selector = selectors.DefaultSelector()
    number = 0
    statuses: dict[int, int] = {}
    latencies: list[float] = []
    began = time.perf_counter()
    for _ in range(connections):
        opened = socket.create_connection((parts.hostname or "", parts.port or 80))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = _Connection(opened)
        selector.register(opened, selectors.EVENT_READ, connection)
        connection.begin(make(number))
        number += 1
    while (now := time.perf_counter()) < began + seconds:
        for key, _ in selector.select(1):
            connection = key.data
            part = connection.socket.recv(65536)
            if not part:
                raise ConnectionError("the server closed a connection")
            connection.answer += part
            status = connection.ended()
            if status is not None:
                statuses[status] = statuses.get(status, 0) + 1
                latencies.append((time.perf_counter() - connection.began) * 1000)
                connection.begin(make(number))
                number += 1
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    selector.close()
    return Load(now - began, statuses, sorted(latencies))
