"""From the hint to the wire: how many statements it takes, and what is not among them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from gateway.archive.tables import archive_entry
from gateway.events import service as events
from gateway.kit.database import Database
from gateway.transmissions import recorded
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.lanes import LaneKeeper
from tests.gateway.transmissions.desk import QUICK, Authority, Desk, desk

MOST = 16
"""Statements between the hint and the wire, the two by which the pool tries its connections
included; without them it is a claim, a look at the lane, twelve of the transaction that commits to
the attempt, and the check right before the wire."""
CALM = replace(QUICK, threads=1, poll_seconds=2)


@dataclass
class Spoken:
    """What a worker's threads say to the database, and how much of it before the wire."""

    statements: list[str] = field(default_factory=list)
    before_the_wire: list[list[str]] = field(default_factory=list)

    def note(self, query: object) -> None:
        if threading.current_thread().name.startswith("lane-"):
            said = query.decode() if isinstance(query, bytes) else str(query)
            self.statements.append(" ".join(said.split()))


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    """Listen in; lanes are found by hints alone."""
    found = Spoken()
    execute, take = psycopg.Cursor.execute, Authority._take

    def heard(self: Any, query: Any, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401
        found.note(query)
        return execute(self, query, *arguments, **more)

    def taken(self: Authority, request: Request) -> Answer:
        found.before_the_wire.append(found.statements.copy())
        return take(self, request)

    monkeypatch.setattr(psycopg.Cursor, "execute", heard)
    monkeypatch.setattr(Authority, "_take", taken)
    monkeypatch.setattr(LaneKeeper, "due", lambda *_: [])
    return found


def sent(small: Desk) -> UUID:
    made = small.queue()
    small.until_state(made, "closed")
    return made


def test_a_hint_leads_to_the_wire_in_few_statements(small: Desk, spoken: Spoken) -> None:
    with small.working(CALM):
        sent(small)  # the connections are made
        small.until(lambda: "pg_advisory_unlock" in spoken.statements[-1])
        spoken.statements.clear()
        sent(small)
    said = spoken.before_the_wire[-1]
    assert len(said) <= MOST, "\n".join(said)
    assert "pg_try_advisory_lock" in said[0]
    assert "lease_until > clock_timestamp()" in said[-1]
    tables = ("event", "log_head", "log_node", "archive_entry")
    assert [one for one in said for table in tables if f"FROM {table} " in one] == []


def test_the_archive_takes_the_request_with_what_came_of_it(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Committed before the wire, in the record; in the log, whose head all wait for, after it."""
    seen: list[int] = []
    take = Authority._take

    def looked(self: Authority, request: Request) -> Answer:
        with small.database.transaction(small.owner) as tx:
            kept = recorded.exchanges(tx, made, 1)
            archived = tx.execute(requests).all()
        assert kept[0].request == request.head()
        seen.append(len(archived))
        return take(self, request)

    requests = sa.select(archive_entry.c.id).where(archive_entry.c.role == "request")
    monkeypatch.setattr(Authority, "_take", looked)
    made = small.queue()
    with small.working():
        small.until_state(made, "closed")
    assert seen == [0]
    with small.database.transaction(small.owner) as tx:
        (entry,) = tx.execute(requests).scalars()
        (attempt,) = recorded.of_transmission(tx, made)
        told = {one.type: one.evidence_id for one in events.of_transmission(tx, made)}
    assert entry == attempt.id == told["transmission.submitting"]


def test_what_waits_is_found_without_a_hint(small: Desk) -> None:
    made = small.queue()  # nobody listens yet
    with small.working():
        small.until_state(made, "closed")
