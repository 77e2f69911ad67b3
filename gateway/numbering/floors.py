"""Where the numbers of new series begin, after a restored backup left some out; see `skipping`."""

import datetime

from gateway.kit.tenancy import TenantTransaction
from gateway.number_patterns import Reset, period_of
from gateway.numbering.tables import number_floor
from gateway.tenants import service as tenants

AHEAD = datetime.timedelta(days=1)
"""How far ahead of the loss a lost number may be dated; see `documents.dating`."""


def least(tx: TenantTransaction, reset: Reset, now: datetime.datetime) -> int:
    """Return the least number that a new series of the entity may begin with.

    Numbers that begin again every year or month do so freely once the period of the loss is over.
    """
    query = tx.select(number_floor, number_floor.c.next_number, number_floor.c.at)
    row = tx.execute(query).one_or_none()
    if row is None:
        return 1
    zone = tenants.zone_of(tenants.get_entity(tx, tx.entity_id))
    lost = period_of(reset, row.at.astimezone(zone).date() + AHEAD)
    return int(row.next_number) if period_of(reset, now.astimezone(zone).date()) <= lost else 1
