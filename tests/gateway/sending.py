"""A worker of one channel beside a house: as patient as usual, or in a hurry."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from gateway.channels.credentials import Credentials
from gateway.channels.registry import adapters
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.gateway.houses import House

USUAL = Policy(poll_seconds=0.1)
HURRIED = Policy(
    poll_seconds=0.1,
    first_delay=timedelta(milliseconds=50),
    longest_delay=timedelta(milliseconds=500),
    pause=timedelta(milliseconds=400),
)
"""Faults in a row open the breaker as ever, but it is not a minute until somebody tries again."""

LEFT_ALONE = replace(HURRIED, failures=2, pause=timedelta(seconds=3))
"""An endpoint that fails is left alone for longer than a message waits to be sent again."""


@contextmanager
def worker(house: House, channel: str, policy: Policy = USUAL, **conduct: Any) -> Iterator[None]:  # noqa: ANN401 - of a `Conduct`
    """Let a worker send what is queued for a channel.

    Args:
        house: The gateway.
        channel: Which.
        policy: How patient it is.
        conduct: What the wire does otherwise than it declares.
    """
    runtime = house.runtime
    (adapter,) = (one for one in adapters(runtime.settings) if one.channel == channel)
    adapter.conduct = replace(adapter.conduct, **conduct)
    made = Worker(
        runtime.database,
        runtime.archive,
        [adapter],
        policy=policy,
        chance=random.Random(3).random,  # noqa: S311 - to be repeated
        vault=Credentials(runtime.database, runtime.vault),
    )
    stop = threading.Event()
    thread = threading.Thread(target=made.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
