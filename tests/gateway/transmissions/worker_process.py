"""A worker as a process of its own, for tests that kill and freeze it.

Arguments: database URL, data directory, receiver's URL, its CA file. Prints `ready`; SIGTERM ends.
"""

import random
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from gateway.archive.service import Archive
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.http import client
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker

MASTER = MasterKey(bytes(32))
POLICY = Policy(
    lease_seconds=2,
    renew_seconds=0.5,
    poll_seconds=0.2,
    threads=3,
    first_delay=timedelta(milliseconds=100),
    longest_delay=timedelta(seconds=1),
    ask_verdict_after=timedelta(seconds=5),
)


def main(url: str, data: str, network: str, trust: str) -> None:
    database = Database(url)
    archive = Archive.open(Settings(data=Path(data)), database, MASTER, now=clock.now())
    adapter = SandboxNetwork(
        network,
        TrustAnchor.load(Path(trust)),
        client(read_seconds=3),
        settle=timedelta(seconds=1.2),
    )
    worker = Worker(
        database, archive, [adapter], policy=POLICY, chance=random.SystemRandom().random
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.run(stop)
    adapter.close()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
