"""Answers that cannot be kept: unknown for the one who asks, one attempt for the clerk."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
import structlog
from freezegun import freeze_time

from gateway.kit import clock
from gateway.vies.answers import Fault, Number, Question
from gateway.vies.checks import Check
from gateway.vies.directory import Directory
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.hmrc_token import Tokens
from gateway.vies.soap import ViesSoap
from gateway.vies.wire import http_client
from tests.gateway.houses import House
from tests.gateway.vies.canned import Canned, response, serving
from tests.gateway.vies.conftest import Json, Office
from tests.gateway.vies.registry import some

GOOD, OTHER = some(2, seed=41)
BRITISH = "GB553557881"
MORNING = "2026-11-20T08:00:00Z"
_HTTP = http_client()


@contextmanager
def _asking(house: House, desk: Office, canned: Canned) -> Iterator[None]:
    """Let a desk ask both services at an address that answers everything alike."""
    with serving(canned) as url:
        both = Directory(
            [ViesSoap(url + "/vies", http=_HTTP), HmrcCheck("id", "secret", url, http=_HTTP)]
        )
        asker = replace(desk.checks.asker, services=lambda _: both)
        desk.checks = house.runtime.vat_checks = replace(desk.checks, asker=asker)
        yield


@pytest.fixture(autouse=True)
def _nothing_waits(house: House) -> None:
    house.sql("delete from vat_question")


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tokens, "get", lambda *_, **__: "token")


def _hmrc(target: Mapping[str, object] | None = None, **more: object) -> bytes:
    said = {"name": "A", "vatNumber": "553557881", "address": {"line1": "B"}, **(target or {})}
    body = {"target": said, "processingDate": "2026-11-21T23:30:00+00:00", **more}
    return json.dumps(body).encode()


def _evidence(desk: Office, found: Json) -> int:
    size: int = desk.shop.get(f"/v1/vat-checks/{found['id']}/evidence")["received"]["size"]
    return size


@pytest.mark.usefixtures("token")
def test_an_answer_as_these_change_it_is_kept(house: House, desk: Office) -> None:
    body = _hmrc({"name": "A\U0001f35e\ufffe"}, consultationNumber="C")
    with _asking(house, desk, Canned(body=body)):
        found = desk.checked(BRITISH)
    assert (found["outcome"], found["name"]) == ("valid", "A\U0001f35e\ufffe")


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("place", ["name", "address", "consultation", "message", "number"])
def test_what_no_text_can_hold_is_no_answer(house: House, desk: Office, place: str) -> None:
    for wrong in ("a\0b", "\0", "\ud800", "\udc00\ud800"):
        canned = Canned(404 if place == "message" else 200, body=_with(place, wrong))
        with _asking(house, desk, canned):
            found = desk.checked(BRITISH)
        assert (found["outcome"], found["fault"]) == ("unknown", "BAD_ANSWER")
        assert (found["name"], found["address"], found["consultation_number"]) == (None,) * 3
        assert _evidence(desk, found) == len(canned.body)


def _with(place: str, wrong: str) -> bytes:
    """Return an answer of HMRC's that holds something in one place."""
    if place == "message":
        return json.dumps({"code": "NOT_FOUND", "message": wrong}).encode()
    if place == "consultation":
        return _hmrc(consultationNumber=wrong)
    changed: dict[str, dict[str, object]] = {
        "name": {"name": wrong},
        "address": {"address": {"line1": "B", "postcode": wrong}},
        "number": {"vatNumber": f"1{wrong}"},
    }
    return _hmrc(changed[place])


@pytest.mark.usefixtures("token")
def test_a_fault_stays_what_it_is_whatever_its_words(house: House, desk: Office) -> None:
    canned = Canned(429, {"Retry-After": "9"}, b'{"code": "\\u0000", "message": "\\ud800"}')
    with _asking(house, desk, canned):
        found = desk.checked(BRITISH)
    assert (found["outcome"], found["fault"]) == ("unknown", "GLOBAL_MAX_CONCURRENT_REQ")


