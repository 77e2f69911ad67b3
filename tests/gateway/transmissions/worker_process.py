"""A worker as a process of its own, for tests that kill and freeze it.

Arguments: database URL, data directory, receiver's URL, its CA file; whose TLS to trust, and how
long to wait for an answer. Prints `ready`; SIGTERM ends.
"""

import random
import signal
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from gateway.archive.service import Archive
from gateway.channels.sandbox_network import CONDUCT, SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.channels.wire import Wire
from gateway.kit import clock
from gateway.kit.database import Database
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
    pause=timedelta(seconds=1),
    flight=timedelta(seconds=5),
)


def main(url: str, data: str, network: str, trust: str, *more: str) -> None:
    tls, seconds = more or (None, "3")
    database = Database(url)
    archive = Archive.open(Settings(data=Path(data)), database, MASTER, now=clock.now())
    adapter = SandboxNetwork(
        network,
        TrustAnchor.load(Path(trust)),
        Wire(trust=Path(tls) if tls else None, total_seconds=float(seconds)),
        conduct=replace(
            CONDUCT,
            settle=timedelta(seconds=2),
            first_ask=timedelta(seconds=1),
            longest_ask=timedelta(seconds=1),
        ),
    )
    worker = Worker(
        database, archive, [adapter], policy=POLICY, chance=random.SystemRandom().random
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.run(stop)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
