"""Deadlines of real transmissions: begun, told of, met, missed, ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
import sqlalchemy as sa
import structlog
from structlog.testing import capture_logs

from countries.calendars import WorkingDays
from gateway.channels.sandbox_network import CONDUCT
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.tenancy import Actor
from gateway.transmissions import service, waiting
from gateway.transmissions.axes import AxisState, Business, Regulatory, Transport
from gateway.transmissions.conduct import Conduct, Offline
from gateway.transmissions.deadlines import endpoints, figures, ledger, opening
from gateway.transmissions.deadlines import watch as watching
from gateway.transmissions.deadlines.alerts import Kind
from gateway.transmissions.deadlines.tables import channel_pace
from gateway.transmissions.deadlines.watch import Watch
from gateway.transmissions.journal import Journal
from gateway.transmissions.operations import Operator
from tests.gateway.transmissions.stage import Stage, staged

HOUR = timedelta(hours=1)
USUAL = replace(
    CONDUCT, deadline=10 * HOUR, verdict_within=2 * HOUR, usual_answer=timedelta(minutes=30)
)


@pytest.fixture
def stage(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Stage]:
    with staged(database, admin_url, tmp_path) as made:
        yield made


class Clock:
    """A time that is moved."""

    def __init__(self) -> None:
        self.now = clock.now()

    def __call__(self) -> datetime:
        return self.now


def watch(stage: Stage, at: Clock, conduct: Conduct = USUAL) -> Watch:
    return Watch(stage.database, {"sandbox-network": conduct}, clock=at)


def kept(stage: Stage, transmission: UUID) -> dict[str, tuple[str, int]]:
    with stage.database.transaction(stage.owner) as tx:
        return {
            row.kind: (row.state, row.alerted) for row in ledger.of_transmission(tx, transmission)
        }


def told(stage: Stage, transmission: UUID) -> list[tuple[str, int]]:
    return [
        (event.type, event.data["share"])
        for event in stage.events(transmission)
        if "share" in event.data
    ]


def test_what_is_not_sent_is_told_of_three_times(stage: Stage) -> None:
    transmission, at = stage.queue(), Clock()
    looking = watch(stage, at)
    assert looking.look() == 0
    assert kept(stage, transmission) == {"send": ("open", 0)}
    began = at.now
    for hours, expected in ((4.9, 0), (5.1, 1), (5.2, 0), (8.1, 1), (10.1, 1), (50, 0)):
        at.now = began + hours * HOUR
        assert looking.look() == expected, hours
    assert told(stage, transmission) == [
        ("deadline.approaching", 50),
        ("deadline.approaching", 80),
        ("deadline.missed", 100),
    ]
    assert kept(stage, transmission) == {"send": ("missed", 100)}
    with stage.working():  # after all
        stage.until_answered(transmission)
    with stage.database.transaction(stage.owner) as tx:
        row = ledger.of_transmission(tx, transmission)[0]
    assert row.state == "missed"
    assert row.ended_at is not None


@pytest.mark.parametrize("state", ["queued", "stuck"])
def test_the_day_of_the_law_is_kept_whatever_a_message_waits_for(stage: Stage, state: str) -> None:
    transmission, at = stage.queue(), Clock()
    with psycopg.connect(stage.admin_url) as admin:
        admin.execute("update outbox set state = %s", [state])
    offline = Offline(after=HOUR, within=4 * HOUR)
    looking = watch(stage, at, replace(USUAL, deadline=timedelta(days=30), offline=offline))
    looking.look()
    assert kept(stage, transmission) == {"offline": ("open", 0)}
    at.now += 4.1 * HOUR
    assert looking.look() == 1
    assert told(stage, transmission) == [("deadline.missed", 100)]


def test_what_is_sent_in_time_is_met_and_silent(stage: Stage) -> None:
    transmission, at = stage.queue(), Clock()
    looking = watch(stage, at)
    looking.look()
    with stage.working():
        stage.until_answered(transmission)
    assert kept(stage, transmission)["send"] == ("met", 0)
    at.now += 100 * HOUR
    assert looking.look() == 0
    assert told(stage, transmission) == []


def test_silence_after_arrival_is_odd_then_late(
    database: Database, admin_url: str, tmp_path: Path
) -> None:
    with staged(database, admin_url, tmp_path, push=False) as stage:
        transmission, at = stage.queue(), Clock()
        with stage.working():
            stage.until(transmission, lambda view: view.transport == "submitted")
        looking = watch(stage, at)
        at.now = clock.now()
        looking.look()
        assert set(kept(stage, transmission)) == {"verdict", "answer"}
        at.now += timedelta(minutes=31)
        assert looking.look() == 1
        assert told(stage, transmission) == [("transmission.quiet", 100)]
        at.now += 2 * HOUR
        looking.look()
        assert told(stage, transmission)[1:] == [("deadline.missed", 100)]


def test_several_watches_tell_once(stage: Stage) -> None:
    transmissions = [stage.queue(number=f"R-{n}") for n in range(8)]
    at = Clock()
    watches = [watch(stage, at) for _ in range(4)]
    for one in watches:
        one.look()
    at.now += 6 * HOUR
    threads = [Thread(target=one.look) for one in watches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for transmission in transmissions:
        assert told(stage, transmission) == [("deadline.approaching", 50)]


def test_deadlines_in_days_of_work(stage: Stage) -> None:
    transmission, at = stage.queue(), Clock()
    span = WorkingDays("SI", "Europe/Ljubljana", 2)
    watch(stage, at, replace(USUAL, deadline=span)).look()
    with stage.database.transaction(stage.owner) as tx:
        row = ledger.of_transmission(tx, transmission)[0]
    zone = row.due_at.astimezone(ZoneInfo("Europe/Ljubljana"))
    assert (zone.hour, zone.minute) == (0, 0)
    assert row.due_at - row.started_at > timedelta(days=1)


def test_what_is_usual_is_learned(database: Database, admin_url: str, tmp_path: Path) -> None:
    with staged(database, admin_url, tmp_path, push=False) as stage:
        transmission, at = stage.queue(), Clock()
        with stage.working():
            stage.until(transmission, lambda view: view.transport == "submitted")
        looking = watch(stage, at)
        at.now = clock.now()
        looking.look()
        judged = AxisState(Transport.DELIVERED, Regulatory.ACCEPTED, Business.NONE)
        with database.worker_transaction(stage.owner) as tx:
            began = ledger.of_transmission(tx, transmission)[0].started_at
            ledger.follow(tx, transmission, judged, began + timedelta(minutes=10))
        assert kept(stage, transmission) == {"verdict": ("met", 0), "answer": ("met", 0)}
        at.now += HOUR
        looking.look()
        with database.worker_transaction() as tx:
            found = tx.execute(sa.select(channel_pace)).one()
        assert (found.channel, found.environment, found.samples) == (
            "sandbox-network",
            "sandbox",
            1,
        )
        assert found.median == found.late == timedelta(minutes=10)


def kinds(stage: Stage, transmission: UUID) -> list[tuple[str, str, bool]]:
    with stage.database.transaction(stage.owner) as tx:
        found = ledger.of_transmission(tx, transmission)
    return [(row.kind, row.state, row.retried) for row in found]


def test_who_sends_again_gives_a_new_deadline_and_ends_the_old(stage: Stage) -> None:
    transmission, at = stage.queue(), Clock()
    looking = watch(stage, at)
    looking.look()
    at.now += 9 * HOUR
    looking.look()
    operator = Operator(
        database=stage.database,
        journal=Journal(stage.archive),
        tenant=stage.owner,
        actor=Actor("user", "usr_1"),
        reason="the buyer asked for it",
        now=at.now,
    )
    operator.retry(transmission)
    looking.look()
    assert kinds(stage, transmission) == [("send", "ended", False), ("send", "open", True)]
    with stage.database.transaction(stage.owner) as tx:
        row = ledger.of_transmission(tx, transmission)[1]
        shown = endpoints.list_deadlines(tx, state="open")["data"]
        step = waiting.next_steps(tx, [service.get(tx, transmission)], USUAL)[transmission]
    assert row.due_at == at.now + 10 * HOUR
    assert [(one["reason"], one["due_at"]) for one in shown] == [("retried", written(row.due_at))]
    assert (step.until, step.reason) == (row.due_at, "retried")
    at.now += 2 * HOUR  # past the first, not half of the second
    looking.look()
    assert told(stage, transmission) == [("deadline.approaching", 80)]


def test_figures_say_how_far_deadlines_are(stage: Stage) -> None:
    first, at = stage.queue(), Clock()
    looking = watch(stage, at)
    looking.look()
    seen = []
    for hours in (0, 5.1, 3, 2):
        at.now += hours * HOUR
        looking.look()
        with stage.database.worker_transaction() as tx:
            seen += [(one.kind, one.stage, one.count) for one in figures.unfinished(tx)]
    assert seen == [("send", stage, 1) for stage in ("open", "half", "late", "missed")]
    with stage.database.worker_transaction(stage.owner) as tx:
        judged = AxisState(Transport.DELIVERED, Regulatory.ACCEPTED, Business.NONE)
        ledger.follow(tx, first, judged, at.now)
    with stage.database.worker_transaction() as tx:
        assert figures.unfinished(tx) == []


def read_rows(plan: Any) -> int:  # noqa: ANN401 - the tree of a plan, as JSON
    """Return how many rows of the outbox a plan read."""
    own = 0
    if plan.get("Relation Name") == "outbox":
        removed = plan.get("Rows Removed by Filter", 0)
        own = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    return int(own) + sum(read_rows(one) for one in plan.get("Plans", ()))


@pytest.mark.parametrize("kind", ["send", "offline", "verdict", "answer"])
def test_only_rows_that_moved_are_read(stage: Stage, kind: Kind) -> None:
    stage.queue(number="R-1")
    with psycopg.connect(stage.admin_url, autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")  # rows without a transmission
        admin.execute(
            """
            insert into outbox (account_id, entity_id, lane, attempts, created_at, claimed_at,
                                due_at, transmission_id, message_id, state, since)
            select account_id, entity_id, lane, attempts, created_at, created_at,
                   created_at + interval '1 day', gen_random_uuid(), gen_random_uuid()::text,
                   'sent', clock_timestamp() - interval '1 day'
              from outbox, generate_series(1, 1000)
            """
        )
        admin.execute("analyze outbox")
        now = admin.execute("select clock_timestamp()").fetchone()
    assert now is not None
    query = opening.lacking("sandbox-network", kind, now[0] - HOUR)
    with stage.database.worker_transaction() as tx:
        written_out = str(
            query.compile(tx.connection.engine, compile_kwargs={"literal_binds": True})
        )
        said = sa.text(f"explain (analyze, format json) {written_out}")
        explained = tx.execute(said).scalar_one()
    assert 1 <= read_rows(explained[0]["Plan"]) <= 2, explained


def test_what_moves_later_is_seen_though_not_everything_is_looked_at(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[datetime | None] = []
    whole = opening.begin

    def begin(*given: Any, since: datetime | None = None) -> bool:  # noqa: ANN401 - passed on
        looked.append(since)
        return whole(*given, since=since)

    monkeypatch.setattr(opening, "begin", begin)
    first, at = stage.queue(number="R-1"), Clock()
    looking = watch(stage, at)
    looking.look()
    second = stage.queue(number="R-2")
    looking.look()
    assert kept(stage, first) == kept(stage, second) == {"send": ("open", 0)}
    assert looked[0] is None
    assert looked[1] is not None
    at.now += HOUR
    looking.look()
    assert looked[2] is None  # and sometimes everything, all the same


def test_of_more_than_one_look_takes_the_rest_comes_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_MOST", 2)
    made = [stage.queue(number=f"R-{number}") for number in range(5)]
    looking = watch(stage, Clock())
    for _ in range(3):
        looking.look()
    assert [kept(stage, one) for one in made] == [{"send": ("open", 0)}] * 5


def test_what_waits_for_a_channel_that_leads_nowhere_is_logged(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.queue()
    lost = ["sandbox-network", "sandbox-authority"]
    with capture_logs() as said:
        monkeypatch.setattr(watching, "_log", structlog.get_logger())
        Watch(stage.database, {}, clock=Clock(), nowhere=lost).look()
    found = [(one["event"], one["channel"]) for one in said]
    assert found == [("channel_leads_nowhere", "sandbox-network")]
