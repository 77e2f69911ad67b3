"""The one HTTP exchange of all channels: what failed before the first byte, and what after it.

Before it nothing arrived, and the same bytes may go again (`Retry`). After it nobody can say
(`Unknown`). Over `kit/exchange`: a connection of its own for each request, so that no connection
that the other side closed meanwhile makes an outcome unknown, and one deadline for everything.
Before each write it is looked at whether the sender's lane is still his (`tape.allowed`): whoever
stood still meanwhile sends nothing that another has sent.
"""

import datetime
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Protocol

from gateway.kit import clock as machine
from gateway.kit import tracing
from gateway.kit.exchange import Answer as HttpAnswer
from gateway.kit.exchange import (
    Client,
    CredentialRefusedError,
    ExchangeError,
    HeldBackError,
    OutOfTimeError,
)
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.trust import trusting
from gateway.problems import Problem
from gateway.transmissions import tape
from gateway.transmissions.adapter import Answer, Credential, Request
from gateway.transmissions.errors import Retry, Unknown
from gateway.version import VERSION

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 30.0
MOST_BYTES = 4 * 1024 * 1024
"""Of an answer."""

_USER_AGENT = ("User-Agent", f"einvoice-gateway/{VERSION}")
_ANYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))  # the operator names the address


class Exchanging(Protocol):
    """What adapters need of a wire."""

    def exchange(self, request: Request) -> Answer:
        """Write a request once and read its answer; see `Wire.exchange`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Carries requests and brings answers. Stateless and thread-safe.

    Redirects are answers, and proxies and certificates named in the environment do not count.

    Attributes:
        trust: PEM file of the only certificates to trust; None trusts the machine's.
        connect_seconds: Time to connect.
        total_seconds: Time for everything after that, the whole answer included.
        most_bytes: Of an answer's body; more is no answer.
        tells_trace: Name the open trace to the other side: to a sandbox of our own, nobody else.
        clock: The time, for a `Retry-After` that names a moment.
    """

    trust: Path | None = None
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    most_bytes: int = MOST_BYTES
    tells_trace: bool = False
    clock: Callable[[], datetime.datetime] = machine.now
    _client: Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        client = Client(
            Policy(private=_ANYWHERE),
            connect_seconds=self.connect_seconds,
            total_seconds=self.total_seconds,
            most_body=self.most_bytes,
            trust=trusting(self.trust),
            allowed=tape.allowed,
        )
        object.__setattr__(self, "_client", client)

    def exchange(self, request: Request) -> Answer:
        """Write a request once and read its answer, whatever the status; the recorder sees it.

        Raises:
            Retry: Nothing arrived: no connection was made (`not_connected`), or the other side's
                TLS turned our certificate away (`credential_refused`), or the vault cannot show
                it (`credential_unusable`), or the lane's lease had ended when all was ready
                (`lease_ended`).
            Unknown: Bytes may have been read, and no whole answer came (`timeout`,
                `connection_lost`, `answer_too_large`).
        """
        return tape.through(request, self._once)

    def _once(self, request: Request) -> Answer:
        client = self._client
        if request.credential is not None:
            context = _context(request.credential, self._trusted())
            client = replace(client, trust=context)
        begun = time.monotonic()
        try:
            target = Target.parse(request.url)
            headers = (_USER_AGENT, *self._trace(), *request.headers)
            answer = client.ask(request.method, target, headers, request.body or None)
        except OutOfTimeError as error:
            raise Unknown("timeout", str(error)) from error
        except ExchangeError as error:
            raise Unknown("connection_lost", str(error)) from error
        except CredentialRefusedError as error:
            raise Retry("credential_refused", str(error)) from error
        except HeldBackError as error:
            raise Retry("lease_ended", str(error)) from error
        except OutboundError as error:
            raise Retry("not_connected", str(error)) from error
        if not answer.complete:
            raise Unknown("answer_too_large", f"more than {self.most_bytes} bytes")
        return Answer(
            status=answer.status,
            body=answer.body,
            retry_after=_retry_after(answer, self.clock()),
            headers=answer.fields,
            connection=answer.connection,
            elapsed=time.monotonic() - begun,
        )

    def _trace(self) -> tuple[tuple[str, str], ...]:
        """Return the header that names the trace; it is not part of what is sent, nor recorded."""
        named = tracing.traceparent() if self.tells_trace else None
        return () if named is None else ((tracing.HEADER, named),)

    def _trusted(self) -> str | None:
        """Return the PEM of whom this wire trusts, and nobody else."""
        return None if self.trust is None else self.trust.read_text("ascii", "ignore")


def _context(credential: Credential, trust: str | None) -> ssl.SSLContext:
    try:
        return credential.tls(trust)
    except Problem as error:
        raise Retry("credential_unusable", error.detail) from error


def _retry_after(answer: HttpAnswer, now: datetime.datetime) -> float | None:
    """Return the seconds that the other side asks us to wait (RFC 9110, 10.2.3), if it does."""
    written = answer.headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):  # the year may have any number of digits
        return None
    if moment.tzinfo is None:  # "-0000": UTC, from nowhere in particular
        moment = moment.replace(tzinfo=datetime.UTC)
    return max((moment - now).total_seconds(), 0.0)
