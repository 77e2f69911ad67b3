"""Chains without documents' ways: drafts to hang records on, and a scheme as plain as can be.

Run as a program it goes on until it is killed: `python -m tests.gateway.chains.chaining URL
ACCOUNT ENTITY SEED CHAIN...`.
"""

import datetime
import hashlib
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.chains import service
from gateway.chains.service import Head, Link, RecordRow
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.numbering.service import create_default_series
from gateway.tenants import service as tenants
from gateway.tenants.schemas import EntityInput

ROLLED_BACK = 0.1

_DRAFT = """
insert into document (account_id, entity_id, id, kind, state, body, created_at, updated_at)
values (%s, %s, %s, 'invoice', 'draft', '{}', now(), now())
"""


class BreakOffError(Exception):
    """The transaction ends after its record was added."""


@dataclass
class Tally:
    """What became of a thread's attempts."""

    added: int = 0
    rolled_back: int = 0


def entity(database: Database) -> Tenant:
    """Return a new entity of a new account."""
    account_id = tenants.create_account(database, "x", clock.now())
    with database.transaction(Tenant(account_id, (), "sandbox", account_wide=True)) as tx:
        given = EntityInput(name="x", country_code="SI")
        made = tenants.create_entity(tx, given, create_default_series, clock.now())
    return Tenant(account_id, (made.id,), "sandbox")


def draft(tx: TenantTransaction) -> UUID:
    """Return a document that a record can be about."""
    document_id = new_id()
    owner = (tx.tenant.account_id, tx.entity_id)
    tx.connection.exec_driver_sql(_DRAFT, (*owner, document_id))
    return document_id


def build(head: Head) -> Link:
    """Build a record that says where it stands."""
    record = json.dumps([head.sequence, head.digest, head.at.isoformat()]).encode()
    return Link(hashlib.sha256(record).hexdigest(), record)


def add(tx: TenantTransaction, key: str, now: datetime.datetime | None = None) -> RecordRow:
    """Add a record about a new draft."""
    return service.extend(tx, key, document_id=draft(tx), now=now or clock.now(), build=build)


def add_some(
    database: Database, tenant: Tenant, keys: Sequence[str], *, attempts: int, seed: int
) -> Tally:
    """Add records to chains drawn by chance; some transactions are rolled back."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - a run that can be replayed
    for _ in range(attempts):
        key, fails = chance.choice(keys), chance.random() < ROLLED_BACK
        try:
            _add_one(database, tenant, key, fails=fails)
            tally.added += 1
        except BreakOffError:
            tally.rolled_back += 1
    return tally


def _add_one(database: Database, tenant: Tenant, key: str, *, fails: bool) -> None:
    with database.transaction(tenant) as tx:
        add(tx, key)
        if fails:
            raise BreakOffError


def broken(rows: Sequence[RecordRow]) -> list[str]:
    """Return what is wrong with all records of one chain, computed here again."""
    wrong, previous, at = [], "", datetime.datetime.min.replace(tzinfo=datetime.UTC)
    for place, row in enumerate(rows, 1):
        said = json.loads(row.record)
        if row.sequence != place:
            wrong.append(f"place {row.sequence} where {place} is due")
        if row.previous != previous or said[:2] != [row.sequence, previous]:
            wrong.append(f"record {place} does not follow its predecessor")
        if row.digest != hashlib.sha256(row.record).hexdigest():
            wrong.append(f"record {place} has another digest")
        if row.at < at or said[2] != row.at.isoformat():
            wrong.append(f"record {place} goes back in time")
        previous, at = row.digest, row.at
    return wrong


def main() -> None:
    """Add records until killed."""
    url, account, name, seed, *keys = sys.argv[1:]
    database = Database(url, app_pool_size=1, pool_seconds=60, lock_seconds=60)
    tenant = Tenant(UUID(account), (UUID(name),), "sandbox")
    print("ready", flush=True)  # noqa: T201 - who started us waits for it
    add_some(database, tenant, keys, attempts=10**9, seed=int(seed))


if __name__ == "__main__":
    main()
