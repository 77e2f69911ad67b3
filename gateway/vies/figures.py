"""How many questions about VAT numbers wait, over all tenants together."""

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.vies.tables import vat_question


def waiting(tx: TenantTransaction) -> int:
    """Return how many questions nobody has answered yet.

    Args:
        tx: A worker's, without a tenant.
    """
    query = sa.select(sa.func.count()).select_from(vat_question)
    count: int = tx.execute(query.where(vat_question.c.state == "waiting")).scalar_one()
    return count
