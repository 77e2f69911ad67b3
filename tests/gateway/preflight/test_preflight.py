"""One traffic light, before a number is used."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.chains import foreign
from gateway.chains.repository import ForeignRow
from gateway.channels.places import Place
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.demo.companies import SELLERS
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.preflight.lights import Check, Light, worst
from gateway.transmissions.control import breakers, pauses
from gateway.transmissions.policy import Policy
from tests.gateway.conftest import Account
from tests.gateway.sandbox.process import Network
from tests.gateway.signing.authority import p256
from tests.gateway.signing.test_endpoints import certificate, p12

BUYER = {
    "name": "Kupec d.o.o.",
    "electronic_address": {"scheme_identifier": "0088", "value": "4006381333931"},
    "postal_address": {
        "line_1": "Trg 1",
        "city": "Celje",
        "post_code": "3000",
        "country_code": "SI",
    },
}


def body(**more: object) -> dict[str, object]:
    items = [{"name": "Bread", "quantity": "2", "price": "12.50", "vat_rate": "22"}]
    return {"customer": BUYER, "items": items, "buyer_reference": "K-7", **more}


@pytest.fixture
def network(account: Account, tmp_path: Path) -> Iterator[Network]:
    network = Network(tmp_path / "network", None)
    network.start()
    there = Place(
        channel="sandbox-network", url=network.url, shown=network.url, trust=network.trust
    )
    account.runtime.sandbox_network = SandboxNetwork.open(there)
    yield network
    network.close()


@pytest.fixture
def entity(account: Account) -> str:
    answer = account.call("POST", "/v1/entities", SELLERS["SI"])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def draft(account: Account, entity: str, given: dict[str, object]) -> str:
    answer = account.call("POST", "/v1/invoices", given, Entity_Id=entity)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def flown(account: Account, entity: str, document: str) -> tuple[str, dict[str, Any]]:
    answer = account.call("GET", f"/v1/documents/{document}/preflight", Entity_Id=entity)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return found["light"], {one["id"]: one for one in found["checks"]}


@pytest.mark.usefixtures("network")
def test_a_good_draft_is_green_and_uses_no_number(account: Account, entity: str) -> None:
    document = draft(account, entity, body())
    for _ in range(2):
        light, checks = flown(account, entity, document)
        lights = {name: check["light"] for name, check in checks.items()}
        assert checks["series"]["data"]["number"] == "INV-000001"
        assert lights["recipient"] == lights["series"] == lights["channel"] == "green"
        assert lights["rules"] in {"green", "amber"}
        assert light == worst(Check("x", Light(one), "") for one in lights.values())
        assert light != "red", checks
    issued = account.call(
        "POST", f"/v1/invoices/{document}/finalize", Entity_Id=entity, Idempotency_Key="a"
    )
    assert issued.json()["number"] == "INV-000001"
    again = account.call("GET", f"/v1/documents/{document}/preflight", Entity_Id=entity)
    assert again.status_code == 409


@pytest.mark.usefixtures("network")
def test_broken_rules_are_red_with_their_findings(account: Account, entity: str) -> None:
    given = body()
    del given["buyer_reference"]
    document = draft(account, entity, given)
    light, checks = flown(account, entity, document)
    assert light == "red"
    rules = {finding["rule"] for finding in checks["rules"]["data"]["findings"]}
    assert rules == {"PEPPOL-EN16931-R003"}


def test_nobody_there_is_red_and_the_message_would_be_refused(
    account: Account, entity: str, network: Network
) -> None:
    document = draft(account, entity, body())
    script = {"lines": [], "unreachable": ["0088:4006381333931"]}
    httpx2.put(f"{network.url}/__sandbox/script", content=json.dumps(script)).raise_for_status()
    light, checks = flown(account, entity, document)
    assert (light, checks["recipient"]["light"]) == ("red", "red")


def test_a_network_that_is_away_is_amber(account: Account, entity: str, network: Network) -> None:
    document = draft(account, entity, body())
    network.close()
    _, checks = flown(account, entity, document)
    assert checks["recipient"]["light"] == "amber"


def test_a_channel_that_leads_nowhere_is_red(account: Account, entity: str) -> None:
    document = draft(account, entity, body())
    preflight = account.runtime.preflight
    account.runtime.preflight = replace(preflight, nowhere=lambda channel: f"where is {channel}")
    light, checks = flown(account, entity, document)
    account.runtime.preflight = preflight
    assert (light, checks["channel"]["light"]) == ("red", "red")
    assert checks["channel"]["data"] == {"channel": "sandbox-network"}


@pytest.mark.usefixtures("network")
def test_a_paused_channel_is_amber(account: Account, entity: str) -> None:
    document = draft(account, entity, body())
    now = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    with account.runtime.database.worker_transaction() as tx:
        pauses.pause(tx, "sandbox-network", "maintenance", "operator", now)
    _, checks = flown(account, entity, document)
    assert (checks["channel"]["light"], "maintenance" in checks["channel"]["reason"]) == (
        "amber",
        True,
    )


@pytest.mark.usefixtures("network")
def test_without_a_key_the_scheme_is_red(account: Account, entity: str) -> None:
    settings = {"fiscalization": {"scheme": "sandbox-authority"}}
    answer = account.call("PATCH", f"/v1/entities/{entity}", {"settings": settings})
    assert answer.status_code == 200, answer.text
    light, checks = flown(account, entity, draft(account, entity, body()))
    assert light == "red"
    assert checks["certificate"]["data"]["reason"] == "none"
    assert checks["chain"]["light"] == "green"


@pytest.mark.usefixtures("network")
def test_a_late_invoice_is_amber(account: Account, entity: str) -> None:
    given = body(delivery_information={"actual_delivery_date": "2026-01-05"})
    given |= {"issue_date": "2026-11-01"}
    _, checks = flown(account, entity, draft(account, entity, given))
    assert checks["deadline"]["light"] == "amber"
    assert checks["deadline"]["data"]["days_left"] < 0


@pytest.mark.usefixtures("network")
def test_others_see_nothing(account: Account, other_account: Account, entity: str) -> None:
    document = draft(account, entity, body())
    theirs = other_account.new_entity()
    path = f"/v1/documents/{document}/preflight"
    assert other_account.call("GET", path, Entity_Id=theirs).status_code == 404
    assert other_account.call("GET", path, Entity_Id=entity).status_code == 404


@given(st.lists(st.sampled_from(Light)))
def test_the_worst_light_is_shown(lights: list[Light]) -> None:
    found = worst(Check(str(n), light, "") for n, light in enumerate(lights))
    assert found in {*lights, Light.GREEN}
    assert not (Light.RED in lights and found is not Light.RED)
    assert not (found is Light.GREEN and {Light.AMBER, Light.RED} & set(lights))


def key_of(account: Account, entity: str, purpose: str, **more: object) -> None:
    given: dict[str, object] = {"name": purpose, "purposes": [purpose], "bare": True, **more}
    answer = account.call("POST", "/v1/signing-keys", given, Entity_Id=entity)
    assert answer.status_code == 201, answer.text


def brings(account: Account, entity: str, purpose: str, days: float = 365) -> None:
    key = p256()
    given = p12(key, certificate(key, ends=days)) | {"purposes": [purpose]}
    answer = account.call("POST", "/v1/signing-keys/import", given, Entity_Id=entity)
    assert answer.status_code == 201, answer.text


def chosen(account: Account, entity: str) -> None:
    scheme = {"scheme": "sandbox-authority"}
    settings = {"fiscalization": scheme, "seal": {"documents": "xades"}}
    answer = account.call("PATCH", f"/v1/entities/{entity}", {"settings": settings})
    assert answer.status_code == 200, answer.text


PURPOSES = ("fiscal-signature", "document-seal", "client-tls")


def certificates(account: Account, entity: str, document: str) -> dict[str, tuple[str, object]]:
    path = f"/v1/documents/{document}/preflight"
    found = account.call("GET", path, Entity_Id=entity).json()["checks"]
    return {
        one["data"]["purpose"]: (one["light"], one["data"].get("reason"))
        for one in found
        if one["id"] == "certificate"
    }


@pytest.mark.usefixtures("network")
def test_every_key_that_issuing_and_sending_need_is_looked_at(
    account: Account, entity: str
) -> None:
    chosen(account, entity)
    document = draft(account, entity, body())
    found = certificates(account, entity, document)
    assert found == dict.fromkeys(PURPOSES, ("red", "none"))
    for purpose in PURPOSES:
        key_of(account, entity, purpose, kind="ed25519")
    found = certificates(account, entity, document)
    assert {light for light, _ in found.values()} == {"red"}, found
    assert found["client-tls"] == ("red", "no_certificate")
    for purpose in PURPOSES:
        brings(account, entity, purpose)
    found = certificates(account, entity, document)
    assert found == dict.fromkeys(PURPOSES, ("green", None))


@pytest.mark.usefixtures("network")
def test_a_certificate_that_ends_before_the_record_must_be_sent_is_red(
    account: Account, entity: str
) -> None:
    chosen(account, entity)
    document = draft(account, entity, body())
    for purpose in PURPOSES:
        brings(account, entity, purpose, days=1)
    found = certificates(account, entity, document)
    early = ("red", "expires_before_deadline")
    assert found == {
        "fiscal-signature": early,
        "document-seal": early,
        "client-tls": ("amber", None),  # it is shown when it is sent, and may be another then
    }


@pytest.mark.usefixtures("network")
def test_a_channel_that_does_not_answer_is_amber(account: Account, entity: str) -> None:
    document = draft(account, entity, body())
    now = clock.now()
    with account.runtime.database.worker_transaction() as tx:
        for _ in range(20):
            breakers.note(
                tx, "sandbox-network/a:1", "failed", trial=False, patience=Policy(), now=now
            )
    _, checks = flown(account, entity, document)
    assert (checks["channel"]["light"], checks["channel"]["data"]["channel"]) == (
        "amber",
        "sandbox-network",
    )


@pytest.mark.usefixtures("network")
def test_a_number_that_the_authority_knows_is_red(account: Account, entity: str) -> None:
    chosen(account, entity)
    document = draft(account, entity, body())
    of = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox")
    known = ForeignRow(
        chain_key=f"sandbox-authority/{entity}",
        sequence=9,
        digest="d" * 64,
        number="INV-000001",
    )
    with account.runtime.database.transaction(of) as tx:
        foreign.note(tx, known, clock.now())
    _, checks = flown(account, entity, document)
    assert checks["chain"]["light"] == "red"
    assert checks["chain"]["data"]["known_sequence"] == 9


@pytest.mark.usefixtures("network")
def test_the_key_that_seals_pdfs_is_looked_at_though_issuing_needs_none(
    account: Account, entity: str
) -> None:
    settings = {"seal": {"pdf": True}}
    answer = account.call("PATCH", f"/v1/entities/{entity}", {"settings": settings})
    assert answer.status_code == 200, answer.text
    document = draft(account, entity, body())

    def found() -> list[tuple[str, str, str | None]]:
        path = f"/v1/documents/{document}/preflight"
        checks = account.call("GET", path, Entity_Id=entity).json()["checks"]
        data = [(one["light"], one["data"]) for one in checks if one["id"] == "certificate"]
        return [(light, one["seals"], one.get("reason")) for light, one in data]

    assert found() == [("amber", "pdf", "none")]
    brings(account, entity, "document-seal", days=10)
    assert found() == [("amber", "pdf", None)]  # it ends soon
    brings(account, entity, "document-seal")
    assert found() == [("green", "pdf", None)]
