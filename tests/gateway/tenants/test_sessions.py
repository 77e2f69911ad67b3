"""Goal S12: links are worth one session, and what is taken away is gone at once."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from freezegun import freeze_time
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.kit import clock
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests.gateway.conftest import Account
from tests.gateway.tenants.people import added, came_in, exchange, link, session


def test_a_link_is_worth_one_session_as_the_user_in_the_entity(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, "editor", name="Ana")
    made = link(account, user)
    assert made["url"] == f"http://gateway.test/embed?token={made['token']}"
    begun = exchange(account, made["token"])
    assert begun.status_code == 201
    key = begun.json()["token"]
    me = account.call("GET", "/v1/sessions/current", key=key).json()
    assert (me["user_id"], me["entity_id"], me["role"]) == (user["id"], entity, "editor")
    assert me["name"] == "Ana"
    assert "documents:issue" in me["permissions"]
    assert account.call("GET", "/v1/invoices", key=key).status_code == 200
    assert exchange(account, made["token"]).status_code == 401
    listed = account.call("GET", f"/v1/entities/{entity}/users/{user['id']}/tokens").json()["data"]
    assert [one["state"] for one in listed] == ["used"]
    assert "token" not in listed[0]


def test_of_32_exchanges_at_once_one_succeeds(account: Account, admin_url: str) -> None:
    token = link(account, added(account, account.new_entity()))["token"]
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: exchange(account, token).status_code, range(32)))
    assert sorted(answers) == [201] + [401] * 31
    with psycopg.connect(admin_url) as connection:
        assert connection.execute("select count(*) from user_session").fetchone() == (1,)


@pytest.mark.parametrize(
    "end", ["role", "user", "person", "link", "session", "logout", "role down"]
)
def test_what_is_taken_away_is_gone_at_once_on_every_process(
    account: Account, settings: Settings, end: str
) -> None:
    entity = account.new_entity()
    user = added(account, entity, "editor")
    unused = link(account, user)
    key = session(account, user)
    place = f"/v1/entities/{entity}/users/{user['id']}"
    other = Runtime.open(settings)
    try:
        elsewhere = TestClient(create_app(other))
        headers = {"Authorization": key}
        assert elsewhere.get("/v1/series", headers=headers).status_code == 200
        sessions = account.call("GET", f"{place}/sessions").json()["data"]
        steps = {
            "role": ("PATCH", place, {"role": "auditor"}),
            "role down": ("PATCH", place, {"role": "viewer"}),
            "user": ("DELETE", place, None),
            "person": ("DELETE", f"/v1/users/{user['id']}", None),
            "link": ("DELETE", f"{place}/tokens/{unused['id']}", None),
            "session": ("DELETE", f"{place}/sessions/{sessions[0]['id']}", None),
            "logout": ("DELETE", "/v1/sessions/current", None),
        }
        method, path, body = steps[end]
        done = account.call(method, path, body, key=key if end == "logout" else None)
        assert done.status_code in {200, 204}, done.text
        body = {"code": "A"}
        wrote = elsewhere.post("/v1/series", headers=headers, json=body).status_code
        exchanged = elsewhere.post("/v1/sessions", json={"token": unused["token"]}).status_code
    finally:
        other.close()
    assert wrote == (403 if end in {"role", "role down", "link"} else 401)
    assert exchanged == (401 if end in {"user", "person", "link"} else 201)


def test_who_is_removed_and_added_again_begins_anew(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, email="ana@example.com")
    key = session(account, user)
    account.call("DELETE", f"/v1/entities/{entity}/users/{user['id']}")
    again = added(account, entity, email="ANA@example.com")
    assert again["id"] == user["id"], "the same person of the account"
    assert account.call("GET", "/v1/series", key=key).status_code == 401


def test_links_and_sessions_die_of_age(account: Account) -> None:
    user = added(account, account.new_entity())
    made, now = link(account, user), clock.now()
    with freeze_time(now + datetime.timedelta(minutes=16)):
        assert exchange(account, made["token"]).status_code == 401
    key = session(account, user)
    with freeze_time(now + datetime.timedelta(hours=7, minutes=59)):
        assert account.call("GET", "/v1/series", key=key).status_code == 200
    with freeze_time(now + datetime.timedelta(hours=8, minutes=1)):
        assert account.call("GET", "/v1/series", key=key).status_code == 401


def test_a_link_lasts_a_day_at_most_and_gives_no_more_than_the_user_has(account: Account) -> None:
    user = added(account, account.new_entity(), "viewer")
    place = f"/v1/entities/{user['entity_id']}/users/{user['id']}/tokens"
    for body, pointer in (({"expires_in": 86401}, "/expires_in"), ({"role": "admin"}, "/role")):
        answer = account.call("POST", place, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert account.call("POST", place, {"expires_in": 59}).status_code == 422


def test_a_link_may_give_less_than_the_user_has(account: Account) -> None:
    user = added(account, account.new_entity(), "admin")
    key = session(account, user, role="viewer")
    assert account.call("POST", "/v1/series", {"code": "A"}, key=key).status_code == 403


def test_secrets_are_stored_as_hashes_only(account: Account, admin_url: str) -> None:
    user = added(account, account.new_entity(), send_invite=True)
    made = link(account, user)
    secrets = [made["token"], session(account, user), user["invitation"]["token"]]
    sql = "select t::text from {} t"
    with psycopg.connect(admin_url) as connection:
        stored = "".join(
            str(connection.execute(sql.format(table).encode()).fetchall())
            for table in ("magic_link", "user_session", "invitation", "idempotency", "activity")
        )
    assert not [secret for secret in secrets if secret[-40:] in stored]


def test_a_user_without_an_account_cannot_leave_the_entity(account: Account) -> None:
    entity, sister = account.new_entity(), account.new_entity()
    key = came_in(account, entity, "admin")
    listed = account.call("GET", "/v1/entities", key=key).json()["data"]
    assert [one["id"] for one in listed] == [entity]
    assert account.call("GET", f"/v1/entities/{sister}", key=key).status_code == 404
    assert account.call("GET", "/v1/series", key=key, Entity_Id=sister).status_code == 404
    assert account.call("GET", f"/v1/entities/{sister}/users", key=key).status_code == 404
    assert account.call("GET", "/v1/users", key=key).status_code == 403


def test_users_make_no_links_so_nobody_becomes_somebody_else(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, "viewer")
    key = came_in(account, entity, "admin")
    place = f"/v1/entities/{entity}/users/{user['id']}/tokens"
    answer = account.call("POST", place, {}, key=key)
    assert answer.status_code == 403
    assert answer.json()["missing"] == ["keys:write"]


@pytest.mark.usefixtures("runtime")
def test_guessing_is_slowed_down(settings: Settings) -> None:
    limited = settings.model_copy(update={"attempts_per_minute": 10})
    other = Runtime.open(limited)
    try:
        client = TestClient(create_app(other))
        body = {"token": "gw_link_x"}
        answers = [client.post("/v1/sessions", json=body) for _ in range(12)]
        accepted = client.post("/v1/invitations/accept", json=body)
    finally:
        other.close()
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["type"] == "/problems/rate-limited"
    assert accepted.status_code == 429, "both doors count together"
