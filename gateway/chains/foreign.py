"""What an authority has and we do not: noted, never used again, withdrawn where that was wrong."""

import datetime
from collections.abc import Collection
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.chains.repository import ChainRow, ForeignRow
from gateway.chains.tables import chain_foreign, chain_record
from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction


def settled(tx: TenantTransaction, row: ChainRow, told: Collection[str]) -> frozenset[str]:
    """Return which of some digests belong to chains of the key that came before."""
    records, foreign = chain_record.c, chain_foreign.c
    ours = tx.select(chain_record, records.digest).where(
        records.chain_key == row.chain_key,
        records.chain_id != row.id,
        records.digest.in_(list(told)),
    )
    theirs = tx.select(chain_foreign, foreign.digest).where(
        foreign.chain_key == row.chain_key,
        foreign.noted_at <= row.opened_at,
        foreign.withdrawn_at.is_(None),
        foreign.digest.in_(list(told)),
    )
    found = (*tx.execute(ours).scalars(), *tx.execute(theirs).scalars())
    return frozenset(found)


def withdraw(tx: TenantTransaction, row: ChainRow, reason: str, now: datetime.datetime) -> int:
    """Withdraw what was noted as the authority's since a chain was opened; return how much."""
    foreign = chain_foreign.c
    changed = tx.execute(
        tx.update(chain_foreign)
        .where(
            foreign.chain_key == row.chain_key,
            foreign.noted_at > row.opened_at,
            foreign.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, withdrawn_because=reason)
    )
    return changed.rowcount


def note(tx: TenantTransaction, row: ForeignRow, now: datetime.datetime) -> None:
    """Keep what the authority has and we do not; what is kept already stays."""
    owner = {"account_id": tx.tenant.account_id, "entity_id": tx.entity_id}
    values = asdict(row) | owner | {"noted_at": now}
    tx.execute(postgresql.insert(chain_foreign).values(values).on_conflict_do_nothing())


def last(tx: TenantTransaction, chain_key: str) -> int:
    """Return the last place that only the authority has; 0 when there is none."""
    query = tx.select(chain_foreign, sa.func.max(chain_foreign.c.sequence)).where(
        chain_foreign.c.chain_key == chain_key, chain_foreign.c.withdrawn_at.is_(None)
    )
    return tx.execute(query).scalar_one() or 0


_PLACE = Kept(
    lambda tx: (
        tx.select(chain_foreign, chain_foreign.c.sequence)
        .where(
            chain_foreign.c.chain_key == sa.bindparam("of_key"),
            chain_foreign.c.number == sa.bindparam("of_number"),
            chain_foreign.c.withdrawn_at.is_(None),
        )
        .limit(1)
    )
)


def place_of_number(tx: TenantTransaction, chain_key: str, number: str) -> int | None:
    """Return the place at which only the authority has a number; None when it has not."""
    return _PLACE(tx, of_key=chain_key, of_number=number).scalar_one_or_none()
