"""Look-ups by hash, as role gw_auth, which sees nothing else."""

from typing import Any

import sqlalchemy as sa

from gateway.tenants.credentials.tables import api_key


def key_by_hash(connection: sa.Connection, digest: bytes) -> sa.Row[*tuple[Any, ...]] | None:
    """Return what decides about a caller; for role gw_auth, which sees nothing else."""
    columns = api_key.c
    query = sa.select(
        columns.account_id,
        columns.id,
        columns.entity_id,
        columns.environment,
        columns.role,
        columns.expires_at,
        columns.revoked_at,
    ).where(columns.hash == digest)
    return connection.execute(query).one_or_none()
