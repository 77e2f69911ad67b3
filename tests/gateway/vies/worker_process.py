"""A worker of batches as a process of its own, for tests that kill it.

Arguments: database URL, data directory, address of the local VIES. Prints `ready`; SIGTERM ends.
"""

import signal
import sys
import threading
from pathlib import Path

from pydantic import SecretStr

from gateway.background import running
from gateway.jobs.periodic import Periodic
from gateway.jobs.policy import Policy
from gateway.jobs.registry import Jobs
from gateway.jobs.worker import JobWorker
from gateway.runtime import Runtime
from gateway.settings import Settings

POLICY = Policy(
    poll_seconds=0.2, begun=1000, heartbeat_seconds=0.3, dead_seconds=2, rescue_seconds=0.3
)


def main(url: str, data: str, vies: str) -> None:
    settings = Settings(
        data=Path(data),
        database_url=SecretStr(url),
        sandbox_vies_url=vies,
        vies_seconds=1,
        vies_limit=40,  # a place of a dead process stays taken for half a minute
        vies_state_limit=40,
    )
    runtime = Runtime.open(settings)
    jobs = Jobs(runtime.database, POLICY)
    jobs.handler("vat_batch", runtime.vat_batches.run)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with running([JobWorker(jobs), Periodic(jobs)]):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        stop.wait()
    runtime.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
