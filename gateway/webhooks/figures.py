"""How full the queue of webhooks is, over all tenants together."""

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.webhooks.tables import queue


def waiting(tx: TenantTransaction) -> dict[str, int]:
    """Return how many deliveries of the queue are in which state.

    Args:
        tx: A worker's, without a tenant.
    """
    query = sa.select(queue.c.state, sa.func.count()).group_by(queue.c.state)
    return {row[0]: row[1] for row in tx.execute(query)}
