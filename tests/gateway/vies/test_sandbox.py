"""Sandbox entities ask the local VIES over its socket, live ones the address that is set."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.background import running
from gateway.cli.authorities import LOCAL_VIES, start
from gateway.cli.vies import asked, batch, check, numbers_in
from gateway.demo.companies import BUYERS
from gateway.jobs.worker import JobWorker
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.settings import Settings
from gateway.vies.composition import services_of
from tests.gateway.houses import House, Shop, opened
from tests.gateway.vies.authorities import Authorities, authorities
from tests.gateway.vies.registry import some

OWN, GOOD, GONE, *_ = some(6, seed=33)


@pytest.fixture(scope="module")
def found() -> Iterator[Authorities]:
    with authorities() as running_authorities:
        yield running_authorities


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, found: Authorities
) -> Iterator[House]:
    data = tmp_path_factory.mktemp("house")
    with opened(postgres, data, sandbox_vies_url=found.url, vies_seconds=2) as house:
        yield house


@pytest.fixture
def shop(house: House, found: Authorities) -> Shop:
    found.service.reset()
    house.sql("delete from vat_flight")
    house.sql("delete from vat_lane")
    found.know(OWN, name="Bakery")
    found.know(GOOD, name="Pekarna", address="Glavni trg 3\n4000 Kranj")
    return Shop.opened(house, seller={"vat_identifier": OWN})


def test_a_sandbox_entity_asks_the_local_vies_and_keeps_its_words(
    shop: Shop, found: Authorities
) -> None:
    answer = shop.call("POST", "/v1/vat-checks", {"vat_id": GOOD}).json()
    assert (answer["outcome"], answer["name"], answer["service"]) == ("valid", "Pekarna", "vies")
    assert answer["consultation_number"]
    assert answer["requester"] == OWN
    evidence = shop.get(f"/v1/vat-checks/{answer['id']}/evidence")
    assert min(evidence["sent"]["size"], evidence["received"]["size"]) > 200
    assert [(one["number"], one["requester"]) for one in found.asked()] == [(GOOD, OWN)]
    gone = shop.call("POST", "/v1/vat-checks", {"vat_id": GONE}).json()
    assert gone["outcome"] == "invalid"
    british = shop.call("POST", "/v1/vat-checks", {"vat_id": "GB553557881"}).json()
    assert (british["outcome"], british["service"]) == ("valid", "hmrc")


def test_an_outage_of_a_member_state_is_unknown_and_leaves_what_was_known(
    shop: Shop, found: Authorities
) -> None:
    shop.call("POST", "/v1/vat-checks", {"vat_id": GOOD})
    for rule in (
        {"fault": "protocol_fault", "word": "MS_UNAVAILABLE"},
        {"fault": "http_503_before_accept"},
        {"fault": "broken_off"},
        {"fault": "wrong_number"},
    ):
        found.fail({**rule, "probability": 1.0})
        answer = shop.call("POST", "/v1/vat-checks", {"vat_id": GOOD, "max_age": 0}).json()
        assert (answer["outcome"], answer["known"]["outcome"]) == ("unknown", "valid"), rule


def test_a_live_entity_asks_the_address_that_is_set(house: House, found: Authorities) -> None:
    live = Shop.opened(house, environment="live")
    before = len(found.asked())
    answer = live.call("POST", "/v1/vat-checks", {"vat_id": GOOD}).json()
    assert (answer["outcome"], answer["fault"]) == ("unknown", "NO_ANSWER")
    british = live.call("POST", "/v1/vat-checks", {"vat_id": "GB553557881"}).json()
    assert british["fault"] == "NOT_SERVED"  # no credentials are set
    assert len(found.asked()) == before


def test_a_seller_who_is_not_in_vies_is_answered_without_proof(
    shop: Shop, found: Authorities
) -> None:
    found.service.registry.remove(OWN)
    answer = shop.call("POST", "/v1/vat-checks", {"vat_id": GOOD}).json()
    assert (answer["outcome"], answer["requester"]) == ("valid", None)
    assert answer["consultation_number"] is None
    assert OWN in answer["detail"]
    assert [one["requester"] for one in found.asked()] == [OWN, ""]
    gone = shop.call("POST", "/v1/vat-checks", {"vat_id": GONE}).json()
    assert gone["outcome"] == "invalid"


def test_without_a_local_vies_the_answer_says_what_to_do(tmp_path: Path, shop: Shop) -> None:
    directory = services_of(Settings(data=tmp_path))("sandbox")
    assert {one.name for one in directory._services} == {"vies"}
    assert shop.environment == "sandbox"


def test_the_local_vies_runs_beside_the_gateway_and_knows_the_demos_companies(
    tmp_path: Path,
) -> None:
    beside = start(LOCAL_VIES, tmp_path).wait()
    try:
        assert (tmp_path / "sandbox-vies" / "url").read_text().strip() == beside.url
        known = json.loads((tmp_path / "sandbox-vies" / "numbers.json").read_text())["numbers"]
        assert BUYERS["SI"]["vat_identifier"] in {one["number"] for one in known}
        directory = services_of(Settings(data=tmp_path))("sandbox")
        assert [one.name for one in directory._services] == ["vies", "hmrc"]
    finally:
        beside.stop()
    assert beside.process.returncode is not None


def test_one_number_from_the_command_line(
    shop: Shop, found: Authorities, capsys: pytest.CaptureFixture[str]
) -> None:
    http = shop.account.client
    headers = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    http.headers.update(headers)
    try:
        assert check(http, GOOD, None, retry=False, as_json=False) == 0
        assert "Pekarna" in capsys.readouterr().out
        assert check(http, GONE, None, retry=False, as_json=True) == 1
        said = capsys.readouterr().out
        assert json.loads(said[said.index("{\n") :])["outcome"] == "invalid"  # after the log
        found.fail({"fault": "protocol_fault", "word": "MS_UNAVAILABLE", "probability": 1.0})
        assert check(http, GOOD, 0, retry=True, as_json=False) == 3
        said = capsys.readouterr().out
        assert "MS_UNAVAILABLE" in said
        assert "known before: valid" in said
        assert check(http, "12345678", None, retry=False, as_json=False) == 2
    finally:
        for name in headers:
            del http.headers[name]


def test_a_file_of_numbers_from_the_command_line(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "numbers.csv", tmp_path / "report.json"
    path.write_text(f"Name;VAT number\nA;{GOOD}\nB;{GONE}\n")
    body = asked(path, customers=False, max_age=None, retry=False)
    assert body["vat_ids"] == [GOOD, GONE]
    http = shop.account.client
    headers = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    http.headers.update(headers)
    try:
        with running([JobWorker(shop.house.runtime.jobs)]):
            assert batch(http, body, report) == 1
            assert "1 valid, 1 invalid, 0 unknown" in capsys.readouterr().out
            assert batch(http, {**body, "vat_ids": [GOOD]}, tmp_path / "report.xlsx") == 0
    finally:
        for name in headers:
            del http.headers[name]
    assert [one["outcome"] for one in json.loads(report.read_text())["data"]] == [
        "valid",
        "invalid",
    ]
    assert (tmp_path / "report.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (f"{GOOD}\n{GONE}\n", [GOOD, GONE]),
        (f"vat_id\n{GOOD}\n\n{GONE}", [GOOD, GONE]),
        (f"name,DDV\nA,{GOOD}\nB,\n", [GOOD]),
        ("vat_id\n", []),
    ],
)
def test_where_a_file_has_its_numbers(content: str, numbers: list[str]) -> None:
    assert numbers_in(content.encode()) == numbers
