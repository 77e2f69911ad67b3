"""Mails about no document: an invitation that is taken up, a disabled endpoint that is told of."""

import datetime
import re
from typing import Any

import pytest

from gateway.delivery.outbox import DELAYS
from gateway.kit import clock
from gateway.kit.exchange import Client
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import Tenant
from gateway.webhooks import repository as endpoints
from gateway.webhooks.courier import Courier
from gateway.webhooks.notice import MailNotice
from gateway.webhooks.policy import Policy
from tests.gateway.delivery.posts import Post, parsed
from tests.gateway.houses import House, Shop
from tests.gateway.webhooks.receivers import receiving

Json = dict[str, Any]


def invited(shop: Shop, **more: object) -> Json:
    """Return the answer to adding a person and inviting them."""
    body = {"email": "ana@stranka.example", "role": "editor", "send_invite": True, **more}
    answer = shop.account.call("POST", f"/v1/entities/{shop.entity}/users", body, key=shop.key)
    assert answer.status_code == 201, answer.text
    value: Json = answer.json()
    return value


def text_of(post: Post, which: int = 0) -> str:
    body = parsed(post.box.taken[which].content).get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def told(shop: Shop, about: str) -> list[str]:
    found = shop.get("/v1/events?limit=200")["data"]
    return [one["type"] for one in found if one["subject_id"] == about]


def test_an_invitation_arrives_and_its_link_lets_in(post: Post) -> None:
    user = invited(post.shop, name="Ana")
    assert user["invitation"]["sent"] is True
    assert (user["invitation"]["token"], user["invitation"]["url"]) == (None, None)
    post.drain()
    (envelope,) = post.box.taken
    assert envelope.rcpt_tos == ["ana@stranka.example"]
    found = parsed(envelope.content)
    assert found["From"].addresses[0].addr_spec == "invoices@gateway.example"
    assert str(found["Auto-Submitted"]) == "auto-generated"
    match = re.search(r"http://gateway\.test(/embed\?token=(gw_invitation_\w+))", text_of(post))
    assert match is not None
    client = post.shop.house.client
    assert "token" in client.get(match[1]).text, "the page with the button"
    accepted = client.post("/v1/invitations/accept", json={"token": match[2]})
    assert accepted.status_code == 201
    session = post.shop.call("GET", "/v1/sessions/current", key=accepted.json()["token"]).json()
    assert session["user_id"] == user["id"]
    assert told(post.shop, user["invitation"]["id"]) == ["email.sent"]


def test_an_auditor_is_sent_the_token(post: Post) -> None:
    body = {
        "name": "Ana",
        "email": "ana@stranka.example",
        "send_invite": True,
        "purpose": "VAT 2026",
        "expires_at": "2030-01-01T00:00:00Z",
    }
    made = post.shop.call("POST", "/v1/auditors", body).json()
    assert (made["sent"], made["token"]) == (True, None)
    post.drain()
    (envelope,) = post.box.taken
    assert envelope.rcpt_tos == ["ana@stranka.example"]
    match = re.search(r"gw_auditor_\w+", text_of(post))
    assert match is not None
    assert post.shop.call("GET", "/v1/invoices", key=match[0]).status_code == 200
    assert told(post.shop, made["id"]) == ["auditor.invited", "email.sent", "auditor.came"]


def test_nobody_else_reads_the_link(post: Post) -> None:
    """Not in the list, not by its id, not in the database while it waits; and then it is gone."""
    invited(post.shop)
    assert post.shop.get("/v1/emails")["data"] == []
    house = post.shop.house
    ((number, sealed, body),) = house.sql(
        "select id, sealed, body from email where entity_id = %s",
        parse_id(post.shop.entity, "ent"),
    )
    assert b"gw_invitation_" not in bytes(sealed)
    assert body == ""
    hidden = public_id("eml", number)
    for path in (f"/v1/emails/{hidden}", f"/v1/emails/{hidden}/message"):
        assert post.shop.call("GET", path).status_code == 404
    assert post.shop.call("POST", f"/v1/emails/{hidden}/retry").status_code == 404
    post.drain()
    assert house.sql("select state, sealed from email where id = %s", number) == [("sent", None)]
    assert post.shop.call("POST", f"/v1/emails/{hidden}/retry").status_code == 404


def test_an_invitation_that_is_refused_is_told_of(post: Post) -> None:
    post.box.at_rcpt = {"ana@stranka.example": "550 5.1.1 no such user"}
    user = invited(post.shop)
    post.drain()
    assert told(post.shop, user["invitation"]["id"]) == ["email.failed"]
    post.box.at_rcpt, post.box.at_data = {}, "451 busy"
    place = f"/v1/entities/{post.shop.entity}/users/{user['id']}/invitations"
    second = post.shop.account.call("POST", place, key=post.shop.key).json()
    assert second["sent"] is True
    post.drain()
    post.box.at_data = None
    post.later += DELAYS[0]
    post.drain()
    assert told(post.shop, second["id"]) == ["email.sent"]


