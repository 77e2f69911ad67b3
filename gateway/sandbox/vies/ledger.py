"""What the local authorities were asked and what they said, in memory, newest last."""

import threading
from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any

_MOST = 100_000  # questions; older ones are forgotten, the counters are not


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        at: ISO 8601, UTC.
        service: `vies`, `test`, `hmrc` or `token`.
        operation: `checkVat`, `checkVatApprox`, `lookup` or `token`; "" for what is none.
        number: What was asked about.
        requester: Who asked, if he said so.
        outcome: `valid`, `invalid`, or the fault that was answered.
        consultation_number: What was given out as proof.
        trouble: The fault of the plane that befell it, if one did.
    """

    at: str
    service: str
    operation: str
    number: str
    requester: str
    outcome: str
    consultation_number: str = ""
    trouble: str = ""


class Ledger:
    """The book. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: deque[Asked] = deque(maxlen=_MOST)
        self._counters: Counter[str] = Counter()

    def enter(self, asked: Asked) -> None:
        """Enter a question with what was said."""
        with self._lock:
            self._asked.append(asked)
            self._counters[f"{asked.service}:asked"] += 1
            self._counters[f"{asked.service}:{asked.trouble or asked.outcome}"] += 1

    def count(self, name: str) -> None:
        """Add one to a counter."""
        with self._lock:
            self._counters[name] += 1

    def clear(self) -> None:
        """Begin a new book."""
        with self._lock:
            self._asked.clear()
            self._counters.clear()

    def as_json(self) -> dict[str, Any]:
        """Return the book."""
        with self._lock:
            return {
                "asked": [asdict(asked) for asked in self._asked],
                "counters": dict(sorted(self._counters.items())),
            }
