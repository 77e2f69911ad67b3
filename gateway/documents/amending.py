"""What authorities are told of issued documents afterwards: mended, or cancelled."""

import datetime
import hashlib
from typing import Any

from countries.es.filing import NotRegistrableError
from formats.en16931 import Invoice
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.spain import SpanishRecord
from gateway.chains import service as chains
from gateway.documents import related
from gateway.documents.amending_schemas import MendingInput
from gateway.documents.earlier import Beside
from gateway.documents.fiscal.problems import RecordStandsProblem
from gateway.documents.fiscal.scheme import Amends
from gateway.documents.fiscal.service import AMENDING, case_of, duty_of
from gateway.documents.held import invoice_of, seat_of
from gateway.documents.problems import (
    DocumentStateProblem,
    InvoiceNotCompliantProblem,
    finding_json,
)
from gateway.documents.repository import DocumentRow
from gateway.documents.service import Documents
from gateway.documents.telling import tell
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions


def is_cancelled_by_record(tx: TenantTransaction, row: DocumentRow) -> bool:
    """Tell whether voiding a document means to tell its authority: it takes cancellations."""
    if not row.kind.fiscal or row.state == "draft":
        return False
    duty = duty_of(seat_of(tx), row.kind)
    takes = duty is not None and duty.scheme.id in AMENDING
    return takes and bool(chains.of_document(tx, row.id))


def cancel(
    documents: Documents, tx: TenantTransaction, row: DocumentRow, now: datetime.datetime
) -> None:
    """Tell the authority that a locked document should never have been issued.

    Raises:
        RecordPendingProblem: An earlier record is not answered.
        RecordStandsProblem: It has the cancellation already, or was never told of the document.
        ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem: Its chain takes no record.
    """
    stored = _amends(documents, tx, row, invoice_of(row), now).cancel(tx, row.id)
    documents.archive.record(tx, document_id=row.id, items=stored, now=now)


def mend(
    documents: Documents,
    tx: TenantTransaction,
    public: str,
    given: MendingInput,
    now: datetime.datetime,
) -> DocumentRow:
    """Tell the authority anew of a document, as it should have been told.

    Raises:
        NotFoundProblem: No such document.
        DocumentStateProblem: It is a draft, or voided.
        InvoiceNotCompliantProblem: The authority would refuse this, too.
        RecordPendingProblem, RecordStandsProblem, ChainHaltedProblem, ChainOwnerProblem,
            ClockSetBackProblem: As `cancel`.
    """
    row = documents.find(tx, public, lock=True)
    if row.state not in {"issued", "corrected"}:
        raise DocumentStateProblem(f"The document is {row.state}; only what is issued is mended.")
    invoice = _with(invoice_of(row), given.spain)
    try:
        stored = _amends(documents, tx, row, invoice, now).mend(tx, row.id)
    except NotRegistrableError as error:
        found = [finding_json(one, one.pointer) for one in error.findings]
        raise InvoiceNotCompliantProblem(found) from error
    tell(tx, row, "mended", now, reason=given.reason)
    documents.archive.record(tx, document_id=row.id, items=stored, now=now)
    return documents.get(tx, row.id)


def records(tx: TenantTransaction, row: DocumentRow) -> list[dict[str, Any]]:
    """Return every record of a document as JSON (`FiscalRecordView`), and how it travels."""
    all_sent = transmissions.for_documents(tx, [row.id]).get(row.id, ())
    sent = {one.payload_sha256: one for one in all_sent}
    found = []
    for one in chains.of_document(tx, row.id):
        travels = sent.get(hashlib.sha256(one.record).digest())
        found.append(
            {
                "object": "fiscal_record",
                "kind": one.kind,
                "chain": one.chain_key,
                "sequence": one.sequence,
                "digest": one.digest,
                "at": written(one.at),
                "transmission_id": travels and public_id("trn", travels.id),
                "regulatory": travels and travels.regulatory,
            }
        )
    return found


def _amends(
    documents: Documents,
    tx: TenantTransaction,
    row: DocumentRow,
    invoice: Invoice,
    now: datetime.datetime,
) -> Amends:
    corrects = any(
        one.kind == "corrects" and one.from_id == row.id for one in related.of(tx, [row.id])
    )
    case = case_of(tx, seat_of(tx), row.kind, invoice, now, Beside(corrects=corrects))
    found = documents.issuer.fiscal.amending(tx, case, documents.archive)
    if found is None:
        raise RecordStandsProblem("No authority takes further records of the document.")
    return found


def _with(invoice: Invoice, spain: SpanishRecord | None) -> Invoice:
    """Return an invoice as an authority is told of it: what is said now wins."""
    if spain is None:
        return invoice
    beside = invoice.extensions or InvoiceExtensions()
    known = beside.spain or SpanishRecord()
    said = known.model_copy(update={name: getattr(spain, name) for name in spain.model_fields_set})
    return invoice.model_copy(update={"extensions": beside.model_copy(update={"spain": said})})
