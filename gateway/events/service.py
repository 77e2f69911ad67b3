"""Appending events, and reading them as one ordered feed.

Positions are handed out before transactions commit, so a reader who has seen position 10 may
still meet 9 later. The feed is therefore read in the order (transaction, position), and only up to
the oldest transaction that still runs (`pg_snapshot_xmin`): what lies behind that horizon is
complete and never grows. A transaction that stays open delays the feed; it never loses an event.

A logical restore into another cluster keeps old transaction numbers that the new cluster has not
reached yet: raise its counter (`pg_resetwal --next-transaction-id`, `--epoch`) or renumber.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.events.tables import TransactionId, document_kind, event
from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id
from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import RequestInvalidProblem

CHANNEL = "gw_events"
"""NOTIFY channel: a hint that something was appended; payload `<entity id> <document id>`."""

_COLUMNS = (
    event.c.id,
    event.c.position,
    event.c.type,
    event.c.document_id,
    event.c.transmission_id,
    event.c.subject_id,
    event.c.data,
    event.c.evidence_id,
    event.c.at,
)
_INSERTED = (
    "account_id",
    "entity_id",
    "id",
    "type",
    "document_id",
    "transmission_id",
    "subject_id",
    "data",
    "evidence_id",
    "dedup_key",
    "at",
)
_APPEND = sa.text(
    f"""
with appended as (
  insert into event ({", ".join(_INSERTED)})
  values ({", ".join(f":{name}" for name in _INSERTED)})
  on conflict (entity_id, dedup_key) do nothing returning id)
select pg_notify(:channel, :hint) from appended
"""  # noqa: S608 - our own words alone
).bindparams(*(sa.bindparam(name, type_=event.c[name].type) for name in _INSERTED))
_KNOWN = Kept(
    lambda tx: tx.select(event, event.c.id).where(event.c.dedup_key == sa.bindparam("of_key"))
)
_CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class EventView:
    """One event.

    Attributes:
        id: Its id.
        position: Grows within the feed of one transaction; not the order of the feed.
        type: `invoice.finalized`, `transmission.submitted` ...
        document_id: The document concerned.
        transmission_id: The transmission concerned.
        subject_id: Public id of what else it concerns, e.g. `cus_...`.
        data: What there is to know, as JSON.
        evidence_id: The archive entry that proves it.
        at: When it was recorded (UTC).
    """

    id: UUID
    position: int
    type: str
    document_id: UUID | None
    transmission_id: UUID | None
    subject_id: str | None
    data: Mapping[str, Any]
    evidence_id: UUID | None
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order, and where the next page begins.

    Attributes:
        events: Oldest first.
        cursor: Pass it as `after` to go on; equal to the one given when there is nothing new.
    """

    events: tuple[EventView, ...]
    cursor: str


def append(  # noqa: PLR0913 - the columns of an event
    tx: TenantTransaction,
    *,
    type: str,  # noqa: A002 - the word of the API
    document_id: UUID | None = None,
    transmission_id: UUID | None = None,
    subject_id: str | None = None,
    data: Mapping[str, Any],
    evidence_id: UUID | None = None,
    dedup_key: str | None = None,
    now: datetime.datetime,
) -> bool:
    """Append an event; it becomes visible when the transaction commits.

    Args:
        tx: A transaction about one entity.
        type: What happened, `<noun>.<past participle>`.
        document_id: The document concerned.
        transmission_id: The transmission concerned.
        subject_id: Public id of what it concerns, where that is neither of these.
        data: What there is to know; must be JSON.
        evidence_id: The archive entry that proves it.
        dedup_key: At most one event of the entity has this key.
        now: The moment of recording.

    Returns:
        False when an event with the same `dedup_key` exists already; nothing is added then.
    """
    values = {
        "account_id": tx.tenant.account_id,
        "entity_id": tx.entity_id,
        "id": new_id(),
        "type": type,
        "document_id": document_id,
        "transmission_id": transmission_id,
        "subject_id": subject_id,
        "data": dict(data),
        "evidence_id": evidence_id,
        "dedup_key": dedup_key,
        "at": now,
        "channel": CHANNEL,
        "hint": f"{tx.entity_id} {document_id or ''} {tx.tenant.account_id}",
    }
    return bool(tx.execute(_APPEND, values).all())


