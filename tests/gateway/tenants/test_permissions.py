import datetime

import pytest

from gateway.kit import clock
from gateway.runtime import Runtime
from gateway.tenants.permissions import (
    ANYBODY,
    BY_KIND,
    JOBS,
    PERMISSIONS,
    READING,
    ROLES,
    required,
)
from tests.gateway.conftest import Account
from tests.gateway.matrix.exceptions import FUNCTIONS, INSTALLATION, PUBLIC
from tests.gateway.matrix.operations import operations

JOB = "/v1/jobs/{job_id}"


def test_every_operation_has_a_permission() -> None:
    for one in operations():
        if one.key in PUBLIC:
            continue
        needed = required(*one.key)
        assert needed is not None, f"{one}: say in gateway/tenants/permissions.py what it needs"
        assert needed in {ANYBODY, BY_KIND} or needed in PERMISSIONS, str(one)


def test_every_kind_of_job_belongs_to_something(runtime: Runtime) -> None:
    """A kind that nobody named would be read with the permission for exports."""
    assert runtime.jobs.kinds() == set(JOBS)
    for resource in JOBS.values():
        assert {f"{resource}:read", f"{resource}:write"} <= PERMISSIONS
    jobs = {one.key for one in operations() if required(*one.key) == BY_KIND}
    assert jobs == {("GET", "/v1/jobs"), ("GET", JOB), ("DELETE", JOB)}


def test_what_needs_no_permission_concerns_nobody() -> None:
    free = {one.key for one in operations() if required(*one.key) == ANYBODY}
    sessions = {("GET", "/v1/sessions/current"), ("DELETE", "/v1/sessions/current")}
    assert free <= set(INSTALLATION) | sessions


def test_what_writes_needs_more_than_reading() -> None:
    for one in operations():
        if one.writes and one.key not in {*PUBLIC, *FUNCTIONS}:
            assert required(*one.key) not in READING, str(one)


def test_roles_grow_from_viewer_to_admin_and_auditors_only_read() -> None:
    assert ROLES["viewer"] < ROLES["editor"] < ROLES["admin"] < ROLES["writer"]
    assert READING - ROLES["auditor"] == {"signing:read", "exits:read"}  # they read certificates
    assert ROLES["auditor"] < READING


@pytest.mark.parametrize("text", ["Bearer {}", "bearer {}", "BEARER   {}", "{}", " {} "])
def test_authorization_is_taken_with_and_without_bearer(account: Account, text: str) -> None:
    headers = {"Authorization": text.format(account.key)}
    assert account.client.get("/v1/entities", headers=headers).status_code == 200


def test_a_key_does_what_its_scopes_say(account: Account) -> None:
    body = {"name": "x", "role": "writer", "scopes": ["documents:write", "documents:read"]}
    made = account.call("POST", "/v1/api-keys", body)
    assert made.json()["scopes"] == ["documents:read", "documents:write"]
    key, entity = made.json()["key"], account.new_entity()
    assert account.call("GET", "/v1/invoices", key=key, Entity_Id=entity).status_code == 200
    refused = account.call("GET", "/v1/customers", key=key, Entity_Id=entity)
    assert refused.status_code == 403
    assert refused.json()["missing"] == ["customers:read"]
    finalize = account.call("POST", "/v1/invoices?finalize=1", {}, key=key, Entity_Id=entity)
    assert finalize.json()["missing"] == ["documents:issue"]


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        ("/v1/documents/inv_x/void", "documents:issue"),
        ("/v1/invoices/inv_x/finalize", "documents:issue"),
        ("/v1/documents/inv_x/share-links", "documents:send"),
        ("/v1/emails/eml_x/retry", "documents:send"),
        ("/v1/transmissions/trn_x/cancel", "documents:send"),
        ("/v1/transmissions/trn_x/retry", "documents:send"),
        ("/v1/invoices/inv_x/remind", "documents:send"),
    ],
)
def test_who_only_writes_neither_voids_nor_sends(account: Account, path: str, needed: str) -> None:
    scopes = ["documents:read", "documents:write"]
    made = account.call("POST", "/v1/api-keys", {"name": "x", "role": "writer", "scopes": scopes})
    answer = account.call("POST", path, {}, key=made.json()["key"], Entity_Id=account.new_entity())
    assert answer.status_code == 403
    assert answer.json()["missing"] == [needed]


def test_scopes_are_of_the_role_and_no_more_than_the_makers(account: Account) -> None:
    for body in (
        {"name": "x", "role": "writer", "scopes": ["documents:eat"]},
        {"name": "x", "role": "writer", "scopes": []},
        {"name": "x", "role": "auditor", "scopes": ["documents:write"]},
    ):
        assert account.call("POST", "/v1/api-keys", body).status_code == 422
    body = {"name": "x", "role": "writer", "scopes": ["keys:write"]}
    key = account.call("POST", "/v1/api-keys", body).json()["key"]
    more = account.call("POST", "/v1/api-keys", {"name": "y", "role": "writer"}, key=key)
    assert more.status_code == 403
    assert "documents:issue" in more.json()["missing"]
    assert account.call("POST", "/v1/api-keys", body, key=key).status_code == 201


def test_a_key_lives_at_least_a_minute_and_says_when_it_was_used(account: Account) -> None:
    soon = (clock.now() + datetime.timedelta(seconds=50)).isoformat()
    body = {"name": "x", "role": "writer", "expires_at": soon}
    assert account.call("POST", "/v1/api-keys", body).status_code == 422
    made = account.call("POST", "/v1/api-keys", {"name": "x", "role": "writer"}).json()
    assert made["last_used_at"] is None
    place = f"/v1/api-keys/{made['id']}"
    account.call("GET", "/v1/entities", key=made["key"])
    used = account.call("GET", place).json()["last_used_at"]
    assert used is not None
    account.call("GET", "/v1/entities", key=made["key"])
    assert account.call("GET", place).json()["last_used_at"] == used, "once a minute is enough"
