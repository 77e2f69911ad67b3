"""Breaker, buckets, waits and pauses, over several threads as over several processes."""

import datetime
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions.conduct import Limit
from gateway.transmissions.control import breakers, gate, pauses, waits
from gateway.transmissions.control.gate import Passage, Passed, Stop
from gateway.transmissions.policy import Policy

POLICY = Policy()
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
TEN_A_SECOND = Limit(operation="send", scope="authority", tokens=1, seconds=0.1)


def passage(lane: str = "x/1", owner: str = "9930:si1", *limits: Limit) -> Passage:
    return Passage("x", "host:1", owner, "send", lane, limits)


def enter(
    database: Database, wanted: Passage | None = None, now: datetime.datetime = NOW
) -> Passed | Stop:
    with database.worker_transaction() as tx:
        return gate.enter(tx, wanted or passage(), POLICY, now)


def tell(
    database: Database,
    told: breakers.Told,
    *,
    trial: bool = False,
    now: datetime.datetime = NOW,
) -> breakers.Standing:
    with database.worker_transaction() as tx:
        key = passage().breaker
        return breakers.note(tx, key, told, trial=trial, patience=POLICY, now=now)[1]


def test_five_failures_in_a_row_open_it_and_one_answer_between_starts_again(
    database: Database,
) -> None:
    for told in ("failed",) * 4 + ("answered",) + ("failed",) * 4:
        tell(database, told)
        assert isinstance(enter(database), Passed)
    stands = tell(database, "failed")
    stop = enter(database)
    assert isinstance(stop, Stop)
    assert (stop.why, stop.until) == ("breaker", NOW + timedelta(seconds=60))
    assert stands.down_since == NOW


def test_half_open_one_tries_and_his_answer_closes_it(database: Database) -> None:
    for _ in range(5):
        tell(database, "failed")
    later = NOW + timedelta(seconds=60)
    with ThreadPoolExecutor(8) as pool:
        gates = list(pool.map(lambda _: enter(database, now=later), range(16)))
    (trial,) = [one for one in gates if isinstance(one, Passed)]
    assert trial.trial
    assert isinstance(enter(database, now=later), Stop)
    assert tell(database, "answered", trial=True, now=later).clean
    assert isinstance(enter(database, now=later), Passed)


def test_a_failed_trial_opens_it_for_as_long_again_and_it_stays_away_since_the_first(
    database: Database,
) -> None:
    for _ in range(5):
        tell(database, "failed")
    later = NOW + timedelta(seconds=60)
    assert isinstance(enter(database, now=later), Passed)
    stands = tell(database, "failed", trial=True, now=later)
    assert stands.breaker.open_until == later + timedelta(seconds=60)
    assert stands.down_since == NOW


def test_an_old_answer_does_not_close_an_open_breaker(database: Database) -> None:
    for _ in range(5):
        tell(database, "failed")
    tell(database, "answered")
    assert isinstance(enter(database), Stop)


def test_a_trial_whose_process_died_is_free_again_after_its_time(database: Database) -> None:
    for _ in range(5):
        tell(database, "failed")
    later = NOW + timedelta(seconds=60)
    assert isinstance(enter(database, now=later), Passed)
    assert isinstance(enter(database, now=later + POLICY.flight / 2), Stop)
    assert isinstance(enter(database, now=later + POLICY.flight), Passed)


def test_failures_of_many_threads_are_all_counted(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: tell(database, "failed"), range(4)))
    assert isinstance(enter(database), Passed)
    tell(database, "failed")
    assert isinstance(enter(database), Stop)


def test_a_bucket_gives_what_it_holds_and_then_one_by_one(database: Database) -> None:
    limit = Limit(operation="send", scope="authority", tokens=3, seconds=3)
    lanes = [passage(f"x/{number}", "s", limit) for number in range(6)]
    gates = [enter(database, one) for one in lanes]
    assert [isinstance(one, Passed) for one in gates] == [True] * 3 + [False] * 3
    waiting = [one.until - NOW for one in gates if isinstance(one, Stop)]
    assert waiting == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=3)]
    assert all(isinstance(one, Passed) or one.shared for one in gates)


def test_who_holds_a_ticket_is_not_overtaken(database: Database) -> None:
    limit = Limit(operation="send", scope="authority", tokens=1, seconds=1)
    first, second, late = (passage(f"x/{name}", "s", limit) for name in "abc")
    assert isinstance(enter(database, first), Passed)
    assert isinstance(enter(database, second), Stop)
    soon = NOW + timedelta(seconds=0.9)
    assert isinstance(enter(database, first, soon), Stop)  # again, behind the second
    then = NOW + timedelta(seconds=1)
    assert isinstance(enter(database, late, then), Stop)
    assert isinstance(enter(database, second, then), Passed)
    assert isinstance(enter(database, first, NOW + timedelta(seconds=2)), Passed)
    assert isinstance(enter(database, late, NOW + timedelta(seconds=3)), Passed)


def test_tickets_that_came_due_together_are_served_one_by_one(database: Database) -> None:
    """After a pause of all workers nobody may send faster than the limit."""
    limit = Limit(operation="send", scope="authority", tokens=1, seconds=1)
    for number in range(5):
        enter(database, passage(f"x/{number}", "s", limit))
    late = NOW + timedelta(seconds=30)
    gates = [enter(database, passage(f"x/{number}", "s", limit), late) for number in range(1, 5)]
    assert [isinstance(one, Passed) for one in gates] == [True, False, False, False]
    again = [one.until - late for one in gates if isinstance(one, Stop)]
    assert again == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=3)]


