"""Whether the last day of a document of an erased customer is over: looked at every day."""

import datetime
from dataclasses import dataclass

from gateway.kit.database import Database
from gateway.retention import erasures
from gateway.retention.erasure_repository import take
from gateway.tenants import moving

SECONDS = 600.0
"""From the end of one look to the next."""

_MOST = 100  # erasures of one look: others of the process wait meanwhile


@dataclass(frozen=True, slots=True)
class ErasureRounds:
    """Goes on with what was approved."""

    database: Database

    def look(self, now: datetime.datetime) -> None:
        """Go on with the erasures that are due."""
        for _ in range(_MOST):
            taken = take(self.database, now, now + erasures.DAILY)
            if taken is None:
                return
            tenant, erasure_id = taken
            with self.database.transaction(tenant) as tx:
                move = moving.move_of(tx)
                if move is None or move.state in {
                    "here",
                    "moved",
                }:  # else it must stay as exported
                    erasures.go_on(tx, erasure_id, now)
