"""Documents under the sandbox's scheme: number, link, signature and queue in one transaction."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from formats.sandbox_scheme import read
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from tests.formats.pdf.documents import text_of
from tests.formats.sandbox_scheme.keys import TestSigner
from tests.gateway.documents.bodies import body_of, series_for
from tests.gateway.documents.fiscal import (
    ADDRESS,
    SCHEME,
    keyed,
    recorded_shop,
    records,
    sent_record,
)
from tests.gateway.houses import House, Shop, invoice, kind
from tests.gateway.signing.authority import p256
from tests.gateway.signing.test_endpoints import certificate, p12


@pytest.fixture(autouse=True)
def vault(house: House) -> Iterator[None]:
    with keyed(house):
        yield


def test_an_invoice_gets_number_and_link_together(house: House) -> None:
    shop = recorded_shop(house)
    first, second = shop.issued(), shop.issued()
    one, two = records(shop)
    assert (one["sequence"], one["previous"], one["number"]) == (1, "", first["number"])
    assert (two["sequence"], two["previous"], two["number"]) == (
        2,
        one["digest"],
        second["number"],
    )
    for record, document in ((one, first), (two, second)):
        assert record["digest"] == hashlib.sha256(record["bytes"]).hexdigest()
        assert record["document_sha256"] == document["sha256"] == record["content"].hex()
        assert record["kind"] == "invoice"
        assert record["seller"] == document["invoice"]["seller"]["vat_identifier"]
        assert (record["total"], record["vat"]) == (
            document["total_with_vat"],
            document["total_vat"],
        )
        assert record["generated_at"] == clock.written(record["at"])


def test_the_signed_record_is_evidence_and_is_what_is_sent(house: House) -> None:
    shop = recorded_shop(house)
    document = shop.issued()
    message, record = sent_record(shop, document["id"])
    assert record == bytes(records(shop)[0]["bytes"])
    assert read(record).number == document["number"]
    sent = {one["channel"]: one for one in document["transmissions"]}
    assert set(sent) == {"sandbox-network", "sandbox-authority"}
    rows = house.sql(
        "select t.payload, t.lane from transmission t join document d on d.id = t.document_id"
        " where d.number = %s and t.channel = 'sandbox-authority' and t.entity_id = d.entity_id"
        " and t.sender = %s",
        document["number"],
        f"entity:{shop.entity}",
    )
    assert rows == [(message, f"sandbox-authority/entity:{shop.entity}")]


def test_credit_notes_join_the_same_chain(house: House) -> None:
    shop = recorded_shop(house)
    shop.issued()
    shop.issued(kind="credit-notes")
    shop.issued(kind="estimates")
    assert [(one["sequence"], one["kind"]) for one in records(shop)] == [
        (1, "invoice"),
        (2, "credit_note"),
    ]


@pytest.mark.parametrize(
    "other", [DocumentKind.SELF_BILLED_INVOICE, DocumentKind.ESTIMATE, DocumentKind.ORDER]
)
def test_what_is_not_the_entitys_own_invoice_has_no_record(
    house: House, other: DocumentKind
) -> None:
    shop = recorded_shop(house)
    series_for(shop, other)
    shop.issued(body_of(other), other.collection)
    assert records(shop) == []


def test_an_entity_without_the_scheme_has_no_chain(house: House) -> None:
    shop = Shop.opened(house)
    document = shop.issued()
    assert [one["channel"] for one in document["transmissions"]] == ["sandbox-network"]
    assert records(shop) == []
    assert (
        house.sql(
            "select 1 from chain c join entity e on e.id = c.entity_id where c.chain_key like %s",
            f"%{shop.entity}",
        )
        == []
    )


def test_without_a_usable_key_nothing_is_taken(house: House) -> None:
    shop = recorded_shop(house)

    class Bare(TestSigner):
        certificate_chain = ()

    def bare(
        _tx: TenantTransaction, _purpose: str, *, at: datetime, until: datetime | None = None
    ) -> TestSigner:
        assert until is not None
        assert at <= clock.now() < until
        return Bare()

    before = shop.series("INV")
    with keyed(house, bare):
        answer = shop.issue()
    assert (answer.status_code, kind(answer)) == (409, "fiscal-key")
    assert answer.json()["purpose"] == "fiscal-signature"
    assert "certificate" in answer.json()["reason"]
    assert shop.series("INV") == before
    assert records(shop) == []
    document = shop.issued()  # nothing was burned
    assert records(shop)[0]["number"] == document["number"]


def test_without_any_key_it_is_said_too(house: House) -> None:
    shop = recorded_shop(house, key=False)
    answer = shop.issue()
    assert (answer.status_code, kind(answer)) == (409, "key-unusable")
    assert (answer.json()["reason"], answer.json()["purpose"]) == ("none", "fiscal-signature")
    assert records(shop) == []
    assert shop.issued(kind="estimates")["state"] == "issued"


def test_a_halted_chain_gives_no_number(house: House) -> None:
    shop = recorded_shop(house)
    shop.issued()
    key = f"sandbox-authority/{shop.entity}"
    house.sql(
        "update chain set state = 'halted', halted_at = now(), halted_because = 'Fork.'"
        " where chain_key = %s",
        key,
    )
    before = shop.series("INV")
    answer = shop.issue()
    assert (answer.status_code, kind(answer)) == (409, "chain-halted")
    assert answer.json()["reason"] == "Fork."
    assert shop.series("INV") == before


def test_the_place_in_the_chain_is_a_stamp_with_a_qr_code(house: House) -> None:
    shop = recorded_shop(house)
    document = shop.issued()
    (record,) = records(shop)
    (stamp,) = shop.get(f"/v1/invoices/{document['id']}")["stamps"]
    assert (stamp["authority"], stamp["kind"]) == ("sandbox-authority", "chain")
    assert stamp["identifier"] == f"1-{record['digest'][:16]}"
    seller = document["invoice"]["seller"]["vat_identifier"]
    assert stamp["qr"] == f"{ADDRESS}/ledger/{seller}/1?d={record['digest'][:16]}"
    told = shop.get("/v1/events?limit=100")["data"]
    (event,) = (one for one in told if one["type"] == "document.stamped")
    assert event["document_id"] == document["id"]
    assert event["data"]["identifier"] == stamp["identifier"]
    assert event["evidence_id"] == stamp["evidence_id"]


def test_documents_of_several_series_at_once_make_one_chain(house: House) -> None:
    shop = recorded_shop(house)
    for code in ("A", "B", "C"):
        made = shop.call("POST", "/v1/series", {"code": code, "pattern": "{code}-{seq}"})
        assert made.status_code == 201, made.text

    def issue(number: int) -> str:
        return str(shop.issued(invoice(series="ABC"[number % 3]))["number"])

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(issue, range(12)))
    linked = records(shop)
    assert sorted(one["number"] for one in linked) == sorted(numbers)
    assert [one["sequence"] for one in linked] == list(range(1, 13))
    assert [one["previous"] for one in linked] == ["", *(one["digest"] for one in linked[:-1])]
    moments = [one["generated_at"] for one in linked]
    assert moments == sorted(moments)


def test_the_scheme_is_for_the_sandbox_only(house: House) -> None:
    account = house.account()
    key = account.new_key(environment="live")
    body = {"name": "x", "country_code": "SI", "settings": {"fiscalization": SCHEME}}
    answer = account.call("POST", "/v1/entities", body, key=key)
    assert (answer.status_code, kind(answer)) == (422, "request-invalid")
    assert answer.json()["errors"][0]["pointer"] == "/settings/fiscalization/scheme"
    made = account.call(
        "POST", "/v1/entities", {"name": "x", "country_code": "SI"}, key=key
    ).json()
    changed = account.call(
        "PATCH", f"/v1/entities/{made['id']}", {"settings": {"fiscalization": SCHEME}}, key=key
    )
    assert changed.status_code == 422
    settings = {"fiscalization": {"scheme": "another"}}
    other = account.call("POST", "/v1/entities", body | {"settings": settings})
    assert other.status_code == 422
    assert json.loads(other.content)["errors"]


def test_the_bundle_says_what_was_stamped(house: House) -> None:
    shop = recorded_shop(house)
    document = shop.issued()
    answer = shop.call("GET", f"/v1/documents/{document['id']}/bundle")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        names = bundle.namelist()
        [document_json] = [name for name in names if name.endswith("/document.json")]
        said = json.loads(bundle.read(document_json))
    assert said["stamps"] == document["stamps"]
    assert any(name.endswith("-fiscal-record.json") for name in names)


def test_the_page_shows_code_and_identifier_and_follows_a_later_stamp(house: House) -> None:
    shop = recorded_shop(house)
    document = shop.issued()

    def page() -> tuple[bytes, str]:
        content = shop.call("GET", f"/v1/invoices/{document['id']}/pdf").content
        return content, text_of(content)

    drawn, text = page()
    identifier = document["stamps"][0]["identifier"]
    assert f"sandbox-authority:{identifier}" in text
    assert page()[0] == drawn
    document_id = parse_id(document["id"], "inv")
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    with house.runtime.database.worker_transaction(tenant) as tx:
        given = Stamp(
            authority="sandbox-authority", kind="registration", identifier="R-77", at=clock.now()
        )
        stamps.put(tx, document_id, given, now=clock.now())
    stamped, text = page()
    assert "sandbox-authority:R-77" in text
    assert page()[0] == stamped != drawn
    entries = shop.get(f"/v1/documents/{document['id']}/evidence")["data"]
    assert [one["name"] for one in entries if one["role"] == "pdf"] == [
        "invoice-1.pdf",
        "invoice-2.pdf",
    ]


@pytest.mark.parametrize("purpose", ["fiscal-signature", "document-seal"])
def test_a_certificate_must_outlast_the_time_in_which_the_record_may_be_sent(
    house: House, purpose: str
) -> None:
    shop = recorded_shop(house, key=purpose != "fiscal-signature")
    settings = {"fiscalization": SCHEME, "seal": {"documents": "jws"}}
    answer = shop.call("PATCH", f"/v1/entities/{shop.entity}", {"settings": settings})
    assert answer.status_code == 200, answer.text
    for one, days in ((purpose, 1), ("fiscal-signature", 30), ("document-seal", 30)):
        key = p256()
        if one == purpose and days != 1:
            continue
        made = p12(key, certificate(key, ends=days)) | {"purposes": [one]}
        assert shop.call("POST", "/v1/signing-keys/import", made).status_code == 201
    before = shop.series("INV")
    answer = shop.issue()
    assert (answer.status_code, kind(answer)) == (409, "key-unusable"), answer.text
    assert answer.json()["reason"] == "expires_before_deadline"
    assert (shop.series("INV"), records(shop)) == (before, [])
    key = p256()
    longer = p12(key, certificate(key, ends=2.1)) | {"purposes": [purpose]}
    assert shop.call("POST", "/v1/signing-keys/import", longer).status_code == 201
    assert shop.issued()["state"] == "issued"
