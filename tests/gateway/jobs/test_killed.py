"""Worker processes that are killed during jobs: every job ends, with its effect once."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.gateway.jobs.conftest import Desk
from tests.gateway.jobs.worker_process import STEPS
from tests.gateway.killing import Worker, killed_while_working

SCRIPT = Path(__file__).with_name("worker_process.py")
JOBS = 24


@pytest.mark.timeout(240)
def test_killed_at_random_every_job_is_done_with_its_effect_once(
    desk: Desk, serving_url: str, admin_url: str, figures: Callable[..., None]
) -> None:
    asked = [desk.ask("count", name=f"n{number}") for number in range(JOBS)]
    begun = time.monotonic()
    kills = killed_while_working(
        lambda: Worker(SCRIPT, [serving_url]), lambda: _ended(admin_url), JOBS
    )
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
    assert kills >= 3
    assert again > 0
    figures(kills=kills, jobs=JOBS, begun_again=again, seconds=f"{time.monotonic() - begun:.0f}")


def _ended(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute(
            "select count(*) from job where kind = 'count' and finished_at is not null"
        ).fetchone()
    assert row is not None
    return int(row[0])
