"""HTTP for deadlines: what must happen by when, and what was missed."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from countries.outages import NoMoment
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.problems import RequestInvalidProblem
from gateway.tenants.access import ReaderTransaction
from gateway.transmissions.control import outages
from gateway.transmissions.deadlines import ledger
from gateway.transmissions.deadlines.alerts import Kind
from gateway.transmissions.deadlines.ledger import DeadlineRow
from gateway.transmissions.routes import ROUTES

router = APIRouter(prefix="/v1/deadlines", tags=["Transmissions"])

State = Literal["open", "met", "missed", "ended"]


class DeadlineView(BaseModel):
    """By when something must have happened to a transmission."""

    id: str = Field(description="ddl_...")
    object: Literal["deadline"] = "deadline"
    transmission_id: str
    document_id: str
    channel: str
    kind: Kind = Field(
        description="`send`: the bytes are with the other side; `offline`: the same, where the "
        "law says by when; `verdict`: it has judged; `answer`: a longer silence is unusual."
    )
    reason: Literal["issued", "retried", "sent"] = Field(
        description="What it counts from: `issued`: the issue; `retried`: a person had it sent "
        "again; `sent`: the bytes left."
    )
    started_at: datetime.datetime
    due_at: datetime.datetime
    mode: str | None = Field(
        description="In which mode of its country's law the document counts as issued, where that "
        "knows several (Poland: `offline24`, `unavailability`, `failure`, `total_failure`)."
    )
    suspended: bool = Field(
        description="An announced outage goes on: nobody can say yet by when. `due_at` is then "
        "the earliest that it can be, and nothing is told of it."
    )
    state: State = Field(
        description="`open`, `met`, `missed` (it passed; `ended_at` says when it was done after "
        "all), `ended` (it does not matter any more)."
    )
    alerted: int = Field(description="The share of its time that was told of: 0, 50, 80 or 100.")
    ended_at: datetime.datetime | None


class DeadlineList(BaseModel):
    """One page, the next one due first."""

    object: Literal["list"] = "list"
    data: list[DeadlineView]
    next_cursor: str | None


@router.get("", response_model=DeadlineList, summary="List deadlines")
def list_deadlines(
    tx: ReaderTransaction,
    state: Annotated[State | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List by when transmissions must be where, the next one due first."""
    named = read_id_cursor(cursor)
    after = None if named is None else ledger.get(tx, named)
    if named is not None and after is None:
        raise RequestInvalidProblem(
            [{"pointer": "", "message": "cursor is not one of this gateway's"}]
        )
    rows = ledger.page(tx, state=state, after=after, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    prefixes = events.document_prefixes(tx, {document for _, document in page})
    open_end = _open_end(tx, [row for row, _ in page])
    return {
        "data": [
            {
                "id": public_id("ddl", row.id),
                "transmission_id": public_id("trn", row.transmission_id),
                "document_id": public_id(prefixes[document], document),
                "channel": row.channel,
                "kind": row.kind,
                "reason": _reason(row),
                "started_at": written(row.started_at),
                "due_at": written(row.due_at),
                "mode": row.mode,
                "suspended": row.id in open_end,
                "state": row.state,
                "alerted": row.alerted,
                "ended_at": None if row.ended_at is None else written(row.ended_at),
            }
            for row, document in page
        ],
        "next_cursor": write_cursor(page[-1][0].id) if more else None,
    }


def _open_end(tx: ReaderTransaction, rows: Sequence[DeadlineRow]) -> frozenset[UUID]:
    """Return the deadlines of which nobody can say yet when they end."""
    held = [row for row in rows if row.kind == "offline" and row.state == "open"]
    announced = outages.notices(tx, {row.channel for row in held})
    found = set()
    for row in held:
        offline, said = ROUTES[row.channel].offline, announced[row.channel]
        if offline is not None and said:
            until = offline.grace(row.started_at, [one.said for one in said]).until
            if until is NoMoment.OPEN_END:
                found.add(row.id)
    return frozenset(found)


def _reason(row: DeadlineRow) -> str:
    if row.kind in {"verdict", "answer"}:
        return "sent"
    return "retried" if row.retried else "issued"
