"""What the sandbox network hands over: signed, at least once, for the entity it names."""

import base64
import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from gateway.channels.sandbox_network import SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.inbox.keeper import Keeper
from gateway.kit import clock
from gateway.sandbox.network.identity import Identity, open_identity
from gateway.transmissions.adapter import Answer, Request
from tests.gateway.houses import House
from tests.gateway.inbox.conftest import Company, written

US = "9949:SI27289877"
DOOR = "/v1/channels/sandbox-network/deliveries"


@dataclass(frozen=True)
class Listening:
    """A wire with somebody at its end who only listens."""

    told: list[dict[str, Any]]
    status: int = 200

    def exchange(self, request: Request) -> Answer:
        self.told.append({"url": request.url, "body": request.body})
        return Answer(self.status, b"{}")


@dataclass
class Network:
    """An access point with its keys, and the gateway's adapter that trusts it."""

    house: House
    identity: Identity
    adapter: SandboxNetwork
    told: list[dict[str, Any]]

    def deliver(self, content: bytes, message_id: str, **changes: str) -> Response:
        said = {
            "message_id": message_id,
            "digest": f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:",
            "sender": "9930:DE129261942",
            "receiver": US,
            **changes,
        }
        statement = self.identity.seal_compact(changes.pop("kind", "delivery"), said)
        return self.post(content, statement)

    def post(self, content: bytes, statement: str) -> Response:
        headers = {"Content-Type": "application/xml", "Delivery-Statement": statement}
        return self.house.client.post(DOOR, content=content, headers=headers)

    def keep(self) -> int:
        keeper, done = Keeper(self.house.runtime.inbox, self.adapter), 0
        while keeper.work_once():
            done += 1
        return done


@pytest.fixture
def network(house: House, tmp_path: Path) -> Iterator[Network]:
    told: list[dict[str, Any]] = []

    identity = open_identity(tmp_path, clock.now())
    anchor = TrustAnchor.load(tmp_path / "ca.pem")
    adapter = SandboxNetwork("http://network.test", anchor, Listening(told))
    house.sql("delete from inbox_work")
    house.sql("delete from entity_address")
    house.runtime.sandbox_network = adapter
    yield Network(house, identity, adapter, told)
    house.runtime.sandbox_network = None


@pytest.fixture
def at_home(network: Network, company: Company) -> Company:
    """A company the network's directory knows."""
    assert network.house.sql("select value from entity_address order by value") == [
        (US,),
        ("vat:SI27289877",),
    ]
    return company


def test_a_delivery_is_stored_at_once_and_read_soon(network: Network, at_home: Company) -> None:
    content = written()
    answer = network.deliver(content, "m-1")
    assert (answer.status_code, answer.json()) == (200, {"known": False})
    (found,) = at_home.call("GET").json()["data"]
    assert (found["state"], found["channel"]) == ("received", "sandbox-network")
    early = at_home.call("GET", f"/{found['id']}/pdf")
    assert early.status_code == 409
    assert network.keep() == 1
    read = at_home.call("GET", f"/{found['id']}").json()
    assert (read["state"], read["misaddressed"]) == ("readable", False)
    arrival = read["arrivals"][0]
    assert (arrival["message_id"], arrival["receiver"]) == ("m-1", US)
    files = at_home.call("GET", f"/{found['id']}/evidence").json()["data"]
    assert [one["role"] for one in files] == ["received", "receipt", "validation-report"]
    path = f"/v1/activity?actor=system&entity_id={at_home.entity}"
    (done,) = at_home.account.call("GET", path).json()["data"]
    assert (done["action"], done["subject_id"]) == (
        "receive_sandbox_network_delivery",
        found["id"],
    )


def test_it_may_come_many_times(network: Network, at_home: Company) -> None:
    content = written()
    network.deliver(content, "m-1")
    assert network.deliver(content, "m-1").json() == {"known": True}
    assert network.deliver(content, "m-2").json() == {"known": True}
    upload = at_home.upload(content)
    assert upload.status_code == 200
    arrivals = [(one["channel"], one["message_id"]) for one in upload.json()["arrivals"]]
    assert arrivals == [("sandbox-network", "m-1"), ("sandbox-network", "m-2"), ("upload", None)]
    other = network.deliver(written(number="other"), "m-1")
    assert (other.status_code, other.json()["type"]) == (409, "/problems/message-id-used")


