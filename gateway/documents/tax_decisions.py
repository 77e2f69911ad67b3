"""Why a document is taxed as it is: as archived at issue, or, for a draft, as of now."""

import datetime
import json
from typing import Any

from gateway.documents.held import seat_of
from gateway.documents.issue import today_of
from gateway.documents.loading import load
from gateway.documents.preparation import prepare, read_body
from gateway.documents.proof import TAX_DECISION
from gateway.documents.repository import DocumentRow
from gateway.documents.service import Documents
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem


def tax_decision(
    tx: TenantTransaction, documents: Documents, row: DocumentRow, now: datetime.datetime
) -> dict[str, Any]:
    """Return the decisions about a document's VAT, line by line (`TaxDecisionView`).

    An issued document shows what was archived with it, byte for byte; a draft what the law and the
    answers about its buyer's number say now.

    Raises:
        NotFoundProblem: It was issued before decisions were kept, or a link of the draft is gone.
        EvidenceDamagedProblem: What was archived is not there any more.
    """
    head = {
        "object": "tax_decision",
        "document_id": public_id(row.kind.prefix, row.id),
        "state": row.state,
    }
    if row.state != "draft":
        entries = documents.archive.entries(tx, row.id)
        kept = next((entry for entry in entries if entry.role == TAX_DECISION), None)
        if kept is None:
            raise NotFoundProblem("The document was issued before decisions were kept.")
        archived: dict[str, Any] = json.loads(documents.archive.read(tx, kept.id))
        return head | archived
    body = read_body(row.body.encode(), row.kind)
    seat = seat_of(tx)
    loaded = load(tx, body, row.kind, row.customer_id)
    loaded = documents.numbers.beside(tx, loaded, body, seat, now)
    prepared = prepare(body, row.kind, seat, loaded.sources, today=today_of(seat, now))
    return head | prepared.tax.record(prepared.invoice)
