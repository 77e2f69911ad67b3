"""Deadlines of real transmissions: begun, told of, met, missed, ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from countries.calendars import WorkingDays
from gateway.channels.sandbox_network import CONDUCT
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions.axes import AxisState, Business, Regulatory, Transport
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.deadlines import ledger
from gateway.transmissions.deadlines.tables import channel_pace
from gateway.transmissions.deadlines.watch import Watch
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
