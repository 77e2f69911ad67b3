"""Who counts as another one: no key that comes from the same hand, and no key for a person."""

import psycopg
import pytest

from gateway.kit.ids import parse_id
from tests.gateway.houses import Shop, kind
from tests.gateway.retention.deeds import HOME, old
from tests.gateway.tenants.people import came_in

OLD = "update api_key set origin = account_id::text where account_id = %s"


def asked(shop: Shop, key: str) -> str:
    """Return a destruction that a key or session proposed."""
    old(shop)
    answer = shop.call("POST", HOME, {}, key=key)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def decided(shop: Shop, destruction: str, key: str) -> str:
    answer = shop.call("POST", f"{HOME}/{destruction}/approve", {}, key=key)
    return str(answer.json()["state"]) if answer.is_success else kind(answer)


def made(shop: Shop, maker: str) -> str:
    """Return a key of the whole account that another one made."""
    body = {"name": "made", "role": "writer"}
    answer = shop.account.call("POST", "/v1/api-keys", body, key=maker)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


def test_keys_that_come_from_one_are_one_by_however_many_others(shop: Shop) -> None:
    first = shop.key
    second, sister = made(shop, first), made(shop, first)
    third = made(shop, second)
    destruction = asked(shop, second)
    for key in (second, first, sister, third):
        assert decided(shop, destruction, key) == "same-person"
    independent = shop.account.new_key()
    assert decided(shop, destruction, made(shop, independent)) == "approved"


def test_two_people_are_two_and_one_is_not(shop: Shop) -> None:
    one, other = (came_in(shop.account, shop.entity, "admin") for _ in range(2))
    destruction = asked(shop, one)
    assert decided(shop, destruction, one) == "same-person"
    assert decided(shop, destruction, other) == "approved"


def test_a_person_and_a_key_may_be_one(shop: Shop) -> None:
    person, key = came_in(shop.account, shop.entity, "admin"), shop.account.new_key()
    assert decided(shop, asked(shop, person), key) == "same-person"
    other = Shop.opened(shop.house)
    person = came_in(other.account, other.entity, "admin")
    assert decided(other, asked(other, other.key), person) == "same-person"


def test_postgresql_itself_counts_them_as_one(shop: Shop) -> None:
    destruction = parse_id(asked(shop, shop.key), "dst")
    approve = (
        "update destruction set state = 'approved', decided_at = proposed_at,"
        " decided_by_kind = %s, decided_by = 'key_2', decided_hand = {} where id = %s"
    )
    for by, hand in (("key", "proposed_hand"), ("user", "'usr_1'")):
        with pytest.raises(psycopg.errors.CheckViolation):
            shop.house.sql(approve.format(hand), by, destruction)
    shop.house.sql(approve.format("'key_2'"), "key", destruction)


def test_keys_of_before_are_one_hand(shop: Shop) -> None:
    shop.house.sql(OLD, shop.account.id)
    destruction = asked(shop, shop.key)
    other = shop.account.new_key()
    shop.house.sql(OLD, shop.account.id)
    assert decided(shop, destruction, other) == "same-person"
