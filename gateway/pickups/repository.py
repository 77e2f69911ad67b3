"""Queries of pickups."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.pickups.tables import pickup


@dataclass(frozen=True, slots=True)
class PickupRow:
    """One thing that is fetched, and how that goes.

    Attributes:
        entity_id: For whom.
        channel: Whom it is fetched from.
        role: As which party of the invoices he is asked for.
        since: Everything that was stored there before is here.
        due_at: When it is fetched next; None: it is switched off.
        attempts: Failures in a row.
        failing_since: When the first of them was.
        told_at: When somebody was told.
        reason: Why it fails, for programs.
        detail: The same for people.
        fetched_at: When it last went well.
        received_at: When something new came last.
    """

    entity_id: UUID
    channel: str
    role: str
    since: datetime.datetime
    due_at: datetime.datetime | None
    attempts: int
    failing_since: datetime.datetime | None
    told_at: datetime.datetime | None
    reason: str | None
    detail: str | None
    fetched_at: datetime.datetime | None
    received_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be fetched now, and by us."""

    tenant: Tenant
    channel: str
    role: str


_COLUMNS = tuple(pickup.c[name] for name in PickupRow.__slots__)


def take(
    database: Database,
    channels: Collection[str],
    now: datetime.datetime,
    patience: datetime.timedelta,
) -> Due | None:
    """Take what is due longest; others leave it alone for a while.

    Args:
        database: Used as gw_worker, in nobody's name.
        channels: Those that can be asked here.
        now: The moment.
        patience: For how long; then whoever took it is taken for dead.
    """
    one = pickup.c
    with database.worker_transaction() as tx:
        query = (
            sa.select(one.account_id, one.entity_id, one.environment, one.channel, one.role)
            .where(one.due_at <= now, one.channel.in_(channels))
            .order_by(one.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        taken = sa.update(pickup).where(
            one.account_id == row.account_id,
            one.entity_id == row.entity_id,
            one.channel == row.channel,
            one.role == row.role,
        )
        tx.execute(taken.values(due_at=now + patience))
        tenant = Tenant(row.account_id, (row.entity_id,), row.environment)
        return Due(tenant, row.channel, row.role)


def get(tx: TenantTransaction, channel: str, role: str) -> PickupRow:
    """Return one; it is there: rows of this table are never deleted."""
    query = tx.select(pickup, *_COLUMNS)
    return PickupRow(
        *tx.execute(query.where(pickup.c.channel == channel, pickup.c.role == role)).one()
    )


def of_entities(tx: TenantTransaction, ids: Sequence[UUID]) -> list[PickupRow]:
    """Return those of entities that are switched on."""
    query = tx.select(pickup, *_COLUMNS).where(
        pickup.c.entity_id.in_(ids), pickup.c.due_at.is_not(None)
    )
    rows = tx.execute(query.order_by(pickup.c.channel, pickup.c.role))
    return [PickupRow(*row) for row in rows]


def update(
    tx: TenantTransaction, channel: str, role: str, values: Mapping[str, Any], *, since: object
) -> None:
    """Change one, unless its cursor moved meanwhile."""
    statement = tx.update(pickup).where(
        pickup.c.channel == channel, pickup.c.role == role, pickup.c.since == since
    )
    tx.execute(statement.values(**values))


def switch_on(
    tx: TenantTransaction,
    channel: str,
    role: str,
    *,
    since: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """See to it that something is fetched: from a moment on, or from where it was left."""
    statement = postgresql.insert(pickup).values(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        environment=tx.tenant.environment,
        channel=channel,
        role=role,
        since=since,
        due_at=now,
        updated_at=now,
    )
    conflict = statement.on_conflict_do_update(
        index_elements=["account_id", "entity_id", "channel", "role"],
        set_={"due_at": sa.func.coalesce(pickup.c.due_at, now), "updated_at": now},
    )
    tx.execute(conflict)


def switch_off(
    tx: TenantTransaction, kept: Collection[tuple[str, str]], now: datetime.datetime
) -> None:
    """Fetch nothing but what is named by channel and role."""
    named = sa.tuple_(pickup.c.channel, pickup.c.role)
    statement = tx.update(pickup).where(pickup.c.due_at.is_not(None), named.not_in(list(kept)))
    tx.execute(statement.values(due_at=None, updated_at=now))


def hurry(tx: TenantTransaction, now: datetime.datetime, apart: datetime.timedelta) -> None:
    """Let everything that is switched on be fetched now, or as soon as its authority lets us."""
    soonest = sa.func.coalesce(pickup.c.fetched_at + sa.cast(apart, sa.Interval), now)
    statement = tx.update(pickup).where(pickup.c.due_at > now)
    tx.execute(
        statement.values(
            due_at=sa.func.least(pickup.c.due_at, sa.func.greatest(soonest, now)), updated_at=now
        )
    )
