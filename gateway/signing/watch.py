"""The watch over certificates: who holds a key is told in time that its certificate ends.

Of each certificate the moment is kept at which something is to be said next. A round takes those
whose moment has come; the events carry a key of their own, so that nothing is said twice.
"""

import datetime
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.signing import lifecycle, notices, repository
from gateway.signing.repository import CertificateRow, KeyRow
from gateway.signing.tables import certificate

_AGAIN = datetime.timedelta(minutes=10)
_MOST = 200  # of one look: others of the process wait meanwhile


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells of certificates that end.

    Attributes:
        seconds: From the end of one look for what is due to the next.
    """

    database: Database
    seconds: ClassVar[float] = 60.0

    def look(self, now: datetime.datetime) -> None:
        """Tell what is due."""
        for _ in range(_MOST):
            taken = take(self.database, certificate.c.notice_at, now, _AGAIN)
            if taken is None:
                return
            tenant, certificate_id = taken
            with self.database.transaction(tenant) as tx:
                if (row := repository.certificate_by_id(tx, certificate_id)) is not None:
                    tell(tx, row, now)


def tell(tx: TenantTransaction, row: CertificateRow, now: datetime.datetime) -> None:
    """Say that a certificate ends, if that matters to anybody, and when to look again."""
    key = repository.key_by_id(tx, row.key_id)
    step = notices.step(row.not_after, now)
    again = None if key is None else notices.after(row.not_after, now)
    if key is not None and step is not None and _matters(tx, key, row, now):
        if step:
            _say(tx, "expiring", _Ending(row, key, step), now)
        else:
            _say(tx, "expired", _Ending(row, key, step), now)
    repository.update_certificate(tx, row.id, {"notice_at": again})


@dataclass(frozen=True, slots=True)
class _Ending:
    """A certificate that ends, of which key, within how many days."""

    row: CertificateRow
    key: KeyRow
    days: int


def _say(tx: TenantTransaction, verb: str, ending: _Ending, now: datetime.datetime) -> None:
    row, key = ending.row, ending.key
    certificate_id = public_id("crt", row.id)
    events.append(
        tx,
        type=f"certificate.{verb}",
        subject_id=certificate_id,
        data={
            "certificate_id": certificate_id,
            "signing_key_id": public_id("sgk", key.id),
            "name": key.name,
            "purposes": list(key.purposes),
            "subject": row.subject,
            "not_after": written(row.not_after),
            "days": ending.days,
        },
        dedup_key=f"{certificate_id} expires {ending.days}",
        now=now,
    )


def take(
    database: Database,
    moment: sa.Column[datetime.datetime],
    now: datetime.datetime,
    again: datetime.timedelta,
) -> tuple[Tenant, UUID] | None:
    """Take the certificate whose moment is past longest; whoever dies over it lets others.

    Args:
        database: Where.
        moment: `notice_at` or `check_at`.
        now: When.
        again: After how long others take it.
    """
    columns = certificate.c
    with database.worker_transaction() as tx:
        query = (
            sa.select(columns.account_id, columns.entity_id, columns.environment, columns.id)
            .where(moment <= now)
            .order_by(moment)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        taken = sa.update(certificate).where(
            columns.account_id == row.account_id, columns.id == row.id
        )
        tx.execute(taken.values({moment.name: now + again}))
        return Tenant(row.account_id, (row.entity_id,), row.environment), row.id


def _matters(
    tx: TenantTransaction, key: KeyRow, row: CertificateRow, now: datetime.datetime
) -> bool:
    """Tell whether anything stops when a certificate ends: nobody has prepared for it."""
    if row.revoked_at is not None or not lifecycle.signs(key, now):
        return False
    if key.active_until is not None and key.active_until <= row.not_after:
        return False  # its successor signs by then
    others = repository.certificates_of(tx, [key.id])[key.id]
    return not any(
        one.revoked_at is None
        and one.not_after > row.not_after
        and one.not_before <= row.not_after
        for one in others
    )
