"""How a row passes the gate of its wire, and what its exchange tells of the endpoint afterwards.

A row that is stopped moves: its `due_at` says when it is worth coming back, so nobody waits
busily. When an endpoint is back, the rows that wait for it are due at once. A channel whose law
allows it puts rows aside as `deferred` once the authority has been away for long enough.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from countries.outages import holding
from gateway.kit import metrics
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import queue
from gateway.transmissions.adapter import Adapter, Message
from gateway.transmissions.attempts import Decisions
from gateway.transmissions.conduct import Operation
from gateway.transmissions.control import breakers, buckets, gate, waits
from gateway.transmissions.control.breakers import CLEAN, Standing, Told
from gateway.transmissions.control.gate import Passage, Passed, Stop
from gateway.transmissions.control.outages import Notices
from gateway.transmissions.errors import TransmissionError
from gateway.transmissions.journal import Held, Journal
from gateway.transmissions.policy import Policy
from gateway.transmissions.queue import QueuedRow
from gateway.transmissions.routes import Route
from gateway.transmissions.service import CHANNEL
from gateway.transmissions.states import Fact, Transport
from gateway.transmissions.steps import Step
from gateway.transmissions.tables import lane, outbox
from gateway.transmissions.tape import Recorder

_AWAY = frozenset({502, 503, 504})
"""Whoever answers so says that nobody is behind it."""
_SERVER_FAILED = 500
_CONNECTION = frozenset({"not_connected", "timeout", "connection_lost", "unavailable"})
"""The endpoint failed, or said so before there was anything to record (`unavailable`). That it
refused a tenant's credential says nothing of it to the others."""


@dataclass(slots=True)
class Turnstile:
    """The gate of one row.

    Attributes:
        adapter: The wire.
        policy: How patient to be.
        route: How the channel queues.
        journal: Records that the row is put aside.
        lane_key: Its lane.
        row: The row as it was read.
        decisions: What was decided along the way.
        notices: What the authority announced.
        passage: Through which gate it went, or was to go.
        passed: How it went through.
        standing: Where the endpoint stands, as far as we know.
    """

    adapter: Adapter
    policy: Policy
    route: Route
    journal: Journal
    lane_key: str
    row: QueuedRow
    decisions: Decisions
    notices: Notices
    passage: Passage | None = None
    passed: Passed | None = None
    standing: Standing = CLEAN

    def enter(
        self,
        tx: TenantTransaction,
        held: Held,
        message: Message,
        *,
        operation: Operation,
        now: datetime.datetime,
    ) -> bool:
        """Pass the gate; or move the row to when it is worth coming back, and return False."""
        conduct = self.adapter.conduct
        self.passage = Passage(
            channel=self.adapter.channel,
            endpoint=self.adapter.endpoint(message),
            owner=message.credential.id if message.credential else message.sender,
            operation=operation,
            lane=self.lane_key,
            limits=conduct.limits,
        )
        found = gate.enter(tx, self.passage, self.policy, now)
        if isinstance(found, Stop):
            self._turned_away(tx, held, found, now)
            return False
        self.passed = found
        self.standing = found.standing
        self.decisions.said["gate"] = {
            "breaker": found.standing.breaker.word(now),
            "trial": found.trial,
            "buckets": [one.key for one in self.passage.buckets()],
        }
        return True

    @property
    def tries(self) -> bool:
        """True when the row is the one that tries whether the endpoint is back."""
        return self.passed is not None and self.passed.trial

    def takes_along(self, tx: TenantTransaction, now: datetime.datetime) -> bool:
        """Tell whether others may go in one request with the row now, which passed the gate.

        Where the other side counts such requests apart, a token is taken for this one.
        """
        if self.passage is None:
            return False
        wanted = replace(self.passage, operation="batch").buckets()
        return not wanted or buckets.take(tx, wanted, self.lane_key, now) is None

    def follow(self, first: "Turnstile") -> None:
        """Stand where the first of a request stands, which passed the gate for all of them."""
        self.passage, self.standing = first.passage, first.standing

    def leave(
        self,
        tx: TenantTransaction,
        told: Told,
        wait: datetime.timedelta | None,
        now: datetime.datetime,
    ) -> None:
        """Note what the exchange told of the endpoint, and what the authority wishes."""
        passage, passed = self.passage, self.passed
        if passage is None or passed is None:
            return
        if wait is not None:
            until = waits.ask_for(tx, passage.wait, wait, now)
            self.decisions.said["wait_until"] = until.isoformat()
        if told == "answered" and passed.standing.clean:
            return
        if told == "nothing" and not passed.trial:
            return
        before, self.standing = breakers.note(
            tx, passage.breaker, told, trial=passed.trial, patience=self.policy, now=now
        )
        self.decisions.said["endpoint"] = told
        if self.standing.clean and not before.clean:
            _wake(tx, passage.breaker, now)

    def is_away(self, now: datetime.datetime) -> bool:
        """Tell whether the authority has been away for so long that rows may be deferred.

        Of one that announced it nobody waits to see.
        """
        offline = self.adapter.conduct.offline
        since = self.standing.down_since
        if offline is None or since is None:
            return False
        return now - since >= offline.after or bool(holding(self.notices.known, now))

    def deferred(self, attempt: int, *, new_turn: bool) -> Step:
        """Return the step of a row that is put aside until the authority is back.

        Args:
            attempt: How often its bytes had been put on the wire.
            new_turn: False right after an attempt that failed.
        """
        since, offline = self.standing.down_since, self.adapter.conduct.offline
        data = {"reason": "authority_away", "since": since.isoformat() if since else None}
        if offline is not None and offline.outages is not None:
            data["mode"] = offline.grace(self.row.created_at, self.notices.known).mode
        fact = Fact(transport=Transport.DEFERRED, attempt=attempt)
        return Step("transmission.deferred", fact, data, new_turn=new_turn)

    def until_back(self, due_at: datetime.datetime) -> dict[str, Any]:
        """Return when a row that failed is due: with the breaker's next trial, if it is open."""
        open_until = self.standing.breaker.open_until
        if open_until is None or self.passage is None:
            return {"due_at": due_at}
        return {"due_at": open_until, "waits_for": self.passage.breaker}

    def _turned_away(
        self, tx: TenantTransaction, held: Held, stop: Stop, now: datetime.datetime
    ) -> None:
        """Move a row to when it is worth coming back."""
        if stop.why == "paused":
            return  # its lane is not taken any more
        self.standing = stop.standing
        moved: dict[str, Any] = {"due_at": stop.until, "reason": stop.why, "waits_for": None}
        if stop.why == "bucket" and self.passage is not None:
            waited = max(0.0, (stop.until - now).total_seconds())
            metrics.WAITS.labels(self.passage.channel, self.passage.operation).observe(waited)
        if stop.why == "breaker":
            moved |= {"due_at": self._spread(stop), "waits_for": stop.key}
        if self.row.state == "queued" and self.is_away(now):
            step = self.deferred(held.attempts, new_turn=True)
            moved["state"] = "deferred"
            self.journal.record(tx, held, [step], now, lambda _: moved)
        else:
            tx.execute(tx.update(outbox).where(outbox.c.id == self.row.id).values(**moved))
        if stop.why in {"bucket", "wait"} and (stop.shared or self.route.lanes is None):
            self._hold_lane(tx, stop.until)

    def _spread(self, stop: Stop) -> datetime.datetime:
        """Return when a row looks again: spread, lest thousands come at the trial's moment."""
        policy, openings = self.policy, stop.standing.breaker.openings
        within = min(policy.longest_pause, policy.pause * max(openings, 1))
        return stop.until + within * self.decisions.draw()

    def _hold_lane(self, tx: TenantTransaction, until: datetime.datetime) -> None:
        """Leave the lane alone: all its rows of this operation would be stopped as well."""
        column = "send_after" if self.row.state in queue.TO_SEND else "ask_after"
        values: Mapping[str, Any] = {column: until}
        tx.execute(sa.update(lane).where(lane.c.key == self.lane_key).values(**values))


