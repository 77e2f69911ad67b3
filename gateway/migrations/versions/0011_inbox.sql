-- Received documents.
--
-- A received document is its bytes: one row per entity and digest, however often and by whatever
-- channel they arrive. What is read in them, and what was decided, is written to the row later.

create table received_document (
  account_id         uuid not null,
  entity_id          uuid not null,
  id                 uuid not null,
  media_type         text not null,
  size               bigint not null,
  sha256             bytea not null check (length(sha256) = 32),
  state              text not null default 'received' check (state in ('received', 'readable', 'unreadable')),
  verdict            text not null default 'not_judged' check (verdict in ('valid', 'invalid', 'not_judged')),
  business           text not null default 'new' check (business in ('new', 'accepted', 'rejected', 'paid')),
  misaddressed       boolean not null default false,
  source             text,
  profile            text,
  type_code          text,
  number             text,
  issue_date         date,
  due_date           date,
  supplier_name      text,
  supplier_keys      text[] not null default '{}',
  currency_code      text,
  total_without_vat  numeric,
  total_vat          numeric,
  total_with_vat     numeric,
  amount_due         numeric,
  semantic_hash      text,
  invoice            jsonb,
  report             jsonb,
  decision_code      text,
  decision_reason    text,
  decided_at         timestamptz,
  paid_on            date,
  payment_reference  text,
  retain_until       date not null,
  metadata           jsonb not null default '{}',
  read_at            timestamptz,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, sha256),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((state = 'received') = (read_at is null)),
  check ((business = 'new') = (decided_at is null)),
  check ((business = 'paid') = (paid_on is not null))
);
create index received_document_list on received_document (entity_id, id desc);
create index received_document_number on received_document (entity_id, number) where number is not null;
create index received_document_metadata on received_document using gin (metadata jsonb_path_ops);
call protect_entity_table('received_document');

-- How the bytes came: an upload, a delivery; each message id of a channel once.
create table received_arrival (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  received_id  uuid not null,
  channel      text not null,
  message_id   text,
  sender       text,
  receiver     text,
  filename     text,
  at           timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, channel, message_id),
  foreign key (entity_id, received_id) references received_document (entity_id, id)
);
create index received_arrival_document on received_arrival (entity_id, received_id, id);
call protect_entity_table('received_arrival');

-- Other bytes that say they are the same invoice.
create table received_likeness (
  account_id   uuid not null,
  entity_id    uuid not null,
  received_id  uuid not null,
  other_id     uuid not null,
  relation     text not null check (relation in ('possible_duplicate', 'conflict')),
  primary key (account_id, received_id, other_id),
  foreign key (entity_id, received_id) references received_document (entity_id, id),
  foreign key (entity_id, other_id) references received_document (entity_id, id)
);
create index received_likeness_other on received_likeness (entity_id, other_id);
call protect_entity_table('received_likeness');

-- What is still to be done: a document that was stored and not read, an answer not told.
create table inbox_work (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  environment  text not null,
  received_id  uuid not null,
  kind         text not null check (kind in ('read', 'answer')),
  due_at       timestamptz not null,
  attempts     integer not null default 0,
  primary key (account_id, id),
  foreign key (entity_id, received_id) references received_document (entity_id, id)
);
create index inbox_work_due on inbox_work (due_at);
call protect_entity_table('inbox_work');
create policy work on inbox_work to gw_worker using (true) with check (true);

-- Under which addresses the entities of the installation can be reached: what they say of
-- themselves. `scheme:value` of every schemed identifier, `vat:...`, `reg:...`.
create table entity_address (
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null,
  value        text not null,
  since        timestamptz not null,
  primary key (account_id, entity_id, value),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
create index entity_address_value on entity_address (environment, value, since);
call protect_account_table('entity_address');
-- A delivery names a participant, and nobody's account: who it is must be found over all of them.
create policy directory on entity_address for select to gw_worker using (true);

create function entity_addressed() returns trigger language plpgsql as $$
begin
  delete from entity_address where account_id = new.account_id and entity_id = new.id;
  insert into entity_address
    select distinct on (value) new.account_id, new.id, new.environment, value, new.created_at
      from (
        select (one ->> 'scheme_identifier') || ':' || (one ->> 'value')
          from jsonb_array_elements(
            case when jsonb_typeof(new.seller -> 'identifiers') = 'array'
              then new.seller -> 'identifiers' else '[]' end
            || coalesce(nullif(new.seller -> 'electronic_address', 'null'), '[]')
            || coalesce(nullif(new.seller -> 'legal_registration_identifier', 'null'), '[]')
          ) as listed (one)
        union all
        select 'reg:' || (new.seller -> 'legal_registration_identifier' ->> 'value')
        union all
        select 'vat:' || upper(regexp_replace(new.seller ->> 'vat_identifier', '\s', '', 'g'))
      ) as said (value)
     where value is not null and length(value) <= 500;
  return null;
end $$;
create trigger entity_addressed after insert or update of seller on entity
  for each row execute function entity_addressed();

-- Evidence is of a document that was issued, or of one that was received.
alter table archive_entry alter column document_id drop not null;
alter table archive_entry add column received_id uuid;
alter table archive_entry add constraint archive_entry_of_one check (num_nonnulls(document_id, received_id) = 1);
alter table archive_entry add constraint archive_entry_received
  foreign key (entity_id, received_id) references received_document (entity_id, id);
create index archive_entry_received on archive_entry (entity_id, received_id, log_index) where received_id is not null;

-- What an auditor of a period sees: by the day on the document; where none can be read, the day it came.
call limit_to_period('received_document',
  'is_in_period(coalesce(issue_date, (created_at at time zone ''UTC'')::date))');
create function is_received_shown(received uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from received_document r where r.id = received);
end $$;
alter policy period on archive_entry
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or case when received_id is null then is_document_shown(document_id)
            else is_received_shown(received_id) end);

grant select, insert on received_document, received_arrival, received_likeness to gw_app, gw_worker;
grant update (state, verdict, misaddressed, source, profile, type_code, number, issue_date, due_date,
              supplier_name, supplier_keys, currency_code, total_without_vat, total_vat, total_with_vat,
              amount_due, semantic_hash, invoice, report, read_at, updated_at)
  on received_document to gw_app, gw_worker;
grant update (business, decision_code, decision_reason, decided_at, paid_on, payment_reference, metadata) on received_document to gw_app;
grant select, insert, update, delete on inbox_work to gw_worker;
grant select, insert, delete on inbox_work to gw_app;
grant select, insert, delete on entity_address to gw_app;
grant select on entity_address to gw_worker;

-- Bytes never change, and what was decided stands; what was accepted may be paid, once.
create function received_frozen() returns trigger language plpgsql as $$
begin
  if new.id is distinct from old.id or new.entity_id is distinct from old.entity_id
    or new.account_id is distinct from old.account_id or new.sha256 is distinct from old.sha256
    or new.size is distinct from old.size or new.retain_until < old.retain_until
    or (old.business <> 'new' and new.business is distinct from old.business
        and not (old.business = 'accepted' and new.business = 'paid'))
    or (old.paid_on is not null and new.paid_on is distinct from old.paid_on) then
    raise exception 'what was received and decided never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger received_frozen before update on received_document
  for each row execute function received_frozen();

-- How it came, and what it is like, is shown with it.
call limit_to_period('received_arrival', 'is_received_shown(received_id)');
call limit_to_period('received_likeness', 'is_received_shown(received_id) and is_received_shown(other_id)');
