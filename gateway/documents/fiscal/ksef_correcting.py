"""A technical correction: an invoice that was issued offline and refused is sent in another file.

What it says stays as it was; the file is made anew by the writer of today, and names the digest of
the refused one, so that the QR code that the buyer has leads to the invoice that KSeF took.
Source: CIRFMF/ksef-docs, offline/korekta-techniczna.md.
"""

import base64
import datetime
from dataclasses import dataclass
from uuid import UUID

from formats.en16931 import Invoice
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.poland.document import FaExtension, FaNaglowek
from formats.ksef.profile import KSEF_FA_3
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.documents.fiscal.problems import RecordPendingProblem, RecordStandsProblem
from gateway.documents.fiscal.scheme import Case
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions
from gateway.transmissions.states import Regulatory

CORRECTS = "hash-of-corrected-invoice"
"""The kind of name by which the wire is told what a message corrects, as `digest#number`: several
corrections of one invoice name the same digest."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """What may be sent of a refused invoice; see `Amends`.

    Attributes:
        archive: Keeps the file.
        case: The document.
    """

    archive: Archive
    case: Case

    def mend(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Send the invoice in another file; see `Amends.mend`."""
        channel = self.case.duty.channel
        sent = transmissions.for_documents(tx, [document_id]).get(document_id, ())
        before = [one for one in sent if one.channel == channel]
        if not before:
            raise RecordStandsProblem("KSeF was never sent the document.")
        first, last = before[0], before[-1]
        if last.regulatory is Regulatory.PENDING:
            raise RecordPendingProblem(public_id("trn", last.id))
        if last.regulatory is not Regulatory.REJECTED:
            raise RecordStandsProblem("KSeF has taken the document.")
        if not first.deferred:
            raise RecordStandsProblem(
                "Only what was issued offline is corrected technically; issue a new invoice."
            )
        content = KSEF_FA_3.write(_made_at(self.case.invoice, self.case.now))
        item = EvidenceItem(
            "fiscal-record", "technical-correction.xml", "application/xml", content
        )
        stored = self.archive.store(tx.entity_id, (item,))
        refused = base64.b64encode(first.payload_sha256).decode()
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=channel,
            sender=first.sender,
            receiver=first.receiver,
            payload=content,
            now=self.case.now,
            called=((CORRECTS, f"{refused}#{len(before)}"),),
        )
        return stored

    def cancel(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Refuse: KSeF knows no cancellation; see `Amends.cancel`."""
        del tx, document_id
        raise RecordStandsProblem("KSeF knows no cancellation; issue a correction.")


def _made_at(invoice: Invoice, now: datetime.datetime) -> Invoice:
    """Return an invoice whose file was made at a moment: it differs from every other."""
    beside = invoice.extensions or InvoiceExtensions()
    poland = beside.poland or FaExtension()
    header = poland.naglowek or FaNaglowek()
    moment = now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = header.model_copy(update={"data_wytworzenia_fa": moment})
    known = poland.model_copy(update={"naglowek": made})
    return invoice.model_copy(update={"extensions": beside.model_copy(update={"poland": known})})
