"""Authority waits: nothing more of a credential before a moment, because the authority said so."""

import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control.tables import authority_wait

LONGEST = datetime.timedelta(days=1)
"""A wish that is longer is taken for a mistake, and cut."""


def until(key: str, now: datetime.datetime) -> sa.ScalarSelect[datetime.datetime]:
    """Return, as part of a statement, until when nothing may go out; null when it may now."""
    query = sa.select(authority_wait.c.until)
    return query.where(authority_wait.c.key == key, authority_wait.c.until > now).scalar_subquery()


def ask_for(
    tx: TenantTransaction, key: str, wait: datetime.timedelta, now: datetime.datetime
) -> datetime.datetime:
    """Honour a wish; of several the longest holds. Return until when it asks us to wait."""
    moment = now + min(wait, LONGEST)
    row = postgresql.insert(authority_wait).values(key=key, until=moment, updated_at=now)
    longer = sa.func.greatest(authority_wait.c.until, row.excluded.until)
    tx.execute(
        row.on_conflict_do_update(
            index_elements=["key"], set_={"until": longer, "updated_at": now}
        )
    )
    return moment
