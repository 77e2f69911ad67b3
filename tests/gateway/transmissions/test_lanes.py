"""Lanes: one owner, takeover at once from the dead, fencing of the frozen."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.transmissions.lanes import Lane, LaneKeeper, LaneLostError, fence

KEY = "sandbox-network/3"


class Keepers:
    """Makes lane keepers and closes them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.made: list[LaneKeeper] = []

    def __call__(self, lease_seconds: float = 30) -> LaneKeeper:
        self.made.append(LaneKeeper(self.database, new_id(), lease_seconds))
        return self.made[-1]


@pytest.fixture
def keepers(database: Database) -> Iterator[Keepers]:
    made = Keepers(database)
    yield made
    for keeper in made.made:
        keeper.drop()


def claimed(keeper: LaneKeeper, key: str = KEY, seconds: float = 5) -> Lane:
    """Claim a lane whose owner's session is just ending."""
    deadline = time.monotonic() + seconds
    while (lane := keeper.claim(key)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return lane


def locks(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and granted"
            " and database = (select oid from pg_database where datname = current_database())"
        ).fetchone()
    assert row is not None
    return int(row[0])


def row(admin_url: str) -> tuple[UUID | None, int]:
    with psycopg.connect(admin_url) as connection:
        found = connection.execute(
            "select owner, epoch from lane where key = %s", [KEY]
        ).fetchone()
    assert found is not None
    return found[0], found[1]


def end_session(keeper: LaneKeeper) -> None:
    """End a keeper's connection as the death of its process would."""
    assert keeper._session is not None
    keeper._session.close()


def test_a_lane_has_one_owner(keepers: Keepers, admin_url: str) -> None:
    first, second = keepers(), keepers()
    lane = first.claim(KEY)
    assert lane is not None
    assert second.claim(KEY) is None
    assert locks(admin_url) == 1
    first.release(lane)
    assert locks(admin_url) == 0
    taken = second.claim(KEY)
    assert taken is not None
    assert taken.epoch == lane.epoch + 1


def test_different_lanes_have_different_owners(keepers: Keepers) -> None:
    first, second = keepers(), keepers()
    assert first.claim(KEY) is not None
    assert second.claim("sandbox-network/4") is not None


def test_a_dead_owner_is_replaced_long_before_its_lease_ends(keepers: Keepers) -> None:
    first, second = keepers(lease_seconds=3600), keepers()
    lane = first.claim(KEY)
    assert lane is not None
    end_session(first)
    started = time.monotonic()
    assert claimed(second).epoch == lane.epoch + 1
    assert time.monotonic() - started < 60, "its lease has an hour left"


def test_a_frozen_owner_is_fenced_and_its_session_ended(
    keepers: Keepers, database: Database, admin_url: str
) -> None:
    frozen, second = keepers(lease_seconds=0.2), keepers()
    lane = frozen.claim(KEY)
    assert lane is not None
    time.sleep(0.3)
    taken = second.claim(KEY)
    assert taken is not None
    assert taken.epoch == lane.epoch + 1
    assert locks(admin_url) == 1  # the frozen session's lock went with it
    with pytest.raises(LaneLostError):
        frozen.check(lane)
    with database.worker_transaction() as tx, pytest.raises(LaneLostError):
        fence(tx, lane)
    with database.worker_transaction() as tx:
        fence(tx, taken)
    second.check(taken)


def test_a_renewed_lane_stays_with_its_owner(keepers: Keepers) -> None:
    first, second = keepers(lease_seconds=0.4), keepers()
    lane = first.claim(KEY)
    assert lane is not None
    for _ in range(4):
        time.sleep(0.2)
        first.renew()
    assert second.claim(KEY) is None
    first.check(lane)


def test_without_renewal_even_an_undisturbed_owner_may_not_send(keepers: Keepers) -> None:
    keeper = keepers(lease_seconds=0.1)
    lane = keeper.claim(KEY)
    assert lane is not None
    time.sleep(0.2)
    with pytest.raises(LaneLostError):
        keeper.check(lane)


def test_an_owner_whose_predecessor_could_not_be_ended_is_left_alone(
    keepers: Keepers, admin_url: str
) -> None:
    """The old lock is still held, the new owner has none; a third must not take the free lock."""
    frozen, owner, third = keepers(lease_seconds=0.2), keepers(), keepers()
    assert frozen.claim(KEY) is not None
    time.sleep(0.3)
    owner._end_holder = lambda *_: None  # type: ignore[method-assign] # not permitted to end it
    lane = owner.claim(KEY)
    assert lane is not None
    assert third.claim(KEY) is None
    end_session(frozen)
    time.sleep(0.2)
    assert third.claim(KEY) is None
    owner.check(lane)
    assert row(admin_url)[1] == lane.epoch


def test_a_takeover_waits_for_a_write_that_is_under_way(
    keepers: Keepers, database: Database, admin_url: str
) -> None:
    first = keepers(lease_seconds=0.2)
    lane = first.claim(KEY)
    assert lane is not None
    time.sleep(0.3)
    with database.worker_transaction() as tx:
        fence(tx, lane)
        with psycopg.connect(admin_url) as other:
            other.execute("set lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute("update lane set epoch = epoch + 1 where key = %s", [KEY])


def test_a_locked_row_is_not_waited_for_when_leases_are_renewed(
    keepers: Keepers, admin_url: str
) -> None:
    busy, other = keepers(), keepers()
    assert busy.renew()  # nothing in hand is nothing to wait for
    claimed(busy)
    claimed(other, "sandbox-network/4")
    lease = "update lane set lease_until = '2026-01-01'"
    renewed = "select count(*) from lane where lease_until > now()"
    with psycopg.connect(admin_url, autocommit=True) as connection, ThreadPoolExecutor(1) as pool:
        connection.execute(lease.encode())
        with psycopg.connect(admin_url) as holder:
            holder.execute("select from lane where key = %s for share", [KEY])
            assert pool.submit(busy.renew).result(timeout=5) is False
            assert other.renew() is True
            assert connection.execute(renewed).fetchone() == (1,)
        assert busy.renew() is True
        assert connection.execute(renewed).fetchone() == (2,)
