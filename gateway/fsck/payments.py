"""INV12: what is paid on a document is what its payments add up to."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport

_PAYMENTS = "select count(*) from payment"
_DIFFERENT = """
with paid as (
  select account_id, entity_id, document_id, sum(amount) as amount
    from payment where reversed_at is null group by 1, 2, 3
)
select coalesce(d.id, p.document_id) as id, d.id is null as unknown,
       coalesce(d.amount_paid, 0) as said, coalesce(p.amount, 0) as amount
  from document d full join paid p
    on p.account_id = d.account_id and p.entity_id = d.entity_id and p.document_id = d.id
 where coalesce(d.amount_paid, 0) <> coalesce(p.amount, 0) or d.id is null
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Compare the amount paid of each document with the ledger of payments."""
    count = connection.execute(_PAYMENTS).fetchone()
    if count is not None and count[0]:
        report.saw("payments", count[0])
    for row in connection.execute(_DIFFERENT):
        what = f"{row.said} is paid, and payments add up to {row.amount}"
        report.blame(f"document {row.id}", "is paid and does not exist" if row.unknown else what)
