"""Adding a record to a hash chain: the one place where a chain grows.

The chain's row is locked after the number series and before the outbox, and stays locked until the
commit: a rollback gives the place back, and nobody can have taken a later one meanwhile. So there
is no gap and no fork, whoever dies when. What is slow must be done before; what cannot be done
before, because it depends on the predecessor (the record's bytes, their signature), is done by
`build` while the row is held, and is what limits a chain to so many documents per second.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from gateway.chains import foreign, histories, repository
from gateway.chains.counting import claim, owner_of, refuse_changed, refuse_taken
from gateway.chains.problems import ChainHaltedProblem, ClockSetBackProblem, NumberKnownProblem
from gateway.chains.repository import ChainRow, RecordRow
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

__all__ = [
    "ChainHaltedProblem",
    "ChainRow",
    "ClockSetBackProblem",
    "Head",
    "Link",
    "NumberKnownProblem",
    "RecordRow",
    "broken",
    "cancels",
    "extend",
    "get",
    "goes_on",
    "halt",
    "is_closed",
    "listed",
    "of_document",
    "owner_of",
    "record",
    "records",
    "refuse_changed",
    "refuse_known",
    "refuse_taken",
    "tell",
]

SKEW = datetime.timedelta(seconds=1)
"""By so much the clocks of two machines may differ: then the later one counts, for both."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, and what its next record must say.

    Attributes:
        sequence: The place of the next record; the first of a chain is 1.
        digest: What it names as its predecessor; empty when the law says so of the first.
        record_id: The predecessor's id; None for the first of a chain.
        at: The moment of the next record, to the second, never before the predecessor's.
    """

    sequence: int
    digest: str
    record_id: UUID | None
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A record, built for one head.

    Attributes:
        digest: What its successor will name; the scheme says how it is computed and written.
        record: The exact bytes that it is computed from.
    """

    digest: str
    record: bytes


def extend(  # noqa: PLR0913 - all of it named
    tx: TenantTransaction,
    chain_key: str,
    *,
    document_id: UUID | None,
    now: datetime.datetime,
    build: Callable[[Head], Link],
    owner: str = "",
    kind: str = "issue",
) -> RecordRow:
    """Add a record to the open chain of a key; the first one opens it.

    Args:
        tx: The issuing transaction; it holds the document's series already, and the chain from
            here to its end.
        chain_key: `<scheme>/<what the scheme counts in>`.
        document_id: What the record is about; one record of the kind `issue`. None for what
            happened in the program itself, and has a kind that begins with `event-`.
        now: The moment of issue. The record's own moment is read under the lock: a request that
            began earlier may come later, and times never go back.
        build: Makes the record for the place that is now ours. Nothing else may be slow in it.
        owner: Whose chain it is for the authority, as `owner_of` says; empty where no authority
            keeps one.
        kind: What the record says of the document.

    Raises:
        ChainHaltedProblem: The authority has something else than we.
        ChainOwnerProblem: It is another's chain, or he has another one.
        ClockSetBackProblem: This machine's clock is behind the newest record.
    """
    row = repository.hold(tx, chain_key, now)
    if row.state != "open":
        raise ChainHaltedProblem(chain_key, row.halted_because or "")
    if owner:
        claim(tx, row, owner)
    at = _moment(row.last_at, max(now, clock.now()))
    link = build(Head(row.next_sequence, row.last_digest, row.last_record, at))
    record = RecordRow(
        id=new_id(),
        chain_id=row.id,
        chain_key=chain_key,
        sequence=row.next_sequence,
        digest=link.digest,
        previous=row.last_digest,
        document_id=document_id,
        kind=kind,
        record=link.record,
        at=at,
    )
    repository.add(tx, record)
    return record


def halt(tx: TenantTransaction, chain_key: str, reason: str, now: datetime.datetime) -> bool:
    """Let an open chain take no more records; False when none is open.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain.
        reason: What differs between us and the authority, as a sentence.
        now: When that was found.
    """
    row = repository.current(tx, chain_key)
    if row is None or not repository.halt(tx, chain_key, reason, now):
        return False
    tell(tx, row, "halted", reason, now)
    return True


