"""An invoice's way to the reference authority and back: keys, chain, wire, verdict, stamp."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from gateway.channels.credentials import Credentials
from gateway.channels.sandbox_authority import CONDUCT
from gateway.documents.fiscal.service import Fiscal
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.adapter import Adapter
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.contract_suite.authority import LocalAuthority, local_authority
from tests.gateway.documents.fiscal import recorded_shop
from tests.gateway.houses import House, Json, Shop, opened

QUICK = Policy(
    poll_seconds=0.1,
    threads=1,
    first_delay=timedelta(milliseconds=50),
    longest_delay=timedelta(seconds=1),
)
KEYS = "/v1/signing-keys"


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def authority(house: House, tmp_path: Path) -> Iterator[LocalAuthority]:
    with local_authority(tmp_path) as made:
        issuer = house.runtime.documents.issuer
        before = issuer.fiscal
        now = Fiscal(house.runtime.vault.for_purpose, lambda _: made.url)
        object.__setattr__(issuer, "fiscal", now)
        yield made
        object.__setattr__(issuer, "fiscal", before)


def enrol(shop: Shop, authority: LocalAuthority, purpose: str, use: str) -> None:
    """Make a key in the vault, and let the authority certify it."""
    body = {"name": purpose, "purposes": [purpose], "kind": "p-256"}
    key = shop.call("POST", KEYS, body).json()["id"]
    asked = shop.call("POST", f"{KEYS}/{key}/csr", {"subject": {"common_name": purpose}})
    assert asked.status_code == 200, asked.text
    url = f"{authority.url}/test-certificates?use={use}"
    given = httpx2.post(url, content=asked.json()["csr"].encode(), trust_env=False)
    leaf = given.text.partition("-----END CERTIFICATE-----")
    body = {"certificate": leaf[0] + leaf[1] + "\n"}
    answer = shop.call("POST", f"{KEYS}/{key}/certificates", body)
    assert answer.status_code == 201, answer.text


def seller(house: House, authority: LocalAuthority) -> Shop:
    shop = recorded_shop(house)
    enrol(shop, authority, "fiscal-signature", "signature")
    enrol(shop, authority, "client-tls", "client-tls")
    return shop


@contextmanager
def working(house: House, adapter: Adapter) -> Iterator[None]:
    runtime = house.runtime
    worker = Worker(
        runtime.database,
        runtime.archive,
        [adapter],
        policy=QUICK,
        chance=random.Random(1).random,  # noqa: S311 - to be repeated
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


def cleared(shop: Shop, document: str, seconds: float = 25) -> Json:
    """Wait until a document carries the authority's registration."""
    until = time.monotonic() + seconds
    while True:
        found = shop.get(f"/v1/documents/{document}")
        if any(stamp["kind"] == "registration" for stamp in found["stamps"]):
            return found
        assert time.monotonic() < until, found
        time.sleep(0.1)


def test_invoices_are_cleared_in_the_order_of_their_chain(
    house: House, authority: LocalAuthority
) -> None:
    shop = seller(house, authority)
    issued = [shop.issued() for _ in range(3)]
    authority.fail({"fault": "drop_after_accept", "nth": 2, "count": 1})
    with working(house, authority.adapter):
        found = [cleared(shop, one["id"]) for one in issued]
    book = httpx2.get(f"{authority.url}/__sandbox/ledger", trust_env=False).json()["records"]
    assert [one["state"] for one in book] == ["accepted"] * 3
    assert [one["position"] for one in book] == [1, 2, 3]
    assert [one["number"] for one in book] == [f"invoice {one['number']}" for one in issued]
    assert sum(one["repeats"] for one in book) == 1
    numbers = [
        stamp["identifier"]
        for one in found
        for stamp in one["stamps"]
        if stamp["kind"] == "registration"
    ]
    assert len(set(numbers)) == 3


