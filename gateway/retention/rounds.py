"""Whether what keeps an entity's documents changed: looked at every day, and when settings do.

All documents of an entity were kept by some law and some settings. Their digest is remembered;
where today's is another, a job applies them anew (`extension.py`).
"""

import datetime
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from countries.base import Retention
from countries.registry import COUNTRIES
from gateway.compliance.retention import Keeper
from gateway.jobs import service as jobs
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.retention.papers import keeper_of
from gateway.retention.tables import retention_round
from gateway.tenants import service as tenants
from gateway.tenants.service import Entity

SECONDS = 600.0
"""From the end of one look for rounds to the next."""

KIND = "retention_extension"
"""What the job is called among jobs."""

_NEXT = datetime.timedelta(days=1)
_MOST = 500  # rounds of one look: others of the process wait meanwhile


def arrange(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Follow the settings of the transaction's entity: it is new, or was changed."""
    digest = _digest(tenants.get_entity(tx, tx.entity_id), now)
    columns = retention_round.c
    statement = postgresql.insert(retention_round).values(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        environment=tx.tenant.environment,
        due_at=now + _NEXT,
        applied=digest,  # a new entity has no documents that another law kept
    )
    changed = columns.applied.is_distinct_from(digest)
    conflict = statement.on_conflict_do_update(
        index_elements=["account_id", "entity_id"],
        set_={"due_at": sa.func.least(columns.due_at, now)},
        where=changed,
    )
    tx.execute(conflict)


def applied(tx: TenantTransaction, digest: bytes) -> None:
    """Remember that all documents of the entity are kept by what has this digest."""
    tx.execute(tx.update(retention_round).values(applied=digest))


def today_s(tx: TenantTransaction, now: datetime.datetime) -> bytes:
    """Return the digest of the rules and settings that keep the entity's documents now."""
    return _digest(tenants.get_entity(tx, tx.entity_id), now)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Looks whether what keeps documents changed."""

    database: Database

    def look(self, now: datetime.datetime) -> None:
        """Make the rounds that are due."""
        for _ in range(_MOST):
            tenant = _take(self.database, now)
            if tenant is None:
                return
            self.make(tenant, now)

    def make(self, tenant: Tenant, now: datetime.datetime) -> bool:
        """Ask for a job where what keeps an entity's documents changed; tell whether it did."""
        with self.database.transaction(tenant) as tx:
            if not tenants.some(tx, tenant.entity_ids):  # it was deleted, which takes no documents
                return False
            query = tx.select(retention_round, retention_round.c.applied)
            before = tx.execute(query).scalar_one()
            if before == today_s(tx, now):
                return False
            jobs.enqueue(tx, KIND, {}, now=now)
            return True


def _take(database: Database, now: datetime.datetime) -> Tenant | None:
    """Take the round that is due longest; others look again tomorrow."""
    columns = retention_round.c
    with database.worker_transaction() as tx:
        query = (
            sa.select(columns.account_id, columns.entity_id, columns.environment)
            .where(columns.due_at <= now)
            .order_by(columns.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        taken = sa.update(retention_round).where(columns.entity_id == row.entity_id)
        tx.execute(taken.values(due_at=now + _NEXT))
        return Tenant(row.account_id, (row.entity_id,), row.environment)


def _digest(entity: Entity, now: datetime.datetime) -> bytes:
    keeper = keeper_of(entity)
    today = now.astimezone(tenants.zone_of(entity)).date()
    rules = [rule for rule in _rules(keeper) if rule.is_law_on(today)]
    said = (rules, keeper.fiscal_year_end, sorted(keeper.subjects), keeper.told)
    return hashlib.sha256(repr(said).encode()).digest()


def _rules(keeper: Keeper) -> list[Retention]:
    asked = COUNTRIES.values() if keeper.country is None else (keeper.country,)
    return [rule for country in asked for rule in country.retention]
