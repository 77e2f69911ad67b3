"""Workers as a process of their own, for tests that kill them.

Arguments: database URL. Prints `ready`; SIGTERM ends. Jobs of kind `count` take numbered steps;
each step is a job of kind `step` asked for, so that its effect can be counted from outside.
"""

import signal
import sys
import threading
import time

from gateway.background import running
from gateway.jobs import service
from gateway.jobs.periodic import Periodic
from gateway.jobs.policy import Policy
from gateway.jobs.registry import Jobs
from gateway.jobs.service import Wanted
from gateway.jobs.work import Work
from gateway.jobs.worker import JobWorker
from gateway.kit import clock
from gateway.kit.database import Database

POLICY = Policy(
    threads=3,
    poll_seconds=0.2,
    begun=1000,
    heartbeat_seconds=0.3,
    dead_seconds=1.5,
    rescue_seconds=0.3,
)
STEPS = 15


def count(work: Work) -> int:
    """Take each step once: what an attempt before this one did is found, not done again."""
    for step in range(STEPS):
        with work.transaction() as tx:
            taken = {
                row.parameters["step"]
                for row in service.page(
                    tx, Wanted(kind=f"step_{work.parameters['name']}"), limit=100
                )
            }
            if step not in taken:
                kind = f"step_{work.parameters['name']}"
                service.enqueue(tx, kind, {"step": step}, now=clock.now())
        time.sleep(0.1)
        work.progress(step + 1, STEPS)
    return STEPS


def main(url: str) -> None:
    database = Database(url)
    jobs = Jobs(database, POLICY)
    jobs.handler("count", count)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with running([JobWorker(jobs), Periodic(jobs)]):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        stop.wait()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
