"""Taxes over HTTP."""

import pytest

from tests.gateway.conftest import Account


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


def test_taxes_are_kept(account: Account, entity: str) -> None:
    body = {
        "name": "Reverse charge",
        "category_code": "ae",
        "exemption_reason_code": "vatex-eu-ae",
        "metadata": {"a": "b"},
    }
    made = account.call("POST", "/v1/taxes", body, Entity_Id=entity)
    assert made.status_code == 201, made.text
    tax = made.json()
    assert (tax["category_code"], tax["rate"]) == ("AE", "0")
    assert tax["exemption_reason_code"] == "VATEX-EU-AE"
    path = f"/v1/taxes/{tax['id']}"
    assert account.call("GET", path, Entity_Id=entity).json() == tax
    patch = {"category_code": "S", "rate": "9.50", "exemption_reason_code": None}
    changed = account.call("PATCH", path, patch, Entity_Id=entity).json()
    assert (changed["category_code"], changed["rate"]) == ("S", "9.50")
    assert account.call("DELETE", path, Entity_Id=entity).status_code == 204
    assert account.call("GET", path, Entity_Id=entity).status_code == 404
    assert account.call("GET", "/v1/taxes", Entity_Id=entity).json()["data"] == []
    assert account.call("POST", f"{path}/restore", Entity_Id=entity).status_code == 200
    listed = account.call("GET", "/v1/taxes?metadata[a]=b", Entity_Id=entity).json()["data"]
    assert [one["id"] for one in listed] == [tax["id"]]
    events = account.call("GET", "/v1/events?limit=100", Entity_Id=entity).json()["data"]
    assert [event["type"] for event in events if event["type"].startswith("tax.")] == [
        *("tax.created", "tax.updated", "tax.deleted", "tax.restored"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rate": None}, "needs a rate"),
        ({"rate": "0"}, "above 0"),
        ({"rate": "100.01"}, "between 0 and 100"),
        ({"rate": "22.00001"}, "four decimals"),
        ({"category_code": "E"}, "no rate but 0"),
        ({"category_code": "Q"}, "no VAT category"),
        ({"exemption_reason": "why"}, "no exemption reason"),
        ({"category_code": "E", "rate": None, "exemption_reason_code": "X"}, "VATEX"),
    ],
)
def test_what_the_rules_would_refuse(
    account: Account, entity: str, change: dict[str, object], words: str
) -> None:
    body = {"name": "VAT", "rate": "22", **change}
    answer = account.call("POST", "/v1/taxes", body, Entity_Id=entity)
    assert answer.status_code == 422
    assert words in answer.json()["errors"][0]["message"]


def test_the_country_suggests_the_rates_of_a_day(account: Account, entity: str) -> None:
    def rates(query: str) -> dict[str, list[str]]:
        answer = account.call("GET", f"/v1/taxes/suggested{query}", Entity_Id=entity)
        assert answer.status_code == 200, answer.text
        found: dict[str, list[str]] = {}
        for one in answer.json()["data"]:
            found.setdefault(one["category_code"], []).append(one["rate"])
        return found

    assert rates("?date=2026-11-30") == {
        "S": ["22", "9.5", "5"],
        "AE": ["0"],
        "K": ["0"],
        "G": ["0"],
        "O": [None],
    }
    assert rates("?date=2010-01-01")["S"] == ["20", "8.5"]
    assert "S" in rates("")
    wrong = account.call("GET", "/v1/taxes/suggested?date=30.11.2026", Entity_Id=entity)
    assert wrong.status_code == 422


def test_what_is_suggested_can_be_kept(account: Account, entity: str) -> None:
    offered = account.call("GET", "/v1/taxes/suggested", Entity_Id=entity).json()["data"]
    names = ("name", "category_code", "rate", "exemption_reason_code")
    for one in offered:
        body = {name: one[name] for name in names}
        answer = account.call("POST", "/v1/taxes", body, Entity_Id=entity)
        assert answer.status_code == 201, answer.text


def test_a_country_that_is_not_declared_suggests_no_rates(account: Account) -> None:
    entity = account.new_entity(country="JP")
    offered = account.call("GET", "/v1/taxes/suggested", Entity_Id=entity).json()
    assert (offered["country_code"], offered["data"]) == ("JP", [])
