"""No gap, no fork, no time that goes back: threads, rollbacks, kills, clocks set back (R4)."""

import datetime
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.chains import repository, service
from gateway.chains.repository import RecordRow
from gateway.chains.service import ClockSetBackProblem, Head, Link
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from tests.formats.sandbox_scheme.keys import TestSigner
from tests.gateway.chains import chaining
from tests.gateway.chains.chaining import (
    BreakOffError,
    Tally,
    add,
    add_some,
    broken,
    build,
    draft,
    entity,
)
from tests.gateway.killing import Worker

Figures = Callable[..., None]
NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def walked(database: Database, tenant: Tenant) -> tuple[int, list[str]]:
    """Return how many records all chains have, and what is wrong with them."""
    found, wrong = 0, list[str]()
    with database.transaction(tenant) as tx:
        for chain in repository.listed(tx):
            rows = repository.records(tx, chain.id, limit=10**6)
            wrong += [f"{chain.chain_key}: {what}" for what in broken(rows)]
            if chain.next_sequence != len(rows) + 1 or chain.last_digest != rows[-1].digest:
                wrong.append(f"{chain.chain_key}: its head is another")
            found += len(rows)
    return found, wrong


@contextmanager
def many(url: str, threads: int) -> Iterator[Database]:
    database = Database(url, app_pool_size=threads, pool_seconds=120, lock_seconds=120)
    yield database
    database.close()


def run(url: str, figures: Figures, *, chains: int, threads: int, each: int) -> None:
    with many(url, threads) as database:
        tenant, keys = entity(database), [f"test/{number}" for number in range(chains)]

        def one(seed: int) -> Tally:
            return add_some(database, tenant, keys, attempts=each, seed=seed)

        with ThreadPoolExecutor(threads) as pool:
            tallies = list(pool.map(one, range(threads)))
        found, wrong = walked(database, tenant)
    assert wrong == []
    assert found == sum(tally.added for tally in tallies)
    rolled_back = sum(tally.rolled_back for tally in tallies)
    assert rolled_back > 0
    figures(records=found, rolled_back=rolled_back, chains=chains)


def test_8_threads_into_several_chains(serving_url: str, figures: Figures) -> None:
    run(serving_url, figures, chains=4, threads=8, each=20)


@pytest.mark.full
def test_8_threads_into_several_chains_for_long(serving_url: str, figures: Figures) -> None:
    run(serving_url, figures, chains=4, threads=8, each=2500)


