"""The recorder: every time bytes were sent or the other side was asked, with all that decided it.

An attempt is begun in the transaction that commits to it, before the wire, and ended in the one
that records its outcome. One that was begun and never ended was killed, or is on the wire.
"""

import datetime
import hashlib
import platform
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.archive.service import EvidenceItem
from gateway.kit.ids import new_id
from gateway.kit.kept import Added, Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import keepable
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.policy import Chance
from gateway.transmissions.request_evidence import carried_evidence, request_evidence
from gateway.transmissions.tables import attempt, exchange, lane
from gateway.transmissions.tape import Exchange
from gateway.version import VERSION

Purpose = Literal["send", "ask", "verdict"]
"""`send`: the bytes; `ask`: whether they arrived; `verdict`: what became of them."""
Outcome = Literal["acknowledged", "never_seen", "retry", "refused", "unknown", "lost"]
"""What came of it; `lost`: its owner is gone and did not say."""

CODE_VERSION = f"{VERSION} python-{platform.python_version()}"
KEPT = 100
"""So many attempts of a transmission are kept: the first ten, and the newest."""
_FIRST = 10
CARRIED = sa.and_(
    exchange.c.account_id == attempt.c.account_id,
    exchange.c.attempt_id == sa.func.coalesce(attempt.c.carried_by, attempt.c.id),
)
"""Which exchanges are an attempt's: its own, or those of the one whose request carried it."""


def _next(tx: TenantTransaction) -> sa.ColumnElement[int]:
    before = tx.select(attempt, sa.func.coalesce(sa.func.max(attempt.c.number), 0))
    before = before.where(attempt.c.transmission_id == sa.bindparam("of_transmission"))
    return before.scalar_subquery() + 1


_BEGIN = Kept(lambda tx: tx.insert(attempt, number=_next(tx)).returning(attempt.c.number))
_ADD = Added(exchange)
_ANSWER = Kept(
    lambda tx: tx.update(exchange).where(
        exchange.c.attempt_id == sa.bindparam("of_id"), exchange.c.number == 0
    )
)
_END = Kept(lambda tx: tx.update(attempt).where(attempt.c.id == sa.bindparam("of_id")))


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
        prepared: The request that was kept before the wire, for a send; perhaps with another.
        payload: The transmission's bytes, which are not kept twice.
        within: SHA-256 of the body, as it was kept with the attempt whose request carried this
            one, too; None: the request is its own.
    """

    id: UUID
    prepared: Request | None
    payload: bytes
    within: bytes | None = None

    def evidence(self) -> list[EvidenceItem]:
        """Return the request that was kept, as evidence.

        Of several in one request the first has it whole; the others have its digest, and show
        whoever may see one of them nothing of the rest.
        """
        if self.prepared is None:
            return []
        if self.within is not None:
            return [carried_evidence(self.prepared.head(), self.within, self.id)]
        body = self.prepared.kept_beside(self.payload)
        return [request_evidence(self.prepared.head(), body, self.id)]


def begin(  # noqa: PLR0913 - what an attempt is made of
    tx: TenantTransaction,
    message: Message,
    purpose: Purpose,
    *,
    endpoint: str,
    decisions: Decisions,
    now: datetime.datetime,
) -> Attempt:
    """Record that something is about to go on the wire; the transmission is locked."""
    made = Attempt(new_id(), None, message.payload)
    number: int = _BEGIN(
        tx,
        id=made.id,
        of_transmission=message.transmission_id,
        transmission_id=message.transmission_id,
        purpose=purpose,
        attempt=message.attempt,
        endpoint=endpoint,
        credential=message.credential.id if message.credential else None,
        begun_at=now,
        decisions=decisions.as_json(),
        code_version=CODE_VERSION,
    ).scalar_one()
    if number > KEPT:
        _forget(tx, message.transmission_id, number)
    return made


def carry(tx: TenantTransaction, made: Sequence[Attempt], request: Request) -> list[Attempt]:
    """Keep the request of attempts, before the wire: it is the first one's, and carries all."""
    first, *others = [replace(one, prepared=request) for one in made]
    body = request.kept_beside(first.payload)
    _add(tx, first, 0, request, body)
    if not others:
        return [first]
    carried = attempt.c.id.in_([one.id for one in others])
    tx.execute(tx.update(attempt).where(carried).values(carried_by=first.id))
    tx.execute(tx.update(attempt).where(attempt.c.id == first.id).values(carries=len(others)))
    within = hashlib.sha256(request.body if body is None else body).digest()
    return [first, *(replace(one, within=within) for one in others)]


