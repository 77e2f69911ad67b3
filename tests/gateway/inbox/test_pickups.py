"""What KSeF holds for a buyer is fetched into his inbox: each invoice once, whatever happens."""

import datetime
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from gateway.channels.credentials import Credentials
from gateway.channels.holder import Fetched, Holder, Parcel
from gateway.channels.pl_ksef.incoming import Incoming
from gateway.channels.wire import Wire
from gateway.inbox.keeper import Keeper
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.pickups.puller import PATIENCE, QUIET, Puller
from gateway.transmissions.adapter import Credential
from gateway.transmissions.errors import Retry
from tests.gateway.houses import Json, Shop
from tests.gateway.ksef import BUYER, SCHEME, TEST, Market, a_nip, ksef_market, nip_of, sale
from tests.gateway.sandbox.ksef.api import Caller, certified
from tests.gateway.sandbox.ksef.invoices import fa

INTERVAL = timedelta(minutes=20)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("pickups"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> Iterator[None]:
    yield
    market.tell("faults", {"rules": []})
    market.house.sql("update pickup set due_at = null")


class Later:
    """A clock that is set."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime.datetime:
        return clock.now() + self.ahead


def ksef(market: Market) -> Incoming:
    return Incoming(market.url, Wire(total_seconds=10), pause=lambda _: None)


def puller(market: Market, holder: Holder | None = None, later: Later | None = None) -> Puller:
    runtime = market.house.runtime
    return Puller(
        runtime.inbox,
        {TEST: holder or ksef(market)},
        Credentials(runtime.database, runtime.vault),
        INTERVAL,
        clock=later or Later(),
    )


def buyer(market: Market, receives: str = "buyer") -> Shop:
    """Return an entity that wants what it is sent."""
    shop = market.shop()
    wants(shop, receives)
    return shop


def wants(shop: Shop, receives: str, **more: object) -> None:
    body = {"settings": {"fiscalization": {**SCHEME, "receives": receives, **more}}}
    answer = shop.call("PATCH", f"/v1/entities/{shop.entity}", body)
    assert answer.status_code == 200, answer.text


def sent(market: Market, to: Shop, count: int = 1) -> list[str]:
    """Have somebody send invoices to an entity; return their KSeF numbers."""
    seller = a_nip()
    caller = Caller(market.url, None, market.client)
    caller.log_in(certified(market.url, market.client, nip=seller), seller)
    session, day = caller.session(), clock.now().date() - timedelta(days=1)
    usual: dict[str, Any] = {"seller": seller, "buyer": nip_of(to), "day": day}
    found = [session.judged(fa(**usual)).ksef_number for _ in range(count)]
    assert None not in found
    return [one for one in found if one]


def numbers(shop: Shop) -> list[str]:
    """Return the KSeF numbers of what is in an inbox, the oldest first."""
    listed = shop.get("/v1/inbox")["data"]
    shown = [shop.get(f"/v1/inbox/{one['id']}")["arrivals"] for one in reversed(listed)]
    return [one["message_id"] for arrivals in shown for one in arrivals]


def state(shop: Shop, role: str = "Subject2") -> Json:
    found = shop.get("/v1/pickups")["data"]
    return next(one for one in found if one["role"] == role)


def told(shop: Shop) -> list[tuple[str, str | None]]:
    found = shop.get("/v1/events")["data"]
    return [
        (one["type"], one["data"].get("reason"))
        for one in found
        if one["type"].startswith("pickup.")
    ]


def test_what_names_the_entity_as_buyer_is_in_its_inbox_once(market: Market) -> None:
    seller, other = market.shop(), buyer(market)
    shown = seller.issued(sale(buyer={**BUYER, "vat_identifier": f"PL{nip_of(other)}"}))
    with market.working():
        number = _numbered(seller, shown)
    assert puller(market).work_once()
    assert not puller(market).work_once()  # nothing more is due
    (listed,) = other.get("/v1/inbox")["data"]
    (arrival,) = other.get(f"/v1/inbox/{listed['id']}")["arrivals"]
    assert (arrival["channel"], arrival["message_id"]) == (TEST, number)
    assert (arrival["sender"], arrival["receiver"]) == (
        f"nip:{nip_of(seller)}",
        f"nip:{nip_of(other)}",
    )
    content = seller.call("GET", f"/v1/documents/{shown['id']}/xml").content
    assert other.call("GET", f"/v1/inbox/{listed['id']}/document").content == content
    kept = other.get(f"/v1/inbox/{listed['id']}/evidence")["data"]
    assert {"received.xml", "metadata.json"} <= {one["name"] for one in kept}
    while Keeper(market.house.runtime.inbox, None).work_once():  # type: ignore[arg-type]
        pass
    read = other.get(f"/v1/inbox/{listed['id']}")
    assert (read["state"], read["profile"], read["invoice"]["number"]) == (
        "readable",
        "ksef-fa-3",
        shown["number"],
    )
    assert read["verdict"] in {"valid", "not_judged"}  # without the ministry's schema
    assert (read["number"], read["misaddressed"]) == (shown["number"], False)
    assert seller.get("/v1/inbox")["data"] == []


def _numbered(shop: Shop, document: Json) -> str:
    for _ in range(200):
        marks = shop.get(f"/v1/documents/{document['id']}")["stamps"]
        if found := [one["identifier"] for one in marks if one["kind"] == "ksef-number"]:
            return str(found[0])
        time.sleep(0.1)
    raise AssertionError("it has no number")


def test_what_was_fetched_is_not_fetched_again_and_what_is_new_is(market: Market) -> None:
    shop = buyer(market)
    first = sent(market, shop, 2)
    assert puller(market).work_once()
    since = state(shop)["since"]
    second = sent(market, shop)
    later = Later()
    later.ahead = INTERVAL + timedelta(seconds=1)
    assert puller(market, later=later).work_once()
    assert numbers(shop) == first + second
    assert state(shop)["since"] > since
    assert told(shop) == []


class Dying(Sequence[Parcel]):
    """Parcels among which a process is killed."""

    def __init__(self, parcels: Sequence[Parcel], after: int) -> None:
        self._parcels, self._after = parcels, after

    @override
    def __len__(self) -> int:
        return len(self._parcels)

    @override
    def __getitem__(self, index: Any) -> Any:
        if index == self._after:
            raise KeyboardInterrupt
        return self._parcels[index]


@dataclass
class Bent:
    """KSeF, with something in between."""

    inner: Incoming
    dies_after: int | None = None
    error: Retry | None = None
    spoils: int | None = None
    interval: timedelta = field(default=timedelta(minutes=1))

    def fetch(
        self, credential: Credential, owner: str, role: str, since: datetime.datetime
    ) -> Fetched:
        if self.error is not None:
            raise self.error
        found = self.inner.fetch(credential, owner, role, since)
        if self.dies_after is not None:
            return replace(found, parcels=Dying(found.parcels, self.dies_after))
        if self.spoils is not None:
            spoiled = [
                replace(one, intact=number != self.spoils)
                for number, one in enumerate(found.parcels)
            ]
            return replace(found, parcels=spoiled)
        return found


def test_a_process_that_is_killed_on_the_way_loses_and_doubles_nothing(market: Market) -> None:
    shop = buyer(market)
    held = sent(market, shop, 3)
    since = state(shop)["since"]
    with pytest.raises(KeyboardInterrupt):
        puller(market, Bent(ksef(market), dies_after=2)).work_once()
    assert numbers(shop) == held[:2]
    assert state(shop)["since"] == since
    assert not puller(market).work_once()  # it might be alive
    later = Later()
    later.ahead = PATIENCE + timedelta(seconds=1)
    assert puller(market, later=later).work_once()
    assert numbers(shop) == held
    assert state(shop)["since"] > since


def test_what_is_not_what_ksef_says_is_not_stored_and_somebody_is_told(market: Market) -> None:
    shop = buyer(market)
    held = sent(market, shop, 3)
    puller(market, Bent(ksef(market), spoils=1)).work_once()
    assert numbers(shop) == [held[0], held[2]]
    said = state(shop)
    assert (said["state"], said["reason"]) == ("failing", "digest_differs")
    assert held[1] in said["detail"]
    later = Later()
    later.ahead = INTERVAL + timedelta(seconds=1)
    puller(market, later=later).work_once()
    assert sorted(numbers(shop)) == sorted(held)
    assert state(shop)["state"] == "working"
    assert told(shop) == [("pickup.failing", "digest_differs"), ("pickup.recovered", None)]


def test_who_may_not_read_invoices_is_told_at_once(market: Market) -> None:
    shop, clerk = market.shop(), a_nip()
    owner = certified(market.url, market.client, nip=nip_of(shop))
    said = {
        "subjectIdentifier": {"type": "Nip", "value": clerk},
        "permissions": ["InvoiceWrite"],
        "description": "Sends",
        "subjectDetails": {
            "subjectDetailsType": "PersonByIdentifier",
            "personById": {"firstName": "Jan", "lastName": "Nowak"},
        },
    }
    caller = Caller(market.url, None, market.client).log_in(owner, nip_of(shop))
    granted = caller.call("POST", "/permissions/persons/grants", said)
    assert granted.status_code == 202, granted.text
    (old,) = shop.get("/v1/signing-keys")["data"]
    shop.call("DELETE", f"/v1/signing-keys/{old['id']}")
    market.give(shop, certified(market.url, market.client, nip=clerk), "authentication")
    wants(shop, "buyer")
    puller(market).work_once()
    assert (state(shop)["state"], state(shop)["reason"]) == ("failing", "permission_missing")
    assert told(shop) == [("pickup.failing", "permission_missing")]
    listed = shop.get(f"/v1/entities/{shop.entity}/readiness")["items"]
    (item,) = [one for one in listed if one["id"] == f"pickup:{TEST}:Subject2"]
    assert (item["state"], "InvoiceRead" in item["fix"]) == ("failing", True)


def test_silence_is_told_of_after_some_hours_and_once(market: Market) -> None:
    shop, later = buyer(market), Later()
    away = Bent(ksef(market), error=Retry("not_connected", "nobody listens"))
    puller(market, away, later).work_once()
    assert (state(shop)["reason"], told(shop)) == ("not_connected", [])
    for _ in range(3):
        later.ahead += QUIET
        puller(market, away, later).work_once()
    assert told(shop) == [("pickup.failing", "not_connected")]


def test_more_than_one_export_holds_is_fetched_at_once(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.sandbox.ksef.register._MOST", 2)
    shop = buyer(market)
    held = sent(market, shop, 3)
    while puller(market).work_once():
        pass
    assert numbers(shop) == held


def test_third_parties_are_asked_for_where_that_is_chosen(market: Market) -> None:
    shop = buyer(market, "named")
    third = (
        f"<Podmiot3><DaneIdentyfikacyjne><NIP>{nip_of(shop)}</NIP><Nazwa>Faktor</Nazwa>"
        "</DaneIdentyfikacyjne><Rola>1</Rola></Podmiot3>"
    )
    seller = a_nip()
    caller = Caller(market.url, None, market.client)
    caller.log_in(certified(market.url, market.client, nip=seller), seller)
    content = fa(seller=seller).replace(b"<Fa>", third.encode() + b"<Fa>")
    held = caller.session().judged(content).ksef_number
    while puller(market).work_once():
        pass
    assert numbers(shop) == [held]
    assert {one["role"] for one in shop.get("/v1/pickups")["data"]} == {"Subject2", "Subject3"}


def test_what_is_switched_off_is_not_fetched_and_goes_on_where_it_was(market: Market) -> None:
    shop = buyer(market)
    first = sent(market, shop)
    puller(market).work_once()
    wants(shop, "nothing")
    assert shop.get("/v1/pickups")["data"] == []
    second = sent(market, shop)
    assert not puller(market).work_once()
    wants(shop, "buyer")
    assert puller(market).work_once()
    assert numbers(shop) == first + second


def test_it_is_fetched_when_somebody_says_so_but_not_too_often(market: Market) -> None:
    shop = buyer(market)
    puller(market).work_once()
    fetched = state(shop)["fetched_at"]
    answer = shop.call("POST", "/v1/pickups/run")
    assert answer.status_code == 202, answer.text
    (said,) = answer.json()["data"]
    due, before = (datetime.datetime.fromisoformat(one) for one in (said["due_at"], fetched))
    assert due - before == timedelta(minutes=3)
    market.house.sql("update pickup set fetched_at = fetched_at - interval '1 hour'")
    (said,) = shop.call("POST", "/v1/pickups/run").json()["data"]
    assert datetime.datetime.fromisoformat(said["due_at"]) <= clock.now()


def test_the_first_day_is_a_choice(market: Market) -> None:
    shop = market.shop()
    wants(shop, "buyer", receives_from="2026-02-01")
    assert state(shop)["since"] == "2026-01-31T23:00:00Z"
