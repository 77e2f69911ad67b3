"""Statements that are built once reach the rows of whoever's turn it is, and nobody else's."""

from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.kit import clock, tenancy
from gateway.kit.database import Database
from gateway.kit.kept import Kept
from gateway.kit.scope import Period
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.numbering import service as numbering
from gateway.numbering.tables import series
from gateway.tenants import service as tenants
from gateway.tenants.schemas import EntityInput


def _codes(tx: TenantTransaction) -> sa.Select[tuple[UUID, str]]:
    return tx.select(series, series.c.entity_id).where(series.c.code != sa.bindparam("not_code"))


def _account(database: Database, entities: int) -> list[Tenant]:
    now = clock.now()
    account_id = tenants.create_account(database, "Account", now)
    wide = Tenant(account_id, (), "sandbox", account_wide=True)
    found = []
    for _ in range(entities):
        with database.transaction(wide) as tx:
            given = EntityInput(name="Entity", country_code="SI")
            made = tenants.create_entity(tx, given, numbering.create_default_series, now).id
        found.append(Tenant(account_id, (made,), "sandbox"))
    return found


@pytest.fixture
def unwalled(monkeypatch: pytest.MonkeyPatch, database: Database) -> Database:
    """The database where row-level security is asked to show every entity of the account."""
    announce = tenancy.announce

    def wide(connection: sa.Connection, tenant: Tenant, *, read_only: bool = False) -> None:
        shown = replace(tenant, entity_ids=(), account_wide=True, all_entities=True)
        announce(connection, shown, read_only=read_only)

    monkeypatch.setattr("gateway.kit.database.announce", wide)
    return database


def test_a_kept_statement_reaches_each_ones_rows(unwalled: Database) -> None:
    kept = Kept(_codes)
    first, second = _account(unwalled, 2)
    for tenant in (first, second, first, replace(second, account_wide=True)):
        with unwalled.transaction(tenant) as tx:
            assert {row.entity_id for row in kept(tx, not_code="")} == set(tenant.entity_ids)


def test_several_entities_and_periods_are_conditions_of_another_shape(
    unwalled: Database,
) -> None:
    kept = Kept(_codes)
    first, second, third = _account(unwalled, 3)
    both = replace(first, entity_ids=(*first.entity_ids, *third.entity_ids))
    for tenant in (second, both, replace(second, period=Period())):
        with unwalled.transaction(tenant) as tx:
            assert {row.entity_id for row in kept(tx, not_code="")} == set(tenant.entity_ids)


def test_a_kept_update_leaves_the_others_alone(unwalled: Database) -> None:
    kept = Kept(lambda tx: tx.update(series).where(series.c.code != sa.bindparam("not_code")))
    first, second = _account(unwalled, 2)
    for tenant, prefix in ((first, "A"), (second, "B")):
        with unwalled.transaction(tenant) as tx:
            assert kept(tx, not_code="", pattern=f"{prefix}{{NUMBER}}").rowcount == 3
    for tenant, prefix in ((first, "A"), (second, "B")):
        with unwalled.transaction(tenant) as tx:
            found = tx.execute(tx.select(series, series.c.pattern)).scalars()
            assert set(found) == {f"{prefix}{{NUMBER}}"}


def test_without_the_filter_a_kept_statement_would_reach_more(
    unwalled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(_codes)
    first, second = _account(unwalled, 2)
    with unwalled.transaction(first) as tx:
        assert len(list(kept(tx, not_code=""))) == 3
        with monkeypatch.context() as patch:
            patch.setattr(tenancy, "tenant_filter", lambda *_: sa.true())
            seen = {row.entity_id for row in kept(tx, not_code="")}
            assert seen == {*first.entity_ids, *second.entity_ids}
        assert len(list(kept(tx, not_code=""))) == 3
