"""Reading the record of attempts: lists without bytes, and the bytes of one attempt at a time."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.adapter import Answer
from gateway.transmissions.attempts import CARRIED, Outcome, Purpose
from gateway.transmissions.tables import attempt, exchange, transmission


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """One exchange as it was kept.

    Attributes:
        number: 0 for what was prepared before the wire, the others in order.
        request: Request line and headers, secrets blanked.
        body: Of the request.
        answer: As it came; None when none came.
    """

    number: int
    request: bytes
    body: bytes
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt as it was kept; see the table for its members.

    Attributes:
        exchanges: How many requests were written.
    """

    id: UUID
    number: int
    purpose: Purpose
    attempt: int
    endpoint: str
    credential: str | None
    begun_at: datetime.datetime
    ended_at: datetime.datetime | None
    outcome: Outcome | None
    reason: str | None
    decisions: Mapping[str, Any]
    code_version: str
    exchanges: int = 0


_COLUMNS = tuple(
    attempt.c[name] for name in AttemptView.__dataclass_fields__ if name != "exchanges"
)


def of_transmission(tx: TenantTransaction, transmission_id: UUID) -> tuple[AttemptView, ...]:
    """Return the attempts of a transmission that are kept, in the order they began."""
    count = (
        tx.select(exchange, sa.func.count()).where(CARRIED).correlate(attempt)
    ).scalar_subquery()
    query = tx.select(attempt, *_COLUMNS, count).where(
        attempt.c.transmission_id == transmission_id
    )
    return tuple(AttemptView(*row) for row in tx.execute(query.order_by(attempt.c.number)))


def company(tx: TenantTransaction, attempt_id: UUID) -> tuple[tuple[UUID, AttemptView], ...]:
    """Return all that one request carried: transmissions and their attempts, in its order.

    Args:
        tx: Sees them.
        attempt_id: One of them.
    """
    mine = tx.select(attempt, sa.func.coalesce(attempt.c.carried_by, attempt.c.id)).where(
        attempt.c.id == attempt_id
    )
    carrier = mine.scalar_subquery()
    together = sa.or_(attempt.c.id == carrier, attempt.c.carried_by == carrier)
    query = tx.select(attempt, attempt.c.transmission_id, *_COLUMNS).where(together)
    rows = tx.execute(query.order_by(attempt.c.id))  # as they were begun
    return tuple((row[0], AttemptView(*row[1:])) for row in rows)


def dropped(kept: Sequence[AttemptView]) -> int:
    """Return how many attempts were made and are not kept: numbers are never used again."""
    return kept[-1].number - len(kept) if kept else 0


def exchanges(
    tx: TenantTransaction, transmission_id: UUID, number: int, *, place: int | None = None
) -> tuple[RecordedExchange, ...]:
    """Return what one attempt exchanged, in order.

    Args:
        tx: Sees the transmission.
        transmission_id: Which.
        number: Of the attempt.
        place: Only the exchange at this place, from 0.
    """
    body = sa.func.coalesce(exchange.c.body, transmission.c.payload).label("sent")
    query = (
        tx.select(exchange, *exchange.c, body)
        .join(attempt, CARRIED)
        .join(
            transmission,
            sa.and_(
                transmission.c.account_id == attempt.c.account_id,
                transmission.c.id == attempt.c.transmission_id,
            ),
        )
        .where(attempt.c.transmission_id == transmission_id, attempt.c.number == number)
        .order_by(exchange.c.number)
    )
    if place is not None:
        query = query.offset(place).limit(1)
    return tuple(
        RecordedExchange(row.number, row.request, row.sent, _answer_of(row))
        for row in tx.execute(query)
    )


def _answer_of(row: sa.Row[tuple[Any, ...]]) -> Answer | None:
    if row.status is None:
        return None
    headers = tuple((name, value) for name, value in row.headers)
    elapsed = row.elapsed or 0.0
    return Answer(row.status, row.answer, row.retry_after, headers, elapsed=elapsed)
