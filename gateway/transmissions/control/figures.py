"""Which endpoints are away, in figures for those who run the gateway."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.kit.breaker import Breaker
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control.tables import breaker


@dataclass(frozen=True, slots=True)
class BreakerFigures:
    """The endpoints of one channel whose breakers are in one state.

    Attributes:
        channel: Which.
        state: `closed`, `open` or `half_open`.
        endpoints: How many.
        down_since: The first failure of the one that has been away longest.
    """

    channel: str
    state: str
    endpoints: int
    down_since: datetime.datetime | None


def breakers(tx: TenantTransaction, now: datetime.datetime) -> Iterable[BreakerFigures]:
    """Return how the breakers stand; those that nothing is held against are left out.

    Args:
        tx: A worker's, without a tenant.
        now: The moment.
    """
    found: dict[tuple[str, str], list[datetime.datetime]] = {}
    for row in tx.execute(sa.select(breaker).where(breaker.c.failures > 0)):
        kept = Breaker(row.failures, row.openings, row.open_until, row.probe_until)
        place = (row.key.partition("/")[0], kept.word(now))
        found.setdefault(place, []).append(row.down_since or row.updated_at)
    return [
        BreakerFigures(channel, state, len(since), min(since))
        for (channel, state), since in sorted(found.items())
    ]
