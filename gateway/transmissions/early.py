"""Signals that came before the name they use was learned: kept for some days, and applied then.

They are verified already, but belong to nobody yet. What is kept is bounded in number, size and
age: whoever may sign signals must not be able to fill the database.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.archive.service import EvidenceItem
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import keepable
from gateway.transmissions.adapter import MESSAGE_ID, Keys, Signal
from gateway.transmissions.facts import as_data, as_fact
from gateway.transmissions.tables import early_signal


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept.

    Attributes:
        signals: Of one channel, at most so many.
        size: Of one signal, in bytes.
        age: How long.
    """

    signals: int = 10_000
    size: int = 256 * 1024
    age: timedelta = timedelta(days=15)  # SdI's slowest notice


BOUNDS = Bounds()


class EarlySignalsFullError(Exception):
    """No more are kept; the other side must say it again later."""


def may_be_early(signal: Signal) -> bool:
    """Tell whether a signal nobody knows may be about a message of ours all the same.

    Our own ids are known before the bytes leave. A signal that uses one we do not know is about
    somebody else's message.
    """
    return bool(signal.keys) and all(kind != MESSAGE_ID for kind, _ in signal.keys)


def keep(
    tx: TenantTransaction,
    channel: str,
    signal: Signal,
    now: datetime.datetime,
    bounds: Bounds = BOUNDS,
) -> bool:
    """Keep a signal; its names are locked (`names.lock`). False when it is kept already.

    Raises:
        EarlySignalsFullError: There is no room.
    """
    tx.execute(sa.delete(early_signal).where(early_signal.c.expires_at <= now))
    if len(signal.evidence.content) > bounds.size:
        raise EarlySignalsFullError(f"more than {bounds.size} bytes")
    kept = sa.select(sa.func.count()).select_from(early_signal)
    if tx.execute(kept.where(early_signal.c.channel == channel)).scalar_one() >= bounds.signals:
        raise EarlySignalsFullError(f"{bounds.signals} wait already")
    row = postgresql.insert(early_signal).values(
        channel=channel,
        signal_id=signal.id,
        keys=_written(signal.keys),
        signal={
            "layer": signal.layer,
            "code": signal.code,
            "keys": [list(key) for key in signal.keys],
            "unusable": keepable.shown(signal.unusable),
            "fact": as_data(signal.fact),
            "role": signal.evidence.role,
            "name": signal.evidence.name,
            "media_type": signal.evidence.media_type,
        },
        content=signal.evidence.content,
        received_at=now,
        expires_at=now + bounds.age,
    )
    added = tx.execute(row.on_conflict_do_nothing().returning(early_signal.c.signal_id))
    return added.first() is not None


def take(tx: TenantTransaction, channel: str, keys: Keys) -> list[Signal]:
    """Take out the signals that use one of these names, oldest first."""
    if not keys:
        return []
    query = (
        sa.delete(early_signal)
        .where(
            early_signal.c.channel == channel,
            early_signal.c["keys"].op("&&")(sa.cast(_written(keys), postgresql.ARRAY(sa.Text))),
        )
        .returning(
            early_signal.c.signal_id,
            early_signal.c.signal,
            early_signal.c.content,
            early_signal.c.received_at,
        )
    )
    rows = sorted(tx.execute(query), key=lambda row: (row.received_at, row.signal_id))
    return [_read(row) for row in rows]


def _written(keys: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{kind}={value}" for kind, value in keys]


def _read(row: sa.Row[tuple[object, ...]]) -> Signal:
    said = row.signal
    return Signal(
        id=row.signal_id,
        keys=tuple((kind, value) for kind, value in said["keys"]),
        layer=said["layer"],
        code=said["code"],
        fact=as_fact(said["fact"]),
        evidence=EvidenceItem(said["role"], said["name"], said["media_type"], row.content),
        unusable=tuple((kind, value) for kind, value in said.get("unusable", ())),
    )
