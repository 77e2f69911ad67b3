"""An auditor of a period sees what was issued in it, and nothing that hangs on the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import Shop, invoice, opened


@pytest.fixture
def shop(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Shop]:
    """A shop in a house of its own."""
    with opened(postgres, tmp_path / "data") as house:
        yield Shop.opened(house)


@pytest.mark.parametrize("filtered", [True, False], ids=["filter on", "row security alone"])
def test_an_auditor_sees_the_documents_of_the_period(
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    filtered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    issued, draft = shop.issued(invoice(profile="en16931-ubl")), shop.draft()
    within, before = (_auditor(shop, until) for until in (None, "2025-12-31"))
    if not filtered:
        monkeypatch.setattr(tenancy, "tenant_filter", lambda *_: true())
    listed = shop.call("GET", "/v1/invoices", key=within).json()["data"]
    assert [one["id"] for one in listed] == [issued["id"]]
    assert shop.call("GET", "/v1/invoices", key=before).json()["data"] == []
    for rest in ("", "/status", "/evidence", "/xml"):
        path = f"/v1/documents/{issued['id']}{rest}"
        assert shop.call("GET", path, key=within).status_code == 200
        assert shop.call("GET", path, key=before).status_code == 404
    for key in (within, before):
        assert shop.call("GET", f"/v1/invoices/{draft['id']}", key=key).status_code == 404
    events = shop.call("GET", "/v1/events", key=within).json()["data"]
    assert {event["document_id"] for event in events} == {issued["id"]}
    assert shop.call("GET", "/v1/events", key=before).json()["data"] == []


def _auditor(shop: Shop, until: str | None) -> str:
    """Return the key of an auditor of what was issued since 2025."""
    period = {"since": "2025-01-01", "until": until}
    body = {"name": "Revizor", "role": "auditor", "period": period}
    made = shop.account.call("POST", "/v1/api-keys", body, key=shop.key).json()
    assert made["period"] == period
    return str(made["key"])
