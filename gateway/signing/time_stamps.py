"""Time stamps (RFC 3161): asked of the operator's authorities in turn, and checked before use.

A token counts when one whom the named trust store believes signed it, over exactly these bytes,
in answer to this very question, and now. Otherwise the next authority is asked; when none is
left, whoever wanted a time stamp says that he got none.
"""

import datetime
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

from formats.signatures import timestamp
from formats.signatures.timestamp import TimestampRefusedError, UnreadableTimestampError
from formats.signatures.trust import Terms, TrustStore
from gateway.kit import clock
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import stores

Stamp = Callable[[bytes], bytes]
"""Gets a token over some bytes; raises NoTimeStampError."""

_OPERATORS = Policy(private=(IPv4Network("0.0.0.0/0"), IPv6Network("::/0")))
"""The operator names the authorities, and may name his own."""

_CONNECT_SECONDS = 3.0
_PAUSE = 60.0  # seconds for which nobody waits for an authority that did not answer
_NONCE_BITS = 63
_TOLERANCE = datetime.timedelta(minutes=1)  # by which clocks may differ
_HEADERS = (
    ("content-type", "application/timestamp-query"),
    ("accept", "application/timestamp-reply"),
)


class NoTimeStampError(Exception):
    """No authority gave a time stamp; the message says what each did."""


@dataclass(frozen=True, slots=True)
class TimeStamps:
    """The time stamping authorities of an installation. Thread-safe.

    Attributes:
        urls: Where they are, in the order in which they are asked.
        store: The name of the trust store that says whose tokens count.
        seconds: The longest that each may take.
    """

    urls: tuple[str, ...]
    store: str
    seconds: float
    _away: dict[str, float] = field(default_factory=dict, repr=False)

    def __call__(self, tx: TenantTransaction) -> Stamp | None:
        """Return what gets time stamps, also after the transaction; None: nobody is set up."""
        if not self.urls:
            return None
        store = stores.store(tx, self.store)

        def stamp(data: bytes) -> bytes:
            if store is None:
                raise NoTimeStampError(f"the trust store {self.store} believes nobody")
            return self.token(data, store)

        return stamp

    def token(self, data: bytes, store: TrustStore) -> bytes:
        """Return a token over some bytes from the first authority that gives a good one.

        Raises:
            NoTimeStampError: None does.
        """
        said = []
        for url in self.urls:
            if time.monotonic() < self._away.get(url, 0.0):
                said.append(f"{_host(url)}: did not answer a moment ago")
                continue
            try:
                return self._asked(url, data, store)
            except OutboundError as error:
                self._away[url] = time.monotonic() + _PAUSE
                said.append(f"{_host(url)}: {error}")
            except (NoTimeStampError, UnreadableTimestampError, TimestampRefusedError) as error:
                said.append(f"{_host(url)}: {error}")
        raise NoTimeStampError("; ".join(said)[:1000])

    def _asked(self, url: str, data: bytes, store: TrustStore) -> bytes:
        """Ask one authority, and check what it gives.

        Raises:
            OutboundError: It does not answer.
            UnreadableTimestampError, TimestampRefusedError, NoTimeStampError: What it gives is
                no good time stamp.
        """
        client = Client(
            _OPERATORS,
            connect_seconds=min(_CONNECT_SECONDS, self.seconds),
            total_seconds=self.seconds,
            most_body=timestamp.MAX_BYTES,
        )
        nonce = secrets.randbits(_NONCE_BITS)
        question = timestamp.request(data, nonce=nonce)
        answer = client.ask("POST", Target.parse(url), _HEADERS, question)
        if answer.status != HTTPStatus.OK or not answer.complete:
            raise NoTimeStampError(f"it answers {answer.status}, and no time stamp")
        token = timestamp.token_of(answer.body, data, nonce=nonce)
        now = clock.now()
        found = timestamp.check(token, data, Terms(store, now + _TOLERANCE))
        if found.proven is None:
            raise NoTimeStampError(found.reason)
        if abs(found.proven - now) > _TOLERANCE:
            raise NoTimeStampError(f"its clock is wrong: it says {found.proven.isoformat()}")
        return token


def _host(url: str) -> str:
    """Return what an authority is called before others: its address may hold a secret."""
    try:
        return urlsplit(url).hostname or "an authority"
    except ValueError:
        return "an authority"
