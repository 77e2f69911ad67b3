"""Playing the faults of one call: before it is taken, while, and after. The same everywhere."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from gateway.sandbox.kit import replies
from gateway.sandbox.kit.faults import Fault, FaultPlane, Rule
from gateway.sandbox.kit.replies import Reply

BEFORE = (
    Fault.LATENCY,
    Fault.DROP_BEFORE_ACCEPT,
    Fault.HTTP_ERROR_BEFORE_ACCEPT,
    Fault.PROTOCOL_FAULT,
    Fault.MAINTENANCE,
    Fault.RATE_LIMIT,
    Fault.CERT_REVOKED,
)
"""What happens before a call is looked at."""

AFTER = (
    Fault.DROP_AFTER_ACCEPT,
    Fault.HTTP_ERROR_AFTER_ACCEPT,
    Fault.WRONG_SIGNATURE,
    Fault.FOREIGN_ANSWER,
    Fault.BROKEN_OFF,
    Fault.TRICKLE,
    Fault.CHUNKED_TRICKLE,
    Fault.EMPTY,
    Fault.GARBAGE,
    Fault.HTML_PAGE,
    Fault.HUGE,
    Fault.REDIRECT,
)
"""What becomes of its answer, when everything was done."""

USUAL = (*BEFORE, Fault.CLOCK_SKEW, *AFTER)
"""What every authority plays that lets its calls be played around."""


@dataclass(slots=True)
class Player:
    """Plays.

    Attributes:
        plane: The rules.
        count: Notes in the ledger that a fault fired.
        forge: Lets a stranger sign an answer.
    """

    plane: FaultPlane
    count: Callable[[str], None]
    forge: Callable[[Reply], Reply]
    _last: dict[str, tuple[str, Reply]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def around(
        self,
        subject: str,
        work: Callable[[str, float], Reply],
        *,
        where: str,
        who: str = "",
        named: bool = False,
    ) -> Reply:
        """Return what is answered to a call.

        Args:
            subject: What identifies the call, in every run.
            work: Takes the call; it is told which attempt it is, and by how much its clock is off.
            where: The operation.
            who: Whom it concerns.
            named: True for an operation that only those rules befall which name it: enquiries.
        """
        attempt = self.plane.attempt(f"{where}|{subject}")
        strike = partial(self.plane.strike, where=where, who=who, named=named)
        blow = strike(BEFORE, attempt)
        if blow.seconds:
            self.count(f"fault:{Fault.LATENCY}")
        time.sleep(blow.seconds)
        if blow.rule is not None and (early := replies.instead(blow.rule)) is not None:
            self.count(f"fault:{blow.rule.label}")
            return early
        skewed = strike((Fault.CLOCK_SKEW,), attempt).rule
        if skewed is not None:
            self.count(f"fault:{skewed.label}")
        reply = work(attempt, 0.0 if skewed is None else skewed.seconds)
        rule = strike(AFTER, attempt).rule
        other = self._other(subject, where, reply)
        if rule is None:
            return reply
        self.count(f"fault:{rule.label}")
        if rule.fault is Fault.WRONG_SIGNATURE:
            return self.forge(reply)
        if rule.fault is Fault.FOREIGN_ANSWER:
            return other or replies.dropped()
        return replies.instead(rule) or replies.bent(rule, reply)

    def struck(self, fault: Fault, attempt: str, *, where: str = "", who: str = "") -> Rule | None:
        """Return the rule by which one fault fires now, and note it; None when none does."""
        rule = self.plane.strike((fault,), attempt, where=where, who=who).rule
        if rule is not None:
            self.count(f"fault:{rule.label}")
        return rule

    def _other(self, subject: str, where: str, reply: Reply) -> Reply | None:
        """Remember this genuine answer, and return the last one that was about something else."""
        with self._lock:
            known = self._last.get(where)
            if known is None or known[0] != subject:
                self._last[where] = (subject, reply)
        return None if known is None or known[0] == subject else known[1]
