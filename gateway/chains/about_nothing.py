"""Records that are about no document: what happened in the program itself."""

import datetime
from collections.abc import Collection, Mapping
from uuid import UUID

import sqlalchemy as sa

from gateway.chains.repository import RecordRow
from gateway.chains.tables import chain, chain_record
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction

_COLUMNS = tuple(chain_record.c[name] for name in RecordRow.__dataclass_fields__)

PREFIX = "event-"
"""What the kinds of such records begin with."""


def backwards(
    tx: TenantTransaction, chain_id: UUID, kinds: Collection[str], *, limit: int = 1
) -> list[RecordRow]:
    """Return the newest records of some kinds of a chain, the newest first."""
    query = (
        tx.select(chain_record, *_COLUMNS)
        .where(chain_record.c.chain_id == chain_id, chain_record.c.kind.in_(list(kinds)))
        .order_by(chain_record.c.sequence.desc())
        .limit(limit)
    )
    return [RecordRow(**row) for row in tx.execute(query).mappings()]


def counts(tx: TenantTransaction, chain_id: UUID, *, since: int) -> dict[str, int]:
    """Return how many records of each kind a chain has from a place on."""
    many = sa.func.count()
    query = (
        tx.select(chain_record, chain_record.c.kind, many)
        .where(chain_record.c.chain_id == chain_id, chain_record.c.sequence >= since)
        .group_by(chain_record.c.kind)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def place_before(tx: TenantTransaction, chain_id: UUID, at: datetime.datetime) -> int:
    """Return the last place of a chain that was taken before a moment; 0 for none."""
    query = tx.select(chain_record, sa.func.max(chain_record.c.sequence)).where(
        chain_record.c.chain_id == chain_id, chain_record.c.at < at
    )
    return tx.execute(query).scalar_one() or 0


def place_of(tx: TenantTransaction, chain_id: UUID, digest: str) -> int:
    """Return the place of a digest in a chain; 0 where it is not there."""
    query = tx.select(chain_record, chain_record.c.sequence).where(
        chain_record.c.chain_id == chain_id, chain_record.c.digest == digest
    )
    return tx.execute(query).scalar_one_or_none() or 0


def between(
    tx: TenantTransaction,
    chain_key: str,
    since: datetime.datetime,
    until: datetime.datetime,
    *,
    limit: int,
) -> list[RecordRow]:
    """Return records under a key of a span of time, in their order, `until` not included."""
    query = (
        tx.select(chain_record, *_COLUMNS)
        .where(
            chain_record.c.chain_key == chain_key,
            chain_record.c.at >= since,
            chain_record.c.at < until,
        )
        .order_by(chain_record.c.at, chain_record.c.sequence)
        .limit(limit)
    )
    return [RecordRow(**row) for row in tx.execute(query).mappings()]


def tenants_of(tx: TenantTransaction, schemes: Mapping[str, Environment]) -> list[Tenant]:
    """Return whose chains of some schemes are open.

    Args:
        tx: A worker's, without a tenant.
        schemes: The environment of each.
    """
    scheme = sa.func.split_part(chain.c.chain_key, "/", 1)
    query = sa.select(chain.c.account_id, chain.c.entity_id, scheme).where(
        scheme.in_(list(schemes)), chain.c.state == "open"
    )
    found: dict[UUID, Tenant] = {}
    for account_id, entity_id, name in tx.execute(query.order_by(chain.c.entity_id)):
        found[entity_id] = Tenant(account_id, (entity_id,), schemes[name])
    return list(found.values())
