"""Slovenian cash invoices: issued with a ZOI, told to FURS, and stamped with its EOR."""

import base64
import hashlib
import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from countries.si import receipt_code
from formats.furs import BusinessPremise, PremiseIdentifier, SoftwareSupplier
from gateway.channels.credentials import Credentials
from gateway.channels.places import place
from gateway.channels.registry import adapters
from gateway.channels.si_furs import SiFurs
from gateway.demo.companies import SELLERS
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.sandbox.furs.office import Office
from gateway.sandbox.kit.door import running
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import House, Json, Shop, invoice, opened

VAT = "SI81234562"
SCHEME = {"scheme": "si-furs", "numbering": "B", "operator_tax_number": "12345678"}
TEST = "si-furs-test"

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Market:
    """A house, and FURS beside it."""

    house: House
    url: str

    def shop(self, vat: str = VAT, *, premise: str | None = "TRG1", **scheme: object) -> Shop:
        """Return a seller with the certificate of FURS, a premise and a series of its device."""
        seller = {**SELLERS["SI"]["seller"], "vat_identifier": vat}
        shop = Shop.opened(self.house, settings={"fiscalization": SCHEME | scheme}, seller=seller)
        given = httpx2.post(
            f"{self.url}/test-taxpayers/{vat[2:]}?password=x", content=b"", trust_env=False
        )
        body = {
            "name": "FURS",
            "purposes": ["fiscal-signature"],
            "pkcs12": base64.b64encode(given.content).decode(),
            "password": "x",
        }
        made = shop.call("POST", "/v1/signing-keys/import", body)
        assert made.status_code == 201, made.text
        if premise is not None:
            self.registered(shop, vat, premise)
            body = {"pattern": "{premise}-{device}-{seq}", "premise": premise, "device": "B1"}
            made = shop.call("POST", "/v1/series", {"code": "TILL", **body})
            assert made.status_code == 201, made.text
        return shop

    def registered(self, shop: Shop, vat: str, premise: str) -> None:
        runtime = self.house.runtime
        tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
        told = BusinessPremise(
            tax_number=vat[2:],
            premise=premise,
            identifier=PremiseIdentifier(kind="A"),
            valid_from=clock.now().date(),
            suppliers=(SoftwareSupplier(foreign_name="Gateway"),),
        )
        with runtime.database.transaction(tenant) as tx:
            vault = Credentials(runtime.database, runtime.vault)
            credential = vault(tx, "fiscal-signature", at=clock.now())
        SiFurs.open(place(runtime.settings, TEST)).register(
            told, message_id=str(uuid4()), now=clock.now(), credential=credential
        )

    def ledger(self, vat: str = VAT) -> list[Json]:
        """Return what FURS has of a taxpayer."""
        rows = httpx2.get(f"{self.url}/__sandbox/ledger", trust_env=False).json()
        return [row for row in rows["records"] if row["owner"] == vat[2:]]

    @contextmanager
    def working(self) -> Iterator[None]:
        runtime = self.house.runtime
        worker = Worker(
            runtime.database,
            runtime.archive,
            [one for one in adapters(runtime.settings) if one.channel == TEST],
            policy=Policy(poll_seconds=0.1),
            chance=random.Random(3).random,  # noqa: S311 - to be repeated
            vault=Credentials(runtime.database, runtime.vault),
        )
        stop = threading.Event()
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(30)


