"""Time stamps (RFC 3161): asked of the operator's authorities in turn, and checked before use.

A token counts when one whom the named trust store believes signed it, over exactly these bytes,
in answer to this very question, and now. Otherwise the next authority is asked; when none is
left, whoever wanted a time stamp says that he got none.

Whoever wants one holds a connection of the database and a locked draft meanwhile. So all of them
together have one short time, whatever each does, and one that was silent, or slow, is left alone
for a while (`gateway/kit/breaker.py`, in each process for itself).
"""

import datetime
import queue
import secrets
import threading
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
from gateway.kit.breaker import Breaker
from gateway.kit.exchange import Answer, Client
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import stores

Stamp = Callable[[bytes], bytes]
"""Gets a token over some bytes; raises NoTimeStampError."""

_OPERATORS = Policy(private=(IPv4Network("0.0.0.0/0"), IPv6Network("::/0")))
"""The operator names the authorities, and may name his own."""

_PAUSE = datetime.timedelta(minutes=1)  # for which nobody waits for one that did not answer
_LONGEST_PAUSE = datetime.timedelta(minutes=15)
_SLOW = 0.5  # of all the time there is: who takes longer gave a time stamp, and is left alone too
_NONCE_BITS = 63
_TOLERANCE = datetime.timedelta(minutes=1)  # by which clocks may differ
_HEADERS = (
    ("content-type", "application/timestamp-query"),
    ("accept", "application/timestamp-reply"),
)


class NoTimeStampError(Exception):
    """No authority gave a time stamp; the message says what each did."""


@dataclass(frozen=True, slots=True)
class _Patience:
    """With whom a process waits for a time stamp: with nobody twice.

    Attributes:
        flight: See `gateway.kit.breaker.Patience`.
        failures: The same.
    """

    flight: datetime.timedelta
    failures: int = 1

    def pause_of(self, openings: int) -> datetime.timedelta:
        """Return the n-th pause in a row: twice as long each time."""
        times: int = 2 ** min(openings - 1, 10)
        return min(_PAUSE * times, _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class TimeStamps:
    """The time stamping authorities of an installation. Thread-safe.

    Attributes:
        urls: Where they are, in the order in which they are asked.
        store: The name of the trust store that says whose tokens count.
        seconds: The longest that all together may take.
    """

    urls: tuple[str, ...]
    store: str
    seconds: float
    _breakers: dict[str, Breaker] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

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
        end = time.monotonic() + self.seconds
        for place, url in enumerate(self.urls):
            left = end - time.monotonic()
            if left <= 0:
                said.append(f"{_host(url)}: no time was left to ask it")
                continue
            if not self._may_ask(url):
                said.append(f"{_host(url)}: was silent or slow a moment ago")
                continue
            begun, answered = time.monotonic(), False
            try:
                token = self._asked(url, data, store, left / (len(self.urls) - place))
                answered = True
            except (NoTimeStampError, UnreadableTimestampError, TimestampRefusedError) as error:
                answered = True
                said.append(f"{_host(url)}: {error}")
            except OutboundError as error:
                said.append(f"{_host(url)}: {error}")
            else:
                return token
            finally:
                quick = time.monotonic() - begun <= self.seconds * _SLOW
                self._note(url, well=answered and quick)
        raise NoTimeStampError("; ".join(said)[:1000])

    def _may_ask(self, url: str) -> bool:
        """Tell whether an authority is asked: not while it is away, and then by one at first."""
        with self._lock:
            now, breaker = clock.now(), self._breakers.get(url, Breaker())
            word = breaker.word(now)
            if word == "open" or (word == "half_open" and breaker.is_tried(now)):
                return False
            self._breakers[url] = breaker.begun(now, self._patience)
            return True

    def _note(self, url: str, *, well: bool) -> None:
        with self._lock:
            now, breaker = clock.now(), self._breakers.get(url, Breaker())
            trial = breaker.is_tried(now)
            if well:
                self._breakers[url] = breaker.answered(trial=trial)
            else:
                self._breakers[url] = breaker.failed(now, self._patience, trial=trial)

    @property
    def _patience(self) -> _Patience:
        return _Patience(datetime.timedelta(seconds=self.seconds))

    def _asked(self, url: str, data: bytes, store: TrustStore, seconds: float) -> bytes:
        """Ask one authority, and check what it gives.

        Raises:
            OutboundError: It does not answer in time.
            UnreadableTimestampError, TimestampRefusedError, NoTimeStampError: What it gives is
                no good time stamp.
        """
        client = Client(
            _OPERATORS,
            connect_seconds=seconds,
            total_seconds=seconds,
            most_body=timestamp.MAX_BYTES,
        )
        nonce = secrets.randbits(_NONCE_BITS)
        question = timestamp.request(data, nonce=nonce)
        target = Target.parse(url)
        answer = _within(seconds, lambda: client.ask("POST", target, _HEADERS, question))
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


def _within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Ask in a thread of its own, which is left behind when the time is over.

    No time-out of a connection bounds what the machine's resolver takes over a name, nor several
    addresses that are tried in turn.

    Raises:
        OutboundError: There is no answer, or not in time.
    """
    found: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            found.put(ask())
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            found.put(error)

    threading.Thread(target=run, name="time-stamp", daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty:
        raise OutboundError("no answer in time") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _host(url: str) -> str:
    """Return what an authority is called before others: its address may hold a secret."""
    try:
        return urlsplit(url).hostname or "an authority"
    except ValueError:
        return "an authority"
