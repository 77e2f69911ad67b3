"""Issue as the documents do, without the documents: take a number and add the row, or roll back.

Run as a program it goes on until it is killed: `python -m tests.gateway.numbering.issuing URL
ACCOUNT ENTITY SEED SERIES...`.
"""

import datetime
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg

from gateway.fsck import numbers
from gateway.fsck.report import InvariantReport
from gateway.fsck.service import snapshot
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from gateway.numbering import service
from gateway.numbering.service import NumberDateOrderProblem

NOW = datetime.datetime(2026, 12, 31, 22, tzinfo=datetime.UTC)
OLD, NEW = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
ROLLED_BACK = 0.05

_ISSUED = """
insert into document (account_id, entity_id, id, kind, state, profile, series_id, sequence, number,
  issue_date, body, invoice, report, content_sha256, retain_until, created_at, updated_at,
  issued_at)
values (%s, %s, %s, 'invoice', 'issued', 'none', %s, %s, %s, %s, '{}', '{}', '{}', sha256(''),
  %s, %s, %s, %s)
"""


class BreakOffError(Exception):
    """The transaction ends after its number was taken."""


@dataclass
class Tally:
    """What became of a thread's attempts."""

    issued: int = 0
    rolled_back: int = 0
    too_early: int = 0


def issue(
    database: Database, tenant: Tenant, series_id: UUID, day: datetime.date, *, fails: bool
) -> None:
    """Issue one document."""
    with database.transaction(tenant) as tx:
        taken = service.take(tx, series_id, day)
        row = (tenant.account_id, tenant.entity_ids[0], new_id(), series_id, taken.sequence)
        dates = (taken.number, day, day, NOW, NOW, NOW)
        tx.connection.exec_driver_sql(_ISSUED, (*row, *dates))
        if fails:
            raise BreakOffError


def issue_some(  # noqa: PLR0913 - all of it named
    database: Database,
    tenant: Tenant,
    series: Sequence[UUID],
    *,
    attempts: int,
    seed: int,
    day: Callable[[], datetime.date],
) -> Tally:
    """Issue into series drawn by chance; what came too early for its series is dated again."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - a run that can be replayed
    for _ in range(attempts):
        fails, where, today = chance.random() < ROLLED_BACK, chance.choice(series), day()
        try:
            issue(database, tenant, where, today, fails=fails)
            tally.issued += 1
        except BreakOffError:
            tally.rolled_back += 1
        except NumberDateOrderProblem:
            tally.too_early += 1
    return tally


def checked(admin_url: str) -> tuple[int, list[str]]:
    """Return how many numbers the checker saw, and all it has against them (INV2)."""
    report = InvariantReport("INV2")
    with snapshot(admin_url) as connection:
        numbers.check(connection, report)
    return report.examined.get("numbers", 0), [problem.what for problem in report.problems]


def twice(admin_url: str) -> int:
    """Return how many numbers there are more than once."""
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select count(*) - count(distinct number) from document")
        found = row.fetchone()
    assert found is not None
    return int(found[0])


def main() -> None:
    """Issue until killed; the year changes after a while, for every process at its own time."""
    url, account, entity, seed, *series = sys.argv[1:]
    database = Database(url, app_pool_size=1, pool_seconds=60, lock_seconds=60)
    tenant = Tenant(UUID(account), (UUID(entity),), "sandbox")
    done = 0

    def day() -> datetime.date:
        nonlocal done
        done += 1
        return OLD if done < int(seed) * 40 else NEW

    ids = [UUID(one) for one in series]
    issue_some(database, tenant, ids, attempts=10**9, seed=int(seed), day=day)


if __name__ == "__main__":
    main()
