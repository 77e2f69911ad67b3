"""A worker as a process of its own, whose authority answers at once; each sender is a lane.

Arguments: database URL, data directory. Prints `ready`; SIGTERM ends.
"""

import random
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

from gateway.archive.service import Archive
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.transmissions import worker
from gateway.transmissions.routes import ROUTES, Route
from gateway.transmissions.worker import Worker
from tests.gateway.transmissions.desk import CHANNEL, QUICK, Authority


def main(url: str, data: str) -> None:
    routes = {**ROUTES, CHANNEL: Route(CHANNEL, "sandbox", lanes=None)}
    vars(worker).update(ROUTES=routes, route_of=lambda key: routes[key.partition("/")[0]])
    database = Database(url)
    archive = Archive.open(
        Settings(data=Path(data)), database, MasterKey(bytes(32)), now=clock.now()
    )
    working = Worker(
        database,
        archive,
        [Authority()],
        policy=replace(QUICK, burst=1),
        chance=random.SystemRandom().random,
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    working.run(stop)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
