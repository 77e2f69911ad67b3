"""What an invited auditor is shown: what is in scope, by either wall alone, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import ids, invited, told
from tests.gateway.houses import Json, Shop, invoice, opened

SELLER = {"name": "Mlin d.o.o.", "postal_address": {"city": "Kranj", "country_code": "SI"}}


@pytest.fixture
def shop(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Shop]:
    """A shop in a house of its own."""
    with opened(postgres, tmp_path / "data") as house:
        yield Shop.opened(house)


def _stocked(shop: Shop) -> tuple[Json, Json, str]:
    """Return an issued invoice, an issued credit note, and the id of what was received."""
    body = invoice(profile="en16931-ubl")
    shop.call("POST", "/v1/series", {"code": "CRN"})
    sent, back = shop.issued(body), shop.issued(body, "credit-notes")
    came = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="M-1"))
    assert came.status_code == 201, came.text
    return sent, back, str(came.json()["id"])


@pytest.mark.parametrize("filtered", [True, False], ids=["filter on", "row security alone"])
def test_an_auditor_finds_what_is_in_scope(
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    filtered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    sent, back, came = _stocked(shop)
    both = {sent["id"], back["id"]}
    every, invoices, incoming, before = (
        invited(shop, **scope)["token"]
        for scope in (
            {},
            {"kinds": ["invoice"], "directions": ["issued"]},
            {"directions": ["received"]},
            {"period": {"until": "2020-12-31"}},
        )
    )
    if not filtered:
        monkeypatch.setattr(tenancy, "tenant_filter", lambda *_: true())
    assert ids(shop, "/v1/documents", every) == both
    assert ids(shop, "/v1/inbox", every) == {came}
    assert ids(shop, "/v1/documents", invoices) == {sent["id"]}
    assert ids(shop, "/v1/inbox", incoming) == {came}
    assert ids(shop, "/v1/documents", before) == ids(shop, "/v1/inbox", before) == set()
    for rest in ("", "/evidence", "/bundle", "/xml", "/status"):
        asked = f"/v1/documents/{back['id']}{rest}"
        assert shop.call("GET", asked, key=every).status_code == 200, rest
        assert shop.call("GET", asked, key=invoices).status_code == 404, rest
        assert shop.call("GET", asked, key=before).status_code == 404, rest
    assert shop.call("GET", f"/v1/inbox/{came}", key=before).status_code == 404
    for bundle in (f"/v1/documents/{back['id']}/bundle", f"/v1/inbox/{came}/bundle"):
        assert told(shop, bundle, every) == told(shop, bundle) != []
    assert told(shop, f"/v1/inbox/{came}/bundle", incoming) == told(
        shop, f"/v1/inbox/{came}/bundle"
    )
    for token, path in ((invoices, "/v1/inbox"), (incoming, "/v1/documents")):
        assert shop.call("GET", path, key=token).status_code == 403


def test_outside_of_the_scope_is_exactly_as_foreign(shop: Shop) -> None:
    other = Shop.opened(shop.house)
    outside, foreign = shop.issued(invoice(profile="en16931-ubl")), other.issued()
    token = invited(shop, period={"until": "2020-12-31"})["token"]
    answers = [
        shop.call("GET", f"/v1/documents/{one['id']}", key=token).json() | {"instance": ""}
        for one in (outside, foreign)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 404
