"""What each fault means: whom it concerns, whether asking again can help, when, and what to do.

No fault ever says that a number is not in force. VIES's `INVALID_INPUT` is no exception: it also
comes for a country that VIES does not serve, so the outcome is `unknown` and a person looks.

The waits are ours: neither VIES nor HMRC publishes any. An outage of one member state can last
for hours; a limit on requests at a time is over in seconds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType

from gateway.vies.answers import Fault


class Concern(StrEnum):
    """Whom a fault concerns: who else would get it now."""

    QUESTION = "question"
    """This question alone: the number, or the one who asks."""
    MEMBER_STATE = "member_state"
    """Every question about numbers with that prefix."""
    SERVICE = "service"
    """Every question to that service."""
    ADDRESS = "address"
    """Every question that comes from us: our network address or our credentials."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What to do about a fault.

    Attributes:
        concern: Whom it concerns.
        again: Whether asking the same again can help.
        first_wait: Seconds before the second attempt.
        longest_wait: Seconds that no wait exceeds, however many attempts failed.
        breaks: Whether it counts for the circuit breaker of whom it concerns.
        action: What a person should do, in one sentence.
    """

    concern: Concern
    again: bool
    first_wait: float
    longest_wait: float
    breaks: bool
    action: str


_MINUTE = 60.0
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def _never(action: str) -> Treatment:
    return Treatment(
        Concern.QUESTION, again=False, first_wait=0, longest_wait=0, breaks=False, action=action
    )


def _outage(concern: Concern, first: float, longest: float, action: str) -> Treatment:
    return Treatment(
        concern, again=True, first_wait=first, longest_wait=longest, breaks=True, action=action
    )


TREATMENTS: Mapping[Fault, Treatment] = MappingProxyType(
    {
        Fault.INVALID_INPUT: _never(
            "Compare the number with the holder's papers: the service does not take its form, "
            "which does not say whether it is in force."
        ),
        Fault.INVALID_REQUESTER_INFO: _never(
            "Correct the VAT number of the entity that asks, or ask without it and without a "
            "consultation number."
        ),
        Fault.NOT_SERVED: _never(
            "Ask the authority of that country by another way and keep its answer with the "
            "document: no service here covers its numbers."
        ),
        Fault.SERVICE_UNAVAILABLE: _outage(
            Concern.SERVICE, _MINUTE, _HOUR, "Wait: the service is down, and is asked again."
        ),
        Fault.SERVER_BUSY: _outage(
            Concern.SERVICE, 30, 15 * _MINUTE, "Wait: the service is busy, and is asked again."
        ),
        Fault.MS_UNAVAILABLE: _outage(
            Concern.MEMBER_STATE,
            _MINUTE,
            _HOUR,
            "Wait: the member state's register is down, at times for hours, and is asked again.",
        ),
        Fault.TIMEOUT: _outage(
            Concern.MEMBER_STATE,
            30,
            30 * _MINUTE,
            "Wait: the member state's register did not answer in time, and is asked again.",
        ),
        Fault.VAT_BLOCKED: Treatment(
            Concern.QUESTION,
            again=True,
            first_wait=6 * _HOUR,
            longest_wait=_DAY,
            breaks=False,
            action="Write to the service's help desk: it has blocked questions with this number.",
        ),
        Fault.IP_BLOCKED: _outage(
            Concern.ADDRESS,
            6 * _HOUR,
            _DAY,
            "Ask less often and write to the service's help desk: it has blocked our address.",
        ),
        Fault.ACCESS_REFUSED: _outage(
            Concern.ADDRESS,
            _HOUR,
            _DAY,
            "Check the client id and secret in the settings: the service does not take them.",
        ),
        Fault.GLOBAL_MAX_CONCURRENT_REQ: _outage(
            Concern.SERVICE,
            5,
            5 * _MINUTE,
            "Wait: the service has too many questions at a time, and is asked again.",
        ),
        Fault.GLOBAL_MAX_CONCURRENT_REQ_TIME: _outage(
            Concern.SERVICE,
            _MINUTE,
            30 * _MINUTE,
            "Wait: the service had too many questions in a while, and is asked again.",
        ),
        Fault.MS_MAX_CONCURRENT_REQ: _outage(
            Concern.MEMBER_STATE,
            5,
            5 * _MINUTE,
            "Wait: the member state has too many questions at a time, and is asked again.",
        ),
        Fault.MS_MAX_CONCURRENT_REQ_TIME: _outage(
            Concern.MEMBER_STATE,
            _MINUTE,
            30 * _MINUTE,
            "Wait: the member state had too many questions in a while, and is asked again.",
        ),
        Fault.NO_ANSWER: _outage(
            Concern.SERVICE,
            10,
            15 * _MINUTE,
            "Wait; if it lasts, check that this machine reaches the service's address.",
        ),
        Fault.BAD_ANSWER: _outage(
            Concern.SERVICE,
            _MINUTE,
            _HOUR,
            "Wait; if it lasts, read the kept answer and check the service's address.",
        ),
        Fault.UNKNOWN_FAULT: _outage(
            Concern.SERVICE,
            _MINUTE,
            _HOUR,
            "Wait; if it lasts, read the service's words in the kept answer.",
        ),
        Fault.PAUSED: Treatment(
            Concern.MEMBER_STATE,
            again=True,
            first_wait=_MINUTE,
            longest_wait=_HOUR,
            breaks=False,
            action="Wait: the authority failed too often just now, and is asked after a pause.",
        ),
    }
)
"""Every fault, and what to do about it."""


def wait_seconds(
    fault: Fault, attempts: int, *, luck: float = 1.0, retry_after: float | None = None
) -> float | None:
    """Return how long to wait before asking again; None when asking again cannot help.

    Doubles from attempt to attempt up to the fault's longest wait, of which `luck` takes off up to
    a half, so that those who failed together do not come back together.

    Args:
        fault: What came of the last attempt.
        attempts: How many attempts have been made, 1 or more.
        luck: From 0 to 1, drawn by the caller.
        retry_after: What the service asked for: never less than that, up to a day.
    """
    treatment = TREATMENTS[fault]
    if not treatment.again:
        return None
    doublings = min(max(attempts, 1) - 1, 32)
    wait = min(treatment.first_wait * 2.0**doublings, treatment.longest_wait) * (0.5 + luck / 2)
    return wait if retry_after is None else max(wait, min(retry_after, _DAY))


_WORD = re.compile("[A-Z]+(?:_[A-Z]+)*")
_VIES_WORDS = frozenset(list(Fault)[: list(Fault).index(Fault.NO_ANSWER)])


def fault_in(text: str) -> Fault:
    """Return the fault that a service names in a sentence of its own.

    Capitals do not count, nor what stands around the word (`{ 'MS_UNAVAILABLE' }` was usual once).
    No word that is known, or several different ones, are an unknown fault.
    """
    words = {word for word in _WORD.findall(text.upper()) if word in _VIES_WORDS}
    return Fault(words.pop()) if len(words) == 1 else Fault.UNKNOWN_FAULT


_STATUSES: Mapping[int, Fault] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Fault.ACCESS_REFUSED,
        HTTPStatus.FORBIDDEN: Fault.IP_BLOCKED,
        HTTPStatus.REQUEST_TIMEOUT: Fault.TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS: Fault.GLOBAL_MAX_CONCURRENT_REQ,
        HTTPStatus.BAD_GATEWAY: Fault.SERVICE_UNAVAILABLE,
        HTTPStatus.SERVICE_UNAVAILABLE: Fault.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT: Fault.TIMEOUT,
    }
)


def fault_of(status: int, words: str | None = None) -> Fault:
    """Return what an answer without a result means.

    A word that is known counts for more than the status. Without one: a firewall in front of a
    service answers 403 to addresses it does not want; a redirect, another 4xx, or a success that
    holds no result is no answer to the question.

    Args:
        status: The HTTP status.
        words: What the service says in a fault of its own protocol; None when there is no fault.
    """
    fault = Fault.UNKNOWN_FAULT if words is None else fault_in(words)
    if fault is not Fault.UNKNOWN_FAULT:
        return fault
    if status in _STATUSES:
        return _STATUSES[status]
    if words is not None:
        return fault
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault.SERVICE_UNAVAILABLE
    return Fault.BAD_ANSWER
