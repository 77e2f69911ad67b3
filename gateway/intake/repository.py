"""Queries on what was handed in; of its tenant, and the worker's one query over all."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.intake.tables import intake
from gateway.kit.database import Database
from gateway.kit.tenancy import Actor, ActorKind, Environment, Tenant, TenantTransaction

_C = intake.c


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A row of `intake` as its tenant sees it."""

    id: UUID
    entity_id: UUID
    kind: str
    body: str | None
    finalize: bool
    state: str
    attempts: int
    document_id: UUID | None
    problem: Mapping[str, Any] | None
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be made, as the worker sees it."""

    account_id: UUID
    entity_id: UUID
    environment: Environment
    actor_kind: ActorKind
    actor_id: str | None
    id: UUID
    waits: int
    created_at: datetime.datetime
    due_at: datetime.datetime

    @property
    def tenant(self) -> Tenant:
        """Whose it is, in the name of whoever handed it in."""
        actor = Actor(self.actor_kind, self.actor_id)
        return Tenant(self.account_id, (self.entity_id,), self.environment, actor=actor)


_EACH = 5
_TAKE = sa.text(f"""
with recursive waiting (account_id, entity_id) as (
  (select account_id, entity_id from intake where state = 'queued'
    order by account_id, entity_id limit 1)
  union all
  select next.* from waiting, lateral (
    select account_id, entity_id from intake
     where state = 'queued'
       and (account_id, entity_id) > (waiting.account_id, waiting.entity_id)
     order by account_id, entity_id limit 1) next),
turns as (select * from waiting order by random()),
due as (
  select one.* from turns, lateral (
    select account_id, id from intake
     where account_id = turns.account_id and entity_id = turns.entity_id
       and state = 'queued' and due_at <= :now
     order by due_at, id limit :each for update skip locked) one
   limit :most)
update intake set due_at = :until from due
 where intake.account_id = due.account_id and intake.id = due.id
returning {", ".join(f"intake.{name}" for name in Due.__dataclass_fields__)}
""")  # noqa: S608 - the names are ours

_COLUMNS = tuple(_C[name] for name in IntakeRow.__dataclass_fields__)


def insert(tx: TenantTransaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add what was handed in, all in one statement."""
    actor = tx.tenant.actor
    whose: dict[str, object] = {"actor_kind": actor.kind, "actor_id": actor.id, "state": "queued"}
    whose |= {"attempts": 0, "waits": 0}
    tx.execute(tx.insert(intake, **whose), list(rows))


def get(tx: TenantTransaction, intake_id: UUID) -> IntakeRow | None:
    """Return one."""
    query = tx.select(intake, *_COLUMNS).where(_C.id == intake_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else IntakeRow(*row)


def page(
    tx: TenantTransaction, *, state: str | None, before: UUID | None, limit: int
) -> list[IntakeRow]:
    """Return up to `limit`, newest first, older than `before`."""
    query = tx.select(intake, *_COLUMNS).order_by(_C.id.desc()).limit(limit)
    if state is not None:
        query = query.where(_C.state == state)
    if before is not None:
        query = query.where(_C.id < before)
    return [IntakeRow(*row) for row in tx.execute(query)]


def hold(tx: TenantTransaction, intake_id: UUID) -> IntakeRow | None:
    """Lock one that is to be made; None when somebody made it meanwhile."""
    query = tx.select(intake, *_COLUMNS).where(_C.id == intake_id, _C.state == "queued")
    row = tx.execute(query.with_for_update()).one_or_none()
    return None if row is None else IntakeRow(*row)


def update(tx: TenantTransaction, intake_id: UUID, values: Mapping[str, Any]) -> None:
    """Note what became of one that was to be made."""
    statement = tx.update(intake).where(_C.id == intake_id, _C.state == "queued")
    tx.execute(statement.values(**values))


def take(
    database: Database, now: datetime.datetime, lease: datetime.timedelta, most: int
) -> list[Due]:
    """Take what is due for as long as the lease; others do not see it meanwhile.

    Some of every entity that waits, the oldest of each: nobody waits for others' thousands.
    """
    values = {"now": now, "until": now + lease, "most": most, "each": _EACH}
    with database.worker_transaction() as tx:
        found = [Due(*row) for row in tx.execute(_TAKE, values)]
    return sorted(found, key=lambda one: one.id)


def begin(database: Database, one: Due, until: datetime.datetime) -> int | None:
    """Count one more attempt before anything is done, and hold the row until a moment.

    So an attempt counts that ends with the process, too. The count need not outlive a crash of the
    database's server, which is no document's fault: nobody waits for its disk.

    Returns:
        How many attempts were begun, this one included; None: the lease ended, others have it.
    """
    statement = (
        sa.update(intake)
        .where(_own(one), _C.due_at == one.due_at)
        .values(due_at=until, attempts=_C.attempts + 1)
        .returning(_C.attempts)
    )
    with database.worker_transaction() as tx:
        tx.execute(sa.text("set local synchronous_commit to off"))
        return tx.execute(statement).scalar_one_or_none()


def put_off(database: Database, one: Due, until: datetime.datetime) -> None:
    """Put off one that an error of ours kept from being made: its attempt counts."""
    with database.worker_transaction() as tx:
        tx.execute(sa.update(intake).where(_own(one)).values(due_at=until))


def wait(database: Database, one: Due, until: datetime.datetime) -> None:
    """Put off one that something which passes kept from being made: no attempt, but a wait."""
    values = {_C.due_at: until, _C.waits: _C.waits + 1, _C.attempts: _C.attempts - 1}
    with database.worker_transaction() as tx:
        tx.execute(sa.update(intake).where(_own(one)).values(values))


def give_back(database: Database, one: Due) -> None:
    """Take an attempt back that nobody could put off when something kept it that passes."""
    statement = sa.update(intake).where(_own(one), _C.attempts > 0)
    with database.worker_transaction() as tx:
        tx.execute(statement.values(attempts=_C.attempts - 1))


def _own(one: Due) -> sa.ColumnElement[bool]:
    return sa.and_(_C.account_id == one.account_id, _C.id == one.id, _C.state == "queued")
