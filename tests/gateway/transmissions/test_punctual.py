"""A worker whose clock is not the database's takes no lane: limits are everybody's."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.transmissions.lanes import LaneKeeper
from gateway.transmissions.worker import Worker
from tests.gateway.transmissions.desk import QUICK, Desk, desk


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


@pytest.mark.parametrize("hours", [3, -3])
def test_who_is_not_punctual_waits_says_so_and_works_when_he_is(small: Desk, hours: int) -> None:
    wrong = timedelta(hours=hours)
    worker = Worker(
        small.database,
        small.archive,
        [small.authority],
        policy=replace(QUICK, renew_seconds=0),
        chance=lambda: 0.5,
        clock=lambda: clock.now() + wrong,
    )
    keeper = LaneKeeper(small.database, new_id(), 15)
    made = small.queue()
    with capture_logs() as told:
        assert [worker._turn(keeper, threading.Event()) for _ in range(3)] == [False] * 3
    assert [(one["event"], one["log_level"]) for one in told] == [("clock_differs", "error")]
    assert (small.row(made).state, small.authority.tries) == ("queued", [])
    wrong = timedelta(0)
    assert worker._turn(keeper, threading.Event())
    keeper.drop()
    assert small.row(made).state == "closed"
