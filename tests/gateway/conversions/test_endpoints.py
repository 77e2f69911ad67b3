"""`/v1/convert`, `/v1/inspect`, `/v1/render`, `/v1/diff`: documents over HTTP, nothing stored."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response

from formats.conversion import convert, read
from formats.en16931.hashing import semantic_hash
from formats.facturx.hybrid import extract
from formats.registry import PROFILES
from formats.spreadsheet import template_csv
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.samples import invoice
from tests.formats.ubl.examples import full_invoice
from tests.gateway.houses import Shop, opened
from tests.gateway.matrix.bodies import BODIES

PEPPOL = PROFILES["peppol-bis-3"]
DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("conversions")) as house:
        yield Shop.opened(house)


def _send(shop: Shop, path: str, content: bytes, **headers: str) -> Response:
    return shop.call("POST", path, content, **{"Content_Type": "application/xml"} | headers)


def test_a_document_is_converted_and_the_report_comes_with_it(shop: Shop) -> None:
    source = PEPPOL.write(invoice())
    answer = _send(shop, "/v1/convert?to=xrechnung-ubl", source)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    content = base64.b64decode(said["content"])
    assert content == convert(source, PROFILES["xrechnung-ubl"]).content
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert said["filename"] == "xrechnung-ubl.xml"
    assert (said["source"], said["source_profile"]) == ("ubl", "peppol-bis-3")
    assert (said["lossless"], said["loss_count"], said["losses"]) == (True, 0, [])
    assert said["semantic_hash"] == semantic_hash(invoice())


def test_the_document_itself_is_given_to_who_asks_for_it(shop: Shop) -> None:
    source = PEPPOL.write(invoice())
    answer = _send(shop, "/v1/convert?to=en16931-ubl", source, Accept="application/xml")
    assert answer.headers["content-type"] == "application/xml"
    assert answer.headers["gateway-lossless"] == "true"
    assert answer.content == convert(source, PROFILES["en16931-ubl"]).content
    both = _send(
        shop, "/v1/convert?to=en16931-ubl", source, Accept="application/json, application/xml"
    )
    assert both.json()["object"] == "conversion"


def _with_stranger(source: bytes) -> bytes:
    mark = b"<cac:AccountingSupplierParty>"
    stranger = b"<cac:Signature><cbc:ID>SIG-1</cbc:ID></cac:Signature>\n"
    assert mark in source
    return source.replace(mark, stranger + mark, 1)


def test_what_is_lost_is_told_with_its_place(shop: Shop) -> None:
    source = _with_stranger(PEPPOL.write(invoice()))
    said = _send(shop, "/v1/convert?to=en16931-ubl", source).json()
    assert said["lossless"] is False
    (loss,) = said["losses"]
    assert (loss["fate"], loss["value"]) == ("dropped", "SIG-1")
    assert loss["source"] == "/*/cac:Signature/cbc:ID"
    assert loss["line"] > 1


def test_strict_refuses_with_the_list(shop: Shop) -> None:
    source = _with_stranger(PEPPOL.write(invoice()))
    answer = _send(shop, "/v1/convert?to=en16931-ubl&strict=true", source)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"] == "/problems/conversion-lossy"
    assert [loss["value"] for loss in problem["losses"]] == ["SIG-1"]
    good = _send(shop, "/v1/convert?to=en16931-ubl&strict=true", PEPPOL.write(invoice()))
    assert good.status_code == 200


def test_json_is_completed_as_the_api_does(shop: Shop) -> None:
    body = BODIES["DocumentWithSeller"]
    answer = shop.call("POST", "/v1/convert?to=en16931-ubl", body)
    assert answer.status_code == 200, answer.text
    written = read(base64.b64decode(answer.json()["content"])).invoice
    assert str(written.totals.amount_due) == "3.61"
    assert written.currency_code == "EUR"


def test_csv_is_read_in_the_charset_it_says(shop: Shop) -> None:
    sheet = template_csv().decode().replace("Example Buyer", "Čebelica").encode("windows-1250")
    answer = shop.call(
        "POST",
        "/v1/inspect",
        sheet,
        Content_Type="text/csv; charset=windows-1250",
    )
    assert answer.json()["source"] == "csv"
    assert answer.json()["invoice"]["buyer"]["name"] == "Čebelica"
    wrong = shop.call("POST", "/v1/inspect", sheet, Content_Type="text/csv")
    assert wrong.status_code == 422
    assert wrong.json()["code"] == "spreadsheet"


def test_inspecting_gives_the_canonical_invoice(shop: Shop) -> None:
    said = _send(shop, "/v1/inspect", PEPPOL.write(full_invoice())).json()
    assert said["profile"] == "peppol-bis-3"
    again = read(json.dumps(said["invoice"]).encode()).invoice
    assert semantic_hash(again) == said["semantic_hash"] == semantic_hash(full_invoice())


def test_pages_are_pdf(shop: Shop) -> None:
    answer = _send(shop, "/v1/render?locale=de&template=modern", PEPPOL.write(invoice()))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    for wrong in ("locale=xx", "template=none", "color=red"):
        refused = _send(shop, f"/v1/render?{wrong}", PEPPOL.write(invoice()))
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["parameter"] == wrong.partition("=")[0]


def test_a_hybrid_profile_gives_a_pdf_with_the_xml_in_it(shop: Shop) -> None:
    source = PEPPOL.write(invoice())
    answer = _send(shop, "/v1/convert?to=facturx-en16931", source, Accept="application/pdf")
    assert answer.status_code == 200, answer.text
    attachment = extract(answer.content)
    assert attachment.discrepancies == ()
    assert semantic_hash(read(attachment.xml).invoice) == semantic_hash(invoice())
    back = _send(shop, "/v1/inspect", answer.content, Content_Type="application/pdf")
    assert (back.json()["source"], back.json()["profile"]) == ("hybrid-pdf", "facturx-en16931")
    bare = _send(shop, "/v1/convert?to=facturx-en16931&xml=true", source, Accept="application/xml")
    assert bare.content == convert(source, PROFILES["facturx-en16931"]).content


def test_two_documents_are_compared_by_term(shop: Shop) -> None:
    old = PEPPOL.write(invoice())
    new = old.replace(b"2026-12-20", b"2026-12-21")
    body = {name: base64.b64encode(one).decode() for name, one in (("old", old), ("new", new))}
    said = shop.call("POST", "/v1/diff", body).json()
    assert said["same"] is False
    (change,) = said["changes"]
    assert (change["term"], change["old"], change["new"]) == ("BT-9", "2026-12-20", "2026-12-21")
    plain = {"old": body["old"], "new": json.loads(invoice().model_dump_json())}
    assert shop.call("POST", "/v1/diff", plain).json()["same"] is True


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", "application/xml", "empty"),
        (DOCTYPE, "application/xml", "doctype"),
        (b"<x/>", "application/xml", "unknown-root"),
        (b"a,b\n1,2\n", "application/xml", "not-well-formed"),
        (b"%PDF-1.7 and nothing", "application/pdf", "damaged"),
        (b'{"a": 1, "a": 2}', "application/json", "malformed-json"),
        (b'{"customer": {}}', "application/json", "body-refused"),
        (b"PK\x03\x04nothing", "application/octet-stream", "spreadsheet"),
        (b"\xff\xfe\x00", "text/csv", "spreadsheet"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/convert?to=en16931-ubl", "/v1/inspect", "/v1/render"])
def test_what_cannot_be_read_is_a_problem(
    shop: Shop, path: str, content: bytes, kind: str, code: str
) -> None:
    answer = _send(shop, path, content, Content_Type=kind)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/document-unreadable"
    assert problem["code"] == code
    assert problem["errors"]
    assert "hostname" not in answer.text


def _refused(answer: Response, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{kind}"
    problem: dict[str, Any] = answer.json()
    return problem


def test_wrong_requests_are_problems(shop: Shop) -> None:
    source = PEPPOL.write(invoice())
    wrong = _refused(_send(shop, "/v1/convert?to=fax", source), 422, "request-invalid")
    assert wrong["errors"][0]["parameter"] == "to"
    _refused(_send(shop, "/v1/convert", source), 422, "request-invalid")
    text = {"Content_Type": "text/plain"}
    _refused(_send(shop, "/v1/inspect", source, **text), 415, "unsupported-media-type")
    packed = {"Content_Encoding": "gzip"}
    _refused(_send(shop, "/v1/inspect", source, **packed), 415, "unsupported-media-type")
    body = {"old": "no base64!", "new": {}}
    wrong = _refused(shop.call("POST", "/v1/diff", body), 422, "request-invalid")
    assert wrong["errors"][0]["pointer"] == "/old"


def test_another_total_than_is_expected_stops_it(shop: Shop) -> None:
    body = {**BODIES["DocumentWithSeller"], "expected_total": "3.62"}
    answer = shop.call("POST", "/v1/convert?to=en16931-ubl", body)
    problem = _refused(answer, 422, "invoice-not-compliant")
    assert problem["findings"][0]["rule"] == "GW-06"


def test_profiles_are_listed_with_what_proves_them(shop: Shop) -> None:
    found = {one["id"]: one for one in shop.call("GET", "/v1/profiles").json()["data"]}
    assert found.keys() == PROFILES.keys()
    assert found["ehf"]["unproven"]
    assert found["peppol-bis-3"]["unproven"] is None
