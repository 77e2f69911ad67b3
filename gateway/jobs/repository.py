"""Queries on jobs; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.jobs.tables import job
from gateway.kit.tenancy import ActorKind, Environment, TenantTransaction
from gateway.tenants.permissions import JOBS, OTHER_JOBS


@dataclass(frozen=True, slots=True)
class JobRow:
    """A row of `job`.

    Attributes:
        entity_id: None for a job about the account as a whole.
        state: queued, running, succeeded, failed or cancelled.
        done: How far it is, of `total`.
        total: None while that is not known.
        result: What the handler returned.
        problem: What went wrong last, as a problem document; also while it will be tried again.
        attempts: How often it was begun.
        run_at: Not before; None: at once.
        actor_kind: In whose name it was asked for; see `Actor`.
    """

    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    id: UUID
    kind: str
    state: str
    parameters: Mapping[str, Any]
    done: int
    total: int | None
    result: Any
    problem: Mapping[str, Any] | None
    attempts: int
    run_at: datetime.datetime | None
    actor_kind: ActorKind
    actor_id: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    started_at: datetime.datetime | None
    finished_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs are asked for.

    Attributes:
        resources: Only those whose kind belongs to one of these; None for every kind.
        state, kind: Only those.
    """

    resources: AbstractSet[str] | None = None
    state: str | None = None
    kind: str | None = None


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a job; a trigger of the table queues it in the same transaction."""
    tx.execute(tx.insert(job, **values))


def get(tx: TenantTransaction, job_id: UUID, *, lock: bool = False) -> JobRow | None:
    """Return one job; with `lock`, nobody else can change it until the transaction ends."""
    query = tx.select(job).where(job.c.id == job_id)
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else JobRow(**row)


def page(
    tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
) -> list[JobRow]:
    """Return up to `limit` jobs, newest first, older than `before`."""
    query = tx.select(job).order_by(job.c.id.desc()).limit(limit)
    if wanted.resources is not None:
        resource = sa.case(dict(JOBS), value=job.c.kind, else_=OTHER_JOBS)
        query = query.where(resource.in_(wanted.resources))
    if wanted.state is not None:
        query = query.where(job.c.state == wanted.state)
    if wanted.kind is not None:
        query = query.where(job.c.kind == wanted.kind)
    if before is not None:
        query = query.where(job.c.id < before)
    return [JobRow(**row) for row in tx.execute(query).mappings()]


def update(tx: TenantTransaction, job_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a job."""
    tx.execute(tx.update(job).where(job.c.id == job_id).values(**values))


def update_attempt(
    tx: TenantTransaction, job_id: UUID, attempt: int, values: Mapping[str, Any]
) -> bool:
    """Change a job that runs, if it is this attempt that runs; False when it is not."""
    statement = tx.update(job).where(
        job.c.id == job_id, job.c.state == "running", job.c.attempts == attempt
    )
    return tx.execute(statement.values(**values)).rowcount == 1
