"""Poland's KSeF: the invoice itself, an FA(3), goes to the ministry, which numbers it.

Nothing is chained or signed at issue. The QR code of the invoice (KOD I) is known at once; KOD II,
by which who issued offline proves who he is, is made where the entity has a KSeF certificate of
the type Offline. Source: VAT act, art. 106na-106nh; CIRFMF/ksef-docs, kody-qr.md.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from countries.outages import Outage, holding
from countries.pl import issuing, ksef_qr
from countries.pl.ksef_qr import Context, Environment
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.ksef.profile import KSEF_FA_3
from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.archive.service import StoredItem
from gateway.documents.fiscal.keys import PURPOSE, FiscalKeyProblem
from gateway.documents.fiscal.ksef_correcting import Correcting
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.seat import Seat
from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.transmissions.axes import Regulatory
from gateway.transmissions.control import breakers, outages

KSEF = "pl-ksef"
"""The scheme, its channel for live entities, and the authority that stamps."""

CODE_I, CODE_II = "ksef-code", "ksef-certificate"
"""The stamps with the QR codes."""

NUMBER = "ksef-number"

NOT_TOLD = "ksef-not-told"
"""The stamp of what was issued in a total failure: without codes, and never sent (art. 106ng)."""

_CHANNELS = MappingProxyType({"live": KSEF, "sandbox": "pl-ksef-test"})
_NUMBERING = frozenset(_CHANNELS.values())
_WARSAW = ZoneInfo("Europe/Warsaw")
_SIGNS = {
    Algorithm.ECDSA_SHA256: Algorithm.ECDSA_SHA256,
    Algorithm.RSA_SHA256: Algorithm.RSA_PSS_SHA256,
    Algorithm.RSA_PSS_SHA256: Algorithm.RSA_PSS_SHA256,
}
_TAKEN_AWAY = frozenset({"none", "retired", "revoked"})
"""Why an entity has no key for KOD II, by its own will."""
_ENDED = frozenset(
    {
        "no_certificate",
        "certificate_not_yet_valid",
        "certificate_expired",
        "certificate_revoked",
    }
)
"""Why the key is there and makes no KOD II until somebody renews it: online nobody needs one."""
_P256 = 32  # bytes of each of the two numbers of a signature


@dataclass(frozen=True, slots=True)
class KsefScheme:
    """The scheme; see `Scheme`."""

    id: str = KSEF
    signs: bool = False
    profile: str | None = KSEF_FA_3.id

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where invoices go: to KSeF, or to its test environment."""
        return _CHANNELS

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document goes to KSeF: what a buyer issues for his seller, too."""
        return kind.fiscal

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell that every document of its kinds is recorded."""
        del tx, case
        return True

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> None:
        """Return nothing: invoices name no predecessor."""
        del entity_id, seat, invoice

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return nothing; see `chain_key`."""
        del seat, invoice
        return ""

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that makes no KOD II: ECDSA on P-256, or RSA with PSS, and SHA-256."""
        if signer.algorithm not in _SIGNS or not signer.certificate_chain:
            raise FiscalKeyProblem(
                f"KSeF wants a certificate with ECDSA or RSA and SHA-256, not {signer.algorithm}"
            )

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why KSeF would not take a document now; see `Scheme.findings`.

        In a total failure corrections wait for nothing: they are issued outside of it, too.
        """
        unnumbered = _unnumbered(tx, case.invoice)
        if Outage.TOTAL_FAILURE in _announced(tx, case):
            unnumbered = {number: True for number, refused in unnumbered.items() if refused}
        return issuing.findings(
            case.invoice,
            issuer=case.seat.seller,
            today=case.now.astimezone(_WARSAW).date(),
            unnumbered=unnumbered,
            refused=[number for number, refused in unnumbered.items() if refused],
        )

    def amending(self, tx: TenantTransaction, case: Case, tools: Tools) -> Correcting:
        """Return what may be sent of a document that was refused."""
        del tx
        return Correcting(tools.archive, case)

    def begin(
        self, tx: TenantTransaction, case: Case, tools: Tools
    ) -> "KsefSealing | NotToldSealing":
        """Find the certificate of the type Offline, if there is one; see `Scheme.begin`."""
        if Outage.TOTAL_FAILURE in _announced(tx, case):
            return NotToldSealing()
        return KsefSealing(case, _place(case, tools), _offline(tx, case, tools))


@dataclass(frozen=True, slots=True)
class KsefSealing:
    """How one document goes to KSeF.

    Attributes:
        case: The document.
        place: Scheme and host of the addresses in the QR codes.
        offline: Signs KOD II; None where the entity has no certificate for it.
    """

    case: Case
    place: tuple[str, str]
    offline: Signer | None

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Make the QR codes, and queue the document itself; see `Sealing`."""
        own, seller = issuing.nip_of(self.case.seat.seller), issuing.nip_of(invoice.seller)
        if own is None or invoice.issue_date is None:
            raise AssertionError("that there is no NIP was found before")
        digest = ksef_qr.invoice_hash(content)
        protocol, host = self.place
        seller = seller or own
        address = ksef_qr.invoice_address(
            host, seller, invoice.issue_date, digest, protocol=protocol
        )
        marks = [Stamp(authority=KSEF, kind=CODE_I, identifier=digest, at=now, qr=address)]
        if self.offline is not None:
            serial = _serial(self.offline)
            statement = ksef_qr.certificate_statement(
                host, Context.NIP, own, seller_nip=seller, serial_number=serial, sha256=digest
            )
            signed = ksef_qr.certificate_address(
                statement, _signature(self.offline, statement), protocol=protocol
            )
            marks.append(Stamp(authority=KSEF, kind=CODE_II, identifier=serial, at=now, qr=signed))
        stamps.put(tx, document_id, *marks, now=now)
        buyer = issuing.nip_of(invoice.buyer)
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=self.case.duty.channel,
            sender=f"nip:{own}",
            receiver=f"{KSEF}:{buyer or invoice.buyer.name}",  # buyers do not wait for each other
            payload=content,
            now=now,
        )
        return ()


