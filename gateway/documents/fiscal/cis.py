"""Croatia's cash invoices: CIS is told of each, in the transaction that issues it.

The ZKI is made with the taxpayer's key over what makes the invoice one of a kind, its number
included, so it is made while the series is held; CIS gives the JIR later, or while the customer
waits. Source: Zakon o fiskalizaciji (NN 89/25); Porezna uprava, Tehnička specifikacija 2.6.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from uuid import UUID

from countries.hr.invoice_number import InvoiceNumber, InvoiceNumberError
from countries.hr.protection import printed_link, protected
from countries.hr.receipt_link import PAGE, ReceiptLinkError
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.hr_cis import Invoice as FiscalInvoice
from formats.hr_cis import Number
from formats.hr_cis.frozen import frozen
from formats.hr_cis.mapping import RULE_SET, NotFiscalError, Till, fiscal_invoice, misnumbered
from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.documents.fiscal.counting import miscounted
from gateway.documents.fiscal.holders import refuse_stranger
from gateway.documents.fiscal.keys import PURPOSE, FiscalKeyProblem
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.transmissions.routes import ROUTES

CIS = "hr-cis"
"""The scheme, its channel for live entities, and the authority that stamps."""

_CHANNELS = MappingProxyType({"live": CIS, "sandbox": "hr-cis-test"})
_RSA = "rsa-pkcs1v15"
_BY_PREMISE = "P"
"""Of OznSlijed."""


@dataclass(frozen=True, slots=True)
class CisScheme:
    """The scheme; see `Scheme`."""

    id: str = CIS
    signs: bool = True
    profile: str | None = None

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where invoices are told: to CIS, or to its test system."""
        return _CHANNELS

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document is told; what the entity issues as a buyer is its seller's."""
        return kind.fiscal and not kind.self_billed

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell that every document of its kinds is recorded."""
        del tx, case
        return True

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> None:
        """Return nothing: invoices are counted, and name no predecessor."""
        del entity_id, seat, invoice

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return nothing; see `chain_key`."""
        del seat, invoice
        return ""

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that makes no ZKI, or that CIS would not know by a certificate."""
        if not signer.algorithm.startswith(_RSA):
            raise FiscalKeyProblem(f"CIS wants RSA, and the key signs with {signer.algorithm}")
        if not signer.certificate_chain:
            raise FiscalKeyProblem("CIS wants the key's certificate, and it has none")

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why CIS cannot be told of a document; see `Scheme.findings`."""
        try:
            told = _told(case, case.invoice, case.now)
        except NotFiscalError as error:
            return error.findings
        found = miscounted(
            tx,
            rule="HR-09",
            rule_set=RULE_SET,
            premise=told.number.premise,
            device=told.number.device,
            together=told.numbering == _BY_PREMISE,
        )
        return () if found is None else (found,)

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> "CisSealing":
        """Find the key; see `Scheme.begin`."""
        channel = case.duty.channel
        until = ROUTES[channel].latest(case.now)
        signer = tools.for_purpose(tx, PURPOSE, at=case.now, until=until)
        self.refuse(signer)
        refuse_stranger(self.id, signer, case.invoice.seller)
        page = PAGE if channel == CIS else f"{tools.address(channel)}/rn"
        return CisSealing(tools.archive, signer, case, page)


@dataclass(frozen=True, slots=True)
class CisSealing:
    """How CIS is told of one document.

    Attributes:
        archive: Where the record goes as evidence.
        signer: The taxpayer's key.
        case: The document.
        page: Where people check invoices.
    """

    archive: Archive
    signer: Signer
    case: Case
    page: str

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Make the ZKI, and queue what CIS is told; see `Sealing`."""
        del content  # CIS is told amounts, not the document
        sign = partial(self.signer.sign, algorithm=Algorithm.RSA_SHA1)
        try:
            told = protected(_told(self.case, invoice, now), sign)
        except SignerError as error:
            raise FiscalKeyProblem(str(error)) from error
        item = EvidenceItem("fiscal-record", "racun.xml", "application/xml", frozen(told))
        stored = self.archive.store(tx.entity_id, (item,))
        mark = Stamp(
            authority=CIS,
            kind="zki",
            identifier=told.zki or "",
            at=now.replace(microsecond=0),
            qr=_link(told, self.page),
            proof_id=item.id,
        )
        stamps.put(tx, document_id, mark, now=now)
        till = told.number
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=self.case.duty.channel,
            sender=f"tax:{told.oib}",
            receiver=f"{CIS}:{till.premise}-{till.device}",  # devices do not wait for each other
            payload=item.content,
            now=now,
        )
        return stored


def _link(told: FiscalInvoice, page: str) -> str | None:
    """Return the address for the QR code; None where the total is too long for it."""
    try:
        return printed_link(told, page=page)
    except ReceiptLinkError:
        return None


def _told(case: Case, invoice: Invoice, now: datetime.datetime) -> FiscalInvoice:
    """Return what CIS is told of a document, but for the ZKI.

    Raises:
        NotFiscalError: It cannot be told.
    """
    chosen = case.seat.settings["fiscalization"]
    try:
        number = InvoiceNumber.parse(invoice.number or "")
    except InvoiceNumberError as error:
        raise misnumbered(invoice.number, str(error)) from error
    till = Till(
        numbering=chosen.get("numbering", "N"),
        number=Number(sequence=str(number.sequence), premise=number.premise, device=number.device),
        issued_at=now,
        operator=chosen.get("operator_oib"),
    )
    return fiscal_invoice(invoice, till)
