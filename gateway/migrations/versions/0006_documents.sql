-- Every kind of document: how they are related, what became of them, versions, payments.

alter table document
  add column amount_credited numeric not null default 0 check (amount_credited >= 0),
  add column decision        text check (decision in ('accepted', 'rejected', 'processed', 'cancelled')),
  add column decided_at      timestamptz,
  add column decision_reason text,
  add column deleted_at      timestamptz,
  add column reversals       integer not null default 0,
  add column held_at         timestamptz,
  add column held_number     text,
  add check ((held_at is null) = (held_number is null)),
  add check (held_at is null or state = 'draft'),
  add check ((state = 'voided') = (voided_at is not null)),
  add check (state = 'draft' or deleted_at is null),
  add check (amount_paid >= 0),
  add check (state <> 'draft' or (amount_paid = 0 and amount_credited = 0 and sent_at is null));

-- A relation leads from the later document to the earlier one. It is `effective` once the later
-- one is issued: only then it counts, and then it stays. But an advance can be settled anew once
-- the invoice that settled it is voided or wholly credited.
create table document_relation (
  account_id  uuid not null,
  entity_id   uuid not null,
  id          uuid not null,
  kind        text not null check (kind in ('corrects', 'settles', 'derived_from', 'related')),
  from_id     uuid not null,
  to_id       uuid not null check (to_id <> from_id),
  effective   boolean not null default false,
  created_at  timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, kind, from_id, to_id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, from_id) references document (entity_id, id),
  foreign key (entity_id, to_id) references document (entity_id, id)
);
create index document_relation_to on document_relation (entity_id, to_id);
-- An advance is settled once.
create unique index document_settled on document_relation (entity_id, to_id)
  where kind = 'settles' and effective;

-- What a draft said before it was changed.
create table document_version (
  account_id   uuid not null,
  entity_id    uuid not null,
  document_id  uuid not null,
  version      integer not null,
  body         text not null,
  reason       text,
  actor_kind   text not null,
  actor_id     text,
  replaced_at  timestamptz not null,
  primary key (account_id, document_id, version),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index document_version_entity on document_version (entity_id, document_id);

create table payment (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  document_id      uuid not null,
  amount           numeric not null check (amount > 0),
  currency_code    text not null,
  paid_on          date not null,
  method           text,
  reference        text,
  note             text,
  metadata         jsonb not null default '{}',
  created_at       timestamptz not null,
  reversed_at      timestamptz,
  reversal_reason  text,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, reference),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index payment_document on payment (entity_id, document_id, id);
create index payment_metadata on payment using gin (metadata jsonb_path_ops);

do $$
declare t text;
begin
  foreach t in array array['document_relation', 'document_version', 'payment'] loop
    call protect_entity_table(t);
  end loop;
end $$;
call limit_to_period('document_relation', 'is_document_shown(from_id) and is_document_shown(to_id)');
call limit_to_period('document_version', 'is_document_shown(document_id)');
call limit_to_period('payment', 'is_document_shown(document_id)');
grant select, insert, update (effective) on document_relation to gw_app;
grant delete on document_relation to gw_app;
grant select, insert on document_version to gw_app;
grant select, insert, update (reversed_at, reversal_reason, metadata) on payment to gw_app;
grant select on document_relation, payment to gw_worker;
grant update (sent_at, updated_at, version) on document to gw_worker;   -- what was sent, by whom it was sent

-- A draft that is to be issued as soon as its buyer's VAT number was answered.
create index document_held on document (entity_id, held_number) where held_at is not null;

create function relation_frozen() returns trigger language plpgsql as $$
begin
  if old.effective and (tg_op = 'DELETE' or new.effective or old.kind <> 'settles') then
    raise exception 'a relation of an issued document stays' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger relation_frozen before update or delete on document_relation
  for each row execute function relation_frozen();

-- Beyond the content, which never changes: how states may follow each other. What was voided or
-- corrected stays so.
create function document_moves() returns trigger language plpgsql as $$
begin
  if old.state in ('voided', 'corrected') and new.state <> old.state then
    raise exception 'a % document stays so', old.state using errcode = 'restrict_violation';
  end if;
  if old.state = 'draft' and new.state not in ('draft', 'issued') then
    raise exception 'a draft is issued first' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger document_moves before update of state on document
  for each row execute function document_moves();
