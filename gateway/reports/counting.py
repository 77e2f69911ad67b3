"""What sums leave out although it is issued: what a corrective invoice replaced.

The corrective invoice says all anew, so the one that it replaced would count twice; and so would
what credit notes took back of that one before.
"""

from typing import Any

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.reports.grouping import CREDITING
from gateway.reports.tables import document, document_relation


def stands(
    tx: TenantTransaction, id_: sa.ColumnElement[Any], kind: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    """Return whether a document still says what was sold: nothing replaced it, or what it credits.

    Args:
        tx: Whose.
        id_: The column of the document's id.
        kind: The column of its kind.
    """
    r = document_relation.c
    corrects = (r.kind == sa.literal_column("'corrects'"), r.effective)
    correctives = tx.select(document, document.c.id).where(document.c.kind.not_in(CREDITING))
    replaced = tx.select(document_relation, r.to_id).where(
        *corrects, r.from_id.in_(correctives.correlate(None))
    )
    credits_replaced = tx.select(document_relation, r.from_id).where(
        *corrects, r.to_id.in_(replaced.correlate(None))
    )
    return sa.and_(
        id_.not_in(replaced.correlate(None)),
        sa.or_(kind.not_in(CREDITING), id_.not_in(credits_replaced.correlate(None))),
    )
