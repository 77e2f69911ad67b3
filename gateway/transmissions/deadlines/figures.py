"""How the deadlines of transmissions stand: figures over all tenants together."""

from dataclasses import dataclass

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.deadlines.tables import deadline


@dataclass(frozen=True, slots=True)
class DeadlineFigures:
    """The deadlines of one channel and kind that have not ended.

    Attributes:
        channel: Which.
        kind: See `alerts.Kind`.
        stage: `open`, `half` and `late` (50 and 80 % of the time are over), `missed`.
        count: How many.
    """

    channel: str
    kind: str
    stage: str
    count: int


def unfinished(tx: TenantTransaction) -> list[DeadlineFigures]:
    """Return how many deadlines that have not ended are at which stage.

    Args:
        tx: A worker's, without a tenant.
    """
    columns = deadline.c
    stage = sa.case(
        (columns.state == "missed", "missed"),
        (columns.alerted >= 80, "late"),  # noqa: PLR2004 - see `alerts.SHARES`
        (columns.alerted >= 50, "half"),  # noqa: PLR2004 - the same
        else_="open",
    ).label("stage")
    query = (
        sa.select(columns.channel, columns.kind, stage, sa.func.count())
        .where(columns.ended_at.is_(None))
        .group_by(columns.channel, columns.kind, stage)
        .order_by(columns.channel, columns.kind, stage)
    )
    return [DeadlineFigures(*row) for row in tx.execute(query)]
