"""Series that begin again, go on where another stopped, and end: over HTTP and in the counter."""

import datetime
from typing import Any

import pytest

from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.numbering import service
from gateway.numbering.service import NumberDateOrderProblem
from tests.gateway.conftest import Account

DECEMBER = datetime.date(2026, 12, 31)
JANUARY = datetime.date(2027, 1, 1)


def made(account: Account, entity: str, **body: object) -> dict[str, Any]:
    answer = account.call("POST", "/v1/series", body, Entity_Id=entity)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def transaction(account: Account, entity: str) -> Any:  # noqa: ANN401 - a context manager
    tenant = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox")
    return account.runtime.database.transaction(tenant)


def taken(tx: TenantTransaction, series: dict[str, Any], *days: datetime.date) -> list[str]:
    series_id = parse_id(series["id"], "ser")
    return [service.take(tx, series_id, day).number for day in days]


def test_a_new_year_begins_with_one_and_places_go_on(account: Account) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="Y", pattern="{yyyy}/{seq:3}")
    assert (series["reset"], series["period"]) == ("yearly", None)
    with transaction(account, entity) as tx:
        numbers = taken(tx, series, DECEMBER, DECEMBER, JANUARY, JANUARY)
        place = service.take(tx, parse_id(series["id"], "ser"), JANUARY).sequence
    assert numbers == ["2026/001", "2026/002", "2027/001", "2027/002"]
    assert place == 5
    shown = account.call("GET", f"/v1/series/{series['id']}", Entity_Id=entity).json()
    assert (shown["period"], shown["next_number"], shown["count"]) == ("2027", 4, 5)
    with transaction(account, entity) as tx, pytest.raises(NumberDateOrderProblem):
        taken(tx, series, DECEMBER)


def test_a_new_month_begins_with_one_where_the_number_names_it(account: Account) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="M", pattern="{yy}{mm}-{seq:3}")
    days = [datetime.date(2026, 11, 30), datetime.date(2026, 12, 1), JANUARY]
    with transaction(account, entity) as tx:
        assert taken(tx, series, *days) == ["2611-001", "2612-001", "2701-001"]


def test_a_count_that_never_begins_again_says_so(account: Account) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="N", pattern="{yyyy}/{seq:3}", reset="never")
    with transaction(account, entity) as tx:
        assert taken(tx, series, DECEMBER, JANUARY) == ["2026/001", "2027/002"]


def test_a_series_goes_on_where_another_system_stopped_and_only_in_that_year(
    account: Account,
) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="Y", pattern="{yyyy}/{seq:3}", next_number=57)
    year = int(series["period"])
    this, following = datetime.date(year, 12, 31), datetime.date(year + 1, 1, 1)
    with transaction(account, entity) as tx:
        with pytest.raises(NumberDateOrderProblem):
            taken(tx, series, datetime.date(year - 1, 12, 31))
        assert taken(tx, series, this, following) == [f"{year}/057", f"{year + 1}/001"]
    other = made(account, entity, code="Z", pattern="Z-{seq}", next_number=1000)
    with transaction(account, entity) as tx:
        assert taken(tx, other, this, following) == ["Z-1000", "Z-1001"]


def test_numbers_are_shown_ahead_and_not_burned(account: Account) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="Y", pattern="{yyyy}/{seq:3}")
    path = f"/v1/series/{series['id']}/preview"
    with transaction(account, entity) as tx:
        taken(tx, series, DECEMBER)
    for _ in range(2):
        shown = account.call("GET", f"{path}?date=2026-12-31&count=2", Entity_Id=entity).json()
        assert shown["numbers"] == ["2026/002", "2026/003"]
    shown = account.call("GET", f"{path}?date=2027-01-01", Entity_Id=entity).json()
    assert shown["numbers"] == ["2027/001"]


def test_a_series_changes_before_its_first_number_and_then_only_ends(account: Account) -> None:
    entity = account.new_entity()
    series = made(account, entity, code="A", pattern="A-{seq}")
    path = f"/v1/series/{series['id']}"

    def patch(body: object) -> Any:  # noqa: ANN401
        return account.call("PATCH", path, body, Entity_Id=entity)

    shown = patch({"pattern": "{yyyy}-{premise}-{seq}", "premise": "P1", "next_number": 5}).json()
    assert (shown["reset"], shown["premise"], shown["next_number"]) == ("yearly", "P1", 5)
    with transaction(account, entity) as tx:
        taken(tx, series, DECEMBER)
    assert patch({"pattern": "B-{seq}"}).json()["type"] == "/problems/series-in-use"
    assert patch({"archived": True}).json()["archived_at"] is not None
    with transaction(account, entity) as tx, pytest.raises(Exception, match="archived"):
        taken(tx, series, DECEMBER)
    again = made(account, entity, code="A", pattern="A2-{seq}")
    assert patch({"archived": False}).json()["type"] == "/problems/series-exists"
    assert again["id"] != series["id"]


