"""Issued, recorded, sent in order and stamped: a shop, its keys, and the sandbox's authority."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
import pytest

from gateway.chains.repository import ForeignRow
from gateway.chains.reseeding import reseed
from gateway.channels.credentials import Credentials
from gateway.channels.registry import adapters
from gateway.demo.companies import SELLERS
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.sandbox.authority.office import Office
from gateway.sandbox.kit.door import running
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.formats.pdf.documents import text_of
from tests.gateway.documents.fiscal import SCHEME
from tests.gateway.houses import House, Json, Shop, invoice, kind, opened

FIRST, SECOND = "SI81234562", "SI82345678"

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Tax:
    """A house, the authority beside it, and the address of its plain door."""

    house: House
    url: str

    def ledger(self, shop: Shop) -> list[Json]:
        """Return what the authority has of a shop, in order."""
        rows = httpx2.get(f"{self.url}/__sandbox/ledger", trust_env=False).json()["records"]
        seller = shop.get(f"/v1/entities/{shop.entity}")["seller"]["vat_identifier"]
        own = [row for row in rows if row["owner"] == seller]
        for row in own:
            row["number"] = row["number"].removeprefix("invoice ")
        return sorted(own, key=lambda row: row["position"])

    def forget(self, shop: Shop) -> None:
        """Let nobody of the gateway have the chain of a shop, as if its rows were lost."""
        key = f"sandbox-authority/{shop.entity}"
        self.house.sql("alter table chain disable trigger chain_moves")
        self.house.sql("update chain set owner = '' where chain_key = %s", key)
        self.house.sql("alter table chain enable trigger chain_moves")

    def shop(self, vat: str) -> Shop:
        """Return a seller under the scheme with two keys that the authority certified."""
        seller = {**SELLERS["SI"]["seller"], "vat_identifier": vat}
        settings = {"fiscalization": SCHEME}
        shop = Shop.opened(self.house, settings=settings, seller=seller)
        for purpose, use in (("fiscal-signature", "signature"), ("client-tls", "client-tls")):
            body = {"name": purpose, "purposes": [purpose]}
            key = shop.call("POST", "/v1/signing-keys", body).json()["id"]
            place = f"/v1/signing-keys/{key}"
            asked = shop.call("POST", f"{place}/csr", {"subject": {"common_name": purpose}})
            given = httpx2.post(
                f"{self.url}/test-certificates?use={use}",
                content=asked.json()["csr"],
                trust_env=False,
            )
            assert given.status_code == 201, given.text
            pem = given.text[: given.text.index("-----END CERTIFICATE-----") + 26]
            made = shop.call("POST", f"{place}/certificates", {"certificate": pem})
            assert made.status_code == 201, made.text
        return shop

    @contextmanager
    def working(self) -> Iterator[None]:
        runtime = self.house.runtime
        worker = Worker(
            runtime.database,
            runtime.archive,
            adapters(runtime.settings),
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


def moved(shop: Shop, document: Json, transport: str) -> Json:
    """Wait until the record of a document has come so far, and return the document."""
    sent: Json = {}
    for _ in range(300):
        shown = shop.get(f"/v1/documents/{document['id']}")
        (sent,) = (one for one in shown["transmissions"] if one["channel"] == "sandbox-authority")
        if sent["transport"] == transport:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {sent}")


@pytest.fixture(scope="module")
def tax(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tax]:
    directory = tmp_path_factory.mktemp("authority")
    office = Office(directory)
    with running(office) as plain, running(office, tls=office.tls) as secured:
        office.ca.here = plain.url
        data = tmp_path_factory.mktemp("house")
        chosen = {
            "sandbox_authority_url": secured.url,
            "sandbox_authority_trust": directory / "ca.pem",
        }
        with opened(postgres, data, **chosen) as house:
            yield Tax(house, plain.url)
    office.book.close()


def test_documents_are_cleared_in_order_and_stamped(tax: Tax) -> None:
    shop = tax.shop(FIRST)
    documents = [shop.issued() for _ in range(3)]
    with tax.working():
        cleared = [moved(shop, one, "submitted") for one in documents]
    ledger = tax.ledger(shop)
    assert [one["number"] for one in ledger] == [one["number"] for one in documents]
    assert [one["state"] for one in ledger] == ["accepted"] * 3
    chain = shop.get("/v1/chains")["data"][0]
    assert chain["last_digest"] == ledger[-1]["digest"]
    for shown in cleared:
        place, registration = shown["stamps"]
        assert (place["kind"], registration["kind"]) == ("chain", "registration")
        assert registration["evidence_id"] is not None
        page = shop.call("GET", f"/v1/documents/{shown['id']}/pdf").content
        assert f"sandbox-authority:{registration['identifier']}" in text_of(page)
    report = check(tax.house.admin_url, tax.house.runtime.settings.data)
    assert report.problems == ()
    assert report.invariants["INV3"].examined["links"] >= 3


def test_a_fork_halts_the_chain_until_a_successor_follows_the_authority(tax: Tax) -> None:
    """What a restored backup does: the authority has a record that we have lost."""
    lost, shop = tax.shop(SECOND), tax.shop(SECOND)
    with tax.working():
        moved(lost, lost.issued(), "submitted")
        tax.forget(lost)
        # Of the same document, issued in the same second, the record would be the very same.
        other = invoice(buyer_reference="another order")
        refused = moved(shop, shop.issued(other), "failed_permanent")
        assert refused["status"] == "action_required"
        answer = shop.issue()
        assert (answer.status_code, kind(answer)) == (409, "chain-halted")
        (theirs,) = tax.ledger(shop)
        tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
        known = ForeignRow(
            chain_key="",
            sequence=theirs["position"],
            digest=theirs["digest"],
            number=theirs["number"],
        )
        key = f"sandbox-authority/{shop.entity}"
        with tax.house.runtime.database.transaction(tenant) as tx:
            reseed(tx, key, reason="backup", way="authority", known=[known], now=clock.now())
        shop.call("POST", "/v1/series", {"code": "NEW", "pattern": "{code}-{seq}"})
        moved(shop, shop.issued(invoice(series="NEW")), "submitted")
    assert [one["number"] for one in tax.ledger(shop)] == [theirs["number"], "NEW-1"]
    told = [one["type"] for one in shop.get("/v1/events?limit=100")["data"]]
    assert told.count("chain.halted") == told.count("chain.reseeded") == 1
