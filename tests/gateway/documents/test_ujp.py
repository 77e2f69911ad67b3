"""Invoices to Slovenian public bodies: issued as e-SLOG, packed, put out for UJP, followed."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from formats.eslog import read
from gateway.fsck.service import check as audited
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from tests.formats.eslog.documents import violations
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import House, Json, Shop, invoice, opened
from tests.gateway.houses import rules as named
from tests.gateway.sending import worker

pytestmark = [pytest.mark.official, pytest.mark.timeout(300)]

TEST = "si-ujp-test"
ACCOUNT = "SI56011006000000123"
BUYER = {
    "name": "Občina Kranj",
    "vat_identifier": "SI55789935",
    "legal_registration_identifier": {"value": "5874653000"},
    "postal_address": {
        "line_1": "Slovenski trg 1",
        "city": "Kranj",
        "post_code": "4000",
        "country_code": "SI",
    },
}
PAID_INTO = {
    "payment_account_identifier": "SI56192001234567892",
    "payment_service_provider_identifier": "SZKBSI2X",
}


def body(**changes: object) -> Json:
    return invoice(
        **{
            "profile": "eslog-2",
            "buyer": BUYER,
            "contract_reference": "P-2026-7",
            "payment_instructions": [
                {
                    "payment_means_type_code": "30",
                    "remittance_information": "SI00 2026-7",
                    "credit_transfers": [PAID_INTO],
                }
            ],
            "extensions": {"slovenia": {"buyer_account": ACCOUNT, "buyer_bank": "UJPLSI2DICL"}},
            **changes,
        }
    )


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[House]:
    data = tmp_path_factory.mktemp("ujp")
    drop = data / "drop"
    drop.mkdir()
    chosen = {"schemas_dir": str(official), "si_ujp_test_url": drop.as_uri()}
    with opened(postgres, data, **chosen) as found:
        yield found


@pytest.fixture
def drop(house: House) -> Path:
    return house.runtime.settings.data / "drop"


def sent(shop: Shop, document: str) -> Json:
    (one,) = shop.get(f"/v1/documents/{document}")["transmissions"]
    found: Json = one
    return found


def until(shop: Shop, document: str, axis: str, word: str) -> Json:
    """Wait until the document's transmission says a word on an axis."""
    shown: Json = {}
    for _ in range(400):
        shown = sent(shop, document)
        if shown[axis] == word:
            return shown
        time.sleep(0.05)
    pytest.fail(f"it is {shown}")


def test_what_a_public_body_gets_is_packed_and_queued_for_ujp(
    house: House, official: Path
) -> None:
    shop = Shop.opened(house)
    issued = shop.issued(body())
    (one,) = issued["transmissions"]
    assert one["channel"] == TEST
    ((payload, receiver),) = house.sql(
        "select payload, receiver from transmission where id = %s", parse_id(one["id"], "trn")
    )
    assert receiver == f"ujp:{ACCOUNT}"
    with zipfile.ZipFile(io.BytesIO(bytes(payload))) as archive:
        envelope = etree.fromstring(archive.read("envelope.xml"))
        document, page = archive.read("eracun.xml"), archive.read("eracun.pdf")
    assert document == shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert violations(official, document) == []
    assert read(document).number == issued["number"]
    assert issued["number"] in text_of(page)
    assert envelope.findtext("doc_data/external_doc_id") == issued["number"]
    where = "receiver/receiver_eddress"
    assert envelope.findtext(f"{where}/receiver_agent") == "UJPLSI20ICL"  # never UJP itself
    assert envelope.findtext(f"{where}/receiver_mailbox") == ACCOUNT
    assert envelope.findtext("sender/sender_eddress/sender_agent") == "SZKBSI2XXXX"
    told = "payment_data/remittance_information/creditor_structured_reference"
    assert envelope.findtext(told) == "SI002026-7"


def test_a_business_gets_it_as_all_do(house: House) -> None:
    own = {"slovenia": {"buyer_account": "SI56610000019840242", "buyer_bank": "HDELSI22XXX"}}
    issued = Shop.opened(house).issued(body(extensions=own))
    assert [one["channel"] for one in issued["transmissions"]] == ["sandbox-network"]


def test_what_cannot_be_addressed_is_not_issued(house: House) -> None:
    shop = Shop.opened(house)
    account = {"payment_account_identifier": PAID_INTO["payment_account_identifier"]}
    means = {"payment_means_type_code": "30", "credit_transfers": [account]}
    answer = shop.issue(body(payment_instructions=[means]))
    assert named(answer) == {"SI-13"}
    assert shop.documents() == []
    assert shop.issued(body())["number"] == "INV-000001"  # no number was used


def test_a_rehearsal_names_the_channel(house: House) -> None:
    shop = Shop.opened(house)
    draft = shop.draft(body())
    shown = shop.get(f"/v1/documents/{draft['id']}/preflight")
    assert shown["light"] != "red", shown
    assert TEST in json.dumps(shown)


def test_what_ujp_says_arrives_at_the_document(house: House, drop: Path) -> None:
    shop = Shop.opened(house)
    document = shop.issued(body())["id"]
    soon = timedelta(seconds=0.2)
    with worker(house, TEST, first_ask=soon, longest_ask=soon):
        shown = until(shop, document, "transport", "submitted")
        (file,) = (one for one in (drop / "out").iterdir() if shown["message_id"] in one.name)
        assert file.suffix == ".zip"
        file.unlink()
        for at, status in enumerate(("nov", "prevzet", "zavrnjen")):
            said = {"status": status, "id": "4711"}
            (drop / "in" / f"{file.stem}.{at}.json").write_text(json.dumps(said))
        rejected = until(shop, document, "business", "rejected")
    assert rejected["transport"] == "delivered"
    assert rejected["regulatory"] == "accepted"
    report = audited(house.admin_url, house.runtime.settings.data)
    assert report.problems == ()


def test_what_ujp_does_not_take_is_refused(house: House, drop: Path) -> None:
    shop = Shop.opened(house)
    document = shop.issued(body())["id"]
    soon = timedelta(seconds=0.2)
    with worker(house, TEST, first_ask=soon, longest_ask=soon):
        shown = until(shop, document, "transport", "submitted")
        said = {"napaka": {"koda": "101", "opis": "Prejemnik ni znan"}}
        (drop / "in" / f"{shown['message_id']}.1.json").write_text(json.dumps(said))
        refused = until(shop, document, "regulatory", "rejected")
    assert refused["transport"] == "failed_permanent"
