"""Queries on what retention notes of documents, and on legal holds."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from countries.base import Subject
from gateway.kit.ids import new_id
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import ActorKind, TenantTransaction
from gateway.retention.tables import retention_hold, retention_round, retention_subject


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A row of `retention_hold`: documents that may not be destroyed, whatever the law says.

    Attributes:
        reason: Why.
        document_id: This issued document alone.
        received_id: This received document alone.
        document: The public id of either.
        kinds: Of these kinds alone; `received` is one.
        issued_from: Issued (or come) on this day or later.
        issued_until: Issued (or come) on this day or before.
        placed_by: Public id of who placed it, if that is somebody.
        ended_at: From then on it holds nothing.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    reason: str
    document_id: UUID | None
    received_id: UUID | None
    document: str | None
    kinds: Sequence[str] | None
    issued_from: datetime.date | None
    issued_until: datetime.date | None
    placed_at: datetime.datetime
    placed_by_kind: ActorKind
    placed_by: str | None
    ended_at: datetime.datetime | None
    ended_by_kind: ActorKind | None
    ended_by: str | None
    end_reason: str | None


HOLDS = Shelf(retention_hold, HoldRow)

_OF = sa.func.coalesce(retention_subject.c.document_id, retention_subject.c.received_id)


def subjects_of(tx: TenantTransaction, ids: Collection[UUID]) -> Mapping[UUID, frozenset[Subject]]:
    """Return what was noted of documents, issued or received: what each is about."""
    columns = retention_subject.c
    query = tx.select(retention_subject, _OF.label("of"), columns.subject).where(
        sa.or_(columns.document_id.in_(ids), columns.received_id.in_(ids))
    )
    found: dict[UUID, frozenset[Subject]] = {}
    for row in tx.execute(query):
        found[row.of] = found.get(row.of, frozenset()) | {Subject(row.subject)}
    return found


def note_subjects(  # noqa: PLR0913 - the columns
    tx: TenantTransaction,
    id_: UUID,
    subjects: Collection[Subject],
    *,
    received: bool,
    reason: str | None,
    now: datetime.datetime,
) -> None:
    """Note what a document is about, in the name of the transaction's actor."""
    actor = tx.tenant.actor
    for subject in sorted(subjects):
        values = {
            "id": new_id(),
            "document_id": None if received else id_,
            "received_id": id_ if received else None,
            "subject": subject.value,
            "reason": reason,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "at": now,
        }
        tx.execute(tx.insert(retention_subject, **values))


def tell_again(tx: TenantTransaction) -> None:
    """Have the store told how long the entity's evidence is kept: a day or a hold changed."""
    tx.execute(tx.update(retention_round).values(tell_after=b"", tell_mark=new_id()))


def active_holds(tx: TenantTransaction) -> list[HoldRow]:
    """Return the holds of the entity that have not ended, oldest first."""
    return HOLDS.rows(tx, retention_hold.c.ended_at.is_(None))


def page_of_holds(
    tx: TenantTransaction, *, active: bool | None, before: UUID | None, limit: int
) -> list[HoldRow]:
    """Return one page of holds, newest first; of both sorts where `active` is None."""
    columns = retention_hold.c
    query = tx.select(retention_hold)
    if active is not None:
        query = query.where(columns.ended_at.is_(None) == active)
    if before is not None:
        query = query.where(columns.id < before)
    query = query.order_by(columns.id.desc()).limit(limit)
    return [HOLDS.read(row) for row in tx.execute(query)]
