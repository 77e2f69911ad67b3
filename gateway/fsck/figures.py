"""INV11: what reports sum up is what stands on the documents."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport

_DOCUMENTS = "select count(*) as documents from document where state not in ('draft', 'voided')"
_DIFFERENT = """
with correction as (
  select r.from_id, r.to_id, d.kind in ('credit_note', 'self_billed_credit_note') as credits
    from document_relation r join document d on d.account_id = r.account_id and d.id = r.from_id
   where r.kind = 'corrects' and r.effective
), replaced as (
  select to_id as id from correction where not credits
), said as (
  select d.account_id, d.entity_id, d.id, part.place::integer, d.kind, d.issue_date,
         d.invoice ->> 'currency_code' as currency_code,
         part.vat ->> 'category_code' as category_code,
         (part.vat ->> 'category_rate')::numeric as rate,
         coalesce((part.vat ->> 'category_taxable_amount')::numeric, 0) as taxable_amount,
         coalesce((part.vat ->> 'category_tax_amount')::numeric, 0) as tax_amount
    from document d,
         jsonb_array_elements(d.invoice -> 'vat_breakdown') with ordinality part (vat, place)
   where d.state not in ('draft', 'voided') and part.vat ? 'category_code'
     and d.id not in (select id from replaced)
     and d.id not in (select from_id from correction
                       where credits and to_id in (select id from replaced))
)
select coalesce(s.id, v.document_id) as id, coalesce(s.place, v.place) as place,
       s.id is null as unsaid, v.document_id is null as missing
  from said s full join document_vat v
    on v.account_id = s.account_id and v.document_id = s.id and v.place = s.place
 where coalesce(s.id, v.document_id) not in (
         select id from document where destroyed_at is not null)
   and (s.id is null or v.document_id is null
    or (s.entity_id, s.kind, s.issue_date, s.currency_code, s.category_code, s.rate,
        s.taxable_amount, s.tax_amount)
       is distinct from
       (v.entity_id, v.kind, v.issue_date, v.currency_code, v.category_code, v.rate,
        v.taxable_amount, v.tax_amount))
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Compare the VAT that reports read with the breakdown of each document."""
    for row in connection.execute(_DOCUMENTS):
        report.saw("documents", row.documents)
    for row in connection.execute(_DIFFERENT):
        if row.missing:
            what = "is on the document and in no report"
        elif row.unsaid:
            what = "is reported and not on the document"
        else:
            what = "is reported otherwise than it is on the document"
        report.blame(f"document {row.id}", f"VAT breakdown {row.place} {what}")
