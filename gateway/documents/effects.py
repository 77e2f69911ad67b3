"""What issuing a document does to the documents it corrects, settles or continues.

Those are locked before, in the order of their ids and ahead of the number series, so that two
credit notes cannot credit the same amount and no advance is settled twice.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from formats.en16931 import Invoice
from gateway.documents import related, repository
from gateway.documents.conditions import AlreadySettledProblem
from gateway.documents.law import law_of
from gateway.documents.loading import Loaded
from gateway.documents.repository import DocumentRow
from gateway.documents.telling import tell
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction


def apply(
    tx: TenantTransaction,
    row: DocumentRow,
    invoice: Invoice,
    loaded: Loaded,
    now: datetime.datetime,
) -> None:
    """Let an issued document have its effect on those it links to.

    Raises:
        AlreadySettledProblem: An advance was settled meanwhile.
    """
    if not loaded.relations:
        return
    try:
        related.make_effective(tx, row.id)
    except related.SettledError:
        raise AlreadySettledProblem("Another invoice has settled the advance.") from None
    for original in loaded.of("corrects"):
        _correct(tx, row, original, invoice, now)
    for advance in loaded.of("settles"):
        tell(tx, advance, "applied", now, by=public_id(row.kind.prefix, row.id))
    for earlier in loaded.of("derived_from"):
        if (decision := CONTINUED.get(earlier.kind)) and earlier.decision is None:
            values = {"decision": decision, "decided_at": now, "updated_at": now}
            repository.update(tx, earlier.id, values)
            tell(tx, earlier, decision, now, by=public_id(row.kind.prefix, row.id))


CONTINUED: Mapping[DocumentKind, str] = {
    DocumentKind.ESTIMATE: "accepted",
    DocumentKind.PROFORMA: "accepted",
    DocumentKind.ORDER: "processed",
}
"""What it means for a document that another one continues it."""


def _correct(
    tx: TenantTransaction,
    row: DocumentRow,
    original: DocumentRow,
    invoice: Invoice,
    now: datetime.datetime,
) -> None:
    values: dict[str, Any] = {"updated_at": now}
    whole = not (row.kind.credits or law_of(tx, original).by_difference)
    if row.kind.credits:
        credited = original.amount_credited + (invoice.totals.total_with_vat or Decimal(0))
        values["amount_credited"] = credited
        whole = credited >= (original.total_with_vat or Decimal(0))
    if whole and original.state == "issued":
        values["state"] = "corrected"
        if row.kind.credits:
            related.release(tx, original.id)
    repository.update(tx, original.id, values)
    tell(tx, original, "corrected", now, by=public_id(row.kind.prefix, row.id), whole=whole)


def undo(
    tx: TenantTransaction, row: DocumentRow, invoice: Invoice, now: datetime.datetime
) -> None:
    """Take back what a correction did, which is voided because it was never issued.

    What it corrected is as it was before: what it credited is left to credit, and what it took
    back whole is in force again, with the advances that it settles.

    Args:
        tx: Holds the voided document.
        row: It, as it was.
        invoice: What it said.
        now: When.

    Raises:
        AlreadySettledProblem: Another invoice has settled such an advance meanwhile.
    """
    named = related.withdraw(tx, row.id)
    for original in repository.some(tx, named, lock=True).values():
        if original.destroyed_at is not None:  # nothing of it comes back, and it never changes
            continue
        values: dict[str, Any] = {"updated_at": now}
        in_force = not law_of(tx, original).by_difference
        if row.kind.credits:
            left = original.amount_credited - (invoice.totals.total_with_vat or Decimal(0))
            values["amount_credited"] = left
            in_force = left < (original.total_with_vat or Decimal(0))
        if original.state == "corrected" and in_force:
            values["state"] = "issued"
            _settle_again(tx, original)
        repository.update(tx, original.id, values)
        tell(tx, original, "correction_voided", now, by=public_id(row.kind.prefix, row.id))


def _settle_again(tx: TenantTransaction, original: DocumentRow) -> None:
    try:
        related.settle_again(tx, original.id)
    except related.SettledError:
        raise AlreadySettledProblem(
            f"{original.number} would be in force again, and another invoice has settled its"
            " advance meanwhile. Credit that one first."
        ) from None
