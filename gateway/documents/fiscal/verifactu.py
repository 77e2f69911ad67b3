"""Spain's VeriFactu: each document's record joins the chain of its seller, and goes to the AEAT.

A record names the one that the same installation made before for the same seller, so it is
finished while that chain is held. What is sent is not signed: a VERI*FACTU system proves by TLS
who sends, and the AEAT has every record as it is made. Who chose to keep his records signs each.
Source: RD 1007/2023; Orden HAC/1177/2024.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit
from uuid import UUID

from countries.es import verifactu_qr
from countries.es.filing import NotRegistrableError
from countries.es.registration import seller_nif
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.signatures.signer import Algorithm, Signer
from formats.verifactu.parties import PersonaES
from formats.verifactu.records import RegistroAlta
from gateway.archive.service import StoredItem
from gateway.chains import service as chains
from gateway.chains.counting import Part
from gateway.documents.fiscal.keys import FiscalKeyProblem
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.fiscal.verifactu_amending import Amending
from gateway.documents.fiscal.verifactu_chain import VERIFACTU, Place
from gateway.documents.fiscal.verifactu_filing import chosen, registered, sends
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.verifactu.books import book_of
from gateway.verifactu.log import Book

_CHANNELS = MappingProxyType({"live": VERIFACTU, "sandbox": "es-verifactu-test"})
_RSA = frozenset({Algorithm.RSA_SHA256, Algorithm.RSA_SHA512})
_COUNTED_IN: tuple[Part, ...] = ("taxpayer", "installation")


@dataclass(frozen=True, slots=True)
class VerifactuScheme:
    """The scheme; see `Scheme`."""

    id: str = VERIFACTU
    signs: bool = False
    profile: str | None = None

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where records go: to the AEAT, or to its test system."""
        return _CHANNELS

    def of(self, seat: Seat) -> "VerifactuScheme":
        """Return the scheme as an entity has chosen it: who keeps his records signs them."""
        return replace(self, signs=chosen(seat).mode == "no-verifactu")

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document is told; what the entity issues as a buyer is its seller's."""
        return kind.fiscal and not kind.self_billed

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell that every document of its kinds is recorded."""
        del tx, case
        return True

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> str | None:
        """Return the name of the installation's chain; the sandbox has chains of its own."""
        del entity_id  # who sells counts, and by which installation
        if seller_nif(invoice) is None:
            return None
        return f"{_CHANNELS[seat.environment]}/{self.chain_owner(seat, invoice)}"

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return whose chain a record goes into: NIF and installation."""
        return chains.owner_of(
            _COUNTED_IN, taxpayer=seller_nif(invoice), installation=chosen(seat).installation
        )

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that cannot sign records which are kept: it must be RSA."""
        if signer.algorithm not in _RSA:
            raise FiscalKeyProblem("VeriFactu's records are signed with RSA keys")

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why the AEAT cannot be told of a document, or what it would remark upon."""
        try:
            _, remarked = _registered(tx, case, case.invoice, case.now)
        except NotRegistrableError as error:
            return error.findings
        return remarked

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> "VerifactuSealing":
        """Find whose chain it is; see `Scheme.begin`."""
        return VerifactuSealing(self._place(tx, case, tools), case)

    def amending(self, tx: TenantTransaction, case: Case, tools: Tools) -> Amending:
        """Return what may be recorded of a document after its first record."""
        return Amending(self._place(tx, case, tools), case)

    def _place(self, tx: TenantTransaction, case: Case, tools: Tools) -> Place:
        key = self.chain_key(tx.entity_id, case.seat, case.invoice)
        if key is None:
            raise AssertionError("that the seller has no NIF was found before")
        chosen_here = chosen(case.seat)
        book = book_of(tx, chosen_here, case.seat.seller, tools.for_purpose, case.now)
        return Place(
            archive=tools.archive,
            chain_key=key,
            channel=case.duty.channel,
            host=_host(case, tools),
            until=chosen_here.verifactu_until,
            signer=None if sends(case.seat, case.now) else self._signer(book),
            book=book,
        )

    def _signer(self, book: Book) -> Signer:
        signer = book.signer()
        self.refuse(signer)
        return signer


@dataclass(frozen=True, slots=True)
class VerifactuSealing:
    """How the AEAT is told of one document.

    Attributes:
        place: Where its record goes.
        case: The document.
    """

    place: Place
    case: Case

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Add the record to the chain, and queue it; see `Sealing`."""
        del content  # the AEAT is told amounts, not the document
        unsealed, _ = _registered(tx, self.case, invoice, now)
        stored = self.place.enter(
            tx, unsealed, _seller(unsealed), document_id=document_id, kind="issue", now=now
        )
        chains.refuse_known(tx, self.place.chain_key, invoice.number or "")
        return stored


def _registered(
    tx: TenantTransaction, case: Case, invoice: Invoice, now: datetime.datetime
) -> tuple[RegistroAlta, tuple[Finding, ...]]:
    return registered(tx, case.seat, invoice, now, replaces=case.replaces)


def _seller(record: RegistroAlta) -> PersonaES:
    return PersonaES(NombreRazon=record.NombreRazonEmisor, NIF=record.IDFactura.IDEmisorFactura)


def _host(case: Case, tools: Tools) -> str:
    """Return where QR codes lead; the AEAT has other machines for them than for records."""
    if case.duty.channel == VERIFACTU:
        return verifactu_qr.Host.PRODUCTION
    address = tools.address(case.duty.channel)
    is_theirs = (urlsplit(address).hostname or "").endswith(".aeat.es")
    return verifactu_qr.Host.TEST if is_theirs else address
