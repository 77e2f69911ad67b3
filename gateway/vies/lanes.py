"""Who may ask whom at the moment: limits and circuit breakers, shared by all processes.

A question goes through two lanes: its service's, and that of the member state behind it. Both
have a breaker and a limit of questions on the wire. Their state is in the database, in rows that
hold nothing of a tenant, and is looked at and changed in transactions of a millisecond; nothing is
held while a stranger answers. A question whose process died counts until its time is over.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.breaker import Breaker
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.vies.policy import Policy
from gateway.vies.tables import vat_flight, vat_lane

Told = Literal["answered", "failed", "nothing"]
"""What a question said about a lane: it works, it does not, or neither."""


@dataclass(frozen=True, slots=True)
class Lane:
    """What a question goes through.

    Attributes:
        environment: The sandbox's services are others.
        service: The service's name.
        prefix: The letters in front of the number.
    """

    environment: Environment
    service: str
    prefix: str

    @property
    def whole(self) -> str:
        """The key of the service's lane."""
        return f"{self.environment}/{self.service}"

    @property
    def state(self) -> str:
        """The key of the member state's lane."""
        return f"{self.environment}/{self.service}/{self.prefix}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody may ask now.

    Attributes:
        key: Whose lane it is.
        until: When it is worth trying again; None where as many ask as may, or one tries
            whether anybody answers: then soon.
    """

    key: str
    until: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Flight:
    """A question that may be put on the wire.

    Attributes:
        lane: Through which lanes.
        ids: Its rows, one for each lane.
        trials: The lanes that it tries: they were open before.
    """

    lane: Lane
    ids: tuple[UUID, ...]
    trials: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of the database. Thread-safe.

    Attributes:
        database: Used as gw_worker, without a tenant.
        policy: Limits and times.
    """

    database: Database
    policy: Policy

    def enter(self, lane: Lane, now: datetime.datetime) -> Flight | Refusal:
        """Take a place in both lanes of a question, or say why there is none."""
        limits = {lane.whole: self.policy.service_limit, lane.state: self.policy.state_limit}
        with self.database.worker_transaction() as tx:
            found = _held(tx, limits, now)
            for key, breaker in found.items():
                if breaker.word(now) == "open":
                    return Refusal(key, breaker.open_until)
                if breaker.is_tried(now):
                    return Refusal(key, None)
            for key, busy in _flying(tx, limits, now).items():
                if busy >= limits[key]:
                    return Refusal(key, None)
            for key, breaker in found.items():
                _keep(tx, key, breaker, breaker.begun(now, self.policy), now)
            ids = {key: new_id() for key in limits}
            until = now + self.policy.flight
            rows = [{"id": one, "lane": key, "until": until} for key, one in ids.items()]
            tx.execute(sa.insert(vat_flight), rows)
            trials = {key for key, breaker in found.items() if breaker.word(now) == "half_open"}
        return Flight(lane, tuple(ids.values()), frozenset(trials))

    def leave(self, flight: Flight, whole: Told, state: Told, now: datetime.datetime) -> None:
        """Give the places back, and note what the question said about each lane."""
        told = {flight.lane.whole: whole, flight.lane.state: state}
        with self.database.worker_transaction() as tx:
            found = _held(tx, told, now)
            tx.execute(sa.delete(vat_flight).where(vat_flight.c.id.in_(flight.ids)))
            for key, breaker in found.items():
                trial = key in flight.trials
                after = self._after(breaker, told[key], now, trial=trial)
                _keep(tx, key, breaker, after, now)

    def _after(
        self, breaker: Breaker, told: Told, now: datetime.datetime, *, trial: bool
    ) -> Breaker:
        if told == "answered":
            return breaker.answered(trial=trial)
        if told == "failed":
            return breaker.failed(now, self.policy, trial=trial)
        return breaker.untold(trial=trial)

    def all(self, environment: Environment) -> list[tuple[Lane, Breaker]]:
        """Return every lane that was ever asked; a service's own has no prefix."""
        with self.database.worker_transaction() as tx:
            within = vat_lane.c.key.startswith(f"{environment}/", autoescape=True)
            query = sa.select(vat_lane).where(within).order_by(vat_lane.c.key)
            rows = tx.execute(query).all()
        return [(_lane(row.key), _read(row)) for row in rows]


def _held(
    tx: TenantTransaction, keys: Iterable[str], now: datetime.datetime
) -> dict[str, Breaker]:
    """Lock the rows of lanes, in one order, and return their breakers; make what is not there."""
    wanted = sorted(keys)
    query = sa.select(vat_lane).where(vat_lane.c.key.in_(wanted))
    query = query.order_by(vat_lane.c.key).with_for_update()
    found = tx.execute(query).all()
    if len(found) < len(wanted):
        rows = [{"key": key, "failures": 0, "openings": 0, "updated_at": now} for key in wanted]
        tx.execute(postgresql.insert(vat_lane).values(rows).on_conflict_do_nothing())
        found = tx.execute(query).all()
    return {row.key: _read(row) for row in found}


def _flying(tx: TenantTransaction, keys: Iterable[str], now: datetime.datetime) -> dict[str, int]:
    """Return how many questions are on the wire in each lane; forget what died there."""
    columns = vat_flight.c
    tx.execute(sa.delete(vat_flight).where(columns.lane.in_(list(keys)), columns.until <= now))
    query = sa.select(columns.lane, sa.func.count()).where(columns.lane.in_(list(keys)))
    return {row[0]: row[1] for row in tx.execute(query.group_by(columns.lane))}


def _keep(
    tx: TenantTransaction, key: str, before: Breaker, after: Breaker, now: datetime.datetime
) -> None:
    if after == before:
        return
    values = {name: getattr(after, name) for name in Breaker.__slots__}
    tx.execute(sa.update(vat_lane).where(vat_lane.c.key == key).values(**values, updated_at=now))


def _read(row: sa.Row[tuple[object, ...]]) -> Breaker:
    return Breaker(row.failures, row.openings, row.open_until, row.probe_until)


def _lane(key: str) -> Lane:
    environment, service, prefix = [*key.split("/"), ""][:3]
    return Lane("live" if environment == "live" else "sandbox", service, prefix)
