"""HMRC's check, against the local one and against answers that it would never give."""

import datetime
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from gateway.sandbox.vies.service import Service
from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.hmrc_token import Tokens
from gateway.vies.wire import UnansweredError, http_client
from tests.gateway.vies.authorities import Authorities, authorities
from tests.gateway.vies.canned import Canned, serving

NOW = datetime.datetime.now(datetime.UTC)
TARGET = Question(Number("GB", "553557881"))
REQUESTER = Number("GB", "146295999727")
_HTTP = http_client()


@dataclass(frozen=True)
class There:
    """HMRC, and a client of it without a token."""

    authorities: Authorities
    client: HmrcCheck

    @property
    def service(self) -> Service:
        return self.authorities.service

    def fail(self, *rules: dict[str, object]) -> None:
        self.authorities.fail(*rules)

    def asked(self) -> list[dict[str, Any]]:
        return self.authorities.asked()


@pytest.fixture(scope="module")
def running() -> Iterator[Authorities]:
    with authorities() as one:
        yield one


@pytest.fixture
def there(running: Authorities) -> There:
    running.service.reset()
    return There(running, running.hmrc())


def _ask(there: There, question: Question = TARGET) -> Answer:
    return there.client.ask(question, now=NOW)


def _operations(there: There) -> list[str]:
    return [asked["operation"] for asked in there.asked()]


@pytest.mark.parametrize("digits", ["553557881", "146295999727", "948561936944"])
def test_hmrc_s_own_test_numbers_are_in_force(there: There, digits: str) -> None:
    answer = _ask(there, Question(Number("GB", digits), REQUESTER))
    assert (answer.outcome, answer.service, answer.fault) == (Outcome.VALID, "hmrc", None)
    assert answer.name == "Credite Sberger Donal Inc."
    assert answer.address == "131B Barton Hamlet\nSW97 5CK\nGB"
    assert answer.consultation_number == there.asked()[-1]["consultation_number"] != ""
    assert answer.request_date == there.service.authority.today("Europe/London")
    assert json.loads(answer.received)["target"]["vatNumber"] == digits


def test_without_a_requester_there_is_no_consultation_number(there: There) -> None:
    answer = _ask(there)
    assert (answer.outcome, answer.consultation_number) == (Outcome.VALID, None)
    assert there.asked()[-1]["requester"] == ""


def test_a_requester_from_elsewhere_is_left_out(there: There) -> None:
    answer = _ask(there, Question(TARGET.number, Number("SI", "50223054")))
    assert (answer.outcome, answer.consultation_number) == (Outcome.VALID, None)


def test_not_found_is_invalid(there: There) -> None:
    answer = _ask(there, Question(Number("GB", "123456789"), REQUESTER))
    assert (answer.outcome, answer.fault) == (Outcome.INVALID, None)
    assert b"NOT_FOUND" in answer.received


def test_a_form_that_hmrc_does_not_take_is_unknown(there: There) -> None:
    answer = _ask(there, Question(Number("GB", "GD001")))
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.INVALID_INPUT)


@pytest.mark.parametrize("digits", ["999999999", "12345"])
def test_a_requester_that_is_not_registered_is_unknown(there: There, digits: str) -> None:
    answer = _ask(there, Question(TARGET.number, Number("GB", digits)))
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.INVALID_REQUESTER_INFO)


def test_northern_ireland_and_the_union_are_not_asked_here(there: There) -> None:
    assert there.client.serves(Number("GB", "553557881"))
    assert not there.client.serves(Number("XI", "553557881"))
    assert not there.client.serves(Number("SI", "50223054"))


def test_the_kept_request_has_no_secret(there: There) -> None:
    answer = _ask(there, Question(TARGET.number, REQUESTER))
    assert answer.sent.startswith(b"GET http://127.0.0.1:")
    assert b"/lookup/553557881/146295999727\r\n" in answer.sent
    assert b"earer" not in answer.sent
    assert b"sandbox" not in answer.sent


def test_one_token_does_for_all_threads(there: There) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = [answer.outcome for answer in pool.map(lambda _: _ask(there), range(40))]
    assert set(outcomes) == {Outcome.VALID}
    assert _operations(there).count("token") == 1


def test_a_token_is_renewed_before_it_expires(there: There) -> None:
    for minutes, tokens in ((0, 1), (238, 1), (239, 2), (240, 2)):
        there.client.ask(TARGET, now=NOW + datetime.timedelta(minutes=minutes))
        assert _operations(there).count("token") == tokens


