"""One question carried to a service's address, and its answer carried back, in bytes.

Over `kit/exchange` and not the pooled client of `kit/http`: a service that trickles its answer
would hold that one for as long as it likes, and here one deadline holds for everything. The
address comes from the configuration, so it may be any, this machine's included.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from gateway.kit.exchange import Answer as HttpAnswer
from gateway.kit.exchange import Client, OutOfTimeError
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.trust import trusting
from gateway.version import VERSION
from gateway.vies.answers import Fault

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 30.0
"""A member state's register may take its time; VIES gives up on it after less than that."""

MOST_BYTES = 64 * 1024
"""Of an answer: names and addresses are short."""

USER_AGENT = f"einvoice-gateway/{VERSION}"

_ANYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))


class UnansweredError(Exception):
    """The question has no answer; never leaves this package.

    Attributes:
        fault: Why.
        detail: The service's words, or ours about it, for people.
        retry_after: What the service asks for, where no reply is at hand to read it from.
    """

    def __init__(self, fault: Fault, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.fault = fault
        self.retry_after = retry_after
        self.detail = " ".join(detail.split())[:300]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service sent back, whole.

    Attributes:
        status: The HTTP status.
        headers: By name in lower case.
        body: The bytes.
        complete: False when there were more than are read.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool

    def retry_after(self, now: datetime.datetime) -> float | None:
        """Return the seconds that the service asks us to wait (RFC 9110, 10.2.3), if it does."""
        written = self.headers.get("retry-after", "").strip()
        if written.isascii() and written.isdigit():
            return float(written[:9])
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, OverflowError):  # the year may have any number of digits
            return None
        if moment.tzinfo is None:  # "-0000": UTC, from nowhere in particular
            moment = moment.replace(tzinfo=datetime.UTC)
        return max((moment - now).total_seconds(), 0.0)


def http_client(
    *,
    connect_seconds: float = CONNECT_SECONDS,
    total_seconds: float = TOTAL_SECONDS,
    trust: Path | None = None,
) -> Client:
    """Return the HTTP client of a service: no redirects, no proxies, TLS verified; thread-safe.

    Args:
        connect_seconds: Time to connect.
        total_seconds: Time for everything after that: request, silence, and the whole answer.
        trust: PEM file of the only certificates to trust; None trusts the machine's.
    """
    return Client(
        Policy(private=_ANYWHERE),
        connect_seconds=connect_seconds,
        total_seconds=total_seconds,
        most_body=MOST_BYTES,
        trust=trusting(trust),
    )


def post(http: Client, target: Target, headers: Mapping[str, str], body: bytes) -> Reply:
    """Send a body and return the reply, whatever its status.

    Raises:
        UnansweredError: `NO_ANSWER`: nobody is there, or not to the end. `TIMEOUT`: it was sent,
            and the answer was not there in time. VIES waits for the member state, so a long
            silence is most likely that one's, as VIES's own `TIMEOUT` is.
    """
    with _unanswered():
        return _reply(http.post(target, {"user-agent": USER_AGENT, **headers}, body))


def get(http: Client, target: Target, headers: Mapping[str, str]) -> Reply:
    """Ask and return the reply, whatever its status; raises as `post` does."""
    with _unanswered():
        return _reply(http.get(target, {"user-agent": USER_AGENT, **headers}))


@contextmanager
def _unanswered() -> Iterator[None]:
    try:
        yield
    except OutOfTimeError as error:
        raise UnansweredError(Fault.TIMEOUT, str(error)) from None
    except OutboundError as error:
        raise UnansweredError(Fault.NO_ANSWER, str(error)) from None


def _reply(answer: HttpAnswer) -> Reply:
    return Reply(answer.status, answer.headers, answer.body, answer.complete)
