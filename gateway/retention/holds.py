"""Legal holds: what may not be destroyed whatever the law says, because somebody said so."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from gateway.archive.service import Archive
from gateway.events import service as events
from gateway.kit import locks
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import hold_evidence, repository
from gateway.retention.papers import RECEIVED, Paper, Papers
from gateway.retention.problems import HoldEndedProblem
from gateway.retention.repository import HOLDS, HoldRow
from gateway.retention.schemas import HoldInput
from gateway.tenants.service import Entity

LOCK = "retention holds"
"""Shared by who destroys, so that no hold is placed between its look and its commit."""


def place(
    tx: TenantTransaction,
    papers: Papers,
    archive: Archive,
    given: HoldInput,
    now: datetime.datetime,
) -> HoldRow:
    """Let nothing that it covers be destroyed from now on, and let the log say so.

    Raises:
        NotFoundProblem: The document it names is not there.
        ArchiveUnavailableProblem: The archive cannot take the word of it; nothing was done.
    """
    locks.hold(tx, [LOCK])  # what is being destroyed is destroyed; of all else this decides
    named = given.document_id
    paper: Paper | None = None
    if named is not None:
        received = named.startswith(f"{RECEIVED}_")
        paper = papers.received(tx, named) if received else papers.issued(tx, named)
    actor = tx.tenant.actor
    row = HoldRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        reason=given.reason,
        document_id=None if paper is None or paper.received else paper.id,
        received_id=paper.id if paper is not None and paper.received else None,
        document=None if paper is None else paper.public_id,
        kinds=None if given.kinds is None else sorted({str(one) for one in given.kinds}),
        issued_from=given.issued_from,
        issued_until=given.issued_until,
        placed_at=now,
        placed_by_kind=actor.kind,
        placed_by=actor.id,
        ended_at=None,
        ended_by_kind=None,
        ended_by=None,
        end_reason=None,
    )
    HOLDS.add(tx, asdict(row))
    repository.tell_again(tx)
    events.append(
        tx,
        type="retention_hold.placed",
        subject_id=public_id("hld", row.id),
        data={"reason": row.reason},
        now=now,
    )
    archive.record(tx, document_id=None, items=[hold_evidence.placed(row)], now=now)
    return row


def end(
    tx: TenantTransaction, archive: Archive, hold_id: UUID, reason: str, now: datetime.datetime
) -> HoldRow:
    """End a hold; what it covered is kept as long as the law says, and no longer.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
        HoldEndedProblem: It has ended before.
        ArchiveUnavailableProblem: The archive cannot take the word of it; nothing was done.
    """
    row = HOLDS.get(tx, hold_id, lock=True)
    if row.ended_at is not None:
        raise HoldEndedProblem(row.ended_at)
    actor = tx.tenant.actor
    HOLDS.change(
        tx,
        row.id,
        {
            "ended_at": now,
            "ended_by_kind": actor.kind,
            "ended_by": actor.id,
            "end_reason": reason,
        },
    )
    repository.tell_again(tx)
    events.append(
        tx,
        type="retention_hold.ended",
        subject_id=public_id("hld", row.id),
        data={"reason": reason},
        now=now,
    )
    after = get(tx, hold_id)
    archive.record(tx, document_id=None, items=[hold_evidence.ended(after)], now=now)
    return after


def get(tx: TenantTransaction, hold_id: UUID) -> HoldRow:
    """Return a hold.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
    """
    return HOLDS.get(tx, hold_id)


def page(
    tx: TenantTransaction, *, active: bool | None, before: UUID | None, limit: int
) -> list[HoldRow]:
    """Return one page of holds, newest first."""
    return repository.page_of_holds(tx, active=active, before=before, limit=limit)


def covering(paper: Paper, entity: Entity, holds: Iterable[HoldRow]) -> tuple[HoldRow, ...]:
    """Return those of several holds that cover a document of an entity."""
    days = paper.days(entity)
    return tuple(one for one in holds if _covers(one, paper, days))


def _covers(hold: HoldRow, paper: Paper, days: tuple[datetime.date, ...]) -> bool:
    named = hold.document_id or hold.received_id
    if named is not None and named != paper.id:
        return False
    if hold.kinds is not None and paper.kind not in hold.kinds:
        return False
    if hold.issued_from is not None and max(days) < hold.issued_from:
        return False
    return hold.issued_until is None or min(days) <= hold.issued_until
