from collections.abc import Iterator

import pytest
from freezegun import freeze_time
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.kit import clock
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests.gateway.conftest import Account

LIMITS = {"requests_per_minute": 5, "requests_per_second": 0, "unauthenticated_per_minute": 3}


@pytest.fixture
def limited(account: Account) -> Iterator[TestClient]:
    """Another process over the account's database, with low limits."""
    runtime = Runtime.open(account.runtime.settings.model_copy(update=LIMITS))
    yield TestClient(create_app(runtime))
    runtime.close()


def test_who_calls_too_often_is_told_when_to_go_on(account: Account, limited: TestClient) -> None:
    headers = {"Authorization": account.key}
    with freeze_time(clock.now()) as frozen:
        left = [limited.get("/v1/entities", headers=headers) for _ in range(6)]
        assert [one.status_code for one in left] == [200] * 5 + [429]
        counts = [one.headers["x-ratelimit-remaining"] for one in left]
        assert counts == ["4", "3", "2", "1", "0", "0"]
        assert left[0].headers["x-ratelimit-limit"] == "5"
        refused = left[-1]
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["type"] == "/problems/rate-limited"
        other = {"Authorization": account.new_key()}
        assert limited.get("/v1/entities", headers=other).status_code == 200, "counted by key"
        frozen.tick(int(refused.headers["retry-after"]) + 60)
        assert limited.get("/v1/entities", headers=headers).status_code == 200


def test_strangers_are_counted_by_address_and_nobody_else_for_them(
    account: Account, limited: TestClient
) -> None:
    with freeze_time(clock.now()):
        bad = [limited.get("/v1/entities") for _ in range(4)]
        assert [one.status_code for one in bad] == [401] * 3 + [429]
        headers = {"Authorization": account.key}
        assert limited.get("/v1/entities", headers=headers).status_code == 200


def test_a_burst_is_limited_too(account: Account, settings: Settings) -> None:
    runtime = Runtime.open(settings.model_copy(update={"requests_per_second": 2}))
    try:
        client = TestClient(create_app(runtime))
        headers = {"Authorization": account.key}
        with freeze_time(clock.now()):
            answers = [client.get("/v1/entities", headers=headers) for _ in range(3)]
    finally:
        runtime.close()
    assert [one.status_code for one in answers] == [200, 200, 429]
