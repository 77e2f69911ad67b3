"""Queries on recurring invoices; every one of them goes through the tenant filter.

`claim`, `put_off`: a worker without tenant, who sees of a schedule only ids and when it is due.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.recurring.tables import recurring_due, recurring_invoice, recurring_occurrence


@dataclass(frozen=True, slots=True)
class RecurringRow:
    """A row of `recurring_invoice`.

    Attributes:
        body: The document's, as JSON text.
        made: How many days of the schedule are behind it, also those that failed.
        failures: How many failed since the last that did not.
        last_date: The day of the last one.
        next_date: The day of the next one; None when there is none.
        problem: Why the last one failed.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    name: str | None
    kind: DocumentKind
    state: str
    body: str
    schedule: Mapping[str, Any]
    actions: Mapping[str, Any]
    due_days: int | None
    metadata: Mapping[str, str]
    made: int
    failures: int
    last_date: datetime.date | None
    next_date: datetime.date | None
    problem: Mapping[str, Any] | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """A day of the schedule that is behind us.

    Attributes:
        problem: Why it has no document.
        sent_at: When its document was handed over to be sent.
        send_problem: Why that failed the last time.
    """

    id: UUID
    date: datetime.date
    number: int
    state: str
    document_id: UUID | None
    problem: Mapping[str, Any] | None
    sent_at: datetime.datetime | None
    send_problem: Mapping[str, Any] | None
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule that a worker took to look at; it is his for a while."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    environment: Environment
    attempts: int


_OCCURRENCE = tuple(recurring_occurrence.c[name] for name in OccurrenceRow.__slots__)
_DUE = tuple(recurring_due.c[name] for name in Due.__slots__)


def _row(row: Any) -> RecurringRow:  # noqa: ANN401 - a row
    values = dict(row._mapping)  # noqa: SLF001 - its public name
    return RecurringRow(**{**values, "kind": DocumentKind(values["kind"])})


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a recurring invoice."""
    tx.execute(tx.insert(recurring_invoice, **values))


def get(tx: TenantTransaction, recurring_id: UUID, *, lock: bool = False) -> RecurringRow | None:
    """Return one that is not deleted; with `lock`, nobody else can change it meanwhile."""
    columns = recurring_invoice.c
    query = tx.select(recurring_invoice).where(
        columns.id == recurring_id, columns.deleted_at.is_(None)
    )
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else _row(row)


def page(
    tx: TenantTransaction,
    *,
    state: str | None,
    metadata: Mapping[str, str],
    before: UUID | None,
    limit: int,
) -> list[RecurringRow]:
    """Return up to `limit`, newest first, older than `before`."""
    columns = recurring_invoice.c
    query = tx.select(recurring_invoice).where(columns.deleted_at.is_(None))
    if state is not None:
        query = query.where(columns.state == state)
    if metadata:
        query = query.where(columns["metadata"].contains(dict(metadata)))
    if before is not None:
        query = query.where(columns.id < before)
    return [_row(row) for row in tx.execute(query.order_by(columns.id.desc()).limit(limit))]


def saying(tx: TenantTransaction, words: str) -> list[RecurringRow]:
    """Return those whose body has some words in it, unless they have ended or were deleted."""
    columns = recurring_invoice.c
    query = tx.select(recurring_invoice).where(
        columns.deleted_at.is_(None),
        columns.state != "completed",
        columns.body.contains(words, autoescape=True),
    )
    return [_row(row) for row in tx.execute(query.order_by(columns.id))]


def update(tx: TenantTransaction, recurring_id: UUID, values: Mapping[str, Any]) -> None:
    """Change one."""
    statement = tx.update(recurring_invoice).where(recurring_invoice.c.id == recurring_id)
    tx.execute(statement.values(**values))


def add_occurrence(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Note a day; the database refuses a second note for it."""
    tx.execute(tx.insert(recurring_occurrence, id=new_id(), **values))


def occurrences(
    tx: TenantTransaction, recurring_id: UUID, *, before: UUID | None, limit: int
) -> list[OccurrenceRow]:
    """Return up to `limit` days that are behind us, newest first."""
    columns = recurring_occurrence.c
    query = tx.select(recurring_occurrence, *_OCCURRENCE).where(
        columns.recurring_id == recurring_id
    )
    if before is not None:
        query = query.where(columns.id < before)
    rows = tx.execute(query.order_by(columns.id.desc()).limit(limit))
    return [OccurrenceRow(*row) for row in rows]


def note_sending(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> bool:
    """Note that a document is being sent; False when it was before, or is none of a schedule."""
    columns = recurring_occurrence.c
    statement = tx.update(recurring_occurrence).where(
        columns.document_id == document_id, columns.sent_at.is_(None)
    )
    return tx.execute(statement.values(sent_at=now, send_problem=None)).rowcount == 1


def note_unsent(
    tx: TenantTransaction, document_id: UUID, problem: Mapping[str, Any]
) -> UUID | None:
    """Note why a document was not sent; return its schedule, None when it was sent after all."""
    columns = recurring_occurrence.c
    statement = tx.update(recurring_occurrence).where(
        columns.document_id == document_id, columns.sent_at.is_(None)
    )
    noted = statement.values(send_problem=dict(problem)).returning(columns.recurring_id)
    return tx.execute(noted).scalar_one_or_none()


def set_due(tx: TenantTransaction, recurring_id: UUID, due_at: datetime.datetime | None) -> None:
    """Say when a worker must look at it next; None: not at all."""
    tx.execute(tx.delete(recurring_due).where(recurring_due.c.id == recurring_id))
    if due_at is not None:
        tx.execute(tx.insert(recurring_due, id=recurring_id, due_at=due_at))


def claim(
    tx: TenantTransaction,
    now: datetime.datetime,
    until: datetime.datetime,
    *,
    without: Collection[UUID] = (),
) -> Due | None:
    """Take one that is due and that nobody has, until a moment; None when there is none."""
    columns = recurring_due.c
    free = columns.taken_until.is_(None) | (columns.taken_until <= now)
    chosen = (
        tx.select(recurring_due, columns.id)
        .where(columns.due_at <= now, free, columns.id.not_in(list(without)))
        .order_by(columns.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    statement = tx.update(recurring_due).where(columns.id == chosen)
    taken = statement.values(taken_until=until).returning(*_DUE)
    row = tx.execute(taken).one_or_none()
    return None if row is None else Due(*row)


def put_off(tx: TenantTransaction, due: Due, until: datetime.datetime) -> None:
    """Let nobody look at one before a moment, because looking failed."""
    columns = recurring_due.c
    statement = tx.update(recurring_due).where(
        columns.account_id == due.account_id, columns.id == due.id
    )
    tx.execute(statement.values(taken_until=until, attempts=due.attempts + 1))
