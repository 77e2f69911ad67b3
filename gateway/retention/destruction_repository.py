"""Queries on destructions and on what each of them lists."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import ActorKind, TenantTransaction
from gateway.retention.tables import destruction, destruction_item

State = Literal["proposed", "approved", "rejected", "done"]
ItemState = Literal["listed", "marked", "destroyed", "spared"]
Spared = Literal["held", "kept", "unfinished", "chained", "destroyed"]


@dataclass(frozen=True, slots=True)
class DestructionRow:
    """A row of `destruction`: somebody's proposal, and what became of it.

    Attributes:
        expires_at: Until then it can be approved.
        proposed_hand: Who holds what proposed it (`Actor.hand`).
        decided_by: Public id of who approved or rejected it, if that is somebody.
        job_id: The job that does it.
        erasure_id: The erasure whose approval stands for it.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    state: State
    reason: str | None
    proposed_at: datetime.datetime
    proposed_by_kind: ActorKind
    proposed_by: str | None
    proposed_hand: str
    expires_at: datetime.datetime
    decided_at: datetime.datetime | None
    decided_by_kind: ActorKind | None
    decided_by: str | None
    decided_hand: str | None
    decision_reason: str | None
    job_id: UUID | None
    erasure_id: UUID | None
    done_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of `destruction_item`: one document of a destruction.

    Attributes:
        document: Its public id.
        rule: What kept it until then, as the API has it.
        state: `marked`: its rows are blank and its certificate is logged; its bytes go next.
        spared_because: Why it was not destroyed.
        certificate_id: The archive entry of its certificate.
    """

    account_id: UUID
    entity_id: UUID
    destruction_id: UUID
    id: UUID
    document_id: UUID | None
    received_id: UUID | None
    document: str
    kind: str
    number: str | None
    retain_until: datetime.date
    rule: Mapping[str, Any]
    state: ItemState
    spared_because: Spared | None
    certificate_id: UUID | None

    @property
    def of(self) -> UUID:
        """The id of the document, issued or received."""
        found = self.document_id or self.received_id
        if found is None:  # a check constraint of the database
            raise AssertionError("an item is about a document")
        return found


DESTRUCTIONS = Shelf(destruction, DestructionRow)
ITEMS = Shelf(destruction_item, ItemRow)


def items(tx: TenantTransaction, destruction_id: UUID) -> list[ItemRow]:
    """Return what a destruction lists, in that order."""
    return ITEMS.rows(tx, destruction_item.c.destruction_id == destruction_id)


def listed_elsewhere(tx: TenantTransaction, now: datetime.datetime) -> frozenset[str]:
    """Return the public ids of documents that an open destruction lists."""
    columns = destruction.c
    still = sa.or_(
        columns.state == "approved",
        sa.and_(columns.state == "proposed", columns.expires_at > now),
    )
    opened = tx.select(destruction, columns.id).where(still)
    query = tx.select(destruction_item, destruction_item.c.document).where(
        destruction_item.c.destruction_id.in_(opened),
        destruction_item.c.state.in_(("listed", "marked")),
    )
    return frozenset(row.document for row in tx.execute(query))


def page(tx: TenantTransaction, before: UUID | None, limit: int) -> list[DestructionRow]:
    """Return one page of destructions, newest first."""
    query = tx.select(destruction)
    if before is not None:
        query = query.where(destruction.c.id < before)
    query = query.order_by(destruction.c.id.desc()).limit(limit)
    return [DESTRUCTIONS.read(row) for row in tx.execute(query)]
