"""The reference authority as a party of the suite."""

import secrets
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from typing_extensions import override

from formats import sandbox_scheme
from formats.sandbox_scheme import Record
from formats.signatures.signer import Algorithm
from gateway.channels.sandbox_authority import CHANNEL, SandboxAuthority
from gateway.channels.statements import TrustAnchor
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.authority.office import Office
from gateway.sandbox.kit.certificates import Pair, name, new_key
from gateway.sandbox.kit.jws import Seal
from gateway.transmissions.adapter import Contexts, Message
from gateway.transmissions.bookkeeping import Owner
from tests.contract_suite.local import Registering, enclosed, two_doors
from tests.contract_suite.party import PATIENCE


@dataclass(frozen=True)
class Key:
    """A key with a certificate of the authority: a credential and a signer."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    directory: Path
    id: str = "sgk_test"
    algorithm: Algorithm = Algorithm.ECDSA_SHA256

    @classmethod
    def enrolled(cls, url: str, use: str, directory: Path, client: httpx2.Client) -> "Key":
        """Ask an authority for a certificate, as anybody may who tries things out."""
        key = new_key()
        asked = x509.CertificateSigningRequestBuilder().subject_name(name(f"Test {use}"))
        request = asked.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        answer = client.post(f"{url}/test-certificates?use={use}", content=request)
        assert answer.status_code == 201, answer.text
        return cls(key, x509.load_pem_x509_certificates(answer.content)[0], directory)

    @property
    def signer(self) -> "Key":
        return self

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return (self.certificate.public_bytes(serialization.Encoding.DER),)

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        assert algorithm in {None, self.algorithm}
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))

    @property
    def tls(self) -> Contexts:
        return self._context

    def _context(self, trust: str | None = None) -> ssl.SSLContext:
        path = self.directory / "client.both"
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


class AuthorityParty(Registering):
    """The adapter, and an authority somewhere.

    Args:
        url: Where people and certificates go.
        records: Where records go.
        trust: The authority's CA (PEM).
        directory: Ours, for keys.
        client: For the first of the two.
    """

    name = CHANNEL
    enquiries = "registry"
    credential: Key
    can = frozenset(
        {
            "asks",
            "books",
            "certifies",
            "conflicts",
            "keeps_refusals",
            "recognises",
            "same_proof",
            "signs",
        }
    )

    def __init__(
        self, url: str, records: str, trust: Path, directory: Path, client: httpx2.Client
    ) -> None:
        self.url, self._records, self._trust = url, records, trust
        self._client = client
        self.signer = Key.enrolled(url, "signature", directory, client)
        self.credential = Key.enrolled(url, "client-tls", directory, client)
        self.adapter: Any = self.adapter_to()

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> SandboxAuthority:
        wire = Wire(trust=self._trust, total_seconds=seconds, connect_seconds=PATIENCE)
        return SandboxAuthority(url or self._records, TrustAnchor.load(self._trust), wire)

    @override
    def message(self) -> Message:
        return self.carrying(self.record())

    @override
    def refused(self) -> Message:
        return self.carrying(self.record(total=Decimal(1), vat=Decimal(2)))

    @override
    def conflicting(self, message: Message) -> Message:
        known = sandbox_scheme.read(sandbox_scheme.opened(message.payload))
        return self.carrying(self.record(seller=known.seller))

    @override
    def owner(self, message: Message) -> tuple[Owner, str]:
        record = sandbox_scheme.opened(message.payload)
        return Owner(record, message.credential), sandbox_scheme.digest(record)

    @override
    def signed_by_others(self, body: bytes) -> dict[str, bytes]:
        others = {"signature": self.signer, "client-tls": self.credential}
        return {
            use: Seal(Pair(one.key, one.certificate), CHANNEL).forged(body)
            for use, one in others.items()
        }

    def record(self, **members: Any) -> bytes:  # noqa: ANN401 - members of a `Record`
        """Return the first record of a new seller, or one with other members."""
        usual: dict[str, Any] = {
            "currency": "EUR",
            "document_sha256": secrets.token_hex(32),
            "generated_at": now().replace(microsecond=0),
            "issue_date": now().date(),
            "kind": "invoice",
            "number": secrets.token_hex(6),
            "previous": "",
            "seller": f"SI{secrets.token_hex(8)}",
            "sequence": 1,
            "total": Decimal("122.00"),
            "vat": Decimal("22.00"),
        }
        return sandbox_scheme.write(Record(**{**usual, **members}))

    def carrying(self, record: bytes, **members: Any) -> Message:  # noqa: ANN401 - of a `Message`
        """Return a message that carries a signed record."""
        content = sandbox_scheme.sealed(record, self.signer)
        return enclosed(content, CHANNEL, {"credential": self.credential} | members)

    @override
    def rows(self, message: Message) -> list[dict[str, Any]]:
        digest = sandbox_scheme.digest(sandbox_scheme.opened(message.payload))
        return [one for one in self.shown("ledger")["records"] if one["digest"] == digest]


class LocalAuthority(AuthorityParty):
    """The same with an authority of ours, which does as it is told."""

    can = AuthorityParty.can | {"faults", "revocation"}


@contextmanager
def local_authority(directory: Path) -> Iterator[LocalAuthority]:
    """Run an authority with its two doors."""
    with two_doors(Office(directory)) as (url, records, client):
        yield LocalAuthority(url, records, directory / "ca.pem", directory, client)
