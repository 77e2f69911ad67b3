"""Queries on documents; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.kept import Added, Kept
from gateway.kit.tenancy import TenantTransaction

_ONE_NUMBER = "document_entity_id_number_key"  # as PostgreSQL names it


class NumberUsedError(Exception):
    """Another document of the series has this number; the transaction cannot go on."""


def standing(state: str, held_at: datetime.datetime | None) -> str:
    """Return the state of a document, or `held`."""
    return state if held_at is None else "held"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of `document`.

    Attributes:
        number_period: The year of a number that repeats every year and does not name it; else "".
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    kind: DocumentKind
    state: str
    profile: str | None
    series_id: UUID | None
    sequence: int | None
    number: str | None
    number_period: str
    issue_date: datetime.date | None
    body: str
    invoice: Mapping[str, Any] | None
    report: Mapping[str, Any] | None
    content_sha256: bytes | None
    retain_until: datetime.date | None
    metadata: Mapping[str, str]
    version: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    issued_at: datetime.datetime | None
    currency_code: str | None
    total_without_vat: Decimal | None
    total_vat: Decimal | None
    total_with_vat: Decimal | None
    amount_due: Decimal | None
    due_date: datetime.date | None
    customer_id: UUID | None
    customer_name: str | None
    amount_paid: Decimal
    sent_at: datetime.datetime | None
    voided_at: datetime.datetime | None
    void_reason: str | None
    amount_credited: Decimal
    decision: str | None
    decided_at: datetime.datetime | None
    decision_reason: str | None
    deleted_at: datetime.datetime | None
    reversals: int
    held_at: datetime.datetime | None
    held_number: str | None
    destroyed_at: datetime.datetime | None

    @property
    def standing(self) -> str:
        """The state, or `held` for a draft that is issued when its buyer's number is answered."""
        return standing(self.state, self.held_at)

    @property
    def open_amount(self) -> Decimal:
        """What is still to be paid: due, less what was credited and paid; never below zero."""
        due = (self.amount_due or Decimal(0)) - self.amount_credited - self.amount_paid
        return max(due, Decimal(0)) if self.state == "issued" else Decimal(0)

    @property
    def payment_status(self) -> str | None:
        """`unpaid`, `partially_paid`, `paid` or `reversed`; None where nothing is to be paid."""
        if self.state not in {"issued", "corrected"} or self.amount_due is None:
            return None
        if self.amount_paid > 0:
            return "partially_paid" if self.open_amount > 0 else "paid"
        if self.amount_due <= 0:
            return "paid"
        return "reversed" if self.reversals else "unpaid"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be narrowed to.

    Attributes:
        kinds: Of these kinds.
        state: In this state.
        number: With exactly this number.
        metadata: With at least these labels.
        issued_from: Issue date not before this day.
        issued_until: Issue date not after this day.
        customer_id: Of this customer.
        currency_code: In this currency.
        payment: In this payment state.
        overdue_on: Issued, unpaid and due before this day.
        deleted: Deleted drafts instead of what is there.
    """

    kinds: tuple[DocumentKind, ...] = tuple(DocumentKind)
    state: str | None = None
    number: str | None = None
    metadata: Mapping[str, str] | None = None
    issued_from: datetime.date | None = None
    issued_until: datetime.date | None = None
    customer_id: UUID | None = None
    currency_code: str | None = None
    payment: str | None = None
    overdue_on: datetime.date | None = None
    deleted: bool = False


def _there(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return tx.select(document).where(
        document.c.id == sa.bindparam("of_id"),
        document.c.kind == sa.any_(sa.bindparam("kinds", type_=postgresql.ARRAY(sa.Text))),
        document.c.deleted_at.is_(None),
    )


_INSERT = Added(document)
_GET = Kept(_there)
_LOCK = Kept(lambda tx: _there(tx).with_for_update())
_UPDATE = Kept(
    lambda tx: (
        tx.update(document)
        .where(document.c.id == sa.bindparam("of_id"))
        .values(version=document.c.version + 1)
    )
)


def read(row: sa.Row[Any]) -> DocumentRow:
    """Return a row of the table as a document."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return DocumentRow(**{**values, "kind": DocumentKind(values["kind"])})


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a draft."""
    _INSERT(tx, **values)


def get(
    tx: TenantTransaction, document_id: UUID, kinds: Sequence[DocumentKind], *, lock: bool = False
) -> DocumentRow | None:
    """Return one document; with `lock`, nobody else can change it until the transaction ends.

    A deleted draft is not there.
    """
    kept = _LOCK if lock else _GET
    row = kept(tx, of_id=document_id, kinds=[kind.value for kind in kinds]).one_or_none()
    return None if row is None else read(row)


def held(tx: TenantTransaction, number: str) -> list[UUID]:
    """Return the drafts that wait for the answer about a VAT number."""
    query = tx.select(document, document.c.id).where(
        document.c.held_number == number, document.c.held_at.is_not(None)
    )
    return [row.id for row in tx.execute(query)]


def deleted(tx: TenantTransaction, document_id: UUID) -> DocumentRow | None:
    """Return a deleted draft, locked."""
    query = tx.select(document).where(
        document.c.id == document_id, document.c.deleted_at.is_not(None)
    )
    row = tx.execute(query.with_for_update()).one_or_none()
    return None if row is None else read(row)


def some(
    tx: TenantTransaction, document_ids: Collection[UUID], *, lock: bool = False
) -> dict[UUID, DocumentRow]:
    """Return several documents by id, destroyed ones too; locked in the order of their ids."""
    if not document_ids:
        return {}
    query = tx.select(document).where(
        document.c.id.in_(set(document_ids)), document.c.deleted_at.is_(None)
    )
    if lock:
        query = query.order_by(document.c.id).with_for_update()
    return {row.id: read(row) for row in tx.execute(query)}


def page(
    tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return up to `limit` documents, newest first, older than `before`."""
    query = tx.select(document).where(*_conditions(wanted))
    if before is not None:
        query = query.where(document.c.id < before)
    query = query.order_by(document.c.id.desc()).limit(limit)
    return [read(row) for row in tx.execute(query)]


