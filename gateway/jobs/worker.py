"""Doing jobs: procrastinate's worker on an event loop of its own, handlers in threads.

Any number of processes over one PostgreSQL. A hint (NOTIFY) makes it quick, a look every second is
the truth. The worker says every two seconds that it lives; `rescue` puts the jobs of those that do
not back into the queue.
"""

import asyncio
import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import procrastinate
import sqlalchemy as sa
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from typing_extensions import override

from gateway.jobs.execution import AgainError, Ticket, attempt
from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.kit.tenancy import Environment

QUEUE = "gateway"
TASK = "run_job"
"""As the trigger of the table `job` writes them."""

_LOOK_EVERY = 0.5  # seconds until the loop sees that its worker failed

_RESCUE = """
with stalled as (
  select j.id from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
   where j.status = 'doing' and j.queue_name = :queue
     and (j.worker_id is null
          or w.last_heartbeat < clock_timestamp() - :seconds * interval '1 second')
   for update of j skip locked)
select procrastinate_retry_job_v2(id, clock_timestamp(), null, null, null) from stalled
"""


class JobWorker:
    """Does jobs, in a thread of a worker process.

    Args:
        jobs: What this process knows to do.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; jobs that say how far they are end there, others later."""
        asyncio.run(self._work(stop))

    async def _work(self, stop: threading.Event) -> None:
        policy = self._jobs.policy
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(policy.threads + 1, "job"))
        app = self._app(stop)
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=policy.threads,
                    fetch_job_polling_interval=policy.poll_seconds,
                    update_heartbeat_interval=policy.heartbeat_seconds,
                    stalled_worker_timeout=policy.dead_seconds,
                    shutdown_graceful_timeout=policy.stop_seconds,
                    delete_jobs="always",  # how it ended is in our own table
                    install_signal_handlers=False,
                )
            )
            told = False
            while not told and not worker.done():
                told = await loop.run_in_executor(None, stop.wait, _LOOK_EVERY)
            worker.cancel()  # it finishes what it has begun; nothing, if it is done
            try:
                await worker
            except asyncio.CancelledError:
                if not stop.is_set():
                    raise

    def _app(self, stop: threading.Event) -> procrastinate.App:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._jobs.database.session_conninfo(), min_size=1, max_size=4
        )
        app = procrastinate.App(connector=connector)

        @app.task(name=TASK, queue=QUEUE, retry=_WhenTold())
        def run_job(
            account_id: str, entity_id: str | None, environment: Environment, job_id: str
        ) -> None:
            entity = None if entity_id is None else UUID(entity_id)
            ticket = Ticket(UUID(account_id), entity, environment, UUID(job_id))
            attempt(self._jobs, ticket, stop)

        return app


class _WhenTold(BaseRetryStrategy):
    """A job is tried again when its attempt says so, and also when even that could not be said."""

    @override
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        if isinstance(exception, AgainError):
            return RetryDecision(retry_at=exception.at)
        return RetryDecision(retry_in={"seconds": 5})


def rescue(database: Database, dead_seconds: float, _now: datetime.datetime) -> None:
    """Put jobs of dead workers back into the queue, and forget these workers."""
    with database.worker_transaction() as tx:
        tx.execute(sa.text(_RESCUE), {"queue": QUEUE, "seconds": dead_seconds})
        forget = sa.text("select count(*) from procrastinate_prune_stalled_workers_v1(:seconds)")
        tx.execute(forget, {"seconds": dead_seconds * 6})
