"""A gateway that may send to this machine, and a courier that tests drive by hand."""

import contextlib
import datetime
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.exchange import Client
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.webhooks.courier import Courier
from gateway.webhooks.policy import Policy
from tests.gateway.conftest import Account, make_account

Json = dict[str, Any]

QUICK = Policy(
    schedule=(timedelta(seconds=0.05),) * 9,
    most_jitter=timedelta(seconds=0.05),
    lease=timedelta(seconds=5),
    poll_seconds=0.2,
)


@dataclass
class Clock:
    """A clock that tests set; it stands still."""

    now: datetime.datetime = field(default_factory=clock.now)

    def __call__(self) -> datetime.datetime:
        return self.now

    def go(self, span: timedelta) -> None:
        self.now += span


@dataclass(frozen=True)
class Desk:
    """An account, an entity of it, and what happens to them."""

    account: Account
    entity: str
    runtime: Runtime
    client: Client

    def endpoint(self, url: str, *types: str, **more: object) -> Json:
        body = {"url": url, "event_types": list(types) or ["*"], **more}
        answer = self.account.call("POST", "/v1/webhook-endpoints", body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def path(self, endpoint: Json, rest: str = "") -> str:
        return f"/v1/webhook-endpoints/{endpoint['id']}{rest}"

    def read(self, endpoint: Json) -> Json:
        made: Json = self.account.call("GET", self.path(endpoint)).json()
        return made

    def deliveries(self, endpoint: Json, query: str = "") -> list[Json]:
        answer = self.account.call("GET", self.path(endpoint, f"/deliveries?limit=200{query}"))
        assert answer.status_code == 200, answer.text
        listed: list[Json] = answer.json()["data"]
        return listed

    def happens(
        self,
        event_type: str = "customer.created",
        count: int = 1,
        entity: str = "",
        **data: object,
    ) -> None:
        """Record events of an entity."""
        entity_id = parse_id(entity or self.entity, "ent")
        tenant = Tenant(self.account.id, (entity_id,), "sandbox")
        with self.runtime.database.transaction(tenant) as tx:
            for number in range(count):
                events.append(
                    tx,
                    type=event_type,
                    subject_id=f"cus_{number}",
                    data={"number": number, **data},
                    now=clock.now(),
                )

    def courier(self, policy: Policy = QUICK, seed: int = 1, **more: Any) -> Courier:  # noqa: ANN401 - as Courier
        return Courier(
            self.runtime.database,
            self.runtime.webhooks,
            more.pop("client", self.client),
            policy=policy,
            chance=random.Random(seed).random,  # noqa: S311 - to be repeated
            **more,
        )

    @contextlib.contextmanager
    def working(self, courier: Courier | None = None) -> Iterator[None]:
        """Run a courier in this process."""
        stop = threading.Event()
        chosen = courier or self.courier()
        thread = threading.Thread(target=chosen.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(60)
            assert not thread.is_alive()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of the test's gateway, which may send to this machine."""
    return Settings.model_validate(
        {**settings.model_dump(), "webhook_allow_private": "127.0.0.0/8"}
    )


@pytest.fixture
def desk(runtime: Runtime, client: TestClient) -> Desk:
    """An account with an entity, and a wire with little patience."""
    account = make_account(runtime, client, "Plattform")
    wire = replace(Client(runtime.outbound), connect_seconds=1, total_seconds=1)
    return Desk(account, account.new_entity(), runtime, wire)