def test_a_token_that_is_no_longer_taken_is_renewed_once(there: There) -> None:
    _ask(there)
    there.service.hmrc.revoke()
    assert _ask(there).outcome is Outcome.VALID
    assert _operations(there) == ["token", "lookup", "lookup", "token", "lookup"]


def test_who_finds_a_token_renewed_takes_that_one(there: There) -> None:
    tokens = Tokens(_HTTP, there.authorities.url, "sandbox", "sandbox")
    first = tokens.get(NOW)
    second = tokens.get(NOW, instead_of=first)
    assert second != first
    assert tokens.get(NOW, instead_of=first) == tokens.get(NOW) == second
    assert _operations(there) == ["token", "token"]


def test_a_token_that_is_never_taken_is_refused_access(there: There) -> None:
    there.service.hmrc.token_seconds = 0
    answer = _ask(there)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.ACCESS_REFUSED)
    assert _operations(there) == ["token", "lookup", "token", "lookup"]


def test_wrong_credentials_are_refused_access(there: There) -> None:
    answer = there.authorities.hmrc("wrong").ask(TARGET, now=NOW)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.ACCESS_REFUSED)
    assert (answer.sent, answer.received) == (b"", b"")
    assert "lookup" not in _operations(there)


@pytest.mark.parametrize(
    ("rule", "fault", "retry_after"),
    [
        ({"fault": "http_429_before_accept", "seconds": 9}, "GLOBAL_MAX_CONCURRENT_REQ", 9),
        ({"fault": "http_503_before_accept", "seconds": 60}, "SERVICE_UNAVAILABLE", 60),
        ({"fault": "http_500_before_accept"}, "SERVICE_UNAVAILABLE", None),
        ({"fault": "http_504_before_accept"}, "TIMEOUT", None),
        ({"fault": "http_403_before_accept", "word": "FORBIDDEN"}, "ACCESS_REFUSED", None),
        ({"fault": "http_403_before_accept", "word": "INVALID_REQUESTER"},
         "INVALID_REQUESTER_INFO", None),
        ({"fault": "http_404_before_accept", "word": "MATCHING_RESOURCE_NOT_FOUND"},
         "BAD_ANSWER", None),
        ({"fault": "http_406_before_accept", "word": "ACCEPT_HEADER_INVALID"},
         "BAD_ANSWER", None),
        ({"fault": "garbage"}, "BAD_ANSWER", None),
        ({"fault": "html_page"}, "BAD_ANSWER", None),
        ({"fault": "empty"}, "BAD_ANSWER", None),
        ({"fault": "empty", "status": 404}, "BAD_ANSWER", None),
        ({"fault": "redirect"}, "BAD_ANSWER", None),
        ({"fault": "wrong_number"}, "BAD_ANSWER", None),
        ({"fault": "no_result"}, "BAD_ANSWER", None),
        ({"fault": "unclear_result"}, "BAD_ANSWER", None),
        ({"fault": "huge"}, "BAD_ANSWER", None),
        ({"fault": "drop_before_accept"}, "NO_ANSWER", None),
        ({"fault": "drop_after_accept"}, "NO_ANSWER", None),
        ({"fault": "broken_off"}, "NO_ANSWER", None),
    ],
)  # fmt: skip
def test_every_failure_is_unknown(
    there: There, rule: dict[str, object], fault: str, retry_after: float | None
) -> None:
    there.fail({**rule, "where": "hmrc"})
    answer = _ask(there)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, fault)
    assert answer.retry_after == retry_after
    there.fail()
    assert _ask(there).outcome is Outcome.VALID


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (
            {"fault": "http_429_before_accept", "seconds": 9},
            "GLOBAL_MAX_CONCURRENT_REQ",
        ),
        (
            {"fault": "http_503_before_accept", "seconds": 4},
            "SERVICE_UNAVAILABLE",
        ),
        ({"fault": "http_403_before_accept"}, "ACCESS_REFUSED"),
        ({"fault": "http_404_before_accept"}, "BAD_ANSWER"),
        ({"fault": "html_page"}, "BAD_ANSWER"),
        ({"fault": "drop_before_accept"}, "NO_ANSWER"),
    ],
)
def test_no_token_is_unknown_and_nothing_is_asked(
    there: There, rule: dict[str, object], fault: str
) -> None:
    there.fail({**rule, "where": "token"})
    answer = _ask(there)
    assert (answer.outcome, answer.fault, answer.sent) == (Outcome.UNKNOWN, fault, b"")
    limited = fault in {"GLOBAL_MAX_CONCURRENT_REQ", "SERVICE_UNAVAILABLE"}
    assert answer.retry_after == (rule["seconds"] if limited else None)
    assert _operations(there) == ["token"]
    there.fail()
    assert _ask(there).outcome is Outcome.VALID


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b'{"access_token": 1, "expires_in": 10}',
        b'{"access_token": "a b", "expires_in": 10}',
        b'{"access_token": "a\\r\\nx: y", "expires_in": 10}',
        b'{"access_token": "\xc3\xa4", "expires_in": 10}',
        b'{"access_token": "", "expires_in": 10}',
        b'{"access_token": "a", "expires_in": "soon"}',
        b'{"access_token": "a", "expires_in": 1e400}',
        b'{"access_token": "a", "expires_in": -1}',
        b'{"access_token": "a"}',
        b"[" * 100_000,
    ],
)
def test_a_token_that_is_none_is_refused(body: bytes) -> None:
    with serving(Canned(body=body)) as url:
        tokens = Tokens(_HTTP, url, "id", "secret")
        with pytest.raises(UnansweredError) as caught:
            tokens.get(NOW)
    assert caught.value.fault is Fault.BAD_ANSWER


