"""Which lane gets its turn: none that is blocked, none twice before the others, none forgotten."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.transmissions import service, worker
from gateway.transmissions.lanes import LaneKeeper
from gateway.transmissions.routes import ROUTES, Route
from gateway.transmissions.tables import lane, outbox
from tests.gateway.killing import Worker
from tests.gateway.transmissions.desk import CHANNEL, QUICK, Desk, desk

INSTANT = Path(__file__).with_name("instant_worker.py")
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
    turning = worker.Worker(
        in_order.database, in_order.archive, [in_order.authority], policy=QUICK, chance=lambda: 0
    )
    assert turning._turn(keeper, threading.Event())
    assert in_order.row(sent).state == "closed"
    assert not turning._turn(keeper, threading.Event())


def test_a_lane_that_was_named_is_taken_at_once_unless_it_is_in_line(
    in_order: Desk, keeper: LaneKeeper
) -> None:
    turning = worker.Worker(
        in_order.database,
        in_order.archive,
        [in_order.authority],
        policy=replace(QUICK, poll_seconds=60),
        chance=lambda: 0,
    )
    key, stop = f"{CHANNEL}/{IDLE}", threading.Event()

    def turned() -> bool:
        with in_order.database.worker_transaction() as tx:
            return tx.execute(sa.select(lane.c.turned_at)).scalar_one() is not None

    late = in_order.queue(sender=IDLE)
    put(in_order, late, due_at=clock.now() - timedelta(minutes=2))
    assert turning._turn(keeper, stop, key)
    assert (in_order.row(late).state, turned()) == ("queued", False)
    put(in_order, late, due_at=clock.now() - timedelta(seconds=30))
    assert turning._turn(keeper, stop, key)
    assert (in_order.row(late).state, turned()) == ("closed", True)


_COLUMNS = """
select string_agg(attname, ', '), string_agg('r.' || attname, ', ') from pg_attribute
 where attrelid = %s::regclass and attnum > 0 and not attisdropped
   and attgenerated = '' and attidentity = ''
"""
_COPY = """
insert into {table} ({columns}) select {values} from {table} o, made m,
  jsonb_populate_record(o, jsonb_build_object({other})) r where o.{key} = %(original)s
"""
_OTHER = {
    "transmission": "'id', m.id, 'message_id', m.message_id, 'lane', %(lane)s::text,"
    " 'sender', %(sender)s::text",
    "correlation": "'id', gen_random_uuid(), 'transmission_id', m.id, 'value', m.message_id",
    "event": "'id', gen_random_uuid(), 'transmission_id', m.id",
    "outbox": "'transmission_id', m.id, 'message_id', m.message_id, 'lane', %(lane)s::text",
}


def copy(small: Desk, original: UUID, sender: str, rows: int) -> None:
    """Queue so many more messages like one, on the lane of a sender."""
    named = {"lane": f"{CHANNEL}/{sender}", "sender": sender, "original": original}
    with psycopg.connect(small.admin_url) as connection:
        connection.execute(
            "create temp table made on commit drop as select gen_random_uuid() as id,"
            " gen_random_uuid()::text as message_id from generate_series(1, %s)",
            [rows],
        )
        for table, other in _OTHER.items():
            columns, values = connection.execute(_COLUMNS, [table]).fetchone() or ("", "")
            key = "id" if table == "transmission" else "transmission_id"
            query = _COPY.format(table=table, columns=columns, values=values, other=other, key=key)
            connection.execute(query.encode(), named)


_TURNS = """
select t.sender from event e join transmission t on t.id = e.transmission_id
 where e.type = 'transmission.submitting' order by e.position
"""
HOG = "9930:hog"
ROWS = 3  # of every other lane


@pytest.fixture
def workers(in_order: Desk, serving_url: str, tmp_path: Path) -> Iterator[list[Worker]]:
    """Two processes that begin when they are told to."""
    del in_order  # its archive is theirs
    made = [Worker(INSTANT, [serving_url, str(tmp_path / "data")]) for _ in range(2)]
    for one in made:
        one.ready()
    yield made
    assert [one.end(signal.SIGTERM) for one in made] == [0, 0]


@pytest.mark.parametrize(
    ("lanes", "endless"), [(15, 150), pytest.param(1000, 10_000, marks=pytest.mark.full)]
)
def test_two_workers_give_every_lane_its_turn_before_any_has_many(
    in_order: Desk,
    workers: list[Worker],
    figures: Callable[..., None],
    lanes: int,
    endless: int,
) -> None:
    """One lane came first, with more rows than there are turns; nobody waits because of it."""
    for one in workers:
        one.send(signal.SIGSTOP)
    others = [f"9930:other{number}" for number in range(lanes)]
    original = in_order.queue(sender=HOG)
    for sender, rows in ((HOG, endless), *((one, ROWS) for one in others)):
        copy(in_order, original, sender, rows)
    started = time.monotonic()
    for one in workers:
        one.send(signal.SIGCONT)
    in_order.until(lambda: _waiting(in_order) == 0, 1800)
    with psycopg.connect(in_order.admin_url) as connection:
        turns = [row[0] for row in connection.execute(_TURNS)]
    last = max(place for place, sender in enumerate(turns) if sender != HOG)
    had: Counter[str] = Counter()
    ahead = 0
    for sender in turns[: last + 1]:
        had[sender] += 1
        ahead = max(ahead, had[sender] - min(had[one] for one in others))
    seconds = f"{time.monotonic() - started:.0f}"
    figures(lanes=lanes, of_the_endless=had[HOG], most_turns_ahead=ahead, seconds=seconds)
    assert {had[one] for one in others} == {ROWS}
    assert ahead <= 2


def _waiting(small: Desk) -> int:
    """Return how many rows of all lanes but the endless one are not sent yet."""
    with psycopg.connect(small.admin_url) as connection:
        row = connection.execute(
            "select count(*) from outbox where state <> 'closed' and lane <> %s",
            [f"{CHANNEL}/{HOG}"],
        ).fetchone()
    return int(row[0]) if row else 0
