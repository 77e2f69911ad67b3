"""Queries on endpoints, and on how far their feeds are."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.events.sequence import LAST, Place
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.webhooks.tables import endpoint, feed

OLDEST_RUNNING = sa.literal_column(
    "pg_snapshot_xmin(pg_current_snapshot())::text::bigint", sa.BigInteger
)
"""The oldest transaction that has not ended: what it records is not known to anybody yet."""


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """A row of `webhook_endpoint`."""

    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    id: UUID
    url: str
    description: str
    event_types: list[str]
    metadata: Mapping[str, str]
    secret: bytes
    previous_secret: bytes | None
    previous_until: datetime.datetime | None
    enabled: bool
    disabled_reason: str | None
    disabled_at: datetime.datetime | None
    failures: int
    failing_since: datetime.datetime | None
    paused_until: datetime.datetime | None
    since: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


def insert_endpoint(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an endpoint, and begin the feed of its account if it is the first."""
    tx.execute(tx.insert(endpoint, **values))
    statement = postgresql.insert(feed).values(
        account_id=tx.tenant.account_id,
        environment=tx.tenant.environment,
        xid=OLDEST_RUNNING - 1,
        position=LAST,
    )
    tx.execute(statement.on_conflict_do_nothing())


def endpoint_by_id(
    tx: TenantTransaction, endpoint_id: UUID, *, lock: bool = False
) -> EndpointRow | None:
    """Return an endpoint within reach that is not deleted."""
    query = tx.select(endpoint).where(
        endpoint.c.id == endpoint_id, endpoint.c.deleted_at.is_(None)
    )
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else EndpointRow(**row)


def endpoint_page(
    tx: TenantTransaction,
    *,
    entity_id: UUID | None,
    metadata: Mapping[str, str],
    before: UUID | None,
    limit: int,
) -> list[EndpointRow]:
    """Return up to `limit` endpoints, newest first, older than `before`."""
    query = tx.select(endpoint).where(endpoint.c.deleted_at.is_(None))
    if entity_id is not None:
        query = query.where(endpoint.c.entity_id == entity_id)
    if metadata:
        query = query.where(endpoint.c["metadata"].contains(dict(metadata)))
    if before is not None:
        query = query.where(endpoint.c.id < before)
    rows = tx.execute(query.order_by(endpoint.c.id.desc()).limit(limit))
    return [EndpointRow(**row) for row in rows.mappings()]


def open_endpoints(tx: TenantTransaction) -> list[EndpointRow]:
    """Return the endpoints that take part in what happens."""
    query = tx.select(endpoint).where(endpoint.c.enabled, endpoint.c.deleted_at.is_(None))
    return [EndpointRow(**row) for row in tx.execute(query).mappings()]


def update_endpoint(tx: TenantTransaction, endpoint_id: UUID, values: Mapping[str, Any]) -> None:
    """Change an endpoint."""
    tx.execute(tx.update(endpoint).where(endpoint.c.id == endpoint_id).values(**values))


def mark_healthy(tx: TenantTransaction, endpoint_id: UUID) -> None:
    """Forget the failures of an endpoint; most often there are none, and nothing is written."""
    tx.execute(
        tx.update(endpoint)
        .where(endpoint.c.id == endpoint_id, endpoint.c.failures > 0)
        .values(failures=0, failing_since=None, paused_until=None)
    )


def mark_failing(
    tx: TenantTransaction,
    endpoint_id: UUID,
    now: datetime.datetime,
    paused_until: datetime.datetime | None,
) -> EndpointRow:
    """Count a failure of an endpoint and return it."""
    columns = endpoint.c
    statement = (
        tx.update(endpoint)
        .where(columns.id == endpoint_id)
        .values(
            failures=columns.failures + 1,
            failing_since=sa.func.coalesce(columns.failing_since, now),
            paused_until=sa.func.greatest(columns.paused_until, paused_until),
        )
        .returning(*columns)
    )
    return EndpointRow(**tx.execute(statement).mappings().one())


def feeds(tx: TenantTransaction) -> list[Tenant]:
    """Return whom a worker must look after: every account, in an environment, with endpoints."""
    query = tx.select(feed, feed.c.account_id, feed.c.environment)
    return [
        Tenant(row.account_id, (), row.environment, account_wide=True, all_entities=True)
        for row in tx.execute(query)
    ]


def hold_feed(tx: TenantTransaction, *, wait: bool) -> Place | None:
    """Lock the feed of the account and return how far it is; None when somebody else holds it."""
    query = tx.select(feed, feed.c.xid, feed.c.position).with_for_update(skip_locked=not wait)
    row = tx.execute(query).one_or_none()
    return None if row is None else Place(row.xid, row.position)


def advance_feed(tx: TenantTransaction, place: Place) -> None:
    """Say that everything up to a place was handed over."""
    tx.execute(tx.update(feed).values(xid=place.xid, position=place.position))
