"""Wrapping data keys anew, under the newest version of the key above them.

Each batch is one transaction, and a row changes wholly or not at all: whoever is killed in the
middle leaves every key readable, under exactly one version, and the next run goes on. The sealed
keys themselves are not touched, nor read.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.secrets import UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError, context_of
from gateway.signing.tables import secret

BATCH = 100

_COLUMNS = (secret.c.account_id, secret.c.entity_id, secret.c.key_id)
_WRAPPED = (*_COLUMNS, secret.c.data_key, secret.c.version)


@dataclass(slots=True)
class Outcome:
    """What came of it.

    Attributes:
        versions: Under which version how many keys are.
        wrapped: How many were wrapped anew.
        closed: Ids of keys that do not open, and why.
    """

    versions: Counter[str] = field(default_factory=Counter)
    wrapped: int = 0
    closed: dict[UUID, str] = field(default_factory=dict)


def rewrap(
    database: Database, encryption: KeyEncryption, now: datetime.datetime, *, batch: int = BATCH
) -> Outcome:
    """Wrap anew what is not under the newest version; what does not open is left as it is.

    Raises:
        KeyEncryptionError: Nothing can be wrapped now.
    """
    outcome = Outcome()
    after: UUID | None = None
    while True:
        with database.worker_transaction() as tx:
            rows = _others(tx, encryption.version, after, batch)
            for row in rows:
                _wrap(tx, encryption, row, outcome, now)
        if len(rows) < batch:
            break
        after = rows[-1].key_id
    outcome.versions = _versions(database)
    return outcome


def check(database: Database, encryption: KeyEncryption) -> Outcome:
    """Say of every key whether its data key opens, and under which version."""
    outcome = Outcome(_versions(database))
    for row in _all(database):
        try:
            encryption.unwrap(row.version, row.data_key, context_of(row.entity_id, row.key_id))
        except (UnsealError, KeyEncryptionError) as error:
            outcome.closed[row.key_id] = str(error)
    return outcome


def _wrap(
    tx: TenantTransaction,
    encryption: KeyEncryption,
    row: sa.Row[tuple[object, ...]],
    outcome: Outcome,
    now: datetime.datetime,
) -> None:
    context = context_of(row.entity_id, row.key_id)
    try:
        data_key = encryption.unwrap(row.version, row.data_key, context)
    except (UnsealError, KeyEncryptionError) as error:
        outcome.closed[row.key_id] = str(error)
        return
    version, wrapped = encryption.wrap(data_key, context)
    statement = sa.update(secret).where(
        secret.c.account_id == row.account_id, secret.c.key_id == row.key_id
    )
    tx.execute(statement.values(data_key=wrapped, version=version, updated_at=now))
    outcome.wrapped += 1


def _others(
    tx: TenantTransaction, version: str, after: UUID | None, batch: int
) -> list[sa.Row[tuple[object, ...]]]:
    """Return the next keys that are under another version, locked."""
    query = sa.select(*_WRAPPED).where(secret.c.version != version)
    if after is not None:
        query = query.where(secret.c.key_id > after)
    locked = query.order_by(secret.c.key_id).limit(batch).with_for_update()
    return list(tx.execute(locked))


def _all(database: Database) -> Iterator[sa.Row[tuple[object, ...]]]:
    after: UUID | None = None
    while True:
        query = sa.select(*_WRAPPED)
        if after is not None:
            query = query.where(secret.c.key_id > after)
        with database.worker_transaction() as tx:
            rows = list(tx.execute(query.order_by(secret.c.key_id).limit(BATCH)))
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].key_id


def _versions(database: Database) -> Counter[str]:
    query = sa.select(secret.c.version, sa.func.count()).group_by(secret.c.version)
    with database.worker_transaction() as tx:
        return Counter({str(row[0]): int(row[1]) for row in tx.execute(query)})