def broken(tx: TenantTransaction, document_id: UUID, reason: str, now: datetime.datetime) -> bool:
    """Halt the open chain of a document whose record has no place with the authority.

    Another has it, as after an old backup was restored; or it was refused and got none. Whatever
    would be added now would be refused as well.

    Args:
        tx: Of the document's entity; before the log's head is locked.
        document_id: The document that was refused.
        reason: What happened, as a sentence.
        now: When we learned of it.
    """
    place = repository.place_of(tx, document_id)
    if place is None or place.state == "closed":
        return False
    repository.void(tx, place.chain_id, place.sequence)
    return halt(tx, place.chain_key, reason, now)


def goes_on(tx: TenantTransaction, document_id: UUID) -> bool:
    """Tell whether a document's record, if it has one, is in a chain that is open."""
    place = repository.place_of(tx, document_id)
    return place is None or place.state == "open"


def is_closed(tx: TenantTransaction, document_id: UUID) -> bool:
    """Tell whether a document's record is in a chain that another has taken over from."""
    place = repository.place_of(tx, document_id)
    return place is not None and place.state == "closed"


def tell(
    tx: TenantTransaction, row: ChainRow, verb: str, reason: str, now: datetime.datetime
) -> None:
    """Append an event about a chain: `halted`, `reopened`, `reseeded`."""
    events.append(
        tx,
        type=f"chain.{verb}",
        subject_id=public_id("chn", row.id),
        data={"chain": row.chain_key, "generation": row.generation, "reason": reason},
        now=now,
    )


def listed(tx: TenantTransaction) -> list[ChainRow]:
    """Return the entity's chains, closed ones too, in order of key and generation."""
    return repository.listed(tx)


def get(tx: TenantTransaction, chain_id: UUID) -> ChainRow:
    """Return one chain.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.get(tx, chain_id)
    if row is None:
        raise NotFoundProblem
    return row


def records(tx: TenantTransaction, chain_id: UUID, *, after: int, limit: int) -> list[RecordRow]:
    """Return records of a chain in order, from behind a place."""
    return repository.records(tx, chain_id, after=after, limit=limit)


def record(tx: TenantTransaction, record_id: UUID) -> RecordRow | None:
    """Return one record; None when there is none."""
    return repository.record(tx, record_id)


def called(tx: TenantTransaction, chain_key: str, digest: str) -> RecordRow | None:
    """Return the record of a key that a successor names by a digest; None when it is not ours."""
    return histories.called(tx, chain_key, digest)


def of_document(tx: TenantTransaction, document_id: UUID) -> list[RecordRow]:
    """Return every record of a document, in the order they were made."""
    return histories.of_document(tx, document_id)


def cancels(tx: TenantTransaction, document_id: UUID, record: bytes) -> bool:
    """Tell whether a record of a document says that it should never have been issued."""
    return histories.cancels(tx, document_id, record)


def current(tx: TenantTransaction, chain_key: str) -> ChainRow | None:
    """Return the chain of a key that grows, or is halted; None before the first record."""
    return repository.current(tx, chain_key)


def refuse_known(tx: TenantTransaction, chain_key: str, number: str) -> None:
    """Refuse a number that the authority has of documents which this database lost.

    Raises:
        NumberKnownProblem: It has it.
    """
    sequence = foreign.place_of_number(tx, chain_key, number)
    if sequence is not None:
        raise NumberKnownProblem(
            f"The authority has number {number} already, as record {sequence} of this chain.",
            number=number,
            known_sequence=sequence,
        )


def _moment(last: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    """Return the next record's moment, in whole seconds as records write it."""
    now = now.astimezone(datetime.UTC).replace(microsecond=0)
    if last is None or last <= now:
        return now
    if last - now <= SKEW:
        return last
    raise ClockSetBackProblem(last, now)
