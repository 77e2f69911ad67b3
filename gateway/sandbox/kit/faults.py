"""The fault plane: how a local authority is told to misbehave, the same for the same seed.

One vocabulary for all of them; each says which of it it can play. Rules are looked at in their
order: `latency` waits and lets the others follow, of the rest the first that fires decides. A rule
fires by `nth` (every n-th call it looks at) or by `probability`. Chance is a hash of seed, rule,
message and attempt, never a running generator, whose draws would depend on which thread came
first: the same messages meet the same faults in every run, and a repeated one has its own luck.
"""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_HTTP = re.compile(r"http_([1-5][0-9]{2})_(before|after)_accept")


class Fault(StrEnum):
    """What can be done to a call."""

    LATENCY = "latency"
    """Wait `seconds` before anything else."""
    DROP_BEFORE_ACCEPT = "drop_before_accept"
    """Reset the connection before anything is done."""
    DROP_AFTER_ACCEPT = "drop_after_accept"
    """Do everything, then reset the connection."""
    HTTP_ERROR_BEFORE_ACCEPT = "http_error_before_accept"
    """Answer `status` with a page of HTML and do nothing; `http_503_before_accept` is short for
    it. With `Retry-After: seconds` for 429 and 503."""
    HTTP_ERROR_AFTER_ACCEPT = "http_error_after_accept"
    """Do everything, then answer `status`; `http_500_after_accept` is short for it."""
    PROTOCOL_FAULT = "protocol_fault"
    """Answer a fault in the protocol's own form, saying `word`, with HTTP `status`."""
    MAINTENANCE = "maintenance"
    """Answer 503 with a page and `Retry-After: seconds`; where `word` is `date`, as a moment."""
    RATE_LIMIT = "rate_limit"
    """Answer 429 with `Retry-After: seconds`; where `word` is `date`, as a moment."""
    CERT_REVOKED = "cert_revoked"
    """Answer 403: the caller's certificate is said to be revoked."""
    CLOCK_SKEW = "clock_skew"
    """Let the authority's clock be `seconds` ahead (behind, if negative) for this call."""
    WRONG_SIGNATURE = "wrong_signature"
    """Do everything, then let a stranger sign the answer."""
    FOREIGN_ANSWER = "foreign_answer"
    """Do everything, then give the genuine answer to another message."""
    SLOW_ASYNC = "slow_async"
    """Let the verdict take `seconds` more, pushed or asked for."""
    LATE_SIGNALS = "late_signals"
    """Push the verdicts `seconds` later."""
    OUT_OF_ORDER_SIGNALS = "out_of_order_signals"
    """Let the last verdict come first."""
    DUPLICATE_SIGNALS = "duplicate_signals"
    """Push every verdict twice."""
    SIGNAL_BEFORE_RESPONSE = "signal_before_response"
    """Push the verdicts before answering."""
    BROKEN_OFF = "broken_off"
    """Close the connection in the middle of the answer."""
    TRICKLE = "trickle"
    """Send the answer a few bytes at a time, for `seconds` in all."""
    CHUNKED_TRICKLE = "chunked_trickle"
    """The same in chunks, without saying how long it will be."""
    EMPTY = "empty"
    """Answer `status` with nothing."""
    GARBAGE = "garbage"
    """Answer 200 with bytes that are no XML and no JSON."""
    HTML_PAGE = "html_page"
    """Answer 200 with a page of HTML, as a firewall does."""
    HUGE = "huge"
    """Answer with ten megabytes."""
    REDIRECT = "redirect"
    """Answer 307 to another address."""
    DOCTYPE = "doctype"
    """Answer with an entity that would say `false`."""
    WRONG_NUMBER = "wrong_number"
    """Answer `false` about another number."""
    WRONG_COUNTRY = "wrong_country"
    """Answer `false` about another country's number."""
    OTHER_OPERATION = "other_operation"
    """Answer `false` to the other operation."""
    NO_RESULT = "no_result"
    """Answer without the element that holds the verdict."""
    UNCLEAR_RESULT = "unclear_result"
    """Answer neither true nor false: `word`, or `perhaps`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault, and when it fires.

    Attributes:
        fault: What happens.
        where: Only at that operation of the authority; None: wherever calls carry something.
        who: Only for that party: a sender, a member state; None: for all.
        probability: Chance per call, 0 to 1; or
        nth: fire at every n-th call looked at (1: every call).
        count: Fire so many times at most; None: without limit.
        seed: Seed of the chance.
        seconds: How long, where the fault takes time.
        word: What a fault says, where it says something.
        status: The HTTP status, where the fault has one.
    """

    fault: Fault
    where: str | None = None
    who: str | None = None
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
        least = -(10**9) if self.fault is Fault.CLOCK_SKEW else 0
        most = 10**9 if self.fault is Fault.CLOCK_SKEW else 3600
        if not least <= self.seconds <= most:
            raise ValueError("seconds is between 0 and 3600; for clock_skew, anything")
        if self.status is not None and not 200 <= self.status <= 599:  # noqa: PLR2004 - HTTP's
            raise ValueError("status is an HTTP status")

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> "Rule":
        """Read a rule as it comes over HTTP.

        Raises:
            ValueError: It is no rule.
            TypeError: It has an unknown member.
        """
        values, name = dict(given), str(given.get("fault"))
        if short := _HTTP.fullmatch(name):
            values["status"], name = int(short[1]), f"http_error_{short[2]}_accept"
        return cls(**{**values, "fault": Fault(name)})

    @property
    def label(self) -> str:
        """The name it is counted under: of HTTP errors the short one."""
        if self.fault.startswith("http_error_"):
            return self.fault.replace("error", str(self.status or 503))
        return str(self.fault)