def test_clocks_of_threads_that_disagree_never_show_in_a_chain(
    serving_url: str, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every thread has a clock of its own, up to three seconds wrong either way."""
    chance, ticks = random.Random(7), count()  # noqa: S311 - a run that can be replayed

    def wrong() -> datetime.datetime:
        return NOON + datetime.timedelta(seconds=next(ticks) * 0.05 + chance.uniform(-3, 3))

    monkeypatch.setattr(clock, "now", wrong)

    def one(number: int) -> tuple[int, int]:
        added = refused = 0
        for _ in range(15):
            try:
                with database.transaction(tenant) as tx:
                    add(tx, f"test/{number % 2}", now=NOON)
                added += 1
            except ClockSetBackProblem:
                refused += 1
        return added, refused

    with many(serving_url, 8) as database:
        tenant = entity(database)
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(one, range(8)))
        found, what = walked(database, tenant)
    assert what == []
    assert found == sum(added for added, _ in done)
    refused = sum(refused for _, refused in done)
    assert refused > 0, "no clock went back far enough"
    figures(records=found, refused=refused)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(-4, 6), st.sampled_from(["add", "roll back", "halt"])),
        min_size=1,
        max_size=12,
    )
)
def test_a_chain_does_what_a_list_would(database: Database, steps: list[tuple[int, str]]) -> None:
    """Whatever the clock does, and whoever gives up: the chain is the list of what was kept."""
    tenant, kept, now, halted = entity(database), list[RecordRow](), NOON, False
    for seconds, deed in steps:
        now += datetime.timedelta(seconds=seconds)
        late = bool(kept) and kept[-1].at - now > service.SKEW
        with freeze_time(now):
            if deed == "halt":
                with database.transaction(tenant) as tx:
                    assert service.halt(tx, "test/1", "x", now) is (bool(kept) and not halted)
                halted = halted or bool(kept)
                continue
            refusal = (
                service.ChainHaltedProblem
                if halted
                else ClockSetBackProblem
                if late
                else BreakOffError
                if deed == "roll back"
                else None
            )
            if refusal is None:
                with database.transaction(tenant) as tx:
                    kept.append(add(tx, "test/1", now=NOON - datetime.timedelta(days=1)))
                continue
            with pytest.raises(refusal), database.transaction(tenant) as tx:
                _add_and_break_off(tx)
    with database.transaction(tenant) as tx:
        rows = [
            one
            for chain in repository.listed(tx)
            for one in repository.records(tx, chain.id, limit=99)
        ]
    assert [one.id for one in rows] == [one.id for one in kept]
    assert broken(rows) == []


def _add_and_break_off(tx: TenantTransaction) -> None:
    add(tx, "test/1", now=NOON - datetime.timedelta(days=1))
    raise BreakOffError


def killed(url: str, admin_url: str, figures: Figures, *, rounds: int) -> None:
    """Let processes add records, kill one whenever some were added, and check at the end."""
    with many(url, 2) as database:
        tenant = entity(database)
        keys = ["test/1", "test/2", "test/3"]
        names = [str(tenant.account_id), str(tenant.entity_ids[0])]
        seeds, chance = count(1), random.Random(11)  # noqa: S311 - to be repeated

        def start() -> Worker:
            arguments = [url, *names, str(next(seeds)), *keys]
            worker = Worker(Path(chaining.__file__), arguments)
            worker.ready()
            return worker

        running = [start() for _ in range(3)]
        try:
            for number in range(1, rounds + 1):
                _until(admin_url, 12 * number)
                time.sleep(chance.uniform(0, 0.05))
                victim = running.pop(chance.randrange(len(running)))
                assert victim.end(signal.SIGKILL) == -signal.SIGKILL
                running.append(start())
        finally:
            for worker in running:
                worker.end(signal.SIGKILL)
        with psycopg.connect(admin_url, autocommit=True) as connection:
            connection.execute("select pg_sleep(0.2)")
        found, wrong = walked(database, tenant)
    assert wrong == []
    assert found >= 12 * rounds
    figures(records=found, kills=rounds + len(running))


def _until(admin_url: str, records: int) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for _ in range(1500):
            row = connection.execute("select count(*) from chain_record").fetchone()
            if row is not None and row[0] >= records:
                return
            time.sleep(0.02)
    pytest.fail(f"there were never {records} records")


def test_processes_are_killed_and_no_chain_is_hurt(
    serving_url: str, admin_url: str, figures: Figures
) -> None:
    killed(serving_url, admin_url, figures, rounds=4)


@pytest.mark.full
def test_processes_are_killed_again_and_again(
    serving_url: str, admin_url: str, figures: Figures
) -> None:
    killed(serving_url, admin_url, figures, rounds=100)


@pytest.mark.full
def test_how_many_signed_records_a_second(serving_url: str, figures: Figures) -> None:
    """One chain is as quick as one lock is held; many are as quick as the database."""
    signer, seconds, threads = TestSigner(), 10.0, 8

    def signed(head: Head) -> Link:
        link = build(head)
        signer.sign(link.record)
        return link

    with many(serving_url, threads) as database:
        for chains in (1, threads):
            tenant, ends = entity(database), time.perf_counter() + seconds

            def one(number: int) -> int:
                done = 0
                while time.perf_counter() < ends:  # noqa: B023 - it runs before the next round
                    with database.transaction(tenant) as tx:  # noqa: B023 - the same
                        service.extend(
                            tx,
                            f"test/{number % chains}",  # noqa: B023 - the same
                            document_id=draft(tx),
                            now=NOON,
                            build=signed,
                        )
                    done += 1
                return done

            with ThreadPoolExecutor(threads) as pool:
                done = sum(pool.map(one, range(threads)))
            found, wrong = walked(database, tenant)
            assert (found, wrong) == (done, [])
            figures(**{f"chains_{chains}_per_second": f"{done / seconds:.0f}"})
    figures(threads=threads, cores=os.cpu_count(), python=sys.version_info[1])
