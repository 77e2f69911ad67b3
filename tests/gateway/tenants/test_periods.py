"""An auditor of a period sees what was issued in it, and nothing that hangs on the rest."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.webhooks.fanout import FanOut
from tests.gateway.auditors.invited import told
from tests.gateway.houses import Shop, invoice, opened
from tests.gateway.matrix.exceptions import PUBLIC
from tests.gateway.matrix.operations import operations
from tests.gateway.matrix.stock import Stock


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


@pytest.mark.parametrize("filtered", [True, False], ids=["filter on", "row security alone"])
def test_what_hangs_on_documents_is_of_their_period(
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    filtered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    hook = {"url": "https://hooks.example/x", "event_types": ["invoice.*"]}
    endpoint = shop.call("POST", "/v1/webhook-endpoints", hook).json()["id"]
    issued, export = _with_all_that_hangs_on_it(shop)
    deliveries = f"/v1/webhook-endpoints/{endpoint}/deliveries"
    places = {  # the list, and where one of it is read
        "/v1/payments": "/v1/payments",
        "/v1/emails": "/v1/emails",
        f"/v1/documents/{issued}/share-links": "/v1/share-links",
        deliveries: deliveries,
        "/v1/jobs": "/v1/jobs",
    }
    hanging = {path: {one["id"] for one in shop.get(path)["data"]} for path in places}
    assert all(hanging.values()), hanging
    within, before = (_auditor(shop, until) for until in (None, "2025-12-31"))
    if not filtered:
        monkeypatch.setattr(tenancy, "tenant_filter", lambda *_: true())
    for path, ids in hanging.items():
        shown = set() if path in {"/v1/jobs", deliveries} else ids  # these tell of many
        listed = shop.call("GET", path, key=within).json()["data"]
        assert {one["id"] for one in listed} == shown, path
        answer = shop.call("GET", path, key=before)
        if answer.status_code != 404:  # below a document that is not shown
            assert answer.json()["data"] == [], path
        for one in ids:
            place = f"{places[path]}/{one}"
            assert shop.call("GET", place, key=before).status_code == 404, place
            status = 200 if one in shown else 404
            assert shop.call("GET", place, key=within).status_code == status, place
    for key in (within, before):
        for rest in ("", "/file", "/manifest"):
            answer = shop.call("GET", f"/v1/exports/{export}{rest}", key=key)
            assert answer.status_code == 404


def test_received_documents_are_of_the_day_they_bear(shop: Shop) -> None:
    seller = {"name": "Mlin d.o.o.", "postal_address": {"city": "Kranj", "country_code": "SI"}}
    body = invoice(seller=seller, number="M-1", issue_date="2024-12-30")
    old = shop.call("POST", "/v1/inbox", body).json()["id"]
    unread = shop.call("POST", "/v1/inbox", b"%PDF-1.4", Content_Type="application/pdf").json()[
        "id"
    ]
    now, before = _auditor(shop, None), _auditor(shop, "2025-12-31")
    listed = shop.call("GET", "/v1/inbox", key=now).json()["data"]
    assert [one["id"] for one in listed] == [unread]
    assert shop.call("GET", "/v1/inbox", key=before).json()["data"] == []
    for rest in ("", "/document", "/evidence", "/bundle"):
        assert shop.call("GET", f"/v1/inbox/{unread}{rest}", key=now).status_code == 200, rest
        for hidden, key in ((old, now), (old, before), (unread, before)):
            answer = shop.call("GET", f"/v1/inbox/{hidden}{rest}", key=key)
            assert answer.status_code == 404, rest
    bundle = f"/v1/inbox/{unread}/bundle"
    assert told(shop, bundle, now) == told(shop, bundle) != []
    feed = shop.call("GET", "/v1/events", key=now).json()["data"]
    assert {one["id"] for one in feed} == {one["id"] for one in told(shop, bundle)}
    assert {one["subject_id"] for one in feed} == {unread}
    assert shop.call("GET", "/v1/events", key=before).json()["data"] == []


def _with_all_that_hangs_on_it(shop: Shop) -> tuple[str, str]:
    """Return the id of a document that was paid, mailed, shared and told of, and of an export."""
    document = shop.issued(invoice(profile="en16931-ubl"))["id"]
    to = {"to": ["kupec@example.com"]}
    for rest, body in (("payments", {"amount": "1.00"}), ("send", to), ("share-links", {})):
        answer = shop.call("POST", f"/v1/documents/{document}/{rest}", body)
        assert answer.is_success, answer.text
    FanOut(shop.house.runtime.database, batch=100, keep=datetime.timedelta(days=7)).sweep()
    asked = shop.call("POST", "/v1/exports", {"format": "csv"})
    assert asked.status_code == 202
    return document, str(asked.json()["id"])


def _auditor(shop: Shop, until: str | None) -> str:
    """Return the key of an auditor of what was issued since 2025."""
    period = {"since": "2025-01-01", "until": until}
    body = {"name": "Revizor", "role": "auditor", "period": period}
    made = shop.account.call("POST", "/v1/api-keys", body, key=shop.key).json()
    assert made["period"] == period
    return str(made["key"])


HIDDEN = (
    *("invoice", "invoice_draft", "credit_note", "payment", "transmission", "entry", "email"),
    *("share_link", "job", "export", "delivery", "received", "refusable", "entry_in", "recurring"),
)
"""What an auditor of another period must not see of a shop's stock."""

ACTIVITY = ("GET", "/v1/activity")
"""Says who did what, to what: the ids of documents, and nothing of what they say."""


def test_nothing_shows_an_auditor_what_is_outside_the_period(shop: Shop) -> None:
    stock, key = Stock.of_shop(shop), _auditor(shop, "2025-12-31")
    hidden = {stock.ids[name] for name in HIDDEN}
    shown = list[str]()
    for operation in operations():
        if operation.method != "GET" or operation.key in PUBLIC or operation.key == ACTIVITY:
            continue
        ids = {place: stock.of(operation, place) for place in operation.places}
        path, more = operation.request({place: value for place, value in ids.items() if value})
        answer = shop.account.client.get(
            path, params=more["params"], headers=more["headers"] | {"Authorization": key}
        )
        assert answer.status_code in {200, 403, 404, 409}, f"{operation}: {answer.text}"
        about = {value for value in ids.values() if value}
        if answer.status_code == 200 and (hidden & about or _mentions(answer.text, hidden)):
            shown.append(str(operation))
    assert shown == []


def _mentions(text: str, ids: set[str]) -> bool:
    return any(one in text for one in ids)
