"""A courier as a process of its own, for tests that kill it.

Arguments: database URL, data directory, seed. Prints `ready`.
"""

import random
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from gateway.kit.database import Database
from gateway.kit.exchange import Client
from gateway.kit.outbound import Policy as Outbound
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.webhooks.courier import Courier
from gateway.webhooks.policy import Policy
from gateway.webhooks.service import Webhooks

POLICY = Policy(
    schedule=(timedelta(seconds=0.05),) * 20,
    lease=timedelta(seconds=1.5),
    poll_seconds=0.2,
    threads=4,
)


def main(url: str, data: str, seed: str) -> None:
    outbound = Outbound(private=(ip_network("127.0.0.0/8"),))
    master_key = MasterKey.open(Settings(data=Path(data)))
    courier = Courier(
        Database(url),
        Webhooks(master_key, outbound),
        replace(Client(outbound), total_seconds=1),
        policy=POLICY,
        chance=random.Random(int(seed)).random,  # noqa: S311 - to be repeated
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    courier.run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
