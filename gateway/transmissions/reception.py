"""Taking signals: found by any name of their message, recorded once, kept when they come early."""

import datetime
import functools
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any
from uuid import UUID

from gateway.events import service as events
from gateway.kit import metrics
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.transmissions import early, names
from gateway.transmissions.adapter import MESSAGE_ID, Signal
from gateway.transmissions.early import EarlySignalsFullError
from gateway.transmissions.journal import Journal
from gateway.transmissions.names import Owner
from gateway.transmissions.queue import WAITING, Move, unless_over
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import AxisState
from gateway.transmissions.steps import signal_step
from gateway.transmissions.tables import outbox


class Reception(Enum):
    """What became of a signal."""

    TAKEN = auto()
    KNOWN = auto()
    EARLY = auto()  # kept until its message is known by one of its names
    FULL = auto()  # not kept: too many wait already; to be said again
    UNKNOWN_MESSAGE = auto()


def receive_signal(
    database: Database, journal: Journal, *, channel: str, signal: Signal, now: datetime.datetime
) -> Reception:
    """Take a verified signal: find whose it is by any of its names, and record it once.

    Args:
        database: Used as gw_worker: first without a tenant, then as the row's.
        journal: Records the step.
        channel: The channel it came by; a message of another channel is not found.
        signal: Verified by the channel.
        now: The moment of receipt.
    """
    taken = _received(database, journal, channel, signal, now)
    metrics.SIGNALS.labels(channel, signal.layer, taken.name.lower()).inc()
    return taken


def _received(
    database: Database, journal: Journal, channel: str, signal: Signal, now: datetime.datetime
) -> Reception:
    with database.worker_transaction() as tx:
        found = names.owner(tx, channel, signal.keys)
        if found is None:
            if not early.may_be_early(signal):
                return Reception.UNKNOWN_MESSAGE
            names.lock(tx, channel, signal.keys)
            found = names.owner(tx, channel, signal.keys)  # learned while we waited
        if found is None:
            try:
                kept = early.keep(tx, channel, signal, now)
            except EarlySignalsFullError:
                return Reception.FULL
            return Reception.EARLY if kept else Reception.KNOWN
    return _record(database, journal, channel=channel, signal=signal, owner=found, now=now)


def account_of_message(database: Database, channel: str, message_id: str) -> UUID | None:
    """Return the account that sent a message by a channel; None for a message of others."""
    with database.worker_transaction() as tx:
        found = names.owner(tx, channel, ((MESSAGE_ID, message_id),))
    return found.account_id if found is not None else None


def _record(  # noqa: PLR0913 - what `receive_signal` knows by now
    database: Database,
    journal: Journal,
    *,
    channel: str,
    signal: Signal,
    owner: Owner,
    now: datetime.datetime,
) -> Reception:
    step = journal.stored(owner.entity_id, signal_step(channel, signal))
    tenant = Tenant(owner.account_id, (owner.entity_id,), ROUTES[channel].environment)
    with database.worker_transaction(tenant) as tx:
        held = journal.hold(tx, owner.transmission_id)
        if step.dedup_key is not None and events.has(tx, step.dedup_key):
            return Reception.KNOWN
        waiting = tx.execute(
            tx.select(outbox, outbox.c.state)
            .where(outbox.c.transmission_id == owner.transmission_id)
            .with_for_update()
        ).scalar_one()
        journal.record(tx, held, [step], now, move_of(waiting, now))
    return Reception.TAKEN


def move_of(word: str, now: datetime.datetime) -> Move | None:
    """Return what becomes of a row in a state when a signal is recorded; None leaves it there.

    One that is on the wire stays there: whoever sends it finds it there. One that a worker is to
    send or asks about (queued, deferred, unknown) is closed where the signal is a final no, and
    else stays: he finds that it has arrived.
    """
    if word == "sent":
        return _close_complete
    if word not in WAITING:
        return None
    stays: Mapping[str, Any] = {"state": word}
    return unless_over(functools.partial(_free, now) if word == "stuck" else lambda _: stays)


def _close_complete(state: AxisState) -> Mapping[str, Any]:
    return {"state": "closed", "due_at": None} if state.complete else {"state": "sent"}


def _free(now: datetime.datetime, state: AxisState) -> Mapping[str, Any]:
    """Return what becomes of a stuck row: no person is needed for what arrived, or never will."""
    if not state.arrived and not state.settled:
        return {"state": "stuck"}
    freed = {"in_doubt": False, "waits_for": None, "attempts": 0, "reason": None}
    if state.complete:
        return {**freed, "state": "closed", "due_at": None}
    return {**freed, "state": "sent", "due_at": now}
