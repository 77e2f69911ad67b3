"""What the other side calls a transmission: names are learned, signals are found by any of them.

A message has several names: our own id, the number of a batch, the id an authority gave it.
Within a channel one name means one transmission. A signal may come before we have learned the name
that it uses (`early.py`); both sides therefore lock the name before they look, so that none misses
the other.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.ids import new_id
from gateway.kit.kept import Added, Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.adapter import Keys
from gateway.transmissions.tables import correlation, transmission

_MOST = 1000  # of a batch, all its documents may bear one name
_LOCK = sa.text("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
_LEARN = Added(correlation, free=True, returning=correlation.c.id)
_NAMES = Kept(
    lambda tx: (
        tx.select(correlation, correlation.c.kind, correlation.c.value)
        .where(
            correlation.c.transmission_id == sa.bindparam("of_transmission"),
            correlation.c.channel == sa.bindparam("of_channel"),
        )
        .order_by(correlation.c.learned_at, correlation.c.id)
    )
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a name is.

    Attributes:
        account_id: The account.
        entity_id: The entity.
        transmission_id: The transmission.
    """

    account_id: UUID
    entity_id: UUID
    transmission_id: UUID


def lock(tx: TenantTransaction, channel: str, keys: Iterable[tuple[str, str]]) -> None:
    """Wait for everybody who learns or looks up one of these names, until the commit."""
    for key in sorted({f"name/{channel}/{kind}={value}" for kind, value in keys}):
        tx.execute(_LOCK, {"key": key})


def learn(
    tx: TenantTransaction,
    transmission_id: UUID,
    channel: str,
    names: Keys,
    now: datetime.datetime,
) -> tuple[Keys, Keys]:
    """Remember names of a transmission.

    Args:
        tx: About its entity.
        transmission_id: The transmission.
        channel: Where it is called so.
        names: Kinds and values.
        now: When they were learned.

    Returns:
        Those that are new, and those that are another transmission's: these are not taken over.
    """
    new: list[tuple[str, str]] = []
    foreign: list[tuple[str, str]] = []
    for kind, value in dict.fromkeys(names):
        added = _LEARN(
            tx,
            id=new_id(),
            transmission_id=transmission_id,
            channel=channel,
            kind=kind,
            value=value,
            learned_at=now,
        )
        if added.first() is not None:
            new.append((kind, value))
        elif (kind, value) not in _names(tx, transmission_id, channel):
            foreign.append((kind, value))
    return tuple(new), tuple(foreign)


def of(tx: TenantTransaction, transmission_id: UUID, channel: str) -> dict[str, str]:
    """Return the names of a transmission by kind; of several of one kind, the latest learned."""
    return dict(_names(tx, transmission_id, channel))


def owner(tx: TenantTransaction, channel: str, keys: Keys) -> Owner | None:
    """Return whose the first known of these names is; for gw_worker, without a tenant."""
    place = sa.tuple_(correlation.c.kind, correlation.c.value)
    rows = tx.execute(
        sa.select(
            correlation.c.kind,
            correlation.c.value,
            correlation.c.account_id,
            correlation.c.entity_id,
            correlation.c.transmission_id,
        ).where(correlation.c.channel == channel, place.in_(list(keys)))
    )
    found = {(row.kind, row.value): Owner(*row[2:]) for row in rows}
    return next((found[key] for key in keys if key in found), None)


def _names(tx: TenantTransaction, transmission_id: UUID, channel: str) -> list[tuple[str, str]]:
    rows = _NAMES(tx, of_transmission=transmission_id, of_channel=channel)
    return [(row.kind, row.value) for row in rows]


def called(tx: TenantTransaction, value: str) -> frozenset[UUID]:
    """Return the documents of which a transmission is called so on the other side."""
    of = sa.and_(
        transmission.c.entity_id == correlation.c.entity_id,
        transmission.c.id == correlation.c.transmission_id,
    )
    query = tx.select(correlation, transmission.c.document_id).join(transmission, of)
    rows = tx.execute(query.where(correlation.c.value == value).limit(_MOST))
    return frozenset(row.document_id for row in rows)
