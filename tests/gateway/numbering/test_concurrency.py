"""No gap, no number twice, dates in order: many threads, many series, processes killed (R4)."""

import contextlib
import datetime
import itertools
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.number_patterns import Reset
from gateway.numbering import counter
from gateway.numbering.counter import NewSeries
from gateway.numbering.service import create_default_series
from gateway.tenants import service as tenants
from gateway.tenants.schemas import EntityInput
from tests import forks
from tests.gateway.numbering.issuing import NEW, NOW, OLD, Tally, checked, issue_some, twice

Figures = Callable[..., None]


def with_series(database: Database, count: int) -> tuple[Tenant, list[UUID]]:
    """Return an entity that has so many series which begin again every year."""
    account_id = tenants.create_account(database, "x", NOW)
    with database.transaction(Tenant(account_id, (), "sandbox", account_wide=True)) as tx:
        given = EntityInput(name="x", country_code="SI")
        entity = tenants.create_entity(tx, given, create_default_series, NOW)
    tenant = Tenant(account_id, (entity.id,), "sandbox")
    with database.transaction(tenant) as tx:
        rows = [
            counter.add(
                tx, NewSeries(f"S{n}", pattern="{code}-{yyyy}/{seq:3}", reset=Reset.YEARLY), NOW
            )
            for n in range(count)
        ]
    return tenant, [row.id for row in rows if row is not None]


def run(  # noqa: PLR0913 - all of it named
    url: str, admin_url: str, figures: Figures, *, series: int, threads: int, each: int
) -> None:
    """Issue in parallel while the year changes; one in twenty is rolled back."""
    database = Database(url, app_pool_size=threads, pool_seconds=120, lock_seconds=120)
    tenant, ids = with_series(database, series)
    attempts = itertools.count()

    def day() -> datetime.date:
        return OLD if next(attempts) < threads * each // 2 else NEW

    began = time.perf_counter()

    def one(seed: int) -> Tally:
        return issue_some(database, tenant, ids, attempts=each, seed=seed, day=day)

    with ThreadPoolExecutor(threads) as pool:
        tallies = list(pool.map(one, range(threads)))
    seconds = time.perf_counter() - began
    database.close()
    issued = sum(tally.issued for tally in tallies)
    seen, wrong = checked(admin_url)
    assert wrong == []
    assert seen == issued
    assert twice(admin_url) == 0
    assert sum(tally.rolled_back for tally in tallies) > 0
    figures(
        issued=issued,
        rolled_back=sum(tally.rolled_back for tally in tallies),
        dated_too_early=sum(tally.too_early for tally in tallies),
        series=series,
        per_second=f"{issued / seconds:.0f}",
    )


def test_32_threads_into_one_series(serving_url: str, admin_url: str, figures: Figures) -> None:
    run(serving_url, admin_url, figures, series=1, threads=32, each=20)


def test_1000_series_at_once(serving_url: str, admin_url: str, figures: Figures) -> None:
    run(serving_url, admin_url, figures, series=1000, threads=32, each=50)


@pytest.mark.full
def test_50_000_into_one_series(serving_url: str, admin_url: str, figures: Figures) -> None:
    run(serving_url, admin_url, figures, series=1, threads=32, each=1645)


@pytest.mark.full
def test_50_000_into_1000_series(serving_url: str, admin_url: str, figures: Figures) -> None:
    run(serving_url, admin_url, figures, series=1000, threads=32, each=1645)


def killed(  # noqa: PLR0913 - all of it named
    url: str, admin_url: str, figures: Figures, *, processes: int, rounds: int, seconds: float
) -> None:
    """Let processes issue, kill some, begin others in their place, and check at the end."""
    database = Database(url)
    tenant, ids = with_series(database, 5)
    database.close()
    names = [str(tenant.account_id), str(tenant.entity_ids[0])]
    chance, kills, running = random.Random(4), 0, list[forks.Process]()  # noqa: S311
    seeds = itertools.count(1)

    def begin() -> forks.Process:
        arguments = [url, *names, str(next(seeds)), *map(str, ids)]
        return forks.start("tests.gateway.numbering.issuing", arguments, stderr=2)

    with contextlib.ExitStack() as stack:
        stack.callback(_kill_all, running)
        for _ in range(processes):
            running.append(begin())
        _until_some_are_issued(admin_url)
        for _ in range(rounds):
            time.sleep(seconds * (0.5 + chance.random()))
            victim = running.pop(chance.randrange(len(running)))
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            kills += 1
            running.append(begin())
        _kill_all(running)
    _until_sessions_are_gone(admin_url)
    seen, wrong = checked(admin_url)
    assert wrong == []
    assert seen > 0
    assert twice(admin_url) == 0
    figures(issued=seen, kills=kills + processes)


def _kill_all(running: list[forks.Process]) -> None:
    for one in running:
        one.send_signal(signal.SIGKILL)
        one.wait()


def _until_some_are_issued(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for _ in range(600):
            row = connection.execute("select count(*) from document").fetchone()
            if row is not None and row[0] > 20:
                return
            time.sleep(0.1)
    pytest.fail("nothing was issued in a minute")


def _until_sessions_are_gone(admin_url: str) -> None:
    """Wait until PostgreSQL has noticed that the killed processes are no more."""
    query = "select count(*) from pg_stat_activity where datname = current_database()"
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for _ in range(300):
            row = connection.execute(query.encode()).fetchone()
            if row is not None and row[0] <= 1:
                return
            time.sleep(0.1)
    pytest.fail("sessions of killed processes stayed for 30 s")


def test_processes_are_killed_and_nothing_is_missing(
    serving_url: str, admin_url: str, figures: Figures
) -> None:
    killed(serving_url, admin_url, figures, processes=3, rounds=3, seconds=0.6)


@pytest.mark.full
def test_processes_are_killed_again_and_again(
    serving_url: str, admin_url: str, figures: Figures
) -> None:
    killed(serving_url, admin_url, figures, processes=6, rounds=60, seconds=1.0)
