"""Transmissions for other features: queueing one, and reading them."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.events import service as events
from gateway.kit import tracing
from gateway.kit.ids import new_id
from gateway.kit.kept import Added
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.transmissions import names
from gateway.transmissions.adapter import MESSAGE_ID, Keys
from gateway.transmissions.facts import as_data
from gateway.transmissions.heads import AHEAD
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import Business, Fact, Regulatory, Transport
from gateway.transmissions.tables import outbox, transmission

CHANNEL = "gw_outbox"
"""NOTIFY channel: a hint that a row was queued; payload is its lane."""

_HINT = sa.text("select pg_notify(:channel, :lane)")
_MESSAGE = Added(transmission)
_ROW = Added(outbox)


@dataclass(frozen=True, slots=True)
class TransmissionView:
    """A transmission as it stands.

    Attributes:
        id: Its id.
        document_id: The document it carries.
        channel: By which wire.
        message_id: The id the other side knows it by.
        sender: `scheme:value`.
        receiver: `scheme:value`.
        payload_sha256: Digest of the frozen bytes.
        transport: How far the bytes got.
        regulatory: The verdict of authority or network.
        business: The buyer's answer.
        action_required: Why a person must look.
        attempts: How often the bytes were put on the wire.
        deferred: The authority was away when it was issued.
        created_at: When it was queued.
        updated_at: When its state last moved.
        waiting: What happens next, as the API shows it, where somebody asked for that.
    """

    id: UUID
    document_id: UUID
    channel: str
    message_id: str
    sender: str
    receiver: str
    payload_sha256: bytes
    transport: Transport
    regulatory: Regulatory
    business: Business
    action_required: str | None
    attempts: int
    deferred: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    waiting: Mapping[str, Any] | None = None


def enqueue(  # noqa: PLR0913 - what a message is made of
    tx: TenantTransaction,
    *,
    document_id: UUID,
    channel: str,
    sender: str,
    receiver: str,
    payload: bytes,
    now: datetime.datetime,
    called: Keys = (),
) -> UUID:
    """Queue frozen bytes in the transaction that issues their document; return the new id.

    Args:
        tx: The issuing transaction.
        document_id: The document.
        channel: A name in `ROUTES`.
        sender: Participant id `scheme:value`.
        receiver: Participant id `scheme:value`.
        payload: The issued bytes; they are never made again.
        now: The moment of issue.
        called: Names that nothing else on the channel has; they come back with the message.

    Raises:
        KeyError: There is no such channel.
        ValueError: The channel is of the other environment (sandbox, live).
    """
    route = ROUTES[channel]
    if route.environment != tx.tenant.environment:
        raise ValueError(f"{channel} does not carry documents of {tx.tenant.environment}")
    transmission_id = new_id()
    message_id = str(new_id())
    lane = route.lane(tx.entity_id, sender, receiver)
    queued = Fact(transport=Transport.QUEUED)
    _MESSAGE(
        tx,
        id=transmission_id,
        document_id=document_id,
        channel=channel,
        lane=lane,
        message_id=message_id,
        sender=sender,
        receiver=receiver,
        payload=payload,
        payload_sha256=hashlib.sha256(payload).digest(),
        transport=Transport.QUEUED,
        regulatory=Regulatory.PENDING,
        business=Business.NONE,
        attempts=0,
        facts=[as_data(queued)],
        created_at=now,
        updated_at=now,
    )
    _ROW(
        tx,
        transmission_id=transmission_id,
        message_id=message_id,
        lane=lane,
        state="queued",
        due_at=now,
        attempts=0,
        created_at=now,
        traceparent=tracing.traceparent(),
    )
    names.learn(tx, transmission_id, channel, ((MESSAGE_ID, message_id), *called), now)
    events.append(
        tx,
        type="transmission.queued",
        document_id=document_id,
        transmission_id=transmission_id,
        data={**as_data(queued), "channel": channel, "message_id": message_id},
        now=now,
    )
    tx.execute(_HINT, {"channel": CHANNEL, "lane": lane})
    return transmission_id


def get(tx: TenantTransaction, transmission_id: UUID) -> TransmissionView:
    """Return one transmission.

    Raises:
        NotFoundProblem: There is none with this id for this tenant.
    """
    query = tx.select(transmission, *_COLUMNS).where(transmission.c.id == transmission_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFoundProblem
    return _view(row)


def for_documents(
    tx: TenantTransaction, document_ids: Iterable[UUID]
) -> dict[UUID, tuple[TransmissionView, ...]]:
    """Return the transmissions of each document, oldest first; documents without are left out."""
    query = tx.select(transmission, *_COLUMNS).where(
        transmission.c.document_id.in_(list(document_ids))
    )
    found: dict[UUID, tuple[TransmissionView, ...]] = {}
    for row in tx.execute(query.order_by(transmission.c.id)):
        view = _view(row)
        found[view.document_id] = (*found.get(view.document_id, ()), view)
    return found


def in_force(sent: Sequence[TransmissionView]) -> Sequence[TransmissionView]:
    """Return those of a document's transmissions that count: what was mended later does not.

    Args:
        sent: All of one document, oldest first.
    """
    last = {one.channel: one.id for one in sent}
    return [one for one in sent if not ROUTES[one.channel].mends or one.id == last[one.channel]]


def standing(document_state: str, sent: Sequence[TransmissionView]) -> str:
    """Return where a document stands, by what its authority says of it.

    What was voided by telling its authority is `void_refused` where that has not taken it: the
    authority has the document as before.

    Args:
        document_state: `draft`, `held`, `issued`, `voided` or `corrected`.
        sent: All of its transmissions, oldest first; the last one says that it is void.
    """
    if document_state != "voided":
        return document_state
    told = [one for one in in_force(sent) if ROUTES[one.channel].mends]
    refused = any(
        one.regulatory in {Regulatory.REJECTED, Regulatory.EXPIRED}
        or one.transport in {Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND}
        for one in told
    )
    return "void_refused" if refused else "voided"


def queued_since(tx: TenantTransaction, channel: str, since: datetime.datetime) -> bool:
    """Tell whether anything was queued for a channel since a moment."""
    query = tx.select(transmission, transmission.c.id).where(
        transmission.c.channel == channel, transmission.c.created_at >= since
    )
    return tx.execute(query.limit(1)).first() is not None


def untold(tx: TenantTransaction, receivers: str) -> Sequence[UUID]:
    """Return the transmissions that the other side may not have yet, oldest first.

    Args:
        tx: Of the one entity.
        receivers: What their receivers begin with.
    """
    query = tx.select(transmission, transmission.c.id).where(
        transmission.c.receiver.startswith(receivers, autoescape=True),
        transmission.c.id.in_(
            tx.select(outbox, outbox.c.transmission_id).where(outbox.c.state.in_(AHEAD))
        ),
    )
    return tx.execute(query.order_by(transmission.c.id)).scalars().all()


def reached(tx: TenantTransaction) -> dict[str, int]:
    """Return how often the tenant's transmissions reached each event, e.g. `outcome_unknown`."""
    return events.counts_by_type(tx, "transmission.")


_COLUMNS = tuple(
    transmission.c[name] for name in TransmissionView.__dataclass_fields__ if name != "waiting"
)


def _view(row: sa.Row[*tuple[Any, ...]]) -> TransmissionView:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return TransmissionView(
        **{
            **values,
            "transport": Transport(values["transport"]),
            "regulatory": Regulatory(values["regulatory"]),
            "business": Business(values["business"]),
        }
    )
