"""Lists of transmissions: filtered, newest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.tables import outbox, transmission


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None asks for nothing.

    Attributes:
        document_id: Those of one document.
        channel: Those of one channel.
        transport: Those that got so far.
        regulatory: Those judged so.
        business: Those answered so.
        action_required: Those that wait for a person, or do not: a stuck row waits for one even
            if nobody was asked.
    """

    document_id: UUID | None = None
    channel: str | None = None
    transport: str | None = None
    regulatory: str | None = None
    business: str | None = None
    action_required: bool | None = None


def page(
    tx: TenantTransaction, wanted: Wanted, *, after: UUID | None, limit: int
) -> Sequence[UUID]:
    """Return the ids of up to `limit` transmissions, newest first, older than `after`."""
    table = transmission.c
    query = tx.select(transmission, table.id).order_by(table.id.desc()).limit(limit)
    equal = {
        table.document_id: wanted.document_id,
        table.channel: wanted.channel,
        table.transport: wanted.transport,
        table.regulatory: wanted.regulatory,
        table.business: wanted.business,
    }
    for column, value in equal.items():
        if value is not None:
            query = query.where(column == value)
    if wanted.action_required is not None:
        stuck = tx.select(outbox, outbox.c.transmission_id).where(outbox.c.state == "stuck")
        asked = sa.or_(table.action_required.is_not(None), table.id.in_(stuck))
        query = query.where(asked if wanted.action_required else sa.not_(asked))
    if after is not None:
        query = query.where(table.id < after)
    return tx.execute(query).scalars().all()
