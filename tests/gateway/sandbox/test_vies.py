"""The local VIES as others see it: suds, which reads the WSDL it serves, and bare bytes."""

import http.client
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import suds.client
from lxml import etree

from gateway.sandbox.kit.door import Door, running
from gateway.sandbox.vies.desk import ViesDesk
from gateway.sandbox.vies.service import VIES, VIES_TEST

Server = Door[ViesDesk]

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "urn:ec.europa.eu:taxud:vies:services:checkVat:types"
TEST_FAULTS = {
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
    "602": "SERVICE_UNAVAILABLE",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    logging.getLogger("suds").setLevel(logging.CRITICAL)
    with running(ViesDesk()) as one:
        yield one


@pytest.fixture(autouse=True)
def _fresh(server: Server) -> None:
    server.desk.reset()


@pytest.fixture
def control(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{server.url}/__sandbox/", trust_env=False) as client:
        yield client


def _suds(server: Server, path: str) -> suds.client.Client:
    return suds.client.Client(f"{server.url}{path}?wsdl", cache=None, timeout=5)


@pytest.fixture(scope="module")
def vies(server: Server) -> suds.client.Client:
    return _suds(server, VIES)


@pytest.fixture(scope="module")
def vies_test(server: Server) -> suds.client.Client:
    return _suds(server, VIES_TEST)


def test_a_second_client_finds_both_operations(vies: suds.client.Client) -> None:
    (definition,) = vies.sd
    ((_, methods),) = definition.ports
    assert sorted(name for name, _ in methods) == ["checkVat", "checkVatApprox"]


def test_a_second_client_gets_the_official_answers(vies_test: suds.client.Client) -> None:
    answer = vies_test.service.checkVat("DE", "100")
    assert (answer.countryCode, answer.vatNumber, answer.valid) == ("DE", "100", True)
    assert (answer.name, answer.address) == ("John Doe", "123 Main St, Anytown, UK")
    answer = vies_test.service.checkVat("DE", "200")
    assert (answer.valid, answer.name, answer.address) == (False, "---", "---")


@pytest.mark.parametrize("digits", sorted(TEST_FAULTS))
def test_a_second_client_gets_the_official_faults(
    vies_test: suds.client.Client, digits: str
) -> None:
    for operation in ("checkVat", "checkVatApprox"):
        with pytest.raises(suds.WebFault) as caught:
            getattr(vies_test.service, operation)("DE", digits)
        assert caught.value.fault.faultstring == TEST_FAULTS[digits]
        assert caught.value.fault.faultcode == "env:Server"


def test_a_second_client_gets_proof(vies: suds.client.Client, control: httpx2.Client) -> None:
    number = {"number": "SI50223054", "name": "A & Č", "address": "Ulica 1\n1000 Ljubljana"}
    assert control.put("numbers", json={"numbers": [number]}).json() == {"ok": True}
    answer = vies.service.checkVatApprox(
        countryCode="SI",
        vatNumber="50223054",
        requesterCountryCode="SI",
        requesterVatNumber="50223054",
    )
    assert (answer.valid, answer.traderName) == (True, "A & Č")
    assert answer.traderAddress == "Ulica 1\n1000 Ljubljana"
    (asked,) = control.get("ledger").json()["asked"]
    assert asked["consultation_number"] == answer.requestIdentifier != ""
    assert (asked["operation"], asked["requester"]) == ("checkVatApprox", "SI50223054")


def test_a_second_client_sees_a_comparison(
    vies: suds.client.Client, control: httpx2.Client
) -> None:
    control.put("member_states/FR", json={"compares": True, "discloses": False})
    number = {"number": "FR40303265045", "name": "Exemple S.A.", "city": "Paris"}
    control.put("numbers", json={"numbers": [number]})
    answer = vies.service.checkVatApprox(
        "FR", "40303265045", traderName="EXEMPLE SA", traderCity="Lyon"
    )
    assert (answer.traderNameMatch, answer.traderCityMatch, answer.traderStreetMatch) == (
        "1",
        "2",
        "3",
    )
    assert "traderAddress" not in answer


def _post(
    server: Server, body: bytes, path: str = VIES, media_type: str = "text/xml; charset=utf-8"
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    headers = {"Content-Type": media_type, "SOAPAction": '""'}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def _call(inside: str, operation: str = "checkVat") -> bytes:
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body><x:{operation} xmlns:x="{TYPES}">'
        f"{inside}</x:{operation}></s:Body></s:Envelope>"
    ).encode()


_NUMBER = "<x:countryCode>SI</x:countryCode><x:vatNumber>50223054</x:vatNumber>"


def _fault(content: bytes) -> tuple[str, str]:
    found = etree.fromstring(content).find(f"{{{SOAP}}}Body/{{{SOAP}}}Fault")
    assert found is not None
    return found.findtext("faultcode", ""), found.findtext("faultstring", "")


def test_bytes_written_by_hand_are_answered(server: Server) -> None:
    status, content = _post(server, _call(_NUMBER))
    assert status == 200
    (answer,) = etree.fromstring(content).findall(f"{{{SOAP}}}Body/{{{TYPES}}}checkVatResponse")
    names = [etree.QName(child).localname for child in answer]
    assert names == ["countryCode", "vatNumber", "requestDate", "valid", "name", "address"]
    assert answer.findtext(f"{{{TYPES}}}valid") == "false"
    assert answer.findtext(f"{{{TYPES}}}requestDate", "")[10:] in {"+01:00", "+02:00"}


@pytest.mark.official
def test_answers_are_those_of_the_official_interface(server: Server, official: Path) -> None:
    wsdl = etree.parse(official / "vies" / "checkVatService.wsdl")
    schema_element = wsdl.find(".//{http://www.w3.org/2001/XMLSchema}schema")
    assert schema_element is not None
    schema = etree.XMLSchema(etree.fromstring(etree.tostring(schema_element)))
    server.desk.registry.put({"number": "SI50223054", "name": "A", "company_type": "SI-1"})
    requester = _NUMBER.replace("countryCode", "requesterCountryCode").replace(
        "vatNumber", "requesterVatNumber"
    )
    for operation, inside in (
        ("checkVat", _NUMBER),
        ("checkVat", _NUMBER.replace("054", "999")),
        ("checkVatApprox", _NUMBER),
        ("checkVatApprox", _NUMBER + requester),
    ):
        _, content = _post(server, _call(inside, operation))
        (answer,) = etree.fromstring(content).findall(f"{{{SOAP}}}Body/*")
        assert schema.validate(etree.fromstring(etree.tostring(answer))), schema.error_log


@pytest.mark.parametrize(
    "inside",
    [
        _NUMBER.replace("SI", "si"),
        _NUMBER.replace("SI", "GB"),
        _NUMBER.replace("SI", "GR"),
        _NUMBER.replace("SI", "SVN"),
        _NUMBER.replace("SI", ""),
        _NUMBER.replace("50223054", ""),
        _NUMBER.replace("50223054", "5"),
        _NUMBER.replace("50223054", "5022 3054"),
        _NUMBER.replace("50223054", "1234567890123"),
    ],
)
def test_a_form_that_is_not_taken_is_invalid_input(server: Server, inside: str) -> None:
    status, content = _post(server, _call(inside))
    assert (status, _fault(content)) == (200, ("env:Server", "INVALID_INPUT"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no",
        _call(_NUMBER)[:-9],
        b"<!DOCTYPE x>" + _call(_NUMBER),
        b'<!DOCTYPE x [<!ENTITY n "1">]>' + _call(_NUMBER.replace("5022", "&n;")),
        _call(_NUMBER).replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope"),
        _call(_NUMBER, "checkEverything"),
        _call(_NUMBER).replace(TYPES.encode(), b"urn:other"),
        _call("<x:vatNumber>50223054</x:vatNumber><x:countryCode>SI</x:countryCode>"),
        _call("<x:countryCode>SI</x:countryCode>"),
        _call(_NUMBER + _NUMBER),
        _call(_NUMBER + "<x:traderName>A</x:traderName>"),
        _call(_NUMBER).replace(b"</s:Body>", b"<x/></s:Body>"),
        f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(),
    ],
)
def test_what_is_no_question_is_the_client_s_fault(server: Server, body: bytes) -> None:
    status, content = _post(server, body)
    code, words = _fault(content)
    assert (status, code) == (500, "env:Client")
    assert words not in TEST_FAULTS.values()


def test_the_registry_is_not_asked_on_the_path_of_tests(server: Server) -> None:
    server.desk.registry.put({"number": "SI50223054", "name": "A"})
    _, content = _post(server, _call(_NUMBER), VIES_TEST)
    assert _fault(content)[1] == "SERVICE_UNAVAILABLE"


def test_other_media_and_long_questions_are_refused(server: Server) -> None:
    assert _post(server, _call(_NUMBER), media_type="application/soap+xml")[0] == 415
    assert _post(server, b" " * 65_537)[0] == 413


def test_both_interfaces_are_handed_out_with_their_address(server: Server) -> None:
    base = f"{server.url}/taxation_customs/vies"
    for path, address in (
        ("/checkVatService.wsdl", VIES),
        ("/services/checkVatService.wsdl", VIES),
        ("/services/checkVatService?WSDL", VIES),
        ("/checkVatTestService.wsdl", VIES_TEST),
        ("/services/checkVatTestService?wsdl", VIES_TEST),
    ):
        text = httpx2.get(base + path, trust_env=False).text
        assert f'location="{server.url}{address}"' in text
        assert "europa.eu/taxation_customs" not in text


def test_a_number_lives_and_ends(server: Server, control: httpx2.Client) -> None:
    def valid() -> bool:
        return b"valid>true<" in _post(server, _call(_NUMBER))[1]

    control.put("numbers", json={"numbers": [{"number": "SI50223054", "since": "2026-03-01"}]})
    control.put("numbers/SI50223054", json={"name": "New name", "until": "2026-12-01"})
    for day, expected in (
        ("2026-02-28", False),
        ("2026-03-01", True),
        ("2026-11-30", True),
        ("2026-12-01", False),
    ):
        control.put("day", json={"day": day})
        assert valid() is expected
    control.put("day", json={"day": "2026-06-01"})
    assert b"New name" in _post(server, _call(_NUMBER))[1]
    assert control.delete("numbers/SI50223054").json() == {"known": True}
    assert not valid()
    assert control.delete("numbers/SI50223054").json() == {"known": False}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "faults", {}),
        ("PUT", "faults", {"rules": [{"fault": "earthquake", "nth": 1}]}),
        ("PUT", "faults", {"rules": [{"fault": "garbage"}]}),
        ("PUT", "faults", {"rules": [{"fault": "garbage", "nth": 1, "probability": 1}]}),
        ("PUT", "faults", {"rules": [{"fault": "garbage", "nth": 0}]}),
        ("PUT", "faults", {"rules": [{"fault": "garbage", "probability": 2}]}),
        ("PUT", "faults", {"rules": [{"fault": "garbage", "nth": 1, "where": "x"}]}),
        (
            "PUT",
            "faults",
            {"rules": [{"fault": "http_error_before_accept", "nth": 1, "status": 99}]},
        ),
        ("PUT", "numbers", {"numbers": [{"number": "US123"}]}),
        ("PUT", "numbers", {"numbers": [{"number": "SI12", "colour": "red"}]}),
        ("PUT", "numbers", {"numbers": [{"number": "SI12", "since": "soon"}]}),
        ("PUT", "numbers", {"numbers": [{"number": "SI12", "name": 1}]}),
        ("PUT", "numbers/SI99999999", {"name": "A"}),
        ("PUT", "member_states/GB", {"compares": True}),
        ("PUT", "limits", {"DE": "two"}),
        ("PUT", "day", {"day": "soon"}),
        ("PUT", "hmrc", {"token_seconds": -1}),
    ],
)
def test_the_control_plane_refuses_nonsense(
    control: httpx2.Client, method: str, path: str, body: dict[str, Any]
) -> None:
    answer = control.request(method, path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_what_is_not_there_is_not_found(server: Server, control: httpx2.Client) -> None:
    assert control.get("nothing").status_code == 404
    assert control.put("ledger", json={}).status_code == 404
    assert httpx2.get(f"{server.url}{VIES}", trust_env=False).status_code == 404
    assert httpx2.post(f"{server.url}/elsewhere", json={}, trust_env=False).status_code == 404


def test_faults_fire_as_often_as_they_should(server: Server, control: httpx2.Client) -> None:
    rules = [
        {"fault": "protocol_fault", "word": "TIMEOUT", "nth": 1, "count": 2, "who": "SI"},
        {"fault": "protocol_fault", "word": "MS_UNAVAILABLE", "nth": 2, "where": "vies"},
    ]
    control.put("faults", json={"rules": rules})
    seen = []
    for _ in range(6):
        _, content = _post(server, _call(_NUMBER))
        seen.append(_fault(content)[1] if b"Fault>" in content else "-")
    assert " ".join(seen) == "TIMEOUT TIMEOUT - MS_UNAVAILABLE - MS_UNAVAILABLE"
    fired = [(rule["seen"], rule["fired"]) for rule in control.get("faults").json()["rules"]]
    assert fired == [(2, 2), (4, 2)]
    counters = control.get("ledger").json()["counters"]
    assert (counters["vies:asked"], counters["vies:protocol_fault"]) == (6, 4)


def test_chance_is_the_same_for_the_same_seed(server: Server, control: httpx2.Client) -> None:
    def run(seed: int) -> list[bool]:
        rule = {"fault": "protocol_fault", "word": "TIMEOUT", "probability": 0.5, "seed": seed}
        control.put("faults", json={"rules": [rule]})
        return [b"TIMEOUT" in _post(server, _call(_NUMBER))[1] for _ in range(40)]

    first = run(1)
    assert 8 < sum(first) < 32
    assert run(1) == first
    assert run(2) != first


def test_the_book_is_shown_to_people(server: Server, control: httpx2.Client) -> None:
    number = {"number": "SI50223054", "name": "<b>A</b>"}
    control.put("numbers", json={"numbers": [number]})
    _post(server, _call(_NUMBER))
    page = httpx2.get(f"{server.url}/", trust_env=False).text
    assert "SI50223054" in page
    assert "&lt;b&gt;A&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert control.delete("ledger").json() == {"ok": True}
    assert control.get("ledger").json() == {"asked": [], "counters": {}}
    assert control.delete("").json() == {"ok": True}
    assert "SI50223054" not in httpx2.get(f"{server.url}/", trust_env=False).text


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.json"
    numbers.write_text(json.dumps({"numbers": [{"number": "SI50223054", "name": "A"}]}))
    command = [sys.executable, "-m", "gateway.sandbox.vies", "--numbers", str(numbers)]
    with subprocess.Popen(  # noqa: S603 - our own
        [*command, "--while-stdin-is-open"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True
        answer = httpx2.post(
            ready["vies"],
            content=_call(_NUMBER),
            headers={"Content-Type": "text/xml"},
            trust_env=False,
        )
        assert b"valid>true<" in answer.content
        assert ready["vies_test"].endswith("/checkVatTestService")
        assert ready["hmrc"] == ready["url"]
        process.stdin.close()
        assert process.wait(10) == 0
