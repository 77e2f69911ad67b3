-- What authorities hold for an entity, and how far it was fetched into the inbox.
--
-- `since` is the cursor: everything that the authority stored before is here. It moves only after what
-- was fetched is stored, so whoever dies on the way loses nothing; what comes twice has its number.

create table pickup (
  account_id     uuid not null,
  entity_id      uuid not null,
  environment    text not null check (environment in ('sandbox', 'live')),
  channel        text not null,
  role           text not null,
  since          timestamptz not null,
  due_at         timestamptz,
  attempts       integer not null default 0,
  failing_since  timestamptz,
  told_at        timestamptz,
  reason         text,
  detail         text,
  fetched_at     timestamptz,
  received_at    timestamptz,
  updated_at     timestamptz not null,
  primary key (account_id, entity_id, channel, role),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
comment on column pickup.role is 'as which party of the invoices the authority is asked';
comment on column pickup.due_at is 'null: it is switched off, and its cursor kept';
comment on column pickup.told_at is 'when somebody was told that it fails; null: nobody was';
create index pickup_due on pickup (due_at) where due_at is not null;
call protect_entity_table('pickup');
call limit_to_period('pickup', 'false');
call let_workers_choose('pickup');
grant select, insert, update on pickup to gw_app;
grant select (account_id, entity_id, environment, channel, role, due_at), update (due_at) on pickup to gw_worker;