def _conditions(wanted: Filter) -> Iterator[sa.ColumnElement[bool]]:
    columns = document.c
    yield columns.deleted_at.is_not(None) if wanted.deleted else columns.deleted_at.is_(None)
    yield columns.destroyed_at.is_(None)
    if len(wanted.kinds) < len(DocumentKind):
        yield columns.kind.in_(wanted.kinds)
    for column, value in (
        (columns.state, wanted.state),
        (columns.number, wanted.number),
        (columns.customer_id, wanted.customer_id),
        (columns.currency_code, wanted.currency_code),
    ):
        if value is not None:
            yield column == value
    if wanted.metadata:
        yield columns["metadata"].contains(dict(wanted.metadata))
    if wanted.issued_from is not None:
        yield columns.issue_date >= wanted.issued_from
    if wanted.issued_until is not None:
        yield columns.issue_date <= wanted.issued_until
    if wanted.payment is not None:
        yield _in_payment_state(wanted.payment)
    if wanted.overdue_on is not None:
        yield columns.due_date < wanted.overdue_on
        yield columns.state == "issued"
        yield _OPEN > 0


_LEFT = document.c.amount_due - document.c.amount_credited - document.c.amount_paid
_OPEN = sa.case((document.c.state == sa.literal_column("'issued'"), _LEFT), else_=0)
"""As `DocumentRow.open_amount`: of what is corrected nothing is open."""


def _in_payment_state(state: str) -> sa.ColumnElement[bool]:
    columns = document.c
    paid, issued = columns.amount_paid > 0, columns.state.in_(("issued", "corrected"))
    match state:
        case "paid":
            return sa.and_(issued, sa.or_(sa.and_(paid, _OPEN <= 0), columns.amount_due <= 0))
        case "partially_paid":
            return sa.and_(issued, paid, _OPEN > 0)
        case "reversed":
            return sa.and_(issued, sa.not_(paid), columns.amount_due > 0, columns.reversals > 0)
        case _:
            return sa.and_(issued, sa.not_(paid), columns.amount_due > 0, columns.reversals == 0)


def update(tx: TenantTransaction, document_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a document; the database refuses what an issued one may not change.

    Raises:
        NumberUsedError: The number is used, also by a transaction that committed just now.
    """
    try:
        _UPDATE(tx, of_id=document_id, **values)
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == _ONE_NUMBER:
            raise NumberUsedError from None
        raise
