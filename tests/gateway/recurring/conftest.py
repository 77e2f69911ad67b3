"""A house, and shops with schedules whose time the tests decide."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun import freeze_time
from httpx2 import Response

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.recurring.generator import Generator
from tests.gateway.houses import House, Shop, invoice, opened

Json = dict[str, Any]

BEGIN = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


class Plan:
    """A shop, its recurring invoices, and the time."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.generator = Generator(shop.house.runtime.database, shop.house.runtime.recurring.maker)

    def post(self, schedule: Json, at: datetime = BEGIN, **changes: object) -> Response:
        body = {"document": invoice(profile="en16931-ubl"), "schedule": schedule, **changes}
        with freeze_time(at):
            return self.shop.call("POST", "/v1/recurring-invoices", body)

    def made(self, schedule: Json, at: datetime = BEGIN, **changes: object) -> Json:
        answer = self.post(schedule, at, **changes)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def call(self, method: str, path: str, at: datetime, body: object = None) -> Response:
        with freeze_time(at):
            return self.shop.call(method, f"/v1/recurring-invoices/{path}", body)

    def read(self, recurring: str) -> Json:
        return self.shop.get(f"/v1/recurring-invoices/{recurring}")

    def work(self, at: datetime) -> int:
        """Make all that is due at a moment; return how often there was something to do."""
        turns = 0
        while self.generator.turn(at):
            turns += 1
            assert turns < 500
        return turns

    def occurrences(self, recurring: str) -> list[Json]:
        """Return the days behind it, the oldest first."""
        path = f"/v1/recurring-invoices/{recurring}/occurrences?limit=200"
        listed: list[Json] = self.shop.get(path)["data"]
        return listed[::-1]

    def documents(self, recurring: str) -> list[Json]:
        return [
            self.shop.get(f"/v1/documents/{one['document_id']}")
            for one in self.occurrences(recurring)
            if one["document_id"]
        ]

    def by_the_system(self, recurring: str) -> list[tuple[str, str]]:
        """Return what the activity log says of a schedule, newest first."""
        answer = self.shop.account.call(
            "GET", "/v1/activity?actor=system&limit=200", key=self.shop.key
        )
        return [
            (one["action"], one["subject_id"])
            for one in answer.json()["data"]
            if one["data"].get("recurring_id") == recurring
        ]

    def events(self, recurring: str) -> list[str]:
        feed = self.shop.get("/v1/events?limit=200")["data"]
        return [
            one["type"].removeprefix("recurring_invoice.")
            for one in feed
            if one["subject_id"] == recurring
        ]


@pytest.fixture
def plan(house: House) -> Iterator[Plan]:
    """Of a Slovenian seller: Europe/Ljubljana."""
    yield Plan(Shop.opened(house))
    house.sql("delete from recurring_due")  # the house is shared: the next test has its own
