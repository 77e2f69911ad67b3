"""A job of destruction done by a process of its own, for tests that kill it.

Arguments: database URL, data directory, account, entity, job. Prints `ready`, then works; ends by
itself with 0.
"""

import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from uuid import UUID

from pydantic import SecretStr

from gateway.archive.destroyed_list import DestroyedList
from gateway.archive.service import Archive
from gateway.jobs.execution import AgainError, Ticket, attempt
from gateway.jobs.policy import Policy
from gateway.jobs.registry import Jobs
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.retention.destroying import Destroyer
from gateway.retention.destructions import KIND
from gateway.settings import Settings

POLICY = Policy(begun=1000)


def main(url: str, data: str, account: str, entity: str, job: str) -> None:
    settings = Settings(data=Path(data), database_url=SecretStr(url))
    key = MasterKey.open(settings)
    with closing(Database(url)) as database:
        jobs = Jobs(database, POLICY)
        archive = Archive.open(settings, database, key, now=clock.now())
        jobs.handler(KIND, Destroyer(archive, DestroyedList(settings.data / "log")).run)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        ticket = Ticket(UUID(account), UUID(entity), "sandbox", UUID(job))
        while not _ended(jobs, ticket):  # the journal of who issued may have the bytes a moment
            time.sleep(0.1)


def _ended(jobs: Jobs, ticket: Ticket) -> bool:
    try:
        attempt(jobs, ticket, threading.Event())
    except AgainError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
