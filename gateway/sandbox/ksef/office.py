"""What every operation of the local KSeF needs: keys, numbers, shelf, and what was scripted."""

import datetime
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import rsa

from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.kit.clock import Clock, Ids
from gateway.sandbox.kit.compliance import Rulebook
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.ksef import numbers
from gateway.sandbox.ksef.routes import LIMITS
from gateway.sandbox.ksef.shelf import Json, Shelf

Limits = tuple[int | None, int | None, int | None]
_TEST_FACTOR = 10  # limity-api.md: those of TE are ten times those of production


class House(Protocol):
    """The desk, as far as operations need it."""

    book: Book
    ca: CertificateAuthority
    clock: Clock
    ids: Ids
    rulebook: Rulebook


@dataclass(slots=True)
class Script:
    """What it was told to do.

    Attributes:
        delay_seconds: For so long an invoice is being processed.
        grant_seconds: For so long a grant, or a new token, is being processed.
        rate_limits: Whose limits are kept: `test`, `production` or `off`.
        verdicts: The codes of the next invoices.
    """

    delay_seconds: float = 0.0
    grant_seconds: float = 0.0
    rate_limits: str = "test"
    verdicts: list[int] = field(default_factory=list)

    def set(self, **members: Any) -> None:  # noqa: ANN401 - JSON
        """Change what is named.

        Raises:
            ValueError: It is not known here.
        """
        for name, value in members.items():
            if name not in self.__dataclass_fields__:
                raise ValueError(f"{name} is not scripted here")
            setattr(self, name, value)


class Office:
    """The authority.

    Args:
        house: Its desk.
        seal: On a UPO.
        sessions_key: For keys of sessions.
        tokens_key: For KSeF tokens.
        secret: Of access tokens.
    """

    def __init__(
        self, house: House, *, seal: Pair, sessions_key: Pair, tokens_key: Pair, secret: bytes
    ) -> None:
        self._house = house
        self.book, self.ca, self.rulebook = house.book, house.ca, house.rulebook
        self.seal, self.secret = seal, secret
        self.keys = {
            "SymmetricKeyEncryption": sessions_key,
            "KsefTokenEncryption": tokens_key,
        }
        self.shelf = Shelf(house.book)
        self.script = Script()
        self.slow = 0.0
        """Seconds that a fault adds to the processing of what is being sent."""

    def now(self) -> datetime.datetime:
        """Return the moment."""
        return self._house.clock.now()

    def serial(self) -> int:
        """Return a number that was never returned before."""
        self.book.count("serial")
        return self.book.counters("serial")[""]

    def number(self, kind: str, now: datetime.datetime) -> str:
        """Return the number of a new operation."""
        return numbers.reference(kind, now, self._house.ids.of(kind, self.serial()))

    def invoice_number(self, seller: str, now: datetime.datetime) -> str:
        """Return the number of a new invoice."""
        return numbers.invoice(seller, now, self._house.ids.of("invoice", seller, self.serial()))

    def identifier(self, kind: str) -> str:
        """Return 36 characters that are nobody else's."""
        one = self._house.ids.of(kind, self.serial())
        return f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:32]}".upper()

    def private(self, usage: str) -> rsa.RSAPrivateKey:
        """Return the key for something."""
        key = self.keys[usage].key
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("the keys are of RSA")
        return key

    def allowed(self, group: str, context: str) -> tuple[str, Limits]:
        """Return the limits of a group for a context, and what they are called."""
        mode, own = self.script.rate_limits, self.shelf.get("rate-limits", context)
        if own is not None:
            mode = own.get("mode", mode)
        values: Limits = LIMITS[group]
        if mode == "off":
            values = (None, None, None)
        elif own is not None and group in own.get("values", {}):
            said = own["values"][group]
            values = (said["perSecond"], said["perMinute"], said["perHour"])
        elif mode == "test" and group != "open":
            first, second, third = (one and one * _TEST_FACTOR for one in values)
            values = first, second, third
        return group, values

    def rows(self) -> list[Json]:
        """Return all invoices for people, without their bytes."""
        rows = self.book.execute(
            "select reference, session, context, ordinal, status, hash, seller, kind, number,"
            " ksef_number, stored_at, value from invoice order by rowid"
        )
        return [dict(row) for row in rows]
