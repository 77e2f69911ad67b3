"""`/v1/retention`: until when, by which rule, and what makes it longer."""

import datetime

import pytest
from freezegun import freeze_time

from countries.registry import COUNTRIES
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Json, Shop, invoice, kind, sold_to
from tests.gateway.matrix.bodies import SELLER
from tests.gateway.retention.deeds import HOME, proposed

DAY = "2026-11-20"
SECOND = datetime.timedelta(seconds=1)


def kept(shop: Shop, document: str, query: str = "") -> Json:
    place = "received" if document.startswith("rcv_") else "documents"
    return shop.get(f"/v1/retention/{place}/{document}{query}")


def came(shop: Shop, number: str = "R-1") -> str:
    answer = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number=number))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def note(shop: Shop, document: str, *subjects: str) -> Json:
    place = "received" if document.startswith("rcv_") else "documents"
    body = {"subjects": list(subjects), "reason": "a house"}
    answer = shop.call("POST", f"/v1/retention/{place}/{document}/subjects", body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_the_last_day_and_the_first_one_after_in_every_declared_country(
    house: House, code: str
) -> None:
    with freeze_time("2026-11-20T12:00:00Z"):
        shop = Shop.opened(house, code)
        received = came(shop)
        last = datetime.date.fromisoformat(kept(shop, received)["retain_until"])
    zone = COUNTRIES[code].zone
    midnight = datetime.datetime.combine(
        last + datetime.timedelta(days=1), datetime.time(), zone
    ).astimezone(datetime.UTC)
    wanted = {"document_ids": [received]}
    with freeze_time(midnight - SECOND):
        assert kept(shop, received)["over"] is False
        refused = shop.call("POST", HOME, wanted)
        assert kind(refused) == "nothing-over"
        assert refused.json()["documents"] == [{"id": received, "reason": "kept"}]
    with freeze_time(midnight):
        assert kept(shop, received)["over"] is True
        assert [one["id"] for one in proposed(shop, **wanted)["documents"]] == [received]


@pytest.mark.parametrize(
    ("code", "title", "years"),
    [
        ("SI", "Zakon o davku na dodano vrednost (ZDDV-1), 86. člen", 10),
        ("DE", "Umsatzsteuergesetz (UStG) § 14b Abs. 1 and § 27 Abs. 40", 8),
        ("BE", "Wet / Loi 20 November 2022, VAT Code Article 60", 10),
    ],
)
def test_the_rule_that_decides_is_named_with_its_source(
    house: House, code: str, title: str, years: int
) -> None:
    shop = Shop.opened(house, code)
    issued = shop.issued(sold_to(code, issue_date=DAY))
    found = kept(shop, issued["id"])
    assert found["retain_until"] == found["by_law_until"] == issued["retain_until"]
    assert found["rules"][0]["years"] == years
    assert found["rules"][0]["source"]["title"] == title
    assert found["rules"][0]["anchor"] == "calendar_year_end"
    assert found["issued"] == DAY
    assert found["kinds"] == ["invoice"]


def test_the_law_of_another_day_is_answered_and_shortens_nothing(house: House) -> None:
    shop = Shop.opened(house, "DE")
    with freeze_time("2024-06-01T12:00:00Z"):
        issued = shop.issued(sold_to("DE", issue_date="2024-06-01"))
    assert issued["retain_until"] == "2034-12-31"
    found = kept(shop, issued["id"])
    assert (found["retain_until"], found["by_law_until"]) == ("2034-12-31", "2032-12-31")
    assert kept(shop, issued["id"], "?as_of=2024-12-31")["by_law_until"] == "2034-12-31"


def test_the_business_year_of_the_settings_counts(house: House) -> None:
    settings = {"retention": {"fiscal_year_end": "03-31"}}
    shop = Shop.opened(house, "NL", settings=settings)
    issued = shop.issued(sold_to("NL", issue_date="2026-04-01"))
    assert issued["retain_until"] == "2034-03-31"
    found = kept(shop, issued["id"])
    assert found["fiscal_year_end"] == "03-31"
    assert found["rules"][0]["anchor"] == "fiscal_year_end"


@pytest.mark.parametrize("day", ["13-01", "02-30", "6-30", "0630", "", "00-10"])
def test_what_is_no_day_of_a_year_is_refused(house: House, day: str) -> None:
    body: Json = {
        "name": "A",
        "country_code": "SI",
        "settings": {"retention": {"fiscal_year_end": day}},
    }
    answer = house.account().call("POST", "/v1/entities", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/settings/retention/fiscal_year_end"


@pytest.mark.parametrize("received", [False, True])
def test_a_house_is_kept_longer_from_the_moment_it_is_noted(
    shop: Shop,
    received: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    with freeze_time("2026-11-20T12:00:00Z"):
        document = came(shop) if received else shop.issued(invoice(issue_date=DAY))["id"]
        found = note(shop, document, "immovable_property")
    assert found["retain_until"] == "2046-12-31"
    assert found["noted_subjects"] == ["immovable_property"]
    assert found["rules"][0]["subject"] == "immovable_property"
    events = shop.get("/v1/events?limit=200")["data"]
    [event] = [one for one in events if one["type"] == "retention.extended"]
    assert event["data"]["from"] == "2036-12-31"
    assert event["data"]["until"] == "2046-12-31"
    assert event["subject_id"] == document
    again = note(shop, document, "immovable_property", "capital_goods")
    assert again["retain_until"] == "2046-12-31"
    assert again["noted_subjects"] == ["capital_goods", "immovable_property"]
    assert len(shop.house.sql(_NOTED, parse_id(document, document[:3]))) == 2


_NOTED = "select 1 from retention_subject where coalesce(document_id, received_id) = %s"


def test_drafts_and_what_is_not_there_are_not_found(shop: Shop) -> None:
    draft = shop.draft()["id"]
    for method, path in (
        ("GET", f"/v1/retention/documents/{draft}"),
        ("GET", "/v1/retention/received/rcv_01jd0000000000000000000000"),
    ):
        assert kind(shop.call(method, path)) == "not-found"
    body = {"subjects": ["capital_goods"]}
    answer = shop.call("POST", f"/v1/retention/documents/{draft}/subjects", body)
    assert kind(answer) == "not-found"


@pytest.mark.parametrize("body", [{"subjects": ["gold"]}, {"subjects": []}, {}])
def test_a_subject_that_no_law_knows_is_refused(shop: Shop, body: Json) -> None:
    issued = shop.issued()["id"]
    answer = shop.call("POST", f"/v1/retention/documents/{issued}/subjects", body)
    assert kind(answer) == "request-invalid"


def test_an_auditor_reads_it_and_notes_nothing(shop: Shop) -> None:
    issued = shop.issued()["id"]
    key = shop.account.entity_key(shop.entity, "auditor")
    path = f"/v1/retention/documents/{issued}"
    assert shop.call("GET", path, key=key).status_code == 200
    body = {"subjects": ["capital_goods"]}
    assert shop.call("POST", f"{path}/subjects", body, key=key).status_code == 403
