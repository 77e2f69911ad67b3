"""What a worker sees and changes: over all tenants only what it needs to pick work by."""

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from tests.gateway.archive import seed

WIDE = {
    "entity_address": "who a delivery is for must be found over all of them",
    "lane": "a lane is nobody's, and its owner serves many tenants",
    "outbox": "who finds an endpoint back wakes the rows of all that wait for it",
    "webhook_feed": "places in feeds, no data",
}
"""Tables of which a worker sees all rows also in a tenant's name, and why."""

MAY_CHANGE = {
    "outbox": "action_required, attempts, claimed_at, due_at, epoch, in_doubt, reason, resumed_at,"
    " state, together, waits_for",
    "email_queue": "due_at, state",
    "inbox_work": "attempts, due_at",
    "pickup": "due_at",
    "recurring_due": "attempts, taken_until",
    "retention_round": "due_at, tell_after, tell_mark",
    "vat_question": "next_try_at",
    "vat_round": "due_at",
    "webhook_queue": "claims, due_at, state",
    "entity_log": "edge, size",
    "archive_key": "data_key, destroyed_at, updated_at, version",
    "signing_secret": "data_key, updated_at, version",
    "held_secret_value": "data_key, updated_at, version",
}
"""Of each queue the columns that a worker may write: never whose a row is, nor what it carries."""


def test_what_workers_see_of_everybody_is_named(admin_url: str) -> None:
    with psycopg.connect(admin_url) as admin:
        rows = admin.execute(
            "select tablename from pg_policies"
            " where permissive = 'PERMISSIVE' and 'gw_worker' = any(roles) and qual = 'true'"
        ).fetchall()
    assert {row[0] for row in rows} == set(WIDE)


@pytest.mark.parametrize("table", sorted(MAY_CHANGE))
def test_workers_change_due_times_and_states_alone(admin_url: str, table: str) -> None:
    with psycopg.connect(admin_url) as admin:
        rows = admin.execute(
            "select column_name from information_schema.column_privileges"
            " where grantee = 'gw_worker' and privilege_type = 'UPDATE' and table_name = %s"
            " order by 1",
            [table],
        ).fetchall()
    assert ", ".join(row[0] for row in rows) == MAY_CHANGE[table]


ROUNDS = sa.text("select entity_id from vat_round")


def test_in_a_tenants_name_a_worker_sees_its_rows_alone(
    database: Database, admin_url: str
) -> None:
    mine, theirs = seed.tenant(admin_url), seed.tenant(admin_url)
    with psycopg.connect(admin_url) as admin:
        for one in (mine, theirs):
            admin.execute(
                "insert into vat_round values (%s, %s, 'sandbox', now())",
                [one.account_id, one.entity_ids[0]],
            )
    both = {*mine.entity_ids, *theirs.entity_ids}
    with database.worker_transaction() as tx:
        assert set(tx.execute(ROUNDS).scalars()) == both
    for one in (mine, theirs):
        with database.worker_transaction(one) as tx:
            assert set(tx.execute(ROUNDS).scalars()) == set(one.entity_ids)
            moved = tx.execute(sa.text("update vat_round set due_at = now()"))
            assert moved.rowcount == 1


def test_mails_of_others_are_not_seen_in_a_tenants_name(
    database: Database, admin_url: str
) -> None:
    mine, theirs = seed.tenant(admin_url), seed.tenant(admin_url)
    with psycopg.connect(admin_url) as admin:
        admin.execute("set session_replication_role = replica")  # no mail is needed for it
        for one in (mine, theirs):
            admin.execute(
                "insert into email_queue (account_id, entity_id, environment, email_id, state,"
                " due_at) values (%s, %s, 'sandbox', %s, 'queued', now())",
                [one.account_id, one.entity_ids[0], new_id()],
            )
    mails = sa.text("select entity_id from email_queue")
    with database.worker_transaction() as tx:
        assert len(tx.execute(mails).all()) == 2
    with database.worker_transaction(mine) as tx:
        assert set(tx.execute(mails).scalars()) == set(mine.entity_ids)


@pytest.fixture
def sealed(admin_url: str) -> Tenant:
    """Return a tenant with one sealed key, and one sealed secret."""
    owner = seed.tenant(admin_url)
    with psycopg.connect(admin_url) as admin:
        admin.execute("set session_replication_role = replica")  # what they are of is not needed
        admin.execute(
            "insert into signing_secret values (%s, %s, %s, 'sealed', 'wrapped', '1', now())",
            [owner.account_id, owner.entity_ids[0], new_id()],
        )
        admin.execute(
            "insert into held_secret_value values (%s, %s, %s, 'sealed', 'wrapped', '1', now())",
            [owner.account_id, owner.entity_ids[0], new_id()],
        )
    return owner


@pytest.mark.parametrize("table", ["signing_secret", "held_secret_value"])
def test_a_data_key_is_wrapped_anew_and_never_written_over(
    database: Database, sealed: Tenant, table: str
) -> None:
    over = sa.text(f"update {table} set data_key = 'other'")  # noqa: S608 - a name of ours
    anew = sa.text(f"update {table} set data_key = 'other', version = '2'")  # noqa: S608
    whole = database.worker_transaction
    with pytest.raises(DBAPIError, match="never written over"), whole() as tx:
        tx.execute(over)
    with pytest.raises(DBAPIError, match="never written over"), whole(sealed) as tx:
        tx.execute(anew)  # nor in a tenant's name
    with pytest.raises(DBAPIError, match="permission denied"), database.transaction(sealed) as tx:
        tx.execute(anew)
    with pytest.raises(DBAPIError, match="permission denied"), whole() as tx:
        tx.execute(sa.text(f"delete from {table}"))  # noqa: S608
    with whole() as tx:
        assert tx.execute(anew).rowcount == 1