def test_a_repeated_request_invites_once(post: Post) -> None:
    place = f"/v1/entities/{post.shop.entity}/users"
    body = {"email": "ana@stranka.example", "send_invite": True}
    for _ in range(2):
        answer = post.shop.account.call(
            "POST", place, body, key=post.shop.key, Idempotency_Key="once"
        )
        assert answer.json()["invitation"]["sent"] is True
    post.drain()
    assert len(post.box.taken) == 1


@pytest.mark.parametrize("address", ["ana@stranka.example", "žana@stranka.example"])
def test_what_cannot_leave_is_shown_to_who_invites(house: House, post: Post, address: str) -> None:
    """Sandbox mails stay in this house; to the other address no server of ours could write."""
    shop = Shop.opened(house) if address.isascii() else post.shop
    invitation = invited(shop, email=address)["invitation"]
    assert invitation["sent"] is False
    assert f"/embed?token={invitation['token']}" in invitation["url"]
    assert (
        shop.house.sql("select 1 from email where entity_id = %s", parse_id(shop.entity, "ent"))
        == []
    )


def disabled(shop: Shop, *, of_entity: bool, reason: str = "failing") -> Json:
    """Have an endpoint told of as disabled, in a transaction as the courier's."""
    body = {"url": "https://hooks.stranka.example/x?key=secret", "event_types": ["*"]}
    place = body | ({"entity_id": shop.entity} if of_entity else {})
    made: Json = shop.account.call("POST", "/v1/webhook-endpoints", place, key=shop.key).json()
    tenant = Tenant(
        shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment, account_wide=True
    )
    now = clock.now() - datetime.timedelta(seconds=1)
    with shop.house.runtime.database.transaction(tenant) as tx:
        row = endpoints.endpoint_by_id(tx, parse_id(made["id"], "whk"))
        assert row is not None
        MailNotice(shop.house.runtime.notices).disabled(tx, row, reason, now)
    return made


def test_an_endpoint_that_is_gone_writes_to_its_owner_by_itself(post: Post) -> None:
    """The courier, a receiver that answers 410, the queue and a mail server, all real."""
    runtime = post.shop.house.runtime
    settle(post.shop, "/v1/account", "ops@plattform.example")
    with receiving(lambda _: (410, {}, b"")) as receiver:
        body = {"url": receiver.url, "event_types": ["customer.created"]}
        path = "/v1/webhook-endpoints"
        made = post.shop.account.call("POST", path, body, key=post.shop.key).json()
        post.shop.call("POST", "/v1/customers", {"name": "Kupec"})
        courier = Courier(
            runtime.database,
            runtime.webhooks,
            Client(runtime.outbound),
            policy=Policy(),
            chance=lambda: 0.0,
            notice=MailNotice(runtime.notices),
        )
        courier.sweep()
        assert courier.deliver_due() == 1
    post.drain()
    (envelope,) = post.box.taken
    assert envelope.rcpt_tos == ["ops@plattform.example"]
    assert receiver.url in text_of(post)
    path = f"/v1/webhook-endpoints/{made['id']}"
    shown = post.shop.account.call("GET", path, key=post.shop.key).json()
    assert (shown["enabled"], shown["disabled_reason"]) == (False, "gone")
    (event,) = [
        one
        for one in post.shop.get("/v1/events?limit=200")["data"]
        if one["type"] == "webhook_endpoint.disabled"
    ]
    assert "url" not in event["data"], "the account's address is not for the entity's feed"


def settle(shop: Shop, path: str, *addresses: str) -> None:
    body = {"settings": {"notices_to": list(addresses)}}
    answer = shop.account.call("PATCH", path, body, key=shop.key)
    assert answer.status_code == 200, answer.text


def test_who_owns_an_endpoint_is_told_that_it_was_disabled(post: Post) -> None:
    settle(post.shop, "/v1/account", "ops@plattform.example", "nights@plattform.example")
    made = disabled(post.shop, of_entity=False)
    post.drain()
    assert sorted(one.rcpt_tos[0] for one in post.box.taken) == [
        "nights@plattform.example",
        "ops@plattform.example",
    ]
    assert made["id"] in text_of(post)
    assert made["url"] in text_of(post)
    assert made["url"] not in str(parsed(post.box.taken[0].content)["Subject"])
    assert told(post.shop, made["id"]) == ["email.sent", "email.sent"]


def test_an_entitys_endpoint_is_its_own_peoples_matter(post: Post) -> None:
    """Its administrators hear of it when nobody is named; never of an account's endpoint."""
    invited(post.shop, email="chef@pekarna.example", role="admin", send_invite=False)
    invited(post.shop, email="helper@pekarna.example", role="editor", send_invite=False)
    disabled(post.shop, of_entity=False)
    post.drain()
    assert post.box.taken == []
    disabled(post.shop, of_entity=True, reason="gone")
    post.drain()
    assert [one.rcpt_tos for one in post.box.taken] == [["chef@pekarna.example"]]
    assert "410" in text_of(post)
    settle(post.shop, f"/v1/entities/{post.shop.entity}", "it@pekarna.example")
    disabled(post.shop, of_entity=True)
    post.drain()
    assert post.box.taken[1].rcpt_tos == ["it@pekarna.example"]
