"""Payments: recorded, reversed; what a document's payment state is follows from the ledger alone.

The document is locked first, so two payments cannot both take what is left of it.
"""

import datetime
from dataclasses import asdict
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from uuid import UUID

from formats.en16931.currency import amount_decimals
from gateway.documents.service import DocumentRow, Documents
from gateway.documents.telling import tell
from gateway.events import service as events
from gateway.kinds import DocumentKind
from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.payments import repository
from gateway.payments.repository import Filter, PaymentRow
from gateway.payments.schemas import PaymentInput
from gateway.problems import InvalidPart, NotFoundProblem, Problem, RequestInvalidProblem
from gateway.tenants import service as tenants

PAYABLE = (
    DocumentKind.INVOICE,
    DocumentKind.ADVANCE_INVOICE,
    DocumentKind.SELF_BILLED_INVOICE,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.SELF_BILLED_CREDIT_NOTE,
)
"""What can be paid; what is paid on a credit note is the money given back."""


class NotPayableProblem(Problem):
    """Only an issued invoice or credit note is paid, and no more than is open of it.

    On a credit note that names its invoice no more is given back than was paid too much there.
    """

    type = "not-payable"
    title = "This document cannot be paid now"
    status = HTTPStatus.CONFLICT


class PaymentKnownProblem(Problem):
    """The entity has a payment with this reference already; each is recorded once."""

    type = "payment-known"
    title = "The payment is recorded already"
    status = HTTPStatus.CONFLICT


class PaymentReversedProblem(Problem):
    """The payment was taken back already. Record a new one when the money came again."""

    type = "payment-reversed"
    title = "The payment is reversed already"
    status = HTTPStatus.CONFLICT


def record(
    documents: Documents,
    tx: TenantTransaction,
    public: str,
    given: PaymentInput,
    now: datetime.datetime,
) -> PaymentRow:
    """Record what was paid on a document.

    Raises:
        NotFoundProblem: No such document.
        NotPayableProblem: It is not issued, or less is open.
        PaymentKnownProblem: The reference is used.
        RequestInvalidProblem: Another currency, or more decimals than it has.
    """
    row = documents.find(tx, public, PAYABLE, lock=True)
    if row.state not in {"issued", "corrected"} or row.currency_code is None:
        raise NotPayableProblem(f"The document is {row.state}; only what is issued is paid.")
    if wrong := _wrong(given, row.currency_code):
        raise RequestInvalidProblem(wrong)
    payable = documents.payable(tx, row)
    if given.amount > payable:
        raise NotPayableProblem(
            f"{given.amount} is more than the {payable} that are open.",
            open_amount=str(payable),
        )
    zone = tenants.zone_of(tenants.get_entity(tx, tx.entity_id))
    paid = PaymentRow(
        account_id=row.account_id,
        entity_id=row.entity_id,
        id=new_id(),
        document_id=row.id,
        amount=given.amount,
        currency_code=row.currency_code,
        paid_on=given.paid_on or now.astimezone(zone).date(),
        method=given.method,
        reference=given.reference,
        note=given.note,
        metadata=dict(given.metadata),
        created_at=now,
        reversed_at=None,
        reversal_reason=None,
    )
    try:
        repository.insert(tx, asdict(paid))
    except repository.ReferenceUsedError:
        raise PaymentKnownProblem(
            f"A payment with the reference {given.reference!r} is recorded already.",
            errors=[{"pointer": "/reference", "message": "is used already by this entity"}],
        ) from None
    _tell(tx, row, paid, "received", now)
    _follow(documents, tx, row, now)
    return paid


def reverse(
    documents: Documents,
    tx: TenantTransaction,
    payment_id: UUID,
    reason: str,
    now: datetime.datetime,
) -> PaymentRow:
    """Take a payment back: a chargeback, a bounced debit, a mistake. What it paid is open again.

    Raises:
        NotFoundProblem: No such payment.
        PaymentReversedProblem: It was taken back already.
    """
    document_id = get(tx, payment_id).document_id
    row = documents.get(tx, document_id, PAYABLE, lock=True)
    paid = get(tx, payment_id)  # as it is under the document's lock
    if paid.reversed_at is not None:
        raise PaymentReversedProblem("The payment is reversed already.")
    repository.reverse(tx, payment_id, reason, now)
    _tell(tx, row, paid, "reversed", now)
    _follow(documents, tx, row, now)
    return get(tx, payment_id)


def get(tx: TenantTransaction, payment_id: UUID) -> PaymentRow:
    """Return a payment.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.get(tx, payment_id)
    if row is None:
        raise NotFoundProblem
    return row


def page(
    tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
) -> list[PaymentRow]:
    """Return one page of payments, newest first."""
    return repository.page(tx, wanted, before=before, limit=limit)


def payment_json(row: PaymentRow, document: str) -> dict[str, Any]:
    """Return a payment as JSON (`PaymentView`).

    Args:
        row: The payment.
        document: Public id of the document it is on.
    """
    return {
        "id": public_id("pay", row.id),
        "object": "payment",
        "entity_id": public_id("ent", row.entity_id),
        "document_id": document,
        "amount": f"{row.amount:f}",
        "currency_code": row.currency_code,
        "paid_on": row.paid_on.isoformat(),
        "method": row.method,
        "reference": row.reference,
        "note": row.note,
        "state": "received" if row.reversed_at is None else "reversed",
        "reversal_reason": row.reversal_reason,
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.reversed_at or row.created_at),
        "reversed_at": row.reversed_at and written(row.reversed_at),
    }


def _wrong(given: PaymentInput, currency: str) -> list[InvalidPart]:
    wrong: list[InvalidPart] = []
    if given.currency_code not in {None, currency}:
        wrong.append({"pointer": "/currency_code", "message": f"the document is in {currency}"})
    decimals = amount_decimals(currency)
    if given.amount != round(given.amount, decimals):
        message = f"{currency} has {decimals} decimals"
        wrong.append({"pointer": "/amount", "message": message})
    return wrong


def _follow(
    documents: Documents, tx: TenantTransaction, row: DocumentRow, now: datetime.datetime
) -> None:
    """Let the document's payment state follow the ledger."""
    amount, reversals = repository.ledger(tx, row.id)
    changed = documents.mark_paid(tx, row, amount, reversals, now)
    if changed.payment_status == "paid" and row.payment_status != "paid" and amount > Decimal(0):
        tell(tx, row, "paid", now)


def _tell(
    tx: TenantTransaction, row: DocumentRow, paid: PaymentRow, verb: str, now: datetime.datetime
) -> None:
    events.append(
        tx,
        type=f"payment.{verb}",
        document_id=row.id,
        subject_id=public_id("pay", paid.id),
        data={
            "amount": f"{paid.amount:f}",
            "currency_code": paid.currency_code,
            "reference": paid.reference,
            "number": row.number,
            "metadata": {**row.metadata, **paid.metadata},
        },
        now=now,
    )
