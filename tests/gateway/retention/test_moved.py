"""What is kept of an entity that is not here is held and destroyed here; no more is said of it."""

import datetime

import pytest

from gateway.exits import state as rows
from gateway.exits.belongings import CARRIED
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.retention.erasure_rounds import ErasureRounds
from tests.gateway.houses import Shop, kind
from tests.gateway.retention.deeds import destroyed, old, person, sold


def moves(shop: Shop, state: str) -> None:
    shop.house.sql(
        "insert into entity_move"
        " (account_id, entity_id, environment, state, file, statement, began_at)"
        " select account_id, id, 'sandbox', %s, repeat('0', 64), 'moved', now()"
        " from entity where id = %s",
        state,
        parse_id(shop.entity, "ent"),
    )


@pytest.mark.parametrize("state", ["leaving", "moved"])
def test_copies_are_held_and_destroyed_where_they_are(shop: Shop, state: str) -> None:
    document, another = old(shop), old(shop)
    moves(shop, state)
    held = shop.call("POST", "/v1/retention/holds", {"reason": "court", "document_id": another})
    assert held.status_code == 201, held.text
    _, done = destroyed(shop)
    assert [(one["id"], one["state"]) for one in done["documents"]] == [(document, "destroyed")]
    ended = shop.call("POST", f"/v1/retention/holds/{held.json()['id']}/end", {"reason": "over"})
    assert ended.status_code == 200, ended.text


@pytest.mark.parametrize("state", ["leaving", "moved", "arriving"])
def test_what_a_document_is_about_is_said_where_the_entity_is(shop: Shop, state: str) -> None:
    document = old(shop)
    moves(shop, state)
    path = f"/v1/retention/documents/{document}/subjects"
    refused = shop.call("POST", path, {"subjects": ["immovable_property"], "reason": "x"})
    assert (kind(refused), refused.json()["state"]) == ("moved", state)
    assert shop.get(f"/v1/retention/documents/{document}")["subjects"] == []


def test_nothing_is_held_or_destroyed_while_it_is_taken_in(shop: Shop) -> None:
    old(shop)
    moves(shop, "arriving")
    for path, body in (
        ("holds", {"reason": "court"}),
        ("destructions", {}),
        ("erasures", {"customer_id": f"cus_{'0' * 26}"}),
        ("extensions", {}),
    ):
        refused = shop.call("POST", f"/v1/retention/{path}", body)
        assert (refused.status_code, kind(refused)) == (409, "moved")
    assert shop.get("/v1/retention/holds")["data"] == []


@pytest.mark.parametrize("state", ["leaving", "arriving", "moved"])
def test_an_erasure_waits_only_while_all_must_be_as_exported(shop: Shop, state: str) -> None:
    customer, home = person(shop), "/v1/retention/erasures"
    sold(shop, customer, "2013-03-01")
    hold = shop.call("POST", "/v1/retention/holds", {"reason": "court"}).json()["id"]
    erasure = shop.call("POST", home, {"customer_id": customer}).json()["id"]
    key = shop.account.new_key()
    assert shop.call("POST", f"{home}/{erasure}/approve", {}, key=key).status_code == 200
    assert shop.call("POST", f"/v1/retention/holds/{hold}/end", {"reason": "x"}).status_code == 200
    moves(shop, state)
    before = summaries(shop)
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=1)
    ErasureRounds(shop.house.runtime.database).look(soon)
    changed = {name for name, summary in summaries(shop).items() if before[name] != summary}
    went_on = {"destruction", "destruction_item", "event"} if state == "moved" else set[str]()
    assert changed == went_on


def summaries(shop: Shop) -> dict[str, rows.Summary]:
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    with shop.house.runtime.database.transaction(tenant, read_only=True) as tx:
        rows.begin(tx)
        return {one.name: rows.summary(tx, one) for one in CARRIED if one.name != "recurring_due"}
