"""Questions that nobody answered: asked again by lane, answered or given up, and said so."""

import datetime
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.vies.answers import Fault, Number, Question
from gateway.vies.checks import Check
from gateway.vies.policy import Policy, Use
from gateway.vies.questions import Reason
from tests.gateway.houses import House
from tests.gateway.vies.conftest import Office, hurried, office
from tests.gateway.vies.registry import clear, down, some, storm

GOOD, OTHER, *MORE = some(30)
MORNING = "2026-11-20T08:00:00Z"


@pytest.fixture
def waiting(desk: Office) -> Office:
    desk.register.holders |= {GOOD: ("A", "B"), OTHER: ("C", "D")}
    return desk


def test_what_is_unknown_waits_and_is_answered_when_somebody_answers(waiting: Office) -> None:
    told = list[Check]()
    waiting.checks.answered.append(lambda _tx, check, _now: told.append(check))
    waiting.register.weather = down("SI")
    with freeze_time(MORNING, tick=False) as time:
        asked = waiting.checked(GOOD, retry=True)
        assert asked["retry"] == {
            "state": "waiting",
            "attempts": 1,
            "next_try_at": "2026-11-20T08:00:30Z",  # half of MS_UNAVAILABLE's minute
            "deadline": "2026-11-23T08:00:00Z",
        }
        assert not waiting.clerk().work_once()
        time.tick(timedelta(seconds=30))
        assert waiting.clerk().work_once()
        retry = waiting.shop.get(f"/v1/vat-checks/{asked['id']}")["retry"]
        assert (retry["attempts"], retry["next_try_at"]) == (2, "2026-11-20T08:01:30Z")
        waiting.register.weather = clear
        time.tick(timedelta(seconds=60))
        assert waiting.clerk().work_once()
        assert not waiting.clerk().work_once()
        seen = waiting.shop.get(f"/v1/vat-checks/{asked['id']}")
    assert seen["outcome"] == "unknown"  # what was said does not change
    assert (seen["known"]["outcome"], seen["retry"]["state"]) == ("valid", "answered")
    assert [check.number for check in told] == [GOOD]
    events = waiting.events("vat_number.answered")
    assert [(one["data"]["vat_id"], one["data"]["outcome"]) for one in events] == [(GOOD, "valid")]


def test_who_asks_us_to_wait_is_waited_for(waiting: Office) -> None:
    waiting.register.weather = down("SI")
    waiting.register.retry_after = 7200
    with freeze_time(MORNING, tick=False):
        retry = waiting.checked(GOOD, retry=True)["retry"]
    assert retry["next_try_at"] == "2026-11-20T10:00:00Z"


def test_waits_double_with_full_jitter_up_to_the_longest() -> None:
    now, policy = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC), Policy()

    def waits(failures: int, chance: float) -> float:
        at = policy.retry_at(now, Fault.MS_UNAVAILABLE, failures, lambda: chance)
        assert at is not None
        return (at - now).total_seconds()

    assert [waits(one, 1) for one in range(4)] == [60, 120, 240, 480]
    assert waits(99, 1) == 3600
    assert waits(3, 0) == 0
    assert waits(3, 0.25) == 120
    assert policy.retry_at(now, Fault.INVALID_INPUT, 0, lambda: 1) is None


def test_what_asking_again_cannot_help_does_not_wait(waiting: Office) -> None:
    waiting.register.weather = down("SI", fault=Fault.INVALID_REQUESTER_INFO)
    assert waiting.checked(GOOD, retry=True)["retry"] is None
    assert waiting.checked("NO974760673MVA", retry=True)["retry"] is None


