-- Secrets of an entity that are no keys: what an authority gave it to be shown, such as a KSeF token.
--
-- As with keys, what is known of one stands apart from the secret itself, which lists never touch:
-- deleting its row wipes it. It is sealed by a data key of its own, wrapped under `version`.

create table held_secret (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  kind          text not null check (kind ~ '^[a-z][a-z0-9-]{0,39}$'),
  name          text not null check (length(name) between 1 and 200),
  about         jsonb not null default '{}',
  active        boolean not null default true,
  expires_at    timestamptz,
  last_used_at  timestamptz,
  created_at    timestamptz not null,
  deleted_at    timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
comment on column held_secret.about is 'what it says of itself: number, context, permissions';
comment on column held_secret.active is 'false: its authority is still making it';
create index held_secret_list on held_secret (entity_id, id desc);
call protect_entity_table('held_secret');
-- A secret is about no document: no auditor of a period sees any.
call limit_to_period('held_secret', 'false');
grant select, insert on held_secret to gw_app;
grant update (active, last_used_at, deleted_at) on held_secret to gw_app;

create table held_secret_value (
  account_id  uuid not null,
  entity_id   uuid not null,
  secret_id   uuid not null,
  sealed      bytea not null,
  data_key    bytea not null,
  version     text not null check (length(version) between 1 and 200),
  updated_at  timestamptz not null,
  primary key (account_id, secret_id),
  foreign key (entity_id, secret_id) references held_secret (entity_id, id)
);
comment on column held_secret_value.sealed is 'the secret, under its data key';
comment on column held_secret_value.data_key is 'that one, wrapped under `version`';
create index held_secret_value_version on held_secret_value (version, secret_id);
call protect_entity_table('held_secret_value');
call limit_to_period('held_secret_value', 'false');
grant select, insert, delete on held_secret_value to gw_app;
call let_workers_choose('held_secret_value');
grant select (account_id, entity_id, secret_id, data_key, version),
  update (data_key, version, updated_at) on held_secret_value to gw_worker;
revoke select on held_secret_value from gw_fsck;
grant select (account_id, entity_id, secret_id, version) on held_secret_value to gw_fsck;

-- As for signing_secret: wrapped anew under another version, and never written over.
create function secret_rewrapped() returns trigger language plpgsql as $$
begin
  if new.version = old.version
     or (new.account_id, new.entity_id, new.secret_id, new.sealed)
        is distinct from (old.account_id, old.entity_id, old.secret_id, old.sealed)
     or coalesce(current_setting('gateway.entity_ids', true), '') <> '' then
    raise exception 'a data key is wrapped anew, and never written over' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger held_secret_value_rewrapped before update on held_secret_value
  for each row execute function secret_rewrapped();
