"""How many attempts each endpoint may have at a time: so that no one's trouble is another's.

An endpoint begins with two, has one more after each success and half as many after a failure.
Endpoints that did not succeed last time, or were never asked, share half of the threads: however
many of them hang, the other half is there for those that answer.
"""

import threading
from collections import defaultdict
from uuid import UUID

_FIRST = 2


class Windows:
    """What one process knows of the endpoints it asks. Thread-safe.

    Args:
        threads: Attempts at a time in all.
        most: Attempts at a time on one endpoint.
    """

    def __init__(self, threads: int, most: int) -> None:
        self._threads = threads
        self._most = most
        self._lock = threading.Lock()
        self._size: dict[UUID, int] = defaultdict(lambda: _FIRST)
        self._proven: set[UUID] = set()
        self._busy: dict[UUID, int] = defaultdict(int)

    def begin(self, endpoint: UUID) -> None:
        """Count an attempt that begins."""
        with self._lock:
            self._busy[endpoint] += 1

    def end(self, endpoint: UUID, *, good: bool) -> None:
        """Count an attempt that ended, and learn from it."""
        with self._lock:
            self._busy[endpoint] -= 1
            if not self._busy[endpoint]:
                del self._busy[endpoint]
            if good:
                self._proven.add(endpoint)
                self._size[endpoint] = min(self._most, self._size[endpoint] + 1)
            else:
                self._proven.discard(endpoint)
                self._size[endpoint] = max(1, self._size[endpoint] // 2)

    def free(self) -> int:
        """Return how many attempts may begin."""
        with self._lock:
            return self._threads - sum(self._busy.values())

    def free_for_doubtful(self) -> int:
        """Return how many may begin on endpoints that have not proven themselves."""
        with self._lock:
            doubtful = sum(n for one, n in self._busy.items() if one not in self._proven)
            free = self._threads - sum(self._busy.values())
            return min(free, self._threads // 2 - doubtful)

    def proven(self) -> list[UUID]:
        """Return the endpoints that succeeded last time and have room."""
        with self._lock:
            return [one for one in self._proven if self._busy.get(one, 0) < self._size[one]]

    def not_now(self) -> list[UUID]:
        """Return the endpoints that `proven` returns, or that have no room."""
        with self._lock:
            full = {one for one, count in self._busy.items() if count >= self._size[one]}
            return list(full | self._proven)