def told_by(tape: Recorder, error: TransmissionError | None) -> Told:
    """Return what an attempt says of the endpoint, whatever it says of the message."""
    if not tape.exchanges:
        if error is None:
            return "answered"
        return "failed" if error.reason in _CONNECTION else "nothing"
    answer = tape.exchanges[-1].answer
    if answer is None:
        return "failed" if error is not None and error.reason in _CONNECTION else "nothing"
    if answer.status in _AWAY:
        return "failed"
    return "nothing" if answer.status >= _SERVER_FAILED else "answered"


def wished(
    tape: Recorder, error: TransmissionError | None, wait: datetime.timedelta | None
) -> datetime.timedelta | None:
    """Return how long the authority asks us to wait: it may say so in any answer."""
    said = [wait] if wait is not None else []
    if error is not None and error.retry_after is not None:
        said.append(_seconds(error.retry_after))
    answer = tape.exchanges[-1].answer if tape.exchanges else None
    if answer is not None and answer.retry_after is not None:
        said.append(_seconds(answer.retry_after))
    return max(said, default=None)


def _wake(tx: TenantTransaction, key: str, now: datetime.datetime) -> None:
    """Make due what waited for an endpoint; rows in somebody's hands are found by him."""
    waiting = (
        sa.select(outbox.c.id).where(outbox.c.waits_for == key).with_for_update(skip_locked=True)
    )
    query = sa.update(outbox).where(outbox.c.id.in_(waiting), outbox.c.due_at > now)
    tx.execute(query.values(due_at=now, waits_for=None))
    tx.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))


def _seconds(seconds: float) -> datetime.timedelta:
    return min(datetime.timedelta(seconds=min(seconds, 10**7)), waits.LONGEST)