@dataclass(frozen=True, slots=True)
class NotToldSealing:
    """How a document is issued in a total failure: outside of KSeF, which is never told of it.

    Who issues it hands it over himself, in whatever form; it has no codes. Source: VAT act, art.
    106ng; CIRFMF/ksef-docs, tryby-offline.md.
    """

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Say that KSeF is not told; see `Sealing`."""
        del invoice, content
        mode = Outage.TOTAL_FAILURE.value
        mark = Stamp(authority=KSEF, kind=NOT_TOLD, identifier=mode, at=now)
        stamps.put(tx, document_id, mark, now=now)
        return ()


def _announced(tx: TenantTransaction, case: Case) -> frozenset[Outage]:
    """Return the kinds of outages that are announced for the moment of issue."""
    known = outages.announced(tx, case.duty.channel)
    return frozenset(one.kind for one in holding(known, case.now))


def _unnumbered(tx: TenantTransaction, invoice: Invoice) -> dict[str, bool]:
    """Return those of the invoices that one names that KSeF was sent and has not numbered yet.

    Each with whether KSeF refused it, so that it never will.
    """
    named = [
        one.reference
        for one in invoice.preceding_invoice_references
        if one.reference and not (one.extensions and one.extensions.unique_identifier)
    ]
    if not named:
        return {}
    query = tx.select(document, document.c.id, document.c.number)
    rows = tx.execute(query.where(document.c.number.in_(named), document.c.state != "draft")).all()
    marks = stamps.for_documents(tx, [row.id for row in rows])
    sent = transmissions.for_documents(tx, [row.id for row in rows])
    found: dict[str, bool] = {}
    for row in rows:
        kinds = {one.kind for one in marks.get(row.id, ()) if one.authority.startswith(KSEF)}
        if CODE_I in kinds and NUMBER not in kinds:
            said = [one.regulatory for one in sent.get(row.id, ()) if one.channel in _NUMBERING]
            found[row.number] = bool(said) and all(one is Regulatory.REJECTED for one in said)
    return found


def _offline(tx: TenantTransaction, case: Case, tools: Tools) -> Signer | None:
    """Return what signs KOD II; without it an invoice can be sent all the same.

    None where the entity gave no key for it, or took it away; and where its certificate has ended
    while KSeF answers, as what is issued online has KOD I alone. While KSeF is away that stops the
    invoice: what is handed over offline must have both codes, and no code can be added later. So
    does, at any time, a key that cannot be had for a moment.

    Raises:
        Problem: Why the key that is there cannot be used.
    """
    try:
        signer = tools.for_purpose(tx, PURPOSE, at=case.now)
    except FiscalKeyProblem:
        return None  # no vault was opened
    except Problem as problem:
        reason = problem.extensions.get("reason")
        if reason in _TAKEN_AWAY:
            return None
        online = reason in _ENDED and not _announced(tx, case)
        if online and breakers.answers(tx, case.duty.channel):
            return None
        raise
    KsefScheme().refuse(signer)
    return signer


def _place(case: Case, tools: Tools) -> tuple[str, str]:
    """Return scheme and host of QR codes; the ministry has other machines for them."""
    if case.duty.channel == KSEF:
        return "https", Environment.PRODUCTION
    found = urlsplit(tools.address(case.duty.channel))
    theirs = {
        "api-test.ksef.mf.gov.pl": Environment.TEST,
        "api-demo.ksef.mf.gov.pl": Environment.DEMO,
    }.get(found.hostname or "")
    return ("https", theirs) if theirs is not None else (found.scheme, found.netloc)


def _serial(signer: Signer) -> str:
    certificate = x509.load_der_x509_certificate(signer.certificate_chain[0])
    return f"{certificate.serial_number:016X}"  # as KSeF writes it


def _signature(signer: Signer, statement: str) -> bytes:
    """Return the signature of KOD II: of ECDSA the two numbers side by side.

    Raises:
        FiscalKeyProblem: The key refuses.
    """
    algorithm = _SIGNS[signer.algorithm]
    try:
        made = signer.sign(statement.encode(), algorithm)
    except SignerError as error:
        raise FiscalKeyProblem(str(error)) from error
    if algorithm is not Algorithm.ECDSA_SHA256:
        return made
    first, second = decode_dss_signature(made)
    return first.to_bytes(_P256, "big") + second.to_bytes(_P256, "big")
