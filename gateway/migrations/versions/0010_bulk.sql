-- Bulk work, exports and reports: what makes them answer from an index alone.

-- Totals of an entity, of each entity in turn, or of an account: read from the index, not from the
-- wide rows. `document_list` orders what is listed; this finds documents by their date.
drop index document_issued;
create index document_figures on document (account_id, entity_id, issue_date)
  include (kind, state, currency_code, total_without_vat, total_vat, total_with_vat, amount_due,
           amount_paid, amount_credited, due_date, issued_at, id)
  where issue_date is not null;
create index document_drafts on document (account_id, entity_id) where state = 'draft';

-- Which later document corrects which earlier one: what was replaced is left out of sums.
create index document_corrections on document_relation (account_id, entity_id)
  include (from_id, to_id) where kind = 'corrects' and effective;

-- The VAT breakdown (BG-23) of what is issued, not voided and not replaced: one row per category and rate. It
-- stands in the invoice already; taken out of half a million of these, a report took 5 s.
create table document_vat (
  account_id      uuid not null,
  entity_id       uuid not null,
  document_id     uuid not null,
  place           integer not null,
  kind            text not null,
  issue_date      date not null,
  currency_code   text not null,
  category_code   text not null,
  rate            numeric,
  taxable_amount  numeric not null,
  tax_amount      numeric not null,
  primary key (account_id, document_id, place),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index document_vat_figures on document_vat (account_id, entity_id, issue_date)
  include (kind, currency_code, category_code, rate, taxable_amount, tax_amount);
call protect_entity_table('document_vat');
call limit_to_period('document_vat', 'is_in_period(issue_date)');
grant select, insert, delete on document_vat to gw_app;
grant select on document_vat to gw_worker;

-- In the transaction that issues or voids, by whichever way that comes about.
create function document_vat_kept() returns trigger language plpgsql as $$
begin
  if new.state = 'voided' then
    delete from document_vat where account_id = new.account_id and document_id = new.id;
  else
    insert into document_vat
      select new.account_id, new.entity_id, new.id, part.place, new.kind, new.issue_date,
             new.invoice ->> 'currency_code', part.vat ->> 'category_code',
             (part.vat ->> 'category_rate')::numeric,
             coalesce((part.vat ->> 'category_taxable_amount')::numeric, 0),
             coalesce((part.vat ->> 'category_tax_amount')::numeric, 0)
        from jsonb_array_elements(new.invoice -> 'vat_breakdown') with ordinality part (vat, place)
       where part.vat ? 'category_code';
  end if;
  return null;
end $$;
create trigger document_vat_issued after insert on document
  for each row when (new.state <> 'draft') execute function document_vat_kept();
create trigger document_vat_moved after update on document
  for each row when (old.state <> new.state and (old.state = 'draft' or new.state = 'voided'))
  execute function document_vat_kept();

-- A corrective invoice says all anew: what it replaced is not counted beside it, nor are credit notes
-- to that (`reports/counting.py` says the same of totals).
create function document_vat_replaced() returns trigger language plpgsql as $$
begin
  if exists (
    select from document_relation r join document d on d.account_id = r.account_id and d.id = r.from_id
     where r.entity_id = new.entity_id and r.to_id = new.to_id and r.kind = 'corrects' and r.effective
       and d.kind not in ('credit_note', 'self_billed_credit_note'))
  then
    delete from document_vat
     where account_id = new.account_id
       and (document_id = new.to_id or document_id in (
         select r.from_id from document_relation r
           join document d on d.account_id = r.account_id and d.id = r.from_id
          where r.entity_id = new.entity_id and r.to_id = new.to_id and r.kind = 'corrects' and r.effective
            and d.kind in ('credit_note', 'self_billed_credit_note')));
  end if;
  return null;
end $$;
create trigger document_vat_replaced after update of effective on document_relation
  for each row when (new.kind = 'corrects' and new.effective and not old.effective)
  execute function document_vat_replaced();

-- What the compliance board counts: transmissions that are not settled well, by why. It is computed
-- from the axes and nobody writes it; a test compares it with `headline`.
alter table transmission add column attention text generated always as (
  case
    when action_required is not null then 'action_required'
    when regulatory in ('rejected', 'expired') then 'failed'
    when regulatory = 'cancelled' then null
    when transport = 'failed_permanent' then 'failed'
    when transport = 'cancelled_before_send' then null
    when business in ('under_query', 'disputed', 'suspended') then 'action_required'
    when business = 'rejected' then 'failed'
    when business in ('conditionally_accepted', 'partially_accepted', 'accepted', 'completed',
                      'paid_partially', 'paid') then null
    when regulatory in ('accepted_with_warnings', 'cleared', 'reported',
                        'duplicate_of_accepted') then null
    when transport = 'outcome_unknown' then 'unknown'
    when transport in ('submitted', 'delivered') and regulatory <> 'pending' then null
    else 'pending'
  end) stored;
create index transmission_attention on transmission (account_id, attention, entity_id, created_at)
  where attention is not null;
