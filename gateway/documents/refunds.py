"""How much money a credit note can give back."""

from decimal import Decimal

from gateway.documents import related, repository
from gateway.documents.repository import DocumentRow
from gateway.kit.tenancy import TenantTransaction

_UNLIMITED = Decimal("Infinity")


def overpaid(tx: TenantTransaction, row: DocumentRow) -> Decimal:
    """Return what was paid too much on the documents that a credit note corrects.

    That is what was paid and credited there beyond what was due, less what all credit notes gave
    back of it. The documents are locked. Without limit for what corrects nothing.

    Args:
        tx: A transaction of the entity.
        row: Any issued document, locked.
    """
    relations = related.of(tx, [row.id])
    named = {
        one.to_id
        for one in relations
        if one.kind == "corrects" and one.effective and one.from_id == row.id
    }
    if not row.kind.credits or not named:
        return _UNLIMITED
    originals = repository.some(tx, named, lock=True).values()
    notes = {one.from_id for one in related.effective(tx, "corrects", named)}
    given = [one.amount_paid for one in repository.some(tx, notes).values() if one.kind.credits]
    beyond = [
        one.amount_paid + one.amount_credited - (one.amount_due or Decimal(0)) for one in originals
    ]
    return max(sum(beyond, Decimal(0)) - sum(given, Decimal(0)), Decimal(0))
