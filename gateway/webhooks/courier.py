"""The background service: hands events over, and sends what is due.

One thread follows the events, one claims what is due, many are on the wire. NOTIFY is a hint, a
look every second is the truth. Any number of processes may do this over one database.
"""

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import structlog

from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.exchange import Client
from gateway.webhooks import claims
from gateway.webhooks.attempt import Attempts
from gateway.webhooks.claims import Claim
from gateway.webhooks.fanout import FanOut
from gateway.webhooks.follower import OUTAGE, Follower
from gateway.webhooks.notice import NoNotice, Notice
from gateway.webhooks.policy import Chance, Policy
from gateway.webhooks.service import Webhooks
from gateway.webhooks.windows import Windows

_log = structlog.get_logger(__name__)
_TURNS = 3  # transactions at a time, of all threads


class Courier:
    """Delivers webhooks until it is told to stop.

    Args:
        database: The events, the queue and the log.
        webhooks: Opens the secrets of endpoints.
        client: The wire.
        policy: How patient to be.
        chance: The jitter.
        notice: Tells owners that their endpoint was disabled.
        clock: The time.
    """

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        database: Database,
        webhooks: Webhooks,
        client: Client,
        *,
        policy: Policy,
        chance: Chance,
        notice: Notice | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock
        self._fanout = FanOut(database, batch=policy.batch, keep=policy.keep, clock=clock)
        self._windows = Windows(policy.threads, policy.most_at_once)
        self._due = threading.Event()
        self._follower = Follower(database, self._fanout, policy.poll_seconds, self._due.set)
        self._attempts = Attempts(
            database=database,
            turns=threading.BoundedSemaphore(_TURNS),
            webhooks=webhooks,
            client=client,
            notice=notice or NoNotice(),
            policy=policy,
            chance=chance,
            clock=clock,
        )

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what is on the wire then is finished first."""
        follower = threading.Thread(target=self._follower.run, args=(stop,), name="webhook-events")
        follower.start()
        try:
            with ThreadPoolExecutor(self._policy.threads, "webhook") as pool:
                while not stop.is_set():
                    self._due.clear()
                    if not self._claim_some(pool):
                        self._due.wait(self._policy.poll_seconds / 2)
        finally:
            stop.set()
            follower.join()

    def sweep(self) -> int:
        """Hand over what happened and return how many deliveries were queued."""
        return self._fanout.sweep()

    def deliver_due(self) -> int:
        """Send what is due now, one after the other; return how many attempts were made."""
        made = 0
        while claims := self._claim(self._policy.threads):
            for claim in claims:
                self._attempts.make(claim)
                made += 1
        return made

    def _claim_some(self, pool: ThreadPoolExecutor) -> bool:
        """Begin attempts on what is due; return False when there was nothing, or no room."""
        begun = False
        try:
            if (free := self._windows.free()) > 0 and (proven := self._windows.proven()):
                begun |= self._begin(pool, self._claim(free, only=proven))
            if (free := self._windows.free_for_doubtful()) > 0:
                begun |= self._begin(pool, self._claim(free, but=self._windows.not_now()))
        except OUTAGE as error:
            _log.warning("webhooks_wait", error=str(error))
            return False
        return begun

    def _claim(
        self, limit: int, only: list[UUID] | None = None, but: list[UUID] | None = None
    ) -> list[Claim]:
        with self._database.worker_transaction() as tx:
            return claims.claim(
                tx,
                now=self._clock(),
                lease=self._policy.lease,
                only=only,
                but=but or [],
                limit=limit,
            )

    def _begin(self, pool: ThreadPoolExecutor, claims: list[Claim]) -> bool:
        for claim in claims:
            self._windows.begin(claim.endpoint_id)
            pool.submit(self._attempt, claim)
        return bool(claims)

    def _attempt(self, claim: Claim) -> None:
        good = False
        try:
            good = self._attempts.make(claim)
        except Exception:  # noqa: BLE001 - logged; its lease ends, and it is sent again
            _log.exception("webhook_attempt_failed", delivery=str(claim.delivery_id))
        finally:
            self._windows.end(claim.endpoint_id, good=good)
            self._due.set()
