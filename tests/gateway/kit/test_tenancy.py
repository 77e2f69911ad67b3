"""Two walls between tenants: the filter and row-level security, over pooled connections."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError, check
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from gateway.numbering import service as numbering
from gateway.numbering.tables import series
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.tenants.schemas import EntityInput

EVERYTHING = sa.select(series.c.entity_id)
"""A query that forgot the filter."""


@pytest.fixture
def two(database: Database) -> tuple[Tenant, Tenant]:
    """Two entities of two accounts, with three series each."""
    return _entity(database), _entity(database)


def _entity(database: Database) -> Tenant:
    now = clock.now()
    account_id = tenants.create_account(database, "Account", now)
    wide = Tenant(account_id, (), "sandbox", account_wide=True)
    with database.transaction(wide) as tx:
        given = EntityInput(name="Entity", country_code="SI")
        furnish = numbering.create_default_series
        entity_id = tenants.create_entity(tx, given, furnish, now).id
    return Tenant(account_id, (entity_id,), "sandbox")


def _seen(database: Database, tenant: Tenant) -> set[UUID]:
    with database.transaction(tenant) as tx:
        return set(tx.execute(EVERYTHING).scalars())


def test_the_database_of_the_tests_is_safe_to_serve_from(database: Database) -> None:
    check(database)


def test_a_superuser_is_refused(admin_url: str) -> None:
    unsafe = Database(admin_url)
    with pytest.raises(UnsafeDatabaseError) as caught:
        check(unsafe)
    unsafe.close()
    assert any("superuser" in reason for reason in caught.value.reasons)


def test_a_query_without_filter_sees_one_tenant_only(
    database: Database, two: tuple[Tenant, Tenant]
) -> None:
    for tenant in two:
        assert _seen(database, tenant) == set(tenant.entity_ids)


def test_nobody_sees_nothing(database: Database, two: tuple[Tenant, Tenant]) -> None:
    nobody = Tenant(two[0].account_id, (), "sandbox")
    assert _seen(database, nobody) == set()
    stranger = Tenant(new_id(), (new_id(),), "sandbox")
    assert _seen(database, stranger) == set()


def test_an_account_key_that_names_a_foreign_entity_sees_nothing(
    database: Database, two: tuple[Tenant, Tenant]
) -> None:
    mine, theirs = two
    forged = Tenant(mine.account_id, theirs.entity_ids, "sandbox", account_wide=True)
    assert _seen(database, forged) == set()


def test_the_setting_ends_with_the_transaction(
    database: Database, two: tuple[Tenant, Tenant]
) -> None:
    nobody = Tenant(two[0].account_id, (), "sandbox")
    for _ in range(20):  # more often than there are connections
        assert _seen(database, two[0]) == set(two[0].entity_ids)
        assert _seen(database, nobody) == set()


def test_rows_cannot_be_written_for_another_tenant(
    database: Database, two: tuple[Tenant, Tenant]
) -> None:
    mine, theirs = two
    row = {
        "id": new_id(),
        "account_id": theirs.account_id,
        "entity_id": theirs.entity_ids[0],
        "code": "X",
        "kind": "gapless",
        "pattern": "X-{number}",
        "next_number": 1,
        "created_at": clock.now(),
    }
    with pytest.raises(DBAPIError, match="row-level security"), database.transaction(mine) as tx:
        tx.execute(sa.insert(series).values(**row))


def test_foreign_rows_cannot_be_changed(database: Database, two: tuple[Tenant, Tenant]) -> None:
    mine, theirs = two
    with database.transaction(mine) as tx:
        statement = sa.update(series).where(series.c.entity_id == theirs.entity_ids[0])
        assert tx.execute(statement.values(next_number=99)).rowcount == 0
    with database.transaction(theirs) as tx:
        assert {row.next_number for row in numbering.listed(tx)} == {1}


def test_threads_over_few_connections_never_see_each_other(
    serving_url: str, two: tuple[Tenant, Tenant]
) -> None:
    crowded = Database(serving_url, app_pool_size=3, pool_seconds=30)
    leaks: list[set[UUID]] = []
    barrier = threading.Barrier(8)

    def work(tenant: Tenant) -> None:
        barrier.wait()
        looks = [_seen(crowded, tenant) for _ in range(50)]
        leaks.extend(seen for seen in looks if seen != set(tenant.entity_ids))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, two[number % 2]) for number in range(8)]:
            done.result()
    crowded.close()
    assert leaks == []


def test_the_other_environment_is_another_world(
    database: Database, two: tuple[Tenant, Tenant]
) -> None:
    live = replace(two[0], environment="live")
    with database.transaction(live) as tx, pytest.raises(NotFoundProblem):
        tenants.get_entity(tx, two[0].entity_ids[0])
