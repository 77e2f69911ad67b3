"""`POST /v1/validate`: a report for whatever is sent, and nothing stored."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response

from formats.conversion import convert
from formats.facturx.hybrid import embed
from formats.findings import Flag, Layer, Outcome
from formats.pdf import render
from formats.registry import PROFILES
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.samples import invoice
from tests.gateway.houses import Shop, opened
from tests.gateway.matrix.bodies import BODIES
from tests.gateway.validations.test_command import FINDING, LAYER, NOW


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("validations")) as house:
        yield Shop.opened(house)


def _send(shop: Shop, content: bytes, query: str = "", kind: str = "application/xml") -> Response:
    return shop.call("POST", f"/v1/validate{query}", content, Content_Type=kind)


def _report(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    assert said["object"] == "validation"
    assert all(set(each) == LAYER for each in said["layers"])
    assert all(set(each) == FINDING for each in said["findings"])
    return said


def test_a_good_document_is_valid(shop: Shop, good: bytes) -> None:
    said = _report(_send(shop, good))
    assert (said["valid"], said["judged"]) == (True, True)
    assert (said["source"], said["judged_as"]) == ("xml", "en16931-ubl")
    assert {layer["outcome"] for layer in said["layers"]} == {Outcome.RAN}


def test_a_wrong_document_is_answered_as_well(shop: Shop, wrong: bytes) -> None:
    said = _report(_send(shop, wrong, kind="application/octet-stream"))
    assert (said["valid"], said["judged"]) == (False, True)
    found = {one["layer"] for one in said["findings"] if one["rule"] == "BR-CO-15"}
    assert found == {Layer.SEMANTIC, Layer.SCHEMATRON}


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"", "XML-empty"), (b"<a>", "XML-not-well-formed"), (b"%PDF-1.7", "XML-damaged")],
)
def test_what_cannot_be_read_is_a_report_too(shop: Shop, content: bytes, rule: str) -> None:
    said = _report(_send(shop, content))
    assert (said["valid"], said["judged"]) == (False, True)
    assert [one["rule"] for one in said["findings"]] == [rule]
    assert all(one["fix"] for one in said["findings"])
    assert {layer["layer"] for layer in said["layers"]} == {Layer.XSD}


def test_the_xml_in_a_pdf_is_judged(shop: Shop) -> None:
    profile = PROFILES["facturx-en16931"]
    content = convert(PROFILES["peppol-bis-3"].write(invoice()), profile).content
    assert profile.hybrid is not None
    content = embed(render(invoice()), content, profile.hybrid, modified=NOW)
    said = _report(_send(shop, content, kind="application/pdf"))
    assert (said["source"], said["judged_as"]) == ("hybrid-pdf", "facturx-en16931")


def test_a_body_is_judged_in_its_own_words(shop: Shop) -> None:
    body = {**BODIES["DocumentWithSeller"], "profile": "en16931-ubl", "currency_code": "QQQ"}
    said = _report(_send(shop, json.dumps(body, default=str).encode(), kind="application/json"))
    assert said["valid"] is False
    assert said["source"] == "json"
    found = [one for one in said["findings"] if one["rule"] == "BR-CL-04"]
    assert {one["layer"] for one in found} == {Layer.SEMANTIC, Layer.SCHEMATRON}
    assert {(one["pointer"], one["flag"]) for one in found} == {("/currency_code", Flag.FATAL)}
    shaped = _report(_send(shop, b'{"sellr": {}}', kind="application/json"))
    assert "/sellr" in {one["pointer"] for one in shaped["findings"]}


def test_rules_profile_and_day_are_parameters(shop: Shop, good: bytes) -> None:
    said = _report(_send(shop, good, "?rules=eu.cen.en16931:ubl&as_of=2026-05-01"))
    assert [layer["id"] for layer in said["layers"]] == [
        "formats.xml:document",
        "eu.cen.en16931:ubl:1.3.16",
    ]
    assert said["as_of"] == "2026-05-01"
    other = good.replace(b"urn:cen.eu:en16931:2017", b"urn:somebody.else")
    assert _report(_send(shop, other))["judged"] is False
    assert _report(_send(shop, other, "?profile=en16931-ubl"))["valid"] is True


@pytest.mark.parametrize(
    "query",
    [
        "?rules=nope",
        "?profile=fax",
        "?asof=2025-01-01",
        "?=x",
        "?as_of=yesterday",
        "?rules=a" + "&rules=a" * 30,
    ],
)
def test_a_request_that_cannot_be_used_is_a_problem(shop: Shop, good: bytes, query: str) -> None:
    answer = _send(shop, good, query)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/request-invalid"


def test_other_media_types_are_refused(shop: Shop) -> None:
    refused = _send(shop, b"a;b", kind="text/csv")
    assert refused.status_code == 415
    assert "application/octet-stream" in refused.json()["detail"]
    described = shop.house.client.get("/openapi.json").json()
    taken = described["paths"]["/v1/validate"]["post"]["requestBody"]["content"]
    assert "application/octet-stream" in taken
    answer = shop.call(
        "POST", "/v1/validate", b"x", Content_Type="application/xml", Content_Encoding="gzip"
    )
    assert answer.status_code == 415


def test_nobody_calls_it_without_a_key(shop: Shop, good: bytes) -> None:
    answer = shop.house.client.post(
        "/v1/validate", content=good, headers={"Content-Type": "application/xml"}
    )
    assert answer.status_code == 401
