"""Slovenia's cash invoices: FURS is told of each, in the transaction that issues it.

The ZOI is made with the taxpayer's key over what makes the invoice one of a kind, its number
included, so it is made while the series is held; FURS gives the EOR later, or while the customer
waits. Source: ZDavPR; FURS, Tehnična dokumentacija 1.3.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from countries.si.cash import by_transfer, names_cash
from countries.si.invoice_number import InvoiceNumber, InvoiceNumberError, Numbering
from countries.si.protection import printed_code, protected
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.furs import Identifier, ReferenceInvoice
from formats.furs import Invoice as FiscalInvoice
from formats.furs.frozen import frozen
from formats.furs.mapping import Till, changes, fiscal_invoice, local_time
from formats.furs.refusals import (
    RULE_SET,
    NotFiscalError,
    misnumbered,
    replacing,
    unopened,
    unregistered,
    untold,
)
from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.documents.fiscal.counting import miscounted
from gateway.documents.fiscal.holders import refuse_stranger
from gateway.documents.fiscal.keys import PURPOSE, FiscalKeyProblem
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.seat import Seat
from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.premises import service as premises
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.transmissions.routes import ROUTES

FURS = "si-furs"
"""The scheme, its channel for live entities, and the authority that stamps."""

_CHANNELS = MappingProxyType({"live": FURS, "sandbox": "si-furs-test"})
_ZOI = "zoi"
_NOTES = 1000  # characters


@dataclass(frozen=True, slots=True)
class FursScheme:
    """The scheme; see `Scheme`."""

    id: str = FURS
    signs: bool = True
    profile: str | None = None

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where invoices are told: to FURS, or to its test system."""
        return _CHANNELS

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document is told; what the entity issues as a buyer is its seller's."""
        return kind.fiscal and not kind.self_billed

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell whether FURS is told of a document: of all, or of those that may be cash.

        A credit note of an invoice that FURS knows is told; another one only where it names cash.
        """
        chosen = case.seat.settings["fiscalization"]
        if case.beside.series in chosen.get("untold_series", ()):
            return names_cash(case.invoice) or _names_told(tx, case)
        if chosen.get("tells", "all") == "all" or _names_told(tx, case):
            return True
        return names_cash(case.invoice) if case.kind.credits else not by_transfer(case.invoice)

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> None:
        """Return nothing: invoices are counted, and name no predecessor."""
        del entity_id, seat, invoice

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return nothing; see `chain_key`."""
        del seat, invoice
        return ""

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that makes no ZOI: that is RSA with PKCS #1 v1.5 and SHA-256."""
        if signer.algorithm is not Algorithm.RSA_SHA256:
            raise FiscalKeyProblem(f"FURS wants RS256, and the key signs with {signer.algorithm}")

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why FURS cannot be told of a document; see `Scheme.findings`."""
        try:
            _refuse_untold(case)
            told = _told(tx, case, case.invoice, case.now)
            _refuse_unregistered(tx, told.identifier.premise, case.now)
            _refuse_miscounted(tx, told)
        except NotFiscalError as error:
            return error.findings
        return ()

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> "FursSealing":
        """Find the key; see `Scheme.begin`."""
        until = ROUTES[case.duty.channel].latest(case.now)
        signer = tools.for_purpose(tx, PURPOSE, at=case.now, until=until)
        self.refuse(signer)
        refuse_stranger(self.id, signer, case.invoice.seller)
        return FursSealing(tools.archive, signer, case)


@dataclass(frozen=True, slots=True)
class FursSealing:
    """How FURS is told of one document.

    Attributes:
        archive: Where the record goes as evidence.
        signer: The taxpayer's key.
        case: The document.
    """

    archive: Archive
    signer: Signer
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
        """Make the ZOI, and queue what FURS is told; see `Sealing`."""
        del content  # FURS is told amounts, not the document
        try:
            told = protected(_told(tx, self.case, invoice, now), self.signer.sign)
        except SignerError as error:
            raise FiscalKeyProblem(str(error)) from error
        item = EvidenceItem("fiscal-record", "furs-invoice.json", "application/json", frozen(told))
        stored = self.archive.store(tx.entity_id, (item,))
        mark = Stamp(
            authority=FURS,
            kind=_ZOI,
            identifier=told.protected_id or "",
            at=now.replace(microsecond=0),
            qr=printed_code(told),
            proof_id=item.id,
        )
        stamps.put(tx, document_id, mark, now=now)
        till = told.identifier
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=self.case.duty.channel,
            sender=f"tax:{told.tax_number}",
            # devices do not wait for each other
            receiver=premises.receivers(FURS, till.premise) + till.device,
            payload=item.content,
            now=now,
        )
        return stored


def _told(
    tx: TenantTransaction, case: Case, invoice: Invoice, now: datetime.datetime
) -> FiscalInvoice:
    """Return what FURS is told of a document, but for the ZOI.

    Raises:
        NotFiscalError: It cannot be told.
    """
    if case.replaces:
        raise replacing()
    chosen = case.seat.settings["fiscalization"]
    operator = chosen.get("operator_tax_number")
    try:
        number = InvoiceNumber.parse(invoice.number or "")
    except InvoiceNumberError as error:
        raise misnumbered(invoice.number, str(error)) from error
    till = Till(
        tax_number=_tax_number(invoice),
        numbering=chosen.get("numbering", "B"),
        identifier=Identifier(
            premise=number.premise, device=number.device, number=str(number.sequence)
        ),
        issued_at=now,
        operator=operator,
        foreign_operator=operator is None,
        references=(*_references(tx, invoice), *_elsewhere(case)) if changes(invoice) else (),
        notes=_notes(case),
    )
    return fiscal_invoice(invoice, till)


def _tax_number(invoice: Invoice) -> str:
    """Return the issuer's number: of who is no taxable person for VAT, BT-32."""
    seller = invoice.seller
    return (seller.vat_identifier or seller.tax_registration_identifier or "").removeprefix("SI")


