"""Erasing a customer: nothing but the id stays, which documents that must be kept name."""

import datetime
from uuid import UUID

import sqlalchemy as sa

from gateway.customers.problems import CustomerErasedProblem
from gateway.customers.repository import SHELF, CustomerRow
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

_ERASE = sa.text("call erase_customer(:entity, :customer, :public, :moment)")


def there(
    tx: TenantTransaction, customer_id: UUID, *, lock: bool = False, deleted: bool = False
) -> CustomerRow:
    """Return a customer.

    Args:
        tx: Of the entity.
        customer_id: Which.
        lock: Nobody else may change it until the transaction ends.
        deleted: Also one that was deleted.

    Raises:
        NotFoundProblem: There is none for this caller, or it was deleted.
        CustomerErasedProblem: What was said of it was erased.
    """
    row = SHELF.get(tx, customer_id, lock=lock, deleted=True)
    if row.erased_at is not None:
        raise CustomerErasedProblem(row.erased_at)
    if row.deleted_at is not None and not deleted:
        raise NotFoundProblem
    return row


def is_there(tx: TenantTransaction, customer_id: UUID) -> bool:
    """Tell whether there is a customer who was neither deleted nor erased."""
    try:
        there(tx, customer_id)
    except NotFoundProblem:
        return False
    return True


def erase(tx: TenantTransaction, customer_id: UUID, now: datetime.datetime) -> None:
    """Blank all that is said of a customer here, and in deleted drafts; the row stays.

    The caller has it locked, and saw that no draft names it.
    """
    asked = {"entity": tx.entity_id, "customer": customer_id, "moment": now}
    tx.execute(_ERASE, asked | {"public": public_id("cus", customer_id)})
