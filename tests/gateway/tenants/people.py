"""Users of an entity, for tests over HTTP."""

from typing import Any

from httpx2 import Response

from tests.gateway.conftest import Account

Json = dict[str, Any]


def added(account: Account, entity: str, role: str = "editor", **more: object) -> Json:
    """Return a new user of an entity."""
    count = len(account.call("GET", f"/v1/entities/{entity}/users").json()["data"])
    body = {"email": f"{role}{count}@example.com", "role": role, **more}
    answer = account.call("POST", f"/v1/entities/{entity}/users", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def link(account: Account, user: Json, **body: object) -> Json:
    """Return a new magic link of a user."""
    place = f"/v1/entities/{user['entity_id']}/users/{user['id']}/tokens"
    answer = account.call("POST", place, body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def exchange(account: Account, token: str) -> Response:
    """Return the answer to an exchange of a link's token."""
    return account.client.post("/v1/sessions", json={"token": token})


def session(account: Account, user: Json, **body: object) -> str:
    """Return the token of a new session of a user."""
    answer = exchange(account, link(account, user, **body)["token"])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["token"])


def came_in(account: Account, entity: str, role: str = "editor", **more: object) -> str:
    """Return the token of a session of a new user."""
    return session(account, added(account, entity, role, **more))