def told(shop: Shop, document: Json) -> Json:
    """Wait until FURS was told of a document, and return it."""
    sent: Json = {}
    for _ in range(300):
        shown = shop.get(f"/v1/documents/{document['id']}")
        (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
        if sent["transport"] in {"submitted", "failed_permanent"}:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {sent}")


def verdict(shown: Json) -> str:
    """Return what FURS says of a document."""
    (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
    return str(sent["regulatory"])


def sale(**changes: object) -> Json:
    return invoice(series="TILL", **changes)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    directory = tmp_path_factory.mktemp("furs")
    office = Office(directory)
    with running(office) as plain, running(office, tls=office.tls) as secured:
        office.ca.here = plain.url
        chosen = {"si_furs_test_url": secured.url, "si_furs_test_trust": directory / "ca.pem"}
        with opened(postgres, tmp_path_factory.mktemp("house"), **chosen) as house:
            yield Market(house, plain.url)
    office.book.close()


def test_an_invoice_has_its_zoi_at_once_and_its_eor_when_furs_was_told(market: Market) -> None:
    shop = market.shop()
    issued = shop.issued(sale())
    assert issued["number"] == "TRG1-B1-1"
    (mark,) = shop.get(f"/v1/documents/{issued['id']}")["stamps"]
    assert mark["kind"] == "zoi"
    assert receipt_code.is_valid(mark["qr"])
    assert int(mark["qr"][:39]) == int(mark["identifier"], 16)
    with market.working():
        shown = told(shop, issued)
    mark, eor = shown["stamps"]
    (row,) = market.ledger()
    assert eor["kind"] == "eor"
    assert eor["identifier"] in row["answer"]
    assert verdict(shown) == "cleared"
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert mark["identifier"] in page
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_the_number_is_premise_device_and_sequence(market: Market) -> None:
    shop = market.shop("SI82345678")
    answer = shop.issue(invoice())
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-05"]
    assert shop.documents() == []
    assert market.ledger("SI82345678") == []


def test_a_credit_note_names_the_invoice_as_furs_knows_it(market: Market) -> None:
    vat = "SI15012557"
    shop = market.shop(vat)
    series = {"code": "BACK", "pattern": "{premise}-{device}-{seq}"}
    made = shop.call("POST", "/v1/series", {**series, "premise": "TRG1", "device": "B2"})
    assert made.status_code == 201
    issued = shop.issued(sale())
    credit = shop.issue(invoice(corrects=issued["id"], series="BACK"), "credit-notes")
    assert credit.status_code == 200, credit.text
    with market.working():
        shown = told(shop, credit.json())
    assert verdict(shown) == "cleared"
    record = record_of(shop, shown)
    (named,) = record["ReferenceInvoice"]
    assert named["ReferenceInvoiceIdentifier"]["InvoiceNumber"] == "1"
    assert record["InvoiceAmount"] < 0


def test_what_furs_does_not_know_cannot_be_named(market: Market) -> None:
    """The invoice was issued before the entity told FURS of anything, under another number."""
    vat = "SI27289877"
    shop = market.shop(vat)
    off = {"settings": {"fiscalization": None}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", off).status_code == 200
    issued = shop.issued(invoice())
    on = {"settings": {"fiscalization": SCHEME}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", on).status_code == 200
    answer = shop.issue(invoice(corrects=issued["id"], series="TILL"), "credit-notes")
    assert answer.status_code == 422, answer.text
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-07"]


def test_what_is_kept_of_a_request_is_what_was_signed(market: Market) -> None:
    vat = "SI50223054"
    shop = market.shop(vat)
    issued = shop.issued(sale())
    with market.working():
        shown = told(shop, issued)
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (one,) = (entry for entry in entries if entry["role"] == "request")
    sent = shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content
    _, _, body = sent.partition(b"\r\n\r\n")
    _, content, _ = json.loads(body)["token"].split(".")
    told_of = json.loads(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    number = told_of["InvoiceRequest"]["Invoice"]["InvoiceIdentifier"]["InvoiceNumber"]
    assert number == "1"


def record_of(shop: Shop, shown: Json) -> Json:
    """Return the frozen record of a document, from its evidence."""
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (one,) = (entry for entry in entries if entry["role"] == "fiscal-record")
    content = shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content
    found: Json = json.loads(content)["InvoiceRequest"]["Invoice"]
    return found


def test_only_the_key_itself_makes_the_zoi(market: Market) -> None:
    """With the published rule alone: MD5 of the RSA signature over what FURS prescribes."""
    vat = "SI59082437"
    shop = market.shop(vat)
    given = httpx2.post(f"{market.url}/test-taxpayers/{vat[2:]}", content=b"", trust_env=False)
    key = serialization.load_pem_private_key(given.content, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    record = record_of(shop, shop.issued(sale()))
    day, moment = record["IssueDateTime"].split("T")
    year, month, date = day.split("-")
    text = (
        f"{record['TaxNumber']}{date}.{month}.{year} {moment}1TRG1B1{record['InvoiceAmount']:.2f}"
    )
    other = hashlib.md5(
        key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()), usedforsecurity=False
    ).hexdigest()
    assert other != record["ProtectedID"]  # another key of the same taxpayer


def test_an_unregistered_premise_is_a_reason_to_wait_and_to_act(market: Market) -> None:
    vat = "SI80267432"
    shop = market.shop(vat, premise=None)
    body = {"pattern": "{premise}-{device}-{seq}", "premise": "NEW1", "device": "B1"}
    assert shop.call("POST", "/v1/series", {"code": "TILL", **body}).status_code == 201
    issued = shop.issued(sale())
    with market.working():
        for _ in range(100):
            shown = shop.get(f"/v1/documents/{issued['id']}")
            if shown["transmissions"][-1]["attempts"] >= 1:
                break
            time.sleep(0.1)
        market.registered(shop, vat, "NEW1")
        assert verdict(told(shop, issued)) == "cleared"
