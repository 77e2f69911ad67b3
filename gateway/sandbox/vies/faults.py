"""The fault plane: how the local authorities are told to misbehave, the same for the same seed.

Rules are looked at in their order. `latency` waits and lets the others follow; of the rest the
first that fires decides what happens to a question. Chance is a hash of seed, rule, question and
attempt, never a running generator, whose draws would depend on which thread came first.
"""

import hashlib
import threading
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """What can be done to a question."""

    LATENCY = "latency"
    """Wait `seconds` before anything else."""
    SOAP_FAULT = "soap_fault"
    """Answer the fault `word` with HTTP `status` (200, as VIES does, if none is given)."""
    HTTP_ERROR = "http_error"
    """Answer `status` with a page of HTML; with `Retry-After: seconds` for 429 and 503."""
    DROP_BEFORE = "drop_before"
    """Reset the connection before anything is done."""
    DROP_AFTER = "drop_after"
    """Do everything, then reset the connection."""
    BROKEN_OFF = "broken_off"
    """Close the connection in the middle of the answer."""
    TRICKLE = "trickle"
    """Send the answer a few bytes at a time, for `seconds` in all."""
    EMPTY = "empty"
    """Answer `status` with nothing."""
    GARBAGE = "garbage"
    """Answer 200 with bytes that are no XML and no JSON."""
    HTML_PAGE = "html_page"
    """Answer 200 with a page of HTML, as a firewall does."""
    DOCTYPE = "doctype"
    """Answer with an entity that would say `false`."""
    HUGE = "huge"
    """Answer with a name of ten megabytes."""
    REDIRECT = "redirect"
    """Answer 307 to another address."""
    WRONG_NUMBER = "wrong_number"
    """Answer `false` about another number."""
    WRONG_COUNTRY = "wrong_country"
    """Answer `false` about another country's number."""
    OTHER_OPERATION = "other_operation"
    """Answer `false` to the other operation."""
    NO_RESULT = "no_result"
    """Answer without the element that says whether the number is in force."""
    UNCLEAR_RESULT = "unclear_result"
    """Answer neither true nor false: `word`, or `perhaps`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault, and when it fires.

    Attributes:
        fault: What happens.
        service: Only there: `vies`, `test`, `hmrc` or `token`; None: everywhere.
        prefix: Only for numbers of that member state; None: for all.
        probability: Chance per question, 0 to 1; or
        nth: fire at every n-th question looked at (1: every question).
        count: Fire so many times at most; None: without limit.
        seed: Seed of the chance.
        seconds: How long, where the fault takes time.
        word: What a SOAP fault says, or an unclear result.
        status: The HTTP status, where the fault has one.
    """

    fault: Fault
    service: str | None = None
    prefix: str | None = None
    probability: float | None = None
    nth: int | None = None
    count: int | None = None
    seed: int = 0
    seconds: float = 1.0
    word: str | None = None
    status: int | None = None

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
        if self.service not in {None, "vies", "test", "hmrc", "token"}:
            raise ValueError("service is vies, test, hmrc or token")
        if self.status is not None and not 200 <= self.status <= 599:  # noqa: PLR2004 - HTTP's
            raise ValueError("status is an HTTP status")

    def concerns(self, service: str, prefix: str) -> bool:
        """Tell whether questions to a service about a member state are looked at."""
        return self.service in {None, service} and self.prefix in {None, prefix}


class FaultPlane:
    """The rules in force, and how often each fired. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: tuple[Rule, ...] = ()
        self._seen: list[int] = []
        self._fired: list[int] = []
        self._attempts: dict[str, int] = {}

    def replace(self, rules: list[dict[str, Any]]) -> None:
        """Put other rules in force, with all counts at zero.

        Raises:
            ValueError: A rule is not one.
            TypeError: A rule has an unknown member.
        """
        parsed = tuple(Rule(**{**rule, "fault": Fault(str(rule.get("fault")))}) for rule in rules)
        with self._lock:
            self._rules = parsed
            self._seen = [0] * len(parsed)
            self._fired = [0] * len(parsed)
            self._attempts = {}

    def strike(self, service: str, prefix: str, question: str) -> tuple[float, Rule | None]:
        """Return the seconds to wait, and the rule by which a fault fires now, if one does.

        Args:
            service: Where the question came.
            prefix: The letters of the number asked about; "" for a token.
            question: What is asked; the same question has its own luck at every attempt.
        """
        seconds = 0.0
        with self._lock:
            subject = f"{service}|{question}"
            self._attempts[subject] = attempt = self._attempts.get(subject, 0) + 1
            for index, rule in enumerate(self._rules):
                if not rule.concerns(service, prefix) or self._fired[index] == rule.count:
                    continue
                self._seen[index] += 1
                if not self._hits(index, rule, f"{subject}|{attempt}"):
                    continue
                self._fired[index] += 1
                if rule.fault is not Fault.LATENCY:
                    return seconds, rule
                seconds += rule.seconds
        return seconds, None

    def _hits(self, index: int, rule: Rule, subject: str) -> bool:
        if rule.nth is not None:
            return self._seen[index] % rule.nth == 0
        text = f"{rule.seed}|{index}|{rule.fault}|{subject}"
        digest = hashlib.sha256(text.encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64 < (rule.probability or 0)

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rules with what they saw and how often they fired."""
        with self._lock:
            return [
                {**asdict(rule), "seen": seen, "fired": fired}
                for rule, seen, fired in zip(self._rules, self._seen, self._fired, strict=True)
            ]
