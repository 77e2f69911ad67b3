"""Recurring invoices: what can be done with them. `generation` makes their documents."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.documents.preparation import read_body
from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id
from gateway.kit.json_body import plain, to_json, validated
from gateway.kit.merge_patch import merged
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, Problem, RequestInvalidProblem, within
from gateway.recurring import repository
from gateway.recurring.course import get, next_of, plan, tell
from gateway.recurring.making import Maker, Seat, days_of, seat_of
from gateway.recurring.placeholders import NAMES, unknown
from gateway.recurring.problems import RecurringStateProblem
from gateway.recurring.repository import OccurrenceRow, RecurringRow
from gateway.recurring.schemas import RecurringChange, RecurringInput, ScheduleInput

_OURS = ("number", "issue_date", "payment_due_date")


@dataclass(frozen=True, slots=True)
class Recurring:
    """The recurring invoices of one process."""

    maker: Maker

    def create(self, tx: TenantTransaction, body: object, now: datetime.datetime) -> RecurringRow:
        """Add a recurring invoice; its first document comes with its first day from today on.

        Raises:
            RequestInvalidProblem: It is wrong, or has no day.
        """
        given = validated(RecurringInput, body)
        seat = seat_of(tx)
        values = self._values(given, seat, now)
        days = ScheduleInput.model_validate(values["schedule"]).days()
        values |= {
            "id": new_id(),
            "state": "active",
            "next_date": days.next_from(seat.today(now)),
            "created_at": now,
        }
        if values["next_date"] is None:
            message = "has no day that is not past"
            raise RequestInvalidProblem([{"pointer": "/schedule", "message": message}])
        repository.insert(tx, values)
        row = get(tx, values["id"])
        self.maker.sample(tx, row, next_of(row), now)
        plan(tx, row, seat)
        tell(tx, row, "created", now)
        return row

    def change(
        self, tx: TenantTransaction, recurring_id: UUID, body: object, now: datetime.datetime
    ) -> RecurringRow:
        """Apply a JSON Merge Patch; documents already made stay as they are.

        With another schedule, the next day is the first of it that is neither past nor before the
        last one made.

        Raises:
            NotFoundProblem: There is none for this caller.
            RequestInvalidProblem: The result would be wrong.
        """
        row = get(tx, recurring_id, lock=True)
        validated(RecurringChange, body)
        present = {
            "name": row.name,
            "kind": row.kind.value,
            "document": json.loads(row.body),
            "schedule": row.schedule,
            "actions": row.actions,
            "due_days": row.due_days,
            "metadata": row.metadata,
        }
        given = validated(RecurringInput, merged(present, body))
        seat = seat_of(tx)
        values = self._values(given, seat, now)
        if values["schedule"] != row.schedule:
            values |= _rescheduled(
                row, ScheduleInput.model_validate(values["schedule"]), seat, now
            )
        repository.update(tx, row.id, values)
        row = get(tx, row.id)
        if row.next_date is not None:
            self.maker.sample(tx, row, row.next_date, now)
        plan(tx, row, seat)
        tell(tx, row, "updated", now)
        return row

    def _values(self, given: RecurringInput, seat: Seat, now: datetime.datetime) -> dict[str, Any]:
        """Return the columns of what was given.

        Raises:
            RequestInvalidProblem: The document is wrong as it stands.
        """
        document = plain(given.document)
        _refuse(document, given.kind)
        if given.actions.send and self.maker.send is None:
            message = "is not possible: this gateway is not set up to send"
            raise RequestInvalidProblem([{"pointer": "/actions/send", "message": message}])
        start = given.schedule.start_date or seat.today(now)
        schedule = given.schedule.model_copy(update={"start_date": start})
        if schedule.end_date is not None and schedule.end_date < start:
            raise RequestInvalidProblem([{"pointer": "/schedule/end_date", "message": "is past"}])
        return {
            "name": given.name,
            "kind": given.kind.value,
            "body": to_json(document).decode(),
            "schedule": schedule.model_dump(mode="json", exclude_none=True),
            "actions": given.actions.model_dump(),
            "due_days": given.due_days,
            "metadata": dict(given.metadata),
            "updated_at": now,
        }

    def preview(
        self, tx: TenantTransaction, recurring_id: UUID, count: int, now: datetime.datetime
    ) -> dict[str, Any]:
        """Return the next days and the next document as JSON (`PreviewView`); nothing stays.

        Args:
            tx: One that may write; what it writes is taken back.
            recurring_id: Which.
            count: Days at most.
            now: The moment.

        Raises:
            NotFoundProblem: There is none for this caller.
        """
        row = get(tx, recurring_id)
        if row.next_date is None:
            return {"object": "preview", "dates": [], "document": None}
        given = days_of(row)
        left = count if given.count is None else min(count, given.count - row.made)
        days = given.days().first(left, row.next_date)
        shown = self.maker.sample(tx, row, row.next_date, now)
        document = {"invoice": shown["invoice"], "findings": shown["findings"]}
        return {
            "object": "preview",
            "dates": [day.isoformat() for day in days],
            "document": document,
        }


def find(tx: TenantTransaction, recurring_id: UUID) -> RecurringRow:
    """Return one.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    return get(tx, recurring_id)


