import datetime
import re

import psycopg
import pytest
from freezegun import freeze_time
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.kit import clock
from gateway.kit.ids import new_id, public_id
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.tenants.keys import Key
from tests.gateway.conftest import Account


def test_a_key_is_shown_once_and_stored_as_a_hash_only(account: Account, admin_url: str) -> None:
    made = account.call("POST", "/v1/api-keys", {"name": "shop", "role": "writer"})
    assert made.status_code == 201
    key = made.json()["key"]
    assert re.fullmatch(r"gw_sandbox_[0-9A-Za-z]{49}", key)
    assert key.startswith(made.json()["hint"].removesuffix("..."))
    assert account.call("GET", "/v1/entities", key=key).status_code == 200
    read = account.call("GET", f"/v1/api-keys/{made.json()['id']}")
    listed = account.call("GET", "/v1/api-keys")
    secret = key.removeprefix("gw_sandbox_")
    assert "key" not in read.json()
    assert read.json() in listed.json()["data"]
    assert secret not in read.text + listed.text
    with psycopg.connect(admin_url) as connection:
        stored = connection.execute("select api_key::text from api_key").fetchall()
    assert stored
    assert secret not in str(stored)


def test_a_repeated_request_names_the_key_and_does_not_show_it_again(
    account: Account, admin_url: str
) -> None:
    body = {"name": "shop", "role": "writer"}
    first = account.call("POST", "/v1/api-keys", body, Idempotency_Key="k").json()
    again = account.call("POST", "/v1/api-keys", body, Idempotency_Key="k").json()
    assert first["key"]
    assert again == {**first, "key": None}
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select body from idempotency").fetchone()
    assert row is not None
    assert first["key"].encode() not in row[0]


def test_a_revoked_key_is_dead_at_once_on_every_process(
    account: Account, settings: Settings
) -> None:
    made = account.call("POST", "/v1/api-keys", {"name": "shop", "role": "writer"}).json()
    other = Runtime.open(settings)
    try:
        elsewhere = TestClient(create_app(other))
        headers = {"Authorization": f"Bearer {made['key']}"}
        assert elsewhere.get("/v1/entities", headers=headers).status_code == 200
        assert account.call("DELETE", f"/v1/api-keys/{made['id']}").status_code == 204
        refused = elsewhere.get("/v1/entities", headers=headers)
        assert refused.status_code == 401
        assert refused.json()["type"] == "/problems/unauthenticated"
    finally:
        other.close()
    revoked_at = account.call("GET", f"/v1/api-keys/{made['id']}").json()["revoked_at"]
    assert revoked_at is not None
    assert account.call("DELETE", f"/v1/api-keys/{made['id']}").status_code == 204
    again = account.call("GET", f"/v1/api-keys/{made['id']}").json()["revoked_at"]
    assert again == revoked_at


def test_a_key_dies_when_it_expires(account: Account) -> None:
    end = clock.now() + datetime.timedelta(hours=1)
    body = {"name": "shop", "role": "writer", "expires_at": end.isoformat()}
    key = account.call("POST", "/v1/api-keys", body).json()["key"]
    assert account.call("GET", "/v1/entities", key=key).status_code == 200
    with freeze_time(end):
        assert account.call("GET", "/v1/entities", key=key).status_code == 401


def test_a_key_cannot_be_born_expired(account: Account) -> None:
    body = {"name": "shop", "role": "writer", "expires_at": "2020-01-01T00:00:00Z"}
    answer = account.call("POST", "/v1/api-keys", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/expires_at"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic Z3c6Z3c=",
        "Bearer gw_sandbox_x",
        pytest.param(f"Bearer {Key.new('sandbox').text}", id="never issued"),
        pytest.param(f"Bearer {Key.new('live').text[:-1]}_", id="wrong checksum"),
    ],
)
def test_without_a_key_that_counts_it_is_401(client: TestClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/v1/entities", "/v1/api-keys", "/v1/series", "/v1/entities/x"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["type"] == "/problems/unauthenticated"
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_an_auditor_reads_and_never_writes(account: Account) -> None:
    entity_id = account.new_entity()
    for key in (account.new_key(role="auditor"), account.entity_key(entity_id, "auditor")):
        read = account.call("GET", f"/v1/entities/{entity_id}", key=key)
        assert read.status_code == 200
        assert account.call("GET", "/v1/series", key=key, Entity_Id=entity_id).status_code == 200
        writes = [
            account.call("PATCH", f"/v1/entities/{entity_id}", {"name": "x"}, key=key),
            account.call("POST", "/v1/entities", {"name": "x", "country_code": "SI"}, key=key),
            account.call("POST", "/v1/api-keys", {"name": "x", "role": "writer"}, key=key),
            account.call("POST", "/v1/series", {"code": "A"}, key=key, Entity_Id=entity_id),
        ]
        assert [answer.status_code for answer in writes] == [403] * 4


def test_a_key_of_one_entity_manages_no_keys(account: Account) -> None:
    entity_id = account.new_entity()
    key = account.entity_key(entity_id)
    body = {"name": "x", "role": "writer", "entity_id": entity_id}
    assert account.call("POST", "/v1/api-keys", body, key=key).status_code == 403
    assert account.call("GET", "/v1/api-keys", key=key).status_code == 403


def test_a_key_for_an_entity_of_somebody_else_is_refused_like_an_unknown_one(
    account: Account, other_account: Account
) -> None:
    foreign, unknown = other_account.new_entity(), public_id("ent", new_id())
    answers = [
        account.call("POST", "/v1/api-keys", {"name": "x", "role": "writer", "entity_id": one})
        for one in (foreign, unknown, "ent_", "x")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_foreign_keys_answer_exactly_like_unknown_ones(
    account: Account, other_account: Account
) -> None:
    foreign = other_account.call("GET", "/v1/api-keys").json()["data"][0]["id"]
    live = account.call("GET", "/v1/api-keys", key=account.new_key(environment="live"))
    other_environment = live.json()["data"][0]["id"]
    unknown = public_id("key", new_id())
    for method in ("GET", "DELETE"):
        texts = set()
        for identifier in (foreign, other_environment, unknown, "key_x"):
            answer = account.call(method, f"/v1/api-keys/{identifier}")
            assert answer.status_code == 404
            texts.add(answer.text.replace(identifier, ""))
        assert len(texts) == 1
    assert other_account.call("GET", "/v1/api-keys").status_code == 200


def test_a_sandbox_key_makes_sandbox_keys_only(account: Account) -> None:
    body = {"name": "x", "role": "writer", "environment": "live"}
    assert account.call("POST", "/v1/api-keys", body).status_code == 422
    listed = account.call("GET", "/v1/api-keys", key=account.new_key(environment="live"))
    assert {item["environment"] for item in listed.json()["data"]} == {"live"}
