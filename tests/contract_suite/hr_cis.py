"""CIS as a party of the suite."""

import json
import secrets
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from typing_extensions import override

from countries.hr.protection import protected
from formats.hr_cis import Invoice, Number
from formats.hr_cis.frozen import frozen, thawed
from formats.hr_cis.mapping import local_time
from formats.signatures.signer import Algorithm
from gateway.channels.hr_cis import CHANNEL, TEST_CHANNEL, HrCis
from gateway.channels.places import Place
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.hr_cis import signatures
from gateway.sandbox.hr_cis.office import Office
from gateway.sandbox.kit.certificates import Pair
from gateway.transmissions.adapter import Contexts, Message
from tests.contract_suite.local import Registering, enclosed, given_key, two_doors
from tests.contract_suite.party import PATIENCE
from tests.formats.hr_cis.samples import tax


@dataclass(frozen=True)
class Taxpayer:
    """A key with a certificate for fiscalization: a credential and a signer."""

    oib: str
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    id: str = "sgk_test"
    algorithm: Algorithm = Algorithm.RSA_SHA256

    @classmethod
    def enrolled(cls, url: str, client: httpx2.Client, oib: str | None = None) -> "Taxpayer":
        """Ask for a key with a certificate, as anybody may who tries things out."""
        number = oib or f"{secrets.randbelow(10**11):011d}"
        return cls(number, *given_key(url, number, client))

    @property
    def signer(self) -> "Taxpayer":
        return self

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return (self.certificate.public_bytes(serialization.Encoding.DER),)

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        digest = {Algorithm.RSA_SHA1: hashes.SHA1(), None: hashes.SHA256()}[algorithm]  # noqa: S303
        return self.key.sign(data, padding.PKCS1v15(), digest)

    def marked(self, data: bytes) -> bytes:
        """Return the signature of which a ZKI is made."""
        return self.sign(data, Algorithm.RSA_SHA1)

    @property
    def tls(self) -> Contexts:
        return self._context

    def _context(self, trust: str | None = None) -> ssl.SSLContext:
        raise AssertionError(f"TLS is one-way here: {trust}")


def sale(taxpayer: Taxpayer, **others: Any) -> Invoice:  # noqa: ANN401 - members of an `Invoice`
    """Return an invoice of a taxpayer, with its ZKI; each call another number."""
    number = Number(sequence=str(1 + secrets.randbelow(10**12)), premise="P1", device="1")
    usual: dict[str, Any] = {
        "oib": taxpayer.oib,
        "in_vat": True,
        "issued_at": local_time(now()),
        "numbering": "N",
        "number": number,
        "vat": (tax("25", "100", "25"),),
        "total": Decimal(125),
        "payment": "G",
        "operator": taxpayer.oib,
    }
    return protected(Invoice(**usual | others), taxpayer.marked)


class CisParty(Registering):
    """The adapter, and CIS somewhere.

    Args:
        url: Where people and certificates go.
        records: Where messages go.
        trust: The authority's CA (PEM).
        client: For the first of the two.
        taxpayer: Who sends; None: one whom the authority makes up.
    """

    name = CHANNEL
    enquiries = "echo"
    can = frozenset(
        {"certifies", "conflicts", "faults", "recognises", "revocation", "same_proof", "signs"}
        | {"names_sendings"}
    )

    def __init__(
        self,
        url: str,
        records: str,
        trust: Path,
        client: httpx2.Client,
        *,
        taxpayer: Taxpayer | None = None,
    ) -> None:
        self.url, self.records, self.trust = url, records, trust
        self._client = client
        self.taxpayer = self.credential = taxpayer or self.another()
        self.adapter: Any = self.adapter_to()

    def another(self, oib: str | None = None) -> Taxpayer:
        """Return a new taxpayer, or another key of one."""
        return Taxpayer.enrolled(self.url, self._client, oib)

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> HrCis:
        place = Place(
            channel=TEST_CHANNEL, url=url or self.records, shown=self.url, trust=self.trust
        )
        wire = Wire(trust=self.trust, total_seconds=seconds, connect_seconds=PATIENCE)
        return HrCis.open(place, wire=wire)

    @override
    def message(self) -> Message:
        return self.carrying(sale(self.taxpayer))

    @override
    def refused(self) -> Message:
        wrong = replace(sale(self.taxpayer), zki="0" * 32)
        return self.carrying(wrong)

    @override
    def conflicting(self, message: Message) -> Message:
        other = replace(thawed(message.payload), total=Decimal(1), vat=(), exempt=Decimal(1))
        return self.carrying(protected(other, self.taxpayer.marked))

    @override
    def signed_by_others(self, body: bytes) -> dict[str, bytes]:
        other = self.another()
        return {"a taxpayer": signatures.sealed(body, Pair(other.key, other.certificate))}

    def carrying(self, invoice: Invoice, **members: Any) -> Message:  # noqa: ANN401 - of a `Message`
        """Return a message that carries an invoice."""
        return enclosed(frozen(invoice), CHANNEL, {"credential": self.taxpayer} | members)

    def noted(self) -> dict[str, tuple[int, int]]:
        """Return how often each rule was kept and broken."""
        rules = self.shown("compliance")["rules"]
        return {one["rule"]: (one["kept"], one["broken"]) for one in rules}

    @override
    def rows(self, message: Message) -> list[dict[str, Any]]:
        said = thawed(message.payload)
        one = said.number
        number = f"{one.sequence}/{one.premise}/{one.device}"
        found = [row for row in self.shown("ledger")["records"] if row["number"] == number]
        return [row for row in found if row["owner"] == said.oib]

    def remarks(self, oib: str) -> list[dict[str, Any]]:
        """Return what the ledger remarks of a taxpayer's invoices."""
        rows = self.shown("ledger")["records"]
        return [json.loads(row["remark"]) for row in rows if row["owner"] == oib]


class RealCis(CisParty):
    """The tax authority's own test system: what twice means there is asked."""

    can = frozenset({"names_sendings", "recognises"})


@contextmanager
def local_cis(directory: Path) -> Iterator[CisParty]:
    """Run an authority with its two doors."""
    with two_doors(Office(directory)) as (url, records, client):
        yield CisParty(url, records, directory / "ca.pem", client)