def _refuse_unregistered(tx: TenantTransaction, code: str, now: datetime.datetime) -> None:
    """Refuse a number of a premise that FURS does not know: it would answer S006.

    Raises:
        NotFiscalError: FURS was not told of it, or closed it, or nobody knows, or it is not open.
    """
    premise = premises.standing(tx, code)
    if premise is None:
        raise unregistered(code, "it is not declared")
    if premise.state != "registered":
        raise unregistered(code, f"its state is {premise.state}")
    if premise.valid_from > local_time(now).date():
        raise unopened(code, premise.valid_from)


def _refuse_miscounted(tx: TenantTransaction, told: FiscalInvoice) -> None:
    """Refuse a number that is counted otherwise than FURS is told.

    Raises:
        NotFiscalError: It is.
    """
    found = miscounted(
        tx,
        rule="SI-15",
        rule_set=RULE_SET,
        premise=told.identifier.premise,
        device=told.identifier.device,
        together=told.numbering == Numbering.BY_PREMISE,
    )
    if found is not None:
        raise NotFiscalError((found,))


def _refuse_untold(case: Case) -> None:
    """Refuse a series whose documents are not told of, for one that must be.

    Raises:
        NotFiscalError: It names cash, or corrects what FURS knows.
    """
    if case.beside.series in case.seat.settings["fiscalization"].get("untold_series", ()):
        cash = names_cash(case.invoice)
        why = "it is not paid by transfer" if cash else "it corrects an invoice that FURS knows"
        raise untold(case.beside.series, why)


def _names_told(tx: TenantTransaction, case: Case) -> bool:
    """Tell whether a credit note corrects an invoice that FURS knows."""
    return case.kind.credits and bool(case.beside.earlier or _references(tx, case.invoice))


def _elsewhere(case: Case) -> Iterator[ReferenceInvoice]:
    """Yield the invoices of another system that a credit note corrects."""
    for one in case.beside.earlier:
        number = InvoiceNumber.parse(one.number)
        identifier = Identifier(
            premise=number.premise, device=number.device, number=str(number.sequence)
        )
        yield ReferenceInvoice(identifier=identifier, issued_at=local_time(one.issued_at))


def _notes(case: Case) -> str | None:
    """Return the ZOI of invoices of another system; FURS has no element for it."""
    known = [f"{one.number} ZOI {one.zoi.lower()}" for one in case.beside.earlier if one.zoi]
    return "; ".join(known)[:_NOTES] or None


def _references(tx: TenantTransaction, invoice: Invoice) -> tuple[ReferenceInvoice, ...]:
    """Return the invoices that a credit note corrects, as FURS knows them: with their moment."""
    named = [one.reference for one in invoice.preceding_invoice_references if one.reference]
    rows = tx.execute(
        tx.select(document, document.c.id, document.c.number)
        .where(document.c.number.in_(named), document.c.state != "draft")
        .order_by(document.c.issued_at)
    ).all()
    marks = stamps.for_documents(tx, [row.id for row in rows])
    found = []
    for row in rows:
        told = [one for one in marks.get(row.id, ()) if (one.authority, one.kind) == (FURS, _ZOI)]
        if not told:
            continue  # FURS does not know it
        number = InvoiceNumber.parse(row.number)
        identifier = Identifier(
            premise=number.premise, device=number.device, number=str(number.sequence)
        )
        found += [
            ReferenceInvoice(identifier=identifier, issued_at=local_time(one.at)) for one in told
        ]
    return tuple(found)
