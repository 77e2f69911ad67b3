"""Whether a wire may be used now: one look at pause, waits, breaker and buckets.

A gate is passed in the transaction that begins an attempt, so a token is taken exactly when the
attempt is committed to. A closed breaker is looked at without a lock. A trial whose process died
is free again after its time.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from gateway.kit.breaker import Patience
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.conduct import Limit, Operation
from gateway.transmissions.control import breakers, buckets, pauses, waits
from gateway.transmissions.control.breakers import Standing
from gateway.transmissions.control.buckets import Bucket

Why = Literal["paused", "wait", "breaker", "bucket"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Who wants to pass.

    Attributes:
        channel: Which wire.
        endpoint: Where it leads to.
        owner: Who we are there: the credential, or the sender where there is none.
        operation: To send, or to ask.
        lane: The lane of the row.
        limits: Of the channel.
    """

    channel: str
    endpoint: str
    owner: str
    operation: Operation
    lane: str
    limits: tuple[Limit, ...] = ()

    @property
    def breaker(self) -> str:
        """The key of its breaker."""
        return f"{self.channel}/{self.endpoint}"

    @property
    def wait(self) -> str:
        """The key of its wait."""
        return f"{self.breaker}/{self.owner}/{self.operation}"

    def buckets(self) -> list[Bucket]:
        """Return the buckets it needs tokens of."""
        found: list[Bucket] = []
        for limit in self.limits:
            if limit.operation == self.operation:
                whose = f"/{self.owner}" if limit.scope == "credential" else ""
                size = f"{limit.tokens}in{limit.seconds:g}s"
                found.append(Bucket(f"{self.channel}/{limit.operation}/{size}{whose}", limit))
        return found


@dataclass(frozen=True, slots=True)
class Passed:
    """The wire may be used.

    Attributes:
        standing: Where the endpoint stood.
        trial: It is the one that tries whether the endpoint is back.
    """

    standing: Standing
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """The wire may not be used now.

    Attributes:
        until: When it is worth coming back.
        why: What stops it.
        key: The pause, wait, breaker or bucket.
        standing: Where the endpoint stood, if that is known.
        shared: True when it stops all of the channel alike, whoever the sender is.
    """

    until: datetime.datetime
    why: Why
    key: str
    standing: Standing = breakers.CLEAN
    shared: bool = False


def enter(
    tx: TenantTransaction, passage: Passage, patience: Patience, now: datetime.datetime
) -> Passed | Stop:
    """Pass the gate, or say what stops us and until when."""
    key = passage.breaker
    paused, moment, standing = _look(tx, passage, now)
    if paused:
        return Stop(now, "paused", passage.channel, shared=True)
    if moment is not None:
        return Stop(min(moment, now + waits.LONGEST), "wait", passage.wait)
    word = standing.breaker.word(now)
    if word != "closed":
        standing = breakers.look(tx, key, lock=True)
        word = standing.breaker.word(now)
    if word == "open":
        return Stop(standing.breaker.open_until or now, "breaker", key, standing)
    if word == "half_open" and standing.breaker.is_tried(now):
        return Stop(now + patience.pause_of(1), "breaker", key, standing)
    wanted = passage.buckets()
    refused = buckets.take(tx, wanted, passage.lane, now) if wanted else None
    if refused is not None:
        empty, until = refused
        shared = empty.limit.scope == "authority"
        return Stop(until, "bucket", empty.key, standing, shared)
    if word == "half_open":
        breakers.begin_trial(tx, key, standing, patience, now)
    return Passed(standing, trial=word == "half_open")


def _look(
    tx: TenantTransaction, passage: Passage, now: datetime.datetime
) -> tuple[bool, datetime.datetime | None, Standing]:
    """Return, in one statement, whether the channel is paused, a wait, and the breaker."""
    nothing = sa.select(sa.literal(1)).subquery()
    query = sa.select(
        pauses.paused_now(passage.channel), waits.until(passage.wait, now), *breakers.COLUMNS
    ).select_from(nothing.outerjoin(breakers.ROW, breakers.ROW.c.key == passage.breaker))
    paused, moment, *standing = tx.execute(query).one()
    return paused, moment, breakers.standing(*standing)