def test_buckets_of_credentials_are_apart(database: Database) -> None:
    limit = Limit(operation="send", scope="credential", tokens=1, seconds=60)
    assert isinstance(enter(database, passage("x/1", "one", limit)), Passed)
    assert isinstance(enter(database, passage("x/2", "two", limit)), Passed)
    stop = enter(database, passage("x/1", "one", limit))
    assert isinstance(stop, Stop)
    assert not stop.shared


def test_a_token_of_one_bucket_is_not_lost_when_another_is_empty(database: Database) -> None:
    wide = Limit(operation="send", scope="authority", tokens=2, seconds=60)
    narrow = Limit(operation="send", scope="credential", tokens=1, seconds=60)
    assert isinstance(enter(database, passage("x/1", "one", wide, narrow)), Passed)
    assert isinstance(enter(database, passage("x/1", "one", wide, narrow)), Stop)
    assert isinstance(enter(database, passage("x/2", "two", wide, narrow)), Passed)


def test_threads_together_keep_to_the_limit_and_no_lane_starves(database: Database) -> None:
    """Eight workers, twelve lanes with endless rows, ten tokens a second."""
    begun = clock.now()
    served: Counter[str] = Counter()
    lock, stop = threading.Lock(), threading.Event()
    lanes = [f"x/{number}" for number in range(12)]
    due = dict.fromkeys(lanes, begun)
    longest = 0.0  # that a thread had a lane in its hands

    def work() -> None:
        nonlocal longest
        while not stop.wait(0.005):
            now = clock.now()
            with lock:
                ready = [name for name in lanes if due[name] <= now]
                if not ready:
                    continue
                name = min(ready, key=lambda one: (due[one], one))
                due[name] = now + timedelta(hours=1)  # in our hands
            found = enter(database, passage(name, "s", TEN_A_SECOND), clock.now())
            with lock:
                longest = max(longest, (clock.now() - now).total_seconds())
                served[name] += isinstance(found, Passed)
                due[name] = found.until if isinstance(found, Stop) else clock.now()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while min(served[name] for name in lanes) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join(20)
    elapsed = (clock.now() - begun).total_seconds()
    assert served.total() <= 1 + elapsed / 0.1
    assert min(served[name] for name in lanes) >= 2
    # While a thread stands still, nobody can serve its lane; the others share what comes.
    missed = longest / 0.1 / (len(lanes) - 1)
    assert max(served.values()) - min(served[name] for name in lanes) <= 2 + missed


def test_an_authority_that_asks_for_a_pause_gets_it(database: Database) -> None:
    with database.worker_transaction() as tx:
        waits.ask_for(tx, passage().wait, timedelta(seconds=30), NOW)
        waits.ask_for(tx, passage().wait, timedelta(seconds=5), NOW)
    stop = enter(database)
    assert isinstance(stop, Stop)
    assert (stop.why, stop.until) == ("wait", NOW + timedelta(seconds=30))
    assert isinstance(enter(database, passage(owner="another")), Passed)
    assert isinstance(enter(database, now=NOW + timedelta(seconds=30)), Passed)


def test_no_wait_is_longer_than_a_day(database: Database) -> None:
    with database.worker_transaction() as tx:
        until = waits.ask_for(tx, passage().wait, timedelta(days=4000), NOW)
    assert until == NOW + timedelta(days=1)


def test_a_paused_channel_lets_nobody_through(database: Database) -> None:
    with database.worker_transaction() as tx:
        assert pauses.pause(tx, "x", "maintenance", "operator", NOW)
        assert not pauses.pause(tx, "x", "again", "operator", NOW)
        assert [one.reason for one in pauses.paused(tx)] == ["maintenance"]
    stop = enter(database)
    assert isinstance(stop, Stop)
    assert stop.why == "paused"
    with database.worker_transaction() as tx:
        assert pauses.resume(tx, "x", "operator")
        assert not pauses.resume(tx, "x", "operator")
    assert isinstance(enter(database), Passed)


@pytest.mark.parametrize("operation", ["send", "ask"])
def test_a_limit_counts_for_its_operation_only(database: Database, operation: str) -> None:
    limit = Limit(operation="ask", scope="authority", tokens=1, seconds=60)
    wanted = Passage("x", "host:1", "s", "ask" if operation == "ask" else "send", "x/1", (limit,))
    first, second = enter(database, wanted), enter(database, wanted)
    assert isinstance(first, Passed)
    assert isinstance(second, Stop if operation == "ask" else Passed)


def test_what_a_wrong_clock_wrote_stops_nobody_for_longer_than_the_limit_means(
    database: Database,
) -> None:
    ahead, wanted = NOW + timedelta(hours=3), passage("x/1", "9930:si1", TEN_A_SECOND)
    assert isinstance(enter(database, wanted, now=ahead), Passed)
    stop = enter(database, passage("x/2", "9930:si1", TEN_A_SECOND))
    assert isinstance(stop, Stop)
    assert stop.why == "bucket"
    assert NOW < stop.until <= NOW + timedelta(seconds=0.2)
    with database.worker_transaction() as tx:
        waits.ask_for(tx, wanted.wait, timedelta(hours=20), ahead + timedelta(days=9))
    stop = enter(database, wanted)
    assert isinstance(stop, Stop)
    assert (stop.why, stop.until) == ("wait", NOW + waits.LONGEST)
