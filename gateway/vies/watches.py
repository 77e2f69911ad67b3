"""Numbers that are checked again and again: an entity's setting, and what a customer's watch says.

Nothing is remembered of what is due but when to look next: a round looks at the customers with a
VAT number, and queues those whose last known answer is older than it may be. The queue asks them,
and whoever keeps an answer tells of a change.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.customers import service as customers
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import moving
from gateway.tenants import service as tenants
from gateway.vies import questions, repository
from gateway.vies.answers import Question
from gateway.vies.checks import number_of
from gateway.vies.numbers import read_number
from gateway.vies.service import VatChecks
from gateway.vies.tables import vat_round, vat_watch

SECONDS = 60.0
"""From the end of one look for rounds to the next."""

_NEXT_ROUND = timedelta(hours=1)
_AFTER_GIVING_UP = timedelta(days=1)
_AT_ONCE = 1_000
_MOST_ROUNDS = 20  # of one look: others of the process wait meanwhile


@dataclass(frozen=True, slots=True)
class Watch:
    """What was said about one customer.

    Attributes:
        enabled: Whether its number is checked again and again; False: not even by the entity.
        every_days: How often.
    """

    customer_id: UUID
    enabled: bool
    every_days: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


_COLUMNS = tuple(vat_watch.c[name] for name in Watch.__dataclass_fields__)


def put(
    tx: TenantTransaction,
    customer_id: UUID,
    *,
    enabled: bool,
    every_days: int,
    now: datetime.datetime,
) -> Watch:
    """Say whether, and how often, a customer's number is checked again.

    Raises:
        NotFoundProblem: There is no such customer for this caller.
    """
    customers.get(tx, customer_id)
    said = {"enabled": enabled, "every_days": every_days, "updated_at": now}
    statement = (
        postgresql.insert(vat_watch)
        .values(
            account_id=tx.tenant.account_id,
            entity_id=tx.entity_id,
            customer_id=customer_id,
            created_at=now,
            **said,
        )
        .on_conflict_do_update(index_elements=["account_id", "customer_id"], set_=said)
    )
    tx.execute(statement)
    arrange(tx, now)
    return get(tx, customer_id)


def get(tx: TenantTransaction, customer_id: UUID) -> Watch:
    """Return what was said about a customer.

    Raises:
        NotFoundProblem: Nothing, or there is no such customer for this caller.
    """
    customers.get(tx, customer_id)
    query = tx.select(vat_watch, *_COLUMNS).where(vat_watch.c.customer_id == customer_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFoundProblem
    return Watch(*row)


def remove(tx: TenantTransaction, customer_id: UUID, now: datetime.datetime) -> None:
    """Forget what was said about a customer: the entity's setting holds again.

    Raises:
        NotFoundProblem: Nothing was, or there is no such customer for this caller.
    """
    get(tx, customer_id)
    tx.execute(tx.delete(vat_watch).where(vat_watch.c.customer_id == customer_id))
    arrange(tx, now)


def arrange(tx: TenantTransaction, now: datetime.datetime) -> None:
    """See to it that the entity's customers are looked through, or not any more."""
    wanted = _every_days(tx) is not None or any(one.enabled for one in _all(tx).values())
    if not wanted or not moving.is_here(tx):
        tx.execute(tx.delete(vat_round))
        return
    statement = postgresql.insert(vat_round).values(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        environment=tx.tenant.environment,
        due_at=now,
    )
    conflict = statement.on_conflict_do_update(
        index_elements=["account_id", "entity_id"],
        set_={"due_at": sa.func.least(vat_round.c.due_at, now)},
    )
    tx.execute(conflict)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Looks through the customers of entities, again and again."""

    checks: VatChecks

    def look(self, now: datetime.datetime) -> None:
        """Make the rounds that are due."""
        for _ in range(_MOST_ROUNDS):
            tenant = _take(self.checks.database, now)
            if tenant is None:
                return
            self.make(tenant, now)

    def make(self, tenant: Tenant, now: datetime.datetime) -> int:
        """Look through the customers of an entity; return how many numbers are asked now."""
        with self.checks.database.transaction(tenant) as tx:
            every, own = _every_days(tx), self.checks.own_number(tx)
            wanted = {
                number: days for number, days in _wanted(tx, every).items() if days is not None
            }
            asked = 0
            numbers = list(wanted)
            for begin in range(0, len(numbers), _AT_ONCE):
                some = {one: wanted[one] for one in numbers[begin : begin + _AT_ONCE]}
                for number in _due(tx, some, now):
                    read = read_number(number)
                    requester = self.checks.asker.requester(tenant.environment, read, own)
                    self.checks.wait_for(tx, Question(read, requester), "watch", now)
                    asked += 1
        return asked


def _take(database: Database, now: datetime.datetime) -> Tenant | None:
    """Take the round that is due longest; others make it again in an hour."""
    columns = vat_round.c
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
        taken = sa.update(vat_round).where(columns.entity_id == row.entity_id)
        tx.execute(taken.values(due_at=now + _NEXT_ROUND))
        return Tenant(row.account_id, (row.entity_id,), row.environment)


def _every_days(tx: TenantTransaction) -> int | None:
    """Return how often the entity wants its customers' numbers checked; None: not at all."""
    settings = tenants.settings_of(tenants.get_entity(tx, tx.entity_id))
    rechecks = settings.vat_rechecks
    return rechecks.days if rechecks is not None and rechecks.enabled else None


def _all(tx: TenantTransaction) -> Mapping[UUID, Watch]:
    found = [Watch(*row) for row in tx.execute(tx.select(vat_watch, *_COLUMNS))]
    return {one.customer_id: one for one in found}


def _wanted(tx: TenantTransaction, every: int | None) -> dict[str, int | None]:
    """Return how often each number of a customer is to be checked; the most often, of several."""
    watches = _all(tx)
    wanted: dict[str, int | None] = {}
    for key, customer_id in customers.vat_numbers(tx):
        number = number_of(key)
        if number is None:
            continue
        watch = watches.get(customer_id)
        days = every if watch is None else watch.every_days if watch.enabled else None
        before = wanted.get(number)
        wanted[number] = days if before is None else before if days is None else min(before, days)
    return wanted


def _due(tx: TenantTransaction, wanted: Mapping[str, int], now: datetime.datetime) -> list[str]:
    """Return the numbers whose last known answer is too old, and that are not asked already."""
    known = repository.newest(tx, wanted, only_known=True)
    asked: dict[str, datetime.datetime] = {}
    for (number, _), one in questions.of_numbers(tx, wanted).items():
        at = now if one.state == "waiting" else one.updated_at
        asked[number] = max(at, asked.get(number, at))
    due = []
    for number, days in wanted.items():
        check = known.get(number)
        if check is not None and check.age(now) < timedelta(days=days):
            continue
        if number in asked and now - asked[number] < _AFTER_GIVING_UP:
            continue
        due.append(number)
    return due
