"""What a browser gets at /embed, and what others cannot make it do."""

import re

import pytest
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests.gateway.conftest import Account
from tests.gateway.tenants.people import Json, added, link

HERE = {"Origin": "http://gateway.test"}


@pytest.fixture
def user(account: Account) -> Json:
    """A viewer of an entity whose name must be escaped."""
    return added(account, account.new_entity("<b>Pekarna</b>"), "viewer")


def test_opening_the_link_uses_nothing_up(account: Account, user: Json) -> None:
    made = link(account, user)
    opened = account.client.get(made["url"])
    for _ in range(3):  # previews, scanners, and the person
        opened = account.client.get(made["url"])
        assert opened.status_code == 200
        assert made["token"] in opened.text
        assert "<script" not in opened.text
    policy = opened.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert opened.headers["referrer-policy"] == "same-origin"
    place = f"/v1/entities/{user['entity_id']}/users/{user['id']}/tokens"
    assert account.call("GET", place).json()["data"][0]["state"] == "open"


def test_the_button_begins_a_session_that_shows_the_documents(
    account: Account, user: Json
) -> None:
    entity = user["entity_id"]
    draft = account.call("POST", "/v1/invoices", {"buyer": {"name": "A & B"}}, Entity_Id=entity)
    assert draft.status_code == 201, draft.text
    token = link(account, user)["token"]
    came = account.client.post(
        "/embed", data={"token": token}, headers=HERE, follow_redirects=False
    )
    assert came.status_code == 303
    cookie = came.headers["set-cookie"]
    assert re.search("HttpOnly", cookie)
    assert re.search("SameSite=lax", cookie)
    shown = account.client.get("/embed")
    assert shown.status_code == 200
    assert "&lt;b&gt;Pekarna&lt;/b&gt;" in shown.text
    assert "<b>Pekarna" not in shown.text
    assert "draft" in shown.text
    again = account.client.post("/embed", data={"token": token}, headers=HERE)
    assert again.status_code == 401
    assert account.client.get("/v1/invoices").status_code == 401, "a cookie opens pages only"
    ended = account.client.post("/embed/end", headers=HERE)
    assert ended.status_code == 200
    assert account.client.get("/embed").status_code == 401


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://gateway.test:81"]
)
def test_a_form_of_somebody_else_does_nothing(
    account: Account, user: Json, origin: str | None
) -> None:
    token = link(account, user)["token"]
    headers = {} if origin is None else {"Origin": origin}
    answer = account.client.post("/embed", data={"token": token}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    good = account.client.post("/embed", data={"token": token}, headers=HERE)
    assert good.status_code == 200
    assert account.client.post("/embed/end", headers=headers).status_code == 403
    assert account.client.get("/embed").status_code == 200


def test_an_invitation_opens_the_same_door(account: Account, user: Json) -> None:
    place = f"/v1/entities/{user['entity_id']}/users/{user['id']}/invitations"
    made = account.call("POST", place).json()
    assert made["token"] in account.client.get(made["url"]).text
    assert account.client.post("/embed", data={"token": made["token"]}, headers=HERE).is_success
    assert "Pekarna" in account.client.get("/embed").text


def test_over_https_the_cookie_is_bound_to_it(account: Account, user: Json) -> None:
    token = link(account, user)["token"]
    came = account.client.post(
        "https://gateway.test/embed",
        data={"token": token},
        headers={"Origin": "https://gateway.test"},
        follow_redirects=False,
    )
    cookie = came.headers["set-cookie"]
    assert cookie.startswith("__Host-gateway_session=")
    assert "Secure" in cookie


def test_what_is_typed_into_the_address_is_escaped(account: Account) -> None:
    answer = account.client.get("/embed", params={"token": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text


@pytest.mark.usefixtures("account")
def test_guessing_at_the_button_is_slowed_down(settings: Settings) -> None:
    other = Runtime.open(settings.model_copy(update={"attempts_per_minute": 10}))
    try:
        client = TestClient(create_app(other), base_url="http://gateway.test")
        tries = [
            client.post("/embed", data={"token": f"gw_link_{n}"}, headers=HERE) for n in range(12)
        ]
    finally:
        other.close()
    assert [answer.status_code for answer in tries] == [401] * 10 + [429] * 2
    assert int(tries[-1].headers["retry-after"]) >= 1
