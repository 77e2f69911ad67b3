"""VIES's behaviour, case by case, over real sockets: every test number, every fault, every outage.

The cases are those of the published test service and of what is known of the member states.
"""

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gateway.vies.answers import Answer, Fault, Matches, Number, Outcome, Question, Trader
from tests.gateway.vies.authorities import Authorities, authorities

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
ASKER = Number("SI", "50223054")
SPANISH = Number("ES", "X2482300W")


@pytest.fixture(scope="module")
def running() -> Iterator[Authorities]:
    with authorities() as one:
        yield one


@pytest.fixture
def there(running: Authorities) -> Authorities:
    running.service.reset()
    running.know("SI50223054", name="Čevljar d.o.o.", address="Ulica 1\n1000 Ljubljana")
    running.know("DE129273398", name="Beispiel GmbH", address="Straße 1\n10115 Berlin")
    running.know(
        "ESX2482300W", name="Ejemplo, S.L.", street="Calle 1", postcode="28430", city="Madrid"
    )
    return running


def _ask(
    there: Authorities,
    number: Number,
    requester: Number | None = None,
    trader: Trader | None = None,
) -> Answer:
    return there.vies.ask(Question(number, requester, trader), now=NOW)


TEST_NUMBERS = {
    "100": None,
    "200": None,
    "201": Fault.INVALID_INPUT,
    "202": Fault.INVALID_REQUESTER_INFO,
    "300": Fault.SERVICE_UNAVAILABLE,
    "301": Fault.MS_UNAVAILABLE,
    "302": Fault.TIMEOUT,
    "400": Fault.VAT_BLOCKED,
    "401": Fault.IP_BLOCKED,
    "500": Fault.GLOBAL_MAX_CONCURRENT_REQ,
    "501": Fault.GLOBAL_MAX_CONCURRENT_REQ_TIME,
    "600": Fault.MS_MAX_CONCURRENT_REQ,
    "601": Fault.MS_MAX_CONCURRENT_REQ_TIME,
    "999": Fault.SERVICE_UNAVAILABLE,
}


@pytest.mark.parametrize("requester", [None, ASKER])
@pytest.mark.parametrize("prefix", ["DE", "EL", "XI"])
@pytest.mark.parametrize("digits", list(TEST_NUMBERS))
def test_the_official_test_numbers(
    there: Authorities, digits: str, prefix: str, requester: Number | None
) -> None:
    answer = there.vies_test.ask(Question(Number(prefix, digits), requester), now=NOW)
    expected = {"100": Outcome.VALID, "200": Outcome.INVALID}.get(digits, Outcome.UNKNOWN)
    assert (answer.outcome, answer.fault) == (expected, TEST_NUMBERS[digits])
    assert (answer.name is not None) == (digits == "100")
    assert (answer.consultation_number is not None) == (digits == "100" and requester is not None)
    assert (answer.request_date is None) == (answer.fault is not None)


def test_a_number_in_force(there: Authorities) -> None:
    answer = _ask(there, ASKER)
    assert (answer.outcome, answer.name) == (Outcome.VALID, "Čevljar d.o.o.")
    assert answer.address == "Ulica 1\n1000 Ljubljana"
    assert answer.request_date == there.service.authority.today()
    assert answer.received.startswith(b"<env:Envelope")


def test_a_number_never_given_out(there: Authorities) -> None:
    answer = _ask(there, Number("SI", "12345678"), ASKER)
    assert (answer.outcome, answer.name, answer.consultation_number) == (
        Outcome.INVALID,
        None,
        None,
    )


def test_a_number_deregistered_from_a_day_on(there: Authorities) -> None:
    there.service.registry.change("SI50223054", {"until": "2026-12-01"})
    for day, outcome in (("2026-11-30", Outcome.VALID), ("2026-12-01", Outcome.INVALID)):
        there.service.authority.day = datetime.date.fromisoformat(day)
        answer = _ask(there, ASKER)
        assert (answer.outcome, str(answer.request_date)) == (outcome, day)


def test_germany_tells_no_name(there: Authorities) -> None:
    answer = _ask(there, Number("DE", "129273398"), ASKER)
    assert (answer.outcome, answer.name, answer.address) == (Outcome.VALID, None, None)
    assert answer.consultation_number == there.asked()[-1]["consultation_number"] != ""


def test_spain_compares_and_tells_nothing(there: Authorities) -> None:
    assert _ask(there, SPANISH).name is None
    trader = Trader(name="EJEMPLO S.L.", street="Otra calle", postcode="28430")
    answer = _ask(there, SPANISH, ASKER, trader)
    assert answer.matches == Matches(
        name="valid",
        company_type="not_processed",
        street="invalid",
        postcode="valid",
        city="not_processed",
    )
    assert (answer.outcome, answer.name, answer.address) == (
        Outcome.VALID,
        "EJEMPLO S.L.",
        "28430",
    )
    other = _ask(there, SPANISH, ASKER, Trader(name="Otra"))
    assert (other.outcome, other.matches.name, other.name) == (Outcome.VALID, "invalid", None)


