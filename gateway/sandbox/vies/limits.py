"""How many questions at a time an authority takes, all together and for each member state."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

EVERYBODY = "*"


class Limits:
    """Counts the questions that are being answered. Thread-safe; no limit to begin with."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._most: dict[str, int] = {}
        self._busy: Counter[str] = Counter()

    def replace(self, most: Mapping[str, Any]) -> None:
        """Set limits by member state, `*` for all together.

        Raises:
            ValueError: One is no number of questions.
        """
        if not all(type(value) is int and value >= 0 for value in most.values()):
            raise ValueError("a limit is a number of questions at a time")
        with self._lock:
            self._most = dict(most)

    @contextmanager
    def place(self, prefix: str) -> Iterator[str | None]:
        """Take a place while a question is answered; gives the fault when there is none."""
        with self._lock:
            refusal = self._refusal(prefix)
            if refusal is None:
                self._busy.update((prefix, EVERYBODY))
        try:
            yield refusal
        finally:
            if refusal is None:
                with self._lock:
                    self._busy.subtract((prefix, EVERYBODY))

    def _refusal(self, prefix: str) -> str | None:
        if self._busy[EVERYBODY] >= self._most.get(EVERYBODY, 1 << 30):
            return "GLOBAL_MAX_CONCURRENT_REQ"
        if self._busy[prefix] >= self._most.get(prefix, 1 << 30):
            return "MS_MAX_CONCURRENT_REQ"
        return None

    def as_json(self) -> dict[str, int]:
        """Return the limits in force."""
        with self._lock:
            return dict(self._most)
