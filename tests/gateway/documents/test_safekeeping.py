"""Live documents are refused where the law would not let their evidence lie."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest

from countries.base import Confidence, Safekeeping, Source
from countries.registry import COUNTRIES
from gateway.compliance.safekeeping import demanded, forbidden
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.readiness.safekeeping import safekeeping
from tests.gateway.houses import House, Shop, kind, opened

DAY = datetime.date(2026, 11, 22)
SOURCE = Source(title="An act", url="https://act.example", read_on=DAY, confidence=Confidence.M)
HOME = COUNTRIES["SI"]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("abroad"), archive_country="US") as found:
        yield found


def test_a_live_document_is_refused_before_it_has_a_number(house: House) -> None:
    shop = Shop.opened(house, "DE", environment="live")
    refused = shop.issue(Idempotency_Key="1")
    assert (refused.status_code, kind(refused)) == (409, "evidence-place")
    assert refused.json()["place"] == "US"
    assert all(one["number"] is None for one in shop.documents())
    ready = shop.get(f"/v1/entities/{shop.entity}/readiness")
    states = {one["id"]: one["state"] for one in ready["items"]}
    assert states["archive:place"] == "missing"
    assert "archive:place" in ready["missing"]
    assert not ready["ready_for_live"]


def test_the_sandbox_issues_wherever_it_is(house: House) -> None:
    shop = Shop.opened(house, "DE")
    assert shop.issue().status_code in {200, 422}, "its place is not asked"


def test_a_country_that_says_nothing_refuses_nothing(house: House) -> None:
    shop = Shop.opened(house, "SI", environment="live")
    refused = shop.issue(Idempotency_Key="1")
    assert kind(refused) != "evidence-place"
    ready = shop.get(f"/v1/entities/{shop.entity}/readiness")
    assert "archive:place" not in {one["id"] for one in ready["items"]}


@pytest.mark.parametrize(
    ("rule", "place", "good"),
    [
        (Safekeeping(source=SOURCE), "SI", True),
        (Safekeeping(source=SOURCE), "AT", False),
        (Safekeeping(source=SOURCE), None, True),
        (Safekeeping(source=SOURCE, union=True), "AT", True),
        (Safekeeping(source=SOURCE, union=True), "GB", False),
        (Safekeeping(source=SOURCE, abroad=frozenset({"CH"})), "CH", True),
        (Safekeeping(source=SOURCE, since=DAY), "US", False),
        (Safekeeping(source=SOURCE, since=DAY + datetime.timedelta(days=1)), "US", True),
        (Safekeeping(source=SOURCE, until=DAY), "US", False),
        (Safekeeping(source=SOURCE, until=DAY - datetime.timedelta(days=1)), "US", True),
    ],
)
def test_where_records_may_lie(rule: Safekeeping, place: str | None, *, good: bool) -> None:
    country = replace(HOME, safekeeping=(rule,))
    assert (forbidden(country, place, DAY) is None) is good


def test_nobody_declared_forbids_nothing() -> None:
    assert forbidden(None, "US", DAY) is None
    assert list(safekeeping(None, "US", DAY)) == []


@pytest.mark.parametrize(
    ("place", "state"), [("DE", "done"), ("SI", "done"), ("US", "missing"), (None, "unknown")]
)
def test_readiness_says_whether_it_is_known(place: str | None, state: str) -> None:
    (item,) = safekeeping(COUNTRIES["DE"], place, DAY)
    assert (item.id, item.state, item.required_for) == ("archive:place", state, ("live",))
    assert (item.fix is None) is (state == "done")


def test_what_is_demanded_is_said_in_words() -> None:
    rule = Safekeeping(source=SOURCE, union=True, abroad=frozenset({"NO"}), condition="online")
    assert demanded(HOME, rule) == "Slovenia or the European Union or NO (online)"
