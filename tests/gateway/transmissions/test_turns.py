"""Which lane gets its turn: none that is blocked, none twice before the others, none forgotten."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.transmissions import service, worker
from gateway.transmissions.lanes import LaneKeeper
from gateway.transmissions.routes import ROUTES, Route
from gateway.transmissions.tables import lane, outbox
from gateway.transmissions.worker import Worker
from tests.gateway.transmissions.desk import CHANNEL, QUICK, Desk, desk

IDLE = "9930:idle"
SOON = timedelta(hours=1)


@pytest.fixture
def in_order(
    database: Database, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The engine over lanes whose order matters."""
    routes = {**ROUTES, CHANNEL: Route(CHANNEL, "sandbox", lanes=None)}
    monkeypatch.setattr(service, "ROUTES", routes)
    monkeypatch.setattr(worker, "ROUTES", routes)
    monkeypatch.setattr(worker, "route_of", lambda key: routes[key.partition("/")[0]])
    with desk(database, admin_url, tmp_path) as made:
        yield made


@pytest.fixture
def keeper(database: Database) -> Iterator[LaneKeeper]:
    made = LaneKeeper(database, new_id(), 30)
    yield made
    made.drop()


def put(small: Desk, transmission_id: UUID, **values: object) -> None:
    with small.database.worker_transaction() as tx:
        query = sa.update(outbox).where(outbox.c.transmission_id == transmission_id)
        tx.execute(query.values(**values))


def block(small: Desk, senders: int) -> None:
    """Let the first row of so many lanes be stuck, with another behind it."""
    for number in range(senders):
        first = small.queue(sender=f"9930:blocked{number}")
        small.queue(sender=f"9930:blocked{number}")
        put(small, first, state="stuck", due_at=None)


def test_the_first_row_of_an_ordered_lane_says_whether_it_is_due(
    in_order: Desk, keeper: LaneKeeper
) -> None:
    first, second = in_order.queue(sender=IDLE), in_order.queue(sender=IDLE)
    key, now = f"{CHANNEL}/{IDLE}", clock.now()
    assert keeper.due([CHANNEL]) == [key]
    put(in_order, first, state="stuck", due_at=None)
    assert keeper.due([CHANNEL]) == []
    assert keeper.due([]) == [key]  # where the order does not matter, the second may be sent
    put(in_order, first, state="queued", due_at=now + SOON)
    assert keeper.due([CHANNEL]) == []
    put(in_order, first, state="unknown", due_at=now)
    assert keeper.due([CHANNEL]) == [key]
    put(in_order, first, state="sent", due_at=now + SOON)
    put(in_order, second, due_at=now + SOON)
    assert keeper.due([CHANNEL]) == []
    put(in_order, first, due_at=now)
    put(in_order, second, state="stuck", due_at=None)
    assert keeper.due([CHANNEL]) == [key]  # a verdict is asked for, whatever is stuck behind it


def test_a_lane_that_is_held_back_is_not_due(in_order: Desk, keeper: LaneKeeper) -> None:
    first, now = in_order.queue(sender=IDLE), clock.now()
    key = f"{CHANNEL}/{IDLE}"
    held = keeper.claim(key)
    assert held is not None
    with in_order.database.worker_transaction() as tx:
        tx.execute(sa.update(lane).values(send_after=now + SOON))
    assert keeper.due([CHANNEL]) == keeper.due([]) == []
    put(in_order, first, state="sent", due_at=now)
    assert keeper.due([CHANNEL]) == keeper.due([]) == [key]
    with in_order.database.worker_transaction() as tx:
        tx.execute(sa.update(lane).values(send_after=None, ask_after=now + SOON))
    assert keeper.due([CHANNEL]) == keeper.due([]) == []


def test_blocked_lanes_are_left_alone_and_slow_nobody_down(
    in_order: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(in_order, 30)
    claimed: list[str] = []
    claim = LaneKeeper.claim

    def noted(keeper: LaneKeeper, key: str) -> object:
        claimed.append(key)
        return claim(keeper, key)

    monkeypatch.setattr(LaneKeeper, "claim", noted)
    with in_order.working(replace(QUICK, poll_seconds=1)):
        for _ in range(3):
            in_order.until_state(in_order.queue(sender=IDLE), "closed")
    assert set(claimed) == {f"{CHANNEL}/{IDLE}"}


def test_a_worker_that_finds_nothing_to_do_on_a_lane_goes_on_to_the_next(
    in_order: Desk, keeper: LaneKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(in_order, 3)
    sent = in_order.queue(sender=IDLE)
    with in_order.database.worker_transaction() as tx:
        keys = [str(key) for key in tx.execute(sa.select(outbox.c.lane).distinct()).scalars()]
    keys.sort(key=lambda key: key.endswith(IDLE))  # the one with work comes last
    monkeypatch.setattr(LaneKeeper, "due", lambda *_: keys)
    turning = Worker(
        in_order.database, in_order.archive, [in_order.authority], policy=QUICK, chance=lambda: 0
    )
    assert turning._turn(keeper, threading.Event())
    assert in_order.row(sent).state == "closed"
    assert not turning._turn(keeper, threading.Event())


@pytest.mark.parametrize("lanes", [40, pytest.param(1000, marks=pytest.mark.full)])
def test_a_lane_with_endless_rows_makes_nobody_wait_long(in_order: Desk, lanes: int) -> None:
    """By the order of sends: one lane has more rows than all others together, and came first."""
    burst = 5
    hog = [in_order.queue(sender="9930:hog") for _ in range(max(150, lanes))]
    others = [in_order.queue(sender=f"9930:other{number}") for number in range(lanes)]
    ids = {in_order.view(one).message_id for one in others}
    with in_order.working(replace(QUICK, burst=burst)):
        in_order.until(lambda: len(in_order.authority.ledger) == lanes + len(hog), 600)
    last = max(place for place, one in enumerate(in_order.authority.ledger) if one in ids)
    assert last < lanes + 20 * burst
