"""How many background jobs wait and run, over all tenants together."""

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction

_queued = sa.table("procrastinate_jobs", sa.column("status", sa.Text))
"""Of procrastinate's own table, only how far its rows are."""


def unfinished(tx: TenantTransaction) -> dict[str, int]:
    """Return how many jobs wait (`todo`) and run (`doing`).

    Args:
        tx: A worker's, without a tenant.
    """
    status = sa.cast(_queued.c.status, sa.Text)
    query = sa.select(status, sa.func.count()).where(status.in_(("todo", "doing")))
    return {row[0]: row[1] for row in tx.execute(query.group_by(status))}
