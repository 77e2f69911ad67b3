import datetime

import pytest

from tests.gateway.conftest import Account
from tests.gateway.tenants.people import added, came_in


def test_what_is_written_is_recorded_with_who_did_it(account: Account) -> None:
    answer = account.call("POST", "/v1/entities", {"name": "A", "country_code": "SI"})
    (done,) = account.call("GET", "/v1/activity?action=create_entity").json()["data"]
    assert done["subject_id"] == answer.json()["id"]
    assert done["request_id"] == answer.headers["request-id"]
    assert (done["actor_kind"], done["actor_id"][:4]) == ("key", "key_")
    entity = answer.json()["id"]
    key = came_in(account, entity, "admin")
    account.call("PATCH", f"/v1/entities/{entity}", {"name": "B"}, key=key)
    (done,) = account.call("GET", "/v1/activity?actor=user&action=change_entity").json()["data"]
    assert (done["entity_id"], done["subject_id"]) == (entity, entity)
    assert done["actor_id"].startswith("usr_")
    (used,) = account.call("GET", "/v1/activity?action=use_magic_link").json()["data"]
    assert used["actor_id"] == done["actor_id"]


def test_a_refusal_and_a_repetition_are_not_recorded(account: Account) -> None:
    account.call("POST", "/v1/entities", {"name": "A"})
    body = {"name": "A", "country_code": "SI"}
    for _ in range(2):
        account.call("POST", "/v1/entities", body, Idempotency_Key="one")
    listed = account.call("GET", "/v1/activity?action=create_entity").json()["data"]
    assert len(listed) == 1


def test_every_access_of_an_auditor_is_recorded(account: Account) -> None:
    entity = account.new_entity()
    key = came_in(account, entity, "auditor")
    assert account.call("GET", "/v1/invoices", key=key).status_code == 200
    assert account.call("GET", "/v1/events", key=key).status_code == 200
    listed = account.call("GET", f"/v1/activity?actor=user&entity_id={entity}").json()["data"]
    looked = [one["data"]["path"] for one in listed if one["data"].get("access")]
    assert looked == ["/v1/events", "/v1/invoices"]
    auditor = account.new_key(role="auditor")
    account.call("GET", f"/v1/entities/{entity}", key=auditor)
    (seen, *_) = account.call("GET", f"/v1/activity?entity_id={entity}").json()["data"]
    assert (seen["action"], seen["subject_id"]) == ("read_entity", entity)


def test_activity_is_filtered_and_paged(account: Account) -> None:
    entity, sister = account.new_entity(), account.new_entity()
    added(account, entity)
    added(account, sister)
    mine = account.call("GET", f"/v1/activity?entity_id={entity}").json()["data"]
    assert {one["entity_id"] for one in mine} == {entity}
    everything = account.call("GET", "/v1/activity?limit=200").json()["data"]
    paged, cursor = [], ""
    while True:
        page = account.call("GET", f"/v1/activity?limit=1{cursor}").json()
        paged += page["data"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert paged == everything
    middle = datetime.datetime.fromisoformat(everything[1]["created_at"])
    before = account.call("GET", "/v1/activity", None).json()["data"]
    assert before == everything
    params = f"from={middle:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert account.call("GET", f"/v1/activity?{params}").json()["data"] == everything[:2]
    key = account.entity_key(entity)
    own = account.call("GET", "/v1/activity", key=key).json()["data"]
    assert {one["entity_id"] for one in own} == {entity}


@pytest.mark.parametrize("text", ["3", "3.0", "1700000000", "20261130T00:00:00Z"])
def test_a_moment_is_written_in_full(account: Account, text: str) -> None:
    answer = account.call("GET", f"/v1/activity?from={text}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "from"
