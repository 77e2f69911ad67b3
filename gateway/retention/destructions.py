"""Destructions: one proposes a list, another one approves it, a job does it.

What is on the list is what no law keeps and no hold covers when it is proposed. The job looks at
each document again, so a hold that is placed meanwhile, or a new law, spares it.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from uuid import UUID

from gateway.events import service as events
from gateway.jobs import service as jobs
from gateway.kit import locks
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import destruction_repository as repository
from gateway.retention import service
from gateway.retention.destruction_repository import (
    DESTRUCTIONS,
    ITEMS,
    DestructionRow,
    ItemRow,
    State,
)
from gateway.retention.papers import RECEIVED, Papers
from gateway.retention.problems import (
    DestructionStateProblem,
    NothingOverProblem,
    SamePersonProblem,
)
from gateway.retention.service import Explained
from gateway.retention.views import rule_json

KIND = "retention_destruction"
"""What the job is called among jobs."""

MOST = 1000
"""Documents of one destruction: what people look through before they approve."""

_OPEN = datetime.timedelta(days=14)
_LOCK = "destruction lists"
_PAGE = 200


def propose(
    tx: TenantTransaction,
    papers: Papers,
    wanted: Collection[str] | None,
    reason: str | None,
    now: datetime.datetime,
) -> DestructionRow:
    """List documents to be destroyed, once another one approves.

    Args:
        tx: Of one entity.
        papers: Where documents are found.
        wanted: Public ids; None: what is over, the newest first, as many as one list takes.
        reason: Why, in the words of who proposes.
        now: The moment.

    Raises:
        NotFoundProblem: A document is not there.
        NothingOverProblem: None of it may be destroyed.
    """
    locks.hold(tx, [_LOCK])
    taken = repository.listed_elsewhere(tx, now)
    found: list[Explained] = []
    refused: dict[str, str] = {}
    for one in _over(tx, now) if wanted is None else _named(tx, papers, wanted, now):
        why = why_not(one, taken)
        if why is not None:
            refused[one.paper.public_id] = why
        elif len(found) < MOST:
            found.append(one)
        if wanted is None and len(found) == MOST:
            break
    if not found or (wanted is not None and refused):
        raise NothingOverProblem(refused if wanted is not None else {})
    actor = tx.tenant.actor
    row = DestructionRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        state="proposed",
        reason=reason,
        proposed_at=now,
        proposed_by_kind=actor.kind,
        proposed_by=actor.id,
        proposed_hand=actor.hand,
        expires_at=now + _OPEN,
        decided_at=None,
        decided_by_kind=None,
        decided_by=None,
        decided_hand=None,
        decision_reason=None,
        job_id=None,
        erasure_id=None,
        done_at=None,
    )
    DESTRUCTIONS.add(tx, asdict(row))
    for one in found:
        ITEMS.add(tx, asdict(item_of(row, one)))
    tell(tx, row, "proposed", {"documents": len(found), "reason": reason}, now)
    return row


def approve(
    tx: TenantTransaction, destruction_id: UUID, reason: str | None, now: datetime.datetime
) -> DestructionRow:
    """Have a job do it; one that was approved and whose job failed is taken up by another.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
        DestructionStateProblem: It is decided, or nobody did in time.
        SamePersonProblem: The caller proposed it, or may be who did.
    """
    again = _failed(tx, destruction_id)
    if again is not None:
        DESTRUCTIONS.change(tx, again.id, {"job_id": _asked(tx, again, now)})
        return DESTRUCTIONS.get(tx, again.id)
    row = _open(tx, destruction_id, now)
    actor = tx.tenant.actor
    if actor.kind != row.proposed_by_kind or actor.hand == row.proposed_hand:
        raise SamePersonProblem
    return _decide(tx, row, "approved", reason, now, job_id=_asked(tx, row, now))


def reject(
    tx: TenantTransaction, destruction_id: UUID, reason: str | None, now: datetime.datetime
) -> DestructionRow:
    """Let nothing of it be destroyed; whoever proposed it takes it back so.

    Raises: as `approve`, but for the person.
    """
    return _decide(tx, _open(tx, destruction_id, now), "rejected", reason, now)


def get(tx: TenantTransaction, destruction_id: UUID) -> tuple[DestructionRow, list[ItemRow]]:
    """Return a destruction and what it lists.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
    """
    row = DESTRUCTIONS.get(tx, destruction_id)
    return row, repository.items(tx, row.id)


def page(tx: TenantTransaction, before: UUID | None, limit: int) -> list[DestructionRow]:
    """Return one page of destructions, newest first."""
    return repository.page(tx, before, limit)


def standing(row: DestructionRow, now: datetime.datetime) -> str:
    """Return the state of a destruction, or `expired` for one that nobody decided in time."""
    return "expired" if row.state == "proposed" and row.expires_at <= now else row.state


def tell(
    tx: TenantTransaction,
    row: DestructionRow,
    verb: str,
    data: Mapping[str, object],
    now: datetime.datetime,
) -> None:
    """Append an event about a destruction."""
    events.append(
        tx,
        type=f"destruction.{verb}",
        subject_id=public_id("dst", row.id),
        data=data,
        now=now,
    )


def _open(tx: TenantTransaction, destruction_id: UUID, now: datetime.datetime) -> DestructionRow:
    row = DESTRUCTIONS.get(tx, destruction_id, lock=True)
    state = standing(row, now)
    if state != "proposed":
        raise DestructionStateProblem(state)
    return row


def _failed(tx: TenantTransaction, destruction_id: UUID) -> DestructionRow | None:
    """Return a destruction, locked, that was approved and whose job gave up."""
    row = DESTRUCTIONS.get(tx, destruction_id, lock=True)
    if row.state != "approved" or row.job_id is None:
        return None
    return row if jobs.get(tx, row.job_id).state in {"failed", "cancelled"} else None


def _asked(tx: TenantTransaction, row: DestructionRow, now: datetime.datetime) -> UUID:
    return jobs.enqueue(tx, KIND, {"destruction": public_id("dst", row.id)}, now=now)


def _decide(  # noqa: PLR0913 - a decision, all of it named
    tx: TenantTransaction,
    row: DestructionRow,
    state: State,
    reason: str | None,
    now: datetime.datetime,
    *,
    job_id: UUID | None = None,
) -> DestructionRow:
    actor = tx.tenant.actor
    values = {
        "state": state,
        "decided_at": now,
        "decided_by_kind": actor.kind,
        "decided_by": actor.id,
        "decided_hand": actor.hand,
        "decision_reason": reason,
        "job_id": job_id,
    }
    DESTRUCTIONS.change(tx, row.id, values)
    tell(tx, row, state, {"reason": reason}, now)
    return DESTRUCTIONS.get(tx, row.id)


def _over(tx: TenantTransaction, now: datetime.datetime) -> Iterator[Explained]:
    for received in (False, True):
        before: UUID | None = None
        while page := service.over(tx, now, received=received, before=before, limit=_PAGE):
            yield from page
            before = page[-1].paper.id


def _named(
    tx: TenantTransaction, papers: Papers, wanted: Collection[str], now: datetime.datetime
) -> Iterator[Explained]:
    for public in dict.fromkeys(wanted):
        received = public.startswith(f"{RECEIVED}_")
        paper = papers.received(tx, public) if received else papers.issued(tx, public)
        yield service.explain(tx, paper, now)


def why_not(one: Explained, taken: Collection[str]) -> str | None:
    """Return why a document may not be listed: `kept`, `held` or `listed`; None where it may."""
    if not one.over or one.by_law.until >= one.today:
        return "kept"
    if one.holds:
        return "held"
    return "listed" if one.paper.public_id in taken else None


def item_of(row: DestructionRow, one: Explained) -> ItemRow:
    """Return a document as an item of a destruction."""
    paper = one.paper
    return ItemRow(
        account_id=row.account_id,
        entity_id=row.entity_id,
        destruction_id=row.id,
        id=new_id(),
        document_id=None if paper.received else paper.id,
        received_id=paper.id if paper.received else None,
        document=paper.public_id,
        kind=paper.kind,
        number=paper.row.number,
        retain_until=paper.retain_until,
        rule=rule_json(one.by_law.terms[0]),
        state="listed",
        spared_because=None,
        certificate_id=None,
    )
