"""Erasures: what is said of a customer goes at once, and each document when its day is over.

One asks for it, another one approves. That stands for the destruction of every document that names
the customer: a round has it done after its last day, in the names of these two.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from gateway.customers import service as customers
from gateway.documents import keeping
from gateway.events import service as events
from gateway.jobs import service as jobs
from gateway.kit import idempotency
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.recurring import service as recurring
from gateway.retention import destruction_repository, destructions, service
from gateway.retention import erasure_repository as repository
from gateway.retention.destruction_repository import DESTRUCTIONS, ITEMS, DestructionRow
from gateway.retention.erasure_repository import ERASURES, ErasureRow, State
from gateway.retention.papers import Paper
from gateway.retention.problems import (
    CustomerInUseProblem,
    ErasureOpenProblem,
    ErasureStateProblem,
    SamePersonProblem,
)
from gateway.retention.service import Explained

DAILY = datetime.timedelta(days=1)
_OPEN = datetime.timedelta(days=14)
_PAGE = 200
_MOST = 500
"""Documents that are destroyed together; more of them wait for the next look."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """An issued document that names the customer.

    Attributes:
        explained: What keeps it.
        because: `kept` by a law, `held` by a legal hold, `listed` for destruction, `chained` or
            `unfinished` as for a destruction; None: it is destroyed next.
    """

    explained: Explained
    because: str | None


def request(
    tx: TenantTransaction, customer_id: UUID, reason: str | None, now: datetime.datetime
) -> ErasureRow:
    """Ask for the erasure of a customer; nothing is erased before another one approves.

    Raises:
        NotFoundProblem: There is no such customer for this caller.
        CustomerErasedProblem: It was erased before.
        ErasureOpenProblem: That is asked for already.
    """
    customers.there(tx, customer_id, lock=True, deleted=True)
    before = repository.open_of(tx, customer_id, now)
    if before is not None:
        raise ErasureOpenProblem(before.id)
    actor = tx.tenant.actor
    row = ErasureRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        environment=tx.tenant.environment,
        customer_id=customer_id,
        state="requested",
        reason=reason,
        requested_at=now,
        requested_by_kind=actor.kind,
        requested_by=actor.id,
        requested_hand=actor.hand,
        expires_at=now + _OPEN,
        decided_at=None,
        decided_by_kind=None,
        decided_by=None,
        decided_hand=None,
        decision_reason=None,
        due_at=None,
        done_at=None,
    )
    ERASURES.add(tx, asdict(row))
    _tell(tx, row, "requested", {"reason": reason}, now)
    return row


def approve(
    tx: TenantTransaction, erasure_id: UUID, reason: str | None, now: datetime.datetime
) -> ErasureRow:
    """Erase what the catalogue says, and have documents destroyed, each when its day is over.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
        ErasureStateProblem: It is decided, or nobody did in time.
        SamePersonProblem: The caller asked for it, or may be who did.
        CustomerInUseProblem: Drafts or recurring invoices name the customer.
    """
    row = _open(tx, erasure_id, now)
    actor = tx.tenant.actor
    if actor.kind != row.requested_by_kind or actor.hand == row.requested_hand:
        raise SamePersonProblem
    customers.there(tx, row.customer_id, lock=True, deleted=True)
    deleted = _refuse_in_use(tx, row.customer_id)
    customers.erase(tx, row.customer_id, now)
    idempotency.forget(tx, [public_id("cus", row.customer_id), *deleted], now)
    decided = _decide(tx, row, "approved", reason, now)
    go_on(tx, decided.id, now)
    return ERASURES.get(tx, row.id)


def reject(
    tx: TenantTransaction, erasure_id: UUID, reason: str | None, now: datetime.datetime
) -> ErasureRow:
    """Let nothing of it be erased; whoever asked for it takes it back so.

    Raises: as `approve`, but for the person and the use.
    """
    return _decide(tx, _open(tx, erasure_id, now), "rejected", reason, now)


def get(tx: TenantTransaction, erasure_id: UUID) -> ErasureRow:
    """Return an erasure.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
    """
    return ERASURES.get(tx, erasure_id)


def page(tx: TenantTransaction, before: UUID | None, limit: int) -> list[ErasureRow]:
    """Return one page of erasures, newest first."""
    return repository.page(tx, before, limit)


def standing(row: ErasureRow, now: datetime.datetime) -> str:
    """Return the state of an erasure, or `expired` for one that nobody decided in time."""
    return "expired" if row.state == "requested" and row.expires_at <= now else row.state


def remaining(
    tx: TenantTransaction,
    row: ErasureRow,
    now: datetime.datetime,
    after: UUID | None,
    limit: int,
) -> list[Remaining]:
    """Return one page of the documents that name the customer, each with what keeps it."""
    papers = [Paper(one) for one in keeping.of_customer(tx, row.customer_id, after, limit)]
    taken = destruction_repository.listed_elsewhere(tx, now)
    return [
        Remaining(one, destructions.why_not(one, taken) or keeping.hindrance(tx, one.paper.id))
        for one in service.explain_all(tx, papers, now)
    ]


def go_on(tx: TenantTransaction, erasure_id: UUID, now: datetime.datetime) -> None:
    """Have destroyed what no law keeps by now; when nothing names the customer, it is done.

    A round comes back tomorrow; at once, where there is more than is destroyed together.
    """
    row = ERASURES.get(tx, erasure_id, lock=True)
    if row.state != "approved":
        return
    over = []
    for one in _all(tx, row, now):
        if one.because is None:
            over.append(one.explained)
        if len(over) == _MOST:
            break
    if over:
        _destroy(tx, row, over, now)
    elif not keeping.of_customer(tx, row.customer_id, None, 1):
        ERASURES.change(tx, row.id, {"state": "done", "due_at": None, "done_at": now})
        _tell(tx, row, "done", {}, now)
        return
    ERASURES.change(tx, row.id, {"due_at": now if len(over) == _MOST else now + DAILY})


def _all(tx: TenantTransaction, row: ErasureRow, now: datetime.datetime) -> Iterator[Remaining]:
    after: UUID | None = None
    while found := remaining(tx, row, now, after, _PAGE):
        yield from found
        after = found[-1].explained.paper.id


def _destroy(
    tx: TenantTransaction, row: ErasureRow, over: list[Explained], now: datetime.datetime
) -> None:
    """Ask for the destruction of documents, which was approved with the erasure."""
    made = DestructionRow(
        account_id=row.account_id,
        entity_id=row.entity_id,
        id=new_id(),
        state="proposed",
        reason=row.reason,
        proposed_at=row.requested_at,
        proposed_by_kind=row.requested_by_kind,
        proposed_by=row.requested_by,
        proposed_hand=row.requested_hand,
        expires_at=row.expires_at,
        decided_at=None,
        decided_by_kind=None,
        decided_by=None,
        decided_hand=None,
        decision_reason=None,
        job_id=None,
        erasure_id=row.id,
        done_at=None,
    )
    DESTRUCTIONS.add(tx, asdict(made))
    for one in over:
        ITEMS.add(tx, asdict(destructions.item_of(made, one)))
    parameters = {"destruction": public_id("dst", made.id)}
    decided = {
        "state": "approved",
        "decided_at": row.decided_at,
        "decided_by_kind": row.decided_by_kind,
        "decided_by": row.decided_by,
        "decided_hand": row.decided_hand,
        "decision_reason": row.decision_reason,
        "job_id": jobs.enqueue(tx, destructions.KIND, parameters, now=now),
    }
    DESTRUCTIONS.change(tx, made.id, decided)
    data = {"documents": len(over), "erasure": public_id("ers", row.id), "reason": row.reason}
    destructions.tell(tx, made, "approved", data, now)


def _refuse_in_use(tx: TenantTransaction, customer_id: UUID) -> list[str]:
    """Return the public ids of deleted drafts that name a customer, where nothing else does."""
    found = keeping.drafts_of(tx, customer_id)
    named = {public_id(one.kind.prefix, one.id): one.deleted_at for one in found}
    drafts = [public for public, deleted_at in named.items() if deleted_at is None]
    schedules = recurring.naming(tx, public_id("cus", customer_id))
    if drafts or schedules:
        raise CustomerInUseProblem([*drafts, *(public_id("rec", one.id) for one in schedules)])
    return list(named)


def _open(tx: TenantTransaction, erasure_id: UUID, now: datetime.datetime) -> ErasureRow:
    row = ERASURES.get(tx, erasure_id, lock=True)
    state = standing(row, now)
    if state != "requested":
        raise ErasureStateProblem(state)
    return row


def _decide(
    tx: TenantTransaction,
    row: ErasureRow,
    state: State,
    reason: str | None,
    now: datetime.datetime,
) -> ErasureRow:
    actor = tx.tenant.actor
    values = {
        "state": state,
        "decided_at": now,
        "decided_by_kind": actor.kind,
        "decided_by": actor.id,
        "decided_hand": actor.hand,
        "decision_reason": reason,
        "due_at": now if state == "approved" else None,
    }
    ERASURES.change(tx, row.id, values)
    _tell(tx, row, state, {"reason": reason}, now)
    return ERASURES.get(tx, row.id)


def _tell(
    tx: TenantTransaction,
    row: ErasureRow,
    verb: str,
    data: Mapping[str, object],
    now: datetime.datetime,
) -> None:
    said = {"customer_id": public_id("cus", row.customer_id), **data}
    events.append(
        tx, type=f"erasure.{verb}", subject_id=public_id("ers", row.id), data=said, now=now
    )