def test_a_question_is_given_up_at_its_end_and_that_is_said(waiting: Office) -> None:
    gone = list[Check]()
    waiting.checks.gave_up.append(lambda _tx, check, _now: gone.append(check))
    waiting.register.weather = down("SI")
    with freeze_time(MORNING, tick=False) as time:
        asked = waiting.checked(GOOD, retry=True)
        clerk, attempts = waiting.clerk(), 0
        for _ in range(3 * 24 + 1):
            attempts += clerk.work_once()
            time.tick(timedelta(hours=1))
        seen = waiting.shop.get(f"/v1/vat-checks/{asked['id']}")
    assert attempts > 60
    assert seen["retry"]["state"] == "given_up"
    assert seen["retry"]["next_try_at"] is None
    assert seen["known"] is None
    assert [check.fault for check in gone] == [Fault.MS_UNAVAILABLE]
    assert [one["data"]["fault"] for one in waiting.events("vat_number.unanswered")] == [
        "MS_UNAVAILABLE"
    ]
    assert {one.outcome for one in gone} == {"unknown"}


def test_a_lane_that_is_left_alone_puts_off_all_that_waits_and_counts_no_attempt(
    waiting: Office,
) -> None:
    waiting.register.weather = down("SI")
    with freeze_time(MORNING, tick=False) as time:
        for one in MORE[:8]:
            waiting.checked(one, retry=True)  # five of them fail, then the lane is left alone
        assert len(waiting.register.asked) == 5
        time.tick(timedelta(hours=2))
        clerk = waiting.clerk()
        while clerk.work_once():
            pass
        assert len(waiting.register.asked) == 6  # one trial
        shown = waiting.shop.get("/v1/vat-services")["data"]
        assert [(one["member_state"], one["state"]) for one in shown] == [
            (None, "closed"),
            ("SI", "open"),
        ]
        assert shown[1]["open_until"] == "2026-11-20T10:01:00Z"
        page = waiting.shop.get("/v1/vat-checks?limit=50")["data"]
        assert sorted({one["retry"]["attempts"] for one in page}) == [1, 2]
        waiting.register.weather = clear
        time.tick(timedelta(hours=2))
        while clerk.work_once():
            pass
        listed = waiting.shop.get("/v1/vat-checks?outcome=invalid&limit=50")["data"]
    assert {one["vat_id"] for one in listed} == set(MORE[:8])


def test_the_tax_side_gets_what_is_known_and_asks_when_it_is_too_old(waiting: Office) -> None:
    number, checks = Number(GOOD[:2], GOOD[2:]), waiting.checks
    database = checks.database
    start = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
    with freeze_time(start, tick=False) as time:
        first = checks.checked(waiting.tenant, number, number, Use.ISSUE, start)
        assert (first.outcome, first.consultation_number) == ("valid", "WAPI000001")
        later = start + timedelta(hours=24)
        time.move_to(later)
        with database.transaction(waiting.tenant) as tx:
            day = timedelta(hours=24)
            assert checks.latest(tx, number, max_age=day, now=later) == first
            moment = later + timedelta(seconds=1)
            assert checks.latest(tx, number, max_age=day, now=moment) is None
            assert checks.latest(tx, number, max_age=None, now=moment) == first
        assert checks.checked(waiting.tenant, number, number, Use.ISSUE, later) == first
        time.tick(timedelta(seconds=1))
        waiting.register.weather = down("SI")
        again = checks.checked(
            waiting.tenant, number, number, Use.ISSUE, later + timedelta(seconds=1)
        )
        assert (again.outcome, again.fault) == ("unknown", "MS_UNAVAILABLE")
        shown = checks.checked(
            waiting.tenant, number, number, Use.DISPLAY, later + timedelta(seconds=1)
        )
        assert shown == first


