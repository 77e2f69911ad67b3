"""Checking VAT numbers over HTTP: three results, evidence, ages, and who is told."""

import base64
from datetime import timedelta

import pytest
from freezegun import freeze_time

from gateway.kit import clock
from gateway.vies.answers import Fault
from tests.gateway.houses import House, Shop
from tests.gateway.vies.conftest import Office
from tests.gateway.vies.registry import clear, down, some

GOOD, OTHER, GONE, *_ = some(5)
BAKERY = ("Pekarna d.o.o.", "Glavni trg 3\n4000 Kranj")


@pytest.fixture
def office(desk: Office) -> Office:
    desk.register.holders |= {GOOD: BAKERY, OTHER: ("Drugi", "Ljubljana")}
    return desk


def test_a_number_in_force_is_valid_with_its_evidence(office: Office) -> None:
    answer = office.check(f"{GOOD[:2].lower()} {GOOD[2:5]}.{GOOD[5:]}")
    assert answer.status_code == 201
    found = answer.json()
    assert found["vat_id"] == GOOD
    assert (found["outcome"], found["fault"], found["action"]) == ("valid", None, None)
    assert (found["name"], found["address"]) == BAKERY
    assert found["consultation_number"] == "WAPI000001"
    assert found["requester"] == office.shop.get(f"/v1/entities/{office.shop.entity}")["seller"][
        "vat_identifier"
    ].replace(" ", "")
    assert (found["from_cache"], found["known"], found["retry"]) == (False, None, None)
    evidence = office.shop.get(f"/v1/vat-checks/{found['id']}/evidence")
    assert base64.b64decode(evidence["sent"]["content"]) == f"<ask>{GOOD}</ask>".encode()
    assert base64.b64decode(evidence["received"]["content"]) == b"<valid>True</valid>"
    assert office.shop.get(f"/v1/vat-checks/{found['id']}")["outcome"] == "valid"


def test_a_number_that_is_not_in_force_is_invalid(office: Office) -> None:
    found = office.checked(GONE)
    assert (found["outcome"], found["fault"], found["service"]) == ("invalid", None, "vies")


def test_a_number_with_wrong_check_digits_is_invalid_and_nobody_is_asked(office: Office) -> None:
    wrong = GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10)
    found = office.checked(wrong)
    assert (found["outcome"], found["service"]) == ("invalid", "form")
    assert office.register.asked == []
    evidence = office.shop.get(f"/v1/vat-checks/{found['id']}/evidence")
    assert evidence["sent"]["size"] == evidence["received"]["size"] == 0


@pytest.mark.parametrize("fault", [one for one in Fault if one not in {"PAUSED", "NOT_SERVED"}])
def test_a_fault_is_unknown_and_never_invalid(office: Office, fault: Fault) -> None:
    office.register.weather = down("SI", fault=fault)
    found = office.checked(GOOD)
    assert (found["outcome"], found["fault"]) == ("unknown", fault.value)
    assert found["action"]
    assert found["consultation_number"] is None


def test_a_country_that_nobody_serves_is_unknown(office: Office) -> None:
    found = office.checked("NO974760673MVA")
    assert (found["outcome"], found["fault"]) == ("unknown", "NOT_SERVED")


@pytest.mark.parametrize("vat_id", ["", "12345678", "SI", "SI1?3", "S" * 65])
def test_what_cannot_be_a_number_is_refused(office: Office, vat_id: str) -> None:
    answer = office.check(vat_id)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/vat_id"]
    assert office.register.asked == []


def test_an_unknown_answer_leaves_the_known_one_and_both_are_shown(office: Office) -> None:
    first = office.checked(GOOD)
    office.register.weather = down("SI")
    second = office.checked(GOOD, max_age=0)
    assert (second["outcome"], second["fault"]) == ("unknown", "MS_UNAVAILABLE")
    assert second["known"]["id"] == first["id"]
    assert second["known"]["outcome"] == "valid"
    assert office.shop.get(f"/v1/vat-checks/{first['id']}")["outcome"] == "valid"
    listed = office.shop.get(f"/v1/vat-checks?vat_id={GOOD}")["data"]
    assert [one["outcome"] for one in listed] == ["unknown", "valid"]
    again = office.checked(GOOD)  # the unknown one is no answer to give again
    assert (again["id"], again["from_cache"]) == (first["id"], True)


def test_a_valid_answer_is_given_again_for_a_day_and_an_invalid_one_for_an_hour(
    office: Office,
) -> None:
    with freeze_time("2026-11-20T08:00:00Z", tick=False) as time:
        valid, invalid = office.checked(GOOD), office.checked(GONE)
        time.tick(timedelta(minutes=60))
        for before in (valid, invalid):
            answer = office.check(before["vat_id"])
            assert answer.status_code == 200
            found = answer.json()
            assert (found["id"], found["from_cache"]) == (before["id"], True)
            assert found["age_seconds"] == 3600
        time.tick(timedelta(seconds=1))
        assert office.checked(GONE)["id"] != invalid["id"]
        time.tick(timedelta(hours=23, seconds=-1))
        assert office.checked(GOOD)["id"] == valid["id"]
        assert office.checked(GOOD, max_age=3600)["id"] != valid["id"]
    assert len(office.register.asked) == 4


