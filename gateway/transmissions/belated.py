"""Proof that comes too late for its row: somebody moved the row, or owns its lane now.

What the other side proved is true whoever holds the row. It is recorded as a signal would be, so
that nobody sends again what has arrived.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import reception
from gateway.transmissions.queue import Move
from gateway.transmissions.steps import Step
from gateway.transmissions.tables import outbox

PROOFS = frozenset(
    {
        "transmission.submitted",
        "transmission.verdict",
        "transmission.response",
        "transmission.failed_permanent",
    }
)
"""The events that prove that the other side had the bytes."""


def proofs(steps: Sequence[Step], attempt_id: UUID) -> list[Step]:
    """Return those steps that prove an arrival, as signals: they may skip steps of ours."""
    return [
        replace(step, fact=replace(step.fact, key=step.fact.key or f"late:{attempt_id}"))
        for step in steps
        if step.type in PROOFS
    ]


def move(tx: TenantTransaction, transmission_id: UUID, now: datetime.datetime) -> Move | None:
    """Lock the row wherever it is, and return what becomes of it; None leaves it there."""
    query = tx.select(outbox, outbox.c.state).where(outbox.c.transmission_id == transmission_id)
    word: str = tx.execute(query.with_for_update()).scalar_one()
    return reception.move_of(word, now)