def feed(tx: TenantTransaction, after: str | None, limit: int) -> Page:
    """Return the next events of the tenant's feed.

    Args:
        tx: A transaction of the tenant; an account key sees the feed of all its entities.
        after: The cursor of the page before; None begins at the first event.
        limit: Events at most.

    Raises:
        RequestInvalidProblem: `after` is not a cursor of the feed.
    """
    xid, position = _read_cursor(after)
    horizon = sa.func.pg_snapshot_xmin(sa.func.pg_current_snapshot())
    place = sa.tuple_(event.c.xid, event.c.position)
    query = (
        tx.select(event, sa.cast(event.c.xid, sa.Text), *_COLUMNS)
        .where(
            place > sa.tuple_(sa.cast(str(xid), TransactionId), sa.literal(position)),
            event.c.xid < horizon,
        )
        .order_by(event.c.xid, event.c.position)
        .limit(limit)
    )
    rows = tx.execute(query).all()
    events = tuple(EventView(*row[1:]) for row in rows)
    cursor = f"{rows[-1][0]}-{events[-1].position}" if rows else f"{xid}-{position}"
    return Page(events, cursor)


def of_document(tx: TenantTransaction, document_id: UUID) -> tuple[EventView, ...]:
    """Return every event of a document, in the order they were appended."""
    query = tx.select(event, *_COLUMNS).where(event.c.document_id == document_id)
    return tuple(EventView(*row) for row in tx.execute(query.order_by(event.c.position)))


def of_subject(tx: TenantTransaction, subject_id: str) -> tuple[EventView, ...]:
    """Return every event of what is no document of the entity's own, in their order."""
    query = tx.select(event, *_COLUMNS).where(event.c.subject_id == subject_id)
    return tuple(EventView(*row) for row in tx.execute(query.order_by(event.c.position)))


def of_transmission(tx: TenantTransaction, transmission_id: UUID) -> tuple[EventView, ...]:
    """Return every event of a transmission, in the order they were appended."""
    query = tx.select(event, *_COLUMNS).where(event.c.transmission_id == transmission_id)
    return tuple(EventView(*row) for row in tx.execute(query.order_by(event.c.position)))


def span(
    tx: TenantTransaction,
    transmission_id: UUID,
    types: Iterable[str],
    having: Mapping[str, object] | None = None,
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return when the first and the last of some events of a transmission were recorded.

    Args:
        tx: Sees the transmission.
        transmission_id: Which.
        types: Of these types.
        having: Members of their data; one that is None must be missing.
    """
    query = tx.select(event, sa.func.min(event.c.at), sa.func.max(event.c.at)).where(
        event.c.transmission_id == transmission_id, event.c.type.in_(list(types))
    )
    for name, value in (having or {}).items():
        member = event.c.data[name].astext
        query = query.where(member.is_(None) if value is None else member == str(value))
    first, last = tx.execute(query).one()
    return first, last


def counts(tx: TenantTransaction, document_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many events each document has; documents without any are left out."""
    query = (
        tx.select(event, event.c.document_id, sa.func.count())
        .where(event.c.document_id.in_(list(document_ids)))
        .group_by(event.c.document_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def counts_by_type(tx: TenantTransaction, prefix: str) -> dict[str, int]:
    """Return how many events of each type the tenant has, of the types with a prefix."""
    query = (
        tx.select(event, event.c.type, sa.func.count())
        .where(event.c.type.startswith(prefix, autoescape=True))
        .group_by(event.c.type)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def has(tx: TenantTransaction, dedup_key: str) -> bool:
    """Return whether an event with this key exists."""
    return _KNOWN(tx, of_key=dedup_key).first() is not None


def document_prefixes(tx: TenantTransaction, document_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the id prefix (`inv`, `crn`) of each document."""
    query = sa.select(document_kind.c.id, document_kind.c.kind).where(
        document_kind.c.account_id == tx.tenant.account_id,
        document_kind.c.entity_id.in_(tx.tenant.entity_ids),
        document_kind.c.id.in_(list(document_ids)),
    )
    return {row[0]: DocumentKind(row[1]).prefix for row in tx.execute(query)}


def _read_cursor(after: str | None) -> tuple[int, int]:
    if after is None:
        return 0, 0
    if (match := _CURSOR.fullmatch(after)) is None:
        raise RequestInvalidProblem(
            [
                {
                    "parameter": "after",
                    "message": "is not a cursor of this feed",
                    "fix": "pass on `cursor` unchanged, or leave it out to start again",
                }
            ]
        )
    return int(match[1]), int(match[2])
