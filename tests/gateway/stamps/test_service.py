"""Stamps: put once, never changed, shown to whoever sees the document."""

import datetime
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from tests.gateway.chains.chaining import draft, entity

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
STAMP = Stamp(
    authority="sandbox-authority", kind="registration", identifier="R-1", at=NOW, qr="http://x/1"
)


def test_a_stamp_is_put_once_however_often_it_comes(database: Database) -> None:
    tenant = entity(database)
    with database.transaction(tenant) as tx:
        document_id, other = draft(tx), draft(tx)
    with database.worker_transaction(tenant) as tx:
        second = replace(STAMP, kind="chain", identifier="1")
        assert stamps.put(tx, document_id, STAMP, second, now=NOW) == 2
        assert stamps.put(tx, document_id, STAMP, now=NOW) == 0
    with database.transaction(tenant) as tx:
        assert stamps.for_documents(tx, [document_id, other]) == {document_id: (STAMP, second)}
        assert stamps.of_document(tx, other) == ()


def test_nobody_else_sees_a_stamp(database: Database) -> None:
    tenant, other = entity(database), entity(database)
    with database.transaction(tenant) as tx:
        document_id = draft(tx)
        stamps.put(tx, document_id, STAMP, now=NOW)
    with database.transaction(other) as tx:
        assert stamps.of_document(tx, document_id) == ()
        assert tx.connection.execute(sa.text("select count(*) from stamp")).scalar_one() == 0


@pytest.mark.parametrize("statement", ["update stamp set identifier = 'x'", "delete from stamp"])
def test_a_stamp_never_changes(database: Database, admin_url: str, statement: str) -> None:
    tenant = entity(database)
    with database.transaction(tenant) as tx:
        stamps.put(tx, draft(tx), STAMP, now=NOW)
    superuser = sa.create_engine(admin_url.replace("postgresql:", "postgresql+psycopg:"))
    with pytest.raises(DBAPIError), superuser.begin() as connection:
        connection.execute(sa.text(statement))
    superuser.dispose()


def test_a_proof_must_be_in_the_archive_when_the_transaction_ends(database: Database) -> None:
    tenant = entity(database)
    with pytest.raises(DBAPIError, match="proof"), database.transaction(tenant) as tx:
        stamps.put(tx, draft(tx), replace(STAMP, proof_id=new_id()), now=NOW)
