"""The recorder: every time bytes were sent or the other side was asked, with all that decided it.

An attempt is begun in the transaction that commits to it, before the wire, and ended in the one
that records its outcome. One that was begun and never ended was killed, or is on the wire.
"""

import datetime
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.policy import Chance
from gateway.transmissions.tables import attempt, exchange, transmission
from gateway.transmissions.tape import Exchange
from gateway.version import VERSION

Purpose = Literal["send", "ask", "verdict"]
"""`send`: the bytes; `ask`: whether they arrived; `verdict`: what became of them."""
Outcome = Literal["acknowledged", "never_seen", "retry", "refused", "unknown", "lost"]
"""What came of it; `lost`: its owner is gone and did not say."""

CODE_VERSION = f"{VERSION} python-{platform.python_version()}"
_REASON = 500


@dataclass(slots=True)
class Decisions:
    """What was decided along an attempt, and by what chance.

    Attributes:
        chance: The source of draws.
        draws: What it gave, in order.
        said: Everything else worth knowing: lane, epoch, gates, due times.
    """

    chance: Chance
    draws: list[float] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)

    def draw(self) -> float:
        """Draw from [0, 1), and remember it."""
        drawn = self.chance()
        self.draws.append(drawn)
        return drawn

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {**self.said, "draws": list(self.draws)}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was begun.

    Attributes:
        id: Its id.
        prepared: The request that was kept before the wire, for a send.
        payload: The transmission's bytes, which are not kept twice.
    """

    id: UUID
    prepared: Request | None
    payload: bytes


def begin(  # noqa: PLR0913 - what an attempt is made of
    tx: TenantTransaction,
    message: Message,
    purpose: Purpose,
    *,
    endpoint: str,
    decisions: Decisions,
    now: datetime.datetime,
    prepared: Request | None = None,
) -> Attempt:
    """Record that something is about to go on the wire; the transmission is locked."""
    query = tx.select(attempt, sa.func.coalesce(sa.func.max(attempt.c.number), 0))
    number = tx.execute(
        query.where(attempt.c.transmission_id == message.transmission_id)
    ).scalar_one()
    made = Attempt(new_id(), prepared, message.payload)
    tx.execute(
        tx.insert(
            attempt,
            id=made.id,
            transmission_id=message.transmission_id,
            number=number + 1,
            purpose=purpose,
            attempt=message.attempt,
            endpoint=endpoint,
            credential=message.credential.id if message.credential else None,
            begun_at=now,
            decisions=decisions.as_json(),
            code_version=CODE_VERSION,
        )
    )
    if prepared is not None:
        _add(tx, made, 0, prepared, None)
    return made


def end(  # noqa: PLR0913 - what is known at the end
    tx: TenantTransaction,
    made: Attempt,
    outcome: Outcome,
    *,
    reason: str | None,
    exchanges: Sequence[Exchange],
    decisions: Decisions,
    now: datetime.datetime,
) -> None:
    """Record what came of it, in the transaction that acts on it."""
    number = 0
    for one in exchanges:
        if one.request is made.prepared:
            if one.answer is not None:
                _answered(tx, made, one.answer)
            continue
        number += 1
        _add(tx, made, number, one.request, one.answer)
    tx.execute(
        tx.update(attempt)
        .where(attempt.c.id == made.id)
        .values(
            ended_at=now,
            outcome=outcome,
            reason=reason[:_REASON] if reason else None,
            decisions=decisions.as_json(),
        )
    )


def lose(tx: TenantTransaction, transmission_id: UUID) -> None:
    """Say of attempts that never ended that their owner is gone."""
    tx.execute(
        tx.update(attempt)
        .where(
            attempt.c.transmission_id == transmission_id,
            attempt.c.ended_at.is_(None),
            attempt.c.outcome.is_(None),
        )
        .values(outcome="lost", reason="abandoned")
    )


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
    """An attempt as it was kept; see the table for its members."""

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
    exchanges: tuple[RecordedExchange, ...] = ()


_COLUMNS = tuple(
    attempt.c[name] for name in AttemptView.__dataclass_fields__ if name != "exchanges"
)


def of_transmission(tx: TenantTransaction, transmission_id: UUID) -> tuple[AttemptView, ...]:
    """Return the attempts of a transmission in the order they began, with what they exchanged."""
    payload = tx.execute(
        tx.select(transmission, transmission.c.payload).where(transmission.c.id == transmission_id)
    ).scalar_one()
    query = tx.select(attempt, *_COLUMNS).where(attempt.c.transmission_id == transmission_id)
    rows = tx.execute(query.order_by(attempt.c.number)).all()
    found: dict[UUID, list[RecordedExchange]] = {row.id: [] for row in rows}
    kept = tx.select(exchange).where(exchange.c.attempt_id.in_(list(found)))
    for row in tx.execute(kept.order_by(exchange.c.attempt_id, exchange.c.number)):
        body = payload if row.body is None else row.body
        found[row.attempt_id].append(
            RecordedExchange(row.number, row.request, body, _answer_of(row))
        )
    return tuple(
        AttemptView(**row._mapping, exchanges=tuple(found[row.id]))  # noqa: SLF001 - its public name
        for row in rows
    )


def _answer_of(row: sa.Row[tuple[Any, ...]]) -> Answer | None:
    if row.status is None:
        return None
    headers = tuple((name, value) for name, value in row.headers)
    return Answer(row.status, row.answer, row.retry_after, headers, row.peer, row.elapsed or 0.0)


def _add(
    tx: TenantTransaction, made: Attempt, number: int, request: Request, answer: Answer | None
) -> None:
    tx.execute(
        tx.insert(
            exchange,
            attempt_id=made.id,
            number=number,
            request=request.head(),
            body=None if request.body == made.payload else request.body,
            **(_answer(answer) if answer is not None else {}),
        )
    )


def _answered(tx: TenantTransaction, made: Attempt, answer: Answer) -> None:
    prepared = sa.and_(exchange.c.attempt_id == made.id, exchange.c.number == 0)
    tx.execute(tx.update(exchange).where(prepared).values(**_answer(answer)))


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "headers": [list(pair) for pair in answer.headers],
        "answer": answer.body,
        "retry_after": answer.retry_after,
        "peer": answer.peer,
        "elapsed": answer.elapsed,
    }