def page(
    tx: TenantTransaction,
    *,
    state: str | None = None,
    metadata: Mapping[str, str] | None = None,
    before: UUID | None = None,
    limit: int,
) -> list[RecurringRow]:
    """Return one page, newest first."""
    return repository.page(tx, state=state, metadata=metadata or {}, before=before, limit=limit)


def occurrences(
    tx: TenantTransaction, recurring_id: UUID, *, before: UUID | None, limit: int
) -> list[OccurrenceRow]:
    """Return one page of the days behind it, newest first.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    get(tx, recurring_id)
    return repository.occurrences(tx, recurring_id, before=before, limit=limit)


def naming(tx: TenantTransaction, customer: str) -> list[RecurringRow]:
    """Return the recurring invoices, not ended, that name a customer by its public id."""
    return repository.saying(tx, customer)


def pause(tx: TenantTransaction, recurring_id: UUID, now: datetime.datetime) -> RecurringRow:
    """Make no documents until it is resumed.

    Raises:
        NotFoundProblem: There is none for this caller.
        RecurringStateProblem: It is not active.
    """
    row = get(tx, recurring_id, lock=True)
    if row.state != "active":
        raise RecurringStateProblem(f"It is {row.state}; only an active one is paused.")
    return _moved(tx, row, {"state": "paused"}, "paused", now)


def resume(tx: TenantTransaction, recurring_id: UUID, now: datetime.datetime) -> RecurringRow:
    """Go on with the first day that is not past; those that passed meanwhile are left out.

    Raises:
        NotFoundProblem: There is none for this caller.
        RecurringStateProblem: It is neither paused nor failed.
    """
    row = get(tx, recurring_id, lock=True)
    if row.state not in {"paused", "failed"}:
        raise RecurringStateProblem(f"It is {row.state}; only a paused or failed one is resumed.")
    values = _rescheduled(row, days_of(row), seat_of(tx), now, resumed=True)
    return _moved(tx, row, values | {"failures": 0}, "resumed", now)


def delete(tx: TenantTransaction, recurring_id: UUID, now: datetime.datetime) -> None:
    """Take it away for ever; the documents it made stay.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = get(tx, recurring_id, lock=True)
    repository.update(tx, row.id, {"deleted_at": now, "updated_at": now})
    repository.set_due(tx, row.id, None)
    tell(tx, row, "deleted", now)


def _moved(
    tx: TenantTransaction,
    row: RecurringRow,
    values: Mapping[str, Any],
    event: str,
    now: datetime.datetime,
) -> RecurringRow:
    repository.update(tx, row.id, {**values, "updated_at": now})
    changed = get(tx, row.id)
    plan(tx, changed, seat_of(tx))
    tell(tx, changed, event, now)
    return changed


def _rescheduled(
    row: RecurringRow,
    given: ScheduleInput,
    seat: Seat,
    now: datetime.datetime,
    *,
    resumed: bool = False,
) -> dict[str, Any]:
    """Return state and next day under a schedule, from today on."""
    day = seat.today(now)
    if row.last_date is not None:
        day = max(day, row.last_date + datetime.timedelta(days=1))
    over = given.count is not None and row.made >= given.count
    found = None if over else given.days().next_from(day)
    state = row.state
    if found is None:
        state = "completed"
    elif resumed or state == "completed":
        state = "active"
    return {"state": state, "next_date": found}


def _refuse(document: Mapping[str, Any], kind: DocumentKind) -> None:
    """Refuse what each document gets by itself, and placeholders that stand for nothing."""
    try:
        body = read_body(to_json(document), kind)
    except Problem as problem:
        raise within(problem, "/document") from None
    wrong: list[InvalidPart] = [
        {
            "pointer": "/document" + body.pointers.as_sent(f"/{name}"),
            "message": "is given to each document by itself",
            "fix": "leave it out; due_days sets the due date",
        }
        for name in _OURS
        if getattr(body.input, name) is not None
    ]
    wrong += [
        {
            "pointer": f"/document{pointer}",
            "message": f"has a placeholder {{{{{name}}}}} that stands for nothing",
            "fix": f"there are {', '.join(NAMES)}",
        }
        for pointer, name in unknown(document)
    ]
    if wrong:
        raise RequestInvalidProblem(wrong)
