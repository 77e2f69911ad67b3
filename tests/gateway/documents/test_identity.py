"""Who an entity is cannot change under a document that is being issued."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from httpx2 import Response

from gateway.documents.issued import any_issued
from gateway.inbox.keeping import any_there
from gateway.kit.tenancy import TenantTransaction
from tests.gateway.houses import House, Shop, invoice, kind
from tests.gateway.matrix.bodies import SELLER

ANOTHER = {"seller": {"vat_identifier": "SI50223054"}}


def _waits_or_is_done(house: House, change: Future[Response]) -> None:
    """Return as soon as the change has to wait for somebody, or went through."""
    until = time.monotonic() + 20
    while not change.done() and time.monotonic() < until:
        if house.sql(
            "select 1 from pg_stat_activity where datname = current_database()"
            " and wait_event_type = 'Lock'"
        ):
            return
        time.sleep(0.02)
    assert change.done()


@pytest.mark.parametrize("how", ["one call", "two calls"])
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_an_entity_does_not_change_while_it_issues(
    house: House, shop: Shop, how: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    validator = house.runtime.validator
    entered, go, validate = Event(), Event(), validator.validate

    def slowly(*args: Any, **named: Any) -> Any:  # noqa: ANN401
        entered.set()
        assert go.wait(20)
        return validate(*args, **named)

    draft = None if how == "one call" else shop.draft()
    monkeypatch.setattr(validator, "validate", slowly)
    path = f"/v1/entities/{shop.entity}"
    body = ANOTHER if method == "PATCH" else None
    with ThreadPoolExecutor(2) as pool:
        if draft is None:
            issuing = pool.submit(shop.issue)
        else:
            issuing = pool.submit(shop.call, "POST", f"/v1/invoices/{draft['id']}/finalize")
        assert entered.wait(20)
        change = pool.submit(shop.account.call, method, path, body)
        _waits_or_is_done(house, change)
        go.set()
        issued, changed = issuing.result(30), change.result(30)
    assert issued.status_code == 200, issued.text
    assert (changed.status_code, kind(changed)) == (409, "entity-frozen")
    seller = shop.get(path)["seller"]
    assert seller["vat_identifier"] == issued.json()["invoice"]["seller"]["vat_identifier"]


def test_what_is_issued_after_a_change_is_of_the_new_business(
    house: House, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that waits for a change is made of what the entity is then."""
    entered, go = Event(), Event()

    def slowly(tx: TenantTransaction) -> bool:
        found = any_issued(tx)
        entered.set()
        assert go.wait(20)
        return found

    monkeypatch.setattr("gateway.followers.any_issued", slowly)
    with ThreadPoolExecutor(2) as pool:
        path = f"/v1/entities/{shop.entity}"
        change = pool.submit(shop.account.call, "PATCH", path, ANOTHER)
        assert entered.wait(20)
        issuing = pool.submit(shop.issue)
        _waits_or_is_done(house, issuing)
        go.set()
        changed, issued = change.result(30), issuing.result(30)
    assert changed.status_code == 200, changed.text
    assert issued.status_code == 200, issued.text
    seller = issued.json()["invoice"]["seller"]
    assert seller["vat_identifier"] == ANOTHER["seller"]["vat_identifier"]


def test_nothing_comes_in_for_an_entity_that_is_being_deleted(
    house: House, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go = Event(), Event()

    def slowly(tx: TenantTransaction) -> bool:
        found = any_there(tx)
        entered.set()
        assert go.wait(20)
        return found

    monkeypatch.setattr("gateway.followers.any_received", slowly)
    body = invoice(seller=SELLER, number="R-1")
    with ThreadPoolExecutor(2) as pool:
        deletion = pool.submit(shop.account.call, "DELETE", f"/v1/entities/{shop.entity}")
        assert entered.wait(20)
        coming = pool.submit(shop.call, "POST", "/v1/inbox", body)
        _waits_or_is_done(house, coming)
        go.set()
        deleted, came = deletion.result(30), coming.result(30)
    assert (deleted.status_code, came.status_code) == (204, 404), came.text