def _forget(tx: TenantTransaction, transmission_id: UUID, newest: int) -> None:
    """Drop attempts that are neither among the first nor among the newest.

    Their numbers are not used again, so they can be counted. The archive keeps what it has. One
    that carried others stays, for their sake.
    """
    carried = attempt.alias()
    old = tx.select(attempt, attempt.c.id).where(
        attempt.c.transmission_id == transmission_id,
        attempt.c.number > _FIRST,
        attempt.c.number <= newest - (KEPT - _FIRST),
        ~sa.exists().where(
            carried.c.entity_id == attempt.c.entity_id, carried.c.carried_by == attempt.c.id
        ),
    )
    tx.execute(tx.delete(exchange).where(exchange.c.attempt_id.in_(old)))
    tx.execute(tx.delete(attempt).where(attempt.c.id.in_(old)))


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
    """Record what came of it, in the transaction that acts on it.

    What was exchanged is kept with the attempt that carried it.
    """
    number = 0
    for one in exchanges:
        if one.request is made.prepared:
            if one.answer is not None:
                _answered(tx, made, one.request, one.answer)
            continue
        number += 1
        body = one.request.kept_beside(made.payload)
        _add(tx, made, number, one.request, body, one.answer)
    _END(
        tx,
        of_id=made.id,
        ended_at=now,
        outcome=outcome,
        reason=keepable.text(reason, keepable.REASON) if reason else None,
        decisions=decisions.as_json(),
    )


def requests(
    tx: TenantTransaction, transmission_id: UUID, known: Collection[UUID]
) -> tuple[EvidenceItem, ...]:
    """Return, as evidence, the requests of all sends that are over, but those that are known."""
    prepared = sa.and_(CARRIED, exchange.c.number == 0)
    own = attempt.c.carried_by.is_(None)
    query = (
        tx.select(
            attempt,
            attempt.c.id,
            exchange.c.request,
            sa.case((own, exchange.c.body)).label("body"),
            sa.case((~own, sa.func.sha256(exchange.c.body))).label("within"),
        )
        .join(exchange, prepared)
        .where(
            attempt.c.transmission_id == transmission_id,
            attempt.c.purpose == "send",
            attempt.c.outcome.is_not(None),
            attempt.c.id.not_in(known),
        )
        .order_by(attempt.c.number)
    )
    return tuple(
        request_evidence(row.request, row.body, row.id)
        if row.within is None
        else carried_evidence(row.request, row.within, row.id)
        for row in tx.execute(query)
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


def is_on_the_wire(tx: TenantTransaction, transmission_id: UUID) -> bool:
    """Tell whether an attempt is open, and its owner lives: its outcome may come any moment."""
    said = attempt.c.decisions
    owned = sa.and_(
        lane.c.key == said["lane"].astext,
        lane.c.epoch == said["epoch"].astext.cast(sa.BigInteger),
        lane.c.lease_until > sa.func.clock_timestamp(),
    )
    query = tx.select(attempt, attempt.c.id).where(
        attempt.c.transmission_id == transmission_id,
        attempt.c.ended_at.is_(None),
        attempt.c.outcome.is_(None),
        sa.exists().where(owned),
    )
    return tx.execute(query.limit(1)).first() is not None


def _add(  # noqa: PLR0913, PLR0917 - what an exchange is made of
    tx: TenantTransaction,
    made: Attempt,
    number: int,
    request: Request,
    body: bytes | None,
    answer: Answer | None = None,
) -> None:
    _ADD(
        tx,
        attempt_id=made.id,
        number=number,
        request=request.head(),
        body=body,
        **(_answer(request, answer) if answer is not None else {}),
    )


def _answered(tx: TenantTransaction, made: Attempt, request: Request, answer: Answer) -> None:
    _ANSWER(tx, of_id=made.id, **_answer(request, answer))


def _answer(request: Request, answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "headers": answer.kept_headers(request),
        "answer": request.kept(answer.body),
        "retry_after": answer.retry_after,
        "peer": answer.connection.peer if answer.connection else None,
        "elapsed": answer.elapsed,
    }