def test_only_a_trusted_statement_about_these_bytes_counts(
    network: Network, at_home: Company, tmp_path: Path
) -> None:
    content = written()
    stranger = open_identity(tmp_path / "other", clock.now())
    forged = Network(network.house, stranger, network.adapter, [])
    for answer in (
        forged.deliver(content, "m"),
        network.deliver(content, "m", digest="sha-256=:AAAA:"),
        network.deliver(content, "m", kind="signal"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/signature-invalid")
    for statement in ("", "a.b", "a.b.c", "a." * 9_000):
        assert network.post(content, statement).status_code in {400, 422}
    assert network.deliver(content, "m" * 501).status_code == 400
    assert network.deliver(b"", "m").status_code == 422
    assert at_home.listed() == []


def test_who_is_not_here_is_not_found(network: Network, at_home: Company) -> None:
    for receiver in ("9949:SI50223054", "9930:SI27289877", "SI27289877", "vat:SI27289877", "reg:"):
        assert network.deliver(written(), "m", receiver=receiver).status_code == 404
    assert at_home.listed() == []


def test_an_address_that_the_country_makes_is_found(network: Network, house: House) -> None:
    account = house.account()
    seller = {"name": "Pek", "vat_identifier": "SI50223054"}
    entity = account.new_entity("Pek", "SI", seller=seller)
    assert network.deliver(written(), "m", receiver="9949:SI50223054").status_code == 200
    assert len(Company(account, entity).listed()) == 1
    seller = {"name": "Pek", "vat_identifier": "SI27289877"}
    account.call("PATCH", f"/v1/entities/{entity}", {"seller": seller})
    assert network.deliver(written(), "n", receiver="9949:SI50223054").status_code == 404
    assert network.deliver(written(), "n", receiver=US).status_code == 200


def test_the_first_to_claim_an_address_has_it(
    network: Network, at_home: Company, house: House
) -> None:
    second = house.account().new_entity("Copy", "SI", seller={"vat_identifier": "SI27289877"})
    assert second
    assert network.deliver(written(), "m").status_code == 200
    assert len(at_home.listed()) == 1


def test_a_decision_is_told_to_the_network_until_it_is_heard(
    network: Network, at_home: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.deliver(written(), "m/1")
    network.keep()
    (found,) = at_home.listed()
    at_home.call("POST", f"/{found}/reject", {"reason": "Too dear.", "code": "PRI"})
    refusing = Listening([], 503)
    patient = SandboxNetwork("http://network.test", network.adapter._anchor, refusing)
    assert Keeper(at_home.account.runtime.inbox, patient).work_once()
    assert network.keep() == 0, "not due yet"
    later = clock.now() + datetime.timedelta(seconds=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert network.keep() == 1
    (told,) = network.told
    assert told["url"] == "http://network.test/messages/m%2F1/response"
    assert b'"code":"RE"' in told["body"].replace(b" ", b"")
    assert b'"reason_code":"PRI"' in told["body"].replace(b" ", b"")
    assert network.house.sql("select count(*) from inbox_work") == [(0,)]


def _not_again(*_: object, **__: object) -> None:
    pytest.fail("it was read again")


def test_a_document_that_ends_its_readers_stays_unread(
    network: Network, at_home: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.deliver(written(), "m")
    network.house.sql("update inbox_work set attempts = 3")
    monkeypatch.setattr("gateway.inbox.service.read_document", _not_again)
    assert network.keep() == 1
    (found,) = at_home.call("GET").json()["data"]
    assert (found["state"], found["verdict"]) == ("unreadable", "not_judged")
    shown = at_home.call("GET", f"/{found['id']}").json()
    assert shown["refusal"]["code"] == "reader-failed"
