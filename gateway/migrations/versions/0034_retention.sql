-- What a document is about, where the law keeps that longer. It is noted, and never taken back:
-- what was kept too long can be mended, the opposite cannot.

create table retention_subject (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  document_id  uuid,
  received_id  uuid,
  subject      text not null check (subject in ('immovable_property', 'capital_goods')),
  reason       text,
  actor_kind   text not null,
  actor_id     text,
  at           timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, document_id, subject),
  unique (entity_id, received_id, subject),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  foreign key (entity_id, received_id) references received_document (entity_id, id),
  check (num_nonnulls(document_id, received_id) = 1)
);
call protect_entity_table('retention_subject');
call limit_to_period('retention_subject',
  'case when received_id is null then is_document_shown(document_id)
        else is_received_shown(received_id) end');
grant select, insert on retention_subject to gw_app;

-- Longer, never shorter: the trigger `received_frozen` sees to it.
grant update (retain_until) on received_document to gw_app, gw_worker;

-- Documents that may not be destroyed, whatever the law says. A hold ends once, and stays to be read.

create table retention_hold (
  account_id      uuid not null,
  entity_id       uuid not null,
  id              uuid not null,
  reason          text not null,
  document_id     uuid,
  received_id     uuid,
  document        text,
  kinds           text[],
  issued_from     date,
  issued_until    date,
  placed_at       timestamptz not null,
  placed_by_kind  text not null,
  placed_by       text,
  ended_at        timestamptz,
  ended_by_kind   text,
  ended_by        text,
  end_reason      text,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  foreign key (entity_id, received_id) references received_document (entity_id, id),
  check (num_nonnulls(document_id, received_id) = num_nonnulls(document)),
  check ((ended_at is null) = (ended_by_kind is null)),
  check ((ended_at is null) = (end_reason is null))
);
comment on column retention_hold.document is 'the public id of the document, issued or received, that it is about alone';
comment on column retention_hold.kinds is 'of these kinds alone, `received` is one; null: of all';
create index retention_hold_list on retention_hold (entity_id, id desc);
create index retention_hold_active on retention_hold (entity_id) where ended_at is null;
call protect_entity_table('retention_hold');
call limit_to_period('retention_hold', 'false');
grant select, insert on retention_hold to gw_app;
grant update (ended_at, ended_by_kind, ended_by, end_reason) on retention_hold to gw_app;

create function retention_hold_ends_once() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'a hold ends once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger retention_hold_ends_once before update on retention_hold
  for each row execute function retention_hold_ends_once();

-- Which law was applied to all documents of an entity: another one makes a job that applies it.

create table retention_round (
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  due_at       timestamptz not null,
  applied      bytea check (length(applied) = 32),
  primary key (account_id, entity_id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
comment on column retention_round.applied is 'SHA-256 of the rules and settings that all documents were kept by; null: nobody looked';
create index retention_round_due on retention_round (due_at);
call protect_entity_table('retention_round');
call limit_to_period('retention_round', 'false');
call let_workers_choose('retention_round');
grant select, insert, update (due_at, applied) on retention_round to gw_app;
grant select (account_id, entity_id, environment, due_at), update (due_at) on retention_round to gw_worker;

insert into retention_round (account_id, entity_id, environment, due_at)
  select account_id, id, environment, now() from entity where deleted_at is null;
