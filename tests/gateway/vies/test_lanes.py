"""Lanes: limits and circuit breakers, shared by all threads and processes of a database."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.kit import clock
from gateway.kit.breaker import Breaker
from gateway.kit.database import Database
from gateway.vies.answers import Fault, Number, Outcome, Question
from gateway.vies.asking import Asker
from gateway.vies.directory import Directory
from gateway.vies.lanes import Flight, Lane, Lanes, Refusal
from gateway.vies.policy import Policy
from tests.gateway.vies.registry import Register, down, some

NOW = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
DE, FR = (Lane("live", "vies", prefix) for prefix in ("DE", "FR"))
POLICY = Policy(failures=3, state_limit=2, service_limit=3)


@pytest.fixture
def lanes(serving_url: str) -> Iterator[Lanes]:
    database = Database(serving_url, worker_pool_size=16)
    yield Lanes(database, POLICY)
    database.close()


def entered(lanes: Lanes, lane: Lane, now: datetime.datetime = NOW) -> Flight:
    flight = lanes.enter(lane, now)
    assert isinstance(flight, Flight)
    return flight


def words(lanes: Lanes, now: datetime.datetime = NOW) -> dict[str, str]:
    return {
        lane.state.rstrip("/"): breaker.word(now)
        for environment in ("live", "sandbox")
        for lane, breaker in lanes.all(environment)
    }


def fail(lanes: Lanes, lane: Lane, now: datetime.datetime = NOW) -> None:
    lanes.leave(entered(lanes, lane, now), "answered", "failed", now)


def test_a_member_state_and_a_service_have_so_many_places(lanes: Lanes) -> None:
    first, _ = entered(lanes, DE), entered(lanes, DE)
    assert lanes.enter(DE, NOW) == Refusal(DE.state, None)
    entered(lanes, FR)
    assert lanes.enter(FR, NOW) == Refusal(FR.whole, None)
    entered(lanes, Lane("sandbox", "vies", "FR"))  # another service
    lanes.leave(first, "answered", "answered", NOW)
    entered(lanes, DE)


def test_the_place_of_a_dead_process_is_free_after_its_time(lanes: Lanes) -> None:
    entered(lanes, DE)
    entered(lanes, DE)
    assert isinstance(lanes.enter(DE, NOW + POLICY.flight - timedelta(seconds=1)), Refusal)
    entered(lanes, DE, NOW + POLICY.flight)


def test_after_failures_in_a_row_a_member_state_is_left_alone_and_no_other(lanes: Lanes) -> None:
    for _ in range(2):
        fail(lanes, DE)
    lanes.leave(entered(lanes, DE), "answered", "answered", NOW)
    for _ in range(3):
        fail(lanes, DE)
    assert lanes.enter(DE, NOW) == Refusal(DE.state, NOW + POLICY.pause)
    entered(lanes, FR)
    assert words(lanes, NOW) == {
        "live/vies": "closed",
        "live/vies/DE": "open",
        "live/vies/FR": "closed",
    }


def test_one_question_tries_and_a_failure_leaves_it_alone_for_twice_as_long(lanes: Lanes) -> None:
    for _ in range(3):
        fail(lanes, DE)
    later = NOW + POLICY.pause
    trial = entered(lanes, DE, later)
    assert words(lanes, later)[DE.state] == "half_open"
    assert lanes.enter(DE, later) == Refusal(DE.state, None)
    lanes.leave(trial, "answered", "failed", later)
    again = later + 2 * POLICY.pause
    assert lanes.enter(DE, later) == Refusal(DE.state, again)
    lanes.leave(entered(lanes, DE, again), "answered", "answered", again)
    assert words(lanes, again)[DE.state] == "closed"
    entered(lanes, DE, again)
    entered(lanes, DE, again)


def test_a_trial_that_says_nothing_about_the_member_state_makes_room_for_another(
    lanes: Lanes,
) -> None:
    for _ in range(3):
        fail(lanes, DE)
    later = NOW + POLICY.pause
    lanes.leave(entered(lanes, DE, later), "failed", "nothing", later)
    assert entered(lanes, DE, later).trials == {DE.state}


def test_an_old_failure_does_not_prolong_a_pause_nor_an_old_answer_end_it() -> None:
    still = Breaker(3, 1, NOW + POLICY.pause)
    assert still.failed(NOW, POLICY, trial=False) == still
    assert still.answered(trial=False) == still
    assert still.answered(trial=True) == Breaker()


def test_a_pause_grows_to_its_longest_and_no_further() -> None:
    pauses = [POLICY.pause_of(number) for number in (1, 2, 3, 6, 7, 40)]
    assert pauses[:3] == [POLICY.pause, 2 * POLICY.pause, 4 * POLICY.pause]
    assert pauses[4:] == [POLICY.longest_pause] * 2


def test_many_threads_never_ask_more_at_once_than_they_may(lanes: Lanes) -> None:
    register = Register(seconds=0.01, holders=dict.fromkeys(some(40), ("A", "B")))
    patient = replace(lanes, policy=replace(POLICY, patience=timedelta(minutes=1)))
    asker = Asker(patient, lambda _: Directory([register]))
    outcomes = list[Outcome]()
    numbers = [Question(Number(one[:2], one[2:])) for one in some(40)]
    numbers += [Question(Number("FR", str(one))) for one in (40303265045, 23334175221) * 5]

    def work(mine: list[Question]) -> None:
        outcomes.extend(asker.ask("live", one).outcome for one in mine)

    threads = [threading.Thread(target=work, args=(numbers[i::12],)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 50
    assert Outcome.UNKNOWN not in outcomes
    assert register.most_at_once["SI"] <= POLICY.state_limit
    assert register.most_at_once[""] <= POLICY.service_limit


def test_while_open_many_threads_put_one_trial_on_the_wire(lanes: Lanes) -> None:
    for _ in range(3):
        fail(lanes, DE, NOW)
    later, flights = NOW + POLICY.pause, list[Flight]()

    def work() -> None:
        found = lanes.enter(DE, later)
        if isinstance(found, Flight):
            flights.append(found)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(flights) == 1


def test_what_a_fault_concerns_is_left_alone_and_nothing_else(lanes: Lanes) -> None:
    register = Register()
    asker = Asker(lanes, lambda _: Directory([register]))
    question = Question(Number(some(1)[0][:2], some(1)[0][2:]))
    for fault in (Fault.INVALID_INPUT, Fault.INVALID_REQUESTER_INFO, Fault.VAT_BLOCKED):
        register.weather = down("SI", fault=fault)
        for _ in range(4):
            asker.ask("live", question)
    assert set(words(lanes, clock.now()).values()) == {"closed"}
    register.weather = down("SI", fault=Fault.MS_UNAVAILABLE)
    for _ in range(3):
        assert asker.ask("live", question).fault is Fault.MS_UNAVAILABLE
    asked = len(register.asked)
    paused = asker.ask("live", question)
    assert (paused.outcome, paused.fault) == (Outcome.UNKNOWN, Fault.PAUSED)
    assert paused.retry_after is not None
    assert len(register.asked) == asked
    assert words(lanes, clock.now()) == {"live/vies": "closed", "live/vies/SI": "open"}
    register.weather = down("FR", fault=Fault.SERVICE_UNAVAILABLE)
    for _ in range(3):
        asker.ask("live", Question(Number("FR", "40303265045")))
    assert words(lanes, clock.now())["live/vies"] == "open"
