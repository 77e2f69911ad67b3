"""Outages that authorities announced, as operators noted them: notes are added, never changed."""

import datetime
import hashlib
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from countries.outages import Announced, Outage
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control.tables import channel_outage

_C = channel_outage.c
_NOTING = int.from_bytes(hashlib.sha256(b"channel_outage").digest()[:8], signed=True)
_FRESH = 1.0
"""Seconds for which a worker relies on what it read: as often as it looks for rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody noted of an outage.

    Attributes:
        outage: Which; all notes of one have this in common.
        channel: By which wire its authority is reached.
        said: What was announced.
        withdrawn: It was noted by mistake, and never was.
        source: Where it was announced.
        reason: Why it was changed; None in the first note.
        actor: Who noted it.
        at: When.
    """

    outage: UUID
    channel: str
    said: Announced
    withdrawn: bool = False
    source: str
    reason: str | None = None
    actor: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """An outage as tenants may know it.

    Attributes:
        said: What was announced.
        source: Where.
    """

    said: Announced
    source: str


def new(channel: str, said: Announced, source: str, actor: str, now: datetime.datetime) -> Note:
    """Return the first note of an outage."""
    return Note(outage=new_id(), channel=channel, said=said, source=source, actor=actor, at=now)


def keep(tx: TenantTransaction, note: Note) -> None:
    """Add a note.

    Args:
        tx: A worker's.
        note: What it says; the newest of its outage counts.
    """
    values = {
        "outage": note.outage,
        "channel": note.channel,
        "kind": note.said.kind.value,
        "begins_at": note.said.begins,
        "ends_at": note.said.ends,
        "withdrawn": note.withdrawn,
        "source": note.source,
        "reason": note.reason,
        "actor": note.actor,
        "noted_at": note.at,
    }
    tx.execute(sa.insert(channel_outage).values(**values))


def history(tx: TenantTransaction) -> tuple[Note, ...]:
    """Return every note, the oldest first."""
    rows = tx.execute(sa.select(channel_outage).order_by(_C.note))
    return tuple(
        Note(
            outage=row.outage,
            channel=row.channel,
            said=Announced(Outage(row.kind), row.begins_at, row.ends_at),
            withdrawn=row.withdrawn,
            source=row.source,
            reason=row.reason,
            actor=row.actor,
            at=row.noted_at,
        )
        for row in rows
    )


def current(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return what counts of some notes, oldest first: of each outage the last; none withdrawn."""
    newest = {one.outage: one for one in notes}
    return tuple(one for one in newest.values() if not one.withdrawn)


def hold(tx: TenantTransaction) -> None:
    """Let nobody else note anything until the transaction ends: a note builds on the last."""
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_NOTING)))


def newest(tx: TenantTransaction) -> int:
    """Return the number of the newest note; 0 while there is none."""
    found: int | None = tx.execute(sa.select(sa.func.max(_C.note))).scalar_one()
    return found or 0


def notices(tx: TenantTransaction, channels: Collection[str]) -> dict[str, tuple[Notice, ...]]:
    """Return what counts of channels' outages, for anybody: not who noted it."""
    columns = (_C.outage, _C.channel, _C.kind, _C.begins_at, _C.ends_at, _C.withdrawn, _C.source)
    found: dict[str, tuple[Notice, ...]] = dict.fromkeys(channels, ())
    if not found:
        return found
    query = sa.select(*columns).where(_C.channel.in_(sorted(found))).order_by(_C.note)
    for row in {each.outage: each for each in tx.execute(query)}.values():
        if not row.withdrawn:
            said = Announced(Outage(row.kind), row.begins_at, row.ends_at)
            found[row.channel] = (*found[row.channel], Notice(said, row.source))
    return found


def announced(tx: TenantTransaction, channel: str) -> tuple[Announced, ...]:
    """Return what counts of a channel's outages."""
    return tuple(one.said for one in notices(tx, [channel])[channel])


def amended(  # noqa: PLR0913 - what a later note may say otherwise
    note: Note,
    *,
    said: Announced | None = None,
    withdrawn: bool = False,
    source: str | None = None,
    reason: str,
    actor: str,
    now: datetime.datetime,
) -> Note:
    """Return the note that takes the place of another."""
    return replace(
        note,
        said=said or note.said,
        withdrawn=withdrawn,
        source=source or note.source,
        reason=reason,
        actor=actor,
        at=now,
    )


class Notices:
    """What was announced of one channel, as a worker knows it: a second old at most.

    Args:
        database: Where it is noted.
        channel: Which.
    """

    def __init__(self, database: Database, channel: str) -> None:
        self._database, self._channel = database, channel
        self._read_at = float("-inf")
        self.known: tuple[Announced, ...] = ()
        """As it was last read: for whoever has a transaction open already."""

    def read(self) -> tuple[Announced, ...]:
        """Return it as it stands, with a transaction of its own if it was not read lately."""
        moment = time.monotonic()
        if moment - self._read_at >= _FRESH:
            with self._database.worker_transaction() as tx:
                self.known = announced(tx, self._channel)
            self._read_at = moment
        return self.known