def _found(**changes: object) -> bytes:
    body = {
        "target": {"name": "A", "vatNumber": "553557881", "address": {"line1": "B"}},
        "processingDate": "2026-11-21T23:30:00+00:00",
    }
    return json.dumps({**body, **changes}).encode()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"[]"),
        (200, b'"NOT_FOUND"'),
        (200, b'{"code": "NOT_FOUND", "message": "targetVrn does not match"}'),
        (200, b"{" * 50_000),
        (200, _found(target=None)),
        (200, _found(target={"vatNumber": 553557881})),
        (200, _found(target={"vatNumber": "553557880"})),
        (200, _found(processingDate=None)),
        (200, _found(processingDate="yesterday")),
        (201, _found()),
        (404, b""),
        (404, b"<html>Not found</html>"),
        (404, b'{"code": "not_found"}'),
        (404, b'{"code": ["NOT_FOUND"]}'),
        (404, b'{"code": "NOT_FOUND", "message": "requesterVrn does not match"}'),
        (404, _found()),
        (410, b'{"code": "NOT_FOUND", "message": "targetVrn does not match"}'),
    ],
)
def test_only_hmrc_s_own_words_count(
    monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    monkeypatch.setattr(Tokens, "get", lambda *_, **__: "token")
    with serving(Canned(status=status, body=body)) as url:
        answer = HmrcCheck("id", "secret", url, http=_HTTP).ask(TARGET, now=NOW)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.BAD_ANSWER)
    assert answer.received == body


def test_the_question_is_what_the_interface_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tokens, "get", lambda *_, **__: "abc")
    canned = Canned(body=_found())
    with serving(canned) as url:
        answer = HmrcCheck("id", "secret", f"{url}/", http=_HTTP).ask(TARGET, now=NOW)
    ((method, path, headers, _),) = canned.seen
    assert (method, path) == (
        "GET",
        "/organisations/vat/check-vat-number/lookup/553557881",
    )
    assert headers["accept"] == "application/vnd.hmrc.2.0+json"
    assert headers["authorization"] == "Bearer abc"
    assert (answer.outcome, answer.request_date) == (Outcome.VALID, datetime.date(2026, 11, 21))


@pytest.mark.parametrize("digits", ["1/../2", "1?x=2", "1#2", "1 2", "1\r\nx: y", "%2e"])
def test_a_number_stays_a_part_of_the_path(monkeypatch: pytest.MonkeyPatch, digits: str) -> None:
    monkeypatch.setattr(Tokens, "get", lambda *_, **__: "abc")
    canned = Canned(status=400, body=b"{}")
    with serving(canned) as url:
        HmrcCheck("id", "secret", url, http=_HTTP).ask(Question(Number("GB", digits)), now=NOW)

    ((_, path, headers, _),) = canned.seen
    assert path.count("/") == 5
    assert "?" not in path
    assert "x" not in headers