def test_an_answer_to_another_requester_or_about_other_details_is_another(office: Office) -> None:
    first = office.checked(GOOD)
    detailed = office.checked(GOOD, trader={"name": "Pekarna"})
    assert detailed["id"] != first["id"]
    assert detailed["matches"]["name"] == "valid"
    assert detailed["trader"] == {
        "name": "Pekarna",
        **dict.fromkeys(("company_type", "street", "postcode", "city")),
    }
    assert office.checked(GOOD, trader={"name": "Pekarna"})["id"] == detailed["id"]
    assert office.checked(GOOD)["id"] == detailed["id"]
    other = Shop.opened(office.shop.house, "DE")
    theirs = other.call("POST", "/v1/vat-checks", {"vat_id": GOOD})
    assert theirs.status_code == 201
    assert theirs.json()["requester"].startswith("DE")


def test_a_repeated_request_is_one_question_and_one_check(office: Office) -> None:
    answers = [office.check(GOOD, max_age=0, Idempotency_Key="check-1") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len(office.register.asked) == 1


def test_lists_are_narrowed_by_number_outcome_and_customer(office: Office) -> None:
    body = {"name": "Bakery", "vat_id": GOOD}
    customer = office.shop.call("POST", "/v1/customers", body).json()
    assert customer["vat_check"] is None
    for vat_id in (GOOD, OTHER, GONE):
        office.checked(vat_id)

    def listed(query: str) -> list[str]:
        return [one["vat_id"] for one in office.shop.get(f"/v1/vat-checks?{query}")["data"]]

    assert listed("") == [GONE, OTHER, GOOD]
    assert listed("outcome=invalid") == [GONE]
    assert listed(f"customer_id={customer['id']}") == [GOOD]
    assert listed(f"vat_id={OTHER[:2]}%20{OTHER[2:]}") == [OTHER]
    page = office.shop.get("/v1/vat-checks?limit=2")
    rest = office.shop.get(f"/v1/vat-checks?limit=2&cursor={page['next_cursor']}")
    assert [one["vat_id"] for one in page["data"] + rest["data"]] == [GONE, OTHER, GOOD]


def test_a_customer_shows_the_last_check_of_its_number(office: Office) -> None:
    body = {"name": "Bakery", "vat_id": GOOD}
    customer = office.shop.call("POST", "/v1/customers", body).json()["id"]
    valid = office.checked(GOOD)
    office.register.weather = down("SI")
    unknown = office.checked(GOOD, max_age=0)
    shown = office.shop.get(f"/v1/customers/{customer}")["vat_check"]
    assert (shown["id"], shown["outcome"], shown["fault"]) == (
        unknown["id"],
        "unknown",
        "MS_UNAVAILABLE",
    )
    assert (shown["known"]["id"], shown["known"]["outcome"]) == (valid["id"], "valid")
    assert office.shop.get("/v1/customers")["data"][0]["vat_check"]["id"] == unknown["id"]


def test_a_change_is_told_on_the_customer_with_old_and_new(office: Office) -> None:
    body = {"name": "Bakery", "vat_id": GOOD}
    customer = office.shop.call("POST", "/v1/customers", body).json()["id"]
    first = office.checked(GOOD)
    office.register.weather = down("SI")
    office.checked(GOOD, max_age=0)
    office.register.weather = clear
    office.register.holders[GOOD] = ("Pekarna Nova d.o.o.", BAKERY[1].upper())
    second = office.checked(GOOD, max_age=0)
    del office.register.holders[GOOD]
    third = office.checked(GOOD, max_age=0)
    office.checked(GOOD, max_age=0)
    told = office.events("vat_number.changed")
    assert [one["data"]["changes"] for one in told] == [
        {"name": {"old": BAKERY[0], "new": "Pekarna Nova d.o.o."}},
        {"outcome": {"old": "valid", "new": "invalid"}},
    ]
    assert [one["data"]["customer_id"] for one in told] == [customer] * 2
    assert [one["data"]["check_id"] for one in told] == [second["id"], third["id"]]
    assert [one["data"]["previous_check_id"] for one in told] == [first["id"], second["id"]]


def test_a_customer_is_found_by_an_older_spelling_of_its_number(office: Office) -> None:
    office.register.prefixes |= {"BE"}
    office.register.holders["BE0535825327"] = ("Meuse", "Namur")
    body = {"name": "Meuse", "vat_id": "BE 535.825.327"}
    customer = office.shop.call("POST", "/v1/customers", body).json()["id"]
    assert office.checked("BE535825327")["vat_id"] == "BE0535825327"
    assert office.shop.get(f"/v1/customers/{customer}")["vat_check"]["outcome"] == "valid"
    assert len(office.shop.get(f"/v1/vat-checks?customer_id={customer}")["data"]) == 1
    del office.register.holders["BE0535825327"]
    office.checked("BE0535825327", max_age=0)
    told = office.events("vat_number.changed")
    assert [one["data"]["customer_id"] for one in told] == [customer]
    assert office.shop.get("/v1/vat-checks?vat_id=nothing")["data"] == []


def test_no_connection_is_held_while_a_stranger_answers(house: House, office: Office) -> None:
    held = list[int]()

    def weather(_: object) -> None:
        held.extend(
            row[0]
            for row in house.sql(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and state like 'idle in transaction%%'"
            )
        )

    office.register.weather = weather
    assert office.checked(GOOD)["outcome"] == "valid"
    assert held == [0]


def test_checks_are_never_changed(house: House, office: Office) -> None:
    office.checked(GOOD)
    granted = house.sql(
        "select grantee, privilege_type from information_schema.table_privileges"
        " where table_name = 'vat_check' and grantee <> 'gw_owner' and grantee like 'gw_%%'"
    )
    assert set(granted) == {("gw_app", "SELECT"), ("gw_app", "INSERT"), ("gw_fsck", "SELECT")}
    assert clock.now().tzinfo is not None
