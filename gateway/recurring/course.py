"""The course of a schedule: where it stands, when it must be looked at, what is told of it."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.events import service as events
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.recurring import repository
from gateway.recurring.making import Seat, days_of, seat_of
from gateway.recurring.repository import RecurringRow


def get(tx: TenantTransaction, recurring_id: UUID, *, lock: bool = False) -> RecurringRow:
    """Return one.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.get(tx, recurring_id, lock=lock)
    if row is None:
        raise NotFoundProblem
    return row


def plan(tx: TenantTransaction, row: RecurringRow, seat: Seat) -> None:
    """Say when a worker must look at it."""
    active = row.state == "active" and row.next_date is not None
    repository.set_due(tx, row.id, seat.begin(next_of(row)) if active else None)


def advance(  # noqa: PLR0913 - a day, and what came of it
    tx: TenantTransaction,
    row: RecurringRow,
    *,
    document_id: UUID | None,
    problem: Mapping[str, Any] | None,
    most_failures: int,
    now: datetime.datetime,
) -> RecurringRow:
    """Note what came of the next day of a locked row, and go on to the day after."""
    day, given = next_of(row), days_of(row)
    failures = 0 if problem is None else row.failures + 1
    over = given.count is not None and row.made + 1 >= given.count
    tomorrow = day + datetime.timedelta(days=1)
    after = None if over else given.days().next_from(tomorrow)
    state = "active" if after is not None else "completed"
    if failures >= most_failures and after is not None:
        state = "failed"
    occurrence = {"recurring_id": row.id, "date": day, "number": row.made + 1, "created_at": now}
    outcome = "failed" if document_id is None else "generated"
    repository.add_occurrence(
        tx, occurrence | {"state": outcome, "document_id": document_id, "problem": problem}
    )
    values = {
        "state": state,
        "made": row.made + 1,
        "failures": failures,
        "last_date": day,
        "next_date": after,
        "problem": None if problem is None else dict(problem),
        "updated_at": now,
    }
    repository.update(tx, row.id, values)
    changed = get(tx, row.id)
    plan(tx, changed, seat_of(tx))
    return changed


def next_of(row: RecurringRow) -> datetime.date:
    """Return the next day of a schedule that has one."""
    if row.next_date is None:  # the callers look first
        raise AssertionError("there is no next day")
    return row.next_date


def tell(  # noqa: PLR0913 - an event
    tx: TenantTransaction,
    row: RecurringRow,
    what: str,
    now: datetime.datetime,
    *,
    document_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Append an event about a recurring invoice."""
    events.append(
        tx,
        type=f"recurring_invoice.{what}",
        subject_id=public_id("rec", row.id),
        document_id=document_id,
        data={"state": row.state, **(data or {}), "metadata": dict(row.metadata)},
        now=now,
    )
