"""The fault plane: how the access point is told to misbehave, so that the same seed does it again.

A rule fires by `nth` (every n-th message it looks at) or by `probability`. Chance is not drawn
from a running generator, whose draws would depend on which of two threads came first, but from a
hash of seed, fault, document and attempt: the same documents meet the same faults in every run.
"""

import hashlib
import threading
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """What can be done to a message.

    `drop_*` closes the connection without an answer, before or after the message is stored;
    `http_*` answers an error, before or after; `latency` waits `seconds` before anything else;
    `late_signals` adds `seconds` to the verdicts; `duplicate_signals` pushes each twice;
    `signal_before_response` pushes the verdicts before answering; `reordered` lets the buyer
    speak before the network.
    """

    LATENCY = "latency"
    DROP_BEFORE_ACCEPT = "drop_before_accept"
    DROP_AFTER_ACCEPT = "drop_after_accept"
    HTTP_500_BEFORE_ACCEPT = "http_500_before_accept"
    HTTP_503_BEFORE_ACCEPT = "http_503_before_accept"
    HTTP_500_AFTER_ACCEPT = "http_500_after_accept"
    HTTP_503_AFTER_ACCEPT = "http_503_after_accept"
    DUPLICATE_SIGNALS = "duplicate_signals"
    LATE_SIGNALS = "late_signals"
    SIGNAL_BEFORE_RESPONSE = "signal_before_response"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault and when it fires.

    Attributes:
        fault: What happens.
        probability: Chance per message, 0 to 1; or
        nth: fire at every n-th message looked at (1: every message).
        count: Fire so many times at most; None: without limit.
        seed: Seed of the chance.
        seconds: How long, for `latency` and `late_signals`.
    """

    fault: Fault
    probability: float | None = None
    nth: int | None = None
    count: int | None = None
    seed: int = 0
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if (self.probability is None) == (self.nth is None):
            raise ValueError("give either probability or nth")
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ValueError("probability is between 0 and 1")
        if self.nth is not None and self.nth < 1:
            raise ValueError("nth counts from 1")
        if self.count is not None and self.count < 0:
            raise ValueError("count is not negative")
        if not 0 <= self.seconds <= 3600:  # noqa: PLR2004 - an hour
            raise ValueError("seconds is between 0 and 3600")

    def chance(self, subject: str) -> bool:
        """Return whether this message is hit; the same for the same seed and subject."""
        digest = hashlib.sha256(f"{self.seed}|{self.fault}|{subject}".encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64 < (self.probability or 0)


class FaultPlane:
    """The rules in force and how often each fired."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: tuple[Rule, ...] = ()
        self._seen: list[int] = []
        self._fired: list[int] = []

    def replace(self, rules: list[dict[str, Any]]) -> None:
        """Put other rules in force, with their counts at zero.

        Raises:
            ValueError: A rule is not one.
            TypeError: A rule has an unknown member.
        """
        parsed = tuple(Rule(**{**rule, "fault": Fault(str(rule.get("fault")))}) for rule in rules)
        with self._lock:
            self._rules = parsed
            self._seen = [0] * len(parsed)
            self._fired = [0] * len(parsed)

    def strike(self, fault: Fault, subject: str) -> Rule | None:
        """Return the rule by which a fault fires now, or None; a fired rule is counted.

        Args:
            fault: The fault that could happen at this point.
            subject: What identifies the message and attempt independently of timing.
        """
        with self._lock:
            for index, rule in enumerate(self._rules):
                if rule.fault is not fault:
                    continue
                if rule.count is not None and self._fired[index] >= rule.count:
                    continue
                self._seen[index] += 1
                hit = self._seen[index] % rule.nth == 0 if rule.nth else rule.chance(subject)
                if hit:
                    self._fired[index] += 1
                    return rule
        return None

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rules with what they saw and how often they fired."""
        with self._lock:
            return [
                {**asdict(rule), "seen": seen, "fired": fired}
                for rule, seen, fired in zip(self._rules, self._seen, self._fired, strict=True)
            ]
