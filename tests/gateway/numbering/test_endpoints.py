import pytest

from gateway.kit.ids import new_id, public_id
from tests.gateway.conftest import Account


def test_a_series_is_made_listed_and_read(account: Account) -> None:
    entity_id = account.new_entity()
    body = {"code": "2026", "pattern": "{code}/{number:04}"}
    made = account.call("POST", "/v1/series", body, Entity_Id=entity_id)
    assert made.status_code == 201
    assert made.json()["entity_id"] == entity_id
    listed = account.call("GET", "/v1/series", Entity_Id=entity_id).json()["data"]
    assert [one["code"] for one in listed] == ["2026", "CRN", "EXT", "INV"]
    read = account.call("GET", f"/v1/series/{made.json()['id']}", Entity_Id=entity_id)
    assert read.json() == made.json() == listed[0]


def test_an_external_series_has_neither_pattern_nor_counter(account: Account) -> None:
    entity_id = account.new_entity()
    body = {"code": "SHOP", "kind": "external"}
    made = account.call("POST", "/v1/series", body, Entity_Id=entity_id).json()
    assert (made["pattern"], made["next_number"]) == (None, None)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/code"),
        ({"code": "a b"}, "/code"),
        ({"code": "a\n"}, "/code"),
        ({"code": "A", "kind": "loose"}, "/kind"),
        ({"code": "A", "pattern": "{code}"}, "/pattern"),
        ({"code": "A", "next_number": "7"}, "/next_number"),
        ({"code": "A", "premise": "a b"}, "/premise"),
    ],
)
def test_what_is_wrong_is_pointed_at(account: Account, body: object, pointer: str) -> None:
    answer = account.call("POST", "/v1/series", body, Entity_Id=account.new_entity())
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_code_that_is_taken_is_a_conflict(account: Account) -> None:
    answer = account.call("POST", "/v1/series", {"code": "INV"}, Entity_Id=account.new_entity())
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/series-exists"


def test_a_foreign_series_answers_exactly_like_an_unknown_one(
    account: Account, other_account: Account
) -> None:
    mine, sister, theirs = account.new_entity(), account.new_entity(), other_account.new_entity()
    of_sister = account.call("GET", "/v1/series", Entity_Id=sister).json()["data"][0]["id"]
    of_others = other_account.call("GET", "/v1/series", Entity_Id=theirs).json()["data"][0]["id"]
    texts = set()
    for identifier in (of_sister, of_others, public_id("ser", new_id()), "ser_x"):
        answer = account.call("GET", f"/v1/series/{identifier}", Entity_Id=mine)
        assert answer.status_code == 404
        texts.add(answer.text.replace(identifier, ""))
    assert len(texts) == 1
