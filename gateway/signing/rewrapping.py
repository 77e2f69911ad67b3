"""Wrapping data keys anew, under the newest version of the key above them.

Each batch is one transaction, and a row changes wholly or not at all: whoever is killed in the
middle leaves every key readable, under exactly one version, and the next run goes on. What is
sealed is not touched, nor read. Secrets that are no keys are treated alike.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.secrets import UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import (
    KeyEncryption,
    KeyEncryptionError,
    context_of,
    secret_context_of,
)
from gateway.signing.tables import held_secret_value, secret

BATCH = 100


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where sealed things of a sort stand.

    Attributes:
        prefix: Of their public ids.
        table: Theirs.
        first: The first column of its primary key.
        id: The column that says which.
        context: What binds one to its row, of its entity and its id.
    """

    prefix: str
    table: sa.Table
    first: sa.Column[UUID]
    id: sa.Column[UUID]
    context: Callable[[UUID, UUID], str]

    def wrapped(self) -> sa.Select[tuple[UUID, UUID, UUID, bytes, str]]:
        """Return the statement that reads what wraps them, and nothing that it seals.

        What was destroyed has no version, and is left out.
        """
        columns = self.table.c
        return sa.select(
            self.first.label("first"),
            columns.entity_id,
            self.id.label("id"),
            columns.data_key,
            columns.version,
        ).where(columns.version.is_not(None))


_SECRET, _HELD = secret.c, held_secret_value.c
KEYS = Sealed("sgk", secret, _SECRET.account_id, _SECRET.key_id, context_of)
SECRETS = Sealed("sct", held_secret_value, _HELD.account_id, _HELD.secret_id, secret_context_of)
EVERYTHING = (KEYS, SECRETS)
"""All that the vault seals."""


@dataclass(slots=True)
class Outcome:
    """What came of it.

    Attributes:
        versions: Under which version how many there are.
        wrapped: How many were wrapped anew.
        closed: Ids of those that do not open, and why.
    """

    versions: Counter[str] = field(default_factory=Counter)
    wrapped: int = 0
    closed: dict[UUID, str] = field(default_factory=dict)


def rewrap(
    database: Database,
    encryption: KeyEncryption,
    now: datetime.datetime,
    *,
    batch: int = BATCH,
    sealed: Sealed = KEYS,
) -> Outcome:
    """Wrap anew what is not under the newest version; what does not open is left as it is.

    Raises:
        KeyEncryptionError: Nothing can be wrapped now.
    """
    outcome = Outcome()
    after: UUID | None = None
    while True:
        with database.worker_transaction() as tx:
            rows = _others(tx, sealed, encryption.version, after, batch)
            for row in rows:
                _wrap(tx, sealed, encryption, row, outcome, now)
        if len(rows) < batch:
            break
        after = rows[-1].id
    outcome.versions = _versions(database, sealed)
    return outcome


def check(database: Database, encryption: KeyEncryption, *, sealed: Sealed = KEYS) -> Outcome:
    """Say of every sealed thing whether its data key opens, and under which version."""
    outcome = Outcome(_versions(database, sealed))
    for row in _all(database, sealed):
        try:
            encryption.unwrap(row.version, row.data_key, sealed.context(row.entity_id, row.id))
        except (UnsealError, KeyEncryptionError) as error:
            outcome.closed[row.id] = str(error)
    return outcome


def _wrap(  # noqa: PLR0913, PLR0917 - one row, and what is done to it
    tx: TenantTransaction,
    sealed: Sealed,
    encryption: KeyEncryption,
    row: sa.Row[tuple[UUID, UUID, UUID, bytes, str]],
    outcome: Outcome,
    now: datetime.datetime,
) -> None:
    context = sealed.context(row.entity_id, row.id)
    try:
        data_key = encryption.unwrap(row.version, row.data_key, context)
    except (UnsealError, KeyEncryptionError) as error:
        outcome.closed[row.id] = str(error)
        return
    version, wrapped = encryption.wrap(data_key, context)
    statement = sa.update(sealed.table).where(sealed.first == row.first, sealed.id == row.id)
    tx.execute(statement.values(data_key=wrapped, version=version, updated_at=now))
    outcome.wrapped += 1


def _others(
    tx: TenantTransaction, sealed: Sealed, version: str, after: UUID | None, batch: int
) -> list[sa.Row[tuple[UUID, UUID, UUID, bytes, str]]]:
    """Return the next that are under another version, locked."""
    query = sealed.wrapped().where(sealed.table.c.version != version)
    if after is not None:
        query = query.where(sealed.id > after)
    return list(tx.execute(query.order_by(sealed.id).limit(batch).with_for_update()))


def _all(
    database: Database, sealed: Sealed
) -> Iterator[sa.Row[tuple[UUID, UUID, UUID, bytes, str]]]:
    after: UUID | None = None
    while True:
        query = sealed.wrapped()
        if after is not None:
            query = query.where(sealed.id > after)
        with database.worker_transaction() as tx:
            rows = list(tx.execute(query.order_by(sealed.id).limit(BATCH)))
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].id


def _versions(database: Database, sealed: Sealed) -> Counter[str]:
    column = sealed.table.c.version
    query = sa.select(column, sa.func.count()).where(column.is_not(None)).group_by(column)
    with database.worker_transaction() as tx:
        return Counter({str(row[0]): int(row[1]) for row in tx.execute(query)})
