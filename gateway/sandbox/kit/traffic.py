"""What came over the wire and what went back, the last of it, and playing it again."""

import base64
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.kit.clock import now
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.replies import Reply

_MOST = 500  # exchanges
_MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange.

    Attributes:
        number: Counted from 1.
        at: ISO 8601, UTC.
        call: What was asked.
        reply: What was answered.
    """

    number: int
    at: str
    call: Call
    reply: Reply

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return len(self.call.body) + len(self.reply.body)

    def head(self) -> dict[str, Any]:
        """Return it without the bytes."""
        return {
            "number": self.number,
            "at": self.at,
            "method": self.call.method,
            "target": self.call.target,
            "status": self.reply.status,
            "way": self.reply.way,
        }

    def as_json(self) -> dict[str, Any]:
        """Return all of it; bytes in base64."""
        return {
            **self.head(),
            "request": {
                "headers": dict(self.call.headers),
                "body": base64.b64encode(self.call.body).decode(),
            },
            "answer": {
                "headers": dict(self.reply.headers),
                "body": base64.b64encode(self.reply.body).decode(),
            },
        }


class Traffic:
    """The last exchanges: at most so many, and so many bytes. Thread-safe."""

    def __init__(self, most: int = _MOST, most_bytes: int = _MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._lock = threading.Lock()
        self._kept: deque[Recorded] = deque()
        self._bytes = 0
        self._number = 0

    def record(self, call: Call, reply: Reply) -> None:
        """Keep an exchange, and forget the oldest where there are too many."""
        with self._lock:
            self._number += 1
            one = Recorded(self._number, now().isoformat(), call, reply)
            self._kept.append(one)
            self._bytes += one.size
            while len(self._kept) > self._most or self._bytes > self._most_bytes:
                self._bytes -= self._kept.popleft().size

    def heads(self) -> list[dict[str, Any]]:
        """Return what is kept, without bytes, oldest first."""
        with self._lock:
            return [one.head() for one in self._kept]

    def one(self, number: int) -> Recorded:
        """Return one exchange.

        Raises:
            KeyError: It is not kept.
        """
        with self._lock:
            for one in self._kept:
                if one.number == number:
                    return one
        raise KeyError(number)

    def replay(self, number: int, answer: Callable[[Call], Reply]) -> dict[str, Any]:
        """Ask again what was asked then, without a socket; say whether the answer is the same.

        Raises:
            KeyError: It is not kept.
        """
        then = self.one(number)
        reply = answer(then.call)
        return {
            "number": number,
            "status": reply.status,
            "body": base64.b64encode(reply.body).decode(),
            "same": (reply.status, reply.body) == (then.reply.status, then.reply.body),
        }
