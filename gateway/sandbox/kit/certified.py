"""An authority that knows its callers by certificates of its own CA; most tax authorities do.

A protocol adds which of its operations a call is (`operation`), and what it decides (`decide`).
"""

import hashlib
from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from typing_extensions import override

from gateway.sandbox.kit import ca, certificates, playing, public, replies
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Pair, Use
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.faults import Fault
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.kit.tls import Tls


@dataclass(frozen=True, slots=True)
class Operation:
    """What a call asks for.

    Attributes:
        name: One of the places where faults happen.
        subject: What identifies the call in every run; never who signed it, or when.
        enquiry: Only those faults befall it that name it.
    """

    name: str
    subject: bytes
    enquiry: bool = False


class CertifiedDesk(Desk):
    """The authority.

    Besides the usual, the control plane has `GET certificates`, `PUT certificates/{serial}`
    `{"revoked": true}`.

    Args:
        directory: Keys and ledger.
        tables: Of its ledger, besides that of certificates.
        places: Its operations.
        rules: What it judges by: id, and what it says.
        faults: What it can play.
        seed: Of the ids it gives out.
        mutual_tls: Whether callers must show a certificate.

    Attributes:
        title: What its certificates call it.
        ca: Issues certificates to whoever asks.
        tls: For the door with TLS.
    """

    title = "Sandbox"

    def __init__(  # noqa: PLR0913 - all of it named
        self,
        directory: Path,
        *,
        tables: str,
        places: Collection[str],
        rules: Mapping[str, str],
        faults: Collection[Fault] = playing.USUAL,
        seed: int = 0,
        mutual_tls: bool = True,
    ) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(
            Book(directory / "ledger.sqlite", tables + ca.TABLE),
            faults=faults,
            places=places,
            rules=rules,
            seed=seed,
        )
        self.mutual_tls = mutual_tls
        self._directory = directory
        name = f"{self.title} CA"
        self.ca = CertificateAuthority.open(directory, name, self.book, self.clock)
        self.tls = Tls(directory, self.ca)
        self.own("server", Use.SERVER_TLS, "127.0.0.1", "localhost", "::1")

    @abstractmethod
    def operation(self, call: Call) -> Operation | None:
        """Return what a call asks for; None when it is none of the protocol's."""

    @abstractmethod
    def decide(self, call: Call, skew: float) -> Reply:
        """Answer a call of the protocol, inside one transaction of the book.

        Args:
            call: One of the protocol's.
            skew: By how many seconds a fault lets the clock be ahead; for `clock.now`.
        """

    def own(self, stem: str, use: Use, *hosts: str, key: certificates.Key | None = None) -> Pair:
        """Return a key of the authority's own, kept in its directory."""
        name = f"{self.title} {stem}"
        return certificates.kept(
            self._directory, stem, lambda: self.ca.issue(name, use, *hosts, key=key)
        )

    def stranger(self, own: Pair, use: Use = Use.SIGNATURE) -> Pair:
        """Return a key like one of our own, whose certificate is of another CA."""
        now = self.clock.now()
        other = certificates.new_ca("Stranger", now)
        return certificates.new_leaf(own.name, other, use, now, like=own.key)

    def is_caller(self, call: Call) -> bool:
        """Tell whether a call came with a certificate of ours, where that is wanted."""
        if not self.mutual_tls or call.peer is None:
            return not self.mutual_tls
        return not self.ca.is_revoked(x509.load_der_x509_certificate(call.peer))

    @override
    def answer(self, call: Call) -> Reply:
        found = self.operation(call)
        if found is None:
            told = public.told(self.ca, call)
            return told or replies.as_json({"error": "not found"}, 404)
        return self.player.around(
            hashlib.sha256(found.subject).hexdigest(),
            lambda _, skew: self._decided(call, skew),
            where=found.name,
            named=found.enquiry,
        )

    def _decided(self, call: Call, skew: float) -> Reply:
        with self.book.writing():
            self.book.count(f"asked:{call.method}")
            return self.decide(call, skew)

    @override
    def deeds(self) -> Deeds:
        return {
            ("GET", "certificates"): lambda _, __: self.ca.issued(),
            ("PUT", "certificates"): lambda serial, value: done(lambda: self._mark(serial, value)),
        }

    def _mark(self, serial: str, value: dict[str, Any]) -> None:
        self.ca.revoke(serial, revoked=bool(value["revoked"]))
        self.tls.renew()
