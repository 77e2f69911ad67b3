"""A worker as in production, but less patient: what takes it minutes takes this one a second.

Times are shortened, requests carry few messages, and no limit is waited for. The time after which
an authority's "never seen" is believed is still far longer than one here needs to note what came.
"""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from gateway.channels.credentials import Credentials
from gateway.channels.registry import adapters
from gateway.runtime import Runtime
from gateway.transmissions.conduct import Batch, Conduct
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker

_TOGETHER = 4  # messages in a request: small enough that there are several


def worker(runtime: Runtime, channels: Collection[str]) -> Worker:
    """Return a worker on some channels."""
    wires = [one for one in adapters(runtime.settings) if one.channel in channels]
    for one in wires:
        one.conduct = _shortened(one.conduct)
    settings = runtime.settings
    policy = Policy(
        lease_seconds=settings.lease_seconds,
        renew_seconds=settings.renew_seconds,
        poll_seconds=0.2,
        first_delay=timedelta(milliseconds=50),
        longest_delay=timedelta(milliseconds=500),
        pause=timedelta(milliseconds=400),
    )
    return Worker(
        runtime.database,
        runtime.archive,
        wires,
        policy=policy,
        chance=secrets.SystemRandom().random,
        vault=Credentials(runtime.database, runtime.vault),
    )


def _shortened(conduct: Conduct) -> Conduct:
    offline = conduct.offline
    return replace(
        conduct,
        settle=min(conduct.settle, timedelta(seconds=1.5)),
        usual_answer=timedelta(seconds=1),
        first_ask=timedelta(milliseconds=100),
        longest_ask=timedelta(milliseconds=500),
        limits=(),
        offline=None if offline is None else replace(offline, after=timedelta(seconds=1)),
        batch=None if conduct.batch is None else Batch(most=_TOGETHER),
    )
