"""Every operation x every place that holds an id x everything that is somebody else's.

What is not the caller's answers like what never existed. Three times: with both walls, with
row-level security alone, and with the tenant filter alone.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.tenants.keys import Key
from tests.gateway.houses import House, Shop, opened
from tests.gateway.operations import (
    ACCOUNT_ONLY,
    CONFLICTS,
    INSTALLATION,
    PERHAPS,
    PUBLIC,
    SESSION_ONLY,
    Operation,
)
from tests.gateway.town import (
    HEADER,
    OF_ACCOUNT,
    OPERATIONS,
    PRIVATE,
    QUERY,
    TENANT_TABLES,
    Town,
    founded,
    leaks,
    never,
    said,
)

pytestmark = pytest.mark.timeout(1200)  # thousands of requests

WALLS = ("both walls", "row security alone", "filter alone")


@pytest.fixture(scope="module", params=WALLS)
def town(
    request: pytest.FixtureRequest,
    postgres: EmbeddedPostgres,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Town]:
    with (
        opened(postgres, tmp_path_factory.mktemp("town")) as house,
        pytest.MonkeyPatch.context() as patch,
    ):
        made = founded(house)
        if request.param == "row security alone":
            patch.setattr(tenancy, "tenant_filter", lambda _table, _tenant: true())
        if request.param == "filter alone":
            _open_row_security(house)
        yield made


def _open_row_security(house: House) -> None:
    for table in TENANT_TABLES:
        house.sql(
            f"create policy open_to_all on {table} to gw_app, gw_worker"
            " using (true) with check (true)"
        )


def test_what_is_somebody_elses_answers_like_what_never_existed(town: Town) -> None:
    before = town.contents()
    cases, found = leaks(town, town.callers)
    assert not found, "\n".join(found)
    assert cases > 300, "the matrix shrank"
    assert town.contents() == before, "a refused request changed something"


def test_an_id_that_is_none_answers_like_one_that_never_existed(town: Town) -> None:
    caller = town.callers[0]
    for operation in PRIVATE:
        own = caller.own(operation)
        for place in operation.places:
            base = {p: v for p, v in own.items() if place != QUERY or p != HEADER}
            values = [base | {place: bad} for bad in ("x", "acc_x", never("acc"), "A" * 300)]
            prefix = (caller.stock.of(operation, place) or "trn_").partition("_")[0]
            nobody = said(town.send(operation, caller.key, base | {place: never(prefix)}))
            assert nobody[0] == 404
            for one in values:
                assert said(town.send(operation, caller.key, one)) == nobody, f"{operation} {one}"


def test_without_a_good_key_nothing_issaid(town: Town) -> None:
    caller = town.callers[0]
    shop = Shop.opened(town.house)
    dead = {"account": shop.account.new_key(), "entity": shop.account.entity_key(shop.entity)}
    listed = shop.account.call("GET", "/v1/api-keys", key=shop.key).json()["data"]
    for one in listed:
        if one["hint"] in {Key(key).hint for key in dead.values()}:
            path = f"/v1/api-keys/{one['id']}"
            assert shop.account.call("DELETE", path, key=shop.key).status_code == 204
    unknown = Key.new("sandbox").text
    before = town.contents()
    for operation in PRIVATE:
        values = caller.own(operation)
        assert town.send(operation, None, values).status_code == 401, operation
        answers = [said(town.send(operation, key, values)) for key in (unknown, *dead.values())]
        assert answers[0][0] == 401
        assert answers == [answers[0]] * len(answers), operation
    assert town.contents() == before


def test_an_auditor_may_write_nothing(town: Town) -> None:
    before = town.contents()
    writing = [one for one in PRIVATE if one.writes and one.key not in SESSION_ONLY]
    assert len(writing) >= 10
    for caller in town.callers:
        for operation in writing:
            answer = town.send(operation, caller.auditor, caller.own(operation))
            assert answer.status_code == 403, f"{caller.name}: {operation}"
            assert answer.json()["type"] == "/problems/forbidden"
    assert town.contents() == before


def _order(operation: Operation) -> tuple[bool, bool, int]:
    """Delete at the end, of people what is deepest first; the rest as it comes."""
    ending = operation.method == "DELETE" and (
        "{user_id}" in operation.path or "/sessions/" in operation.path
    )
    depth = operation.path.count("/") if ending else 0
    return operation.method == "DELETE", ending, -depth


def test_what_is_ones_own_is_answered_and_holds_nothing_of_others(town: Town) -> None:
    """Last, because it writes. It shows that the requests above were good but for the id."""
    for caller in town.callers:
        own_ids = set(caller.stock.ids.values())
        foreign = {
            id_ for stock in caller.foreign.values() for id_ in stock.ids.values()
        } - own_ids
        if not caller.bound and "sister" in caller.foreign:
            sister = caller.foreign["sister"].ids
            foreign -= {sister[name] for name in OF_ACCOUNT}
        for operation in sorted(PRIVATE, key=_order):
            values = caller.own(operation)
            answer = town.send(operation, caller.key, values)
            text = answer.text if answer.headers.get("content-type") != "application/zip" else ""
            shown = caller.sisters() if operation.path == "/v1/activity" else set[str]()
            found = [id_ for id_ in foreign - shown if id_ in text]
            assert not found, f"{caller.name}: {operation}"
            if not caller.may(operation):
                assert answer.status_code == 403, f"{caller.name}: {operation}: {answer.text}"
            elif operation.key in SESSION_ONLY:
                assert answer.status_code in ({200, 204} if caller.session else {404})
            elif "{transmission_id}" in operation.path and "transmission" not in caller.stock.ids:
                assert answer.status_code == 404  # live documents are not transmitted yet
            else:
                good = {409} if operation.key in CONFLICTS else {200, 201, 202, 204}
                good |= {409} if operation.key in PERHAPS else set()
                assert answer.status_code in good, f"{operation}: {answer.text}"


def test_operations_with_rules_of_their_own_exist_and_take_no_id() -> None:
    known = {one.key: one for one in OPERATIONS}
    for key in (*PUBLIC, *INSTALLATION, *ACCOUNT_ONLY, *CONFLICTS):
        assert key in known, f"{key} is gone: take it off the list"
    for key in (*PUBLIC, *INSTALLATION):
        assert not known[key].places
    without_key = {one.key for one in OPERATIONS if not one.described.get("security")}
    assert without_key == set(PUBLIC)


def test_row_security_covers_every_table_with_a_tenant(town: Town) -> None:
    rows = town.house.sql(
        "select distinct table_name from information_schema.columns"
        " where table_schema = 'public' and column_name in ('account_id', 'entity_id')"
    )
    assert {name for (name,) in rows} == set(TENANT_TABLES) - {"account"}


def test_the_matrix_sees_what_leaks_without_any_wall(
    postgres: EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(postgres, tmp_path / "data") as house:
        town = founded(house)
        _open_row_security(house)
        monkeypatch.setattr(tenancy, "tenant_filter", lambda _table, _tenant: true())
        reading = [one for one in PRIVATE if not one.writes]
        _, found = leaks(town, town.callers[:1], reading)
    leaking = {line.split(": ")[1] for line in found}
    assert {"GET /v1/invoices/{document_id}", "GET /v1/series/{series_id}"} <= leaking
    assert len(leaking) > 10