def test_who_waits_for_a_number_hears_with_its_last_question_that_it_is_given_up(
    waiting: Office,
) -> None:
    gone = list[tuple[str, str | None]]()
    waiting.checks.gave_up.append(lambda _, one, __: gone.append((one.number, one.requester)))
    waiting.register.weather = down("SI")
    number, own = Number(GOOD[:2], GOOD[2:]), Number(OTHER[:2], OTHER[2:])
    other = Number(MORE[0][:2], MORE[0][2:])

    def wait(question: Question, reason: Reason) -> None:
        with waiting.checks.database.transaction(waiting.tenant) as tx:
            waiting.checks.wait_for(tx, question, reason, clock.now())

    clerk = waiting.clerk()
    with freeze_time(MORNING, tick=False) as time:
        wait(Question(number), "batch")
        time.tick(timedelta(hours=2))
        wait(Question(number, own), "document")
        wait(Question(other), "watch")  # another number: it holds nothing up
        for _ in range(7):
            time.tick(timedelta(hours=10))
            while clerk.work_once():
                pass
        assert len(waiting.events("vat_number.unanswered")) == 1
        assert {GOOD, MORE[0]}.isdisjoint(one for one, _ in gone)
        for _ in range(2):  # one fails; the lane is left alone a while, then the other
            time.tick(timedelta(hours=2))
            while clerk.work_once():
                pass
    assert {(GOOD, own.written), (MORE[0], None)} <= set(gone)
    assert (GOOD, None) not in gone
    told = [one["data"]["vat_id"] for one in waiting.events("vat_number.unanswered")]
    assert sorted(told) == sorted([GOOD, GOOD, MORE[0]])


def test_what_was_known_last_has_any_age(waiting: Office) -> None:
    number, checks, gone = Number(GOOD[:2], GOOD[2:]), waiting.checks, Number("SI", MORE[0][2:])
    start = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
    with freeze_time(start, tick=False) as time:
        valid = checks.checked(waiting.tenant, number, None, Use.ISSUE, start)
        invalid = checks.checked(waiting.tenant, gone, None, Use.ISSUE, start)
        assert (valid.outcome, invalid.outcome) == ("valid", "invalid")
        time.tick(timedelta(days=400))
        waiting.register.weather = down("SI")
        later = clock.now()
        assert not checks.checked(waiting.tenant, number, None, Use.ISSUE, later).known
        assert not checks.checked(waiting.tenant, gone, None, Use.ISSUE, later).known
        with checks.database.transaction(waiting.tenant) as tx:
            assert checks.last_known(tx, number) == valid
            assert checks.last_known(tx, gone) == invalid
            assert checks.last_known(tx, Number("SI", MORE[1][2:])) is None
            soon = start + timedelta(hours=1, seconds=1)
            assert checks.latest(tx, gone, max_age=timedelta(days=1), now=soon) is None


def test_in_a_storm_all_is_answered_and_nothing_invalid_that_is_not(
    house: House, figures: Callable[..., None], request: pytest.FixtureRequest
) -> None:
    count = 1_000 if request.config.getoption("--full") else 200
    numbers = some(count, seed=3)
    policy = replace(hurried(), state_limit=4, service_limit=8)
    storms = office(house, policy)
    storms.register.holders |= {
        one: (f"Holder {one}", "Street 1") for one in numbers[: count // 2]
    }
    storms.register.weather = storm(0.6)
    with storms.checks.database.transaction(storms.tenant) as tx:
        for one in numbers:
            question = Question(Number(one[:2], one[2:]))
            storms.checks.wait_for(tx, question, "check", clock.now())
    stop = threading.Event()

    def left() -> int:
        query = "select count(*) from vat_question where state = 'waiting' and entity_id = %s"
        found: int = house.sql(query, parse_id(storms.shop.entity, "ent"))[0][0]
        return found

    clerks = [threading.Thread(target=storms.clerk().run, args=(stop,)) for _ in range(4)]
    for thread in clerks:
        thread.start()
    try:
        for _ in range(1200):
            if not left():
                break
            stop.wait(0.1)
    finally:
        stop.set()
        for thread in clerks:
            thread.join()
    assert left() == 0
    outcomes = dict(
        house.sql(
            "select outcome || coalesce(case when number = any(%s) then ' in force' end, ''),"
            " count(distinct number) from vat_check where outcome <> 'unknown' and entity_id = %s"
            " group by 1",
            numbers[: count // 2],
            parse_id(storms.shop.entity, "ent"),
        )
    )
    assert outcomes == {"valid in force": count // 2, "invalid": count // 2}
    assert len(storms.register.asked) > 2 * count
    figures(questions=len(storms.register.asked), numbers=count)