@pytest.mark.parametrize("name", ["&#0;", "&#xD800;", "\0"])
def test_vies_cannot_write_it_at_all(house: House, desk: Office, name: str) -> None:
    rest = f"<name>{name}</name><address>---</address>"
    canned = Canned(body=response("<valid>true</valid>", number=GOOD[2:], rest=rest))
    with _asking(house, desk, canned):
        found = desk.checked(GOOD)
    assert (found["outcome"], found["fault"]) == ("unknown", "BAD_ANSWER")
    assert _evidence(desk, found) == len(canned.body)


@pytest.mark.parametrize("day", ["01 Jan 99999999999999999999", "99999999999999999999 Jan 2026"])
def test_a_day_that_cannot_be_is_no_wish_to_wait_for(house: House, desk: Office, day: str) -> None:
    canned = Canned(503, {"Retry-After": f"Mon, {day} 00:00:00 GMT"})
    with _asking(house, desk, canned):
        found = desk.checked(GOOD)
    assert (found["outcome"], found["fault"]) == ("unknown", "SERVICE_UNAVAILABLE")


@pytest.mark.usefixtures("token")
def test_the_clerk_counts_such_an_answer(house: House, desk: Office) -> None:
    canned = Canned(body=_hmrc({"name": "\0"}))
    with freeze_time(MORNING, tick=False) as time, _asking(house, desk, canned):
        asked = desk.checked(BRITISH, retry=True)
        time.tick(timedelta(seconds=30))
        assert desk.clerk().work_once()
        retry = desk.shop.get(f"/v1/vat-checks/{asked['id']}")["retry"]
    assert (retry["state"], retry["attempts"]) == ("waiting", 2)
    assert retry["next_try_at"] == "2026-11-20T08:01:30Z"


def _wait(desk: Office, *numbers: str) -> None:
    with desk.checks.database.transaction(desk.tenant) as tx:
        for one in numbers:
            question = Question(Number(one[:2], one[2:]))
            desk.checks.wait_for(tx, question, "document", clock.now())


def _state(house: House, number: str) -> tuple[str, int]:
    query = "select state, attempts from vat_question where number = %s order by id desc limit 1"
    state, attempts = house.sql(query, number)[0]
    return state, attempts


def test_an_error_of_ours_is_an_attempt_and_ends_at_the_deadline(
    house: House, desk: Office
) -> None:
    gone = list[Check]()
    desk.checks.gave_up.append(lambda _tx, check, _now: gone.append(check))
    desk.register.holders |= {GOOD: (cast("str", object()), "B"), OTHER: ("C", "D")}
    clerk = desk.clerk()
    with freeze_time(MORNING, tick=False) as time, structlog.testing.capture_logs() as logs:
        _wait(desk, GOOD)
        assert clerk.work_once()
        assert _state(house, GOOD) == ("waiting", 1)
        assert [one["event"] for one in logs] == ["vat_question_failed"]
        _wait(desk, OTHER)
        while clerk.work_once():
            pass
        assert _state(house, OTHER) == ("answered", 1)
        for _ in range(6):
            time.tick(timedelta(hours=12))
            clerk.work_once()
        assert _state(house, GOOD) == ("given_up", 7)
        assert not clerk.work_once()
    assert [(one.number, one.fault) for one in gone] == [(GOOD, Fault.BAD_ANSWER)]
    assert len(desk.events("vat_number.unanswered")) == 1
    assert desk.shop.get(f"/v1/vat-checks?vat_id={GOOD}")["data"][0]["outcome"] == "unknown"


def test_who_is_told_and_fails_does_not_keep_a_question_for_ever(
    house: House, desk: Office
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    desk.checks.gave_up.append(broken)
    desk.register.holders[GOOD] = (cast("str", object()), "B")
    with freeze_time(MORNING, tick=False) as time, structlog.testing.capture_logs() as logs:
        _wait(desk, GOOD)
        time.tick(timedelta(hours=72))
        assert desk.clerk().work_once()
        assert _state(house, GOOD) == ("given_up", 1)
        assert not desk.clerk().work_once()
    assert [one["event"] for one in logs] == ["vat_question_failed", "vat_question_untold"]
