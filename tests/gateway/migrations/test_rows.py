"""An installation that has been in use is brought up to date with all that it holds."""

import hashlib
from collections.abc import Iterator

import psycopg
import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from gateway import migrations
from gateway.kit.bootstrap import EMBEDDED_LOGIN, make_empty, migrate
from gateway.kit.database import sqlalchemy_url
from gateway.kit.embedded_postgres import EmbeddedPostgres

OLD = "0012"
"""The last one before the first that fills in something of rows that are there."""

_NAME = "upgraded"
_ACCOUNT = "01890000-0000-7000-8000-000000000001"
_ENTITIES = tuple(f"01890000-0000-7000-8000-00000000001{place}" for place in range(2))
_LEAVES = [hashlib.sha256(b"\0" + bytes([place])).digest() for place in range(5)]
_OWNERS = (0, 1, 0, 0, 1)
"""Which entity each leaf of the log is of."""


@pytest.fixture(scope="module")
def url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """Yield a database that rows of all sorts lay in before it was brought up to date."""
    make_empty(postgres, _NAME)
    admin_url = postgres.url(_NAME)
    engine = create_engine(sqlalchemy_url(admin_url))
    try:
        with engine.begin() as connection:
            _older(connection)
        with psycopg.connect(admin_url) as rows:
            _fill(rows)
        migrate(admin_url, EMBEDDED_LOGIN)
        yield admin_url
    finally:
        engine.dispose()
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute(f"drop database {_NAME} with (force)".encode())


def _older(connection: Connection) -> None:
    connection.execute(text("grant all on schema public to gw_owner"))
    connection.execute(text("set local role gw_owner"))
    config = migrations._config()
    config.attributes["connection"] = connection
    command.upgrade(config, OLD)


def _id(kind: int, place: int) -> str:
    return f"01890000-0000-7000-8000-0000000{kind:02}{place:03}"


def _fill(rows: psycopg.Connection) -> None:
    """Put in what a deployed gateway of that day had: two entities that issued and sent."""
    rows.execute("insert into account (id, name, created_at) values (%s, 'A', now())", [_ACCOUNT])
    rows.execute(
        """insert into api_key (account_id, id, environment, role, name, hint, hash, created_at)
           values (%s, %s, 'live', 'writer', 'till', 'abcd', '\\x01', now())""",
        [_ACCOUNT, _id(1, 0)],
    )
    for place, entity in enumerate(_ENTITIES):
        own = {
            "account": _ACCOUNT,
            "entity": entity,
            "series": _id(2, place),
            "document": _id(3, place),
            "transmission": _id(4, place),
            "message": f"message-{place}",
        }
        for statement in _ROWS:
            rows.execute(statement, own)
    for place, (owner, leaf) in enumerate(zip(_OWNERS, _LEAVES, strict=True)):
        rows.execute("insert into log_node values (0, %s, %s)", [place, leaf])
        rows.execute(
            """insert into archive_entry (account_id, entity_id, id, document_id, role, name,
                 media_type, size, sha256, leaf, log_index, at)
               values (%s, %s, %s, %s, 'document', 'a.xml', 'text/xml', 1, %s, '\\x00', %s,
                 now())""",
            [_ACCOUNT, _ENTITIES[owner], _id(5, place), _id(3, owner), leaf, place],
        )


_ROWS = (
    """insert into entity (account_id, id, environment, name, country_code, seller, created_at,
         updated_at)
       values (%(account)s, %(entity)s, 'live', 'Mlin', 'SI', '{}', now(), now())""",
    """insert into series (account_id, entity_id, id, code, kind, pattern, created_at)
       values (%(account)s, %(entity)s, %(series)s, 'A', 'gapless', '{seq}', now())""",
    """insert into document (account_id, entity_id, id, kind, state, profile, series_id, sequence,
         number, issue_date, body, invoice, report, content_sha256, retain_until, created_at,
         updated_at, issued_at, currency_code, total_without_vat, total_vat, total_with_vat,
         amount_due)
       values (%(account)s, %(entity)s, %(document)s, 'invoice', 'issued', 'en16931', %(series)s,
         1, '1', '2026-01-02', '{}', '{}', '{}', sha256(''), '2036-12-31', now(), now(), now(),
         'EUR', 1, 0, 1, 1)""",
    """insert into transmission (account_id, entity_id, id, document_id, channel, lane, message_id,
         sender, receiver, payload, payload_sha256, transport, regulatory, business,
         action_required, created_at, updated_at)
       values (%(account)s, %(entity)s, %(transmission)s, %(document)s, 'peppol', 'peppol:1',
         %(message)s, 'a', 'b', '', sha256(''), 'failed_permanent', 'not_applicable', 'none',
         'refused', now(), now())""",
    """insert into outbox (account_id, entity_id, transmission_id, message_id, lane, state,
         created_at)
       values (%(account)s, %(entity)s, %(transmission)s, %(message)s, 'peppol:1', 'stuck',
         now())""",
    """insert into event (account_id, entity_id, id, document_id, type, data, at)
       values (%(account)s, %(entity)s, %(document)s, %(document)s, 'document.issued', '{}',
         now())""",
)


def _found(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def test_the_older_schema_becomes_the_newest(url: str) -> None:
    assert _found(url, "select version_num from alembic_version") == [(migrations.head(),)]
    assert _found(url, "select count(*) from document") == [(len(_ENTITIES),)]


def test_messages_are_found_by_their_name(url: str) -> None:
    found = _found(url, "select transmission_id::text, channel, value from correlation order by 1")
    assert found == [(_id(4, place), "peppol", f"message-{place}") for place in range(2)]


def test_the_operator_sees_what_had_needed_a_person(url: str) -> None:
    assert _found(url, "select action_required from outbox") == [("refused",)] * 2


def test_all_entities_have_their_round_of_retention(url: str) -> None:
    found = _found(url, "select entity_id::text, environment from retention_round order by 1")
    assert found == [(entity, "live") for entity in _ENTITIES]


def test_keys_that_were_there_count_as_one(url: str) -> None:
    assert _found(url, "select origin from api_key") == [(_ACCOUNT,)]


def test_each_entity_has_the_log_of_its_own_leaves(url: str) -> None:
    places = _found(url, "select entity_index from archive_entry order by log_index")
    assert places == [(0,), (0,), (1,), (2,), (1,)]
    logs = _found(url, "select entity_id::text, size, edge from entity_log order by 1")

    def joined(*leaves: int) -> bytes:
        return hashlib.sha256(b"\1" + b"".join(_LEAVES[one] for one in leaves)).digest()

    assert logs == [
        (_ENTITIES[0], 3, joined(0, 2) + _LEAVES[3]),
        (_ENTITIES[1], 2, joined(1, 4)),
    ]


def test_row_security_binds_the_owner_again(url: str) -> None:
    """Of all tables that hold rows of tenants; a migration that lifts it puts it back."""
    lifted = _found(
        url,
        """select relname from pg_class where relrowsecurity and not relforcerowsecurity
             and relnamespace = 'public'::regnamespace order by 1""",
    )
    assert lifted == []
