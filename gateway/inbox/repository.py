"""Queries of the inbox."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.inbox.tables import received_arrival, received_document, received_likeness
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A row of `received_document`."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    media_type: str
    size: int
    sha256: bytes
    state: str
    verdict: str
    business: str
    misaddressed: bool
    source: str | None
    profile: str | None
    type_code: str | None
    number: str | None
    issue_date: datetime.date | None
    due_date: datetime.date | None
    supplier_name: str | None
    supplier_keys: Sequence[str]
    currency_code: str | None
    total_without_vat: Decimal | None
    total_vat: Decimal | None
    total_with_vat: Decimal | None
    amount_due: Decimal | None
    semantic_hash: str | None
    invoice: Mapping[str, Any] | None
    report: Mapping[str, Any] | None
    decision_code: str | None
    decision_reason: str | None
    decided_at: datetime.datetime | None
    paid_on: datetime.date | None
    payment_reference: str | None
    retain_until: datetime.date
    metadata: Mapping[str, str]
    read_at: datetime.datetime | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    destroyed_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A row of `received_arrival`."""

    id: UUID
    received_id: UUID
    channel: str
    message_id: str | None
    sender: str | None
    receiver: str | None
    filename: str | None
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two received documents that say they are the same invoice, seen from the first."""

    received_id: UUID
    other_id: UUID
    relation: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be narrowed to; days are those of reception, in UTC."""

    state: str | None = None
    verdict: str | None = None
    business: str | None = None
    misaddressed: bool | None = None
    supplier: str | None = None
    number: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    search: str | None = None
    metadata: Mapping[str, str] | None = None


_ARRIVAL = tuple(received_arrival.c[name] for name in ArrivalRow.__slots__)


def add(tx: TenantTransaction, values: Mapping[str, Any]) -> bool:
    """Add a document unless the entity has these bytes already; wait for who is adding them."""
    statement = (
        postgresql.insert(received_document)
        .values(account_id=tx.tenant.account_id, entity_id=tx.entity_id, **values)
        .on_conflict_do_nothing(index_elements=["entity_id", "sha256"])
        .returning(received_document.c.id)
    )
    return tx.execute(statement).one_or_none() is not None


def add_arrival(tx: TenantTransaction, values: Mapping[str, Any]) -> bool:
    """Note how bytes came; False for a message id that the channel named before."""
    statement = (
        postgresql.insert(received_arrival)
        .values(account_id=tx.tenant.account_id, entity_id=tx.entity_id, **values)
        .on_conflict_do_nothing(index_elements=["entity_id", "channel", "message_id"])
        .returning(received_arrival.c.id)
    )
    return tx.execute(statement).one_or_none() is not None


def by_message(tx: TenantTransaction, channel: str, message_id: str) -> UUID | None:
    """Return the document that a message brought."""
    columns = received_arrival.c
    query = tx.select(received_arrival, columns.received_id).where(
        columns.channel == channel, columns.message_id == message_id
    )
    return tx.execute(query).scalar_one_or_none()


def by_digest(tx: TenantTransaction, digest: bytes) -> ReceivedRow | None:
    """Return the document with these bytes."""
    query = tx.select(received_document).where(received_document.c.sha256 == digest)
    row = tx.execute(query).one_or_none()
    return None if row is None else _row(row)


def get(tx: TenantTransaction, received_id: UUID, *, lock: bool = False) -> ReceivedRow | None:
    """Return one document; with `lock`, nobody else can change it until the transaction ends."""
    query = tx.select(received_document).where(received_document.c.id == received_id)
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else _row(row)


