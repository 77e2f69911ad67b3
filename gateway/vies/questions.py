"""What waits to be asked: a queue that every worker may take from, in lanes.

One row per number and requester. A worker sees ids, lanes and times of all; what the question is,
it reads in its tenant's name. Who takes a row has it until its `next_try_at`, then others may.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.vies.answers import Question
from gateway.vies.checks import Check, trader_json
from gateway.vies.lanes import Lane
from gateway.vies.tables import vat_question

Reason = Literal["check", "batch", "watch", "document"]
"""Why it is asked."""

State = Literal["waiting", "answered", "given_up"]

_C = vat_question.c


@dataclass(frozen=True, slots=True)
class Taken:
    """A question that this process asks now, as the worker sees it.

    Attributes:
        lane: The key of its member state's lane.
    """

    account_id: UUID
    entity_id: UUID
    environment: Environment
    id: UUID
    lane: str

    @property
    def tenant(self) -> Tenant:
        """Whose it is; asked in the gateway's own name."""
        return Tenant(self.account_id, (self.entity_id,), self.environment)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question as its tenant sees it.

    Attributes:
        requester: In whose name; "" for nobody's.
        attempts: How often it was asked.
        deadline: When it is given up.
    """

    id: UUID
    number: str
    requester: str
    trader: Mapping[str, str] | None
    reason: Reason
    state: State
    attempts: int
    next_try_at: datetime.datetime
    deadline: datetime.datetime
    updated_at: datetime.datetime


_COLUMNS = tuple(_C[name] for name in Waiting.__dataclass_fields__)
_TAKEN = tuple(_C[name] for name in Taken.__dataclass_fields__)


def add(  # noqa: PLR0913 - the columns of a question
    tx: TenantTransaction,
    question: Question,
    lane: Lane,
    reason: Reason,
    *,
    attempts: int = 0,
    at: datetime.datetime,
    deadline: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Queue a question; one that waits already waits no longer for it, and is kept longer."""
    row = {
        "account_id": tx.tenant.account_id,
        "entity_id": tx.entity_id,
        "environment": tx.tenant.environment,
        "id": new_id(),
        "lane": lane.state,
        "number": question.number.written,
        "requester": "" if question.requester is None else question.requester.written,
        "trader": trader_json(question.trader),
        "reason": reason,
        "state": "waiting",
        "attempts": attempts,
        "next_try_at": at,
        "deadline": deadline,
        "created_at": now,
        "updated_at": now,
    }
    statement = postgresql.insert(vat_question).values(row)
    new, waits = statement.excluded, _C.state == "waiting"
    changed = {
        "lane": new.lane,
        "trader": sa.func.coalesce(new.trader, _C.trader),
        "reason": sa.case((waits, _C.reason), else_=new.reason),
        "state": "waiting",
        "attempts": sa.case((waits, _C.attempts), else_=new.attempts),
        "next_try_at": sa.case(
            (waits, sa.func.least(_C.next_try_at, new.next_try_at)), else_=new.next_try_at
        ),
        "deadline": sa.func.greatest(_C.deadline, new.deadline),
        "updated_at": now,
    }
    conflict = statement.on_conflict_do_update(
        index_elements=["entity_id", "number", "requester"], set_=changed
    )
    tx.execute(conflict)


def take(
    database: Database,
    now: datetime.datetime,
    lease: datetime.timedelta,
    but: Collection[str],
) -> Taken | None:
    """Take what has waited longest, so that nobody else does while it is asked.

    Args:
        database: Used as gw_worker, without a tenant.
        now: The moment.
        lease: For how long others leave it alone.
        but: Keys of lanes in which there is no place just now; a service's stands for all of it.
    """
    with database.worker_transaction() as tx:
        query = (
            sa.select(*_TAKEN)
            .where(_C.state == "waiting", _C.next_try_at <= now, _C.lane.not_in(list(but)))
            .where(*(~_C.lane.startswith(f"{key}/", autoescape=True) for key in but))
            .order_by(_C.next_try_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        taken = sa.update(vat_question).where(_C.account_id == row.account_id, _C.id == row.id)
        tx.execute(taken.values(next_try_at=now + lease))
        return Taken(*row)


def give_back(database: Database, taken: Taken, at: datetime.datetime) -> None:
    """Give back what there was no place for; it was no attempt."""
    with database.worker_transaction() as tx:
        row = sa.update(vat_question).where(
            _C.account_id == taken.account_id, _C.id == taken.id, _C.state == "waiting"
        )
        tx.execute(row.values(next_try_at=at))


def get(tx: TenantTransaction, question_id: UUID, *, lock: bool = False) -> Waiting | None:
    """Return a question."""
    query = tx.select(vat_question, *_COLUMNS).where(_C.id == question_id)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Waiting(*row)


def any_waits(tx: TenantTransaction, number: str) -> bool:
    """Tell whether a question about a number waits, in whosever name."""
    query = tx.select(vat_question, _C.id).where(_C.number == number, _C.state == "waiting")
    return tx.execute(query.limit(1)).one_or_none() is not None


def of_numbers(tx: TenantTransaction, numbers: Collection[str]) -> dict[tuple[str, str], Waiting]:
    """Return the questions about numbers, by number and requester."""
    if not numbers:
        return {}
    query = tx.select(vat_question, *_COLUMNS).where(_C.number.in_(list(numbers)))
    found = [Waiting(*row) for row in tx.execute(query)]
    return {(one.number, one.requester): one for one in found}


def settle(
    tx: TenantTransaction,
    question_id: UUID,
    state: State,
    check: Check,
    now: datetime.datetime,
    **more: Any,  # noqa: ANN401 - columns
) -> None:
    """Note what came of an attempt."""
    values = {"state": state, "check_id": check.id, "updated_at": now, **more}
    row = tx.update(vat_question).where(_C.id == question_id, _C.state == "waiting")
    tx.execute(row.values(**values))


def answered(tx: TenantTransaction, check: Check, now: datetime.datetime) -> list[UUID]:
    """Note that a known answer came; return the questions that had waited for it.

    A question in nobody's name is answered by any; one in somebody's by one in that name.
    """
    row = tx.update(vat_question).where(
        _C.number == check.number,
        _C.requester.in_(["", check.requester or ""]),
        _C.state == "waiting",
    )
    values = {"state": "answered", "check_id": check.id, "updated_at": now}
    statement = row.values(**values, attempts=_C.attempts + 1).returning(_C.id)
    return [found[0] for found in tx.execute(statement)]
