"""FURS as a party of the suite."""

import base64
import datetime
import json
import secrets
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from typing_extensions import override

from countries.si.protection import protected
from formats.furs import (
    BusinessPremise,
    Identifier,
    Invoice,
    PremiseIdentifier,
    SellerTaxes,
    SoftwareSupplier,
    Vat,
    read_json,
)
from formats.furs.frozen import frozen
from formats.furs.jws import content_of
from formats.furs.mapping import local_time
from formats.furs.messages import InvoiceRequest
from formats.signatures.signer import Algorithm
from gateway.channels.places import Place
from gateway.channels.si_furs import CHANNEL, TEST_CHANNEL, SiFurs
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.furs.office import Office
from gateway.transmissions.adapter import Contexts, Message
from tests.contract_suite.local import Registering, enclosed, given_key, two_doors
from tests.contract_suite.party import PATIENCE

PREMISE = "P1"


@dataclass(frozen=True)
class Taxpayer:
    """A key with a certificate of FURS: a credential and a signer."""

    tax_number: str
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    directory: Path
    id: str = "sgk_test"
    algorithm: Algorithm = Algorithm.RSA_SHA256

    @classmethod
    def enrolled(
        cls, url: str, directory: Path, client: httpx2.Client, tax_number: str | None = None
    ) -> "Taxpayer":
        """Ask for a key with a certificate, as anybody may who tries things out."""
        number = tax_number or str(10_000_000 + secrets.randbelow(60_000_000))
        return cls(number, *given_key(url, number, client), directory)

    @property
    def signer(self) -> "Taxpayer":
        return self

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return (self.certificate.public_bytes(serialization.Encoding.DER),)

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        assert algorithm in {None, self.algorithm}
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    @property
    def tls(self) -> Contexts:
        return self._context

    def _context(self, trust: str | None = None) -> ssl.SSLContext:
        path = self.directory / f"{secrets.token_hex(4)}.both"
        secret = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(secret + self.certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.create_default_context(cadata=trust)
        context.load_cert_chain(path)
        path.unlink()
        return context


def sale(taxpayer: Taxpayer, **others: Any) -> Invoice:  # noqa: ANN401 - members of an `Invoice`
    """Return an invoice of a taxpayer, with its ZOI; each call another number."""
    usual: dict[str, Any] = {
        "tax_number": taxpayer.tax_number,
        "issued_at": local_time(now()),
        "numbering": "B",
        "identifier": Identifier(
            premise=PREMISE, device="D1", number=str(1 + secrets.randbelow(10**12))
        ),
        "amount": Decimal("122.00"),
        "payment": Decimal("122.00"),
        "taxes": (
            SellerTaxes(vat=(Vat(rate=Decimal(22), taxable=Decimal(100), tax=Decimal(22)),)),
        ),
        "operator": taxpayer.tax_number,
    }
    return protected(Invoice(**usual | others), taxpayer.sign)


def shop(taxpayer: Taxpayer, **others: Any) -> BusinessPremise:  # noqa: ANN401 - of a premise
    """Return a movable business premise of a taxpayer."""
    usual: dict[str, Any] = {
        "tax_number": taxpayer.tax_number,
        "premise": PREMISE,
        "identifier": PremiseIdentifier(kind="A"),
        "valid_from": datetime.date(2026, 1, 1),
        "suppliers": (SoftwareSupplier(foreign_name="Gateway"),),
    }
    return BusinessPremise(**usual | others)


def invoice_in(message: Message) -> Invoice:
    """Return what a message carries."""
    request = read_json(message.payload)
    assert isinstance(request, InvoiceRequest)
    assert request.invoice is not None
    return request.invoice


class FursParty(Registering):
    """The adapter, and FURS somewhere.

    Args:
        url: Where people and certificates go.
        records: Where messages go.
        trust: The authority's CA (PEM).
        directory: Ours, for keys.
        client: For the first of the two.
        taxpayer: Who sends; None: one whom the authority makes up.
    """

    name = CHANNEL
    enquiries = "echo"
    can = frozenset(
        {"certifies", "conflicts", "faults", "recognises", "revocation", "same_proof", "signs"}
        | {"names_sendings"}
    )

    def __init__(  # noqa: PLR0913 - where everything is
        self,
        url: str,
        records: str,
        trust: Path,
        directory: Path,
        client: httpx2.Client,
        *,
        taxpayer: Taxpayer | None = None,
    ) -> None:
        self.url, self._records, self._trust = url, records, trust
        self._client = client
        self._directory = directory
        self.taxpayer = self.credential = taxpayer or self.another()
        self.adapter: Any = self.adapter_to()
        self.registered(shop(self.taxpayer))

    def another(self, tax_number: str | None = None) -> Taxpayer:
        """Return a new taxpayer, or another key of one."""
        return Taxpayer.enrolled(self.url, self._directory, self._client, tax_number)

    def registered(self, premise: BusinessPremise, taxpayer: Taxpayer | None = None) -> None:
        """Tell FURS of a premise."""
        adapter, message_id = self.adapter_to(), str(uuid4())
        request = adapter.announce(
            premise, message_id=message_id, now=now(), credential=taxpayer or self.taxpayer
        )
        adapter.announced(message_id, adapter.send(request))

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> SiFurs:
        place = Place(
            channel=TEST_CHANNEL, url=url or self._records, shown=self.url, trust=self._trust
        )
        wire = Wire(trust=self._trust, total_seconds=seconds, connect_seconds=PATIENCE)
        return SiFurs.open(place, wire=wire)

    @override
    def message(self) -> Message:
        return self.carrying(sale(self.taxpayer))

    @override
    def refused(self) -> Message:
        return self.carrying(replace(sale(self.taxpayer), protected_id="0" * 32))

    @override
    def unwrapped(self, body: bytes) -> bytes:
        return content_of(body)

    @override
    def conflicting(self, message: Message) -> Message:
        other = replace(invoice_in(message), amount=Decimal("1.00"), payment=Decimal("1.00"))
        return self.carrying(protected(other, self.taxpayer.sign))

    @override
    def signed_by_others(self, body: bytes) -> dict[str, bytes]:
        header, content, _ = json.loads(body)["token"].split(".")
        head = json.loads(base64.urlsafe_b64decode(header + "=="))
        other = self.another()
        head["x5c"] = [base64.b64encode(other.certificate_chain[0]).decode()]
        named = base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=").decode()
        signature = other.sign(f"{named}.{content}".encode())
        last = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
        return {"a taxpayer": json.dumps({"token": f"{named}.{content}.{last}"}).encode()}

    def carrying(self, invoice: Invoice, **members: Any) -> Message:  # noqa: ANN401 - of a `Message`
        """Return a message that carries an invoice."""
        return enclosed(frozen(invoice), CHANNEL, {"credential": self.taxpayer} | members)

    @override
    def rows(self, message: Message) -> list[dict[str, Any]]:
        one = invoice_in(message).identifier
        number = f"{one.premise}/{one.device}/{one.number}"
        return [row for row in self.shown("ledger")["records"] if row["number"] == number]


class RealFurs(FursParty):
    """FURS's own test system: it keeps its ledger to itself, and what twice means is asked."""

    can = frozenset({"names_sendings", "recognises"})


@contextmanager
def local_furs(directory: Path) -> Iterator[FursParty]:
    """Run an authority with its two doors."""
    with two_doors(Office(directory)) as (url, records, client):
        yield FursParty(url, records, directory / "ca.pem", directory, client)
