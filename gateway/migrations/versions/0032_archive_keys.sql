-- The key that an entity's evidence is encrypted with, wrapped by the master key.
--
-- Destroying it makes every byte of the entity's evidence unreadable, for ever and wherever copies are;
-- the row stays and says when. Stores ask for keys in nobody's name, so workers see all of them, wrapped.

create table archive_key (
  entity_id     uuid primary key references entity (id),
  data_key      bytea,
  version       text check (length(version) between 1 and 200),
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  destroyed_at  timestamptz,
  check ((data_key is null) = (destroyed_at is not null)),
  check ((version is null) = (destroyed_at is not null))
);
comment on column archive_key.data_key is 'wrapped under `version`; null: destroyed';
create index archive_key_version on archive_key (version, entity_id);
call protect_entity_table('archive_key');
-- A key is about no document: no auditor of a period sees any.
call limit_to_period('archive_key', 'false');
call let_workers_choose('archive_key');
grant select, insert, update (data_key, version, updated_at, destroyed_at) on archive_key to gw_worker;

-- Wrapped anew under another version, or destroyed once; and never written over.
create function archive_key_rewrapped() returns trigger language plpgsql as $$
begin
  if old.destroyed_at is not null
     or (new.entity_id, new.created_at) is distinct from (old.entity_id, old.created_at)
     or (new.destroyed_at is null and new.version = old.version)
     or coalesce(current_setting('gateway.entity_ids', true), '') <> '' then
    raise exception 'a data key is wrapped anew, and never written over' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger archive_key_rewrapped before update on archive_key
  for each row execute function archive_key_rewrapped();
