"""The last day and the first after, for destruction: calendar, leap and business years, law."""

import datetime

import pytest
from freezegun import freeze_time

from countries.registry import COUNTRIES
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Json, Shop, sold_to
from tests.gateway.retention.deeds import HOME, approved, done, proposed

SECOND = datetime.timedelta(seconds=1)

CASES = [
    # country, settings, day of issue, last day
    ("SI", {}, "2012-12-31", "2022-12-31"),
    ("SI", {}, "2013-01-01", "2023-12-31"),
    ("NL", {"fiscal_year_end": "02-29"}, "2012-03-01", "2020-02-29"),
    ("NL", {"fiscal_year_end": "02-29"}, "2013-03-01", "2021-02-28"),
    ("DE", {}, "2012-02-29", "2022-12-31"),  # ten years, by the law of then
]


@pytest.mark.parametrize(("country", "settings", "issued", "last"), CASES)
def test_destroyed_on_the_first_day_and_not_on_the_last(
    house: House, country: str, settings: Json, issued: str, last: str
) -> None:
    shop = Shop.opened(house, country, settings={"retention": settings})
    with freeze_time(f"{issued}T12:00:00Z"):
        document = shop.issued(sold_to(country, issue_date=issued))
    assert document["retain_until"] == last
    shop.house.sql(
        "update outbox set state = 'closed', due_at = null where entity_id = %s",
        parse_id(shop.entity, "ent"),
    )
    day = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(day, datetime.time(), COUNTRIES[country].zone)
    midnight = midnight.astimezone(datetime.UTC)
    with freeze_time(midnight - SECOND):
        answer = shop.call("POST", HOME, {"document_ids": [document["id"]]})
        assert answer.status_code == 409, answer.text
        assert answer.json()["documents"] == [{"id": document["id"], "reason": "kept"}]
    assert _came_of_it(shop, midnight, midnight - SECOND) == [("spared", "kept")]
    assert _came_of_it(shop, midnight, midnight) == [("destroyed", None)]


def _came_of_it(
    shop: Shop, proposed_at: datetime.datetime, done_at: datetime.datetime
) -> list[tuple[str, str | None]]:
    """Return what became of the documents of a destruction."""
    with freeze_time(proposed_at):
        destruction = proposed(shop)["id"]
        job = approved(shop, destruction)["job_id"]
    with freeze_time(done_at):
        assert done(shop, job)["state"] == "succeeded"
        found = shop.get(f"{HOME}/{destruction}")["documents"]
    return [(one["state"], one["spared_because"]) for one in found]