@dataclass(frozen=True, slots=True)
class Blow:
    """What befalls a call.

    Attributes:
        seconds: What latency adds up to.
        rule: The other rule that fired, if one did.
    """

    seconds: float = 0.0
    rule: Rule | None = None


class FaultPlane:
    """The rules in force, and how often each fired. Thread-safe.

    Args:
        faults: What the authority can play; a rule with another fault is refused.
        places: Its operations, for `where`.
    """

    def __init__(self, faults: Collection[Fault], places: Collection[str]) -> None:
        self._faults = frozenset(faults)
        self._places = frozenset(places)
        self._lock = threading.Lock()
        self._rules: tuple[Rule, ...] = ()
        self._seen: list[int] = []
        self._fired: list[int] = []
        self._attempts: Counter[str] = Counter()

    def replace(self, rules: list[dict[str, Any]]) -> None:
        """Put other rules in force, with all counts at zero.

        Raises:
            ValueError: A rule is not one, or not one that this authority plays.
            TypeError: A rule has an unknown member.
        """
        parsed = tuple(Rule.parse(rule) for rule in rules)
        for rule in parsed:
            if rule.fault not in self._faults:
                raise ValueError(f"{rule.fault} is not played here")
            if rule.where is not None and rule.where not in self._places:
                raise ValueError(f"where is one of {', '.join(sorted(self._places))}")
        with self._lock:
            self._rules = parsed
            self._seen = [0] * len(parsed)
            self._fired = [0] * len(parsed)
            self._attempts.clear()

    def attempt(self, subject: str) -> str:
        """Return what identifies this attempt of a call, so that a retry has its own luck."""
        with self._lock:
            self._attempts[subject] += 1
            return f"{subject}|{self._attempts[subject]}"

    def strike(
        self,
        candidates: Collection[Fault],
        attempt: str,
        *,
        where: str = "",
        who: str = "",
        named: bool = False,
    ) -> Blow:
        """Return what befalls a call at this moment; a fired rule is counted.

        Args:
            candidates: The faults that could happen now.
            attempt: See `attempt`.
            where: The operation that is called.
            who: Whom the call concerns.
            named: True for an operation that only those rules befall which name it: enquiries.
        """
        seconds = 0.0
        with self._lock:
            for index, rule in enumerate(self._rules):
                if rule.fault not in candidates or self._fired[index] == rule.count:
                    continue
                here = rule.where == where or (rule.where is None and not named)
                if not here or rule.who not in {None, who}:
                    continue
                self._seen[index] += 1
                if not self._hits(index, rule, attempt):
                    continue
                self._fired[index] += 1
                if rule.fault is not Fault.LATENCY:
                    return Blow(seconds, rule)
                seconds += rule.seconds
        return Blow(seconds)

    def _hits(self, index: int, rule: Rule, attempt: str) -> bool:
        if rule.nth is not None:
            return self._seen[index] % rule.nth == 0
        text = f"{rule.seed}|{index}|{rule.fault}|{attempt}"
        digest = hashlib.sha256(text.encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64 < (rule.probability or 0)

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rules with what they saw and how often they fired."""
        with self._lock:
            return [
                {**asdict(rule), "fault": rule.label, "seen": seen, "fired": fired}
                for rule, seen, fired in zip(self._rules, self._seen, self._fired, strict=True)
            ]

    @property
    def vocabulary(self) -> list[str]:
        """The faults that this authority can play."""
        return sorted(self._faults)
