"""Channels an operator stopped. Their lanes are not taken; what is on the wire is finished."""

import datetime
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control.tables import channel_pause

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pause:
    """A channel that was stopped.

    Attributes:
        channel: Which.
        reason: Why, in the operator's words.
        actor: Who.
        at: When.
    """

    channel: str
    reason: str
    actor: str
    at: datetime.datetime


def pause(
    tx: TenantTransaction, channel: str, reason: str, actor: str, now: datetime.datetime
) -> bool:
    """Stop a channel; False when it stands still already."""
    row = postgresql.insert(channel_pause).values(
        channel=channel, reason=reason, actor=actor, at=now
    )
    added = tx.execute(row.on_conflict_do_nothing().returning(channel_pause.c.channel))
    stopped = added.first() is not None
    if stopped:
        _log.warning("channel_paused", channel=channel, reason=reason, actor=actor)
    return stopped


def resume(tx: TenantTransaction, channel: str, actor: str) -> bool:
    """Let a channel go on; False when it was not stopped."""
    gone = tx.execute(sa.delete(channel_pause).where(channel_pause.c.channel == channel))
    if gone.rowcount:
        _log.warning("channel_resumed", channel=channel, actor=actor)
    return bool(gone.rowcount)


def paused(tx: TenantTransaction) -> tuple[Pause, ...]:
    """Return every channel that is stopped."""
    rows = tx.execute(sa.select(channel_pause).order_by(channel_pause.c.channel))
    return tuple(Pause(row.channel, row.reason, row.actor, row.at) for row in rows)


def stopped(tx: TenantTransaction) -> frozenset[str]:
    """Return the names of the channels that are stopped; tenants may know that much."""
    return frozenset(tx.execute(sa.select(channel_pause.c.channel)).scalars())


def paused_now(channel: str) -> sa.Exists:
    """Return, as part of a statement, whether a channel is stopped."""
    return sa.exists().where(channel_pause.c.channel == channel)


def is_paused(tx: TenantTransaction, channel: str) -> bool:
    """Tell whether a channel is stopped."""
    return bool(tx.execute(sa.select(paused_now(channel))).scalar_one())
