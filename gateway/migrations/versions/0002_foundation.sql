-- What the later schemas stand on.
--
-- Two procedures give a table its walls, so that no table is made without them:
--   call protect_entity_table('t')   every row belongs to one entity (account_id, entity_id not null)
--   call protect_account_table('t')  account_id, entity_id that may be null, and environment; rows
--                                    without an entity belong to the account as a whole
-- Both enable and FORCE row-level security, let gw_fsck read, and give gw_app and gw_worker a
-- policy; what these may do with the table is granted beside it.
--
-- gateway.entity_ids may now also be '*': every entity of the account, in the environment; only an
-- account's own transaction says so. The policy of `entity` decides which these are.

create procedure protect_table(name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy checker on %I for select to gw_fsck using (true)', name);
  execute format('grant select on %I to gw_fsck', name);
end $$;

create procedure protect_entity_table(name text) language plpgsql as $$
begin
  call protect_table(name);
  -- Through `entity`, whose own policy knows environment and account. Two forms, of which a
  -- statement evaluates one, once: an array of the few entities that are named, found by their
  -- ids however many others there are; or for all of an account a set that is hashed, so thousands
  -- of entities cost as much per row as one. docs/operations.md has the figures.
  execute format($policy$
    create policy tenant on %I to gw_app, gw_worker using (
      case when (select current_setting('gateway.entity_ids', true)) = '*'
           then entity_id in (select e.id from entity e where e.account_id =
                  (select nullif(current_setting('gateway.account_id', true), '')::uuid))
           else entity_id = any ((select array(select e.id from entity e where e.id = any (
                  string_to_array(nullif(nullif(current_setting('gateway.entity_ids', true),
                    ''), '*'), ',')::uuid[])))::uuid[])
      end)
  $policy$, name);
end $$;

create procedure protect_account_table(name text) language plpgsql as $$
begin
  call protect_table(name);
  execute format($policy$
    create policy tenant on %I to gw_app, gw_worker
      using (environment = (select current_setting('gateway.environment', true))
        and case when (select nullif(current_setting('gateway.account_id', true), '')) is not null
              then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
              else entity_id = any ((select string_to_array(
                nullif(nullif(current_setting('gateway.entity_ids', true), ''), '*'), ',')::uuid[])::uuid[])
            end)
  $policy$, name);
end $$;

-- The tables of the first schema, under the policy that knows '*'.
do $$
declare t text;
begin
  foreach t in array array['series', 'document', 'transmission', 'event', 'archive_entry'] loop
    execute format('drop policy tenant on %I', t);
    execute format('drop policy checker on %I', t);
    call protect_entity_table(t);
  end loop;
end $$;
alter policy entity_own on entity
  using (environment = (select current_setting('gateway.environment', true))
    and case when (select nullif(current_setting('gateway.account_id', true), '')) is not null
          then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
          else id = any ((select string_to_array(
            nullif(nullif(current_setting('gateway.entity_ids', true), ''), '*'), ',')::uuid[])::uuid[])
        end);
alter policy idempotency_own on idempotency
  using (environment = (select current_setting('gateway.environment', true))
    and case when entity_id is null
          then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
          else entity_id = any ((select string_to_array(
            nullif(nullif(current_setting('gateway.entity_ids', true), ''), '*'), ',')::uuid[])::uuid[])
        end);
alter policy outbox_issue on outbox
  with check (entity_id = any ((select string_to_array(
    nullif(nullif(current_setting('gateway.entity_ids', true), ''), '*'), ',')::uuid[])::uuid[]));

-- What documents are listed, filtered and summed by, beside the invoice itself. For a draft as of
-- its last change, for an issued one as issued; amounts in `currency_code`.
alter table document drop constraint document_kind_check;
alter table document add constraint document_kind_check check (kind in (
  'invoice', 'credit_note', 'advance_invoice', 'self_billed_invoice', 'self_billed_credit_note',
  'estimate', 'proforma', 'delivery_note', 'order', 'receipt'));
alter table document
  add column currency_code     text,
  add column total_without_vat numeric,
  add column total_vat         numeric,
  add column total_with_vat    numeric,
  add column amount_due        numeric,
  add column due_date          date,
  add column customer_id       uuid,
  add column customer_name     text,
  add column amount_paid       numeric not null default 0,
  add column sent_at           timestamptz,
  add column voided_at         timestamptz,
  add column void_reason       text;
create index document_issued on document (entity_id, issue_date) where issue_date is not null;
create index document_customer on document (entity_id, customer_id) where customer_id is not null;

-- Events may concern things that are no documents: their public id, e.g. cus_...
alter table event add column subject_id text;
create index event_subject on event (entity_id, subject_id, position) where subject_id is not null;
