"""Accounts with keys of every sort, for tests over HTTP."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gateway.kit import clock
from gateway.kit.tenancy import Environment
from gateway.runtime import Runtime
from gateway.tenants import service
from gateway.tenants.api_keys import service as api_keys
from gateway.tenants.roles import KeyRole


@dataclass(frozen=True)
class Account:
    """An account and the HTTP client to call in its name."""

    id: UUID
    key: str
    client: TestClient
    runtime: Runtime

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        **headers: str,
    ) -> Response:
        """Send a request; `Entity_Id="..."` becomes the header Entity-Id."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {key or self.key}"
        if isinstance(body, bytes):
            sent.setdefault("Content-Type", "application/json")
            return self.client.request(method, path, content=body, headers=sent)
        return self.client.request(method, path, json=body, headers=sent)

    def new_key(self, *, environment: Environment = "sandbox", role: KeyRole = "writer") -> str:
        """Return another key of the whole account."""
        _, key = api_keys.create_account_key(
            self.runtime.database,
            self.runtime.master_key,
            self.id,
            environment=environment,
            role=role,
            name="test",
            now=clock.now(),
        )
        return key.text

    def new_entity(self, name: str = "Muster GmbH", country: str = "DE", **more: object) -> str:
        """Return the id of a new entity."""
        answer = self.call("POST", "/v1/entities", {"name": name, "country_code": country, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def entity_key(self, entity_id: str, role: KeyRole = "writer") -> str:
        """Return a key of one entity."""
        body = {"name": "test", "role": role, "entity_id": entity_id}
        answer = self.call("POST", "/v1/api-keys", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["key"])


def make_account(runtime: Runtime, client: TestClient, name: str) -> Account:
    account_id = service.create_account(runtime.database, name, clock.now())
    account = Account(account_id, "", client, runtime)
    return Account(account_id, account.new_key(), client, runtime)


@pytest.fixture
def account(runtime: Runtime, client: TestClient) -> Account:
    """An account with a sandbox writer key."""
    return make_account(runtime, client, "Plattform")


@pytest.fixture
def other_account(runtime: Runtime, client: TestClient) -> Account:
    """Somebody else."""
    return make_account(runtime, client, "Somebody else")
