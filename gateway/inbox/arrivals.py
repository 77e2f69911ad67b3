"""The way in: bytes are kept once, however often and by whatever channel they come."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from countries.registry import COUNTRIES
from gateway.archive.service import Archive, EvidenceItem
from gateway.compliance.retention import Keeper
from gateway.events import service as events
from gateway.gone import DocumentDestroyedProblem
from gateway.inbox import repository, work
from gateway.inbox.problems import MessageIdUsedProblem
from gateway.inbox.repository import ReceivedRow
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.tenants.identity import keep_identity

_EXTENSIONS = {
    "application/xml": "xml",
    "application/pdf": "pdf",
    "application/json": "json",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it comes in.

    Attributes:
        content: The exact bytes; there is at least one.
        media_type: What they are said, or seen, to be.
        channel: `upload`, or the network that delivered it.
        message_id: The network's name of the message.
        sender: Participant id of who sent it.
        receiver: Participant id of whom it was sent to.
        filename: What the sender calls the file.
        metadata: Labels of the uploader.
        proofs: Further evidence, such as the signed statement of the access point.
    """

    content: bytes = field(repr=False)
    media_type: str
    channel: str
    message_id: str | None = None
    sender: str | None = None
    receiver: str | None = None
    filename: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the bytes of an arrival are.

    Attributes:
        id: The received document.
        new: False when the entity had these bytes already.
    """

    id: UUID
    new: bool


def store(
    tx: TenantTransaction,
    archive: Archive,
    arrival: Arrival,
    now: datetime.datetime,
    grace: datetime.timedelta,
) -> Stored:
    """Keep the bytes of an arrival; see `Inbox.store`."""
    keep_identity(tx)  # an entity that is being deleted gets nothing any more
    digest = hashlib.sha256(arrival.content).digest()
    if (known := _known(tx, arrival, digest)) is not None:
        return known
    same = repository.by_digest(tx, digest)
    if same is not None and same.destroyed_at is not None:
        raise DocumentDestroyedProblem("rcv", same.id, same.destroyed_at)
    name = f"received.{_EXTENSIONS.get(arrival.media_type, 'bin')}"
    entity = tenants.get_entity(tx, tx.entity_id)
    keeper = Keeper.of(COUNTRIES.get(entity.country_code), entity.settings)
    today = now.astimezone(tenants.zone_of(entity)).date()
    kept = keeper.kept(keeper.received(today), today).until
    item = EvidenceItem("received", name, arrival.media_type, arrival.content, kept=kept)
    stored = archive.store(tx.entity_id, [item, *arrival.proofs])
    received_id = new_id()
    values = {
        "id": received_id,
        "media_type": arrival.media_type,
        "size": len(arrival.content),
        "sha256": digest,
        "retain_until": kept,
        "metadata": dict(arrival.metadata),
        "created_at": now,
        "updated_at": now,
    }
    is_new = repository.add(tx, values)
    if not is_new:
        received_id = _same_bytes(tx, digest).id
    if not _note(tx, received_id, arrival, now) and is_new:
        raise _used(arrival)  # by a message that came at the same moment
    if is_new:
        work.add(tx, received_id, "read", now + grace)
        tell(tx, received_id, "received", {"channel": arrival.channel}, now)
    evidence = stored if is_new else stored[1:]
    archive.record(tx, document_id=received_id, items=evidence, now=now, received=True)
    return Stored(received_id, is_new)


def tell(
    tx: TenantTransaction,
    received_id: UUID,
    verb: str,
    data: Mapping[str, object],
    now: datetime.datetime,
) -> None:
    """Append an event about a received document."""
    events.append(
        tx,
        type=f"received_document.{verb}",
        subject_id=public_id("rcv", received_id),
        data=data,
        now=now,
    )


def _known(tx: TenantTransaction, arrival: Arrival, digest: bytes) -> Stored | None:
    if arrival.message_id is None:
        return None
    found = repository.by_message(tx, arrival.channel, arrival.message_id)
    if found is None:
        return None
    if _digest(tx, found) != digest:
        raise _used(arrival)
    return Stored(found, new=False)


def _used(arrival: Arrival) -> MessageIdUsedProblem:
    return MessageIdUsedProblem(
        f"Message {arrival.message_id} brought other bytes before; they stand."
    )


def _digest(tx: TenantTransaction, received_id: UUID) -> bytes:
    row = repository.get(tx, received_id)
    if row is None:
        raise NotFoundProblem
    return row.sha256


def _same_bytes(tx: TenantTransaction, digest: bytes) -> ReceivedRow:
    row = repository.by_digest(tx, digest)
    if row is None:  # the insert met it, and rows of this table are never deleted
        raise AssertionError("a document that hindered an insert is not there")
    return row


def _note(
    tx: TenantTransaction,
    received_id: UUID,
    arrival: Arrival,
    now: datetime.datetime,
) -> bool:
    values = {
        "id": new_id(),
        "received_id": received_id,
        "channel": arrival.channel,
        "message_id": arrival.message_id,
        "sender": arrival.sender,
        "receiver": arrival.receiver,
        "filename": arrival.filename,
        "at": now,
    }
    return repository.add_arrival(tx, values)
