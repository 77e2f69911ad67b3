"""What is done again and again is done by one at a time, and goes on after a death."""

import threading
import time

import psycopg

from gateway.background import running
from gateway.jobs.periodic import Periodic
from gateway.jobs.registry import Jobs
from tests.gateway.jobs.conftest import QUICK, Desk


def test_it_is_done_again_and_again_by_one_at_a_time(desk: Desk) -> None:
    running_now, most, runs = [0], [0], [0]
    lock = threading.Lock()

    def tick(_now: object) -> None:
        with lock:
            running_now[0] += 1
            most[0] = max(most[0], running_now[0])
            runs[0] += 1
        time.sleep(0.1)
        with lock:
            running_now[0] -= 1

    processes = []
    for _ in range(3):
        jobs = Jobs(desk.runtime.database, QUICK)
        jobs.every(0.2, "test.tick", tick)
        processes.append(Periodic(jobs))
    with running(processes):
        time.sleep(2.5)
    assert most == [1]
    assert 4 <= runs[0] <= 9  # every 0.3 s and a look, not three times as often


def test_a_failure_is_not_the_end_of_it_nor_of_others(desk: Desk) -> None:
    failing, fine = [0], [0]

    def fail(_now: object) -> None:
        failing[0] += 1
        raise ValueError

    def go(_now: object) -> None:
        fine[0] += 1

    desk.jobs.every(0.1, "test.fail", fail)
    desk.jobs.every(0.1, "test.go", go)
    with running([Periodic(desk.jobs)]):
        deadline = time.monotonic() + 10
        while (failing[0] < 3 or fine[0] < 3) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert failing[0] >= 3
    assert fine[0] >= 3


def test_its_connection_may_die(desk: Desk, admin_url: str) -> None:
    runs = [0]

    def tick(_now: object) -> None:
        runs[0] += 1

    desk.jobs.every(0.1, "test.tick", tick)
    with running([Periodic(desk.jobs)]):
        _until(runs, 2)
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        _until(runs, runs[0] + 2)


def _until(runs: list[int], number: int) -> None:
    deadline = time.monotonic() + 10
    while runs[0] < number:
        assert time.monotonic() < deadline
        time.sleep(0.05)
