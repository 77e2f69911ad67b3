"""One document of a schedule: its body as of a day, and the document from it."""

import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gateway.documents.doing import note
from gateway.documents.sending import Send
from gateway.documents.service import ALL_KINDS, Documents
from gateway.kit.ids import public_id
from gateway.kit.json_body import to_json
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering.service import NumberDateOrderProblem
from gateway.problems import Problem, within
from gateway.recurring.placeholders import Occurrence, resolve
from gateway.recurring.repository import RecurringRow
from gateway.recurring.schemas import ScheduleInput
from gateway.tenants import service as tenants


@dataclass(frozen=True, slots=True)
class Seat:
    """What a schedule must know of the entity.

    Attributes:
        zone: Whose days are meant.
        language: Of the names of months.
    """

    zone: ZoneInfo
    language: str

    def today(self, now: datetime.datetime) -> datetime.date:
        """Return the entity's day."""
        return now.astimezone(self.zone).date()

    def begin(self, day: datetime.date) -> datetime.datetime:
        """Return when a day begins there, also where the clocks skip its midnight."""
        return datetime.datetime.combine(day, datetime.time(), self.zone).astimezone(datetime.UTC)


def seat_of(tx: TenantTransaction) -> Seat:
    """Return the seat of the transaction's entity."""
    entity = tenants.get_entity(tx, tx.entity_id)
    return Seat(
        zone=tenants.zone_of(entity),
        language=str(entity.settings.get("locale") or "en"),
    )


def days_of(row: RecurringRow) -> ScheduleInput:
    """Return a row's schedule."""
    return ScheduleInput.model_validate(row.schedule)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the documents.

    Attributes:
        documents: The documents feature.
        send: How they are sent; None where this gateway cannot.
    """

    documents: Documents
    send: Send | None = None

    def make(
        self, tx: TenantTransaction, row: RecurringRow, day: datetime.date, now: datetime.datetime
    ) -> UUID:
        """Make the document of a day, in a savepoint: all of it or nothing.

        An issued document bears its own day as date of issue. Where its series has gone on to a
        later date meanwhile, it bears today's.

        Raises:
            Problem: It cannot be made; pointers lead into the recurring invoice.
        """
        turn = Turn(day, day, seat_of(tx), now)
        try:
            with tx.connection.begin_nested():
                return self._made(tx, row, turn)
        except NumberDateOrderProblem:
            with tx.connection.begin_nested():
                return self._made(tx, row, replace(turn, dated=turn.seat.today(now)))

    def note(
        self,
        tx: TenantTransaction,
        row: RecurringRow,
        verb: str,
        document_id: UUID,
        now: datetime.datetime,
    ) -> None:
        """Write into the activity log what a schedule did with a document."""
        data = {"recurring_id": public_id("rec", row.id)}
        note(tx, verb, self.documents.get(tx, document_id), data, now)

    def sample(
        self, tx: TenantTransaction, row: RecurringRow, day: datetime.date, now: datetime.datetime
    ) -> Mapping[str, Any]:
        """Return what the document of a day would say; nothing of it stays.

        Raises:
            Problem: It could not even be a draft; pointers lead into the recurring invoice.
        """
        turn = Turn(day, day, seat_of(tx), now)
        try:
            with tx.connection.begin_nested(), _pointing():
                self._show(tx, row, turn)
        except _SeenError as seen:
            return seen.view
        raise AssertionError("a sample was kept")

    def _show(self, tx: TenantTransaction, row: RecurringRow, turn: "Turn") -> None:
        document = self.documents.get(tx, self._draft(tx, row, turn))
        raise _SeenError(self.documents.show(tx, document, turn.now))

    def _made(self, tx: TenantTransaction, row: RecurringRow, turn: "Turn") -> UUID:
        with _pointing():
            document_id = self._draft(tx, row, turn)
            if row.actions["finalize"]:
                self.documents.finalize(tx, ALL_KINDS, document_id, turn.now)
        return document_id

    def _draft(self, tx: TenantTransaction, row: RecurringRow, turn: "Turn") -> UUID:
        days = days_of(row).days()
        occurrence = Occurrence(turn.day, row.made + 1, days, turn.seat.language)
        body: dict[str, Any] = resolve(json.loads(row.body), occurrence)
        if row.actions["finalize"]:  # a draft is dated by the day on which it will be issued
            body["issue_date"] = turn.dated.isoformat()
        if row.due_days is not None:
            due = turn.dated + datetime.timedelta(days=row.due_days)
            body["payment_due_date"] = due.isoformat()
        return self.documents.create(tx, row.kind, to_json(body), turn.now)


@dataclass(frozen=True, slots=True)
class Turn:
    """The making of one document.

    Attributes:
        day: The day of the schedule.
        dated: The date of issue.
        seat: The entity's.
        now: The moment.
    """

    day: datetime.date
    dated: datetime.date
    seat: Seat
    now: datetime.datetime


class _SeenError(Exception):
    """Ends a savepoint that was only looked at."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        super().__init__("seen")
        self.view = view


@contextmanager
def _pointing() -> Iterator[None]:
    """Let problems of the document point into the recurring invoice."""
    try:
        yield
    except Problem as problem:
        within(problem, "/document")
        raise
