"""Worker processes' parts, run in threads of the test."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from gateway.background import running
from gateway.jobs import service
from gateway.jobs.periodic import Periodic
from gateway.jobs.policy import Policy
from gateway.jobs.registry import Jobs
from gateway.jobs.worker import JobWorker
from gateway.kit import clock
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant
from gateway.runtime import Runtime
from tests.gateway.conftest import Account

QUICK = Policy(
    threads=2,
    poll_seconds=0.1,
    attempts=3,
    first_delay=timedelta(milliseconds=50),
    heartbeat_seconds=0.2,
    dead_seconds=1,
    rescue_seconds=0.2,
)


class Desk:
    """Jobs of one account, and workers to do them."""

    def __init__(self, runtime: Runtime, account: Account) -> None:
        self.runtime = runtime
        self.account = account
        self.jobs = Jobs(runtime.database, QUICK)
        self.tenant = Tenant(account.id, (), "sandbox", account_wide=True)

    def ask(self, kind: str, **parameters: object) -> str:
        """Ask for a job about the account; return its id."""
        with self.runtime.database.transaction(self.tenant) as tx:
            return public_id("job", service.enqueue(tx, kind, parameters, now=clock.now()))

    def read(self, job: str) -> dict[str, Any]:
        answer = self.account.call("GET", f"/v1/jobs/{job}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def until(self, job: str, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + 20
        while not condition(found := self.read(job)):
            assert time.monotonic() < deadline, found
            time.sleep(0.02)
        return found

    def ended(self, job: str) -> dict[str, Any]:
        return self.until(job, lambda one: one["finished_at"] is not None)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Do jobs for the length of the block."""
        with running([JobWorker(self.jobs), Periodic(self.jobs)]):
            yield


@pytest.fixture
def desk(runtime: Runtime, account: Account) -> Desk:
    return Desk(runtime, account)
