"""Nothing that an auditor asks for is missing in what whoever invited them is shown."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import invited
from tests.gateway.houses import Json, Shop, kind, opened


@pytest.fixture(scope="module")
def house_shop(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("noted") / "data") as house:
        yield Shop.opened(house)


def noted(shop: Shop, made: Json) -> list[tuple[str, str]]:
    listed = shop.get(f"/v1/auditors/{made['id']}/accesses")["data"]
    return [(one["path"], one["query"]) for one in listed]


def came(shop: Shop, made: Json) -> bool:
    events = shop.get("/v1/events?limit=200")["data"]
    return ("auditor.came", made["id"]) in [(one["type"], one["subject_id"]) for one in events]


def test_what_is_refused_is_noted_and_tells_that_they_came(house_shop: Shop) -> None:
    made = invited(house_shop)
    for method, path in (("GET", "/v1/customers"), ("POST", "/v1/invoices")):
        answer = house_shop.call(method, path, {}, key=made["token"])
        assert kind(answer) == "forbidden", answer.text
    assert noted(house_shop, made) == [("/v1/invoices", ""), ("/v1/customers", "")]
    assert came(house_shop, made)
    asked = house_shop.get(f"/v1/activity?actor={made['id']}")["data"]
    assert asked == []  # it did nothing


def test_a_search_is_noted_whole_or_not_answered(house_shop: Shop) -> None:
    made = invited(house_shop)
    place, token = "/v1/evidence-sets/issued", made["token"]
    long = f"x={'a' * 4000}&number=R-7"
    answer = house_shop.call("GET", f"{place}?{long}", key=token)
    assert answer.status_code == 200
    assert noted(house_shop, made) == [(place, long)]
    padded = house_shop.call("GET", f"{place}?x={'a' * 8000}&number=R-7", key=token)
    assert (padded.status_code, kind(padded)) == (400, "malformed-request")
    assert noted(house_shop, made) == [(place, long)]


def test_an_address_that_postgresql_cannot_keep_is_noted(house_shop: Shop) -> None:
    made = invited(house_shop)
    for path in ("/v1/documents/%00", "/v1/documents/inv_%00"):
        assert house_shop.call("GET", path, key=made["token"]).status_code == 404
    assert [path for path, _ in noted(house_shop, made)] == [
        "/v1/documents/inv_%00",
        "/v1/documents/%00",
    ]


def test_what_a_retrieval_looks_for_is_noted_also_where_it_is_refused(house_shop: Shop) -> None:
    made = invited(house_shop)
    place = "/v1/evidence-sets/issued/bundles"
    for body in (
        {"party": "Novak & Co", "log_sizes": [3, 4]},
        {"number": "R-7"},  # one at a time
        {"total_from": "5.00"},  # of which currency?
        {"nothing": "at all"},
    ):
        house_shop.call("POST", place, body, key=made["token"])
    assert noted(house_shop, made) == [
        (place, ""),
        (place, "total_from=5.00"),
        (place, ""),
        (place, "number=R-7"),
        (place, ""),
        (place, "party=Novak+%26+Co&log_sizes=3&log_sizes=4"),
        (place, ""),
    ]