@pytest.mark.parametrize(
    ("country", "body", "pointers"),
    [
        ("SI", {"pattern": "INV-{seq}", "reset": "yearly"}, ["/reset"]),
        ("SI", {"pattern": "{yyyy}-{seq}", "reset": "monthly"}, ["/reset"]),
        ("SI", {"pattern": "{premise}-{seq}"}, ["/pattern"]),
        ("SI", {"pattern": "{premise}-{seq}", "premise": "A-1"}, ["/premise"]),
        ("SI", {"pattern": "INV-{seq:6}"}, ["/pattern"]),  # INV writes these
        ("FR", {"pattern": "F.{seq}"}, ["/pattern"]),
        ("FR", {"pattern": "A" * 30 + "{seq:6}"}, ["/pattern"]),
        ("IT", {"pattern": "FATTURA-{yyyy}/{seq:9}"}, ["/pattern"]),
        ("PT", {"pattern": "FT-{seq}"}, ["/pattern"]),
        ("SI", {"pattern": "X{seq}", "next_number": 0}, ["/next_number"]),
    ],
)
def test_what_would_repeat_numbers_or_is_forbidden_is_refused(
    account: Account, country: str, body: dict[str, object], pointers: list[str]
) -> None:
    entity = account.new_entity(country=country)
    answer = account.call("POST", "/v1/series", {"code": "X", **body}, Entity_Id=entity)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_a_country_has_its_own_usual_pattern(account: Account) -> None:
    entity = account.new_entity(country="PT")
    listed = account.call("GET", "/v1/series", Entity_Id=entity).json()["data"]
    assert [one["pattern"] for one in listed] == ["{code} A/{seq}", None, "{code} A/{seq}"]


def test_default_series_are_numbered_as_the_settings_say(account: Account) -> None:
    formats = {"invoice": "{yyyy}/{seq:3}", "estimate": "E{seq:4}"}
    starts = {"estimate": 12}
    entity = account.new_entity(
        settings={"number_formats": formats, "number_sequence_starts": starts}
    )
    day = datetime.date(2026, 11, 21)
    now = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)

    def peeked(tx: TenantTransaction, code: str) -> str | None:
        return service.peek(tx, default_code=code, issue_date=day, now=now)

    with transaction(account, entity) as tx:
        assert [peeked(tx, code) for code in ("INV", "CRN", "EST", "ORD", "NIX")] == [
            "2026/001",
            "CRN-000001",
            "E0012",
            "ORD-000001",
            None,
        ]
        assert {row.code for row in service.listed(tx)} == {"INV", "CRN", "EXT"}
        found = service.for_document(tx, default_code="EST", issue_date=day, now=now)
        assert found.take(tx, issue_date=day).number == "E0012"
        assert peeked(tx, "EST") == "E0013"
    path = f"/v1/entities/{entity}"
    changed = {"settings": {"number_formats": {"invoice": "R-{seq}"}}}
    assert account.call("PATCH", path, changed).status_code == 200
    with transaction(account, entity) as tx:
        assert peeked(tx, "INV") == "R-1"
    changed = {"settings": {"number_formats": {"estimate": "X{seq}"}}}
    refused = account.call("PATCH", path, changed)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/settings/number_formats/estimate"
    listed = account.call("GET", "/v1/series", Entity_Id=entity).json()["data"]
    estimates = next(one["id"] for one in listed if one["code"] == "EST")
    account.call("PATCH", f"/v1/series/{estimates}", {"archived": True}, Entity_Id=entity)
    assert account.call("PATCH", path, changed).status_code == 200
    with transaction(account, entity) as tx:
        again = service.for_document(tx, default_code="EST", issue_date=day, now=now)
        assert again.take(tx, issue_date=day).number == "X12"


def test_a_format_that_the_country_forbids_is_no_setting(account: Account) -> None:
    body = {
        "name": "x",
        "country": "FR",
        "settings": {"number_formats": {"invoice": "F.{seq}", "estimate": "E.{seq}"}},
    }
    answer = account.call("POST", "/v1/entities", body)
    assert answer.status_code == 422
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert pointers == ["/settings/number_formats/invoice"]


def test_kinds_whose_numbers_could_meet_are_no_setting(account: Account) -> None:
    entity = account.new_entity()
    same = {"invoice": "{yyyy}/{seq:3}", "credit_note": "{yyyy}/{seq:2}", "order": "O{seq}"}
    path = f"/v1/entities/{entity}"
    refused = account.call("PATCH", path, {"settings": {"number_formats": same}})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [
        "/settings/number_formats/invoice",
        "/settings/number_formats/credit_note",
    ]
    usual = {"settings": {"number_formats": {"invoice": "CRN-{seq}"}}}
    assert account.call("PATCH", path, usual).status_code == 422
    own = {"code": "SHOP", "pattern": "S{seq}"}
    assert account.call("POST", "/v1/series", own, Entity_Id=entity).status_code == 201
    beside = {"settings": {"number_formats": {"invoice": "S{yyyy}{seq}"}}}
    assert account.call("PATCH", path, beside).status_code == 422
    beside = {"settings": {"number_formats": {"invoice": "I{yyyy}{seq}"}}}
    assert account.call("PATCH", path, beside).status_code == 200


@pytest.mark.parametrize("patterns", [("1{seq}", "{seq}"), ("{seq}", "1{seq}")])
def test_a_series_that_could_come_to_numbers_of_another_is_refused(
    account: Account, patterns: tuple[str, str]
) -> None:
    entity = account.new_entity()
    first, second = (
        account.call("POST", "/v1/series", {"code": code, "pattern": pattern}, Entity_Id=entity)
        for code, pattern in zip("AB", patterns, strict=True)
    )
    assert first.status_code == 201
    assert second.status_code == 422
    assert second.json()["errors"][0]["pointer"] == "/pattern"


def test_a_number_brought_along_is_none_that_a_series_will_give(account: Account) -> None:
    entity = account.new_entity()
    with transaction(account, entity) as tx, pytest.raises(Exception, match="Correct one place"):
        service.for_document(tx, number="EST-000007")
