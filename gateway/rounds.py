"""What is done again and again for an entity, as its settings say: see to it that it is due."""

import datetime

from gateway.kit.tenancy import TenantTransaction
from gateway.pickups import service as pickups
from gateway.retention import rounds as retention
from gateway.vies import watches


def arrange(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Follow the settings of the transaction's entity: they are new, or changed."""
    watches.arrange(tx, now)
    pickups.arrange(tx, now)
    retention.arrange(tx, now)
