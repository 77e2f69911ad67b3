"""Rows that evidence needs to stand on: an account, an entity, an issued document."""

import datetime
from hashlib import sha256
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant

NOW = datetime.datetime(2026, 11, 21, 12, 30, tzinfo=datetime.UTC)


def tenant(admin_url: str) -> Tenant:
    """Make an account with one sandbox entity and a gapless series `R`."""
    account, entity, series = new_id(), new_id(), new_id()
    with psycopg.connect(admin_url) as connection:
        connection.execute("insert into account values (%s, 'A', %s)", [account, NOW])
        connection.execute(
            "insert into entity (account_id, id, environment, name, country_code, seller,"
            " created_at, updated_at) values (%s, %s, 'sandbox', 'E', 'SI', '{}', %s, %s)",
            [account, entity, NOW, NOW],
        )
        connection.execute(
            "insert into series (account_id, entity_id, id, code, kind, pattern, created_at)"
            " values (%s, %s, %s, 'R', 'gapless', 'R-{number}', %s)",
            [account, entity, series, NOW],
        )
    return Tenant(account, (entity,), "sandbox")


def document(admin_url: str, owner: Tenant, content: bytes, *, day: datetime.date) -> UUID:
    """Make the next issued document of the entity's series; its content is `content`."""
    identifier = new_id()
    with psycopg.connect(admin_url) as connection:
        row = connection.execute(
            "update series set next_number = next_number + 1, places = places + 1, period = '',"
            " last_issue_date = %s where entity_id = %s returning id, next_number - 1",
            [day, owner.entity_ids[0]],
        ).fetchone()
        assert row is not None
        connection.execute(
            "insert into document (account_id, entity_id, id, kind, state, profile, series_id,"
            " sequence, number, issue_date, body, invoice, report, content_sha256, retain_until,"
            " created_at, updated_at, issued_at) values (%s, %s, %s, 'invoice', 'issued',"
            " 'peppol-bis-3', %s, %s, %s, %s, '{}', %s, %s, %s, '2036-12-31', %s, %s, %s)",
            [
                owner.account_id,
                owner.entity_ids[0],
                identifier,
                row[0],
                row[1],
                f"R-{row[1]}",
                day,
                Jsonb({}),
                Jsonb({}),
                sha256(content).digest(),
                NOW,
                NOW,
                NOW,
            ],
        )
    return identifier
