"""Inviting auditors, ending what they see, and what they asked for."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import LATER, invited
from tests.gateway.houses import Shop, invoice, opened


@pytest.fixture
def shop(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Shop]:
    """A shop in a house of its own."""
    with opened(postgres, tmp_path / "data") as house:
        yield Shop.opened(house)


def _events(shop: Shop) -> list[tuple[str, str]]:
    return [
        (one["type"], one["subject_id"])
        for one in shop.get("/v1/events")["data"]
        if one["type"].startswith("auditor.")
    ]


def test_the_token_is_shown_once_and_is_not_stored(shop: Shop) -> None:
    body = {"name": "Ana", "firm": "Revizija", "purpose": "VAT 2026", "expires_at": LATER}
    first = shop.call("POST", "/v1/auditors", body, Idempotency_Key="a").json()
    again = shop.call("POST", "/v1/auditors", body, Idempotency_Key="a").json()
    assert first["token"].startswith("gw_auditor_")
    assert first["url"] == "http://gateway.test/audit"
    assert again == first | {"token": None}
    read = shop.get(f"/v1/auditors/{first['id']}")
    unsaid = {"token", "url", "sent"}
    assert read == {name: value for name, value in first.items() if name not in unsaid}
    assert (read["state"], read["kinds"], read["directions"]) == (
        "open",
        None,
        ["issued", "received"],
    )
    assert [one["id"] for one in shop.get("/v1/auditors")["data"]] == [first["id"]]
    stored = shop.house.sql("select a::text from auditor a")
    assert first["token"][-40:] not in str(stored)


def test_an_access_ends_once_and_at_once(shop: Shop) -> None:
    made = invited(shop)
    place = f"/v1/auditors/{made['id']}"
    for _ in range(2):
        assert shop.call("GET", "/v1/invoices", key=made["token"]).status_code == 200
    for _ in range(2):
        assert shop.call("DELETE", place).status_code == 204
    assert shop.call("GET", "/v1/invoices", key=made["token"]).status_code == 401
    read = shop.get(place)
    assert (read["state"], read["ended_by"]["kind"]) == ("ended", "key")
    steps = ("auditor.invited", "auditor.came", "auditor.ended")
    assert _events(shop) == [(step, made["id"]) for step in steps]


def test_an_access_expires(shop: Shop) -> None:
    soon = clock.now() + datetime.timedelta(minutes=5)
    made = invited(shop, expires_at=soon.isoformat())
    with freeze_time(soon):
        assert shop.call("GET", "/v1/invoices", key=made["token"]).status_code == 401
        assert shop.get(f"/v1/auditors/{made['id']}")["state"] == "expired"


def test_every_request_is_listed_with_where_it_came_from(shop: Shop) -> None:
    issued = shop.issued(invoice(profile="en16931-ubl"))["id"]
    made = invited(shop)
    assert made["last_used_at"] is None
    for path in ("/v1/documents?number=X", f"/v1/documents/{issued}/xml", "/v1/invoices/inv_x"):
        shop.call("GET", path, key=made["token"])
    place = f"/v1/auditors/{made['id']}"
    listed = shop.get(f"{place}/accesses")["data"]
    assert [(one["path"], one["query"], one["shows"]) for one in listed] == [
        ("/v1/invoices/inv_x", "", "record"),
        (f"/v1/documents/{issued}/xml", "", "file"),
        ("/v1/documents", "number=X", "list"),
    ]
    assert listed[1]["subject_id"] == issued
    assert {one["address"] for one in listed} == {"testclient"}
    assert shop.get(place)["last_used_at"] is not None
    page = shop.get(f"{place}/accesses?limit=2")
    rest = shop.get(f"{place}/accesses?limit=2&cursor={page['next_cursor']}")
    assert [*page["data"], *rest["data"]] == listed
    done = shop.account.call("GET", f"/v1/activity?actor={made['id']}", key=shop.key).json()
    assert {one["actor_kind"] for one in done["data"]} == {"auditor"}
    assert len(done["data"]) == 3


def test_an_auditor_neither_writes_nor_sees_who_looked(shop: Shop) -> None:
    made = invited(shop)
    for method, path in (
        ("POST", "/v1/invoices"),
        ("GET", "/v1/auditors"),
        ("GET", f"/v1/auditors/{made['id']}/accesses"),
        ("DELETE", f"/v1/auditors/{made['id']}"),
        ("GET", "/v1/customers"),
        ("GET", "/v1/activity"),
    ):
        assert shop.call(method, path, {}, key=made["token"]).status_code == 403, path


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "/expires_at"),
        ({"period": {"since": "2026-02-01", "until": "2026-01-01"}}, "/period/until"),
        ({"kinds": ["invoice"], "directions": ["received"]}, "/kinds"),
        ({"directions": []}, "/directions"),
        ({"send_invite": True}, "/email"),
    ],
)
def test_a_scope_must_make_sense(shop: Shop, changed: dict[str, object], pointer: str) -> None:
    body = {"name": "Ana", "purpose": "VAT 2026", "expires_at": LATER}
    answer = shop.call("POST", "/v1/auditors", body | changed)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_nobody_shows_an_auditor_more_than_they_see(shop: Shop) -> None:
    scopes = ["users:invite", "inbox:read", "inbox:retrieve", "documents:read"]
    body = {"name": "x", "role": "writer", "scopes": scopes}
    key = shop.account.call("POST", "/v1/api-keys", body, key=shop.key).json()["key"]
    body = {"name": "Ana", "purpose": "VAT 2026", "expires_at": LATER}
    refused = shop.call("POST", "/v1/auditors", body, key=key)
    assert (refused.status_code, refused.json()["missing"]) == (403, ["documents:retrieve"])
    allowed = shop.call("POST", "/v1/auditors", body | {"directions": ["received"]}, key=key)
    assert allowed.status_code == 201


def test_what_an_auditor_asked_for_is_never_changed(shop: Shop) -> None:
    made = invited(shop)
    shop.call("GET", "/v1/invoices", key=made["token"])
    granted = shop.house.sql(
        "select distinct privilege_type from information_schema.table_privileges"
        " where table_name = 'auditor_access' and grantee <> 'gw_owner'"
    )
    assert {one for (one,) in granted} == {"SELECT", "INSERT"}
