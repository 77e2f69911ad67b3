"""Several services behind one: the form first, then whoever knows such numbers."""

import datetime
import inspect
from collections.abc import Iterator

import pytest

from countries.eu import MEMBERS, vat_prefix
from gateway.sandbox.vies.registry import MEMBER_STATES
from gateway.vies.answers import Answer, Fault, Number, NumberService, Outcome, Question
from gateway.vies.directory import Directory
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.numbers import read_number
from gateway.vies.soap import PREFIXES, ViesSoap
from tests.gateway.vies.authorities import Authorities, authorities

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[Authorities]:
    with authorities() as one:
        yield one


@pytest.fixture
def there(running: Authorities) -> Authorities:
    running.service.reset()
    return running


def _directory(there: Authorities) -> Directory:
    return Directory([there.vies, there.hmrc()])


def _ask(there: Authorities, written: str) -> Answer:
    return _directory(there).ask(Question(read_number(written)), now=NOW)


def test_the_members_are_those_of_today_and_northern_ireland() -> None:
    today = {vat_prefix(code) for code, (_, until) in MEMBERS.items() if until is None}
    assert len(PREFIXES) == 28
    assert PREFIXES == today | {"XI"} == MEMBER_STATES
    assert {"GB", "GR", "CH", "NO"}.isdisjoint(PREFIXES)


@pytest.mark.parametrize(
    ("written", "service", "outcome"),
    [
        ("SI50223054", "vies", Outcome.VALID),
        ("SI59082437", "vies", Outcome.INVALID),
        ("GR094259216", "vies", Outcome.VALID),
        ("XI980780684", "vies", Outcome.VALID),
        ("GB553557881", "hmrc", Outcome.VALID),
        ("GB123456789", "hmrc", Outcome.INVALID),
        ("SI50223055", "form", Outcome.INVALID),
        ("CHE107787577", "none", Outcome.UNKNOWN),
        ("US123456789", "none", Outcome.UNKNOWN),
    ],
)
def test_who_answers(there: Authorities, written: str, service: str, outcome: Outcome) -> None:
    for number in ("SI50223054", "EL094259216", "XI980780684"):
        there.know(number, name="A")
    answer = _ask(there, written)
    assert (answer.service, answer.outcome) == (service, outcome)
    assert answer.fault is (Fault.NOT_SERVED if service == "none" else None)
    asked = [entry["service"] for entry in there.asked() if entry["service"] != "token"]
    assert asked == ([service] if service in {"vies", "hmrc"} else [])


def test_without_hmrc_nobody_knows_great_britain(there: Authorities) -> None:
    directory = Directory([there.vies])
    number = Number("GB", "553557881")
    assert (directory.serves(number), directory.service_for(number)) == (False, None)
    answer = directory.ask(Question(number), now=NOW)
    assert (answer.outcome, answer.fault, answer.service) == (
        Outcome.UNKNOWN,
        Fault.NOT_SERVED,
        "none",
    )


def test_the_first_that_serves_is_asked(there: Authorities) -> None:
    directory = Directory([there.vies, there.vies_test])
    assert directory.service_for(Number("SI", "100")) is there.vies
    assert Directory([]).service_for(Number("SI", "100")) is None


def test_an_outage_of_one_is_none_of_the_other(there: Authorities) -> None:
    there.fail({"fault": "http_503_before_accept", "where": "vies"})
    assert _ask(there, "SI50223054").fault is Fault.SERVICE_UNAVAILABLE
    assert _ask(there, "GB553557881").outcome is Outcome.VALID


@pytest.mark.parametrize("service", [ViesSoap, HmrcCheck, Directory])
def test_every_service_keeps_the_contract(service: type) -> None:
    for name in ("serves", "ask"):
        promised = inspect.signature(getattr(NumberService, name))
        assert inspect.signature(getattr(service, name)) == promised
    assert isinstance(service.name, str)  # type: ignore[attr-defined]