def test_what_was_issued_while_the_authority_was_away_is_sent_deferred(
    house: House, authority: LocalAuthority
) -> None:
    shop = seller(house, authority)
    document = shop.issued()["id"]
    away = authority.adapter_to("https://127.0.0.1:9")
    offline = CONDUCT.offline
    assert offline is not None
    hasty = replace(CONDUCT, offline=replace(offline, after=timedelta(seconds=0.2)))
    away.conduct = authority.adapter.conduct = hasty
    with working(house, away):
        until = time.monotonic() + 60
        while house.sql("select 1 from outbox where state = 'deferred'") == []:
            assert time.monotonic() < until, house.sql("select state, reason from outbox")
            time.sleep(0.1)
    house.sql("delete from breaker")  # it would be closed again after a while
    with working(house, authority.adapter):
        cleared(shop, document)
    (row,) = httpx2.get(f"{authority.url}/__sandbox/ledger", trust_env=False).json()["records"]
    assert '"deferred": true' in row["remark"]


def test_a_record_that_gets_no_place_halts_the_chain_and_what_follows_it_asks_for_a_person(
    house: House, authority: LocalAuthority
) -> None:
    shop = recorded_shop(house)  # with a key that the authority did not certify
    refused = shop.issued()["id"]
    enrol(shop, authority, "fiscal-signature", "signature")
    enrol(shop, authority, "client-tls", "client-tls")
    following = [shop.issued()["id"], shop.issued()["id"]]
    with working(house, authority.adapter):
        until = time.monotonic() + 25
        while (found := standing(shop, following)) != ["stuck", ""]:
            assert time.monotonic() < until, found
            time.sleep(0.3)
    ((last,),) = (records_of(shop, document) for document in following[1:])
    assert last["transport"] == "queued"  # it waits behind the one that waits for a person
    (chain,) = shop.get("/v1/chains")["data"]
    assert chain["state"] == "halted"
    (first,) = records_of(shop, refused)
    assert (first["transport"], first["regulatory"]) == ("failed_permanent", "rejected")
    events = shop.get("/v1/events?limit=100")["data"]
    assert [one["type"] for one in events].count("chain.halted") == 1
    assert shop.issue().json()["type"] == "/problems/chain-halted"


def test_behind_a_record_that_got_no_place_nothing_is_sent_any_more(
    house: House, authority: LocalAuthority
) -> None:
    """The certificate is revoked when one record has its place and others wait for theirs."""
    shop = seller(house, authority)
    first = shop.issued()["id"]
    with working(house, authority.adapter):
        cleared(shop, first)
    revoke(authority)
    refused, following, last = (shop.issued()["id"] for _ in range(3))
    with working(house, authority.adapter):
        until = time.monotonic() + 25
        while (found := standing(shop, [refused, following, last])) != ["reissue", "stuck", ""]:
            assert time.monotonic() < until, found
            time.sleep(0.3)
    ((burnt,), (spared,), (behind,)) = (
        records_of(shop, one) for one in (refused, following, last)
    )
    assert (burnt["transport"], burnt["regulatory"]) == ("failed_permanent", "rejected")
    assert (spared["transport"], spared["attempts"]) == ("queued", 0)
    assert spared["waiting"]["reason"] == "chain_halted"
    assert (behind["transport"], behind["waiting"]["what"]) == ("queued", "turn")
    assert shop.get(f"/v1/documents/{refused}")["status"] == "action_required"
    retried = shop.call("POST", f"/v1/transmissions/{spared['id']}/retry")
    assert retried.status_code == 200, retried.text
    with working(house, authority.adapter):  # the chain is halted still: nobody is asked twice
        while records_of(shop, following)[0]["action_required"] != "stuck":
            assert time.monotonic() < until + 25
            time.sleep(0.1)
    assert records_of(shop, following)[0]["attempts"] == 0


def revoke(authority: LocalAuthority) -> None:
    """Let the authority revoke what shops sign their records with."""
    for one in httpx2.get(f"{authority.url}/__sandbox/certificates", trust_env=False).json():
        if "fiscal-signature" in one["subject"]:
            authority.tell(f"certificates/{one['serial']}", {"revoked": True})


def records_of(shop: Shop, document: str) -> list[Json]:
    found = shop.get(f"/v1/documents/{document}")["transmissions"]
    return [one for one in found if one["channel"] == "sandbox-authority"]


def standing(shop: Shop, documents: list[str]) -> list[str]:
    rows = [one for document in documents for one in records_of(shop, document)]
    return [str(one["action_required"] or "") for one in rows]
