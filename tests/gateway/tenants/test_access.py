from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.ids import new_id, parse_id, public_id
from tests.gateway.conftest import Account


def test_an_account_key_names_the_entity_in_header_or_parameter(account: Account) -> None:
    entity_id = account.new_entity()
    by_header = account.call("GET", "/v1/series", Entity_Id=entity_id)
    by_parameter = account.call("GET", f"/v1/series?entity_id={entity_id}")
    both = account.call("GET", f"/v1/series?entity_id={entity_id}", Entity_Id=entity_id)
    assert by_header.status_code == by_parameter.status_code == both.status_code == 200
    assert by_header.json() == by_parameter.json() == both.json()


def test_an_account_key_that_names_no_entity_is_told_how(account: Account) -> None:
    answer = account.call("GET", "/v1/series")
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/entity-required"


def test_two_different_names_for_the_entity_are_refused(account: Account) -> None:
    one, two = account.new_entity(), account.new_entity()
    answer = account.call("GET", f"/v1/series?entity_id={one}", Entity_Id=two)
    assert answer.status_code == 400


def test_an_entity_key_never_needs_a_name_and_may_say_its_own(account: Account) -> None:
    entity_id, sister = account.new_entity(), account.new_entity()
    key = account.entity_key(entity_id)
    assert account.call("GET", "/v1/series", key=key).status_code == 200
    assert account.call("GET", "/v1/series", key=key, Entity_Id=entity_id).status_code == 200
    assert account.call("GET", "/v1/series", key=key, Entity_Id=sister).status_code == 404


@pytest.mark.parametrize("filtered", [True, False], ids=["filter on", "filter off"])
def test_nothing_of_another_account_is_reached_even_without_the_filter(
    account: Account,
    other_account: Account,
    monkeypatch: pytest.MonkeyPatch,
    admin_url: str,
    filtered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    foreign = other_account.new_entity("theirs")
    foreign_series = other_account.call("GET", "/v1/series", Entity_Id=foreign).json()["data"]
    foreign_key = other_account.call("GET", "/v1/api-keys").json()["data"][0]["id"]
    mine = account.new_entity("mine")
    entity_key = account.entity_key(mine)
    if not filtered:
        monkeypatch.setattr(tenancy, "tenant_filter", lambda *_: true())
    for key in (account.key, entity_key):
        answers = [
            account.call("GET", f"/v1/entities/{foreign}", key=key),
            account.call("PATCH", f"/v1/entities/{foreign}", {"name": "x"}, key=key),
            account.call("GET", "/v1/series", key=key, Entity_Id=foreign),
            account.call("POST", "/v1/series", {"code": "A"}, key=key, Entity_Id=foreign),
            account.call("GET", f"/v1/series/{foreign_series[0]['id']}", key=key, Entity_Id=mine),
        ]
        assert [answer.status_code for answer in answers] == [404] * 5
        assert all("theirs" not in answer.text for answer in answers)
        listed = account.call("GET", "/v1/entities", key=key).json()["data"]
        assert [item["id"] for item in listed] == [mine]
    for method in ("GET", "DELETE"):
        assert account.call(method, f"/v1/api-keys/{foreign_key}").status_code == 404
    with psycopg.connect(admin_url) as connection:
        name = connection.execute(
            "select name from entity where id = %s", [parse_id(foreign, "ent")]
        )
        assert name.fetchone() == ("theirs",)
        revoked = connection.execute("select count(*) from api_key where revoked_at is not null")
        assert revoked.fetchone() == (0,)


def test_an_unknown_entity_is_not_found_for_every_call_that_names_one(
    account: Account, other_account: Account
) -> None:
    foreign, unknown = other_account.new_entity(), public_id("ent", new_id())
    for method, body in (("GET", None), ("POST", {"code": "A"})):
        texts = set()
        for identifier in (foreign, unknown, "ent_x", "inv_" + unknown[4:]):
            answer = account.call(method, "/v1/series", body, Entity_Id=identifier)
            assert answer.status_code == 404
            texts.add(answer.text)
        assert len(texts) == 1


def test_a_reader_could_not_write_if_it_tried(account: Account) -> None:
    tenant = tenancy.Tenant(account.id, (), "sandbox", account_wide=True)
    with (
        pytest.raises(sa.exc.InternalError, match="read-only"),
        account.runtime.database.transaction(tenant, read_only=True) as tx,
    ):
        tx.execute(sa.text("update entity set name = 'x'"))


def test_ids_of_one_kind_are_not_ids_of_another(account: Account) -> None:
    entity_id = account.new_entity()
    number = parse_id(entity_id, "ent")
    assert isinstance(number, UUID)
    assert account.call("GET", f"/v1/entities/{public_id('key', number)}").status_code == 404
    assert account.call("GET", f"/v1/entities/{number}").status_code == 404
    assert account.call("GET", f"/v1/entities/{entity_id.upper()}").status_code == 404