def update(tx: TenantTransaction, received_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a document."""
    statement = tx.update(received_document).where(received_document.c.id == received_id)
    tx.execute(statement.values(**values))


def page(
    tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
) -> list[ReceivedRow]:
    """Return up to `limit` documents, newest first, older than `before`."""
    columns = received_document.c
    query = tx.select(received_document).where(*_conditions(wanted))
    if before is not None:
        query = query.where(columns.id < before)
    return [_row(row) for row in tx.execute(query.order_by(columns.id.desc()).limit(limit))]


def _conditions(wanted: Filter) -> Iterable[sa.ColumnElement[bool]]:
    columns = received_document.c
    yield columns.destroyed_at.is_(None)
    for name in ("state", "verdict", "business", "misaddressed", "number"):
        if (value := getattr(wanted, name)) is not None:
            yield columns[name] == value
    if wanted.supplier is not None:
        yield sa.or_(
            columns.supplier_name.icontains(wanted.supplier, autoescape=True),
            columns.supplier_keys.contains([wanted.supplier.replace(" ", "").upper()]),
        )
    if wanted.search is not None:
        yield sa.or_(
            columns.supplier_name.icontains(wanted.search, autoescape=True),
            columns.number.icontains(wanted.search, autoescape=True),
        )
    if wanted.since is not None:
        yield columns.created_at >= _midnight(wanted.since)
    if wanted.until is not None:
        day = datetime.timedelta(days=1)
        yield columns.created_at - sa.cast(day, sa.Interval) < _midnight(wanted.until)
    if wanted.metadata:
        yield columns["metadata"].contains(dict(wanted.metadata))


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def arrivals(tx: TenantTransaction, ids: Sequence[UUID]) -> list[ArrivalRow]:
    """Return how documents came, the first arrival first."""
    columns = received_arrival.c
    query = tx.select(received_arrival, *_ARRIVAL).where(columns.received_id.in_(ids))
    rows = tx.execute(query.order_by(columns.id))
    return [ArrivalRow(**row) for row in rows.mappings()]


def lock_number(tx: TenantTransaction, number: str) -> None:
    """Let nobody else compare a document of this number until the transaction ends."""
    name = f"{tx.entity_id} {number}"
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def alike(
    tx: TenantTransaction, number: str, issue_date: datetime.date, supplier_keys: Sequence[str]
) -> list[ReceivedRow]:
    """Return the documents of a supplier with a number and a day, the oldest first."""
    columns = received_document.c
    query = tx.select(received_document).where(
        columns.number == number,
        columns.issue_date == issue_date,
        columns.supplier_keys.overlap(list(supplier_keys)),
    )
    return [_row(row) for row in tx.execute(query.order_by(columns.id))]


def add_likeness(tx: TenantTransaction, found: Likeness) -> None:
    """Note that a document says it is the same invoice as an older one."""
    tx.execute(
        tx.insert(
            received_likeness,
            received_id=found.received_id,
            other_id=found.other_id,
            relation=found.relation,
        )
    )


def likenesses(tx: TenantTransaction, ids: Sequence[UUID]) -> list[Likeness]:
    """Return what documents are alike, seen from each of the given ones."""
    columns = received_likeness.c
    query = tx.select(
        received_likeness, columns.received_id, columns.other_id, columns.relation
    ).where(sa.or_(columns.received_id.in_(ids), columns.other_id.in_(ids)))
    wanted = set(ids)
    found = []
    for one, other, relation in tx.execute(query.order_by(columns.received_id)):
        if one in wanted:
            found.append(Likeness(one, other, relation))
        if other in wanted:
            found.append(Likeness(other, one, relation))
    return found


def some(tx: TenantTransaction, ids: Collection[UUID]) -> list[ReceivedRow]:
    """Return several by id; others are left out."""
    query = tx.select(received_document).where(received_document.c.id.in_(ids))
    return [_row(row) for row in tx.execute(query)]


def any_there(tx: TenantTransaction) -> bool:
    """Tell whether there is one that was not destroyed."""
    query = tx.select(received_document, received_document.c.id).where(
        received_document.c.destroyed_at.is_(None)
    )
    return tx.execute(query.limit(1)).first() is not None


def page_of_kept(tx: TenantTransaction, after: UUID | None, limit: int) -> list[ReceivedRow]:
    """Return up to `limit` received documents, oldest first, later than `after`; locked."""
    query = tx.select(received_document).where(received_document.c.destroyed_at.is_(None))
    if after is not None:
        query = query.where(received_document.c.id > after)
    query = query.order_by(received_document.c.id).limit(limit).with_for_update()
    return [_row(row) for row in tx.execute(query)]


def page_of_over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[ReceivedRow]:
    """Return up to `limit` received documents whose last day is past, newest first."""
    query = tx.select(received_document).where(
        received_document.c.retain_until < today, received_document.c.destroyed_at.is_(None)
    )
    if before is not None:
        query = query.where(received_document.c.id < before)
    query = query.order_by(received_document.c.id.desc()).limit(limit)
    return [_row(row) for row in tx.execute(query)]


def _row(row: sa.Row[Any]) -> ReceivedRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return ReceivedRow(**{**values, "sha256": bytes(values["sha256"])})
