"""What stands still in front of a lane whose chain has a successor: looked for, and let go on.

Such a row is stuck because its chain was halted, and all behind it waits. Once the chain is closed
nothing of it is ever sent: `delivery` looks before each send, in the transaction that would claim
the row. So to take up a row whose bytes never left is safe: it is taken back, and what is behind
it follows. Where bytes may have left, a person states what became of them.
"""

from dataclasses import dataclass
from uuid import UUID

from gateway.chains import service as chains
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.tables import outbox, transmission

HALTED = "chain_halted"
"""Why a row is stuck whose chain takes no record."""


@dataclass(frozen=True, slots=True)
class Left:
    """A stuck row of a chain that is closed.

    Attributes:
        transmission_id: Which.
        in_doubt: Its bytes may have arrived.
    """

    transmission_id: UUID
    in_doubt: bool


def hold_stuck(tx: TenantTransaction) -> frozenset[UUID]:
    """Lock an entity's rows that a successor may let go on, before any chain is locked.

    Whoever records a verdict holds the transmission, and asks for its chain then (`journal`). Who
    holds the chain first and asks for the transmission waits for him, and he for us.

    Args:
        tx: The worker's.

    Returns:
        What was locked. What stands still from now on is not among it.
    """
    stuck = tx.select(outbox, outbox.c.transmission_id).where(
        outbox.c.state == "stuck", outbox.c.reason == HALTED
    )
    query = tx.select(transmission, transmission.c.id).where(transmission.c.id.in_(stuck))
    return frozenset(tx.execute(query.order_by(transmission.c.id).with_for_update()).scalars())


def left_behind(tx: TenantTransaction) -> list[Left]:
    """Return the rows of an entity that are stuck although their chain has a successor."""
    columns = (outbox.c.transmission_id, outbox.c.in_doubt, transmission.c.document_id)
    query = (
        tx.select(outbox, *columns)
        .join(transmission, transmission.c.id == outbox.c.transmission_id)
        .where(outbox.c.state == "stuck", outbox.c.reason == HALTED)
        .order_by(outbox.c.id)
    )
    rows = tx.execute(query).all()
    return [
        Left(row.transmission_id, row.in_doubt)
        for row in rows
        if chains.is_closed(tx, row.document_id)
    ]
