"""Worker processes that are killed during jobs: every job ends, with its effect once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.gateway.jobs.conftest import Desk
from tests.gateway.jobs.worker_process import STEPS

SCRIPT = Path(__file__).with_name("worker_process.py")
JOBS = 40


def _started(url: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, str(SCRIPT), url],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _ended(process: "subprocess.Popen[str]", number: int) -> int:
    assert process.stdout is not None
    process.send_signal(number)
    code = process.wait(30)
    process.stdout.close()
    return code


@pytest.mark.timeout(240)
def test_killed_at_random_every_job_is_done_with_its_effect_once(
    desk: Desk, serving_url: str, admin_url: str, figures: Callable[..., None]
) -> None:
    chance = random.Random(20261121)  # noqa: S311 - to be repeated
    asked = [desk.ask("count", name=f"n{number}") for number in range(JOBS)]
    workers = [_started(serving_url) for _ in range(2)]
    kills, begun = 0, time.monotonic()
    try:
        while _left(admin_url):
            assert time.monotonic() - begun < 150, [desk.read(job) for job in asked]
            time.sleep(chance.uniform(0.3, 1.2))
            victim = workers.pop(chance.randrange(len(workers)))
            assert _ended(victim, signal.SIGKILL) == -signal.SIGKILL
            workers.append(_started(serving_url))
            kills += 1
    finally:
        codes = [_ended(worker, signal.SIGTERM) for worker in workers]
    assert codes == [0, 0]
    jobs = [desk.read(job) for job in asked]
    assert {job["state"] for job in jobs} == {"succeeded"}
    with psycopg.connect(admin_url) as connection:
        steps = Counter(
            connection.execute(
                "select kind, parameters->>'step' from job where kind like 'step_%'"
            ).fetchall()
        )
    assert len(steps) == JOBS * STEPS
    assert set(steps.values()) == {1}
    again = sum(job["attempts"] > 1 for job in jobs)
    assert kills >= 2
    assert again > 0
    figures(kills=kills, jobs=JOBS, begun_again=again, seconds=f"{time.monotonic() - begun:.0f}")


def _left(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute(
            "select count(*) from job where kind = 'count' and finished_at is null"
        ).fetchone()
    assert row is not None
    return int(row[0])