def test_a_member_state_that_does_not_compare_tells(there: Authorities) -> None:
    answer = _ask(there, ASKER, trader=Trader(name="Wrong"))
    assert (answer.name, answer.matches) == ("Čevljar d.o.o.", Matches())


def test_every_question_has_its_own_consultation_number(there: Authorities) -> None:
    given = {_ask(there, ASKER, ASKER).consultation_number for _ in range(5)}
    assert len(given) == 5
    assert None not in given


def test_a_requester_out_of_force_is_a_fault(there: Authorities) -> None:
    answer = _ask(there, ASKER, Number("SI", "12345678"))
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.INVALID_REQUESTER_INFO)


@pytest.mark.parametrize(
    "number",
    [
        Number("GB", "553557881"),
        Number("GR", "094259216"),
        Number("ZZ", "50223054"),
        Number("SI", "1"),
        Number("SI", "1" * 13),
        Number("SI", "12-3"),
        Number("si", "50223054"),
        Number("", ""),
    ],
)
def test_a_form_that_vies_does_not_take_is_unknown(there: Authorities, number: Number) -> None:
    answer = _ask(there, number)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.INVALID_INPUT)


OUTAGES: list[tuple[dict[str, Any], str]] = [
    *(({"fault": "protocol_fault", "word": word}, word) for word in list(Fault)[:12]),
    *(
        ({"fault": "protocol_fault", "word": word, "status": 500}, word)
        for word in list(Fault)[:12]
    ),
    ({"fault": "protocol_fault", "word": "ms_unavailable"}, Fault.MS_UNAVAILABLE),
    ({"fault": "protocol_fault", "word": "Unexpected exception"}, Fault.UNKNOWN_FAULT),
    ({"fault": "http_500_before_accept"}, Fault.SERVICE_UNAVAILABLE),
    ({"fault": "http_502_before_accept"}, Fault.SERVICE_UNAVAILABLE),
    ({"fault": "http_503_before_accept"}, Fault.SERVICE_UNAVAILABLE),
    ({"fault": "http_504_before_accept"}, Fault.TIMEOUT),
    ({"fault": "http_403_before_accept"}, Fault.IP_BLOCKED),
    ({"fault": "http_404_before_accept"}, Fault.BAD_ANSWER),
    ({"fault": "http_429_before_accept"}, Fault.GLOBAL_MAX_CONCURRENT_REQ),
    ({"fault": "drop_before_accept"}, Fault.NO_ANSWER),
    ({"fault": "drop_after_accept"}, Fault.NO_ANSWER),
    ({"fault": "broken_off"}, Fault.NO_ANSWER),
    *(
        ({"fault": fault}, Fault.BAD_ANSWER)
        for fault in (
            "empty",
            "garbage",
            "html_page",
            "doctype",
            "huge",
            "redirect",
            "wrong_number",
            "wrong_country",
            "other_operation",
            "no_result",
            "unclear_result",
        )
    ),
]


@pytest.mark.parametrize("requester", [None, ASKER])
@pytest.mark.parametrize(
    ("rule", "fault"), OUTAGES, ids=["-".join(map(str, rule.values())) for rule, _ in OUTAGES]
)
def test_an_outage_is_unknown_and_of_its_own_member_state(
    there: Authorities, rule: dict[str, Any], fault: str, requester: Number | None
) -> None:
    there.fail({**rule, "who": "DE"})
    answer = _ask(there, Number("DE", "129273398"), requester)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, fault)
    assert _ask(there, ASKER, requester).outcome is Outcome.VALID
    there.fail()
    assert _ask(there, Number("DE", "129273398"), requester).outcome is Outcome.VALID


def test_a_slow_answer_still_counts(there: Authorities) -> None:
    there.fail({"fault": "latency", "seconds": 0.2}, {"fault": "trickle", "seconds": 0.2})
    assert _ask(there, ASKER).outcome is Outcome.VALID


def test_too_many_at_a_time_are_refused_by_name(there: Authorities) -> None:
    there.service.limits.replace({"DE": 2, "*": 20})
    there.fail({"fault": "latency", "seconds": 0.3})
    with ThreadPoolExecutor(10) as pool:
        german = [pool.submit(_ask, there, Number("DE", "129273398")) for _ in range(5)]
        other = [pool.submit(_ask, there, ASKER) for _ in range(5)]
        faults = [future.result().fault for future in german]
        others = {future.result().outcome for future in other}
    assert faults.count(None) == 2
    assert faults.count(Fault.MS_MAX_CONCURRENT_REQ) == 3
    assert others == {Outcome.VALID}
    there.service.limits.replace({"*": 0})
    there.fail()
    assert _ask(there, ASKER).fault is Fault.GLOBAL_MAX_CONCURRENT_REQ
