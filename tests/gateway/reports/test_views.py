"""What reports read of other features' tables is there, and says what those features say."""

from itertools import product

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import sqlalchemy_url
from gateway.reports.tables import document_vat, read_only
from gateway.transmissions.states import AxisState, Business, Regulatory, Transport, headline

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_TABLES = [*read_only.tables.values(), document_vat]


@pytest.mark.parametrize("table", _TABLES, ids=lambda table: table.name)
def test_every_column_exists_as_it_is_declared(table: sa.Table, admin_url: str) -> None:
    engine = sa.create_engine(sqlalchemy_url(admin_url))
    there = {column["name"]: column for column in sa.inspect(engine).get_columns(table.name)}
    engine.dispose()
    for column in table.columns:
        found = there[column.name]
        assert found["type"].compile(_DIALECT) == column.type.compile(_DIALECT), column
        assert found["nullable"] or not column.nullable, column


def _expected(state: AxisState) -> str | None:
    word = headline("issued", [state])
    if word in {"action_required", "unknown"}:
        return word
    if word in {"failed", "rejected"}:
        return "failed"
    if word in {"cancelled", "accepted", "accepted_with_warnings", "paid"}:
        return None
    return None if state.settled else "pending"


def test_attention_is_what_the_headline_says(admin_url: str) -> None:
    with psycopg.connect(admin_url) as connection:
        connection.execute("create table probe (like transmission including generated)")
        connection.execute("alter table probe add column place integer")
        for name in (
            *("account_id", "entity_id", "id", "document_id", "channel", "lane", "message_id"),
            *("sender", "receiver", "payload", "payload_sha256", "attempts"),
            *("turn", "deferred", "created_at", "updated_at"),
        ):
            connection.execute(f"alter table probe alter {name} drop not null".encode())
        states = [
            AxisState(*axes) for axes in product(Transport, Regulatory, Business, (None, "stuck"))
        ]
        with connection.cursor().copy(
            "copy probe (place, transport, regulatory, business, action_required) from stdin"
        ) as rows:
            for place, state in enumerate(states):
                rows.write_row(
                    (place, state.transport, state.regulatory, state.business,
                     state.action_required)
                )  # fmt: skip
        found: dict[int, str | None] = dict(
            connection.execute("select place, attention from probe").fetchall()
        )
    assert len(found) == len(states) > 3000
    wrong = [state for place, state in enumerate(states) if found[place] != _expected(state)]
    assert not wrong
